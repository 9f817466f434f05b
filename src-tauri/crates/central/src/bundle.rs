// SPDX-License-Identifier: EUPL-1.2
//! Exchange by stick: what a desk's file brings is judged as a push is, and a file for desks holds what a pull would have
//! given, with the centre's signature on what it keeps of their logs.

use crate::error::CentralError;
use crate::give::PAGE;
use crate::office::{Central, Office};
use crate::take::answer_for;
use crate::vault::{LogRow, PresenceRow};
use crate::who::{speaks_of, version_of};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_protocol::Certificate;
use sportello_protocol::bundle::{Next, Opening, Reader, Recipient, Writer};
use sportello_protocol::version::Versions;
use sportello_protocol::wire::{Have, LogAnswer, LogName, Presence, Push, RefusedRecord, Segment};
use std::collections::BTreeSet;
use std::io::{Read, Write};

/// What a desk's file brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BundleTaken {
    /// The desk that made it, with its name; none for the centre itself.
    pub from: Option<(DeskId, String)>,
    /// When, by that desk's clock, milliseconds since 1970.
    pub made_at: i64,
    /// Records in it.
    pub records: u64,
    /// Of these, those that were new.
    pub new: u64,
    /// Parts that were damaged.
    pub damaged: u64,
    /// Nothing is missing.
    pub whole: bool,
    /// Logs of which no more was taken, and why: a code of the protocol.
    pub stopped: Vec<(LogName, String)>,
    /// Records kept and not accepted.
    pub refused: Vec<RefusedRecord>,
}

/// What a file for desks holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BundleWritten {
    /// Names of the desks that can open it.
    pub desks: Vec<String>,
    /// Records in it.
    pub records: u64,
    /// Logs of which it says how far the centre keeps them.
    pub acknowledged: u64,
}

impl Central {
    /// Who made a file, when, and what that desk has: for a file that answers it.
    pub fn open_bundle(&self, input: impl Read) -> Result<Opening, CentralError> {
        let office = self.office()?;
        Ok(Reader::open(input, &office.key, office.id(), &office.key.public())?.1)
    }

    /// Takes in what a desk's file brings. Taking it in again changes nothing more.
    pub fn take_bundle(&self, input: impl Read) -> Result<BundleTaken, CentralError> {
        let office = self.office()?;
        let (mut reader, opening) = Reader::open(input, &office.key, office.id(), &office.key.public())?;
        let mut taken = BundleTaken {
            from: self.welcome(&office, &opening)?,
            made_at: opening.presence.now,
            ..BundleTaken::default()
        };
        let before = self.vault().counts()?.records;
        let (mut segments, mut weight) = (Vec::new(), 0);
        loop {
            match reader.next()? {
                Next::Segment(segment) => {
                    weight += segment.weight();
                    segments.push(*segment);
                }
                // Every topic is sealed for the centre: what it cannot open was not made as it should be.
                Next::Other | Next::Damaged => taken.damaged += 1,
                Next::End { whole } => {
                    taken.whole = whole && taken.damaged == 0;
                    break;
                }
            }
            if weight > PAGE {
                self.take_portion(&office, std::mem::take(&mut segments), &mut taken)?;
                weight = 0;
            }
        }
        self.take_portion(&office, segments, &mut taken)?;
        taken.new = self.vault().counts()?.records.saturating_sub(before);
        self.hear(&opening)?;
        tracing::info!(
            new = taken.new,
            stopped = taken.stopped.len(),
            whole = taken.whole,
            "bundle taken in"
        );
        Ok(taken)
    }

    /// Who made a bundle. A desk that this centre has forgotten is taken in again by its certificate, as on the network.
    fn welcome(&self, office: &Office, opening: &Opening) -> Result<Option<(DeskId, String)>, CentralError> {
        let Some(desk) = opening.desk() else {
            return Ok(None);
        };
        let key = office.key.public();
        let certificate = opening.maker(office.id(), &key)?;
        let verifies = |signed: &&sportello_protocol::SignedCertificate| {
            signed
                .verify(office.id(), &key)
                .is_ok_and(|read| read == certificate)
        };
        if let Some(signed) = opening.directory.certificates.iter().find(verifies) {
            // What a revoked desk wrote is judged record by record, as everybody's.
            self.readmit(&certificate, signed)?;
        }
        Ok(Some((desk, certificate.name)))
    }

    /// A desk was at work when it made a file: as of then it is known, as if it had asked. Its clock is believed as far as it was right when
    /// it last asked, and nobody speaks later than now.
    fn hear(&self, opening: &Opening) -> Result<(), CentralError> {
        let Some(desk) = opening.desk() else {
            return Ok(());
        };
        let known = self
            .vault()
            .presences()?
            .into_iter()
            .find(|known| known.desk == desk);
        let skew = known.as_ref().map_or(0, |known| known.skew);
        let at = opening.presence.now.saturating_sub(skew).min(self.now());
        if known.is_some_and(|known| known.seen_at >= at) {
            return Ok(());
        }
        let mut waiting = 0;
        for have in opening.have.iter().filter(|have| have.log.desk_id() == desk) {
            let kept = self.vault().log(&have.log)?.map_or(0, |log| log.seq);
            waiting += have.seq.saturating_sub(kept);
        }
        Ok(self.vault().note_presence(&PresenceRow {
            desk,
            seen_at: at,
            waiting,
            skew,
            version: version_of(&opening.presence),
            speaks: speaks_of(&opening.presence),
        })?)
    }

    fn take_portion(
        &self,
        office: &Office,
        segments: Vec<Segment>,
        taken: &mut BundleTaken,
    ) -> Result<(), CentralError> {
        if segments.is_empty() {
            return Ok(());
        }
        taken.records += segments
            .iter()
            .map(|segment| segment.records.len() as u64)
            .sum::<u64>();
        let presence = Presence::default();
        let answer = self.take(office, &Push { presence, segments })?;
        for log in answer.logs {
            if let Some(code) = log.stopped
                && !taken.stopped.iter().any(|(name, _)| *name == log.log)
            {
                taken.stopped.push((log.log, code));
            }
        }
        for record in answer.refused {
            if !taken.refused.contains(&record) {
                taken.refused.push(record);
            }
        }
        Ok(())
    }

    /// Writes a file for desks, by name or identifier; for all that are enrolled when none is named. `after`: only what the maker of
    /// that bundle had not, and for that desk only.
    pub fn write_bundle<W: Write>(
        &self,
        out: W,
        desks: &[String],
        after: Option<&Opening>,
    ) -> Result<(BundleWritten, W), CentralError> {
        let office = self.office()?;
        let readers = self.readers(&office, desks, after)?;
        let logs = self.vault().logs()?;
        let for_somebody = |log: &&LogRow| {
            let topic = log.name.topic();
            // Their own logs too: a desk that was rebuilt gets them back.
            topic.is_some_and(|topic| readers.iter().any(|reader| reader.may_read(topic)))
        };
        let wanted: Vec<&LogRow> = logs.iter().filter(for_somebody).collect();
        let topics: BTreeSet<Topic> = wanted.iter().filter_map(|log| log.name.topic()).collect();
        let recipients: Vec<Recipient> = readers
            .iter()
            .map(|reader| Recipient {
                key: reader.key,
                topics: reader.topics(),
            })
            .collect();
        let opening = self.opening(&office, &readers, &logs)?;
        let mut written = BundleWritten {
            desks: readers.iter().map(|reader| reader.name.clone()).collect(),
            records: 0,
            acknowledged: opening.kept.len() as u64,
        };
        let topics: Vec<Topic> = topics.into_iter().collect();
        let seed = self.random()?;
        let mut writer = Writer::begin(out, &recipients, &topics, &seed, &office.key, &opening)?;
        for log in wanted {
            let has = |have: &&Have| have.log == log.name;
            let mut at = after.map_or(0, |opening| {
                opening.have.iter().find(has).map_or(0, |have| have.seq)
            });
            while at < log.seq
                && let Some(segment) = self.next_segment(log, at, PAGE)?
            {
                at = segment.head.seq;
                written.records += segment.records.len() as u64;
                writer.segment(&segment)?;
            }
        }
        let out = writer.end()?;
        tracing::info!(
            records = written.records,
            desks = written.desks.len(),
            "bundle written"
        );
        Ok((written, out))
    }

    /// The desks that a file is for.
    fn readers(
        &self,
        office: &Office,
        named: &[String],
        after: Option<&Opening>,
    ) -> Result<Vec<Certificate>, CentralError> {
        let mut enrolled = Vec::new();
        for row in self.vault().desks()? {
            let Some((_, signed)) = row.enrolled.filter(|_| row.revoked_at.is_none()) else {
                continue;
            };
            enrolled.push(signed.verify(office.id(), &office.key.public()).map_err(|_| {
                CentralError::Damaged("a certificate that the office's key did not sign".into())
            })?);
        }
        let is = |certificate: &Certificate, name: &str| {
            certificate.name == name || certificate.desk_id().to_string() == name
        };
        if let Some(unknown) = named
            .iter()
            .find(|name| !enrolled.iter().any(|certificate| is(certificate, name.trim())))
        {
            return Err(CentralError::UnknownDesk(unknown.clone()));
        }
        match after {
            Some(opening) => {
                enrolled.retain(|certificate| certificate.desk == opening.from);
                if enrolled.is_empty() {
                    let from = opening.desk().map(|desk| desk.to_string()).unwrap_or_default();
                    return Err(CentralError::UnknownDesk(from));
                }
            }
            None if named.is_empty() => {}
            None => {
                enrolled.retain(|certificate| named.iter().any(|name| is(certificate, name.trim())));
            }
        }
        Ok(enrolled)
    }

    fn opening(
        &self,
        office: &Office,
        readers: &[Certificate],
        logs: &[LogRow],
    ) -> Result<Opening, CentralError> {
        let of_readers = logs
            .iter()
            .filter(|log| readers.iter().any(|reader| reader.desk == log.name.desk));
        let (mut kept, mut refused) = (Vec::<LogAnswer>::new(), Vec::new());
        for log in of_readers {
            kept.push(answer_for(
                office,
                &log.name,
                log.seq,
                log.link,
                log.stopped.clone(),
            ));
            for row in self.vault().refused(&log.name, 1, log.seq)? {
                refused.push(RefusedRecord {
                    log: row.log,
                    seq: row.seq,
                    code: row.code,
                });
            }
        }
        Ok(Opening {
            office: *office.id().0.as_bytes(),
            from: *office.id().0.as_bytes(),
            presence: Presence {
                now: self.now(),
                waiting: 0,
                version: env!("CARGO_PKG_VERSION").to_owned(),
                speaks: Some(Versions::OURS.newest),
            },
            have: logs
                .iter()
                .map(|log| Have {
                    log: log.name.clone(),
                    seq: log.seq,
                })
                .collect(),
            directory: self.directory(office, 0)?,
            kept,
            refused,
        })
    }
}
