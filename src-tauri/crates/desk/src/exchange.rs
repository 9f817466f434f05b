// SPDX-License-Identifier: EUPL-1.2
//! The exchange with the centre, in the background and at hand: joins the desk's file to `sync`, remembers what came of it,
//! and tells the truth about it.

use crate::awaited::{Awaited, Rest, Timer};
use crate::clock;
use crate::desk::{Desk, Happening, STOPPED};
use crate::directory::keep_certificate;
use crate::error::DeskError;
use crate::execute;
use crate::heard::Heard;
use serde::{Deserialize, Serialize};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::{EntityRef, Topic};
use sportello_domain::time::Timestamp;
use sportello_protocol::version::WITH_LOOKS;
use sportello_protocol::wire::{LogAnswer, LogName, RefusedRecord, Segment, SignedHead};
use sportello_protocol::{Link, Record, VerifiedSegment};
use sportello_store::sync_book::{Direction, PresenceRow, StoryEntry};
use sportello_store::{Reads, StoreError};
use sportello_sync::{
    Acknowledged, Applied, Courier, Credentials, DirectoryNews, Ended, Fetched, HaveLog, HttpTransport,
    Known, LocalLogs, LogTrouble, Network, Options, OwnLog, Pace, Page, Report, Snapshot, Transport, Trouble,
};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

pub(crate) const STATE: &str = "sync_state";
pub(crate) const REFUSED: &str = "refused_records";
pub(crate) const DIRECTORY: &str = "directory_version";
const CENTRE_NOW: &str = "centre_now";
/// The version of the protocol that this desk and the centre went by the last time.
pub(crate) const PROTOCOL: &str = "protocol_version";
/// Records that the centre does not accept are few; what a person has not looked at by then is not forgotten by the centre.
const REFUSED_KEPT: usize = 200;

/// What is remembered of the last exchanges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SyncState {
    /// The last time that everything went through, by this desk's clock.
    pub last_sync: Option<Timestamp>,
    /// Why the last attempt failed: a code.
    pub last_error: Option<String>,
    /// How far this clock is ahead of the centre's, milliseconds.
    pub skew: Option<i64>,
    /// The last attempt reached the centre.
    #[serde(skip)]
    pub online: bool,
    /// One is under way.
    #[serde(skip)]
    pub syncing: bool,
    /// How far it has come with fetching what others wrote, while there is much of it.
    #[serde(skip)]
    pub fetching: Option<Fetched>,
}

/// Fewer records than this are there before anybody has read how many there are.
const MANY: u64 = 500;

impl SyncState {
    pub(crate) fn read(reads: &Reads<'_>) -> Result<Self, DeskError> {
        Ok(reads.get_meta(STATE)?.unwrap_or_default())
    }
}

/// A record that the centre keeps and does not accept, as it is remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RefusedNote {
    pub topic: String,
    pub seq: u64,
    pub code: String,
}

pub(crate) fn refused(reads: &Reads<'_>) -> Result<Vec<RefusedNote>, DeskError> {
    Ok(reads.get_meta(REFUSED)?.unwrap_or_default())
}

/// The centre's clock when it last told about the desks.
pub(crate) fn centre_now(reads: &Reads<'_>) -> Result<Option<Timestamp>, StoreError> {
    reads.get_meta(CENTRE_NOW)
}

/// By topic: what the centre signed of another desk's log that was handed on to it from here, CBOR in hexadecimal.
type Vouched = Vec<(String, String)>;

fn vouched_key(writer: DeskId) -> String {
    format!("vouched:{writer}")
}

/// What the centre signed of another desk's logs that were handed on to it from here.
pub(crate) fn vouched(reads: &Reads<'_>, writer: DeskId) -> Result<Vec<LogAnswer>, StoreError> {
    let kept: Vouched = reads.get_meta(&vouched_key(writer))?.unwrap_or_default();
    let answers = kept.iter().filter_map(|(_, text)| {
        let bytes = hex::decode(text).ok()?;
        minicbor::decode(&bytes).ok()
    });
    Ok(answers.collect())
}

/// From 0 to 1.
pub(crate) fn chance(desk: &Desk) -> f64 {
    f64::from(u32::from_le_bytes(desk.ports().bytes())) / f64::from(u32::MAX)
}

/// Who brings the records that are taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// The centre: it has what it gives.
    Centre,
    /// Another desk.
    Desk,
}

/// The desk's file, as an exchange sees it.
#[derive(Debug)]
pub(crate) struct Logs {
    desk: Arc<Desk>,
    carrier: Carrier,
}

impl Logs {
    pub(crate) fn new(desk: Arc<Desk>, carrier: Carrier) -> Self {
        Self { desk, carrier }
    }
}

impl LocalLogs for Logs {
    type Error = StoreError;

    fn snapshot(&self) -> Result<Snapshot, StoreError> {
        self.desk.store().read(|reads| {
            let own = reads.own_logs()?;
            let takes_looks = self.desk.supervises()
                || self.carrier != Carrier::Centre
                || reads.get_meta(PROTOCOL)?.unwrap_or(1) >= WITH_LOOKS;
            let own = own
                .into_iter()
                // An older centre would refuse them each time: they wait until it is updated.
                .filter(|log| takes_looks || log.log.topic() != Some(Topic::Supervisors))
                .filter_map(|log| {
                    let acknowledged = log.acknowledged.map_or(0, |a| a.seq);
                    Some(OwnLog {
                        topic: log.log.topic()?,
                        seq: log.seq,
                        acknowledged,
                    })
                })
                .collect();
            let have = reads
                .heads()?
                .into_iter()
                .map(|h| HaveLog {
                    log: h.log,
                    seq: h.seq,
                    link: h.link,
                })
                .collect();
            let keys = self
                .desk
                .directory()
                .all()
                .map(|desk| Known {
                    desk: desk.id,
                    keys: desk.keys.clone(),
                    version: desk.certificate,
                    supervises: desk.supervises,
                    revoked: desk.revoked,
                })
                .collect();
            Ok(Snapshot {
                own,
                have,
                directory: reads.get_meta(DIRECTORY)?.unwrap_or(0),
                keys,
                centre_now: centre_now(reads)?.map(|now| now.0),
                ended: self
                    .desk
                    .directory()
                    .all()
                    .filter_map(|desk| {
                        let accepted = desk.accepted.clone()?;
                        Some(Ended {
                            desk: desk.id,
                            accepted,
                        })
                    })
                    .collect(),
            })
        })
    }

    fn read_own(
        &self,
        topic: Topic,
        from: u64,
        max_bytes: usize,
        max_records: usize,
    ) -> Result<Page, StoreError> {
        let log = LogName::new(self.desk.id(), topic);
        let page = self
            .desk
            .store()
            .read(|reads| reads.records(&log, from, max_bytes))?;
        let Some(mut page) = page else {
            return Ok(Page {
                records: Vec::new(),
                link: Link([0; 32]),
            });
        };
        if page.records.len() <= max_records.max(1) {
            return Ok(Page {
                records: page.records,
                link: page.last.1,
            });
        }
        page.records.truncate(max_records.max(1));
        let link = sportello_store::verify_chain(page.before, &page.records);
        Ok(Page {
            records: page.records,
            link,
        })
    }

    fn own_link(&self, topic: Topic, seq: u64) -> Result<Option<Link>, StoreError> {
        let log = LogName::new(self.desk.id(), topic);
        self.desk.store().read(|reads| reads.link_at(&log, seq))
    }

    fn link_of(&self, log: &LogName, seq: u64) -> Result<Option<Link>, StoreError> {
        self.desk.store().read(|reads| reads.link_at(log, seq))
    }

    fn signed_head(&self, log: &LogName) -> Result<Option<SignedHead>, StoreError> {
        self.desk.store().read(|reads| reads.signed_head(log))
    }

    fn vouch(&self, kept: &[LogAnswer]) -> Result<(), StoreError> {
        let (office, key) = (self.desk.settings().office, self.desk.office_key());
        self.desk.store().write(|tx| {
            for answer in kept {
                let (Some(topic), Some(head)) = (answer.log.topic(), &answer.kept) else {
                    continue;
                };
                let writer = answer.log.desk_id();
                if head.verify_keeper(office, &key, writer, topic).is_err() {
                    continue;
                }
                let mut vouched: Vouched = tx.get_meta(&vouched_key(writer))?.unwrap_or_default();
                vouched.retain(|(name, _)| *name != answer.log.topic);
                let mut bytes = Vec::new();
                // Writing into a vector cannot fail.
                let _ = minicbor::encode(answer, &mut bytes);
                vouched.push((answer.log.topic.clone(), hex::encode(bytes)));
                tx.set_meta(&vouched_key(writer), &vouched)?;
            }
            Ok(())
        })
    }

    fn carry(&self, log: &LogName, from: u64, max_bytes: usize) -> Result<Option<Segment>, StoreError> {
        self.desk.signed_segment(log, from, max_bytes)
    }

    fn acknowledge(&self, logs: &[Acknowledged], refused: &[RefusedRecord]) -> Result<(), StoreError> {
        let now = self.desk.now();
        self.desk.store().write(|tx| {
            for acknowledged in logs {
                let log = LogName::new(self.desk.id(), acknowledged.topic);
                let link = acknowledged
                    .kept
                    .as_ref()
                    .map_or(Link([0; 32]), sportello_protocol::wire::SignedHead::link);
                tx.acknowledge(&log, acknowledged.seq, link, now)?;
            }
            if !refused.is_empty() {
                let mut notes: Vec<RefusedNote> = tx.get_meta(REFUSED)?.unwrap_or_default();
                for record in refused {
                    let note = RefusedNote {
                        topic: record.log.topic.clone(),
                        seq: record.seq,
                        code: record.code.clone(),
                    };
                    if !notes.contains(&note) {
                        notes.push(note);
                    }
                }
                let surplus = notes.len().saturating_sub(REFUSED_KEPT);
                notes.drain(..surplus);
                tx.set_meta(REFUSED, &notes)?;
            }
            Ok(())
        })
    }

    fn fetched(&self, fetched: Fetched) {
        let left = fetched.total.saturating_sub(fetched.done);
        let mut told = false;
        self.desk.note_sync(|state| {
            let before = state.fetching.is_some();
            // Once it was much, it is told to its end.
            state.fetching = (left > MANY || (before && left > 0)).then_some(fetched);
            told = before || state.fetching.is_some();
        });
        if told {
            self.desk.tell(Happening::Sync);
        }
    }

    fn learn(&self, news: &DirectoryNews) -> Result<(), StoreError> {
        let withdrawn = self.desk.store().write(|tx| {
            let mut kept = false;
            for (certificate, signed) in &news.certificates {
                kept |= keep_certificate(tx, certificate, signed)?;
            }
            if kept {
                // What a desk carried on of another's may have waited for the word of the office.
                tx.fold_waiting()?;
            }
            for presence in &news.presences {
                tx.keep_presence(&PresenceRow {
                    desk: DeskId(uuid::Uuid::from_bytes(presence.desk)),
                    seen_at: Timestamp(presence.seen_at),
                    waiting: presence.waiting,
                    skew: presence.skew,
                    version: presence.version.clone(),
                })?;
            }
            tx.set_meta(DIRECTORY, &news.version)?;
            if let Some(now) = news.centre_now {
                tx.set_meta(CENTRE_NOW, &now)?;
            }
            self.desk.carry_out_revocations(tx)
        })?;
        if let Err(error) = self.desk.read_directory() {
            tracing::warn!(code = error.code(), "the directory could not be read");
        }
        if withdrawn > 0 {
            self.desk.tell(Happening::Changed(Vec::new()));
        }
        Ok(())
    }

    fn set_aside(&self, late: Vec<Segment>) -> Result<(), StoreError> {
        self.desk.keep_aside(late, self.carrier)
    }

    fn apply(&self, segments: Vec<VerifiedSegment>) -> Result<Applied, StoreError> {
        let now = self.desk.now();
        self.desk.store().write(|tx| {
            tx.set_time(now);
            let mut applied = Applied::default();
            for segment in segments {
                if self.carrier == Carrier::Desk && self.desk.came_late(tx, &segment)? {
                    applied.stopped.push((segment.log().clone(), "late".to_owned()));
                    continue;
                }
                let (log, from, head) = (segment.log().clone(), segment.from(), segment.head().clone());
                let records: Vec<Record> = segment
                    .into_records()
                    .into_iter()
                    .map(|found| found.record)
                    .collect();
                match tx.ingest(&log, from, &records) {
                    Ok(done) if done.fork.is_some() => applied.stopped.push((log, "fork".to_owned())),
                    Ok(done) => {
                        applied.records += done.new as u64;
                        if let Some(ahead) = done.ahead {
                            clock::note_peer(tx, log.desk_id(), ahead, now)?;
                        }
                        // With the writer's signature they can be handed on.
                        if log.desk_id() != self.desk.id() {
                            if self.carrier == Carrier::Centre {
                                tx.acknowledge(&log, head.seq, head.link(), now)?;
                            }
                            let weight = records.iter().map(Record::weight).sum();
                            tx.keep_head(&log, &head, weight)?;
                        }
                    }
                    Err(error @ (StoreError::Gap { .. } | StoreError::UnknownTopic(_))) => {
                        applied.stopped.push((log, error.code().to_owned()));
                    }
                    Err(error) => return Err(error),
                }
            }
            Ok(applied)
        })
    }
}

/// Why a desk must not write on, if so, after what was found of its own logs.
pub(crate) fn stop_for(desk: DeskId, revoked: bool, troubles: &[LogTrouble]) -> Option<String> {
    if revoked {
        return Some("revoked".to_owned());
    }
    let mut own = troubles.iter().filter(|found| found.log.desk_id() == desk);
    own.find_map(|found| match &found.trouble {
        Trouble::OwnBehind { .. } => Some(found.trouble.code().to_owned()),
        Trouble::Stopped(code) if code == "revoked" => Some(code.clone()),
        trouble if trouble.is_fork() => Some(trouble.code().to_owned()),
        _ => None,
    })
}

impl Desk {
    /// The transport that the settings describe.
    pub fn transport(&self) -> Result<HttpTransport, DeskError> {
        self.transport_by(Network::new(&self.settings().http())?)
    }

    /// The transport by any courier. It signs by the desk's own clock, with the key that the desk has then, and bears its certificate, by
    /// which a centre that came back from a backup older than it takes the desk in again.
    pub fn transport_by<C: Courier>(&self, courier: C) -> Result<HttpTransport<C>, DeskError> {
        let clock = self.ports().clock.clone();
        let (desk, keys) = (self.id(), self.keys.clone());
        let who = move || {
            let keys = keys.read().unwrap_or_else(PoisonError::into_inner);
            Credentials {
                desk,
                key: keys.current.clone(),
                next: keys.next.clone(),
                certificate: keys.certificate.clone(),
            }
        };
        Ok(HttpTransport::over(courier, None)
            .with_clock(move || clock.now().0.div_euclid(1000))
            .signing_as(who))
    }

    /// One exchange with the centre, now.
    pub async fn sync_once(self: &Arc<Self>) -> Result<Report, DeskError> {
        let transport = Arc::new(self.transport()?);
        self.sync_over(transport).await
    }

    /// One exchange over any transport; what other desks asked for is given away, and handed over at once.
    pub async fn sync_over<T: Transport>(self: &Arc<Self>, transport: Arc<T>) -> Result<Report, DeskError> {
        let report = self.exchange(transport.clone()).await?;
        self.beside_exchange(&transport, &report).await;
        self.hand_over_what_follows(report, self.exchange(transport))
            .await
    }

    /// Does what an exchange asks for, and hands over what that wrote by `again`, which is begun only if there is something.
    pub(crate) async fn hand_over_what_follows(
        self: &Arc<Self>,
        report: Report,
        again: impl Future<Output = Result<Report, DeskError>>,
    ) -> Result<Report, DeskError> {
        let desk = self.clone();
        let given = tokio::task::spawn_blocking(move || desk.after_taking_in())
            .await
            .unwrap_or(Ok(Vec::new()))?;
        if given.is_empty() || report.error.is_some() {
            return Ok(report);
        }
        self.tell(Happening::Changed(given));
        let second = again.await?;
        Ok(Report {
            pushed: report.pushed + second.pushed,
            pulled: report.pulled + second.pulled,
            carried: report.carried + second.carried,
            ..second
        })
    }

    /// What a desk does by itself after others' records came in; gives what it wrote about.
    pub(crate) fn after_taking_in(&self) -> Result<Vec<EntityRef>, DeskError> {
        let mut wrote = execute::answer_requests(self)?;
        wrote.extend(execute::add_what_came_late(self)?);
        if let Err(error) = self.finish_erasure() {
            tracing::warn!(code = error.code(), "what an erasure leaves behind stays for now");
        }
        Ok(wrote)
    }

    async fn exchange<T: Transport>(self: &Arc<Self>, transport: Arc<T>) -> Result<Report, DeskError> {
        let began = self.now();
        self.note_sync(|state| state.syncing = true);
        if let Err(error) = self.finish_rotation(transport.as_ref()).await {
            let unsettled = Report {
                error: Some(error),
                ..Report::default()
            };
            return self.remembered(began, unsettled).await;
        }
        // The key does not change while heads are signed with it.
        let signing = self.signing.clone().read_owned().await;
        let identity = self.sync_identity();
        let clock = {
            let desk = self.clone();
            move || desk.now().0
        };
        let options = Options {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            ..Options::default()
        };
        let report = sportello_sync::run(
            Arc::new(Logs::new(self.clone(), Carrier::Centre)),
            transport,
            identity,
            options,
            clock,
        )
        .await;
        drop(signing);
        self.remembered(began, report).await
    }

    async fn remembered(self: &Arc<Self>, began: Timestamp, report: Report) -> Result<Report, DeskError> {
        let desk = self.clone();
        tokio::task::spawn_blocking(move || desk.remember(began, report))
            .await
            .map_err(|_| DeskError::plain("interrupted"))?
    }

    /// Keeps what came of an exchange, and stops this desk where its identity does not hold any more.
    fn remember(&self, began: Timestamp, report: Report) -> Result<Report, DeskError> {
        let code = report.error.as_ref().map(|error| error.code().to_owned());
        let revoked = report
            .error
            .as_ref()
            .is_some_and(sportello_sync::ExchangeError::is_revoked);
        // It is a copy from before the key was changed: the desk that changed it goes on, and this is another one.
        let replaced = code.clone().filter(|code| code == "key_replaced");
        let stop = stop_for(self.id(), revoked, &report.troubles).or(replaced);
        let trouble = report
            .troubles
            .first()
            .map(|found| found.trouble.code().to_owned());
        let problem = code.clone().or(trouble);
        let reached = match &report.error {
            None => true,
            // It answered, whatever it said.
            Some(sportello_sync::ExchangeError::Transport(_)) => false,
            Some(_) => report.skew.is_some(),
        };
        let state = self.note_sync(|state| {
            state.syncing = false;
            state.fetching = None;
            state.online = reached;
            if report.is_settled(self.id()) && report.remaining == 0 {
                state.last_sync = Some(self.now());
            }
            state.last_error.clone_from(&problem);
            state.skew = report.skew.or(state.skew);
        });
        let sent = report.pushed + report.carried;
        let quiet = problem.is_none() && sent == 0 && report.pulled == 0;
        let forgotten = self.store().write(|tx| {
            if tx.identity().desk != self.id() {
                // The file became another desk's meanwhile: what was found of the old one is nothing to it.
                return Ok(false);
            }
            tx.set_meta(STATE, &state)?;
            if let Some(version) = report.version
                && tx.get_meta::<u16>(PROTOCOL)? != Some(version)
            {
                tx.set_meta(PROTOCOL, &version)?;
            }
            if let Some(code) = &stop {
                tx.set_meta(STOPPED, &Some(code))?;
            }
            clock::compared(self, tx, report.skew, stop.is_none())?;
            let forgotten = report.skew.is_some() && Heard::forget_later_than_now(self, tx)?;
            // Polls that found nothing are not a story.
            if !quiet {
                let took = u64::try_from(self.now().0 - began.0).unwrap_or(0);
                tx.tell(&StoryEntry {
                    at: began,
                    direction: Direction::Both,
                    peer: String::new(),
                    sent,
                    received: report.pulled,
                    error: problem.clone(),
                    detail: took.to_string(),
                })?;
            }
            Ok::<_, DeskError>(forgotten)
        })?;
        if forgotten {
            self.read_directory()?;
        }
        // What was handed over does not wait any more, and screens say of each record whether it waits.
        if report.pushed > 0 || report.pulled > 0 || stop.is_some() {
            self.tell(Happening::Changed(Vec::new()));
        }
        self.tell(Happening::Sync);
        Ok(report)
    }

    fn note_sync(&self, change: impl FnOnce(&mut SyncState)) -> SyncState {
        let mut state = self.sync.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state);
        state.clone()
    }

    pub(crate) fn sync_state(&self) -> SyncState {
        self.sync.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Exchanges in the background for as long as the future is kept, with the centre, and through the seat's relay while the centre is not
    /// reached; never in a person's way.
    pub async fn sync_forever(self: Arc<Self>) {
        let centre = self
            .clone()
            .sync_forever_by(|desk| desk.transport().map(Arc::new), Timer::default());
        tokio::join!(centre, self.relay_forever());
    }

    /// The exchange with the centre by any transport, which is made anew when the settings change, and by any timer.
    pub async fn sync_forever_by<T: Transport>(
        self: Arc<Self>,
        connect: impl Fn(&Self) -> Result<Arc<T>, DeskError> + Send + Sync,
        rest: impl Rest,
    ) {
        let mut pace = Pace::default();
        let mut awaited = Awaited::default();
        let mut transport = None;
        let mut settings = self.settings();
        loop {
            let now = self.settings();
            if transport.is_none() || now != settings {
                settings = now;
                transport = connect(&self)
                    .inspect_err(|error| self.cannot_connect(error))
                    .ok();
            }
            let desk = self.clone();
            let noted = tokio::task::spawn_blocking(move || desk.write_looks()).await;
            if let Ok(Err(error)) = noted {
                tracing::warn!(code = error.code(), "looks could not be written and wait");
            }
            let chance = chance(&self);
            let mut wait = match &transport {
                None => pace.failed(chance),
                Some(transport) => match self.sync_over(transport.clone()).await {
                    Ok(report) if report.error.is_none() => pace.succeeded(report.remaining > 0, chance),
                    Ok(report) => match report.error.and_then(|error| error.retry_after()) {
                        Some(wait) => pace.put_off(wait, chance),
                        None => pace.failed(chance),
                    },
                    Err(error) => {
                        tracing::warn!(code = error.code(), "an exchange could not be done");
                        pace.failed(chance)
                    }
                },
            };
            if let Some(since) = awaited.since(&self, rest.now()).await {
                wait = pace.awaiting(since, wait);
            }
            let desk = self.clone();
            let backup = tokio::task::spawn_blocking(move || desk.backup_when_due()).await;
            if let Ok(Err(error)) = backup {
                tracing::warn!(code = error.code(), "the backup could not be made");
            }
            loop {
                let began = rest.now();
                tokio::select! {
                    () = rest.sleep(wait) => break,
                    () = self.nudge.notified() => {
                        // A short moment lets the other records of the same act come along.
                        rest.sleep(Duration::from_millis(150)).await;
                        wait = pace.nudged(wait.saturating_sub(rest.now().saturating_sub(began)));
                        if wait.is_zero() {
                            break;
                        }
                    }
                }
            }
        }
    }

    /// Asks the background exchange to go now.
    pub fn sync_soon(&self) {
        self.stir();
    }

    fn cannot_connect(&self, error: &DeskError) {
        self.note_sync(|state| {
            state.online = false;
            state.last_error = Some(error.code());
        });
        self.tell(Happening::Sync);
    }
}
