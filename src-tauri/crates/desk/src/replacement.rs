// SPDX-License-Identifier: EUPL-1.2
//! A desk where supervisors sit has another put in the place of a desk that is no more: the centre revokes the old one and gives a one-time
//! code for its successor (ADR 0014), by the same rules as on its command line.

use crate::desk::Desk;
use crate::error::DeskError;
use crate::session::Session;
use crate::view::ReplacementView;
use sportello_domain::ids::{CommandId, DeskId};
use sportello_domain::office::Role;
use sportello_domain::refusal::Rejection;
use sportello_domain::time::Timestamp;
use sportello_sync::Transport;
use std::sync::Arc;

impl Desk {
    /// Asks the centre for a desk in the place of another, over HTTP. See [`Desk::replace_desk_over`].
    pub async fn replace_desk(
        self: &Arc<Self>,
        session: &Session,
        request: CommandId,
        old: DeskId,
    ) -> Result<ReplacementView, DeskError> {
        let transport = self.transport()?;
        self.replace_desk_over(session, request, old, &transport).await
    }

    /// Asks the centre for a desk in the place of another. The same `request` again, because the answer was lost, gives the same code.
    /// Nothing of the code is kept here.
    pub async fn replace_desk_over<T: Transport>(
        self: &Arc<Self>,
        session: &Session,
        request: CommandId,
        old: DeskId,
        transport: &T,
    ) -> Result<ReplacementView, DeskError> {
        let needed = Role::Supervisor;
        if session.role() < needed {
            return Err(Rejection::RoleTooLow { needed }.into());
        }
        self.may_write()?;
        if !self.supervises() {
            return Err(DeskError::plain("not_a_supervising_desk"));
        }
        if old == self.id() {
            return Err(DeskError::plain("replaces_itself"));
        }
        let waiting = self.store().read(|reads| reads.unsent())?;
        let presence = sportello_sync::errands::presence(self.now().0, waiting, env!("CARGO_PKG_VERSION"));
        self.finish_rotation(transport).await?;
        let request = *request.0.as_bytes();
        let successor = sportello_sync::errands::replace(transport, old, request, presence).await?;
        // The desks of the office are others now.
        self.stir();
        Ok(ReplacementView {
            desk: successor.desk,
            name: successor.name,
            before: self.directory().name(old),
            code: successor.code.to_string(),
            expires_at: Timestamp(successor.expires_at),
        })
    }
}
