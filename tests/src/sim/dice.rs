// SPDX-License-Identifier: EUPL-1.2
//! All chance of a simulation: from its seed, the same on every platform and in every version.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};

/// Draws from one stream of a seed.
#[derive(Clone, Debug)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream with this number. Streams of one seed know nothing of each other.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// Any number.
    pub fn next(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        // The bias of a remainder of 64 bits cannot be seen.
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or(0)
    }

    /// A number between two, both included.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// True so many times in a thousand.
    pub fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille as usize
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        if all.is_empty() {
            return None;
        }
        let at = self.below(all.len());
        all.get(at)
    }

    /// One of these, by weight.
    pub fn weighted<T: Copy>(&mut self, all: &[(T, u32)]) -> T {
        let total: u32 = all.iter().map(|(_, weight)| weight).sum();
        let mut left = self.below(total as usize);
        for (one, weight) in all {
            match left.checked_sub(*weight as usize) {
                None => return *one,
                Some(rest) => left = rest,
            }
        }
        all[0].0
    }

    /// Fills bytes.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }
}
