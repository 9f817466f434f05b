// SPDX-License-Identifier: EUPL-1.2
//! Exchange by stick: what this desk wrote, and what it has of others, into a file; and what a file brings, through the same
//! door as the network. What was written into a file still waits: the centre has it when it says so.

mod plan;

use crate::desk::{Desk, Happening};
use crate::error::{DeskError, problem_of};
use crate::exchange::{Carrier, Logs, stop_for};
use crate::heard::Heard;
use crate::session::Session;
use crate::view::{BundleRequest, BundleTaken, BundleTrouble, BundleWritten, OnStick, Progress, RefusedRow};
use serde::{Deserialize, Serialize};
use sportello_domain::ids::DeskId;
use sportello_domain::time::Timestamp;
use sportello_protocol::bundle::{BundleError, Opening, Reader, Writer};
use sportello_protocol::wire::LogName;
use sportello_store::sync_book::{Direction, StoryEntry};
use sportello_store::{Reads, StoreError};
use sportello_sync::{TakeError, Taken};
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::sync::Arc;

pub(crate) const OUT: &str = "bundle_out";
/// How many bytes are read between two words of progress.
const STRIDE: u64 = 256 << 10;

/// What the last file took along of this desk's own logs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Out {
    at: Timestamp,
    /// Topic and last record.
    logs: Vec<(String, u64)>,
}

/// What another desk said that it has, in the last file from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Peer {
    /// Desk, topic and last record of each log.
    have: Vec<(DeskId, String, u64)>,
}

impl Peer {
    fn key(desk: DeskId) -> String {
        format!("bundle_peer:{desk}")
    }

    fn read(reads: &Reads<'_>, desk: DeskId) -> Result<Self, StoreError> {
        Ok(reads.get_meta(&Self::key(desk))?.unwrap_or_default())
    }

    fn has(&self, log: &LogName) -> u64 {
        let of = |(desk, topic, _): &&(DeskId, String, u64)| *desk == log.desk_id() && *topic == log.topic;
        self.have.iter().find(of).map_or(0, |(_, _, seq)| *seq)
    }
}

/// Records that still wait for the centre and stand in the last file that was written, with when that was.
pub(crate) fn on_stick(reads: &Reads<'_>) -> Result<Option<OnStick>, DeskError> {
    let Some(out) = reads.get_meta::<Out>(OUT)? else {
        return Ok(None);
    };
    let mut records = 0;
    for log in reads.own_logs()? {
        let taken = out.logs.iter().find(|(topic, _)| *topic == log.log.topic);
        let upto = taken.map_or(0, |(_, seq)| (*seq).min(log.seq));
        records += upto.saturating_sub(log.acknowledged.map_or(0, |known| known.seq));
    }
    Ok((records > 0).then_some(OnStick {
        since: out.at,
        records,
    }))
}

impl Desk {
    /// A name for a file of this desk: its own and the time, nothing of anybody.
    pub fn bundle_name(&self) -> String {
        let plain: String = self
            .settings()
            .desk_name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        format!(
            "sportello-{plain}-{}.sportello",
            self.now().rome().format("%Y%m%d-%H%M")
        )
    }

    /// Writes a bundle for the centre, and for other desks where some are named: whole or not at all.
    pub fn write_bundle(
        &self,
        _: &Session,
        request: &BundleRequest,
        path: &Path,
        tell: &mut dyn FnMut(Progress),
    ) -> Result<BundleWritten, DeskError> {
        let began = self.now();
        // The same one for all of it, also when another comes meanwhile.
        let key = self.key();
        let plan = self.plan_bundle(request)?;
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let io = |error: std::io::Error| DeskError::from(BundleError::Io(error));
        let mut file = tempfile::Builder::new()
            .prefix(".sportello-")
            .tempfile_in(folder)
            .map_err(io)?;
        let mut writer = Writer::begin(
            BufWriter::new(&mut file),
            &plan.recipients,
            &plan.topics(),
            &self.ports().bytes(),
            &key,
            &plan.opening,
        )?;
        let mut written = BundleWritten {
            file: path.display().to_string(),
            at: began,
            desks: plan.desks.clone(),
            ..BundleWritten::default()
        };
        let mut out = Out {
            at: began,
            logs: Vec::new(),
        };
        let total = plan.records();
        for planned in &plan.logs {
            let mut next = planned.from;
            while next <= planned.to {
                let Some(segment) = self.segment_for_bundle(&key, &planned.log, next)? else {
                    tracing::warn!(
                        topic = planned.log.topic,
                        "records without their writer's signature stay"
                    );
                    break;
                };
                next = segment.head.seq.saturating_add(1);
                let count = segment.records.len() as u64;
                written.records += count;
                if planned.log.desk_id() == self.id() {
                    written.own += count;
                }
                writer.segment(&segment)?;
                tell(Progress {
                    work: "bundle_writing".into(),
                    done: written.records.min(total),
                    total,
                });
            }
            if planned.log.desk_id() == self.id() {
                out.logs.push((planned.log.topic.clone(), next - 1));
            }
        }
        // Neither what waits for a decision nor what is nothing new to anybody counts as records written.
        for segment in &plan.asides {
            writer.segment(segment)?;
        }
        for (log, seq) in &plan.ends {
            if let Some(segment) = self.segment_for_bundle(&key, log, *seq)? {
                writer.segment(&segment)?;
            }
        }
        writer.end()?;
        file.as_file().sync_all().map_err(io)?;
        written.bytes = file.as_file().metadata().map_err(io)?.len();
        file.persist(path).map_err(|error| io(error.error))?;
        // A stick may be pulled out as soon as this is told: its name has to be on it, too. Not every system can say so.
        #[cfg(unix)]
        if let Err(error) = File::open(folder).and_then(|folder| folder.sync_all()) {
            tracing::warn!(%error, "the folder of a bundle could not be synced");
        }
        self.remember_out(&out, &written)?;
        Ok(written)
    }

    /// From here on the records are on the stick, and still wait.
    fn remember_out(&self, out: &Out, written: &BundleWritten) -> Result<(), DeskError> {
        self.store().write(|tx| {
            tx.set_meta(OUT, out)?;
            tx.tell(&StoryEntry {
                at: out.at,
                direction: Direction::BundleOut,
                peer: String::new(),
                sent: written.records,
                received: 0,
                error: None,
                detail: took(out.at, self.now()),
            })
        })?;
        tracing::info!(records = written.records, "bundle written");
        self.tell(Happening::Sync);
        Ok(())
    }

    /// Takes in a bundle, and gives away what other desks ask for in it. What was taken in stays, whatever becomes of the rest.
    pub fn read_bundle(
        self: &Arc<Self>,
        session: &Session,
        path: &Path,
        tell: &mut dyn FnMut(Progress),
    ) -> Result<BundleTaken, DeskError> {
        let began = self.now();
        let file = File::open(path).map_err(BundleError::Io)?;
        let total = file.metadata().map_err(BundleError::Io)?.len();
        let identity = self.sync_identity();
        let opened = Reader::open_with(
            BufReader::new(file),
            &self.own_keys().opening(),
            identity.office,
            &identity.office_key,
        );
        let (mut reader, opening) = opened.inspect_err(|error| self.remember_failure(began, error.code()))?;
        let logs = Logs::new(
            self.clone(),
            if opening.desk().is_none() {
                Carrier::Centre
            } else {
                Carrier::Desk
            },
        );
        let mut told = 0;
        let taken = sportello_sync::bundle::take(&logs, &identity, &mut reader, &opening, &mut |read| {
            if read >= told + STRIDE || read >= total {
                told = read;
                tell(Progress {
                    work: "bundle_reading".into(),
                    done: read.min(total),
                    total,
                });
            }
        });
        let taken = match taken {
            Ok(taken) => taken,
            Err(error) => {
                let error = take_error(error);
                self.remember_failure(began, &error.code());
                self.tell(Happening::Changed(Vec::new()));
                return Err(error);
            }
        };
        self.remember_peer(&opening)?;
        self.remember_in(began, &taken)?;
        let given = self.after_taking_in()?;
        if taken.received > 0 || taken.directory_changed || !given.is_empty() {
            self.tell(Happening::Changed(Vec::new()));
        }
        self.tell(Happening::Sync);
        self.stir();
        Ok(self.taken_view(session, &taken, given.len()))
    }

    /// What whoever made it says that it has: for a desk, where the next file for it begins; for the centre, what need not be
    /// brought to it any more.
    fn remember_peer(&self, opening: &Opening) -> Result<(), DeskError> {
        self.store().write(|tx| {
            let Some(desk) = opening.desk() else {
                for have in opening.have.iter().filter(|have| have.log.desk_id() != self.id()) {
                    let reads = tx.reads()?;
                    let (Some(here), known) = (reads.head(&have.log)?, reads.at_centre(&have.log)?) else {
                        continue;
                    };
                    let seq = have.seq.min(here.seq);
                    if seq > known
                        && let Some(link) = reads.link_at(&have.log, seq)?
                    {
                        tx.acknowledge(&have.log, seq, link, self.now())?;
                    }
                }
                return Ok(());
            };
            let have = opening
                .have
                .iter()
                .map(|have| (have.log.desk_id(), have.log.topic.clone(), have.seq));
            tx.set_meta(&Peer::key(desk), &Peer { have: have.collect() })?;
            // It was at work when it made the file: what it had written by then is here, or is known to be missing.
            let own = opening.have.iter().filter(|have| have.log.desk_id() == desk);
            let has: Vec<_> = own.map(|have| (have.log.clone(), have.seq)).collect();
            let ahead = self.directory().desk(desk).map_or(0, |known| known.skew);
            let at = Timestamp(opening.presence.now.saturating_sub(ahead));
            Heard::new(self, &tx.reads()?, at, &opening.presence.version, &has)?.keep(tx, desk)
        })?;
        self.read_directory()
    }

    fn remember_in(&self, began: Timestamp, taken: &Taken) -> Result<(), DeskError> {
        let revoked = self.directory().desk(self.id()).is_some_and(|desk| desk.revoked);
        let stop = stop_for(self.id(), revoked, &taken.troubles);
        let troubled = taken
            .troubles
            .first()
            .map(|found| found.trouble.code().to_owned());
        let broken = (!taken.whole).then(|| "bundle_not_whole".to_owned());
        self.store().write(|tx| {
            if let Some(code) = &stop {
                tx.set_meta(crate::desk::STOPPED, &Some(code))?;
            }
            tx.tell(&StoryEntry {
                at: began,
                direction: Direction::BundleIn,
                peer: taken.from.map(|desk| desk.to_string()).unwrap_or_default(),
                sent: taken.acknowledged,
                received: taken.received,
                error: troubled.or(broken),
                detail: took(began, self.now()),
            })
        })?;
        Ok(())
    }

    /// A file that could not be used is a part of the story too.
    fn remember_failure(&self, began: Timestamp, code: &str) {
        let entry = StoryEntry {
            at: began,
            direction: Direction::BundleIn,
            peer: String::new(),
            sent: 0,
            received: 0,
            error: Some(code.to_owned()),
            detail: took(began, self.now()),
        };
        if let Err(error) = self.store().write(|tx| tx.tell(&entry)) {
            tracing::warn!(code = error.code(), "the story could not be written");
        }
        self.tell(Happening::Sync);
    }

    fn taken_view(&self, session: &Session, taken: &Taken, given: usize) -> BundleTaken {
        let (language, directory) = (session.language(), self.directory());
        let stopped = self.stopped().ok().flatten();
        BundleTaken {
            from: taken.from.map(|desk| directory.name(desk)),
            made_at: Timestamp(taken.made_at),
            received: taken.received,
            acknowledged: taken.acknowledged,
            waiting: taken.waiting,
            given: u32::try_from(given).unwrap_or(u32::MAX),
            others: taken.others,
            damaged: taken.damaged,
            whole: taken.whole,
            troubles: taken
                .troubles
                .iter()
                .map(|found| BundleTrouble {
                    desk: directory.name(found.log.desk_id()),
                    topic: found.log.topic.clone(),
                    problem: problem_of(
                        // On the network what is missing comes by itself; a file has to be asked for.
                        match found.trouble.code() {
                            "gap" => "bundle_gap",
                            code => code,
                        },
                        language,
                    ),
                })
                .collect(),
            refused: taken
                .refused
                .iter()
                .map(|record| RefusedRow {
                    topic: record.log.topic.clone(),
                    seq: record.seq,
                    problem: problem_of(&record.code, language),
                })
                .collect(),
            stopped: stopped.map(|code| problem_of(&code, language)),
        }
    }
}

fn took(began: Timestamp, ended: Timestamp) -> String {
    ended.0.saturating_sub(began.0).max(0).to_string()
}

fn take_error(error: TakeError) -> DeskError {
    match error {
        TakeError::Bundle(error) => error.into(),
        TakeError::Local(error) => match error.downcast::<StoreError>() {
            Ok(error) => (*error).into(),
            Err(error) => {
                tracing::error!(%error, "a bundle could not be taken in");
                DeskError::plain("unexpected")
            }
        },
    }
}
