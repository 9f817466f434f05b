// SPDX-License-Identifier: EUPL-1.2
//! The vouchers that a desk holds, as runs of serials.
//!
//! What a desk holds is what it received, less what it removed and what its deliveries took, plus what reversals brought
//! back. The first two are here; deliveries are facts of entitlements, and the store puts the two together.

use crate::context::Ctx;
use crate::event::{Event, NewEvent};
use crate::ids::{CampaignId, DeskId};
use crate::meta::{EventMeta, Topic};
use crate::money::Cents;
use crate::refusal::Rejection;
use crate::serial::{self, Run};
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Booklets came to the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockReceived {
    /// The campaign they are for.
    pub campaign: CampaignId,
    /// Value of one voucher.
    pub denomination: Cents,
    /// The serials.
    pub runs: Vec<Run>,
    /// Delivery note, as written.
    pub note: String,
}

/// Why vouchers left the stock without being delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum RemovalReason {
    /// Cannot be used.
    Damaged,
    /// Cannot be found.
    Lost,
    /// Went back to the office.
    Returned,
    /// Was never there: a receipt entered wrongly.
    Miscounted,
}

/// Vouchers left the stock without being delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockRemoved {
    /// The campaign they were for.
    pub campaign: CampaignId,
    /// The serials.
    pub runs: Vec<Run>,
    /// Why.
    pub reason: RemovalReason,
    /// In words.
    pub note: String,
}

/// One movement of the stock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Movement {
    /// The campaign.
    pub campaign: CampaignId,
    /// The serials.
    pub runs: Vec<Run>,
    /// None for what came in; the reason for what went out.
    pub removed: Option<RemovalReason>,
    /// In words.
    pub note: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: crate::ids::OperatorId,
}

/// What came to a desk and what left it other than by delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Stock {
    /// The desk.
    pub desk: DeskId,
    /// Oldest first.
    pub movements: Vec<Movement>,
}

impl Stock {
    /// The serials of a campaign that came in and were not removed: what deliveries may take from.
    pub fn supplied(&self, campaign: CampaignId) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for movement in self.movements.iter().filter(|m| m.campaign == campaign) {
            if movement.removed.is_some() {
                runs = serial::subtract(&runs, &movement.runs);
            } else {
                // What came in twice is held once.
                let fresh = serial::subtract(&movement.runs, &runs);
                runs.extend(fresh);
                runs.sort();
            }
        }
        runs
    }
}

impl crate::state::Fold for Stock {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        let movement = match event {
            Event::StockReceived(b) => Movement {
                campaign: b.campaign,
                runs: b.runs.clone(),
                removed: None,
                note: b.note.clone(),
                at: meta.at,
                by: meta.actor,
            },
            Event::StockRemoved(b) => Movement {
                campaign: b.campaign,
                runs: b.runs.clone(),
                removed: Some(b.reason),
                note: b.note.clone(),
                at: meta.at,
                by: meta.actor,
            },
            _ => return state,
        };
        let mut stock = state.unwrap_or(Self {
            desk: DeskId(meta.entity.id),
            movements: Vec::new(),
        });
        stock.movements.push(movement);
        Some(stock)
    }
}

/// Takes booklets in. `known` are all serials of the campaign that any desk is known to have received.
pub fn receive(
    ctx: &Ctx,
    topic: Topic,
    body: StockReceived,
    known: &[Run],
) -> Result<Vec<NewEvent>, Rejection> {
    sound(&body.runs)?;
    for (i, run) in body.runs.iter().enumerate() {
        let twice = body.runs[i + 1..]
            .iter()
            .chain(known)
            .find(|other| other.overlaps(run));
        if let Some(other) = twice {
            return Err(Rejection::SerialAlreadyReceived {
                first: other.first_serial(),
                last: other.last_serial(),
            });
        }
    }
    Ok(vec![NewEvent::new(topic, ctx.desk, body)])
}

/// Takes vouchers out of the stock. `held` is what the desk holds now.
pub fn remove(ctx: &Ctx, topic: Topic, body: StockRemoved, held: &[Run]) -> Result<Vec<NewEvent>, Rejection> {
    sound(&body.runs)?;
    if let Some(run) = body.runs.iter().find(|run| !serial::contains(held, run)) {
        return Err(Rejection::SerialNotHeld {
            first: run.first_serial(),
            last: run.last_serial(),
        });
    }
    if body.note.trim().is_empty() && body.reason != RemovalReason::Returned {
        return Err(Rejection::ReasonMissing);
    }
    Ok(vec![NewEvent::new(topic, ctx.desk, body)])
}

fn sound(runs: &[Run]) -> Result<(), Rejection> {
    if runs.is_empty() || !runs.iter().all(Run::is_sound) {
        return Err(Rejection::SerialsMissing);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::tests::ctx;

    fn run(first: u64, last: u64) -> Run {
        Run {
            series: "A".into(),
            first,
            last,
            width: 6,
        }
    }

    fn received(runs: Vec<Run>) -> StockReceived {
        StockReceived {
            campaign: CampaignId::default(),
            denomination: Cents(1000),
            runs,
            note: "DDT 12".into(),
        }
    }

    #[test]
    fn a_serial_is_received_once() {
        let ctx = ctx();
        assert_eq!(
            receive(&ctx, Topic::Quartiere(1), received(vec![run(1, 50)]), &[])
                .unwrap()
                .len(),
            1
        );
        let twice = receive(
            &ctx,
            Topic::Quartiere(1),
            received(vec![run(41, 90)]),
            &[run(1, 50)],
        );
        assert!(matches!(twice, Err(Rejection::SerialAlreadyReceived { .. })));
        let within = receive(
            &ctx,
            Topic::Quartiere(1),
            received(vec![run(1, 50), run(50, 60)]),
            &[],
        );
        assert!(matches!(within, Err(Rejection::SerialAlreadyReceived { .. })));
        assert!(matches!(
            receive(&ctx, Topic::Quartiere(1), received(vec![]), &[]),
            Err(Rejection::SerialsMissing)
        ));
        assert!(matches!(
            receive(&ctx, Topic::Quartiere(1), received(vec![run(9, 3)]), &[]),
            Err(Rejection::SerialsMissing)
        ));
    }

    #[test]
    fn only_what_is_held_can_be_removed_and_with_a_reason() {
        let ctx = ctx();
        let body = |runs, note: &str| StockRemoved {
            campaign: CampaignId::default(),
            runs,
            reason: RemovalReason::Damaged,
            note: note.into(),
        };
        assert!(
            remove(
                &ctx,
                Topic::Quartiere(1),
                body(vec![run(3, 4)], "bagnati"),
                &[run(1, 50)]
            )
            .is_ok()
        );
        let other = remove(
            &ctx,
            Topic::Quartiere(1),
            body(vec![run(50, 51)], "bagnati"),
            &[run(1, 50)],
        );
        assert!(matches!(other, Err(Rejection::SerialNotHeld { .. })));
        let silent = remove(
            &ctx,
            Topic::Quartiere(1),
            body(vec![run(3, 4)], " "),
            &[run(1, 50)],
        );
        assert_eq!(silent, Err(Rejection::ReasonMissing));
    }
}
