// SPDX-License-Identifier: EUPL-1.2
//! What is odd about booklets before they are taken in.

use super::ledger::{add, common};
use crate::serial::{Run, subtract};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A box of booklets as it was scanned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SupplyBox {
    /// What stands on it.
    #[serde(default)]
    pub label: String,
    /// The serials in it.
    pub runs: Vec<Run>,
}

/// Serials that lie between two boxes of one series, and are in neither.
pub fn gaps(boxes: &[SupplyBox]) -> Vec<Run> {
    let mut all: Vec<&Run> = boxes.iter().flat_map(|b| &b.runs).collect();
    all.sort();
    let mut gaps = Vec::new();
    let mut before: Option<(&Run, u64)> = None;
    for run in all {
        let mut reached = run.last;
        if let Some((other, last)) = before
            && other.series == run.series
            && other.width == run.width
        {
            if run.first > last.saturating_add(1) {
                gaps.push(Run {
                    first: last + 1,
                    last: run.first - 1,
                    ..run.clone()
                });
            }
            reached = reached.max(last);
        }
        before = Some((run, reached));
    }
    gaps
}

/// Serials that were scanned more than once.
pub fn twice(boxes: &[SupplyBox]) -> Vec<Run> {
    let (mut seen, mut twice): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
    for run in boxes.iter().flat_map(|b| &b.runs) {
        let run = std::slice::from_ref(run);
        add(&mut twice, &common(run, &seen));
        seen.extend(subtract(run, &seen));
    }
    twice
}
