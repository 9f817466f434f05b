// SPDX-License-Identifier: EUPL-1.2
//! The one door through which others' records come in, from the network or from a stick: nothing is applied before the
//! writer's certificate, the chain from what the desk has, and the writer's signature hold.

use crate::exchange::{LogTrouble, Trouble};
use crate::local::{Identity, Known, Snapshot};
use sportello_domain::ids::{DeskId, OfficeId};
use sportello_domain::meta::Topic;
use sportello_protocol::certificate::may_append;
use sportello_protocol::wire::{LogName, Segment};
use sportello_protocol::{Certificate, Link, PublicKey, SignedCertificate, VerifiedSegment, WriterKeys};
use std::collections::{HashMap, HashSet};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Position {
    pub seq: u64,
    pub link: Link,
}

/// What is taken in, and on whose word.
#[derive(Debug)]
pub(crate) struct Intake {
    office: OfficeId,
    office_key: PublicKey,
    /// How far the desk has each log, with what was taken in since.
    pub have: HashMap<LogName, Position>,
    writers: HashMap<DeskId, Known>,
    /// What a desk brings is held to what its writers may write; the centre did so when it took it.
    strict: bool,
    /// Logs that are not taken any further this time.
    pub skipped: HashSet<LogName>,
    ended: HashMap<DeskId, Vec<(Topic, u64)>>,
}

/// Certificates as they were found to be.
#[derive(Debug, Default)]
pub(crate) struct Met {
    /// Those that the office signed.
    pub sound: Vec<(Certificate, SignedCertificate)>,
    /// Of these, those of a desk that was not known, or newer than what was.
    pub fresh: Vec<(Certificate, SignedCertificate)>,
    /// How many it did not.
    pub bad: u32,
}

impl Intake {
    pub fn new(identity: &Identity, snapshot: &Snapshot) -> Self {
        let position = |seq, link| Position { seq, link };
        Self {
            office: identity.office,
            office_key: identity.office_key,
            have: snapshot
                .have
                .iter()
                .map(|have| (have.log.clone(), position(have.seq, have.link)))
                .collect(),
            writers: snapshot
                .keys
                .iter()
                .map(|known| (known.desk, known.clone()))
                .collect(),
            strict: false,
            skipped: HashSet::new(),
            ended: snapshot
                .ended
                .iter()
                .map(|ended| (ended.desk, ended.accepted.clone()))
                .collect(),
        }
    }

    /// What is taken in is brought by a desk: nobody has looked yet at whether its writers may write there.
    #[must_use]
    pub fn brought_by_a_desk(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Whether a desk is known, and may still write.
    pub fn writer(&self, desk: DeskId) -> Option<&Known> {
        self.writers.get(&desk)
    }

    /// The keys with which this desk itself signs and signed, by its certificate where that is known and bears the key that it has.
    pub fn own_keys(&self, identity: &Identity) -> WriterKeys {
        let key = identity.key.public();
        let known = self.writers.get(&identity.desk).map(|known| &known.keys);
        known
            .filter(|keys| keys.current == key)
            .cloned()
            .unwrap_or_else(|| key.into())
    }

    /// Verifies a segment that adds nothing, from the link before it: for its writer's signature, which may be a newer one.
    pub fn again(&self, segment: Segment, before: Link) -> Option<VerifiedSegment> {
        let keys = self.writer_keys(&segment).ok()?;
        segment.verify(self.office, &keys, before).ok()
    }

    /// Whether a segment brings what a revoked desk wrote after what was accepted of it. (The centre gives what it accepted: it is
    /// not asked of what comes from there.)
    pub fn is_late(&self, segment: &Segment) -> bool {
        let (Some(accepted), Some(topic)) = (self.ended.get(&segment.log.desk_id()), segment.log.topic())
        else {
            return false;
        };
        let until = accepted
            .iter()
            .find(|(of, _)| *of == topic)
            .map_or(0, |(_, seq)| *seq);
        segment.head.seq > until
    }

    /// Believes those certificates that the office signed. An older one never takes the place of a newer one.
    pub fn meet(&mut self, certificates: Vec<SignedCertificate>) -> Met {
        let mut met = Met::default();
        for signed in certificates {
            let Ok(certificate) = signed.verify(self.office, &self.office_key) else {
                met.bad += 1;
                continue;
            };
            let writer = Known {
                desk: certificate.desk_id(),
                keys: certificate.writer_keys(),
                version: certificate.version,
                supervises: certificate.supervises,
                revoked: certificate.revoked,
            };
            let known = self.writers.get(&writer.desk);
            if known.is_none_or(|known| writer.version > known.version) {
                self.writers.insert(writer.desk, writer);
                if let Some(accepted) = certificate.accepted_heads() {
                    self.ended.insert(certificate.desk_id(), accepted);
                }
                met.fresh.push((certificate.clone(), signed.clone()));
            }
            met.sound.push((certificate, signed));
        }
        met
    }

    /// Whether the desk has as many records already as a segment brings; whether they are the same is another question.
    pub fn adds_nothing(&self, segment: &Segment) -> bool {
        let end = segment.from.saturating_add(segment.records.len() as u64);
        let here = self.have.get(&segment.log).map_or(0, |here| here.seq);
        !self.skipped.contains(&segment.log) && segment.from > 0 && end <= here.saturating_add(1)
    }

    /// A segment that adds nothing and ends elsewhere than what is here. When its writer signed it, it is another branch of that log: it
    /// is given back to be kept apart, when it begins at what is here.
    pub fn part(&mut self, segment: Segment, before: Option<Link>) -> Result<VerifiedSegment, LogTrouble> {
        let log = segment.log.clone();
        let verified = match (self.writer_keys(&segment), before) {
            (Err(trouble), _) => Err(trouble),
            (_, None) => Err(Trouble::Unreadable),
            (Ok(keys), Some(before)) => segment
                .verify(self.office, &keys, before)
                .map_err(|error| Trouble::Segment(error.code())),
        };
        self.skipped.insert(log.clone());
        verified.map_err(|trouble| LogTrouble { log, trouble })
    }

    fn writer_keys(&self, segment: &Segment) -> Result<WriterKeys, Trouble> {
        let desk = segment.log.desk_id();
        // The centre writes a log too, under the office's own identifier and key.
        if desk.0 == self.office.0 {
            return Ok(self.office_key.into());
        }
        let writer = self.writers.get(&desk).ok_or(Trouble::UnknownAuthor)?;
        let may = segment
            .log
            .topic()
            .is_some_and(|topic| may_append(writer.supervises, topic, &segment.records));
        if self.strict && !may {
            return Err(Trouble::Segment("topic"));
        }
        Ok(writer.keys.clone())
    }

    /// Verifies one segment; none when nothing in it is new. What cannot be believed is told, and its log passed over for the
    /// rest of the exchange.
    pub fn take_in(&mut self, mut segment: Segment) -> Result<Option<VerifiedSegment>, LogTrouble> {
        if self.skipped.contains(&segment.log) {
            return Ok(None);
        }
        let log = segment.log.clone();
        let verified = match self.trim(&mut segment) {
            Ok(None) => return Ok(None),
            Ok(Some(before)) => match self.writer_keys(&segment) {
                Ok(keys) => segment
                    .verify(self.office, &keys, before)
                    .map_err(|error| Trouble::Segment(error.code())),
                Err(trouble) => Err(trouble),
            },
            Err(trouble) => Err(trouble),
        };
        match verified {
            Ok(verified) => {
                let position = Position {
                    seq: verified.head().seq,
                    link: verified.head().link(),
                };
                self.have.insert(log, position);
                Ok(Some(verified))
            }
            Err(trouble) => {
                self.skipped.insert(log.clone());
                Err(LogTrouble { log, trouble })
            }
        }
    }

    /// The link before what is new in a segment; what the desk has already is taken off. None when nothing is new.
    fn trim(&self, segment: &mut Segment) -> Result<Option<Link>, Trouble> {
        let topic = segment.log.topic().ok_or(Trouble::Segment("topic"))?;
        let genesis = || Link::genesis(self.office, segment.log.desk_id(), topic);
        let here = self.have.get(&segment.log).copied().unwrap_or_else(|| Position {
            seq: 0,
            link: genesis(),
        });
        let end = segment.from.saturating_add(segment.records.len() as u64);
        if end <= here.seq.saturating_add(1) {
            return Ok(None);
        }
        let skip = here
            .seq
            .saturating_add(1)
            .checked_sub(segment.from)
            .ok_or(Trouble::Gap)?;
        // Fewer than there are records: checked just above.
        segment.records.drain(
            ..usize::try_from(skip)
                .unwrap_or(usize::MAX)
                .min(segment.records.len()),
        );
        segment.from += skip;
        Ok(Some(here.link))
    }
}
