// SPDX-License-Identifier: EUPL-1.2
//! What this desk holds.

use super::Ask;
use crate::error::DeskError;
use crate::view::{SerialCheckView, StockView};
use sportello_domain::campaign::Campaign;
use sportello_domain::ids::CampaignId;
use sportello_domain::money::Cents;
use sportello_domain::refusal::Rejection;
use sportello_domain::serial::{self, Run};
use sportello_domain::stock::Stock;

pub(super) fn stock(ask: &Ask<'_>, campaign: CampaignId) -> Result<StockView, DeskError> {
    let campaign: Campaign = ask.need(campaign, "campaign")?;
    let held = ask.reads.held(ask.desk.id(), campaign.id)?;
    let state = ask.reads.state::<Stock>(ask.desk.id().0)?;
    let supplied = state
        .as_ref()
        .map(|s| serial::count(&s.supplied(campaign.id)))
        .unwrap_or_default();
    let mut movements: Vec<_> = state
        .map(|s| s.movements)
        .unwrap_or_default()
        .into_iter()
        .filter(|m| m.campaign == campaign.id)
        .collect();
    movements.reverse();
    let came: u64 = movements
        .iter()
        .filter(|m| m.removed.is_none())
        .map(|m| serial::count(&m.runs))
        .sum();
    let held_count = serial::count(&held);
    Ok(StockView {
        desk: ask.directory.name(ask.desk.id()),
        held_value: value(&campaign, held_count),
        held_count,
        received: came,
        // Out with people, or not back after a reversal: in either case out of what was supplied.
        delivered: supplied.saturating_sub(held_count),
        removed: came.saturating_sub(supplied),
        held,
        movements,
        campaign,
    })
}

pub(super) fn check(
    ask: &Ask<'_>,
    campaign: CampaignId,
    first: &str,
    last: &str,
) -> Result<SerialCheckView, DeskError> {
    let campaign: Campaign = ask.need(campaign, "campaign")?;
    let last = if last.trim().is_empty() { first } else { last };
    let Ok(run) = Run::between(first, last) else {
        let problem = DeskError::from(Rejection::SerialsMissing).problem(ask.language());
        return Ok(SerialCheckView {
            run: None,
            count: 0,
            value: Cents(0),
            problem: Some(problem),
        });
    };
    let asked = std::slice::from_ref(&run);
    let held = ask.reads.held_overlapping(ask.desk.id(), campaign.id, asked)?;
    let rejection = (!serial::contains(&held, &run)).then(|| Rejection::SerialNotHeld {
        first: run.first_serial(),
        last: run.last_serial(),
    });
    Ok(SerialCheckView {
        count: run.count(),
        value: value(&campaign, run.count()),
        problem: rejection.map(|r| DeskError::from(r).problem(ask.language())),
        run: Some(run),
    })
}

fn value(campaign: &Campaign, count: u64) -> Cents {
    Cents(
        campaign
            .denomination
            .0
            .saturating_mul(i64::try_from(count).unwrap_or(i64::MAX)),
    )
}
