// SPDX-License-Identifier: EUPL-1.2
//! What the desk asks of the machine, so that tests can give it other time and other chance.

use sportello_domain::time::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

/// The time.
pub trait Clock: Send + Sync + 'static {
    /// Now, by the machine's clock.
    fn now(&self) -> Timestamp;
}

/// Chance, for keys, salts and identifiers.
pub trait Entropy: Send + Sync + 'static {
    /// Fills `bytes`. It cannot fail: a machine without randomness cannot run this program.
    fn fill(&self, bytes: &mut [u8]);
}

/// What a desk is given to run on.
#[derive(Clone)]
pub struct Ports {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
}

impl std::fmt::Debug for Ports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ports")
    }
}

impl Ports {
    /// The machine's own clock and randomness.
    pub fn system() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
        }
    }

    /// The machine's randomness and a clock that began at `start` when this was called: demonstrations run on a day of 2021.
    pub fn starting_at(start: Timestamp) -> Self {
        Self {
            clock: Arc::new(ShiftedClock {
                shift: start.0 - SystemClock.now().0,
            }),
            entropy: Arc::new(SystemEntropy),
        }
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0_u8; N];
        self.entropy.fill(&mut bytes);
        bytes
    }

    /// A new identifier: UUID version 7 (RFC 9562), so that identifiers made one after the other lie near each other.
    pub fn id<T: From<Uuid>>(&self) -> T {
        let millis = self.now().0.unsigned_abs();
        T::from(uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid())
    }
}

struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp(chrono::Utc::now().timestamp_millis())
    }
}

struct ShiftedClock {
    shift: i64,
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0 + self.shift)
    }
}

struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(
        clippy::expect_used,
        reason = "without the system's randomness no key can be made: there is nothing to go on with"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives randomness");
    }
}
