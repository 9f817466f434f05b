// SPDX-License-Identifier: EUPL-1.2
//! A clock that is set by hand: the months of a demonstration pass in seconds.

use sportello_desk::Ports;
use sportello_desk::ports::Clock;
use sportello_domain::time::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Shows what it was set to. Its copies are the same clock.
#[derive(Clone, Debug, Default)]
pub struct HandClock(Arc<AtomicI64>);

impl HandClock {
    /// Sets it.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::Relaxed);
    }

    /// What it shows, milliseconds since 1970.
    pub fn millis(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// This clock with the machine's own randomness.
    pub fn ports(&self) -> Ports {
        Ports {
            clock: Arc::new(self.clone()),
            entropy: Ports::system().entropy,
        }
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.millis())
    }
}

/// A moment in Italy.
pub fn moment(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> Timestamp {
    let day = chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    Timestamp::of_rome(day.and_hms_opt(hour, minute, 0).unwrap_or_default())
}

/// So many seconds later; earlier when they are negative.
pub fn later(at: Timestamp, seconds: i64) -> Timestamp {
    Timestamp(at.0 + seconds * 1_000)
}
