// SPDX-License-Identifier: EUPL-1.2
//! Writing a bundle, frame by frame: whatever was written before the stick was pulled out can be read.

use super::open::Opening;
use super::seal::{self, FrameKey, Recipient};
use super::{BundleError, COMMON, MAGIC, MAX_WRAPS, VERSION, frame};
use crate::chain::Hash;
use crate::sign::DeskKey;
use crate::wire::Segment;
use minicbor::{Decode, Encode};
use sportello_domain::meta::Topic;
use std::io::Write;

/// The last frame: what the bundle holds under each key, so that whoever has the key sees whether something is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Closing {
    /// One for each topic that the bundle has a key for.
    #[n(0)]
    pub counts: Vec<Count>,
}

/// How much stands under one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(super) struct Count {
    /// The key's number.
    #[n(0)]
    pub key: u8,
    /// Segments.
    #[n(1)]
    pub segments: u64,
}

/// Writes a bundle.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    prelude: Hash,
    keys: Vec<FrameKey>,
    frames: u64,
    counts: Vec<Count>,
}

impl<W: Write> Writer<W> {
    /// Begins a bundle for its recipients. `topics` are those it will hold segments of; `seed` is 32 random bytes that were
    /// never used for anything else, and `key` that of whoever makes it.
    pub fn begin(
        mut out: W,
        recipients: &[Recipient],
        topics: &[Topic],
        seed: &[u8; 32],
        key: &DeskKey,
        opening: &Opening,
    ) -> Result<Self, BundleError> {
        let keys = seal::keys(seed, topics);
        let wraps = (0_u64..)
            .zip(recipients)
            .map(|(number, recipient)| seal::wrap(seed, number, &keys, recipient))
            .collect::<Result<Vec<_>, _>>()?;
        let mut packed = Vec::new();
        // Writing into a vector cannot fail, and every field has an encoding.
        let _ = minicbor::encode(&wraps, &mut packed);
        if packed.len() > MAX_WRAPS {
            return Err(crate::wire::WireError::TooLarge.into());
        }
        let mut bytes = Vec::with_capacity(packed.len() + 64);
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&VERSION.to_be_bytes());
        bytes.extend_from_slice(&u32::try_from(packed.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(&packed);
        let prelude = super::read::prelude_hash(&bytes);
        bytes.extend_from_slice(&prelude);
        out.write_all(&bytes)?;
        let mut writer = Self {
            out,
            prelude,
            counts: counts_of(&keys),
            keys,
            frames: 0,
        };
        writer.frame(COMMON, false, &opening.sign(&prelude, key))?;
        Ok(writer)
    }

    /// Adds a segment. Those of one log have to come in their order.
    pub fn segment(&mut self, segment: &Segment) -> Result<(), BundleError> {
        let key = self
            .keys
            .iter()
            .find(|key| key.topic.as_ref() == Some(&segment.log.topic))
            .ok_or(BundleError::Topic)?
            .number;
        self.frame(key, false, segment)?;
        if let Some(count) = self.counts.iter_mut().find(|count| count.key == key) {
            count.segments += 1;
        }
        Ok(())
    }

    /// Ends the bundle and gives back what it was written into.
    pub fn end(mut self) -> Result<W, BundleError> {
        let closing = Closing {
            counts: std::mem::take(&mut self.counts),
        };
        self.frame(COMMON, true, &closing)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn frame<T: Encode<()>>(&mut self, key: u8, last: bool, item: &T) -> Result<(), BundleError> {
        let key = self.keys.get(usize::from(key)).ok_or(BundleError::Topic)?;
        let (head, sealed) = frame::seal(&self.prelude, key, self.frames, last, item)?;
        self.out.write_all(&head)?;
        self.out.write_all(&sealed)?;
        self.frames += 1;
        Ok(())
    }
}

/// Nothing yet under any topic's key.
pub(super) fn counts_of(keys: &[FrameKey]) -> Vec<Count> {
    let of_topics = keys.iter().filter(|key| key.topic.is_some());
    of_topics
        .map(|key| Count {
            key: key.number,
            segments: 0,
        })
        .collect()
}
