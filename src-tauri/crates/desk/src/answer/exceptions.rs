// SPDX-License-Identifier: EUPL-1.2
//! What a supervisor must look at, with the evidence of every side.

use super::Ask;
use crate::error::DeskError;
use crate::view::{ClashRow, ExceptionRow, ExceptionsView, SuppliedTwiceRow};
use sportello_domain::campaign::Campaign;
use sportello_domain::entitlement::{Decision, Entitlement};
use sportello_domain::household::Household;
use sportello_domain::ids::HouseholdId;
use sportello_store::queries::Clash;

const MOST: usize = 1000;

pub(super) fn exceptions(ask: &Ask<'_>, all: bool) -> Result<ExceptionsView, DeskError> {
    let mut rows = Vec::new();
    for case in ask.reads.anomalies(!all, MOST)? {
        let Some(entitlement) = ask.reads.state::<Entitlement>(case.entitlement)? else {
            continue;
        };
        let clashes = case.clashes.into_iter().map(|clash| clash_row(ask, clash));
        rows.push(ExceptionRow {
            desk: ask.directory.name(case.anomaly.desk),
            anomaly: case.anomaly,
            entitlement: case.entitlement,
            household: case.household,
            name: name(ask, case.household)?,
            clashes: clashes.collect::<Result<_, _>>()?,
            deliveries: entitlement.deliveries,
            refusals: entitlement.refusals,
            reliefs: entitlement.custody.reliefs,
            decisions: vec![Decision::Accepted, Decision::Corrected, Decision::Referred],
        });
    }
    rows.sort_by_key(|row| {
        (
            row.anomaly.resolution.is_some(),
            std::cmp::Reverse(row.anomaly.at),
        )
    });
    Ok(ExceptionsView {
        rows,
        supplied_twice: supplied_twice(ask)?,
    })
}

fn name(ask: &Ask<'_>, household: HouseholdId) -> Result<String, DeskError> {
    let household = ask.reads.state::<Household>(household)?;
    Ok(household.map(|h| h.data.applicant_name()).unwrap_or_default())
}

fn clash_row(ask: &Ask<'_>, clash: Clash) -> Result<ClashRow, DeskError> {
    Ok(ClashRow {
        entitlement: clash.entitlement,
        household: clash.household,
        name: name(ask, clash.household)?,
        delivery: clash.delivery,
        runs: clash.runs,
    })
}

fn supplied_twice(ask: &Ask<'_>) -> Result<Vec<SuppliedTwiceRow>, DeskError> {
    let mut rows = Vec::new();
    for twice in ask.reads.supplied_twice()? {
        let campaign = ask.reads.state::<Campaign>(twice.one.campaign)?;
        rows.push(SuppliedTwiceRow {
            campaign: campaign.map(|campaign| campaign.name).unwrap_or_default(),
            run: twice.run,
            desks: [twice.one.desk, twice.other.desk]
                .map(|desk| ask.directory.name(desk))
                .to_vec(),
        });
    }
    Ok(rows)
}
