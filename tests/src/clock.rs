// SPDX-License-Identifier: EUPL-1.2
//! One time for a whole office, moved by hand; each desk may be wrong about it.

use chrono::{NaiveDate, NaiveDateTime};
use sportello_desk::ports::{Clock, Ports};
use sportello_domain::time::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The true time of an office.
#[derive(Clone, Debug)]
pub struct SharedTime(Arc<AtomicI64>);

impl SharedTime {
    /// It is this time on the wall in Italy.
    pub fn at(local: NaiveDateTime) -> Self {
        Self(Arc::new(AtomicI64::new(Timestamp::of_rome(local).0)))
    }

    /// It is this moment, milliseconds since 1970.
    pub fn at_millis(now: i64) -> Self {
        Self(Arc::new(AtomicI64::new(now)))
    }

    /// Now, milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// So many seconds later.
    pub fn pass_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    /// So many minutes later.
    pub fn pass_minutes(&self, minutes: i64) {
        self.pass_seconds(minutes * 60);
    }

    /// It is this time on the wall in Italy.
    pub fn set(&self, local: NaiveDateTime) {
        self.0.store(Timestamp::of_rome(local).0, Ordering::Relaxed);
    }
}

/// A desk's clock: the office's time, and how wrong this one is.
#[derive(Clone, Debug)]
pub struct DeskClock {
    time: SharedTime,
    wrong: Arc<AtomicI64>,
}

impl DeskClock {
    /// A clock that is right.
    pub fn new(time: &SharedTime) -> Self {
        Self {
            time: time.clone(),
            wrong: Arc::default(),
        }
    }

    /// Ahead by so many minutes; behind when negative.
    pub fn be_wrong_by_minutes(&self, minutes: i64) {
        self.wrong.store(minutes * 60_000, Ordering::Relaxed);
    }

    /// Whether it shows the office's time.
    pub fn is_right(&self) -> bool {
        self.wrong.load(Ordering::Relaxed) == 0
    }

    /// What a desk with this clock runs on.
    pub fn ports(&self) -> Ports {
        Ports {
            clock: Arc::new(self.clone()),
            ..Ports::system()
        }
    }
}

impl Clock for DeskClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.time.now() + self.wrong.load(Ordering::Relaxed))
    }
}

/// A time on the wall in Italy on a day of March 2021, in the middle of the campaign.
pub fn march(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2021, 3, day)
        .unwrap()
        .and_hms_opt(hour, minute, 0)
        .unwrap()
}
