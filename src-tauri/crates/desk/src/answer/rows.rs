// SPDX-License-Identifier: EUPL-1.2
//! Appointments and entitlements as lists show them.

use super::Ask;
use crate::error::DeskError;
use crate::view::{AppointmentRow, EntitlementView, PriorityNote, SlipNote};
use chrono::Duration;
use sportello_domain::appointment::{Appointment, AppointmentStatus};
use sportello_domain::campaign::Campaign;
use sportello_domain::entitlement::{Entitlement, Slip, SlipState};
use sportello_domain::household::Household;
use sportello_domain::import::Import;
use sportello_domain::office::Service;

/// One appointment, named.
pub(crate) fn appointment(ask: &Ask<'_>, a: &Appointment) -> Result<AppointmentRow, DeskError> {
    let service = ask.reads.state::<Service>(a.service)?;
    let household = a
        .household
        .map(|id| ask.reads.state::<Household>(id))
        .transpose()?
        .flatten();
    let entitlement = a
        .entitlement
        .map(|id| ask.reads.state::<Entitlement>(id))
        .transpose()?
        .flatten();
    let (name, phone) = match (&household, &a.person) {
        (Some(household), _) => (household.data.applicant_name(), household.data.phone.clone()),
        (None, Some(person)) => (person.name.clone(), person.phone.clone()),
        (None, None) => (String::new(), String::new()),
    };
    let minutes = service.as_ref().map_or(15, |s| s.minutes);
    let over = a.start + Duration::minutes(i64::from(minutes));
    Ok(AppointmentRow {
        id: a.id,
        code: a.code.clone(),
        start: a.start,
        site: a.site,
        service: a.service,
        service_name: service.map(|s| ask.service_name(&s)).unwrap_or_default(),
        name,
        phone,
        household: a.household,
        person: a.person.clone(),
        entitlement: a.entitlement,
        remaining: entitlement.as_ref().map(Entitlement::remaining),
        entitlement_status: entitlement.as_ref().map(Entitlement::status),
        here: entitlement
            .as_ref()
            .is_none_or(|e| e.custody.holder == ask.desk.id()),
        status: a.status,
        late: a.status == AppointmentStatus::Booked && over <= ask.now.rome(),
        presented_at: a.presented_at,
        called_at: a.called_at,
        desk: a.desk.map(|desk| ask.directory.name(desk)),
        reason: a.reason.clone(),
        undoable: a.before.is_some()
            && !matches!(a.status, AppointmentStatus::Finished | AppointmentStatus::Booked),
        walk_in: a.walk_in,
        ticket: a.ticket,
        priority: a
            .priority
            .clone()
            .map(|(priority, reason)| PriorityNote { priority, reason }),
        for_desk: a.for_desk.map(|desk| ask.directory.name(desk)),
        calls: a.calls,
        visit: a.visit,
        waited: a
            .spent
            .waiting
            .saturating_add(running(ask, a, AppointmentStatus::Presented)),
        served: a
            .spent
            .serving
            .saturating_add(running(ask, a, AppointmentStatus::Called)),
        booked_at: a.booked_at,
        overbooked: a.overbooked.clone(),
    })
}

/// Seconds for which it has stood where it stands, if that is there.
fn running(ask: &Ask<'_>, a: &Appointment, status: AppointmentStatus) -> u32 {
    if a.status != status {
        return 0;
    }
    let millis = ask.now.0.saturating_sub(a.since.0).max(0);
    u32::try_from(millis / 1000).unwrap_or(u32::MAX)
}

/// One entitlement, named.
pub(crate) fn entitlement(ask: &Ask<'_>, entitlement: Entitlement) -> Result<EntitlementView, DeskError> {
    let campaign: Campaign = ask.need(entitlement.campaign, "campaign")?;
    let last = entitlement
        .revisions
        .iter()
        .rev()
        .find(|revision| revision.source.import.is_some());
    let import = last
        .and_then(|r| r.source.import)
        .map(|id| ask.reads.state::<Import>(id))
        .transpose()?
        .flatten();
    let row = last.and_then(|r| r.source.row);
    let remaining = entitlement.remaining();
    let holder = entitlement.custody.holder;
    let open = |slip: &&Slip| slip.state == SlipState::Open && slip.to == holder;
    let slip = entitlement.custody.slips.iter().rev().find(open);
    Ok(EntitlementView {
        slip: slip.map(|slip| SlipNote {
            from: ask.directory.name(slip.from),
            to: ask.directory.name(slip.to),
            at: slip.at,
            mine: slip.from == ask.desk.id(),
        }),
        status: entitlement.status(),
        amount: entitlement.amount(),
        delivered: entitlement.delivered(),
        remaining,
        vouchers: campaign.vouchers_for(remaining).unwrap_or(0),
        holder: ask.directory.name(holder),
        here: holder == ask.desk.id(),
        requested_by: entitlement
            .custody
            .request
            .as_ref()
            .map(|request| ask.directory.name(request.to)),
        import,
        row,
        campaign,
        entitlement,
    })
}
