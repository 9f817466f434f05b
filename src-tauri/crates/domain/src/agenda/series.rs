// SPDX-License-Identifier: EUPL-1.2
//! A series of appointments as somebody wrote it in a table: which column is what, and what each row asks for.

use crate::import::value::{RawCell, RawRow, RawTable, parse_date, parse_text};
use crate::text::search_key;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};

/// What a row asks for, as far as it could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Number of the row, from 1.
    pub row: u32,
    /// What tells the row from others whenever the same is taken in again: an identifier, where it has one.
    pub uid: String,
    /// Surname and name, as written.
    pub name: String,
    /// Tax code, as written.
    pub tax_code: String,
    /// Telephone, as written.
    pub phone: String,
    /// When: wall time in Italy.
    pub start: Option<NaiveDateTime>,
    /// Name of the service, as written; empty where the row names none.
    pub service: String,
    /// Name or code of the site, as written; empty where the row names none.
    pub site: String,
}

/// Why a table is no series of appointments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeriesError {
    /// No row has headings that say who and when.
    #[error("no row has headings that say who and when")]
    NoHeadings,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Surname,
    Name,
    FullName,
    TaxCode,
    Phone,
    Day,
    Time,
    Start,
    Service,
    Site,
    Uid,
}

/// Headings as they are found in practice, without accents, case and punctuation.
fn column(heading: &str) -> Option<Column> {
    let plain = search_key(heading).replace(['.', '_', '/', '-'], " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    Some(match words.join(" ").as_str() {
        "cognome" | "surname" | "last name" => Column::Surname,
        "nome" | "name" | "first name" => Column::Name,
        "cognome e nome" | "cognome nome" | "nominativo" | "intestatario" | "richiedente" | "persona"
        | "full name" => Column::FullName,
        "codice fiscale" | "cf" | "c f" | "cod fiscale" | "cod fisc" | "tax code" => Column::TaxCode,
        "telefono" | "tel" | "cellulare" | "cell" | "recapito" | "phone" | "mobile" => Column::Phone,
        "data" | "giorno" | "data appuntamento" | "date" | "day" => Column::Day,
        "ora" | "orario" | "ore" | "ora appuntamento" | "time" => Column::Time,
        "data e ora" | "data ora" | "quando" | "inizio" | "appuntamento" | "start" => Column::Start,
        "servizio" | "prestazione" | "service" => Column::Service,
        "sede" | "sportello" | "luogo" | "site" => Column::Site,
        "id" | "identificativo" | "numero prenotazione" | "prenotazione" | "uid" => Column::Uid,
        _ => return None,
    })
}

/// The rows of a table below its headings.
///
/// # Errors
/// [`SeriesError::NoHeadings`] where no row of the first twenty names both who and when.
pub fn read(table: &RawTable) -> Result<Vec<Wanted>, SeriesError> {
    let (at, columns) = table
        .rows
        .iter()
        .take(20)
        .enumerate()
        .find_map(|(at, row)| Some((at, headings(row)?)))
        .ok_or(SeriesError::NoHeadings)?;
    Ok(table.rows[at + 1..]
        .iter()
        .filter(|row| !row.cells.iter().all(RawCell::is_blank))
        .map(|row| wanted(row, &columns))
        .collect())
}

fn headings(row: &RawRow) -> Option<Vec<Option<Column>>> {
    let columns: Vec<Option<Column>> = row
        .cells
        .iter()
        .map(|cell| parse_text(cell).and_then(|text| column(&text)))
        .collect();
    let has = |wanted: Column| columns.contains(&Some(wanted));
    let who = has(Column::FullName) || has(Column::Surname) || has(Column::TaxCode);
    let when = has(Column::Start) || has(Column::Day) && has(Column::Time);
    (who && when).then_some(columns)
}

fn wanted(row: &RawRow, columns: &[Option<Column>]) -> Wanted {
    let cell = |wanted: Column| {
        columns
            .iter()
            .position(|column| *column == Some(wanted))
            .and_then(|at| row.cells.get(at))
    };
    let text = |wanted: Column| cell(wanted).and_then(parse_text).unwrap_or_default();
    let name = match text(Column::FullName) {
        full if !full.is_empty() => full,
        _ => format!("{} {}", text(Column::Surname), text(Column::Name))
            .trim()
            .to_owned(),
    };
    let start = match (cell(Column::Start), cell(Column::Day), cell(Column::Time)) {
        (Some(start), _, _) => moment(start),
        (None, Some(day), Some(time)) => parse_date(day)
            .zip(clock(time))
            .map(|(day, time)| day.and_time(time)),
        _ => None,
    };
    Wanted {
        row: row.number,
        uid: text(Column::Uid),
        name,
        tax_code: text(Column::TaxCode),
        phone: text(Column::Phone),
        start,
        service: text(Column::Service),
        site: text(Column::Site),
    }
}

/// A day with its time, in one cell.
fn moment(cell: &RawCell) -> Option<NaiveDateTime> {
    match cell {
        RawCell::DateTime(at) => to_minute(*at),
        RawCell::Text(text) => {
            let text = text.trim();
            let at = text.find(|c: char| c.is_whitespace() || c == 'T')?;
            let (day, time) = (&text[..at], text[at + 1..].trim());
            let time = time
                .strip_prefix("ore ")
                .or_else(|| time.strip_prefix("alle "))
                .unwrap_or(time);
            let day: NaiveDate = parse_date(&RawCell::Text(day.to_owned()))?;
            Some(day.and_time(clock(&RawCell::Text(time.to_owned()))?))
        }
        _ => None,
    }
}

/// A time of the day: `9:30`, `09.30`, `9,30`, `ore 9`, or a workbook's fraction of a day.
fn clock(cell: &RawCell) -> Option<NaiveTime> {
    match cell {
        RawCell::DateTime(at) => to_minute(*at).map(|at| at.time()),
        RawCell::Number(fraction) if (0.0..1.0).contains(fraction) => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a fraction of a day has at most 1440 minutes"
            )]
            let minutes = (fraction * 1440.0).round() as u32;
            NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0)
        }
        RawCell::Text(text) => {
            let text = text.trim().to_lowercase();
            let text = text.strip_prefix("ore").unwrap_or(&text).trim();
            let mut parts = text.split([':', '.', ',', 'h']);
            let hour: u32 = parts.next()?.trim().parse().ok()?;
            let minute: u32 = match parts.next().map(str::trim) {
                None | Some("") => 0,
                // 9.3 may be nine and a half or three minutes past: nobody guesses.
                Some(minute) if minute.len() == 2 => minute.parse().ok()?,
                Some(_) => return None,
            };
            let rest: Vec<&str> = parts.collect();
            (rest.is_empty() || rest == ["00"])
                .then(|| NaiveTime::from_hms_opt(hour, minute, 0))
                .flatten()
        }
        _ => None,
    }
}

/// Workbooks keep times as fractions: what is written as 9:30 may come as 9:29:59.999.
fn to_minute(at: NaiveDateTime) -> Option<NaiveDateTime> {
    let rounded = at + chrono::Duration::seconds(30);
    rounded.with_second(0)?.with_nanosecond(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> RawTable {
        let row = |(number, cells): (u32, &&[&str])| RawRow {
            number,
            cells: cells.iter().map(|text| RawCell::Text((*text).into())).collect(),
        };
        RawTable {
            rows: (1..).zip(rows).map(row).collect(),
        }
    }

    fn at(hour: u32, minute: u32) -> Option<NaiveDateTime> {
        NaiveDate::from_ymd_opt(2021, 3, 16)?.and_hms_opt(hour, minute, 0)
    }

    #[test]
    fn rows_are_read_below_the_headings_wherever_these_stand() {
        let rows = read(&table(&[
            &["Appuntamenti di marzo"],
            &[
                "Sede", "Cognome", "Nome", "C.F.", "Tel.", "Data", "Ora", "Servizio",
            ],
            &[
                "Q2",
                "Rossi",
                "Anna",
                "RSSNNA80A41D612X",
                "055 1",
                "16/03/2021",
                "9.30",
                "",
            ],
            &["", "", "", "", "", "", "", ""],
        ]))
        .unwrap();
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        assert_eq!(
            (row.row, row.name.as_str(), row.site.as_str()),
            (3, "Rossi Anna", "Q2")
        );
        assert_eq!(row.start, at(9, 30));
    }

    #[test]
    fn times_are_read_as_people_write_them_and_never_guessed() {
        let start = |text: &str| {
            let rows = read(&table(&[&["Nominativo", "Data e ora"], &["Rossi Anna", text]])).unwrap();
            rows[0].start
        };
        assert_eq!(start("16/03/2021 9:30"), at(9, 30));
        assert_eq!(start("16/03/2021 ore 9"), at(9, 0));
        assert_eq!(start("2021-03-16T09:30:00"), at(9, 30));
        assert_eq!(start("16/03/2021 alle 15.05"), at(15, 5));
        for doubtful in [
            "16/03/2021",
            "16/03/21 9:30",
            "16/03/2021 9.3",
            "16/03/2021 25:00",
            "domani",
        ] {
            assert_eq!(start(doubtful), None, "{doubtful}");
        }
    }

    #[test]
    fn workbooks_keep_times_as_fractions() {
        assert_eq!(
            clock(&RawCell::Number(0.395_833_333)),
            NaiveTime::from_hms_opt(9, 30, 0)
        );
        let shy = at(9, 30).unwrap() - chrono::Duration::milliseconds(1);
        assert_eq!(moment(&RawCell::DateTime(shy)), at(9, 30));
    }

    #[test]
    fn a_table_that_does_not_say_who_and_when_is_none() {
        let read = |headings: &[&str]| read(&table(&[headings])).map(|_| ());
        assert_eq!(read(&["Cognome", "Data"]), Err(SeriesError::NoHeadings));
        assert_eq!(read(&["Data e ora"]), Err(SeriesError::NoHeadings));
        assert_eq!(read(&["CF", "Giorno", "Orario"]), Ok(()));
    }
}
