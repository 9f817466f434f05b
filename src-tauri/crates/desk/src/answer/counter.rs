// SPDX-License-Identifier: EUPL-1.2
//! All that the delivery of one entitlement needs, and what stands against it, before anything is entered.

use super::{Ask, rows};
use crate::error::{DeskError, rejection_code};
use crate::view::{CounterView, EntitlementView, Obstacle};
use sportello_domain::appointment::{Appointment, AppointmentStatus};
use sportello_domain::entitlement::{Collector, Entitlement, EntitlementStatus};
use sportello_domain::household::Household;
use sportello_domain::ids::{CampaignId, EntitlementId};
use sportello_domain::refusal::Rejection;
use sportello_domain::serial::{self, Run};
use sportello_domain::stock::Stock;

pub(super) fn counter(ask: &Ask<'_>, id: EntitlementId) -> Result<CounterView, DeskError> {
    let state: Entitlement = ask.need(id, "entitlement")?;
    let household: Household = ask.need(state.household, "household")?;
    let appointment = appointment_of(ask, &state)?;
    let held = ask.reads.held(ask.desk.id(), state.campaign)?;
    let campaign = state.campaign;
    let view = rows::entitlement(ask, state)?;
    let obstacle = obstacle(ask, &view, appointment.as_ref(), serial::count(&held));
    Ok(CounterView {
        household,
        appointment: appointment.map(|a| rows::appointment(ask, &a)).transpose()?,
        obstacle,
        draft: ask.reads.draft(id)?.map(|draft| draft.content),
        vouchers_held: serial::count(&held),
        next_serials: next(ask, campaign, &held, view.vouchers)?,
        delegate_elsewhere: delegate_elsewhere(ask, &view.entitlement)?,
        entitlement: view,
    })
}

/// The one at the counter; else the one that waits; else today's; else the next one.
fn appointment_of(ask: &Ask<'_>, entitlement: &Entitlement) -> Result<Option<Appointment>, DeskError> {
    let today = ask.now.day();
    let mut open: Vec<Appointment> = ask
        .reads
        .appointments_of(entitlement.household)?
        .into_iter()
        .filter(|a| a.entitlement == Some(entitlement.id) && a.status.is_open())
        .collect();
    open.sort_by_key(|a| {
        let rank = match a.status {
            AppointmentStatus::Called => 0,
            AppointmentStatus::Presented | AppointmentStatus::Parked => 1,
            _ if a.start.date() == today => 2,
            _ => 3,
        };
        (rank, a.start)
    });
    Ok(open.into_iter().next())
}

/// The first rule that is broken already, in the order in which the domain looks at them.
fn obstacle(
    ask: &Ask<'_>,
    view: &EntitlementView,
    appointment: Option<&Appointment>,
    held: u64,
) -> Option<Obstacle> {
    if let Err(error) = ask.desk.may_write_in(ask.reads) {
        return Some(Obstacle {
            problem: error.problem(ask.language()),
            can_be_forced: false,
        });
    }
    let entitlement = &view.entitlement;
    let (campaign, today) = (&view.campaign, ask.now.day());
    let rejection = match view.status {
        EntitlementStatus::Served => {
            let last = entitlement.deliveries.iter().rev().find(|d| d.reversal.is_none());
            let holder = entitlement.custody.holder;
            Rejection::AlreadyServed {
                at: last.map(|d| d.at).unwrap_or_default(),
                desk: last.map_or(holder, |d| d.desk),
            }
        }
        EntitlementStatus::Revoked => Rejection::Revoked {
            reason: entitlement.revoked.clone().unwrap_or_default(),
        },
        _ if !view.here => Rejection::NotHolder {
            holder: entitlement.custody.holder,
        },
        _ if today < campaign.from || today > campaign.to => Rejection::OutsidePeriod {
            from: campaign.from,
            to: campaign.to,
        },
        _ if appointment.is_none() && !campaign.walk_in => Rejection::AppointmentRequired,
        _ if held < view.vouchers => {
            let problem = DeskError::Plain {
                code: "stock_short",
                args: vec![("held", held.to_string()), ("needed", view.vouchers.to_string())],
            };
            return Some(Obstacle {
                problem: problem.problem(ask.language()),
                can_be_forced: false,
            });
        }
        _ => return None,
    };
    let can_be_forced = rejection.can_be_forced();
    let mut problem = DeskError::from(rejection.clone()).problem(ask.language());
    // A desk is told by its name.
    for (id, name) in [rejected_desk(&rejection)]
        .into_iter()
        .flatten()
        .map(|d| (d.to_string(), ask.directory.name(d).name))
    {
        problem.message = problem.message.replace(&id, &name);
    }
    problem.code = rejection_code(&rejection);
    Some(Obstacle {
        problem,
        can_be_forced,
    })
}

fn rejected_desk(rejection: &Rejection) -> Option<sportello_domain::ids::DeskId> {
    match rejection {
        Rejection::NotHolder { holder: desk } | Rejection::AlreadyServed { desk, .. } => Some(*desk),
        _ => None,
    }
}

/// The first vouchers at hand that make what is due. What goes with a paper kit lies in its envelope, and what is set aside is for
/// something else: these are offered last.
fn next(ask: &Ask<'_>, campaign: CampaignId, held: &[Run], wanted: u64) -> Result<Vec<Run>, DeskError> {
    let mut aside = ask.reads.with_kits(ask.desk.id(), campaign)?;
    if let Some(stock) = ask.reads.state::<Stock>(ask.desk.id().0)? {
        aside.extend(stock.places(campaign).reserved.into_iter().flat_map(|r| r.runs));
    }
    let loose = serial::take(&serial::subtract(held, &aside), wanted);
    Ok(if serial::count(&loose) < wanted {
        serial::take(held, wanted)
    } else {
        loose
    })
}

/// How many other households the delegates of this one collected for. Told, never forbidden.
fn delegate_elsewhere(ask: &Ask<'_>, entitlement: &Entitlement) -> Result<u32, DeskError> {
    let named: Vec<(String, Option<String>)> = entitlement
        .deliveries
        .iter()
        .filter_map(|d| match &d.collector {
            Collector::Delegate { name, tax_code, .. } => {
                Some((sportello_domain::text::search_key(name), tax_code.clone()))
            }
            Collector::Member { .. } => None,
        })
        .collect();
    if named.is_empty() {
        return Ok(0);
    }
    let mut count = 0;
    for other in ask.reads.entitlement_states(entitlement.campaign)? {
        let same = other.id != entitlement.id
            && other.deliveries.iter().any(|d| match &d.collector {
                Collector::Delegate { name, tax_code, .. } => named.iter().any(|(key, code)| {
                    (code.is_some() && code == tax_code) || *key == sportello_domain::text::search_key(name)
                }),
                Collector::Member { .. } => false,
            });
        count += u32::from(same);
    }
    Ok(count)
}
