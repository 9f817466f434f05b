// SPDX-License-Identifier: EUPL-1.2
//! A bundle: what an exchange would carry, in one file that travels on a stick.
//!
//! ```text
//! prelude   magic · version · keys wrapped for each recipient · hash of all that
//! frame 0   the opening: who made it, when, the desks of the office, what the centre keeps; signed by who made it
//! frame 1…  one segment each, under the key of its topic
//! last      the closing: that nothing is missing
//! ```
//!
//! Nothing can be read without a recipient's key, and each recipient opens only the topics it may read. A frame is whole by
//! itself: of a file that was cut off, everything before the cut is good. What a segment says is believed for its writer's
//! signature, as on the network; the bundle's own secrecy and signature add to that and replace none of it.

mod frame;
mod open;
mod read;
pub(crate) mod seal;
mod write;

pub use open::Opening;
pub use read::{Next, Reader};
pub use seal::Recipient;
pub use write::Writer;

use crate::certificate::CertificateError;
use crate::sign::SignatureError;
use crate::wire::WireError;

/// What every bundle begins with.
pub const MAGIC: [u8; 16] = *b"sportello bundle";
/// The version that this program writes and reads.
pub const VERSION: u16 = 1;
/// No frame is larger, sealed.
pub const MAX_FRAME: usize = 8 << 20;
/// The wrapped keys take no more: room for some thousand recipients.
const MAX_WRAPS: usize = 2 << 20;
/// No bundle has more keys: one for what everybody reads, one for each topic.
const MAX_KEYS: u8 = 64;
/// The number of the key that every recipient has.
const COMMON: u8 = 0;

/// Why a bundle cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The file or the stick.
    #[error("the file cannot be read or written")]
    Io(#[from] std::io::Error),
    /// Another kind of file.
    #[error("this is not a bundle")]
    NotABundle,
    /// Written by a newer program.
    #[error("the bundle has version {found}, and this program knows {VERSION}")]
    Newer {
        /// Its version.
        found: u16,
    },
    /// It breaks off, or was changed, before anything that could be used.
    #[error("the beginning of the bundle is damaged")]
    Damaged,
    /// It is sealed for others.
    #[error("the bundle is not for this key")]
    NotForUs,
    /// Of another office.
    #[error("a bundle of another office")]
    OtherOffice,
    /// Whoever made it is not shown to be of this office.
    #[error("it is not shown who made the bundle")]
    Sender(#[source] Option<CertificateError>),
    /// The signature of whoever made it does not hold.
    #[error("the signature of whoever made the bundle does not hold")]
    Signature(#[source] SignatureError),
    /// A recipient's key is none.
    #[error("a recipient's key cannot be used")]
    Recipient,
    /// A topic that was not announced.
    #[error("a segment of a topic that the bundle has no key for")]
    Topic,
    /// Something in it cannot be packed.
    #[error(transparent)]
    Wire(#[from] WireError),
}

impl BundleError {
    /// A code of the error catalogue.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "bundle_io",
            Self::NotABundle => "bundle_not_one",
            Self::Newer { .. } => "bundle_newer",
            Self::Damaged => "bundle_damaged",
            Self::NotForUs => "bundle_not_for_us",
            Self::OtherOffice => "bundle_other_office",
            Self::Sender(_) => "bundle_sender",
            Self::Signature(_) => "bundle_signature",
            Self::Recipient | Self::Topic | Self::Wire(_) => "bundle_not_made",
        }
    }
}
