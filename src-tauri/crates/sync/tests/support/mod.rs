// SPDX-License-Identifier: EUPL-1.2
//! A desk that keeps its logs in memory, and what tests of the exchange need besides.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

use sportello_domain::event::Event;
use sportello_domain::household::HouseholdNoted;
use sportello_domain::ids::{DeskId, OfficeId};
use sportello_domain::meta::{EntityKind, Topic};
use sportello_protocol::bundle::{Opening, Recipient, Writer};
use sportello_protocol::wire::{
    DeskPresence, Directory, Have, LogAnswer, LogName, Presence, RefusedRecord, Segment, SignedHead,
};
use sportello_protocol::{
    Body, DeskKey, Head, Link, PublicKey, Record, SignedCertificate, VerifiedSegment, WriterKeys,
};
use sportello_sync::{
    Acknowledged, Applied, DirectoryNews, Ended, HaveLog, Identity, Known, LocalLogs, Options, OwnLog, Page,
    Peer, Snapshot,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex};

/// A moment in January 2021.
pub const NOW: i64 = 1_609_754_400_000;

/// The desk's file cannot do it.
#[derive(Debug, thiserror::Error)]
#[error("the disk is full")]
pub struct DiskFull;

#[derive(Clone, Debug, Default)]
pub struct MemoryLog {
    pub records: Vec<Record>,
    pub links: Vec<Link>,
}

#[derive(Clone, Debug, Default)]
pub struct Memory {
    pub logs: BTreeMap<LogName, MemoryLog>,
    pub acknowledged: HashMap<Topic, u64>,
    pub kept: Vec<SignedHead>,
    pub refused: Vec<RefusedRecord>,
    pub directory: u64,
    pub keys: HashMap<DeskId, (u32, WriterKeys)>,
    pub supervising: HashSet<DeskId>,
    pub revoked: HashSet<DeskId>,
    pub vouched: Vec<LogAnswer>,
    pub signed: HashMap<DeskId, SignedCertificate>,
    pub centre_now: Option<i64>,
    pub presences: Vec<DeskPresence>,
    /// Heads that others signed.
    pub heads: HashMap<LogName, Vec<SignedHead>>,
    /// Other branches, by the link at their end.
    pub forks: Vec<(LogName, Link)>,
    /// How far logs of revoked desks were accepted.
    pub ended: Vec<Ended>,
    /// What was set aside.
    pub aside: Vec<Segment>,
    /// Applying fails so many times more.
    pub full: u32,
}

#[derive(Debug)]
pub struct MemoryDesk {
    pub identity: Identity,
    pub memory: Mutex<Memory>,
}

impl MemoryDesk {
    pub fn new(office: OfficeId, office_key: PublicKey, desk: DeskId, key: DeskKey) -> Arc<Self> {
        let identity = Identity {
            office,
            office_key,
            desk,
            key,
        };
        Arc::new(Self {
            identity,
            memory: Mutex::default(),
        })
    }

    /// The same disk in another computer.
    pub fn cloned(&self) -> Arc<Self> {
        Arc::new(Self {
            identity: self.identity.clone(),
            memory: Mutex::new(self.memory.lock().unwrap().clone()),
        })
    }

    /// The same desk, signing with another key.
    pub fn with_key(&self, key: DeskKey) -> Arc<Self> {
        Arc::new(Self {
            identity: Identity {
                key,
                ..self.identity.clone()
            },
            memory: Mutex::new(self.memory.lock().unwrap().clone()),
        })
    }

    pub fn log(&self, topic: Topic) -> LogName {
        LogName::new(self.identity.desk, topic)
    }

    pub fn genesis(&self, log: &LogName) -> Link {
        Link::genesis(self.identity.office, log.desk_id(), log.topic().unwrap())
    }

    /// Writes a note about a household.
    pub fn note(&self, topic: Topic, text: &str) {
        let event = Event::from(HouseholdNoted { text: text.into() });
        self.write(
            topic,
            EntityKind::Household,
            event.kind(),
            &event.encode().unwrap(),
        );
    }

    pub fn notes(&self, topic: Topic, many: u64) {
        for number in 0..many {
            self.note(topic, &format!("nota {number}"));
        }
    }

    /// Writes any record.
    pub fn write(&self, topic: Topic, entity: EntityKind, kind: &str, body: &[u8]) {
        let name = self.log(topic);
        let genesis = self.genesis(&name);
        let mut memory = self.memory.lock().unwrap();
        let log = memory.logs.entry(name).or_default();
        let seq = log.records.len() as u64 + 1;
        let head = Head {
            seq,
            hlc: (u64::try_from(NOW).unwrap() << 16) + seq,
            at: NOW,
            kind: kind.into(),
            version: 1,
            entity_kind: entity.number(),
            entity: [0x41; 16],
            actor: [0x21; 16],
            command: *uuid::Uuid::from_u128(u128::from(seq)).as_bytes(),
        };
        let salt = [u8::try_from(seq % 251).unwrap(); 16];
        let record = Record {
            head: head.to_bytes(),
            body: Body::Present([&salt[..], body].concat()),
        };
        log.links
            .push(record.link(log.links.last().copied().unwrap_or(genesis)));
        log.records.push(record);
    }

    pub fn len(&self, log: &LogName) -> usize {
        self.memory
            .lock()
            .unwrap()
            .logs
            .get(log)
            .map_or(0, |log| log.records.len())
    }

    pub fn own_len(&self, topic: Topic) -> usize {
        self.len(&self.log(topic))
    }

    pub fn acknowledged(&self, topic: Topic) -> u64 {
        self.memory
            .lock()
            .unwrap()
            .acknowledged
            .get(&topic)
            .copied()
            .unwrap_or(0)
    }

    pub fn records(&self, log: &LogName) -> Vec<Record> {
        self.memory
            .lock()
            .unwrap()
            .logs
            .get(log)
            .map(|log| log.records.clone())
            .unwrap_or_default()
    }
}

impl MemoryDesk {
    /// What this desk says at the beginning of a bundle.
    pub fn opening(&self) -> Opening {
        let snapshot = self.snapshot().unwrap();
        let memory = self.memory.lock().unwrap();
        Opening {
            office: *self.identity.office.0.as_bytes(),
            from: *self.identity.desk.0.as_bytes(),
            presence: Presence {
                now: NOW,
                waiting: 0,
                version: "test".into(),
                speaks: Some(3),
            },
            have: snapshot
                .have
                .into_iter()
                .map(|have| Have {
                    log: have.log,
                    seq: have.seq,
                })
                .collect(),
            directory: Directory {
                version: memory.directory,
                certificates: memory.signed.values().cloned().collect(),
                presences: Vec::new(),
            },
            kept: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// A part of the desk's own log.
    pub fn segment(&self, topic: Topic, from: u64, to: u64) -> Segment {
        let memory = self.memory.lock().unwrap();
        let log = &memory.logs[&self.log(topic)];
        let at = |seq: u64| usize::try_from(seq).unwrap();
        Segment::sign(
            &self.identity.key,
            self.identity.office,
            self.log(topic),
            topic,
            from,
            log.records[at(from - 1)..at(to)].to_vec(),
            log.links[at(to - 1)],
        )
    }

    /// A bundle of these segments for the centre and for others.
    pub fn bundle(&self, others: &[Recipient], segments: &[Segment]) -> Vec<u8> {
        let office = Recipient {
            key: self.identity.office_key,
            topics: Topic::ALL.to_vec(),
        };
        let recipients: Vec<Recipient> = std::iter::once(office).chain(others.iter().cloned()).collect();
        bundle_of(&self.identity.key, &self.opening(), &recipients, segments)
    }
}

/// A bundle by anybody.
pub fn bundle_of(
    key: &DeskKey,
    opening: &Opening,
    recipients: &[Recipient],
    segments: &[Segment],
) -> Vec<u8> {
    let mut writer = Writer::begin(Vec::new(), recipients, &Topic::ALL, &[42; 32], key, opening).unwrap();
    for segment in segments {
        writer.segment(segment).unwrap();
    }
    writer.end().unwrap()
}

pub fn small_pages() -> Options {
    Options {
        page_records: 3,
        page_bytes: 1 << 20,
        pull_budget: 1,
        version: "test".into(),
        peer: Peer::Centre,
    }
}

impl LocalLogs for MemoryDesk {
    type Error = DiskFull;

    fn snapshot(&self) -> Result<Snapshot, DiskFull> {
        let memory = self.memory.lock().unwrap();
        let own = memory
            .logs
            .iter()
            .filter(|(name, _)| name.desk_id() == self.identity.desk)
            .map(|(name, log)| {
                let topic = name.topic().unwrap();
                let acknowledged = memory.acknowledged.get(&topic).copied().unwrap_or(0);
                OwnLog {
                    topic,
                    seq: log.records.len() as u64,
                    acknowledged,
                }
            });
        let have = memory.logs.iter().filter_map(|(name, log)| {
            Some(HaveLog {
                log: name.clone(),
                seq: log.records.len() as u64,
                link: *log.links.last()?,
            })
        });
        Ok(Snapshot {
            own: own.collect(),
            have: have.collect(),
            directory: memory.directory,
            keys: memory
                .keys
                .iter()
                .map(|(desk, (version, key))| Known {
                    desk: *desk,
                    keys: key.clone(),
                    version: *version,
                    supervises: memory.supervising.contains(desk),
                    revoked: memory.revoked.contains(desk),
                })
                .collect(),
            centre_now: memory.centre_now,
            ended: memory.ended.clone(),
        })
    }

    fn read_own(
        &self,
        topic: Topic,
        from: u64,
        max_bytes: usize,
        max_records: usize,
    ) -> Result<Page, DiskFull> {
        let memory = self.memory.lock().unwrap();
        let log = &memory.logs[&self.log(topic)];
        let (mut records, mut weight) = (Vec::new(), 0);
        let start = usize::try_from(from - 1).unwrap();
        for record in log.records.iter().skip(start).take(max_records) {
            if weight > 0 && weight + record.weight() > max_bytes {
                break;
            }
            weight += record.weight();
            records.push(record.clone());
        }
        let link = log.links[start + records.len() - 1];
        Ok(Page { records, link })
    }

    fn own_link(&self, topic: Topic, seq: u64) -> Result<Option<Link>, DiskFull> {
        let memory = self.memory.lock().unwrap();
        let log = memory.logs.get(&self.log(topic));
        Ok(log.and_then(|log| log.links.get(usize::try_from(seq - 1).unwrap()).copied()))
    }

    fn link_of(&self, log: &LogName, seq: u64) -> Result<Option<Link>, DiskFull> {
        let Some(before) = seq.checked_sub(1) else {
            return Ok(Some(self.genesis(log)));
        };
        let memory = self.memory.lock().unwrap();
        let log = memory.logs.get(log);
        Ok(log.and_then(|log| log.links.get(usize::try_from(before).unwrap()).copied()))
    }

    fn signed_head(&self, log: &LogName) -> Result<Option<SignedHead>, DiskFull> {
        let memory = self.memory.lock().unwrap();
        Ok(memory.heads.get(log).and_then(|heads| heads.last()).cloned())
    }

    fn vouch(&self, kept: &[LogAnswer]) -> Result<(), DiskFull> {
        self.memory.lock().unwrap().vouched.extend_from_slice(kept);
        Ok(())
    }

    fn carry(&self, log: &LogName, from: u64, _: usize) -> Result<Option<Segment>, DiskFull> {
        let memory = self.memory.lock().unwrap();
        let head = memory.heads.get(log).and_then(|heads| heads.last());
        let at = |seq: u64| usize::try_from(seq).unwrap();
        Ok(head.filter(|head| head.seq >= from).map(|head| Segment {
            log: log.clone(),
            from,
            records: memory.logs[log].records[at(from - 1)..at(head.seq)].to_vec(),
            head: head.clone(),
        }))
    }

    fn acknowledge(&self, logs: &[Acknowledged], refused: &[RefusedRecord]) -> Result<(), DiskFull> {
        let mut memory = self.memory.lock().unwrap();
        for log in logs {
            memory.acknowledged.insert(log.topic, log.seq);
            memory.kept.extend(log.kept.clone());
        }
        memory.refused.extend_from_slice(refused);
        Ok(())
    }

    fn learn(&self, news: &DirectoryNews) -> Result<(), DiskFull> {
        let mut memory = self.memory.lock().unwrap();
        memory.directory = news.version;
        if news.centre_now.is_some() {
            memory.presences.clone_from(&news.presences);
        }
        for (certificate, signed) in &news.certificates {
            memory.signed.insert(certificate.desk_id(), signed.clone());
            let new = (certificate.version, certificate.writer_keys());
            if certificate.supervises {
                memory.supervising.insert(certificate.desk_id());
            }
            if certificate.revoked {
                memory.revoked.insert(certificate.desk_id());
            }
            if let Some(accepted) = certificate.accepted_heads() {
                memory.ended.push(Ended {
                    desk: certificate.desk_id(),
                    accepted,
                });
            }
            let known = memory
                .keys
                .entry(certificate.desk_id())
                .or_insert_with(|| new.clone());
            if new.0 > known.0 {
                *known = new;
            }
        }
        memory.centre_now = news.centre_now.or(memory.centre_now);
        Ok(())
    }

    fn set_aside(&self, late: Vec<Segment>) -> Result<(), DiskFull> {
        self.memory.lock().unwrap().aside.extend(late);
        Ok(())
    }

    fn apply(&self, segments: Vec<VerifiedSegment>) -> Result<Applied, DiskFull> {
        let mut memory = self.memory.lock().unwrap();
        if memory.full > 0 {
            memory.full -= 1;
            return Err(DiskFull);
        }
        let mut applied = Applied::default();
        for segment in segments {
            let (name, head) = (segment.log().clone(), segment.head().clone());
            let log = memory.logs.entry(name.clone()).or_default();
            let at = usize::try_from(head.seq).unwrap() - 1;
            if log.links.get(at) == Some(&head.link()) {
                // Nothing new but the writer's signature.
                memory.heads.entry(name).or_default().push(head);
                continue;
            }
            if head.seq <= log.records.len() as u64 {
                memory.forks.push((name.clone(), head.link()));
                applied.stopped.push((name, "fork".into()));
                continue;
            }
            assert_eq!(
                log.records.len() as u64 + 1,
                segment.from(),
                "only what follows is ever given to be applied"
            );
            for verified in segment.into_records() {
                log.links.push(verified.link);
                log.records.push(verified.record);
                applied.records += 1;
            }
            memory.heads.entry(name).or_default().push(head);
        }
        Ok(applied)
    }
}
