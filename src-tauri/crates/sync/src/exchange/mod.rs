// SPDX-License-Identifier: EUPL-1.2
//! One exchange with the centre, as a state machine without input or output.
//!
//! First the desk's own records are handed over, page after page; then what it has not is fetched, page after page. While
//! a message is under way the next page is read, or the last one applied. Should the centre's own words show that it lost
//! something (it was restored from a backup), the desk hands it over again at the end, also what others wrote and it lacks.
//!
//! With a relay it goes the same way. But a relay is a desk, and trusted with nothing: how far it has the desk's own logs it shows by the
//! desk's own signatures, and of what only the centre can know nothing is believed.

mod carry;
mod own;
mod pull;
mod push;
mod report;

pub use report::{CentreLost, ExchangeError, LogTrouble, Report, Trouble};

use crate::intake::Intake;
use crate::local::{Fetched, Identity, Local, LocalDone, Snapshot};
use crate::transport::{Reply, Request, TransportError};
use carry::Carried;
use own::Own;
use push::{Batch, Sent};
use sportello_protocol::version::Versions;
use sportello_protocol::wire::{LogAnswer, LogName, Presence, RefusedRecord};
use std::collections::{HashSet, VecDeque};

/// Who is at the other end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Peer {
    /// The centre: what it signs for is handed over.
    #[default]
    Centre,
    /// A desk that serves as relay for its seat.
    Relay,
}

/// How an exchange is done.
#[derive(Clone, Debug)]
pub struct Options {
    /// The program's version, told to the centre.
    pub version: String,
    /// Who is at the other end.
    pub peer: Peer,
    /// About how many bytes of records go into one push.
    pub page_bytes: usize,
    /// How many records at most go into one push.
    pub page_records: usize,
    /// About how many bytes of records are wanted in one answer.
    pub pull_budget: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            peer: Peer::Centre,
            page_bytes: 3 << 19,
            page_records: 4_000,
            pull_budget: 2 << 20,
        }
    }
}

/// What is to be done next.
#[derive(Debug)]
pub enum Step {
    /// Send a message; go on with [`Exchange::next`] meanwhile, and give the reply to [`Exchange::answered`].
    Send(Request),
    /// Do a local step and give what came of it to [`Exchange::done`] (or [`Exchange::local_failed`]).
    Local(Local),
    /// Nothing to do until the reply to what was sent is there.
    Wait,
    /// The exchange is over.
    Done(Box<Report>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Push,
    Pull,
    Over,
}

#[derive(Debug)]
enum Flying {
    Push(Vec<Sent>),
    Pull,
}

/// What a local step was asked for.
#[derive(Debug)]
enum Asked {
    Read(usize),
    Link(LogAnswer),
    Carry(usize),
    Other,
}

/// One exchange with the centre.
#[derive(Debug)]
pub struct Exchange {
    identity: Identity,
    options: Options,
    own: Vec<Own>,
    carried: Vec<Carried>,
    intake: Intake,
    directory: u64,

    phase: Phase,
    push_rounds: u8,
    flying: Option<Flying>,
    asked: Option<Asked>,
    todo: VecDeque<Local>,

    // Pushing.
    batch: Batch,
    ready: Option<(Request, Vec<Sent>)>,
    rewind: bool,
    settling: VecDeque<LogAnswer>,
    acknowledged: Vec<crate::local::Acknowledged>,
    refused: Vec<RefusedRecord>,

    // Pulling.
    pull_wanted: bool,
    first_pull: bool,
    /// Logs that could not be applied any further: what was verified of them meanwhile is not applied either.
    unapplied: HashSet<LogName>,

    report: Report,
}

impl Exchange {
    /// An exchange that begins from what the desk's file holds.
    pub fn new(identity: Identity, options: Options, snapshot: &Snapshot) -> Self {
        let own = snapshot
            .own
            .iter()
            .map(|log| Own::new(identity.desk, log))
            .collect();
        Self {
            own,
            carried: Vec::new(),
            intake: match options.peer {
                Peer::Centre => Intake::new(&identity, snapshot),
                Peer::Relay => Intake::new(&identity, snapshot).brought_by_a_desk(),
            },
            directory: snapshot.directory,
            phase: Phase::Push,
            push_rounds: 0,
            flying: None,
            asked: None,
            todo: VecDeque::new(),
            batch: Batch::default(),
            ready: None,
            rewind: false,
            settling: VecDeque::new(),
            acknowledged: Vec::new(),
            refused: Vec::new(),
            pull_wanted: true,
            first_pull: true,
            unapplied: HashSet::new(),
            report: Report::default(),
            identity,
            options,
        }
    }

    /// What is to be done next. `now` is the desk's clock, milliseconds since 1970.
    pub fn next(&mut self, now: i64) -> Step {
        if self.asked.is_some() {
            return self.out_of_order();
        }
        loop {
            // What the centre said of the desk's own logs decides what may be sent next: it comes first.
            if let Some(answer) = self.settling.pop_front() {
                if let Some(step) = self.settle(answer) {
                    return step;
                }
                continue;
            }
            self.after_settling();
            if self.report.error.is_none()
                && self.flying.is_none()
                && let Some(request) = self.outgoing(now)
            {
                return Step::Send(request);
            }
            if let Some(mut local) = self.todo.pop_front() {
                if let Local::Apply(verified) = &mut local
                    && !self.unapplied.is_empty()
                {
                    verified.retain(|segment| !self.unapplied.contains(segment.log()));
                    if verified.is_empty() {
                        continue;
                    }
                }
                self.asked = Some(Asked::Other);
                return Step::Local(local);
            }
            if self.report.error.is_some() {
                return self.finish();
            }
            match self.phase {
                Phase::Push => {
                    if let Some(step) = self.gather() {
                        return step;
                    }
                    self.pack_ready(now);
                    if self.report.error.is_none() && self.ready.is_some() && self.flying.is_none() {
                        continue;
                    }
                    if self.ready.is_none() && self.flying.is_none() {
                        self.phase = Phase::Pull;
                        continue;
                    }
                }
                Phase::Pull if self.flying.is_none() => {
                    self.phase = if self.push_again() {
                        Phase::Push
                    } else {
                        Phase::Over
                    };
                    continue;
                }
                Phase::Pull => {}
                Phase::Over => return self.finish(),
            }
            if self.flying.is_some() {
                return Step::Wait;
            }
        }
    }

    /// What came of the local step that was asked for last.
    pub fn done(&mut self, done: LocalDone) {
        match (self.asked.take(), done) {
            (Some(Asked::Read(index)), LocalDone::Read(page)) => self.was_read(index, page),
            (Some(Asked::Link(answer)), LocalDone::Link(link)) => self.compare(answer, link),
            (Some(Asked::Carry(index)), LocalDone::Carried(segment)) => self.was_carried(index, segment),
            (Some(Asked::Other), LocalDone::Applied(applied)) => self.was_applied(applied),
            (
                Some(Asked::Other),
                LocalDone::Acknowledged | LocalDone::Vouched | LocalDone::Learned | LocalDone::SetAside,
            ) => {}
            _ => {
                self.out_of_order();
            }
        }
    }

    /// The local step that was asked for last failed. The exchange ends.
    pub fn local_failed(&mut self, error: Box<dyn std::error::Error + Send + Sync>) {
        self.asked = None;
        // The file is in trouble: nothing more is asked of it.
        self.todo.clear();
        self.settling.clear();
        self.acknowledged.clear();
        self.refused.clear();
        self.report.error = Some(ExchangeError::Local(error));
    }

    /// What came back for the message that was sent last, with the desk's clock when it was sent and when the reply came.
    pub fn answered(&mut self, reply: Result<Reply, TransportError>, sent: i64, received: i64) {
        if let Ok(reply) = &reply {
            // What is no answer of a centre is found to be none below.
            self.report.version = Versions::common(Versions::said(&reply.content_type)).ok();
        }
        let result = match (self.flying.take(), reply) {
            (None, _) => Err(ExchangeError::OutOfOrder),
            (_, Err(error)) => Err(error.into()),
            (Some(Flying::Push(what)), Ok(reply)) => self.pushed(&what, &reply, sent, received),
            (Some(Flying::Pull), Ok(reply)) => self.pulled(&reply, sent, received),
        };
        if let Err(error) = result {
            if let ExchangeError::Answer(crate::AnswerError::Refused(problem)) = &error {
                self.report.skew = Some(skew(sent, received, problem.now));
            }
            self.report.error.get_or_insert(error);
        }
    }

    /// How far fetching has come; none before the centre has said what is still to come.
    pub fn fetched(&self) -> Option<Fetched> {
        if self.first_pull {
            return None;
        }
        let done = self.intake.have.values().map(|here| here.seq).sum::<u64>();
        Some(Fetched {
            done,
            total: done.saturating_add(self.report.remaining),
        })
    }

    fn outgoing(&mut self, now: i64) -> Option<Request> {
        match self.phase {
            Phase::Push => {
                let (request, sent) = self.ready.take()?;
                self.flying = Some(Flying::Push(sent));
                Some(request)
            }
            Phase::Pull if self.pull_wanted => {
                self.pull_wanted = false;
                let request = self.pull_request(now)?;
                self.flying = Some(Flying::Pull);
                Some(request)
            }
            Phase::Pull | Phase::Over => None,
        }
    }

    fn presence(&self, now: i64) -> Presence {
        Presence {
            now,
            waiting: self.waiting(),
            version: self.options.version.clone(),
            speaks: Some(Versions::OURS.newest),
        }
    }

    fn waiting(&self) -> u64 {
        self.own.iter().map(Own::waiting).sum()
    }

    fn trouble(&mut self, log: LogName, trouble: Trouble) {
        self.report.troubles.push(LogTrouble { log, trouble });
    }

    fn out_of_order(&mut self) -> Step {
        self.local_failed(Box::new(ExchangeError::OutOfOrder));
        self.report.error = Some(ExchangeError::OutOfOrder);
        self.finish()
    }

    fn finish(&mut self) -> Step {
        self.phase = Phase::Over;
        self.report.waiting = self.waiting();
        Step::Done(Box::new(std::mem::take(&mut self.report)))
    }
}

/// How far the desk's clock is ahead, taking the answer to be made half-way between sending and receiving.
fn skew(sent: i64, received: i64, centre: i64) -> i64 {
    sent.midpoint(received).saturating_sub(centre)
}
