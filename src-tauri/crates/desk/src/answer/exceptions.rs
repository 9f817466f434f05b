// SPDX-License-Identifier: EUPL-1.2
//! What a supervisor must look at, with the evidence of every side.

use super::Ask;
use crate::error::DeskError;
use crate::view::{ExceptionRow, ExceptionsView};
use sportello_domain::entitlement::{Decision, Entitlement};
use sportello_domain::household::Household;

const MOST: usize = 1000;

pub(super) fn exceptions(ask: &Ask<'_>, all: bool) -> Result<ExceptionsView, DeskError> {
    let mut rows = Vec::new();
    for case in ask.reads.anomalies(!all, MOST)? {
        let Some(entitlement) = ask.reads.state::<Entitlement>(case.entitlement)? else {
            continue;
        };
        let household = ask.reads.state::<Household>(case.household)?;
        rows.push(ExceptionRow {
            desk: ask.directory.name(case.anomaly.desk),
            anomaly: case.anomaly,
            entitlement: case.entitlement,
            household: case.household,
            name: household.map(|h| h.data.applicant_name()).unwrap_or_default(),
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
    Ok(ExceptionsView { rows })
}
