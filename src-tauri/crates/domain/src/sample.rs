// SPDX-License-Identifier: EUPL-1.2
//! Verification calls (controllo a campione): some of those who received vouchers are telephoned and asked whether they did.
//!
//! Who is called is drawn so that anybody can draw it again: within each site the deliveries are put in the order of a number that follows
//! from the sample's own identifier and the delivery's, and the first ones are taken. Each site has its share of the sample (largest
//! remainders), and at least one where the sample is large enough. A sample that is not liked stays on record beside the next one.

use crate::context::Ctx;
use crate::entitlement::Entitlement;
use crate::event::{Event, NewEvent};
use crate::ids::{CampaignId, DeliveryId, DeskId, EntitlementId, OperatorId, SampleId, SiteId, derived};
use crate::meta::{EventMeta, Topic};
use crate::refusal::Rejection;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

#[cfg(test)]
mod tests;

/// No sample is larger: people are called one by one.
pub const LARGEST: u32 = 500;

/// A delivery that may be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "SamplePick")]
#[schemars(rename = "SamplePick")]
pub struct Pick {
    /// The delivery.
    pub delivery: DeliveryId,
    /// Its right.
    pub entitlement: EntitlementId,
}

/// A part of the frame: what was handed over at one site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "SampleStratum")]
#[schemars(rename = "SampleStratum")]
pub struct Stratum {
    /// The site; none where that of the desk was not known.
    pub site: Option<SiteId>,
    /// Deliveries that were not taken back.
    pub deliveries: u32,
    /// How many of them were drawn.
    pub drawn: u32,
}

/// A sample was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleDrawn {
    /// The campaign.
    pub campaign: CampaignId,
    /// By what the frame is known: it follows from the identifiers of all deliveries that could be drawn.
    pub frame: String,
    /// The frame by site.
    pub strata: Vec<Stratum>,
    /// Who is called, in the order in which they were drawn.
    pub picks: Vec<Pick>,
}

/// Somebody was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleCalled {
    /// About which delivery.
    pub delivery: DeliveryId,
    /// What was said.
    pub outcome: CallOutcome,
}

/// What came of a call. No words: what somebody disputes becomes a case, and words stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// The vouchers were received as recorded.
    Confirmed,
    /// Nobody answered.
    NotReached,
    /// The person does not want to answer.
    Declined,
    /// Nothing was received.
    NotReceived,
    /// Fewer vouchers were received than recorded.
    Fewer,
    /// Somebody else collected than was recorded.
    AnotherCollector,
}

impl CallOutcome {
    /// Every outcome.
    pub const ALL: [Self; 6] = [
        Self::Confirmed,
        Self::NotReached,
        Self::Declined,
        Self::NotReceived,
        Self::Fewer,
        Self::AnotherCollector,
    ];

    /// What is recorded is disputed.
    pub fn disputes(self) -> bool {
        matches!(self, Self::NotReceived | Self::Fewer | Self::AnotherCollector)
    }
}

/// A call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "SampleCall")]
#[schemars(rename = "SampleCall")]
pub struct Call {
    /// About which delivery.
    pub delivery: DeliveryId,
    /// What came of it.
    pub outcome: CallOutcome,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
}

/// A sample as its events leave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CampaignSample {
    /// Its identifier: what it was drawn with.
    pub id: SampleId,
    /// The campaign.
    pub campaign: CampaignId,
    /// By what the frame is known.
    pub frame: String,
    /// The frame by site.
    pub strata: Vec<Stratum>,
    /// Who is called, in order.
    pub picks: Vec<Pick>,
    /// The calls, oldest first. Nobody's call is written over.
    pub calls: Vec<Call>,
    /// When it was drawn.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
}

impl CampaignSample {
    /// What the last call about a delivery came to.
    pub fn last_call(&self, delivery: DeliveryId) -> Option<&Call> {
        self.calls.iter().rev().find(|call| call.delivery == delivery)
    }

    /// The first call in which somebody disputed a delivery: a later call does not undo that, a supervisor decides it.
    pub fn disputed(&self) -> BTreeMap<DeliveryId, Call> {
        let mut disputed = BTreeMap::new();
        for call in self.calls.iter().filter(|call| call.outcome.disputes()) {
            disputed.entry(call.delivery).or_insert(*call);
        }
        disputed
    }
}

impl crate::state::Fold for CampaignSample {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        match (state, event) {
            (None, Event::SampleDrawn(body)) => Some(Self {
                id: SampleId(meta.entity.id),
                campaign: body.campaign,
                frame: body.frame.clone(),
                strata: body.strata.clone(),
                picks: body.picks.clone(),
                calls: Vec::new(),
                at: meta.at,
                by: meta.actor,
            }),
            (Some(mut sample), Event::SampleCalled(body)) => {
                sample.calls.push(Call {
                    delivery: body.delivery,
                    outcome: body.outcome,
                    at: meta.at,
                    by: meta.actor,
                });
                Some(sample)
            }
            (state, _) => state,
        }
    }
}

/// What can be drawn: the deliveries of a campaign that were not taken back, by site, each in the order of identifiers.
pub fn frame(
    rights: &[Entitlement],
    site_of: impl Fn(DeskId) -> Option<SiteId>,
) -> BTreeMap<Option<SiteId>, Vec<Pick>> {
    let mut frame: BTreeMap<Option<SiteId>, Vec<Pick>> = BTreeMap::new();
    for right in rights {
        for delivery in right.deliveries.iter().filter(|d| d.reversal.is_none()) {
            let pick = Pick {
                delivery: delivery.id,
                entitlement: right.id,
            };
            frame.entry(site_of(delivery.desk)).or_default().push(pick);
        }
    }
    for picks in frame.values_mut() {
        picks.sort_unstable();
    }
    frame
}

/// By what a frame is known.
pub fn digest(frame: &BTreeMap<Option<SiteId>, Vec<Pick>>) -> String {
    let mut all: Vec<DeliveryId> = frame.values().flatten().map(|pick| pick.delivery).collect();
    all.sort_unstable();
    let parts: Vec<&[u8]> = all.iter().map(|delivery| &delivery.0.as_bytes()[..]).collect();
    derived("sportello 2026 sample frame", &parts)
        .simple()
        .to_string()
}

/// How many of each part are drawn: its share by largest remainders, no part left out while there are enough to go round.
fn shares(sizes: &[usize], size: usize) -> Vec<usize> {
    let whole: usize = sizes.iter().sum();
    let size = size.min(whole);
    let parts = sizes.iter().filter(|part| **part > 0).count();
    let least = usize::from(size >= parts);
    let mut shares: Vec<usize> = sizes.iter().map(|part| (*part).min(least)).collect();
    let given: usize = shares.iter().sum();
    let left = size - given;
    let rest: usize = whole - given;
    if rest == 0 {
        return shares;
    }
    let over: Vec<usize> = sizes
        .iter()
        .zip(&shares)
        .map(|(part, share)| part - share)
        .collect();
    let mut remainders: Vec<(usize, usize)> = Vec::new();
    let mut so_far = 0;
    for (at, part) in over.iter().enumerate() {
        let share = part * left / rest;
        shares[at] += share;
        so_far += share;
        remainders.push((part * left % rest, at));
    }
    // The largest remainder first; of equal ones the part that comes first.
    remainders.sort_by_key(|(remainder, at)| (std::cmp::Reverse(*remainder), *at));
    for (_, at) in remainders.into_iter().take(left - so_far) {
        shares[at] += 1;
    }
    shares
}

/// Draws: the same identifier, frame and size are the same sample, wherever and whenever.
pub fn draw(
    id: SampleId,
    frame: &BTreeMap<Option<SiteId>, Vec<Pick>>,
    size: u32,
) -> (Vec<Stratum>, Vec<Pick>) {
    let rank = |pick: &Pick| {
        derived(
            "sportello 2026 sample",
            &[id.0.as_bytes(), pick.delivery.0.as_bytes()],
        )
    };
    let sizes: Vec<usize> = frame.values().map(Vec::len).collect();
    let shares = shares(&sizes, usize::try_from(size).unwrap_or(usize::MAX));
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let (mut strata, mut drawn) = (Vec::new(), Vec::new());
    for ((site, picks), share) in frame.iter().zip(shares) {
        let mut ordered = picks.clone();
        ordered.sort_by_cached_key(rank);
        ordered.truncate(share);
        strata.push(Stratum {
            site: *site,
            deliveries: count(picks.len()),
            drawn: count(share),
        });
        drawn.extend(ordered);
    }
    // Who calls goes from site to site, and no site is left for the end.
    drawn.sort_by_cached_key(rank);
    (strata, drawn)
}

/// Draws a sample of a campaign's deliveries.
pub fn decide_draw(
    id: SampleId,
    campaign: CampaignId,
    frame: &BTreeMap<Option<SiteId>, Vec<Pick>>,
    size: u32,
) -> Result<NewEvent, Rejection> {
    if size == 0 || size > LARGEST {
        return Err(Rejection::FieldInvalid { field: "calls" });
    }
    let (strata, picks) = draw(id, frame, size);
    if picks.is_empty() {
        return Err(Rejection::NothingToDraw);
    }
    let drawn = SampleDrawn {
        campaign,
        frame: digest(frame),
        strata,
        picks,
    };
    Ok(NewEvent::new(Topic::Supervisors, id, drawn))
}

/// Writes down what came of a call.
pub fn record_call(
    _ctx: &Ctx,
    sample: &CampaignSample,
    delivery: DeliveryId,
    outcome: CallOutcome,
) -> Result<NewEvent, Rejection> {
    if !sample.picks.iter().any(|pick| pick.delivery == delivery) {
        return Err(Rejection::NotFound { what: "sample_pick" });
    }
    Ok(NewEvent::new(
        Topic::Supervisors,
        sample.id,
        SampleCalled { delivery, outcome },
    ))
}
