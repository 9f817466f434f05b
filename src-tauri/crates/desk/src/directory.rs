// SPDX-License-Identifier: EUPL-1.2
//! Who is in the office: the desks by their certificates, and when the centre last heard of each.

use crate::error::DeskError;
use crate::heard::Heard;
use crate::view::DeskName;
use sportello_domain::ids::{DeskId, SiteId};
use sportello_domain::meta::Topic;
use sportello_domain::time::Timestamp;
use sportello_protocol::wire::LogName;
use sportello_protocol::{Certificate, PublicKey, SignedCertificate, WriterKeys};
use sportello_store::{Reads, StoreError, WriteTx};
use std::collections::BTreeMap;

/// A desk as its certificate and the centre describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Its identifier.
    pub id: DeskId,
    /// Its name.
    pub name: String,
    /// Its site.
    pub site: SiteId,
    /// The keys with which it signs and signed.
    pub keys: WriterKeys,
    /// When its certificate was made.
    pub issued_at: Timestamp,
    /// Its certificate's version.
    pub certificate: u32,
    /// What it reads.
    pub reads: Vec<Topic>,
    /// May not write any more.
    pub revoked: bool,
    /// Supervisors sit there.
    pub supervises: bool,
    /// The desks that the office put in its place, once it was revoked.
    pub replaced_by: Vec<DeskId>,
    /// How far each of its logs was accepted when it was revoked; none where that is not known.
    pub accepted: Option<Vec<(Topic, u64)>>,
    /// When it was last heard of, by the centre's clock: by the centre, or by this very desk (a stick, the seat's own network).
    pub seen_at: Option<Timestamp>,
    /// Records that it said were waiting then; of what this desk heard by itself, those that are not here.
    pub waiting: u64,
    /// How far its clock is from the centre's, milliseconds.
    pub skew: i64,
    /// Its program's version.
    pub version: String,
}

impl Neighbour {
    /// Its key: what is sealed for it is sealed to this one.
    pub fn key(&self) -> &PublicKey {
        &self.keys.current
    }

    /// The number of its key: 1 for the one with which it was enrolled.
    pub fn key_number(&self) -> u32 {
        u32::try_from(1 + self.keys.earlier.len()).unwrap_or(u32::MAX)
    }

    /// Since when it has its key: since it changed it, or since its certificate was made.
    pub fn key_since(&self) -> Timestamp {
        let changed = self.keys.earlier.last();
        changed.map_or(self.issued_at, |earlier| Timestamp(earlier.until))
    }

    /// The keys with which it signed a paper of this time (milliseconds since 1970), as far as is known: the one that it has, and those
    /// that it still had then. A slip is on paper and cannot be signed anew.
    pub fn keys_at(&self, at: i64) -> Vec<PublicKey> {
        let then = self.keys.earlier.iter().filter(|earlier| at <= earlier.until);
        let mut keys = vec![self.keys.current];
        keys.extend(then.map(|earlier| earlier.key));
        keys
    }
}

/// Keeps a certificate that the office signed, unless a newer one of that desk is here. Where it is for another key than was known, the
/// heads that the old key signed beyond what the new certificate says go: nobody would believe them. True when it was kept.
pub(crate) fn keep_certificate(
    tx: &mut WriteTx<'_>,
    certificate: &Certificate,
    signed: &SignedCertificate,
) -> Result<bool, StoreError> {
    let desk = certificate.desk_id();
    let known = tx.reads()?.certificate(desk)?;
    let mut bytes = Vec::new();
    // Writing into a vector cannot fail.
    let _ = minicbor::encode(signed, &mut bytes);
    if !tx.keep_certificate(desk, certificate.version, &bytes)? {
        return Ok(false);
    }
    let before = known
        .and_then(|row| minicbor::decode::<SignedCertificate>(&row.bytes).ok())
        .and_then(|signed| minicbor::decode::<Certificate>(&signed.bytes).ok());
    if before.is_some_and(|before| before.key != certificate.key) {
        let keys = certificate.writer_keys();
        for topic in Topic::ALL {
            if let Some(until) = keys.settled_until(topic) {
                tx.forget_heads(&LogName::new(desk, topic), until)?;
            }
        }
    }
    Ok(true)
}

/// All desks of the office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    desks: BTreeMap<DeskId, Neighbour>,
}

impl Directory {
    /// As it is kept.
    pub fn read(reads: &Reads<'_>) -> Result<Self, DeskError> {
        let mut desks = BTreeMap::new();
        for row in reads.certificates()? {
            // They were verified when they came; the file is authenticated.
            let Ok(signed) = minicbor::decode::<SignedCertificate>(&row.bytes) else {
                continue;
            };
            let Ok(certificate) = minicbor::decode::<Certificate>(&signed.bytes) else {
                continue;
            };
            let id = certificate.desk_id();
            desks.insert(
                id,
                Neighbour {
                    id,
                    site: certificate.site_id(),
                    keys: certificate.writer_keys(),
                    issued_at: Timestamp(certificate.issued_at),
                    certificate: certificate.version,
                    reads: certificate.topics(),
                    revoked: certificate.revoked,
                    supervises: certificate.supervises,
                    replaced_by: certificate.successors().collect(),
                    accepted: certificate.accepted_heads(),
                    name: certificate.name,
                    seen_at: None,
                    waiting: 0,
                    skew: 0,
                    version: String::new(),
                },
            );
        }
        for presence in reads.presences()? {
            if let Some(desk) = desks.get_mut(&presence.desk) {
                desk.seen_at = (presence.seen_at.0 > 0).then_some(presence.seen_at);
                desk.waiting = presence.waiting;
                desk.skew = presence.skew;
                desk.version = presence.version;
            }
        }
        // What was heard here by itself, when it is later than what the centre heard.
        for desk in desks.values_mut() {
            if let Some(heard) = Heard::read(reads, desk.id)?
                && desk.seen_at.is_none_or(|seen| seen < heard.at)
            {
                desk.seen_at = Some(heard.at);
                desk.waiting = heard.lacking;
                desk.version = heard.version;
            }
        }
        Ok(Self { desks })
    }

    /// A desk.
    pub fn desk(&self, id: DeskId) -> Option<&Neighbour> {
        self.desks.get(&id)
    }

    /// Every desk, by identifier.
    pub fn all(&self) -> impl Iterator<Item = &Neighbour> {
        self.desks.values()
    }

    /// A desk's name; the beginning of its identifier while its certificate has not come.
    pub fn name(&self, id: DeskId) -> DeskName {
        let name = self
            .desk(id)
            .map_or_else(|| id.to_string()[..8].to_owned(), |desk| desk.name.clone());
        DeskName { id, name }
    }

    /// Whether a desk came in the place of another, or of one that came in its place.
    pub fn replaces(&self, new: DeskId, old: DeskId) -> bool {
        let mut open = vec![old];
        let mut seen = Vec::new();
        while let Some(desk) = open.pop() {
            let successors = self.desk(desk).map_or(&[][..], |desk| &desk.replaced_by);
            if successors.contains(&new) {
                return true;
            }
            seen.push(desk);
            open.extend(successors.iter().filter(|next| !seen.contains(next)));
        }
        false
    }

    /// The desk that serves at a site and reads a topic: the first by name, so that every desk chooses the same.
    pub fn desk_for_site(&self, site: SiteId, topic: Topic) -> Option<DeskId> {
        self.serving(topic)
            .filter(|desk| desk.site == site)
            .min_by(|a, b| a.name.cmp(&b.name))
            .map(|desk| desk.id)
    }

    /// Desks that serve people of a topic.
    pub fn serving(&self, topic: Topic) -> impl Iterator<Item = &Neighbour> {
        self.desks
            .values()
            .filter(move |desk| !desk.revoked && !desk.supervises && desk.reads.contains(&topic))
    }
}
