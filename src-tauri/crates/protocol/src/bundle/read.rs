// SPDX-License-Identifier: EUPL-1.2
//! Reading a bundle, frame by frame, from whatever bytes are there.

use super::frame::{self, FrameHead};
use super::open::{Opening, SignedOpening};
use super::seal::{self, FrameKey, Wrap};
use super::write::{Closing, Count, counts_of};
use super::{BundleError, COMMON, MAGIC, MAX_WRAPS, VERSION};
use crate::chain::Hash;
use crate::sign::{DeskKey, PublicKey};
use crate::wire::Segment;
use sportello_domain::ids::OfficeId;
use std::io::{ErrorKind, Read};

/// What comes next in a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A segment: authentic for the bundle, and still to be verified as any other.
    Segment(Box<Segment>),
    /// A frame of a topic that this recipient may not read.
    Other,
    /// A frame that was damaged. Those after it may be good.
    Damaged,
    /// The end.
    End {
        /// Nothing is missing of what this recipient may read.
        whole: bool,
    },
}

/// Reads a bundle.
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    prelude: Hash,
    keys: Vec<FrameKey>,
    frames: u64,
    read: u64,
    seen: Vec<Count>,
    ended: bool,
}

pub(super) fn prelude_hash(bytes: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new_derive_key("sportello 2026 bundle prelude v1");
    hasher.update(bytes);
    hasher.finalize().into()
}

impl<R: Read> Reader<R> {
    /// Opens a bundle with `key`, the desk's own or (at the centre) the office's, and believes its opening for the office's
    /// signatures.
    pub fn open(
        input: R,
        key: &DeskKey,
        office: OfficeId,
        office_key: &PublicKey,
    ) -> Result<(Self, Opening), BundleError> {
        Self::open_with(input, std::slice::from_ref(key), office, office_key)
    }

    /// The same with the first of several keys for which it is sealed: whoever made it may not have known yet that the desk has another.
    pub fn open_with(
        input: R,
        keys: &[DeskKey],
        office: OfficeId,
        office_key: &PublicKey,
    ) -> Result<(Self, Opening), BundleError> {
        let mut reader = Self {
            input,
            prelude: [0; 32],
            keys: Vec::new(),
            frames: 0,
            read: 0,
            seen: Vec::new(),
            ended: false,
        };
        let wraps = reader.prelude()?;
        let mut opened = Err(BundleError::NotForUs);
        for key in keys {
            opened = seal::unwrap(&wraps, key);
            if !matches!(opened, Err(BundleError::NotForUs)) {
                break;
            }
        }
        reader.keys = opened?;
        reader.seen = counts_of(&reader.keys);
        let Some((head, sealed)) = reader.frame()? else {
            return Err(BundleError::Damaged);
        };
        let signed: SignedOpening = reader.unseal(head, &sealed).ok_or(BundleError::Damaged)?;
        let opening = signed.verify(&reader.prelude, office, office_key)?;
        reader.frames = 1;
        Ok((reader, opening))
    }

    /// Bytes read so far.
    pub fn position(&self) -> u64 {
        self.read
    }

    /// The next thing. After [`Next::End`] there is nothing more.
    #[expect(
        clippy::should_implement_trait,
        reason = "the end says more than that there is no more, and an error of the stick is none of these"
    )]
    pub fn next(&mut self) -> Result<Next, BundleError> {
        if self.ended {
            return Ok(Next::End { whole: false });
        }
        let Some((head, sealed)) = self.frame()? else {
            self.ended = true;
            return Ok(Next::End { whole: false });
        };
        let next = self.judge(head, &sealed);
        self.frames += 1;
        self.ended = matches!(next, Next::End { .. });
        Ok(next)
    }

    fn judge(&mut self, head: FrameHead, sealed: &[u8]) -> Next {
        if head.last {
            return match self.unseal::<Closing>(head, sealed) {
                Some(closing) => Next::End {
                    whole: self.is_whole(&closing),
                },
                None => Next::Damaged,
            };
        }
        let Some(key) = self.keys.iter().find(|key| key.number == head.key) else {
            return Next::Other;
        };
        match self.unseal::<Segment>(head, sealed) {
            // Under the key of one topic stands no other: whoever may read that one would have been shown this too.
            Some(segment) if key.topic.as_ref() == Some(&segment.log.topic) => {
                if let Some(count) = self.seen.iter_mut().find(|count| count.key == head.key) {
                    count.segments += 1;
                }
                Next::Segment(Box::new(segment))
            }
            _ => Next::Damaged,
        }
    }

    /// Damaged frames are not counted, so that with any of them the bundle is not whole.
    fn is_whole(&self, closing: &Closing) -> bool {
        self.seen.iter().all(|count| closing.counts.contains(count))
    }

    fn unseal<T: for<'b> minicbor::Decode<'b, ()>>(&self, head: FrameHead, sealed: &[u8]) -> Option<T> {
        let key = self.keys.iter().find(|key| key.number == head.key)?;
        // Opening and closing are everybody's; nothing else is.
        if (key.number == COMMON) != (self.frames == 0 || head.last) {
            return None;
        }
        frame::open(&self.prelude, key, self.frames, head, sealed)
    }

    fn prelude(&mut self) -> Result<Vec<Wrap>, BundleError> {
        let mut bytes = vec![0; MAGIC.len() + 6];
        let got = self.fill(&mut bytes)?;
        if !bytes.starts_with(&MAGIC) {
            return Err(BundleError::NotABundle);
        }
        let [.., v1, v2, a, b, c, d] = bytes[..] else {
            return Err(BundleError::Damaged);
        };
        let found = u16::from_be_bytes([v1, v2]);
        if got < bytes.len() || found == 0 {
            return Err(BundleError::Damaged);
        }
        if found > VERSION {
            return Err(BundleError::Newer { found });
        }
        let len = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
        if len > MAX_WRAPS {
            return Err(BundleError::Damaged);
        }
        let begin = bytes.len();
        bytes.resize(begin + len, 0);
        let mut hash = [0; 32];
        if self.fill(&mut bytes[begin..])? < len || self.fill(&mut hash)? < hash.len() {
            return Err(BundleError::Damaged);
        }
        self.prelude = prelude_hash(&bytes);
        if self.prelude != hash {
            return Err(BundleError::Damaged);
        }
        minicbor::decode(&bytes[begin..]).map_err(|_| BundleError::Damaged)
    }

    /// The next frame; none where the file ends, or where nothing that follows can be a frame.
    fn frame(&mut self) -> Result<Option<(FrameHead, Vec<u8>)>, BundleError> {
        let mut bytes = [0; frame::HEAD];
        if self.fill(&mut bytes)? < bytes.len() {
            return Ok(None);
        }
        let Some(head) = FrameHead::from_bytes(bytes) else {
            return Ok(None);
        };
        let len = u64::from(head.len);
        let mut sealed = Vec::new();
        // No more memory than there are bytes: a length is a claim.
        let got = (&mut self.input).take(len).read_to_end(&mut sealed)?;
        self.read += got as u64;
        Ok((got as u64 == len).then_some((head, sealed)))
    }

    /// Reads until full or at the end; how many bytes there were.
    fn fill(&mut self, into: &mut [u8]) -> Result<usize, BundleError> {
        let mut at = 0;
        while let Some(rest) = into.get_mut(at..).filter(|rest| !rest.is_empty()) {
            match self.input.read(rest) {
                Ok(0) => break,
                Ok(got) => at += got,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.read += at as u64;
        Ok(at)
    }
}
