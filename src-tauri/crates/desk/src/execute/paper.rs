// SPDX-License-Identifier: EUPL-1.2
//! Numbered forms: made ready while the PC lives, typed in once it lives again.

use super::delivery::{Handover, hand_over};
use super::{Act, Deed};
use crate::error::DeskError;
use chrono::NaiveDate;
use sportello_domain::campaign::Campaign;
use sportello_domain::command::Command;
use sportello_domain::entitlement::Entitlement;
use sportello_domain::ids::{AppointmentId, EntitlementId, PaperKitId};
use sportello_domain::office::Operator;
use sportello_domain::paper::{self, FilledForm, PaperKit, PaperKitPrepared};
use sportello_domain::serial;
use std::collections::BTreeSet;

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    match command {
        Command::PreparePaperKit { campaign, forms, day } => {
            let campaign: Campaign = act.need(*campaign, "campaign")?;
            prepare(act, &campaign, *forms, *day)
        }
        Command::EnterPaperForm {
            kit,
            number,
            filled,
            force,
        } => enter(act, *kit, *number, filled, force.as_deref()),
        Command::VoidPaperForms {
            kit: id,
            first,
            last,
            reason,
        } => {
            let kit: PaperKit = act.need(*id, "paper_kit")?;
            let topic = act.topic_of(*id, "paper_kit")?;
            Ok(Deed::of(*id, paper::void(topic, &kit, *first, *last, reason)?))
        }
        _ => Ok(Deed::default()),
    }
}

fn prepare(
    act: &mut Act<'_, '_>,
    campaign: &Campaign,
    forms: u16,
    day: Option<NaiveDate>,
) -> Result<Deed, DeskError> {
    let topic = act.site_topic(act.ctx.site)?;
    let (desk, site) = (act.ctx.desk, act.ctx.site);
    let reads = act.tx.reads()?;
    let awaited: Option<BTreeSet<EntitlementId>> = match day {
        None => None,
        Some(day) => Some(
            reads
                .agenda(site, day, day)?
                .into_iter()
                .filter(|found| found.status.is_open())
                .filter_map(|found| found.entitlement)
                .collect(),
        ),
    };
    let (mut entitlements, mut due) = (Vec::new(), 0_u64);
    for id in reads.custody_of(desk)? {
        if awaited.as_ref().is_some_and(|awaited| !awaited.contains(&id)) {
            continue;
        }
        let Some(right) = reads
            .state::<Entitlement>(id)?
            .filter(|e| e.campaign == campaign.id)
        else {
            continue;
        };
        let vouchers = right.remaining().0 / campaign.denomination.0.max(1);
        due = due.saturating_add(vouchers.unsigned_abs());
        entitlements.push(id);
    }
    // What goes with another kit lies in another envelope.
    let held = reads.held(desk, campaign.id)?;
    let free = serial::subtract(&held, &reads.with_kits(desk, campaign.id)?);
    let id: PaperKitId = act.desk.ports().id();
    let body = PaperKitPrepared {
        campaign: campaign.id,
        day,
        forms,
        entitlements,
        runs: serial::take(&free, due),
    };
    Ok(Deed::of(id, paper::prepare(topic, id, body)?))
}

fn enter(
    act: &mut Act<'_, '_>,
    id: PaperKitId,
    number: u16,
    filled: &FilledForm,
    force: Option<&str>,
) -> Result<Deed, DeskError> {
    let kit: PaperKit = act.need(id, "paper_kit")?;
    let topic = act.topic_of(id, "paper_kit")?;
    paper::enterable(&act.ctx, &kit, number, filled.at)?;
    act.need::<Operator>(filled.operator, "operator")?;
    let appointment = match filled.appointment {
        Some(named) => Some(named),
        None => appointment_then(act, filled)?,
    };
    let handover = Handover {
        entitlement: filled.entitlement,
        appointment,
        collector: &filled.collector,
        runs: &filled.runs,
        force: force.map(str::to_owned),
        partial: filled.partial.clone(),
        paper: Some(paper::mark(&kit, number, filled)),
    };
    let mut deed = hand_over(act, handover)?;
    if let Some(delivery) = deed.delivery {
        deed.events
            .push(paper::entered(topic, &kit, number, filled, delivery));
    }
    Ok(deed)
}

/// The household's open appointment of the day on which the form was filled in: whoever wrote by hand looked at the list, not here.
fn appointment_then(act: &mut Act<'_, '_>, filled: &FilledForm) -> Result<Option<AppointmentId>, DeskError> {
    let (_, right) = act.entitlement(filled.entitlement)?;
    let found = act.tx.reads()?.appointments_of(right.household)?;
    let that_day = found.into_iter().filter(|a| {
        a.entitlement == Some(right.id) && a.start.date() == filled.at.date() && a.status.is_open()
    });
    Ok(that_day.map(|a| a.id).next())
}
