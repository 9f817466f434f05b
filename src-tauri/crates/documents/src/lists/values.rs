// SPDX-License-Identifier: EUPL-1.2
//! What people mean by a cell: amounts, dates, counts, yes and no, as Italian offices and Excel write them.
//!
//! Each function gives `None` for what is absent, wrong, or could mean two things: a doubtful value is a person's to
//! decide, never ours to guess.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::Cell;

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
pub fn parse_amount(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Number(number) => {
            let cents = (number * 100.0).round();
            let exact = (number * 100.0 - cents).abs() < 1e-4;
            #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^52")]
            let possible = number.is_finite() && cents.abs() <= MOST_CENTS as f64;
            #[expect(clippy::cast_possible_truncation, reason = "the limit was just checked")]
            (exact && possible).then_some(cents as i64)
        }
        Cell::Text(text) => amount(text),
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
pub fn parse_date(cell: &Cell) -> Option<NaiveDate> {
    match cell {
        Cell::Date(date) => Some(*date),
        Cell::DateTime(at) => Some(at.date()),
        Cell::Number(serial) => {
            let day = serial.floor();
            if !(FIRST_SOUND_SERIAL..=LAST_SERIAL).contains(&day) {
                return None;
            }
            #[expect(clippy::cast_possible_truncation, reason = "the range was just checked")]
            let days = TimeDelta::days(day as i64);
            NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(days)
        }
        Cell::Text(text) => date(text.trim()),
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
pub fn parse_count(cell: &Cell) -> Option<u32> {
    match cell {
        Cell::Number(number) => {
            let possible = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(number);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the range was just checked"
            )]
            possible.then_some(*number as u32)
        }
        Cell::Text(text) => {
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
pub fn parse_flag(cell: &Cell) -> Option<bool> {
    match cell {
        Cell::Bool(value) => Some(*value),
        Cell::Number(number) if number.to_bits() == 1.0_f64.to_bits() => Some(true),
        Cell::Number(number) if *number == 0.0 => Some(false),
        Cell::Text(text) => match text.trim().to_lowercase().as_str() {
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
pub fn parse_text(cell: &Cell) -> Option<String> {
    let text = match cell {
        Cell::Empty => return None,
        Cell::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Cell::Number(number) => number.to_string().replace('.', ","),
        Cell::Date(date) => date.format("%d/%m/%Y").to_string(),
        Cell::DateTime(at) => at.format("%d/%m/%Y %H:%M").to_string(),
        Cell::Bool(value) => if *value { "sì" } else { "no" }.to_owned(),
    };
    (!text.is_empty()).then_some(text)
}

/// A date, with or without a time, as XML Schema writes it. A zone after it is left out: lists speak of local days.
pub(super) fn iso_date_time(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(date.and_time(NaiveTime::MIN));
    }
    let end = text.find(['Z', '+']).unwrap_or(text.len());
    NaiveDateTime::parse_from_str(&text[..end], "%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|_| NaiveDateTime::parse_from_str(&text[..end], "%Y-%m-%dT%H:%M"))
        .ok()
}

/// A length of time as XML Schema writes it (`PT10H30M00S`), as `HH:MM` or `HH:MM:SS`.
pub(super) fn iso_time(text: &str) -> Option<String> {
    let mut rest = text.trim().strip_prefix("PT")?;
    let mut parts = [0_u64; 3];
    for (part, unit) in parts.iter_mut().zip(['H', 'M', 'S']) {
        if let Some((number, after)) = rest.split_once(unit) {
            let number = number.split(['.', ',']).next()?;
            *part = number.parse().ok().filter(|number| *number < 1_000_000)?;
            rest = after;
        }
    }
    let [hours, minutes, seconds] = parts;
    if !rest.is_empty() || minutes > 59 || seconds > 59 {
        return None;
    }
    Some(if seconds == 0 {
        format!("{hours:02}:{minutes:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn amounts_as_people_write_them() {
        for (written, cents) in [
            ("1.250,00 €", 125_000),
            ("1250", 125_000),
            ("1250.00", 125_000),
            ("1,250.00", 125_000),
            ("€ 300", 30_000),
            ("€300", 30_000),
            ("300€", 30_000),
            ("EUR 10", 1_000),
            ("10 euro", 1_000),
            ("300,5", 30_050),
            ("300.5", 30_050),
            ("0,05", 5),
            ("1.250", 125_000),
            ("12.500.000,10", 1_250_000_010),
            ("1,250,000", 125_000_000),
            ("1\u{a0}250,00\u{202f}€", 125_000),
            (" 80 ", 8_000),
            ("-10,00", -1_000),
            ("+10", 1_000),
            ("007", 700),
        ] {
            assert_eq!(parse_amount(&text(written)), Some(cents), "{written}");
        }
        for number in [300.0, 0.1 + 0.2, 19.99, 1_250.5, -3.0] {
            let expected = format!("{:.0}", number * 100.0).parse::<i64>().ok();
            assert_eq!(parse_amount(&Cell::Number(number)), expected, "{number}");
        }
    }

    #[test]
    fn doubtful_amounts_are_refused() {
        for written in [
            "",
            "€",
            "abc",
            "1,250",
            "0.250",
            "1.25.00",
            "1.2500,00",
            "12,34,56",
            "1.250,000",
            "1250,",
            ",50",
            ".5",
            "300 € 5",
            "€ 300 €",
            "1e3",
            "0x10",
            "10/2",
            "1.250,00,00",
            "1 25",
            "--5",
            "1.250.00",
            "١٠",
            "999999999999999999999",
            "10 dollari",
        ] {
            assert_eq!(parse_amount(&text(written)), None, "{written}");
        }
        for number in [f64::NAN, f64::INFINITY, 1e300, 10.005, 0.123] {
            assert_eq!(parse_amount(&Cell::Number(number)), None, "{number}");
        }
        assert_eq!(parse_amount(&Cell::Bool(true)), None);
        assert_eq!(parse_amount(&Cell::Empty), None);
    }

    #[test]
    fn dates_as_people_write_them() {
        let expected = NaiveDate::from_ymd_opt(2021, 1, 2);
        for written in [
            "02/01/2021",
            "2/1/2021",
            "02-01-2021",
            "02.01.2021",
            "2021-01-02",
            " 02/01/2021 ",
            "02/01/2021 00:00",
            "2/1/2021 10.30.00",
            "2021-01-02T10:30:00Z",
            "2021/01/02",
        ] {
            assert_eq!(parse_date(&text(written)), expected, "{written}");
        }
        assert_eq!(parse_date(&Cell::Number(44_198.0)), expected);
        assert_eq!(parse_date(&Cell::Number(44_198.75)), expected);
        assert_eq!(
            parse_date(&Cell::Number(61.0)),
            NaiveDate::from_ymd_opt(1900, 3, 1)
        );
        assert_eq!(parse_date(&Cell::Date(expected.unwrap())), expected);
        assert_eq!(
            parse_date(&Cell::DateTime(expected.unwrap().and_hms_opt(9, 0, 0).unwrap())),
            expected
        );
    }

    #[test]
    fn doubtful_dates_are_refused() {
        for written in [
            "",
            "02/01/21",
            "2/1/85",
            "31/02/2021",
            "13/13/2021",
            "00/01/2021",
            "2021",
            "44198",
            "02/01-2021",
            "2021.01.02",
            "02/01/0221",
            "02/01/20211",
            "gennaio 2021",
            "02/01/2021 circa",
            "1/2/2021/3",
            "+2/1/2021",
        ] {
            assert_eq!(parse_date(&text(written)), None, "{written}");
        }
        for serial in [0.0, 60.0, -5.0, 2e6, f64::NAN, 20_210_102.0] {
            assert_eq!(parse_date(&Cell::Number(serial)), None, "{serial}");
        }
    }

    #[test]
    fn counts_flags_and_texts() {
        assert_eq!(parse_count(&Cell::Number(4.0)), Some(4));
        assert_eq!(parse_count(&text(" 04 ")), Some(4));
        for wrong in [
            text(""),
            text("4,0"),
            text("-1"),
            text("quattro"),
            Cell::Number(4.5),
            Cell::Number(-1.0),
        ] {
            assert_eq!(parse_count(&wrong), None, "{wrong:?}");
        }
        for yes in ["Sì", "SI", "s", "X", "1", "VERO", "true", "si'", "sì "] {
            assert_eq!(parse_flag(&text(yes)), Some(true), "{yes}");
        }
        for no in ["No", "N", "0", "FALSO", "false", "-"] {
            assert_eq!(parse_flag(&text(no)), Some(false), "{no}");
        }
        assert_eq!(parse_flag(&Cell::Bool(true)), Some(true));
        assert_eq!(parse_flag(&Cell::Number(0.0)), Some(false));
        assert_eq!(parse_flag(&text("forse")), None);
        assert_eq!(parse_flag(&Cell::Empty), None);
        assert_eq!(
            parse_text(&Cell::Number(3_331_234_567.0)),
            Some("3331234567".to_owned())
        );
        assert_eq!(parse_text(&text("  De \n Luca ")), Some("De Luca".to_owned()));
        assert_eq!(parse_text(&text(" ")), None);
    }

    #[test]
    fn times_of_the_day() {
        assert_eq!(iso_time("PT10H30M00S").as_deref(), Some("10:30"));
        assert_eq!(iso_time("PT09H05M07.25S").as_deref(), Some("09:05:07"));
        assert_eq!(iso_time("P1D"), None);
        assert_eq!(iso_time("PT99999999999999999999H"), None);
    }
}
