// SPDX-License-Identifier: EUPL-1.2
//! Where a record stands: its log and its sequence in one number, so that a log lies together in the file.

/// Sequences take the lower 40 bits: 10^12 records a log.
const SEQ_BITS: u32 = 40;

/// The place of a record in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place(pub i64);

impl Place {
    pub fn new(log: i64, seq: u64) -> Self {
        Self((log << SEQ_BITS) | i64::try_from(seq).unwrap_or(i64::MAX >> 24))
    }

    pub fn log(self) -> i64 {
        self.0 >> SEQ_BITS
    }

    pub fn seq(self) -> u64 {
        self.0.unsigned_abs() & ((1 << SEQ_BITS) - 1)
    }
}

/// The places of an entity's records, packed: a log's number where it changes, and how much each sequence rises.
///
/// They stand in the entity's own row, which is rewritten with each of its events anyway: an index of the journal by entity
/// would cost every delivery one more page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places(Vec<u8>);

impl Places {
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub fn push(&mut self, place: Place) {
        put(&mut self.0, place.log().unsigned_abs());
        put(&mut self.0, place.seq());
    }

    /// All of them, in the order in which they came; what cannot be read ends the list.
    pub fn list(&self) -> Vec<Place> {
        let (mut rest, mut places) = (self.0.as_slice(), Vec::new());
        while let (Some(log), Some(seq)) = (take(&mut rest), take(&mut rest)) {
            places.push(Place::new(i64::try_from(log).unwrap_or(0), seq));
        }
        places
    }
}

/// LEB128.
#[expect(clippy::cast_possible_truncation, reason = "seven bits are left")]
fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
#[allow(clippy::needless_for_each, reason = "reads as a list of cases")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_read_back(all in prop::collection::vec((1_i64..5000, 1_u64..1_000_000_000), 0..20)) {
            let all: Vec<Place> = all.into_iter().map(|(log, seq)| Place::new(log, seq)).collect();
            let mut packed = Places::default();
            all.iter().for_each(|place| packed.push(*place));
            prop_assert_eq!(Places::from_bytes(packed.as_bytes().to_vec()).list(), all.clone());
            for place in all {
                prop_assert_eq!(Place::new(place.log(), place.seq()), place);
            }
        }

        #[test]
        fn rubbish_is_read_without_panic(bytes: Vec<u8>) {
            let _ = Places::from_bytes(bytes).list();
        }
    }
}
