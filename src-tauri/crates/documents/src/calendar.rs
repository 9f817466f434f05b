// SPDX-License-Identifier: EUPL-1.2
//! Appointments as calendars know them: iCalendar (RFC 5545), in and out.
//!
//! What goes out names its time zone and brings its rules along, so a calendar anywhere shows the wall time of Italy, before
//! and after the clocks change. The same appointment keeps its `UID`; each change raises its `SEQUENCE`.

use chrono::{DateTime, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::{Europe::Rome, Tz};
use icalendar::{
    Calendar, CalendarComponent, CalendarDateTime, Component as _, DatePerhapsTime, Event, EventLike as _,
    EventStatus, Property,
};
use thiserror::Error;

/// The largest file that [`read`] takes, in bytes.
const MAX_BYTES: usize = 10 * 1024 * 1024;

/// The rules of Italy's time since 1996: Directive 2000/84/EC, last Sundays of March and October at 1:00 UTC.
const ROME: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/Rome\r\n\
BEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\n\
DTSTART:19970330T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n\
BEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\n\
DTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n\
END:VTIMEZONE\r\n";

/// An appointment to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The same for ever, and in the whole world.
    pub uid: String,
    /// How often it was changed.
    pub sequence: u32,
    /// When it begins: wall time in Italy.
    pub start: NaiveDateTime,
    /// Minutes that it takes.
    pub minutes: u16,
    /// What it is.
    pub summary: String,
    /// Where.
    pub location: String,
    /// What else is to be known.
    pub description: String,
    /// It was called off.
    pub cancelled: bool,
    /// When this was written.
    pub stamp: DateTime<Utc>,
}

/// An appointment that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which event of the file, from 1.
    pub number: u32,
    /// Its name in the world; empty where it has none.
    pub uid: String,
    /// When it begins: wall time in Italy.
    pub start: Result<NaiveDateTime, NoStart>,
    /// What it is.
    pub summary: String,
    /// Where.
    pub location: String,
    /// What else is to be known.
    pub description: String,
    /// It was called off.
    pub cancelled: bool,
}

/// Why it is not known when an event begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoStart {
    /// It has no beginning, or one that is no time.
    #[error("the event has no beginning that can be read")]
    Unreadable,
    /// A day without a time.
    #[error("the event has a day and no time")]
    WholeDay,
    /// A time zone that nobody knows.
    #[error("the event's time zone is not known")]
    UnknownZone,
    /// It is one of a series by a rule: only single events are taken.
    #[error("the event repeats by a rule")]
    Repeats,
}

/// Why a calendar cannot be read. The message never carries what stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// Larger than [`MAX_BYTES`].
    #[error("the calendar is too large")]
    TooBig,
    /// Not text in UTF-8, as RFC 5545 wants.
    #[error("the calendar is not UTF-8")]
    NotText,
    /// No calendar.
    #[error("the file is no calendar")]
    Malformed,
}

/// Whether a file is meant as a calendar.
pub fn is_calendar(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = text.trim_ascii_start();
    text.len() >= 15 && text[..15].eq_ignore_ascii_case(b"BEGIN:VCALENDAR")
}

/// Writes appointments as a calendar. `product` names the program.
pub fn write(product: &str, entries: &[Entry]) -> Vec<u8> {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", product));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    for entry in entries {
        calendar.push(event(entry));
    }
    let text = calendar.to_string();
    // The library writes events only: the zone's rules go before the first of them.
    let at = text.find("BEGIN:VEVENT").or_else(|| text.find("END:VCALENDAR"));
    let (head, events) = text.split_at(at.unwrap_or(text.len()));
    format!("{head}{ROME}{events}").into_bytes()
}

fn event(entry: &Entry) -> Event {
    let zoned = |name: &str, at: NaiveDateTime| {
        let mut property = Property::new(name, at.format("%Y%m%dT%H%M%S").to_string());
        property.add_parameter("TZID", "Europe/Rome");
        property.done()
    };
    let end = entry.start + chrono::Duration::minutes(i64::from(entry.minutes));
    let mut event = Event::with_uid(&entry.uid);
    event
        .timestamp(entry.stamp)
        .sequence(entry.sequence)
        .summary(&entry.summary)
        .location(&entry.location)
        .append_property(zoned("DTSTART", entry.start))
        .append_property(zoned("DTEND", end))
        .status(if entry.cancelled {
            EventStatus::Cancelled
        } else {
            EventStatus::Confirmed
        });
    if !entry.description.is_empty() {
        event.description(&entry.description);
    }
    event.done()
}

/// Reads the events of a calendar, in their order.
///
/// # Errors
/// [`CalendarError`] where there is no calendar; what is wrong with a single event is told with the event.
pub fn read(bytes: &[u8]) -> Result<Vec<Found>, CalendarError> {
    if bytes.len() > MAX_BYTES {
        return Err(CalendarError::TooBig);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| CalendarError::NotText)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let calendar: Calendar = text.parse().map_err(|_| CalendarError::Malformed)?;
    let events = calendar
        .components
        .iter()
        .filter_map(|component| match component {
            CalendarComponent::Event(event) => Some(event),
            _ => None,
        });
    Ok((1..)
        .zip(events)
        .map(|(number, event)| Found {
            number,
            uid: event.get_uid().unwrap_or_default().to_owned(),
            start: start(event),
            summary: event.get_summary().unwrap_or_default().to_owned(),
            location: event.get_location().unwrap_or_default().to_owned(),
            description: event.get_description().unwrap_or_default().to_owned(),
            cancelled: event.get_status() == Some(EventStatus::Cancelled),
        })
        .collect())
}

fn start(event: &Event) -> Result<NaiveDateTime, NoStart> {
    if event.property_value("RRULE").is_some() || event.property_value("RDATE").is_some() {
        return Err(NoStart::Repeats);
    }
    match event.get_start().ok_or(NoStart::Unreadable)? {
        DatePerhapsTime::Date(_) => Err(NoStart::WholeDay),
        // A time of no zone is the wall's, here.
        DatePerhapsTime::DateTime(CalendarDateTime::Floating(at)) => Ok(at),
        DatePerhapsTime::DateTime(CalendarDateTime::Utc(at)) => Ok(at.with_timezone(&Rome).naive_local()),
        DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, tzid }) => {
            let zone: Tz = tzid
                .trim_matches(['"', '/'])
                .parse()
                .or_else(|_| windows_zone(&tzid).ok_or(()))
                .map_err(|()| NoStart::UnknownZone)?;
            let at = zone.from_local_datetime(&date_time).earliest();
            Ok(at.ok_or(NoStart::Unreadable)?.with_timezone(&Rome).naive_local())
        }
    }
}

/// Outlook names zones in its own way (Unicode CLDR, windowsZones): the one of Italy is all that an office here needs.
fn windows_zone(name: &str) -> Option<Tz> {
    name.trim_matches('"')
        .eq_ignore_ascii_case("W. Europe Standard Time")
        .then_some(Rome)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use chrono::NaiveDate;

    fn at(month: u32, day: u32, hour: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2021, month, day)
            .unwrap()
            .and_hms_opt(hour, 30, 0)
            .unwrap()
    }

    fn entry(start: NaiveDateTime) -> Entry {
        Entry {
            uid: "0b1c@sportello".into(),
            sequence: 2,
            start,
            minutes: 15,
            summary: "Consegna; buoni, spesa".into(),
            location: "Villa Arrivabene".into(),
            description: "Portare:\nil documento".into(),
            cancelled: false,
            stamp: DateTime::from_timestamp(1_611_000_000, 0).unwrap(),
        }
    }

    fn text(entries: &[Entry]) -> String {
        String::from_utf8(write("-//Sportello//IT", entries)).unwrap()
    }

    #[test]
    fn wall_time_stays_wall_time_on_both_sides_of_the_change_of_the_clocks() {
        // The clocks went forward on 28 March and back on 31 October 2021.
        for start in [
            at(3, 27, 9),
            at(3, 28, 9),
            at(3, 29, 9),
            at(10, 30, 9),
            at(10, 31, 9),
            at(11, 1, 9),
        ] {
            let written = text(&[entry(start)]);
            let stamp = start
                .format("DTSTART;TZID=Europe/Rome:%Y%m%dT%H%M%S\r\n")
                .to_string();
            assert!(written.contains(&stamp), "{written}");
            let found = read(written.as_bytes()).unwrap();
            assert_eq!(found[0].start, Ok(start));
        }
    }

    #[test]
    fn what_is_written_names_its_zone_its_change_and_its_state() {
        let cancelled = Entry {
            cancelled: true,
            sequence: 3,
            ..entry(at(1, 18, 9))
        };
        let written = text(&[entry(at(1, 18, 9)), cancelled]);
        for line in [
            "BEGIN:VTIMEZONE\r\nTZID:Europe/Rome\r\n",
            "UID:0b1c@sportello\r\n",
            "SEQUENCE:2\r\n",
            "SEQUENCE:3\r\n",
            "STATUS:CONFIRMED\r\n",
            "STATUS:CANCELLED\r\n",
            "DTSTAMP:20210118T200000Z\r\n",
        ] {
            assert!(written.contains(line), "{line:?} is not in {written}");
        }
        assert!(written.find("VTIMEZONE") < written.find("BEGIN:VEVENT"));
        assert!(written.split("\r\n").all(|line| line.len() <= 75), "{written}");
        let found = read(written.as_bytes()).unwrap();
        assert_eq!(found[0].summary, "Consegna; buoni, spesa");
        assert_eq!((found[0].cancelled, found[1].cancelled), (false, true));
        assert_eq!((found[1].number, found.len()), (2, 2));
    }

    #[test]
    fn times_of_other_zones_come_as_wall_time_and_what_is_no_time_is_told() {
        let with = |line: &str| {
            let text = format!(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n{line}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            );
            read(text.as_bytes()).unwrap()[0].start
        };
        assert_eq!(with("DTSTART:20210118T083000Z"), Ok(at(1, 18, 9)));
        assert_eq!(with("DTSTART:20210718T073000Z"), Ok(at(7, 18, 9)));
        assert_eq!(with("DTSTART:20210118T093000"), Ok(at(1, 18, 9)));
        assert_eq!(
            with("DTSTART;TZID=Europe/London:20210118T083000"),
            Ok(at(1, 18, 9))
        );
        assert_eq!(
            with("DTSTART;TZID=W. Europe Standard Time:20210118T093000"),
            Ok(at(1, 18, 9))
        );
        assert_eq!(
            with("DTSTART;TZID=Casa:20210118T093000"),
            Err(NoStart::UnknownZone)
        );
        assert_eq!(with("DTSTART;VALUE=DATE:20210118"), Err(NoStart::WholeDay));
        assert_eq!(with("SUMMARY:x"), Err(NoStart::Unreadable));
        assert_eq!(
            with("DTSTART:20210118T083000Z\r\nRRULE:FREQ=DAILY;COUNT=3"),
            Err(NoStart::Repeats)
        );
    }

    #[test]
    fn what_is_no_calendar_is_told() {
        assert_eq!(read(b"\xff\xfe"), Err(CalendarError::NotText));
        assert_eq!(read(b"Cognome;Nome"), Err(CalendarError::Malformed));
        assert!(is_calendar(b"\xef\xbb\xbfbegin:vcalendar\r\n"));
        assert!(!is_calendar(b"BEGIN:VCARD"));
    }
}
