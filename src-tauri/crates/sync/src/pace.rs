// SPDX-License-Identifier: EUPL-1.2
//! When to try again. Pure: chance is given by the caller.

use std::time::Duration;

/// Seconds to wait after the first, second, … failure in a row; the last holds for all that follow.
const AFTER_FAILURE: [u64; 6] = [0, 2, 5, 15, 60, 300];
/// Seconds between exchanges when all is well: 4, and up to 2 more by chance, so that desks do not come all at once. Whoever
/// holds what another desk waits for hears of it after so long at most.
const POLL: f64 = 4.0;
const POLL_SPREAD: f64 = 2.0;
/// While somebody at the counter waits for what was asked for, the desk looks each second,
const AWAITED_EVERY: Duration = Duration::from_secs(1);
/// for so long: after that the other desk is not there.
const AWAITED_FOR: Duration = Duration::from_mins(2);
/// Whoever asks to come later is believed for so many seconds at most: a proxy may say anything.
const LONGEST_PUT_OFF: u64 = 300;
/// After something was written while the centre cannot be reached, at most so many seconds pass before trying again.
const NUDGED: u64 = 15;

/// Remembers how the last exchanges ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    failures: u32,
    put_off: bool,
}

impl Pace {
    /// How many exchanges failed in a row.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// An exchange went through. `more`: there is more to fetch at once. `chance` is from 0 to 1.
    pub fn succeeded(&mut self, more: bool, chance: f64) -> Duration {
        (self.failures, self.put_off) = (0, false);
        if more {
            Duration::ZERO
        } else {
            Duration::from_secs_f64(POLL + POLL_SPREAD * unit(chance))
        }
    }

    /// Something that was asked of another desk has been awaited for `since`, and `wait` was the next wait: a second at most for
    /// the first two minutes, as long as the centre is reached and has not asked for less.
    pub fn awaiting(&self, since: Duration, wait: Duration) -> Duration {
        if self.failures == 0 && !self.put_off && since < AWAITED_FOR {
            wait.min(AWAITED_EVERY)
        } else {
            wait
        }
    }

    /// An exchange failed. Waits between the half and the whole of the next step. `chance` is from 0 to 1.
    pub fn failed(&mut self, chance: f64) -> Duration {
        self.put_off = false;
        let step = AFTER_FAILURE
            .get(self.failures as usize)
            .or(AFTER_FAILURE.last())
            .copied()
            .unwrap_or(0);
        self.failures = self.failures.saturating_add(1);
        Duration::from_secs(step).mul_f64(0.5 + 0.5 * unit(chance))
    }

    /// The centre asked to come again after a while, and no sooner. Those who were told the same come back over some time
    /// more. `chance` is from 0 to 1.
    pub fn put_off(&mut self, wait: Duration, chance: f64) -> Duration {
        let wait = wait.min(Duration::from_secs(LONGEST_PUT_OFF));
        let usual = self.failed(chance);
        self.put_off = true;
        usual.max(wait.mul_f64(1.0 + 0.25 * unit(chance)))
    }

    /// Something was written, and `left` remains to wait: at once when all is well, soon when the centre was not reached, and
    /// no sooner than it asked when it did.
    pub fn nudged(&self, left: Duration) -> Duration {
        if self.put_off {
            left
        } else if self.failures == 0 {
            Duration::ZERO
        } else {
            left.min(Duration::from_secs(NUDGED))
        }
    }
}

fn unit(chance: f64) -> f64 {
    if chance.is_finite() {
        chance.clamp(0.0, 1.0)
    } else {
        0.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_wait_longer_and_longer_up_to_five_minutes() {
        let mut pace = Pace::default();
        let waits: Vec<u64> = (0..8).map(|_| pace.failed(1.0).as_secs()).collect();
        assert_eq!(waits, [0, 2, 5, 15, 60, 300, 300, 300]);
        assert_eq!(
            pace.failed(0.0).as_secs(),
            150,
            "chance takes at most the half away"
        );
        assert_eq!(pace.succeeded(false, 0.0).as_secs(), 4);
        assert_eq!(pace.failed(1.0).as_secs(), 0, "begins again after a success");
    }

    #[test]
    fn success_polls_every_four_to_six_seconds_or_at_once() {
        let mut pace = Pace::default();
        assert_eq!(pace.succeeded(false, 1.0).as_secs(), 6);
        assert_eq!(pace.succeeded(false, f64::NAN).as_millis(), 5_000);
        assert_eq!(pace.succeeded(true, 1.0), Duration::ZERO);
    }

    #[test]
    fn what_was_written_goes_at_once_unless_the_centre_is_away() {
        let mut pace = Pace::default();
        assert_eq!(pace.nudged(Duration::from_secs(12)), Duration::ZERO);
        for _ in 0..6 {
            pace.failed(1.0);
        }
        assert_eq!(pace.nudged(Duration::from_mins(5)).as_secs(), 15);
        assert_eq!(pace.nudged(Duration::from_secs(3)).as_secs(), 3);
    }

    #[test]
    fn what_is_awaited_is_looked_for_each_second_for_two_minutes_unless_the_centre_is_away() {
        let mut pace = Pace::default();
        let wait = pace.succeeded(false, 1.0);
        assert_eq!(pace.awaiting(Duration::ZERO, wait).as_secs(), 1);
        assert_eq!(pace.awaiting(Duration::from_secs(119), wait).as_secs(), 1);
        assert_eq!(pace.awaiting(Duration::from_mins(2), wait), wait);
        assert_eq!(
            pace.awaiting(Duration::ZERO, Duration::ZERO),
            Duration::ZERO,
            "more to fetch"
        );
        let wait = pace.put_off(Duration::from_secs(40), 0.0);
        assert_eq!(pace.awaiting(Duration::ZERO, wait), wait);
        pace.succeeded(false, 0.0);
        for _ in 0..4 {
            pace.failed(1.0);
        }
        assert_eq!(
            pace.awaiting(Duration::ZERO, Duration::from_secs(15)).as_secs(),
            15
        );
    }

    #[test]
    fn whoever_is_asked_to_come_later_comes_no_sooner() {
        let mut pace = Pace::default();
        assert_eq!(pace.put_off(Duration::from_secs(40), 0.0).as_secs(), 40);
        assert_eq!(
            pace.nudged(Duration::from_secs(33)).as_secs(),
            33,
            "not even with something new"
        );
        assert_eq!(pace.put_off(Duration::from_secs(40), 1.0).as_secs(), 50);
        assert_eq!(
            pace.put_off(Duration::from_hours(9), 0.0).as_secs(),
            300,
            "a day's rest is nobody's to order"
        );
        for _ in 0..3 {
            pace.failed(1.0);
        }
        assert_eq!(
            pace.put_off(Duration::from_secs(1), 1.0).as_secs(),
            300,
            "it fails again and again"
        );
        assert_eq!(pace.succeeded(true, 0.0), Duration::ZERO);
        assert_eq!(pace.nudged(Duration::from_secs(9)), Duration::ZERO);
    }
}
