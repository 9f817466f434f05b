// SPDX-License-Identifier: EUPL-1.2
//! Days on which public offices in Firenze are closed: L. 260/1949 as amended (L. 54/1977, DPR 792/1985, L. 336/2000), and the
//! feast of the city's patron.

use chrono::{Datelike as _, Duration, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A holiday. Its name on screen is in the catalogues.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS, strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// 6 January.
    Epiphany,
    /// Easter Sunday.
    Easter,
    /// The day after Easter.
    EasterMonday,
    /// 25 April.
    Liberation,
    /// 1 May.
    Labour,
    /// 2 June.
    Republic,
    /// 24 June, patron of Firenze.
    SaintJohn,
    /// 15 August.
    Assumption,
    /// 1 November.
    AllSaints,
    /// 8 December.
    Immaculate,
    /// 25 December.
    Christmas,
    /// 26 December.
    SaintStephen,
}

/// Easter Sunday of a year of the Gregorian calendar: the method of Meeus, Jones and Butcher (J. Meeus, Astronomical
/// Algorithms, 1991, ch. 8), with the names that the computus has for its steps. None where the year is out of the calendar's
/// range.
fn easter(year: i32) -> Option<NaiveDate> {
    let (golden, century, of_century) = (year % 19, year / 100, year % 100);
    let lunar_correction = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - lunar_correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let exception = (golden + 11 * epact + 22 * weekday) / 451;
    let day = epact + weekday - 7 * exception + 114;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(day / 31).ok()?,
        u32::try_from(day % 31 + 1).ok()?,
    )
}

/// The holiday that a day is.
pub fn holiday(day: NaiveDate) -> Option<Holiday> {
    let fixed = match (day.month(), day.day()) {
        (1, 1) => Some(Holiday::NewYear),
        (1, 6) => Some(Holiday::Epiphany),
        (4, 25) => Some(Holiday::Liberation),
        (5, 1) => Some(Holiday::Labour),
        (6, 2) => Some(Holiday::Republic),
        (6, 24) => Some(Holiday::SaintJohn),
        (8, 15) => Some(Holiday::Assumption),
        (11, 1) => Some(Holiday::AllSaints),
        (12, 8) => Some(Holiday::Immaculate),
        (12, 25) => Some(Holiday::Christmas),
        (12, 26) => Some(Holiday::SaintStephen),
        _ => None,
    };
    fixed.or_else(|| {
        let easter = easter(day.year())?;
        match day - easter {
            days if days == Duration::zero() => Some(Holiday::Easter),
            days if days == Duration::days(1) => Some(Holiday::EasterMonday),
            _ => None,
        }
    })
}

/// The holidays of a year, in order.
pub fn holidays(year: i32) -> Vec<(NaiveDate, Holiday)> {
    let Some(first) = NaiveDate::from_ymd_opt(year, 1, 1) else {
        return Vec::new();
    };
    first
        .iter_days()
        .take_while(|day| day.year() == year)
        .filter_map(|day| Some((day, holiday(day)?)))
        .collect()
}
