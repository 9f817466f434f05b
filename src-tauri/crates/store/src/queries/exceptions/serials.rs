// SPDX-License-Identifier: EUPL-1.2
//! Cases of serials: those that went out from a desk that did not have them, and those that two desks were supplied with.

use super::{Found, Looking};
use crate::Result;
use crate::projection::{RunRow, Source, read_run};
use crate::queries::Reads;
use sportello_domain::exceptions::{CaseAbout, CaseKind};
use sportello_domain::ids::{CampaignId, DeliveryId, DeskId, EntitlementId};
use sportello_domain::serial::Run;
use sportello_domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;
use uuid::Uuid;

impl Reads<'_> {
    /// Serials that went out from a desk that was not supplied with them.
    pub(super) fn find_serials(&self, looking: Looking, into: &mut Vec<Found>) -> Result<()> {
        let rows = self.all(
            "SELECT campaign, series, width, first, last, source, owner, desk, delivery, at, reversed FROM run
             ORDER BY campaign, series, width, first, last",
            [],
            read_run,
        )?;
        let (out, supplied): (Vec<RunRow>, Vec<RunRow>) =
            rows.into_iter().partition(|row| row.source == Source::Delivered);
        let mut anywhere = Spans::default();
        let mut here: HashMap<DeskId, Spans> = HashMap::new();
        for row in &supplied {
            anywhere.add(row);
            here.entry(row.desk).or_default().add(row);
        }
        let none = Spans::default();
        let mut seen: BTreeSet<(CaseKind, Uuid, DeliveryId)> = BTreeSet::new();
        for row in &out {
            let strange = here
                .get(&row.desk)
                .unwrap_or(&none)
                .lacking(row.campaign, &row.run);
            for run in strange {
                let nowhere: u64 = anywhere.lacking(row.campaign, &run).iter().map(Run::count).sum();
                // Where only some Quartieri are read, what is not known may well be elsewhere.
                let kinds = [
                    (CaseKind::SerialsNeverReceived, nowhere > 0 && looking.whole),
                    (CaseKind::SerialsElsewhere, nowhere < run.count()),
                ];
                for (kind, _) in kinds.into_iter().filter(|(_, is)| *is) {
                    if !seen.insert((kind, row.owner, row.delivery)) {
                        continue;
                    }
                    let entitlement = EntitlementId(row.owner);
                    let about = CaseAbout::Delivery {
                        entitlement,
                        delivery: row.delivery,
                    };
                    into.push(
                        Found::new(kind, about, Timestamp(row.at))
                            .at_desk(row.desk)
                            .in_campaign(row.campaign)
                            .touching(self.household_of(entitlement)?),
                    );
                }
            }
        }
        Ok(())
    }

    pub(super) fn find_supply(&self, into: &mut Vec<Found>) -> Result<()> {
        for twice in self.supplied_twice()? {
            let (one, other) = (twice.one.desk, twice.other.desk);
            let mut at = Timestamp::default();
            for desk in [one, other] {
                let stock = self.state::<sportello_domain::stock::Stock>(desk)?;
                for movement in stock.iter().flat_map(|stock| &stock.movements) {
                    let came = movement.came() && movement.campaign == twice.one.campaign;
                    if came && movement.runs.iter().any(|run| run.overlaps(&twice.run)) {
                        at = at.max(movement.at);
                    }
                }
            }
            let about = CaseAbout::Supply {
                campaign: twice.one.campaign,
                first: one.min(other),
                second: one.max(other),
                run: twice.run,
            };
            into.push(
                Found::new(CaseKind::SuppliedTwice, about, at)
                    .at_desk(other)
                    .in_campaign(twice.one.campaign),
            );
        }
        Ok(())
    }
}

/// A campaign's serials of one series and width.
type Series = (CampaignId, String, u8);

/// Serials of many campaigns and series, as spans that do not overlap.
#[derive(Default)]
struct Spans(HashMap<Series, BTreeMap<u64, u64>>);

impl Spans {
    fn add(&mut self, row: &RunRow) {
        let spans = self
            .0
            .entry((row.campaign, row.run.series.clone(), row.run.width))
            .or_default();
        let (mut first, mut last) = (row.run.first, row.run.last);
        if last < first {
            return; // what a foreign record says need not be a run
        }
        // Those that it touches become one with it.
        while let Some((begin, end)) = spans.range(..=last).next_back().map(|(a, b)| (*a, *b)) {
            if end < first {
                break;
            }
            spans.remove(&begin);
            (first, last) = (first.min(begin), last.max(end));
        }
        spans.insert(first, last);
    }

    /// The serials of a run that are not among these.
    fn lacking(&self, campaign: CampaignId, run: &Run) -> Vec<Run> {
        if run.last < run.first {
            return Vec::new();
        }
        let Some(spans) = self.0.get(&(campaign, run.series.clone(), run.width)) else {
            return vec![run.clone()];
        };
        let mut lacking = Vec::new();
        let mut next = run.first;
        let before = spans.range(..=run.first).next_back();
        let within = spans.range((Bound::Excluded(run.first), Bound::Included(run.last)));
        for (first, last) in before.into_iter().chain(within) {
            if *last < next {
                continue;
            }
            if *first > next {
                lacking.push(Run {
                    first: next,
                    last: first - 1,
                    ..run.clone()
                });
            }
            next = next.max(last.saturating_add(1));
        }
        if next <= run.last {
            lacking.push(Run {
                first: next,
                ..run.clone()
            });
        }
        lacking
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sportello_domain::serial::subtract;

    fn run() -> impl Strategy<Value = Run> {
        (0_u64..60, 0_u64..9, prop::sample::select(vec!["A", "B"])).prop_map(|(first, more, series)| Run {
            series: series.into(),
            first,
            last: first + more,
            width: 4,
        })
    }

    proptest! {
        #[test]
        fn what_is_lacking_is_what_the_domain_says(supplied in prop::collection::vec(run(), 0..8), out in run()) {
            let mut spans = Spans::default();
            for run in &supplied {
                spans.add(&RunRow {
                    campaign: CampaignId::default(),
                    run: run.clone(),
                    source: Source::Supplied,
                    owner: Uuid::nil(),
                    desk: DeskId::default(),
                    delivery: DeliveryId::default(),
                    at: 0,
                    reversed: false,
                });
            }
            let expected = subtract(std::slice::from_ref(&out), &supplied);
            prop_assert_eq!(spans.lacking(CampaignId::default(), &out), expected);
        }
    }
}
