// SPDX-License-Identifier: EUPL-1.2
//! Wrong passphrases, and the wait that follows them. A desk stands in a public room: whoever sits down at it may try words one
//! after the other. Each costs the work of a key slot anyhow; after some wrong ones in a row each further try also waits,
//! longer and longer. Only the person whose name it is waits, and never long: a mistake is no lock-out.
//!
//! It is remembered for as long as the program runs. Whoever ends the program, or copies the files, is held up by the slots
//! themselves.

use crate::error::DeskError;
use crate::ports::Ports;
use sportello_domain::time::Timestamp;
use sportello_store::keys::KeyError;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// So many wrong ones in a row are anybody's mistakes; from then on there is a wait.
const FREE: u32 = 5;
/// The first wait, milliseconds; each further one is twice as long.
const FIRST: i64 = 2_000;
/// No wait is longer, milliseconds.
const LONGEST: i64 = 60_000;

#[derive(Clone, Copy, Debug)]
struct Wrong {
    times: u32,
    last: Timestamp,
}

impl Wrong {
    /// Milliseconds that are still to wait.
    fn left(self, now: Timestamp) -> i64 {
        let Some(doublings) = self.times.checked_sub(FREE) else {
            return 0;
        };
        // More doublings than these make no difference.
        let wait = (FIRST << doublings.min(10)).min(LONGEST);
        self.last.0 + wait - now.0
    }
}

/// Wrong passphrases in a row, by who was to log in. Only names that have a slot stand here.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<HashMap<String, Wrong>>);

impl std::fmt::Debug for Attempts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Names stand in it.
        f.write_str("Attempts(…)")
    }
}

impl Attempts {
    /// Opens a slot with a passphrase, unless it is too early to try again. One at a time: tries side by side are no way around
    /// the wait.
    pub(crate) fn open<T>(
        &self,
        username: &str,
        ports: &Ports,
        open: impl FnOnce() -> Result<T, KeyError>,
    ) -> Result<T, DeskError> {
        let username = username.trim().to_lowercase();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = ports.now();
        if let Some(wrong) = all.get_mut(&username) {
            // A clock that was put back begins the wait anew; it does not make it longer.
            wrong.last = wrong.last.min(now);
            let left = wrong.left(now);
            if left > 0 {
                let seconds = left.unsigned_abs().div_ceil(1000);
                return Err(DeskError::about("passphrase_wait", "seconds", &seconds));
            }
        }
        let opened = open();
        match &opened {
            Ok(_) => {
                all.remove(&username);
            }
            Err(KeyError::WrongPassphrase) => {
                let last = ports.now();
                let wrong = all.entry(username).or_insert(Wrong { times: 0, last });
                *wrong = Wrong {
                    times: wrong.times.saturating_add(1),
                    last,
                };
            }
            Err(_) => {}
        }
        Ok(opened?)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::ports::Clock;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    struct Hand(AtomicI64);

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            Timestamp(self.0.load(Ordering::Relaxed))
        }
    }

    struct Door {
        attempts: Attempts,
        hand: Arc<Hand>,
        ports: Ports,
    }

    impl Door {
        fn new() -> Self {
            let hand = Arc::new(Hand(AtomicI64::new(1_000_000)));
            let ports = Ports {
                clock: hand.clone(),
                ..Ports::system()
            };
            Self {
                attempts: Attempts::default(),
                hand,
                ports,
            }
        }

        fn pass(&self, seconds: i64) {
            self.hand.0.fetch_add(seconds * 1000, Ordering::Relaxed);
        }

        fn wrong(&self, username: &str) -> String {
            let tried = self
                .attempts
                .open(username, &self.ports, || Err::<(), _>(KeyError::WrongPassphrase));
            tried.unwrap_err().code()
        }

        fn right(&self, username: &str) -> Result<(), DeskError> {
            self.attempts.open(username, &self.ports, || Ok(()))
        }

        /// Seconds that are told to wait.
        fn told(&self) -> u64 {
            let error = self.right("anna").unwrap_err();
            assert_eq!(error.code(), "passphrase_wait");
            error.args()[0].1.parse().unwrap()
        }
    }

    #[test]
    fn some_wrong_ones_are_mistakes_and_then_the_wait_grows() {
        let door = Door::new();
        for _ in 0..FREE {
            assert_eq!(door.wrong("anna"), "wrong_passphrase");
        }
        for wait in [2_i64, 4, 8, 16, 32, 60, 60, 60] {
            assert_eq!(door.wrong("Anna "), "passphrase_wait", "the right one waits too");
            assert_eq!(door.told(), wait.unsigned_abs());
            door.pass(wait - 1);
            assert_eq!(door.told(), 1);
            door.pass(1);
            assert_eq!(door.wrong("anna"), "wrong_passphrase");
        }
        door.pass(60);
        door.right("anna").unwrap();
        assert_eq!(door.wrong("anna"), "wrong_passphrase", "and it begins anew");
        door.right("anna").unwrap();
    }

    #[test]
    fn nobody_waits_for_anothers_mistakes() {
        let door = Door::new();
        for _ in 0..FREE {
            door.wrong("anna");
        }
        door.told();
        door.right("piero").unwrap();
        // Whoever has no slot is told so, and is not remembered.
        for _ in 0..2 * FREE {
            let nobody = door
                .attempts
                .open("nessuno", &door.ports, || Err::<(), _>(KeyError::NoSlot));
            assert_eq!(nobody.unwrap_err().code(), "no_slot");
        }
        assert_eq!(door.attempts.0.lock().unwrap().len(), 1);
    }

    #[test]
    fn a_clock_that_is_put_back_makes_no_wait_longer() {
        let door = Door::new();
        for _ in 0..FREE {
            door.wrong("anna");
        }
        door.pass(-3600);
        assert_eq!(door.told(), 2);
        door.pass(2);
        door.right("anna").unwrap();
    }
}
