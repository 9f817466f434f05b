// SPDX-License-Identifier: EUPL-1.2
//! Dates and times as OOXML and OpenDocument write them. What a value means is the import's business, in `domain`.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

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
    use super::*;

    #[test]
    fn times_of_the_day() {
        assert_eq!(iso_time("PT10H30M00S").as_deref(), Some("10:30"));
        assert_eq!(iso_time("PT09H05M07.25S").as_deref(), Some("09:05:07"));
        assert_eq!(iso_time("P1D"), None);
        assert_eq!(iso_time("PT99999999999999999999H"), None);
    }
}
