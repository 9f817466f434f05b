// SPDX-License-Identifier: EUPL-1.2
//! Series of appointments from a file, and appointments as a calendar.

use super::Ask;
use crate::error::DeskError;
use crate::messages;
use crate::series::{Fate, Series};
use crate::view::{SeriesPreviewView, SeriesRow, SeriesVerdict, View};
use chrono::NaiveDate;
use sportello_documents::calendar::{self, Entry};
use sportello_domain::appointment::{Appointment, AppointmentStatus};
use sportello_domain::command::FileInput;
use sportello_domain::context::Ctx;
use sportello_domain::ids::{AppointmentId, ServiceId, SiteId};
use sportello_domain::meta::Topic;
use sportello_domain::office::{Service, Site};

/// What a calendar names as its maker (RFC 5545 §3.7.3).
const PRODUCT: &str = "-//Sportello al cittadino//Sportello//IT";

pub(super) fn preview(
    ask: &Ask<'_>,
    file: &FileInput,
    service: ServiceId,
    site: SiteId,
) -> Result<SeriesPreviewView, DeskError> {
    let language = ask.language();
    let series = Series::read(file)?;
    let ctx = Ctx {
        now: ask.now,
        desk: ask.desk.id(),
        site: ask.desk.site(),
        operator: ask.session.operator(),
        role: ask.session.role(),
    };
    // Nothing is written, so it does not matter where.
    let planned = series.plan(ask.reads, &ctx, service, site, &mut |_, _| Ok(Topic::Office))?;
    let mut view = SeriesPreviewView {
        digest: series.digest,
        problem: None,
        rows: Vec::with_capacity(planned.len()),
        bookable: 0,
    };
    for row in planned {
        let (verdict, problem) = match row.fate {
            Fate::New(..) => {
                view.bookable += 1;
                (SeriesVerdict::New, None)
            }
            Fate::Known => (SeriesVerdict::Known, None),
            Fate::Refused(error) => (SeriesVerdict::Refused, Some(error.problem(language))),
        };
        view.rows.push(SeriesRow {
            row: row.row,
            name: row.name,
            start: row.start,
            service: row.service,
            site: row.site,
            known: (verdict == SeriesVerdict::Known).then_some(row.id),
            verdict,
            problem,
        });
    }
    Ok(view)
}

pub(super) fn calendar(
    ask: &Ask<'_>,
    appointment: Option<AppointmentId>,
    site: Option<SiteId>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<View, DeskError> {
    let (name, found) = if let Some(id) = appointment {
        let found: Appointment = ask.need(id, "appointment")?;
        (format!("appuntamento-{}", found.code), vec![found])
    } else {
        let site = ask.site(site)?;
        let from = from.unwrap_or_else(|| ask.now.day());
        let to = to.unwrap_or(from).max(from);
        let mut found = ask.reads.agenda(site.id, from, to)?;
        found.retain(|found| !found.walk_in);
        (format!("agenda-{}-{from}", site.code), found)
    };
    let entries: Vec<Entry> = found
        .iter()
        .map(|found| entry(ask, found, appointment.is_none()))
        .collect::<Result<_, _>>()?;
    let bytes = calendar::write(PRODUCT, &entries);
    Ok(ask.file(format!("{name}.ics"), "text/calendar", &bytes, ask.language()))
}

/// An appointment for a calendar. Only a desk's own agenda says for whom; what a citizen takes along says what to bring.
fn entry(ask: &Ask<'_>, found: &Appointment, names: bool) -> Result<Entry, DeskError> {
    let row = super::rows::appointment(ask, found)?;
    let service = ask.reads.state::<Service>(found.service)?;
    let site = ask.reads.state::<Site>(found.site)?;
    let language = ask.language();
    let code = messages::sentence(language, "calendar-code", &[("code", found.code.clone())]);
    let bring = service
        .as_ref()
        .map(|s| s.requirements.join("\n"))
        .unwrap_or_default();
    let (summary, description) = if names {
        (format!("{} – {}", row.name, row.service_name), code)
    } else {
        (row.service_name, format!("{code}\n{bring}").trim().to_owned())
    };
    Ok(Entry {
        uid: format!("{}@sportello", found.id),
        // Booked, then each move and each cancellation.
        sequence: found.moves + u32::from(found.status == AppointmentStatus::Cancelled),
        start: found.start,
        minutes: service.as_ref().map_or(15, |service| service.minutes),
        summary,
        location: site
            .map(|site| format!("{}, {}", site.name, site.address))
            .unwrap_or_default(),
        description,
        cancelled: found.status == AppointmentStatus::Cancelled,
        stamp: ask.now.utc(),
    })
}
