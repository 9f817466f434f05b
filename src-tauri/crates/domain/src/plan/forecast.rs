// SPDX-License-Identifier: EUPL-1.2
//! When something that is under way will be done, if it goes on as it went so far.

use chrono::{Duration, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is to be expected of a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ts(rename = "PlanForecast")]
#[schemars(rename = "PlanForecast")]
pub enum Forecast {
    /// It has not begun, and need not have.
    NotYet,
    /// It should have begun, and nothing was done: no day can be told.
    Unknown,
    /// At this pace it ends on this day.
    Ends {
        /// The day.
        day: NaiveDate,
        /// Days after the deadline; negative when before.
        late: i32,
    },
    /// It is done.
    Done,
}

/// The forecast of what is planned between two days, of which `percent` is done on `today`. The pace is that since the planned start; the
/// day told is never before today.
pub fn forecast(from: NaiveDate, to: NaiveDate, percent: u8, today: NaiveDate) -> Forecast {
    if percent >= 100 {
        return Forecast::Done;
    }
    if percent == 0 {
        return if today < from {
            Forecast::NotYet
        } else {
            Forecast::Unknown
        };
    }
    // The first day counts: who did half on the first day needs one more.
    let elapsed = (today - from).num_days().max(0) + 1;
    let left = elapsed.saturating_mul(100 - i64::from(percent));
    // Rounded up: a day begun is a day.
    let more = left.div_euclid(i64::from(percent)) + i64::from(left.rem_euclid(i64::from(percent)) > 0);
    let day = Duration::try_days(more)
        .and_then(|more| today.checked_add_signed(more))
        .unwrap_or(NaiveDate::MAX);
    let late = i32::try_from((day - to).num_days()).unwrap_or(i32::MAX);
    Forecast::Ends { day, late }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    fn day(n: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2021, 1, 1).unwrap() + Duration::days(n)
    }

    #[test]
    fn half_done_in_half_the_time_ends_on_the_last_day() {
        assert_eq!(
            forecast(day(0), day(99), 50, day(49)),
            Forecast::Ends {
                day: day(99),
                late: 0
            }
        );
        assert_eq!(forecast(day(5), day(9), 0, day(4)), Forecast::NotYet);
        assert_eq!(forecast(day(5), day(9), 0, day(5)), Forecast::Unknown);
        assert_eq!(forecast(day(5), day(9), 100, day(1)), Forecast::Done);
    }

    proptest! {
        #[test]
        fn more_done_is_never_later(length in 1_i64..400, today in -50_i64..800, a in 1_u8..100, b in 1_u8..100) {
            let (less, more) = (a.min(b), a.max(b));
            let ends = |percent| match forecast(day(0), day(length), percent, day(today)) {
                Forecast::Ends { day, .. } => day,
                other => panic!("{other:?}"),
            };
            prop_assert!(ends(more) <= ends(less));
            prop_assert!(ends(more) > day(today));
        }
    }
}
