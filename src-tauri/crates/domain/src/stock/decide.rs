// SPDX-License-Identifier: EUPL-1.2
//! What may be written of vouchers.

use super::event::{
    Minutes, RemovalReason, ShipmentOutcome, StockArrived, StockDestroyed, StockReceived, StockRemoved,
    StockReserved, StockSettled, StockShipped,
};
use super::ledger::common;
use crate::context::Ctx;
use crate::event::NewEvent;
use crate::ids::DeskId;
use crate::meta::Topic;
use crate::office::Role;
use crate::refusal::Rejection;
use crate::serial::{self, Run};

/// Takes booklets in. `known` are all serials of the campaign that any desk is known to have received.
pub fn receive(
    ctx: &Ctx,
    topic: Topic,
    body: StockReceived,
    known: &[Run],
) -> Result<Vec<NewEvent>, Rejection> {
    sound(&body.runs)?;
    not_there(&body.runs, known)?;
    if let Some(paper) = &body.delivery_note {
        if paper.number.trim().is_empty() {
            return Err(Rejection::FieldInvalid {
                field: "delivery_note",
            });
        }
        let counted = serial::count(&body.runs);
        if paper.declared != counted && body.note.trim().is_empty() {
            return Err(Rejection::DeclaredDiffers {
                declared: paper.declared,
                counted,
            });
        }
    }
    Ok(vec![NewEvent::new(topic, ctx.desk, body)])
}

/// Takes vouchers out of the stock. `held` is what the desk holds now.
pub fn remove(ctx: &Ctx, topic: Topic, body: StockRemoved, held: &[Run]) -> Result<Vec<NewEvent>, Rejection> {
    sound(&body.runs)?;
    all_held(&body.runs, held)?;
    if body.note.trim().is_empty() && body.reason != RemovalReason::Returned {
        return Err(Rejection::ReasonMissing);
    }
    Ok(vec![NewEvent::new(topic, ctx.desk, body)])
}

/// Sends vouchers to another desk. `held` is what the desk holds now.
pub fn ship(ctx: &Ctx, topic: Topic, body: StockShipped, held: &[Run]) -> Result<Vec<NewEvent>, Rejection> {
    sound(&body.runs)?;
    once(&body.runs)?;
    all_held(&body.runs, held)?;
    if body.to == ctx.desk || body.to == DeskId::default() {
        return Err(Rejection::FieldInvalid { field: "to" });
    }
    Ok(vec![NewEvent::new(topic, ctx.desk, body)])
}

/// What an arrival is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// What the sender wrote that it sent; none where its record is not here yet: then the paper is believed.
    pub sent: Option<&'a [Run]>,
    /// What desks other than the sender have by what is known here, this one included, and what arrived already of the shipment.
    pub elsewhere: &'a [Run],
}

/// Takes in what is really there of a shipment.
pub fn arrive(
    ctx: &Ctx,
    topic: Topic,
    body: StockArrived,
    arrival: Arrival<'_>,
) -> Result<Vec<NewEvent>, Rejection> {
    sound(&body.runs)?;
    if body.shipment.from == ctx.desk || body.shipment.number == 0 {
        return Err(Rejection::FieldInvalid { field: "shipment" });
    }
    if let Some(sent) = arrival.sent
        && let Some(run) = serial::subtract(&body.runs, sent).first()
    {
        return Err(Rejection::SerialNotInShipment {
            first: run.first_serial(),
            last: run.last_serial(),
        });
    }
    not_there(&body.runs, arrival.elsewhere)?;
    Ok(vec![NewEvent::new(topic, ctx.desk, body)])
}

/// What a settlement is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Settlement<'a> {
    /// The topic of the sender's stock.
    pub topic: Topic,
    /// What went off, did not arrive by what is known here, and nobody settled.
    pub open: &'a [Run],
}

/// Settles what became of vouchers that went off and did not arrive.
pub fn settle(
    ctx: &Ctx,
    mut body: StockSettled,
    settlement: Settlement<'_>,
) -> Result<Vec<NewEvent>, Rejection> {
    sound(&body.runs)?;
    let supervises = ctx.role >= Role::Supervisor;
    let sender = body.shipment.from;
    if sender != ctx.desk && !supervises {
        return Err(Rejection::NotYourShipment { desk: sender });
    }
    if body.outcome != ShipmentOutcome::TakenBack && !supervises {
        return Err(Rejection::RoleTooLow {
            needed: Role::Supervisor,
        });
    }
    if let Some(run) = serial::subtract(&body.runs, settlement.open).first() {
        return Err(Rejection::SerialNotInTransit {
            first: run.first_serial(),
            last: run.last_serial(),
        });
    }
    body.note = crate::entitlement::reason_given(&body.note)?;
    Ok(vec![NewEvent::new(settlement.topic, sender, body)])
}

/// Sets vouchers aside, or free again. `held` is what the desk holds now.
pub fn reserve(
    ctx: &Ctx,
    topic: Topic,
    mut body: StockReserved,
    held: &[Run],
) -> Result<Vec<NewEvent>, Rejection> {
    sound(&body.runs)?;
    all_held(&body.runs, held)?;
    if let Some(purpose) = &body.purpose {
        body.purpose = Some(crate::entitlement::reason_given(purpose)?);
    }
    Ok(vec![NewEvent::new(topic, ctx.desk, body)])
}

/// Destroys vouchers of a desk. `there` is what it holds and what is damaged there.
pub fn destroy(
    topic: Topic,
    desk: DeskId,
    body: StockDestroyed,
    there: &[Run],
) -> Result<Vec<NewEvent>, Rejection> {
    sound(&body.runs)?;
    all_held(&body.runs, there)?;
    let Minutes { number, present, .. } = &body.minutes;
    for (text, field) in [(number, "minutes_number"), (present, "present")] {
        if text.trim().is_empty() {
            return Err(Rejection::FieldInvalid { field });
        }
    }
    Ok(vec![NewEvent::new(topic, desk, body)])
}

fn sound(runs: &[Run]) -> Result<(), Rejection> {
    if runs.is_empty() || !runs.iter().all(Run::is_sound) {
        return Err(Rejection::SerialsMissing);
    }
    Ok(())
}

fn once(runs: &[Run]) -> Result<(), Rejection> {
    for (at, run) in runs.iter().enumerate() {
        if let Some(twice) = runs[at + 1..].iter().find(|other| other.overlaps(run)) {
            return Err(Rejection::SerialTwice {
                first: twice.first_serial(),
                last: twice.last_serial(),
            });
        }
    }
    Ok(())
}

fn all_held(runs: &[Run], held: &[Run]) -> Result<(), Rejection> {
    match runs.iter().find(|run| !serial::contains(held, run)) {
        None => Ok(()),
        Some(run) => Err(Rejection::SerialNotHeld {
            first: run.first_serial(),
            last: run.last_serial(),
        }),
    }
}

/// None of these is known to be somewhere, nor given twice; the refusal names what is both in what was given and there.
fn not_there(runs: &[Run], known: &[Run]) -> Result<(), Rejection> {
    for (at, run) in runs.iter().enumerate() {
        let found = runs[at + 1..]
            .iter()
            .chain(known)
            .find(|other| other.overlaps(run));
        if let Some(other) = found {
            let both = common(std::slice::from_ref(run), std::slice::from_ref(other));
            let named = both.first().unwrap_or(other);
            return Err(Rejection::SerialAlreadyReceived {
                first: named.first_serial(),
                last: named.last_serial(),
            });
        }
    }
    Ok(())
}
