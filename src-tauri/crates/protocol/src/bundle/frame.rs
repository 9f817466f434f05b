// SPDX-License-Identifier: EUPL-1.2
//! Frames: each is sealed by itself (ChaCha20-Poly1305, RFC 8439) and bound to its bundle and its place in it.

use super::seal::FrameKey;
use super::{BundleError, MAX_FRAME};
use crate::chain::Hash;
use crate::wire::{pack, unpack};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

/// Bytes before a frame's sealed content.
pub(super) const HEAD: usize = 6;
const LAST: u8 = 1;

/// What stands before the sealed content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FrameHead {
    /// Nothing comes after it.
    pub last: bool,
    /// The key it is sealed with.
    pub key: u8,
    /// Bytes of sealed content.
    pub len: u32,
}

impl FrameHead {
    pub fn to_bytes(self) -> [u8; HEAD] {
        let len = self.len.to_be_bytes();
        [u8::from(self.last), self.key, len[0], len[1], len[2], len[3]]
    }

    /// None for what no frame begins with.
    pub fn from_bytes(bytes: [u8; HEAD]) -> Option<Self> {
        let [flags, key, a, b, c, d] = bytes;
        let len = u32::from_be_bytes([a, b, c, d]);
        let sound = flags <= LAST && usize::try_from(len).is_ok_and(|len| len <= MAX_FRAME);
        sound.then_some(Self {
            last: flags == LAST,
            key,
            len,
        })
    }
}

/// What a frame is bound to: its bundle, its head and its number.
fn bound(prelude: &Hash, head: FrameHead) -> Vec<u8> {
    [&prelude[..], &head.to_bytes()].concat()
}

/// No two frames of a bundle have the same number, and no two bundles a key: no nonce comes twice.
fn nonce(number: u64) -> Nonce {
    let mut nonce = [0; 12];
    nonce[4..].copy_from_slice(&number.to_be_bytes());
    nonce.into()
}

fn cipher(key: &FrameKey) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(Key::from_slice(&key.key))
}

/// A frame's head and sealed content.
pub(super) fn seal<T: Encode<()>>(
    prelude: &Hash,
    key: &FrameKey,
    number: u64,
    last: bool,
    item: &T,
) -> Result<([u8; HEAD], Vec<u8>), BundleError> {
    const TAG: usize = 16;
    let plain = Zeroizing::new(pack(item)?);
    if plain.len() > MAX_FRAME - TAG {
        return Err(crate::wire::WireError::TooLarge.into());
    }
    let head = FrameHead {
        last,
        key: key.number,
        // Held by the limit just above.
        len: u32::try_from(plain.len() + TAG).unwrap_or(u32::MAX),
    };
    let aad = bound(prelude, head);
    let payload = Payload {
        msg: &plain,
        aad: &aad,
    };
    // It fails for messages of many gigabytes only.
    let sealed = cipher(key)
        .encrypt(&nonce(number), payload)
        .map_err(|_| crate::wire::WireError::TooLarge)?;
    Ok((head.to_bytes(), sealed))
}

/// What is in a frame; none when it was changed, or is not what it should be.
pub(super) fn open<T: for<'b> Decode<'b, ()>>(
    prelude: &Hash,
    key: &FrameKey,
    number: u64,
    head: FrameHead,
    sealed: &[u8],
) -> Option<T> {
    let aad = bound(prelude, head);
    let payload = Payload {
        msg: sealed,
        aad: &aad,
    };
    let plain = Zeroizing::new(cipher(key).decrypt(&nonce(number), payload).ok()?);
    unpack(&plain).ok()
}
