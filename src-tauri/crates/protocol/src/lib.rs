// SPDX-License-Identifier: EUPL-1.2
//! What crosses a border, and nothing else: records and their chain, signatures, certificates, wire messages.
//!
//! Pure: no input or output, no clock, no randomness (salts and keys are given to it). `docs/protocol.md` says the same
//! for people who write another implementation; the golden files in `tests/` hold the two together.

pub mod adopted;
pub mod bundle;
pub mod certificate;
pub mod chain;
pub mod code;
pub mod errands;
pub mod http_signature;
pub mod record;
pub mod relay;
pub mod segment;
pub mod sign;
pub mod slip;
pub mod version;
pub mod wire;
pub mod writer;

pub use certificate::{AcceptedHead, Certificate, EarlierKey, SignedCertificate};
pub use chain::Link;
pub use code::EnrolmentCode;
pub use record::{Body, Head, Record, RecordError};
pub use segment::{ChainError, SegmentError, VerifiedRecord, VerifiedSegment, verify_chain};
pub use sign::{DeskKey, PublicKey, Signature, SignatureError};
pub use writer::{Writer, WriterKeys};
