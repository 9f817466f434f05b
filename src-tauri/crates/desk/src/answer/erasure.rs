// SPDX-License-Identifier: EUPL-1.2
//! What an order of erasure would do, and the orders that there are.

use super::Ask;
use crate::error::DeskError;
use crate::execute::erasure_plan;
use crate::view::{ErasurePreviewView, ErasureRow, ErasuresView};
use sportello_domain::campaign::Campaign;
use sportello_domain::erasure::ErasureScope;

pub(super) fn preview(ask: &Ask<'_>, scope: ErasureScope) -> Result<ErasurePreviewView, DeskError> {
    let plan = erasure_plan(ask.reads, scope, ask.now.day())?;
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    Ok(ErasurePreviewView {
        households: count(plan.households.len()),
        records: count(plan.erasable.records.len()),
        bytes: plan.erasable.bytes,
        still_due: plan.still_due,
        awaited: plan.awaited,
        undecided: plan.undecided,
        backups: count(sportello_store::backup::list(&ask.desk.home().backups())?.len()),
        digest: plan.digest(),
    })
}

pub(super) fn orders(ask: &Ask<'_>) -> Result<ErasuresView, DeskError> {
    let orders = ask
        .reads
        .erasures()?
        .into_iter()
        .map(|erasure| {
            let campaign = match erasure.scope {
                ErasureScope::Campaign { campaign } => ask.reads.state::<Campaign>(campaign)?,
                ErasureScope::Household { .. } | ErasureScope::Looks { .. } => None,
            };
            Ok(ErasureRow {
                by: ask.operator_name(erasure.by)?,
                desk: ask.directory.name(erasure.desk),
                campaign: campaign.map(|campaign| campaign.name),
                erasure,
            })
        })
        .collect::<Result<_, DeskError>>()?;
    Ok(ErasuresView {
        orders,
        pending: ask.reads.needs_scrub()? || ask.reads.old_backups_hold_erased()?,
    })
}
