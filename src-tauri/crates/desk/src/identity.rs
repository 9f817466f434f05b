// SPDX-License-Identifier: EUPL-1.2
//! A stopped desk goes on under a new identity (ADR 0014): put back from a backup, cloned, revoked by mistake, or with records lost.
//!
//! With a one-time code for its successor it is enrolled anew, in the same file. What the centre has acknowledged under the old name
//! stays, as another desk's; what it has not is carried on in the new desk's logs, told as it was. Rights do not come along by
//! themselves: the other copy may be the one alive. A supervisor relieves the old identity, as of any desk that is no more.

use crate::desk::{DESK_KEY, Desk, SITE, STOPPED, SUPERVISES};
use crate::directory::keep_certificate;
use crate::error::DeskError;
use crate::rotation::OF_AN_IDENTITY;
use crate::session::Session;
use crate::view::IdentityView;
use crate::{bundle, exchange, late};
use sportello_domain::desk::{DeskStory, DeskSucceeded, LogStretch};
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{CommandId, OperatorId};
use sportello_domain::meta::Topic;
use sportello_domain::office::Site;
use sportello_protocol::wire::SignedHead;
use sportello_protocol::{Certificate, DeskKey, EnrolmentCode, adopted};
use sportello_store::{Author, Identity, Withdrawn, WriteTx};
use sportello_sync::{Enrolment, HttpTransport, Transport};
use std::sync::Arc;

/// The key of an identity that is being asked for: kept, so that an answer that was lost can be asked for again.
const PENDING: &str = "renewing_key";

/// A desk under its new identity. The one that was opened before writes nothing any more.
#[derive(Debug)]
pub struct Renewed {
    /// The desk, opened anew.
    pub desk: Arc<Desk>,
    /// Who was at work goes on.
    pub session: Session,
    /// What is told.
    pub view: IdentityView,
}

impl Desk {
    /// Goes on under a new identity, over HTTP. See [`Desk::renew_identity_over`].
    pub async fn renew_identity(
        self: &Arc<Self>,
        session: &Session,
        code: &str,
    ) -> Result<Renewed, DeskError> {
        let transport = HttpTransport::new(&self.settings().http(), None)?;
        self.renew_identity_over(session, code, &transport).await
    }

    /// Goes on under a new identity, with a code that the centre gave for the successor of this desk. Refused while the desk is not
    /// stopped. Until the file has changed, in one transaction, nothing has happened: it may be tried again with the same code.
    pub async fn renew_identity_over<T: Transport>(
        self: &Arc<Self>,
        session: &Session,
        code: &str,
        transport: &T,
    ) -> Result<Renewed, DeskError> {
        let why = self.stopped()?.ok_or(DeskError::plain("not_stopped"))?;
        let code = EnrolmentCode::parse(code).map_err(|_| DeskError::plain("code_mistyped"))?;
        let key = self.pending_key()?;
        let now = self.now().0;
        let enrolment = sportello_sync::enrol_instead(transport, &code, &key, now, self.id()).await?;
        if enrolment.office != self.settings().office || enrolment.office_key != self.office_key() {
            return Err(DeskError::plain("certificate_invalid"));
        }
        let (desk, operator) = (self.clone(), session.operator());
        let work = move || desk.become_another(operator, &why, &key, &enrolment);
        let carried = tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| DeskError::plain("interrupted"))??;
        let desk = self.reopened()?;
        let directory = desk.directory();
        let custody = desk.store().read(|reads| reads.custody_of(self.id()))?.len();
        Ok(Renewed {
            view: IdentityView {
                desk: directory.name(desk.id()),
                before: directory.name(self.id()),
                carried,
                custody: u32::try_from(custody).unwrap_or(u32::MAX),
            },
            session: session.clone(),
            desk,
        })
    }

    fn pending_key(&self) -> Result<DeskKey, DeskError> {
        self.store().write(|tx| {
            let mut seed = [0; 32];
            let kept = tx.get_meta::<String>(PENDING)?;
            if kept.is_none_or(|text| hex::decode_to_slice(text, &mut seed).is_err()) {
                seed = self.ports().bytes();
                tx.set_meta(PENDING, &hex::encode(seed))?;
            }
            Ok::<_, DeskError>(DeskKey::from_seed(&seed))
        })
    }

    /// Changes the file, at once or not at all; gives how many records were carried on.
    fn become_another(
        &self,
        operator: OperatorId,
        why: &str,
        key: &DeskKey,
        enrolment: &Enrolment,
    ) -> Result<u64, DeskError> {
        let (new, office, old_key) = (&enrolment.certificate, self.settings().office, self.key());
        self.store().write(|tx| {
            if tx.identity().desk != self.id() {
                return Err(DeskError::plain("identity_renewed"));
            }
            keep_certificate(tx, new, &enrolment.signed)?;
            if let Some((old, signed)) = &enrolment.replaced {
                keep_certificate(tx, old, signed)?;
            }
            let withdrawn = tx.withdraw_unacknowledged(&mut |topic, seq, link| {
                SignedHead::by_writer(&old_key, office, self.id(), topic, seq, link)
            })?;
            tx.set_identity(Identity {
                office,
                desk: new.desk_id(),
            })?;
            tx.set_meta(DESK_KEY, &hex::encode(key.seed()))?;
            tx.set_meta(SITE, &new.site_id())?;
            tx.set_meta(SUPERVISES, &new.supervises)?;
            tx.set_meta(STOPPED, &None::<String>)?;
            for gone in OF_AN_IDENTITY {
                tx.delete_meta(gone)?;
            }
            // What was remembered of the old desk's own records, and of its exchanges.
            for gone in [
                PENDING,
                exchange::STATE,
                exchange::REFUSED,
                bundle::OUT,
                late::HANDED_IN,
            ] {
                tx.delete_meta(gone)?;
            }
            let mut events = vec![self.succeeded(tx, new, why, &withdrawn)?];
            events.extend(withdrawn.iter().map(|found| self.carried_on(found)));
            let author = Author {
                actor: operator,
                command: self.ports().id::<CommandId>(),
                now: self.now(),
            };
            tx.append(&author, &events, &mut || self.ports().bytes())?;
            Ok::<_, DeskError>(withdrawn.len() as u64)
        })
    }

    fn carried_on(&self, found: &Withdrawn) -> NewEvent {
        let within = adopted::adopt(&found.record, self.id(), found.before);
        NewEvent {
            topic: found.topic,
            entity: found.entity,
            event: within.into(),
        }
    }

    /// What is told of it to the office, where the desk stands.
    fn succeeded(
        &self,
        tx: &mut WriteTx<'_>,
        new: &Certificate,
        why: &str,
        withdrawn: &[Withdrawn],
    ) -> Result<NewEvent, DeskError> {
        let site: Option<Site> = tx.state(new.site_id())?;
        let topic = site.map_or_else(
            || {
                let reads = new.topics().into_iter();
                let mut quartieri = reads.filter(|topic| matches!(topic, Topic::Quartiere(_)));
                quartieri.next().unwrap_or(Topic::Quartiere(1))
            },
            |site| Topic::Quartiere(site.quartiere),
        );
        let body = DeskSucceeded {
            why: why.to_owned(),
            carried: stretches(withdrawn),
        };
        Ok(NewEvent::new(topic, DeskStory::of(self.id()), body))
    }
}

/// From where to where the records of each log reach.
fn stretches(withdrawn: &[Withdrawn]) -> Vec<LogStretch> {
    let mut found: Vec<LogStretch> = Vec::new();
    for record in withdrawn {
        match found.iter_mut().find(|stretch| stretch.topic == record.topic) {
            Some(stretch) => {
                stretch.first = stretch.first.min(record.seq);
                stretch.last = stretch.last.max(record.seq);
            }
            None => found.push(LogStretch {
                topic: record.topic,
                first: record.seq,
                last: record.seq,
            }),
        }
    }
    found.sort_by_key(|stretch| stretch.topic);
    found
}
