// SPDX-License-Identifier: EUPL-1.2
//! `erase`: what an order of erasure would do, and the order.

use super::names;
use crate::access::{self, StandardInput};
use crate::args::{Erase, Global};
use crate::failure::Failure;
use crate::out::Out;
use sportello_desk::view::ErasurePreviewView;
use sportello_desk::{Command, Query, View};
use sportello_domain::erasure::ErasureScope;
use sportello_domain::ids::CommandId;

/// Tells what the order would do; gives it when told so.
pub fn run(global: &Global, out: Out, what: &Erase) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let scope = match what.household {
        Some(household) => ErasureScope::Household { household },
        None => ErasureScope::Campaign {
            campaign: names::campaign(&desk, &session, what.campaign.as_deref())?.id,
        },
    };
    let view = desk.query(&session, &Query::ErasurePreview { scope })?;
    let View::ErasurePreview(found) = &view else {
        return out.data(&view);
    };
    if !what.yes {
        return out.answer(&view, &words(out, found));
    }
    let command = Command::OrderErasure {
        scope,
        ground: what.ground.into(),
        reason: what.reason.clone(),
        digest: found.digest.clone(),
    };
    let outcome = desk.execute(&session, CommandId(uuid::Uuid::now_v7()), &command)?;
    out.answer(&outcome, &words(out, found))
}

fn words(out: Out, found: &ErasurePreviewView) -> String {
    let kept = found.still_due + found.awaited + found.undecided;
    format!(
        "{} {} · {} {} · {kept} {}\n",
        found.households,
        out.say("nuclei", "households"),
        found.records,
        out.say("registrazioni", "records"),
        out.say("nuclei che restano", "households that stay"),
    )
}
