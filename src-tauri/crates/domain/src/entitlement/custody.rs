// SPDX-License-Identifier: EUPL-1.2
//! Who may serve an entitlement, as the facts leave it.
//!
//! Facts are folded in the order (clock, desk, number), and a desk may not have all of them. What holds all the same:
//! - a release counts when its writer is the holder at that place of the order; a desk's own releases are always before it;
//! - whoever accepts a slip sets its clock after the slip's stamp, and the stamp is after the release: so the acceptance and
//!   all that follows from it stand after the release in everybody's order, whether or not the release has arrived;
//! - an acceptance counts by itself where the chain up to the writer of the slip has not arrived, because the desk that wrote
//!   it has verified the paper. Only a supervisor's relief makes that doubtful, and then the chain has to be there;
//! - a relief moves custody whatever was before it: it is the last word of a person who looked.

use super::{
    CustodyAccepted, CustodyReleased, CustodyRelieved, CustodyRequested, CustodySlipIssued, SlipStamp,
};
use crate::ids::{DeskId, EntitlementId, OperatorId, SlipId};
use crate::meta::EventMeta;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A desk asks the holder for an entitlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CustodyRequest {
    /// The desk that would serve.
    pub to: DeskId,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
}

/// What became of a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum SlipState {
    /// Written, and not accepted yet as far as is known.
    Open,
    /// The named desk has accepted it: it is used.
    Accepted,
    /// Custody went elsewhere before it was accepted: it is worth nothing.
    CalledOff,
}

/// A hand-over by paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Slip {
    /// Its identifier.
    pub id: SlipId,
    /// The desk that wrote it.
    pub from: DeskId,
    /// The only desk that may use it.
    pub to: DeskId,
    /// When it was written, as it says.
    pub stamp: SlipStamp,
    /// What became of it.
    pub state: SlipState,
    /// When that was, by the clock of the desk that wrote it down.
    pub at: Timestamp,
}

/// A supervisor took the entitlement from a dead desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Relief {
    /// The desk that was believed to hold it.
    pub from: DeskId,
    /// The desk that got it.
    pub to: DeskId,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
}

/// Who may serve an entitlement now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Custody {
    /// The one desk that may serve.
    pub holder: DeskId,
    /// How often it has moved.
    pub moves: u32,
    /// A desk waits for it.
    pub request: Option<CustodyRequest>,
    /// Hand-overs by paper, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Slip>>", optional)]
    pub slips: Vec<Slip>,
    /// Reliefs of a dead holder, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Relief>>", optional)]
    pub reliefs: Vec<Relief>,
}

impl Custody {
    /// As it begins.
    pub(super) fn of(holder: DeskId) -> Self {
        Self {
            holder,
            moves: 0,
            request: None,
            slips: Vec::new(),
            reliefs: Vec::new(),
        }
    }

    /// A slip that is known here.
    pub fn slip(&self, id: SlipId) -> Option<&Slip> {
        self.slips.iter().find(|slip| slip.id == id)
    }

    /// Whether a slip by `from` that is not known to hold would be believed: nobody but its writer stands against it.
    pub(super) fn believes(&self, from: DeskId) -> bool {
        self.holder == from || self.reliefs.is_empty()
    }

    /// From now on `to` may serve; a paper that nobody has accepted yet is worth nothing any more.
    fn hand(&mut self, to: DeskId, meta: &EventMeta) {
        self.holder = to;
        self.moves += 1;
        self.request = None;
        for slip in self.slips.iter_mut().filter(|slip| slip.state == SlipState::Open) {
            (slip.state, slip.at) = (SlipState::CalledOff, meta.at);
        }
    }

    pub(super) fn ask(&mut self, meta: &EventMeta, body: &CustodyRequested) {
        if body.to != self.holder {
            self.request = Some(CustodyRequest {
                to: body.to,
                reason: body.reason.clone(),
                at: meta.at,
                by: meta.actor,
            });
        }
    }

    /// Only the holder gives away.
    pub(super) fn release(&mut self, meta: &EventMeta, body: &CustodyReleased) {
        if meta.desk == self.holder {
            self.hand(body.to, meta);
        }
    }

    pub(super) fn issue(&mut self, entitlement: EntitlementId, meta: &EventMeta, body: &CustodySlipIssued) {
        let id = body.stamp.slip(entitlement, meta.desk, body.to);
        if self.slip(id).is_some() {
            return; // accepted before the release: no clock of ours does that, and it changes nothing
        }
        // Where the writer is not the holder, custody stays: the chain up to it has not arrived, or it was relieved.
        if meta.desk == self.holder {
            self.hand(body.to, meta);
        }
        self.slips.push(Slip {
            id,
            from: meta.desk,
            to: body.to,
            stamp: body.stamp,
            state: SlipState::Open,
            at: meta.at,
        });
    }

    pub(super) fn accept(&mut self, meta: &EventMeta, body: &CustodyAccepted) {
        let known = self.slip(body.slip).map(|slip| slip.state);
        if known.is_some_and(|state| state != SlipState::Open) {
            return; // used, or called off
        }
        let holds = meta.desk == self.holder || self.believes(body.from);
        if holds && meta.desk != self.holder {
            self.hand(meta.desk, meta);
        }
        let state = if holds {
            SlipState::Accepted
        } else {
            SlipState::CalledOff
        };
        match self.slips.iter_mut().find(|slip| slip.id == body.slip) {
            Some(slip) => (slip.state, slip.at) = (state, meta.at),
            None => self.slips.push(Slip {
                id: body.slip,
                from: body.from,
                to: meta.desk,
                stamp: body.stamp,
                state,
                at: meta.at,
            }),
        }
    }

    pub(super) fn relieve(&mut self, meta: &EventMeta, body: &CustodyRelieved) {
        self.hand(body.to, meta);
        self.reliefs.push(Relief {
            from: body.from,
            to: body.to,
            reason: body.reason.clone(),
            at: meta.at,
            by: meta.actor,
        });
    }
}
