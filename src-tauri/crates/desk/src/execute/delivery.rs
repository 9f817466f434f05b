// SPDX-License-Identifier: EUPL-1.2
//! The counter: vouchers handed over, not handed over, taken back; and what a supervisor decides of it.

use super::{Act, Deed};
use crate::error::DeskError;
use sportello_domain::appointment::Appointment;
use sportello_domain::campaign::Campaign;
use sportello_domain::command::Command;
use sportello_domain::entitlement::{self, Collector, DeliveryRequest, DeliveryWorld, PaperMark};
use sportello_domain::event::Event;
use sportello_domain::household::Household;
use sportello_domain::ids::{AppointmentId, EntitlementId};
use sportello_domain::serial::Run;

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    match command {
        Command::ConfirmDelivery {
            entitlement: id,
            appointment,
            collector,
            runs,
            force,
            partial,
        } => {
            let handover = Handover {
                entitlement: *id,
                appointment: *appointment,
                collector,
                runs,
                force: force.clone(),
                partial: partial.clone(),
                paper: None,
            };
            hand_over(act, handover)
        }
        Command::RefuseDelivery {
            entitlement: id,
            appointment,
            reason,
            note,
        } => {
            let (topic, found) = act.entitlement(*id)?;
            let appointment = load(act, *appointment)?;
            let events = entitlement::refuse_delivery(topic, &found, appointment.as_ref(), *reason, note)?;
            act.desk.drop_draft(act.tx, *id)?;
            Ok(Deed::of(*id, events))
        }
        Command::ReverseDelivery {
            entitlement: id,
            delivery,
            reason,
            returned,
        } => {
            let (topic, found) = act.entitlement(*id)?;
            let events =
                entitlement::reverse_delivery(&act.ctx, topic, &found, *delivery, reason, *returned)?;
            Ok(Deed {
                delivery: Some(*delivery),
                ..Deed::of(*id, events)
            })
        }
        _ => Ok(Deed::default()),
    }
}

/// Vouchers handed over, at the counter or on a form.
pub(super) struct Handover<'a> {
    pub entitlement: EntitlementId,
    pub appointment: Option<AppointmentId>,
    pub collector: &'a Collector,
    pub runs: &'a [Run],
    pub force: Option<String>,
    pub partial: Option<String>,
    pub paper: Option<PaperMark>,
}

pub(super) fn hand_over(act: &mut Act<'_, '_>, handover: Handover<'_>) -> Result<Deed, DeskError> {
    let id = handover.entitlement;
    let (topic, found) = act.entitlement(id)?;
    let campaign: Campaign = act.need(found.campaign, "campaign")?;
    let appointment = load(act, handover.appointment)?;
    let held = act
        .tx
        .reads()?
        .held_overlapping(act.ctx.desk, campaign.id, handover.runs)?;
    let household: Option<Household> = match handover.collector {
        Collector::Member { member: Some(_), .. } => Some(act.need(found.household, "household")?),
        _ => None,
    };
    let at_office = act.tx.at_office(id)?;
    let request = DeliveryRequest {
        id: act.desk.ports().id(),
        collector: handover.collector.clone(),
        runs: handover.runs.to_vec(),
        force: handover.force,
        partial: handover.partial,
        paper: handover.paper,
    };
    let world = DeliveryWorld {
        campaign: &campaign,
        appointment: appointment.as_ref(),
        held: &held,
        members: household.as_ref().map_or(&[], |h| &h.data.members),
        at_office,
    };
    let events = entitlement::confirm_delivery(&act.ctx, topic, &found, world, &request)?;
    let forced = events
        .iter()
        .any(|e| matches!(&e.event, Event::DeliveryConfirmed(b) if b.forced.is_some()));
    act.desk.drop_draft(act.tx, id)?;
    Ok(Deed {
        delivery: Some(request.id),
        forced,
        ..Deed::of(id, events)
    })
}

fn load(act: &mut Act<'_, '_>, id: Option<AppointmentId>) -> Result<Option<Appointment>, DeskError> {
    id.map(|id| act.need(id, "appointment")).transpose()
}
