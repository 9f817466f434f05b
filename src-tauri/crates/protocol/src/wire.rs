// SPDX-License-Identifier: EUPL-1.2
//! The messages of an exchange. Each is one CBOR item in one zstd frame; unknown trailing fields are passed over, so that
//! a newer side can say more to an older one.

use crate::certificate::SignedCertificate;
use crate::chain::Link;
use crate::code::EnrolmentCode;
use crate::record::Record;
use crate::sign::{DeskKey, PURPOSE_ENROL, PublicKey, Signature, SignatureError};
use crate::version::Versions;
use minicbor::{Decode, Encode};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use uuid::Uuid;

/// No message is larger once unpacked.
pub const MAX_MESSAGE: usize = 32 << 20;
/// No message asks its reader for a larger window (2 to this power bytes).
const MAX_WINDOW_LOG: u32 = 23;
/// Media type of a message.
pub const CONTENT_TYPE: &str = "application/vnd.sportello.v1+cbor+zstd";

/// Names a log: who writes it, and its topic.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(array)]
pub struct LogName {
    /// The desk.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub desk: [u8; 16],
    /// The topic, by name.
    #[n(1)]
    pub topic: String,
}

impl LogName {
    /// The log of a desk in a topic.
    pub fn new(desk: DeskId, topic: Topic) -> Self {
        Self {
            desk: *desk.0.as_bytes(),
            topic: topic.to_string(),
        }
    }

    /// The desk that writes it.
    pub fn desk_id(&self) -> DeskId {
        DeskId(Uuid::from_bytes(self.desk))
    }

    /// The topic, if this version knows it.
    pub fn topic(&self) -> Option<Topic> {
        self.topic.parse().ok()
    }
}

/// A log's head with the signature of whoever hands it over.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct SignedHead {
    /// The sequence of the last record meant.
    #[n(0)]
    pub seq: u64,
    /// The link after it.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub link: [u8; 32],
    /// Over `sign::head_message`.
    #[n(2)]
    pub signature: Signature,
}

impl SignedHead {
    /// The link.
    pub fn link(&self) -> Link {
        Link(self.link)
    }
}

/// Consecutive records of one log.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Segment {
    /// The log.
    #[n(0)]
    pub log: LogName,
    /// The sequence of the first record.
    #[n(1)]
    pub from: u64,
    /// The records.
    #[n(2)]
    pub records: Vec<Record>,
    /// The writer's signature over the link after the last record here.
    #[n(3)]
    pub head: SignedHead,
}

/// How far somebody has a log.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Have {
    /// The log.
    #[n(0)]
    pub log: LogName,
    /// The last sequence.
    #[n(1)]
    pub seq: u64,
}

/// `POST /v1/enrol`: a desk introduces itself with the code it was given. The only request that is not signed by a known key.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Enrol {
    /// The one-time code.
    #[n(0)]
    pub code: String,
    /// The desk's new public key.
    #[n(1)]
    pub key: PublicKey,
    /// The desk's signature over code and key, showing that it has the key.
    #[n(2)]
    pub proof: Signature,
    /// The desk's clock, milliseconds since 1970 (UTC).
    #[n(3)]
    pub now: i64,
    /// The desk as which the file that asks was written so far: the code has to be for its successor, or is not used up.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub instead_of: Option<[u8; 16]>,
    /// The newest version of the protocol that the program speaks; one that does not say it speaks no newer one than 2.
    #[n(5)]
    pub speaks: Option<u16>,
}

impl Enrol {
    /// A request to be enrolled. `now` is the desk's clock.
    pub fn new(code: &EnrolmentCode, key: &DeskKey, now: i64) -> Self {
        let proof = key.sign(PURPOSE_ENROL, &Self::proof_message(code.as_str(), &key.public()));
        Self {
            code: code.as_str().to_owned(),
            key: key.public(),
            proof,
            now,
            instead_of: None,
            speaks: None,
        }
    }

    /// The same of a file that was written as another desk so far.
    #[must_use]
    pub fn instead_of(self, old: DeskId) -> Self {
        Self {
            instead_of: Some(*old.0.as_bytes()),
            ..self
        }
    }

    /// The same, saying what this program speaks.
    #[must_use]
    pub fn speaking(self) -> Self {
        Self {
            speaks: Some(Versions::OURS.newest),
            ..self
        }
    }

    /// Whether whoever asks has the key.
    pub fn verify(&self) -> Result<(), SignatureError> {
        self.key.verify(
            PURPOSE_ENROL,
            &Self::proof_message(&self.code, &self.key),
            &self.proof,
        )
    }

    fn proof_message(code: &str, key: &PublicKey) -> Vec<u8> {
        [&key.0[..], code.as_bytes()].concat()
    }
}

/// The answer to [`Enrol`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Enrolled {
    /// The office's public key, which the desk trusts from now on.
    #[n(0)]
    pub office_key: PublicKey,
    /// The office's name.
    #[n(1)]
    pub office_name: String,
    /// The desk's certificate.
    #[n(2)]
    pub certificate: SignedCertificate,
    /// The centre's clock.
    #[n(3)]
    pub now: i64,
    /// The certificate of the desk in whose place this one comes, when it asked as such: it names this one as a successor.
    #[n(4)]
    pub replaced: Option<SignedCertificate>,
}

/// `POST /v1/readmit`: a desk shows its certificate to a centre that came back from a backup older than the enrolment. The
/// request is signed by the key in the certificate; the answer is [`Enrolled`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Readmit {
    /// The desk's certificate, as the office signed it.
    #[n(0)]
    pub certificate: SignedCertificate,
}

/// What a desk tells of itself with each exchange.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Presence {
    /// The desk's clock, milliseconds since 1970 (UTC).
    #[n(0)]
    pub now: i64,
    /// Records that the centre has not yet acknowledged.
    #[n(1)]
    pub waiting: u64,
    /// The program's version.
    #[n(2)]
    pub version: String,
    /// The newest version of the protocol that the program speaks; one that does not say it speaks no newer one than 2.
    #[n(3)]
    pub speaks: Option<u16>,
}

/// `POST /v1/push`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Push {
    /// Who speaks.
    #[n(0)]
    pub presence: Presence,
    /// What it wrote.
    #[n(1)]
    pub segments: Vec<Segment>,
}

/// One record that the centre keeps and does not accept.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct RefusedRecord {
    /// The log.
    #[n(0)]
    pub log: LogName,
    /// The record.
    #[n(1)]
    pub seq: u64,
    /// Why: a code of the error catalogue.
    #[n(2)]
    pub code: String,
}

/// What became of one log of a push.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct LogAnswer {
    /// The log.
    #[n(0)]
    pub log: LogName,
    /// The last sequence that the centre has: the next push begins after it.
    #[n(1)]
    pub seq: u64,
    /// The link after it, signed by the centre: it kept what it says.
    #[n(2)]
    pub kept: Option<SignedHead>,
    /// Why no more was taken: `gap`, `fork`, `signature`, `chain`, `too_large`, `topic`, `unknown_desk`, `revoked`; none when
    /// all was.
    #[n(3)]
    pub stopped: Option<String>,
}

/// The answer to [`Push`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PushAnswer {
    /// The centre's clock.
    #[n(0)]
    pub now: i64,
    /// One for each segment.
    #[n(1)]
    pub logs: Vec<LogAnswer>,
    /// Records kept and not accepted.
    #[n(2)]
    pub refused: Vec<RefusedRecord>,
}

/// `POST /v1/pull`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Pull {
    /// Who speaks.
    #[n(0)]
    pub presence: Presence,
    /// What it has already, of the topics it may read. Logs not named are wanted from the beginning.
    #[n(1)]
    pub have: Vec<Have>,
    /// About how many bytes of records it wants at once.
    #[n(2)]
    pub budget: u32,
    /// The directory version that it has.
    #[n(3)]
    pub directory: u64,
}

/// The answer to [`Pull`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PullAnswer {
    /// The centre's clock.
    #[n(0)]
    pub now: i64,
    /// What the desk did not have, oldest first within each log.
    #[n(1)]
    pub segments: Vec<Segment>,
    /// How many records are still to come after these.
    #[n(2)]
    pub remaining: u64,
    /// The centre's head of each of the asking desk's own logs, signed.
    #[n(3)]
    pub own: Vec<LogAnswer>,
    /// Who is in the office; without certificates when the desk has this version of them already.
    #[n(4)]
    pub directory: Option<Directory>,
    /// Of a relay: what the centre signed of the asking desk's own logs, when the relay handed them on. None of the centre.
    #[n(5)]
    pub vouched: Option<Vec<LogAnswer>>,
    /// For a desk where supervisors sit: how many segments are set aside at the centre for their decision.
    #[n(6)]
    pub aside: Option<u32>,
}

/// Names records that are set aside: their log, and the link after the last of them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AsideMark {
    /// The log.
    #[n(0)]
    pub log: LogName,
    /// The link.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub link: [u8; 32],
}

/// `POST /v1/aside`: a desk where supervisors sit asks for what waits for their decision.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct AsideRequest {
    /// Who speaks.
    #[n(0)]
    pub presence: Presence,
    /// What it has already.
    #[n(1)]
    pub have: Vec<AsideMark>,
}

/// The answer to [`AsideRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct AsideAnswer {
    /// The centre's clock.
    #[n(0)]
    pub now: i64,
    /// Records that came late, or are another branch of their log, each under a head that their writer signed.
    #[n(1)]
    pub segments: Vec<Segment>,
    /// How many more there are.
    #[n(2)]
    pub remaining: u64,
}

/// Who is in the office, and when each was last heard of.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Directory {
    /// Rises with each change of certificates.
    #[n(0)]
    pub version: u64,
    /// Every desk's certificate, revoked ones too; empty when the desk has this version already.
    #[n(1)]
    pub certificates: Vec<SignedCertificate>,
    /// What is known of each desk.
    #[n(2)]
    pub presences: Vec<DeskPresence>,
}

/// When a desk was last heard of.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct DeskPresence {
    /// The desk.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub desk: [u8; 16],
    /// When, by the centre's clock; 0 when never.
    #[n(1)]
    pub seen_at: i64,
    /// Records it said were waiting then.
    #[n(2)]
    pub waiting: u64,
    /// How far its clock is from the centre's, milliseconds (positive: ahead).
    #[n(3)]
    pub skew: i64,
    /// The program's version.
    #[n(4)]
    pub version: String,
}

/// Any error of the centre, with its HTTP status.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Problem {
    /// A code of the error catalogue.
    #[n(0)]
    pub code: String,
    /// For the log of the one who asked; no personal data.
    #[n(1)]
    pub detail: String,
    /// The centre's clock.
    #[n(2)]
    pub now: i64,
}

/// Why a message cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// Not a zstd frame, or broken off.
    #[error("a message cannot be unpacked")]
    Unpack(#[source] std::io::Error),
    /// Larger than any may be.
    #[error("a message is larger than {MAX_MESSAGE} bytes")]
    TooLarge,
    /// Not the message that was expected.
    #[error("a message cannot be read")]
    Decode(#[source] minicbor::decode::Error),
    /// Cannot be packed.
    #[error("a message cannot be packed")]
    Pack(#[source] std::io::Error),
}

/// Packs a message.
pub fn pack<T: Encode<()>>(message: &T) -> Result<Vec<u8>, WireError> {
    let mut plain = Vec::with_capacity(4096);
    // Writing into a vector cannot fail, and every field has an encoding.
    let _ = minicbor::encode(message, &mut plain);
    if plain.len() > MAX_MESSAGE {
        return Err(WireError::TooLarge);
    }
    zstd::bulk::compress(&plain, 3).map_err(WireError::Pack)
}

/// Unpacks a message; never makes more than [`MAX_MESSAGE`] bytes out of it.
pub fn unpack<T: for<'b> Decode<'b, ()>>(packed: &[u8]) -> Result<T, WireError> {
    use std::io::Read;
    let mut plain = Vec::new();
    let mut decoder = zstd::stream::read::Decoder::new(packed).map_err(WireError::Unpack)?;
    // A frame may ask for a window of its own choice: no more memory than that of our own frames.
    decoder
        .window_log_max(MAX_WINDOW_LOG)
        .map_err(WireError::Unpack)?;
    decoder
        .take(MAX_MESSAGE as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(WireError::Unpack)?;
    if plain.len() > MAX_MESSAGE {
        return Err(WireError::TooLarge);
    }
    minicbor::decode(&plain).map_err(WireError::Decode)
}
