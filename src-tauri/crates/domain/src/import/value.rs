// SPDX-License-Identifier: EUPL-1.2
//! The cells of a list, without the file they came from, and what people mean by them: amounts, dates, counts, yes and no,
//! as Italian offices and Excel write them.
//!
//! Each function gives `None` for what is absent, wrong, or could mean two things: a doubtful value is a person's to
//! decide, never ours to guess.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// A list as it was read from its file: rows of plain cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawTable {
    /// The rows with something in them, in order: titles, headings and data alike.
    pub rows: Vec<RawRow>,
}

/// One row of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawRow {
    /// The number that a person finds it by, as the spreadsheet shows it. From 1; no two rows have the same.
    pub number: u32,
    /// Its cells from the first column.
    pub cells: Vec<RawCell>,
}

/// One cell, without its looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum RawCell {
    /// Nothing.
    #[default]
    Empty,
    /// Text as it was written; all that a CSV file has.
    Text(String),
    /// A number of a workbook.
    Number(f64),
    /// A date of a workbook.
    Date(NaiveDate),
    /// A date with a time of a workbook.
    DateTime(NaiveDateTime),
    /// A truth value of a workbook.
    Flag(bool),
}

impl RawCell {
    /// Whether nothing can be read in it: empty, or only blanks.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(char::is_whitespace),
            _ => false,
        }
    }
}

/// Amounts above this, in cents, are no amount of an office's list.
const MOST_CENTS: i64 = 100_000_000_000_000;

/// Excel's day 60 is 29 February 1900, which never was: from day 61 on its serials and the calendar agree.
const FIRST_SOUND_SERIAL: f64 = 61.0;
/// 31 December 2199 as a serial of the 1900 system: a greater number in a column of dates is something else.
const LAST_SERIAL: f64 = 109_574.0;

/// An amount in cents: `1.250,00 €`, `€ 300`, `1250.00`, `300,5`, `EUR 10`, or a number with at most two decimals.
///
/// A single dot before three digits separates thousands (`1.250` is 1250 €), as Italian offices write; a single comma
/// before three digits is refused, because it may be either.
pub fn parse_amount(cell: &RawCell) -> Option<i64> {
    match cell {
        RawCell::Number(number) => {
            let cents = (number * 100.0).round();
            let exact = (number * 100.0 - cents).abs() < 1e-4;
            #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^52")]
            let possible = number.is_finite() && cents.abs() <= MOST_CENTS as f64;
            #[expect(clippy::cast_possible_truncation, reason = "the limit was just checked")]
            (exact && possible).then_some(cents as i64)
        }
        RawCell::Text(text) => amount(text),
        _ => None,
    }
}

fn amount(text: &str) -> Option<i64> {
    let text: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let text = without_currency(text.trim())?;
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = whole_and_decimals(text)?;
    let whole: i64 = whole.parse().ok()?;
    let cents: i64 = match decimals.len() {
        0 => 0,
        1 => decimals.parse::<i64>().ok()? * 10,
        _ => decimals.parse().ok()?,
    };
    let total = whole.checked_mul(100)?.checked_add(cents)?;
    (total <= MOST_CENTS).then_some(if negative { -total } else { total })
}

/// The text without one currency mark before or after it.
fn without_currency(text: &str) -> Option<&str> {
    let mut rest = text;
    let mut marks = 0;
    for mark in ["€", "euro", "eur"] {
        if let Some(head) = rest.get(..mark.len())
            && head.eq_ignore_ascii_case(mark)
        {
            rest = rest[mark.len()..].trim_start();
            marks += 1;
        }
        if let Some(start) = rest.len().checked_sub(mark.len())
            && let Some(tail) = rest.get(start..)
            && tail.eq_ignore_ascii_case(mark)
        {
            rest = rest[..start].trim_end();
            marks += 1;
        }
    }
    (marks <= 1).then_some(rest.trim_end())
}

/// The digits before and after the decimal sign, when it is certain which sign that is.
fn whole_and_decimals(text: &str) -> Option<(String, &str)> {
    let last = text.rfind(['.', ',']);
    let Some(last) = last else {
        return Some((groups(text, ' ')?, ""));
    };
    let (head, tail) = (&text[..last], &text[last + 1..]);
    let sign = text.as_bytes()[last];
    let other = if sign == b',' { '.' } else { ',' };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(tail) {
        return None;
    }
    let repeated = head.as_bytes().contains(&sign);
    if head.contains(other) {
        // `1.250,00`: two signs tell which is which.
        return (!repeated && tail.len() <= 2)
            .then(|| groups(head, other))
            .flatten()
            .map(|whole| (whole, tail));
    }
    if repeated {
        // `1.250.000`
        return Some((groups(text, char::from(sign))?, ""));
    }
    match tail.len() {
        1 | 2 => Some((groups(head, ' ')?, tail)),
        3 if sign == b'.' => Some((groups(text, '.')?, "")),
        _ => None,
    }
}

/// Digits in groups of three under one separator, or without any.
fn groups(text: &str, separator: char) -> Option<String> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(text) {
        return Some(text.to_owned());
    }
    let mut parts = text.split(separator);
    let first = parts.next()?;
    // `0.250` groups nothing: nobody writes two hundred and fifty so.
    let sound = digits(first) && first.len() <= 3 && !first.starts_with('0');
    let mut whole = first.to_owned();
    for part in parts {
        if !sound || part.len() != 3 || !digits(part) {
            return None;
        }
        whole.push_str(part);
    }
    sound.then_some(whole)
}

/// A date: a date of the workbook, an Excel serial of the 1900 system, or text as `g/m/aaaa`, `gg-mm-aaaa`,
/// `gg.mm.aaaa`, `aaaa-mm-gg`, each perhaps with a time after it, which is left out.
///
/// A year of two digits is refused: its century is ambiguous.
pub fn parse_date(cell: &RawCell) -> Option<NaiveDate> {
    match cell {
        RawCell::Date(date) => Some(*date),
        RawCell::DateTime(at) => Some(at.date()),
        RawCell::Number(serial) => {
            let day = serial.floor();
            if !(FIRST_SOUND_SERIAL..=LAST_SERIAL).contains(&day) {
                return None;
            }
            #[expect(clippy::cast_possible_truncation, reason = "the range was just checked")]
            let days = TimeDelta::days(day as i64);
            NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(days)
        }
        RawCell::Text(text) => date(text.trim()),
        _ => None,
    }
}

fn date(text: &str) -> Option<NaiveDate> {
    let (day, time) = match text.find(|c: char| c.is_whitespace() || c == 'T') {
        Some(at) => (&text[..at], text[at..].trim_start_matches('T').trim()),
        None => (text, ""),
    };
    let clock_only = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+' | '-');
    if time.starts_with(|c: char| !c.is_ascii_digit()) || !time.chars().all(clock_only) {
        return None;
    }
    let separator = day.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    let parts: Vec<&str> = day.split(separator).collect();
    let [first, month, last] = parts.as_slice() else {
        return None;
    };
    let number = |text: &str, longest: usize| -> Option<u32> {
        let sound =
            !text.is_empty() && text.len() <= longest && text.bytes().all(|byte| byte.is_ascii_digit());
        sound.then(|| text.parse().ok()).flatten()
    };
    let (year, day) = if first.len() == 4 && separator != '.' {
        (first, last)
    } else {
        (last, first)
    };
    if year.len() != 4 {
        return None;
    }
    let year = i32::try_from(number(year, 4)?).ok()?;
    // No one on a list was born before, and a slip of the keyboard (0221) must not pass.
    if year < 1850 {
        return None;
    }
    NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?)
}

/// A whole number that is not negative, as of persons: `4`, `04`, or such a number of the workbook.
pub fn parse_count(cell: &RawCell) -> Option<u32> {
    match cell {
        RawCell::Number(number) => {
            let possible = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(number);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the range was just checked"
            )]
            possible.then_some(*number as u32)
        }
        RawCell::Text(text) => {
            let text = text.trim();
            text.bytes()
                .all(|byte| byte.is_ascii_digit())
                .then(|| text.parse().ok())
                .flatten()
        }
        _ => None,
    }
}

/// Yes or no: `sì`, `si`, `s`, `x`, `1`, `vero`, `true`, `yes`, `✓` … against `no`, `n`, `0`, `falso`, `false`, `-`.
/// An empty cell says neither.
pub fn parse_flag(cell: &RawCell) -> Option<bool> {
    match cell {
        RawCell::Flag(value) => Some(*value),
        RawCell::Number(number) if number.to_bits() == 1.0_f64.to_bits() => Some(true),
        RawCell::Number(number) if *number == 0.0 => Some(false),
        RawCell::Text(text) => match text.trim().to_lowercase().as_str() {
            "sì" | "sí" | "si\u{300}" | "si" | "si'" | "si`" | "si’" | "s" | "x" | "1" | "vero" | "v"
            | "true" | "yes" | "y" | "✓" | "✔" => Some(true),
            "no" | "n" | "0" | "falso" | "f" | "false" | "-" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// What is written, as a person reads it: blanks at the ends removed and runs of them made one; a whole number
/// without decimals (a telephone number that the spreadsheet took for a number), a decimal comma, dates as
/// `gg/mm/aaaa`. `None` when there is nothing.
pub fn parse_text(cell: &RawCell) -> Option<String> {
    let text = match cell {
        RawCell::Empty => return None,
        RawCell::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        RawCell::Number(number) => number.to_string().replace('.', ","),
        RawCell::Date(date) => date.format("%d/%m/%Y").to_string(),
        RawCell::DateTime(at) => at.format("%d/%m/%Y %H:%M").to_string(),
        RawCell::Flag(value) => if *value { "sì" } else { "no" }.to_owned(),
    };
    (!text.is_empty()).then_some(text)
}
