// SPDX-License-Identifier: EUPL-1.2
//! Handing an entitlement over by paper, and relieving a dead holder: the rules.

use super::decide::{reason_given, still_due};
use super::{Carried, CustodyAccepted, CustodyRelieved, CustodySlipIssued, Entitlement, SlipState};
use crate::context::Ctx;
use crate::event::NewEvent;
use crate::ids::{DeskId, EntitlementId, SlipId};
use crate::meta::Topic;
use crate::refusal::Rejection;
use crate::time::{Hlc, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// When a slip was written: whole seconds since 2020-01-01T00:00:00Z, never before the record of the release on any clock of
/// the office. Thirty bits, until 2054.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct SlipStamp(pub u32);

impl SlipStamp {
    /// 2020-01-01T00:00:00Z, seconds since 1970.
    const EPOCH: u64 = 1_577_836_800;
    /// The largest.
    pub const MAX: Self = Self((1 << 30) - 1);

    /// The first stamp after a reading of the clock.
    pub fn after(clock: Hlc) -> Self {
        let seconds = (clock.millis() / 1000 + 1).saturating_sub(Self::EPOCH);
        Self(u32::try_from(seconds).unwrap_or(u32::MAX)).min(Self::MAX)
    }

    /// A reading of the clock that is after whatever was written before the slip.
    pub fn clock(self) -> Hlc {
        Hlc::new((Self::EPOCH + u64::from(self.0)) * 1000, 0)
    }

    /// The same as an instant.
    pub fn at(self) -> Timestamp {
        Timestamp(i64::try_from(self.clock().millis()).unwrap_or(i64::MAX))
    }

    /// The slip that `from` wrote for `to` at this moment.
    pub fn slip(self, entitlement: EntitlementId, from: DeskId, to: DeskId) -> SlipId {
        let parts = [
            entitlement.0.as_bytes().as_slice(),
            from.0.as_bytes(),
            to.0.as_bytes(),
            &self.0.to_be_bytes(),
        ];
        SlipId(crate::ids::derived("sportello 2026 custody slip", &parts))
    }
}

/// A slip as it was read and found to be its writer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlipRead {
    /// The desk that wrote it.
    pub from: DeskId,
    /// The desk that it names.
    pub to: DeskId,
    /// When.
    pub stamp: SlipStamp,
}

/// Gives an entitlement to another desk by a paper. Only the holder can, and not while the household is being served.
/// `clock` is that of the record which is about to be written.
pub fn issue_slip(
    ctx: &Ctx,
    topic: Topic,
    entitlement: &Entitlement,
    to: DeskId,
    clock: Hlc,
    being_served: bool,
) -> Result<Vec<NewEvent>, Rejection> {
    // A slip is a release: the same stands against it.
    super::release_custody(ctx, topic, entitlement, to, being_served)?;
    // Two papers of one second would be one.
    let last = entitlement.custody.slips.iter().map(|slip| slip.stamp).max();
    let stamp = last.map_or(SlipStamp::after(clock), |last| {
        SlipStamp::after(clock).max(SlipStamp(last.0.saturating_add(1)))
    });
    Ok(vec![NewEvent::new(
        topic,
        entitlement.id,
        CustodySlipIssued { to, stamp },
    )])
}

/// Accepts a slip. Whether it is its writer's was verified before; here it is whether it still says anything.
pub fn accept_slip(
    ctx: &Ctx,
    topic: Topic,
    entitlement: &Entitlement,
    read: SlipRead,
) -> Result<Vec<NewEvent>, Rejection> {
    if read.to != ctx.desk {
        return Err(Rejection::SlipForOther);
    }
    let custody = &entitlement.custody;
    let slip = read.stamp.slip(entitlement.id, read.from, read.to);
    match custody.slip(slip).map(|slip| slip.state) {
        Some(SlipState::Accepted) => return Err(Rejection::SlipUsed),
        Some(SlipState::CalledOff) => return Err(Rejection::SlipCalledOff),
        Some(SlipState::Open) | None => {}
    }
    still_due(entitlement)?;
    if custody.holder == ctx.desk {
        // The release came over the network before the paper: there is nothing left to accept, but to note that it is used.
        return match custody.slip(slip) {
            Some(_) => Ok(vec![accepted(topic, entitlement.id, slip, read, None)]),
            None => Err(Rejection::AlreadyHolder),
        };
    }
    if !custody.believes(read.from) {
        return Err(Rejection::SlipCalledOff);
    }
    Ok(vec![accepted(topic, entitlement.id, slip, read, None)])
}

/// Accepts a slip for an entitlement of which nothing is known here but what it carries.
pub fn accept_carried(
    ctx: &Ctx,
    topic: Topic,
    entitlement: EntitlementId,
    read: SlipRead,
    carried: Carried,
) -> Result<Vec<NewEvent>, Rejection> {
    if read.to != ctx.desk {
        return Err(Rejection::SlipForOther);
    }
    if carried.due.0 <= 0 || EntitlementId::of(carried.campaign, carried.household) != entitlement {
        return Err(Rejection::SlipWrong);
    }
    let slip = read.stamp.slip(entitlement, read.from, read.to);
    Ok(vec![accepted(topic, entitlement, slip, read, Some(carried))])
}

fn accepted(
    topic: Topic,
    entitlement: EntitlementId,
    slip: SlipId,
    read: SlipRead,
    carried: Option<Carried>,
) -> NewEvent {
    let SlipRead { from, stamp, .. } = read;
    NewEvent::new(
        topic,
        entitlement,
        CustodyAccepted {
            slip,
            from,
            stamp,
            carried,
        },
    )
}

/// Takes an entitlement from a desk that cannot release it any more, for a desk that is named. A supervisor's, with a reason and
/// the statement that the desk was looked at.
pub fn relieve(
    topic: Topic,
    entitlement: &Entitlement,
    to: DeskId,
    reason: &str,
    checked: bool,
) -> Result<Vec<NewEvent>, Rejection> {
    let reason = reason_given(reason)?;
    if !checked {
        return Err(Rejection::CheckMissing);
    }
    still_due(entitlement)?;
    let from = entitlement.custody.holder;
    if from == to {
        return Err(Rejection::AlreadyHolder);
    }
    let known = entitlement.deliveries.iter().map(|d| d.id).collect();
    Ok(vec![NewEvent::new(
        topic,
        entitlement.id,
        CustodyRelieved {
            from,
            to,
            reason,
            checked,
            known,
        },
    )])
}
