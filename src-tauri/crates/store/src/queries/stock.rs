// SPDX-License-Identifier: EUPL-1.2
//! Which desk holds which serials, and where a serial went.

use super::Reads;
use crate::Result;
use crate::book::blob;
use crate::projection::{self, RunRow, Source, read_run};
use sportello_domain::ids::{CampaignId, DeliveryId, DeskId, EntitlementId};
use sportello_domain::serial::Run;
use sportello_domain::stock::Stock;

/// A run that a delivery took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveredRun {
    /// The campaign.
    pub campaign: CampaignId,
    /// The entitlement.
    pub entitlement: EntitlementId,
    /// The delivery.
    pub delivery: DeliveryId,
    /// The desk.
    pub desk: DeskId,
    /// The serials.
    pub run: Run,
}

/// A run that a desk was supplied with and did not remove.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuppliedRun {
    /// The campaign.
    pub campaign: CampaignId,
    /// The desk.
    pub desk: DeskId,
    /// The serials.
    pub run: Run,
}

/// Serials that two desks were supplied with, and neither removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuppliedTwice {
    /// The serials.
    pub run: Run,
    /// One desk, with all of the run that it was supplied with.
    pub one: SuppliedRun,
    /// The other.
    pub other: SuppliedRun,
}

impl From<RunRow> for DeliveredRun {
    fn from(f: RunRow) -> Self {
        Self {
            campaign: f.campaign,
            entitlement: EntitlementId(f.owner),
            delivery: f.delivery,
            desk: f.desk,
            run: f.run,
        }
    }
}

impl From<RunRow> for SuppliedRun {
    fn from(f: RunRow) -> Self {
        Self {
            campaign: f.campaign,
            desk: f.desk,
            run: f.run,
        }
    }
}

impl Reads<'_> {
    fn overlapping(&self, campaign: CampaignId, run: &Run) -> Result<Vec<RunRow>> {
        projection::overlapping(self.conn, campaign, run)
    }

    /// What a desk holds of the serials that are asked for: supplied to it, not removed, and not out with a delivery of it.
    /// Runs are cut to what was asked.
    pub fn held_overlapping(&self, desk: DeskId, campaign: CampaignId, asked: &[Run]) -> Result<Vec<Run>> {
        let (mut supplied, mut gone) = (Vec::new(), Vec::new());
        for run in asked {
            for found in self.overlapping(campaign, run)? {
                if found.desk == desk {
                    let cut = Run {
                        first: found.run.first.max(run.first),
                        last: found.run.last.min(run.last),
                        ..found.run
                    };
                    if found.source == Source::Delivered {
                        gone.push(cut)
                    } else {
                        supplied.push(cut)
                    }
                }
            }
        }
        Ok(without(supplied, gone))
    }

    /// All that a desk holds of a campaign's serials.
    pub fn held(&self, desk: DeskId, campaign: CampaignId) -> Result<Vec<Run>> {
        let rows = self.all(
            "SELECT campaign, series, width, first, last, source, owner, desk, delivery, at, reversed FROM run
             WHERE campaign = ?1 AND desk = ?2",
            (blob(&campaign.0), blob(&desk.0)),
            read_run,
        )?;
        let (gone, supplied): (Vec<RunRow>, Vec<RunRow>) =
            rows.into_iter().partition(|row| row.source == Source::Delivered);
        let runs = |rows: Vec<RunRow>| rows.into_iter().map(|row| row.run).collect();
        Ok(without(runs(supplied), runs(gone)))
    }

    /// Which desks were supplied with any of these serials and did not remove them.
    pub fn supplied_overlapping(&self, campaign: CampaignId, asked: &[Run]) -> Result<Vec<SuppliedRun>> {
        let mut runs = Vec::new();
        for run in asked {
            runs.extend(
                self.overlapping(campaign, run)?
                    .into_iter()
                    .filter(|found| found.source == Source::Supplied)
                    .map(SuppliedRun::from),
            );
        }
        Ok(runs)
    }

    /// Which deliveries any of these serials are out with.
    pub fn delivered_overlapping(&self, campaign: CampaignId, asked: &[Run]) -> Result<Vec<DeliveredRun>> {
        let mut runs = Vec::new();
        for run in asked {
            runs.extend(
                self.overlapping(campaign, run)?
                    .into_iter()
                    .filter(|found| found.source == Source::Delivered)
                    .map(DeliveredRun::from),
            );
        }
        Ok(runs)
    }

    /// Serials that two desks were supplied with: a delivery note read wrong, or booklets that went on without being removed.
    pub fn supplied_twice(&self) -> Result<Vec<SuppliedTwice>> {
        let mut rows: Vec<RunRow> = self
            .things::<Stock>()?
            .iter()
            .flat_map(projection::supplied)
            .collect();
        rows.sort_by_cached_key(|row| {
            (
                row.campaign,
                row.run.series.clone(),
                row.run.width,
                row.run.first,
                row.desk,
            )
        });
        let mut twice = Vec::new();
        // Those that reach furthest so far; nearly always one.
        let mut open: Vec<RunRow> = Vec::new();
        for row in rows {
            open.retain(|before| before.campaign == row.campaign && before.run.overlaps(&row.run));
            for before in open.iter().filter(|before| before.desk != row.desk) {
                let run = Run {
                    last: before.run.last.min(row.run.last),
                    ..row.run.clone()
                };
                let (one, other) = (before.clone().into(), row.clone().into());
                twice.push(SuppliedTwice { run, one, other });
            }
            open.push(row);
        }
        Ok(twice)
    }

    /// Every campaign in which runs of this series and width are known.
    pub(crate) fn campaigns_with_series(&self, run: &Run) -> Result<Vec<CampaignId>> {
        let campaigns: Vec<CampaignId> = self
            .campaigns()?
            .into_iter()
            .map(|campaign| campaign.id)
            .collect();
        let mut with = Vec::new();
        for campaign in campaigns {
            let known = self.one(
                "SELECT 1 FROM run WHERE campaign = ?1 AND series = ?2 AND width = ?3 LIMIT 1",
                (blob(&campaign.0), &run.series, run.width),
                |_| Ok(()),
            )?;
            with.extend(known.map(|()| campaign));
        }
        Ok(with)
    }
}

/// What is left of `held` without `gone`, in order; what was held twice is held once.
///
/// `serial::subtract` says the same and goes through everything for each cut; a desk has thousands of deliveries.
fn without(mut held: Vec<Run>, mut gone: Vec<Run>) -> Vec<Run> {
    let order = |run: &Run| (run.series.clone(), run.width, run.first, run.last);
    held.sort_by_cached_key(order);
    gone.sort_by_cached_key(order);
    let (mut left, mut from): (Vec<Run>, usize) = (Vec::new(), 0);
    // The first number of the series that has not been looked at yet.
    let mut reached: Option<(String, u8, u64)> = None;
    for run in held {
        let mut first = run.first;
        if let Some((series, width, next)) = &reached
            && *series == run.series
            && *width == run.width
        {
            first = first.max(*next);
        }
        if first > run.last {
            continue;
        }
        while gone
            .get(from)
            .is_some_and(|cut| (&cut.series, cut.width) < (&run.series, run.width))
        {
            from += 1;
        }
        for cut in gone[from..]
            .iter()
            .take_while(|cut| (&cut.series, cut.width) == (&run.series, run.width) && cut.first <= run.last)
        {
            if cut.last < first {
                continue;
            }
            if cut.first > first {
                left.push(Run {
                    first,
                    last: cut.first - 1,
                    ..run.clone()
                });
            }
            first = first.max(cut.last.saturating_add(1));
        }
        if first <= run.last {
            left.push(Run { first, ..run.clone() });
        }
        // Cuts that end before what comes next are done with.
        while gone
            .get(from)
            .is_some_and(|cut| (&cut.series, cut.width) == (&run.series, run.width) && cut.last <= run.first)
        {
            from += 1;
        }
        reached = Some((run.series, run.width, run.last.saturating_add(1)));
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sportello_domain::serial::subtract;
    use std::collections::BTreeSet;

    fn run() -> impl Strategy<Value = Run> {
        (
            0_u64..80,
            0_u64..15,
            prop::sample::select(vec!["A", "B"]),
            3_u8..5,
        )
            .prop_map(|(first, more, series, width)| Run {
                series: series.into(),
                first,
                last: first + more,
                width,
            })
    }

    proptest! {
        #[test]
        fn what_is_left_is_what_the_domain_says(held in prop::collection::vec(run(), 0..6), gone in prop::collection::vec(run(), 0..12)) {
            let set = |runs: &[Run]| -> BTreeSet<(String, u8, u64)> {
                runs.iter().flat_map(|r| (r.first..=r.last).map(|n| (r.series.clone(), r.width, n))).collect()
            };
            let left = without(held.clone(), gone.clone());
            prop_assert_eq!(set(&left), set(&subtract(&held, &gone)));
            let total: u64 = left.iter().map(Run::count).sum();
            prop_assert_eq!(total, set(&left).len() as u64, "nothing is held twice");
        }
    }
}
