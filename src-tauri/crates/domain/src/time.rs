// SPDX-License-Identifier: EUPL-1.2
//! Time: instants as desks record them, the hybrid logical clock that orders them, and the civil calendar of Italy.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Europe::Rome;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An instant: milliseconds since 1970-01-01T00:00:00Z, as the clock of the desk told it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The same instant as a `chrono` value; instants outside of the years 1 to 9999 become the epoch: a foreign record may say
    /// anything, and near the ends of what `chrono` knows no wall time can be told.
    pub fn utc(self) -> DateTime<Utc> {
        let known = |at: &DateTime<Utc>| (1..=9999).contains(&at.year());
        DateTime::from_timestamp_millis(self.0)
            .filter(known)
            .unwrap_or_default()
    }

    /// Date and time on the wall in Italy.
    pub fn rome(self) -> NaiveDateTime {
        self.utc().with_timezone(&Rome).naive_local()
    }

    /// The day in Italy.
    pub fn day(self) -> NaiveDate {
        self.rome().date()
    }

    /// The instant of a wall time in Italy. In the hour that happens twice the first is meant; in the hour that
    /// does not exist, the time after the gap.
    pub fn of_rome(local: NaiveDateTime) -> Self {
        let found = Rome.from_local_datetime(&local).earliest().or_else(|| {
            Rome.from_local_datetime(&(local + chrono::Duration::hours(1)))
                .earliest()
        });
        Self(found.map_or_else(|| local.and_utc().timestamp_millis(), |t| t.timestamp_millis()))
    }
}

/// Hybrid logical clock: 48 bits of milliseconds, 16 bits of counter (Kulkarni et al., "Logical Physical Clocks", 2014).
///
/// It never runs backwards at one desk and is always after everything that the desk has seen, whatever the wall clock says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hlc(pub u64);

impl Hlc {
    /// A clock reading made of milliseconds and counter.
    pub fn new(millis: u64, counter: u16) -> Self {
        Self((millis << 16) | u64::from(counter))
    }

    /// The milliseconds part.
    pub fn millis(self) -> u64 {
        self.0 >> 16
    }

    /// The next reading at wall time `now`: the wall time when it is ahead, otherwise one tick after the last.
    #[must_use]
    pub fn tick(self, now: Timestamp) -> Self {
        let wall = Self::new(u64::try_from(now.0).unwrap_or(0), 0);
        // A counter that overflows carries into the milliseconds: order is kept.
        wall.max(Self(self.0.saturating_add(1)))
    }

    /// After seeing a reading of somebody else.
    #[must_use]
    pub fn seen(self, other: Self) -> Self {
        self.max(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
    }

    #[test]
    fn wall_times_survive_both_changes_of_hour() {
        for text in [
            "2021-03-28T01:59",
            "2021-03-28T03:00",
            "2021-10-31T03:00",
            "2021-06-24T09:30",
        ] {
            assert_eq!(Timestamp::of_rome(local(text)).rome(), local(text));
        }
        // 02:30 does not exist on 28 March 2021: it is read as the time after the gap.
        assert_eq!(
            Timestamp::of_rome(local("2021-03-28T02:30")).rome(),
            local("2021-03-28T03:30")
        );
    }

    #[test]
    fn the_day_is_that_of_italy() {
        // 23:30 UTC on 1 July is already 2 July in Italy.
        let late = Timestamp(
            DateTime::parse_from_rfc3339("2021-07-01T23:30:00Z")
                .unwrap()
                .timestamp_millis(),
        );
        assert_eq!(late.day(), NaiveDate::from_ymd_opt(2021, 7, 2).unwrap());
    }

    #[test]
    fn an_instant_that_no_clock_shows_has_a_day_all_the_same() {
        for far in [i64::MAX, i64::MIN, 8_210_266_876_799_999, -8_334_601_228_800_000] {
            assert_eq!(Timestamp(far).day(), Timestamp(0).day(), "{far}");
        }
    }

    #[test]
    fn the_clock_never_goes_back() {
        let one = Hlc::default().tick(Timestamp(1_000_000));
        let two = one.tick(Timestamp(1));
        assert!(two > one);
        let far = two.seen(Hlc::new(9_000_000, 3));
        assert!(far.tick(Timestamp(2)) > Hlc::new(9_000_000, 3));
        assert!(Hlc::new(5, u16::MAX).tick(Timestamp(1)) > Hlc::new(5, u16::MAX));
    }
}
