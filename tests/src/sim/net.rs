// SPDX-License-Identifier: EUPL-1.2
//! The network: real HTTP requests, signed by real desks, into the real router of the centre, in one process; and everything
//! that can happen to them on the way.

use super::plan::{Fault, Outage};
use super::report::Counts;
use crate::clock::SharedTime;
use crate::wire::answered;
use axum::Router;
use sportello_sync::{Courier, Post, Reply, TransportError};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// What lies between all desks and the centre.
pub struct Net {
    centre: Mutex<Router>,
    late: Mutex<Vec<Post>>,
    /// What happened, by kind.
    pub counts: Mutex<Counts>,
    time: SharedTime,
}

impl std::fmt::Debug for Net {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Net")
    }
}

impl Net {
    /// A network with this centre.
    pub fn new(centre: Router, time: &SharedTime) -> Arc<Self> {
        Arc::new(Self {
            centre: Mutex::new(centre),
            late: Mutex::default(),
            counts: Mutex::default(),
            time: time.clone(),
        })
    }

    /// The centre is another one from now on.
    pub fn connect(&self, centre: Router) {
        *self.centre.lock().unwrap() = centre;
    }

    fn count(&self, what: &'static str) {
        self.counts.lock().unwrap().fault(what);
    }
}

impl Answers for Net {
    async fn deliver(&self, post: Post) -> Reply {
        let router = self.centre.lock().unwrap().clone();
        answered(router, post).await
    }
}

impl Net {
    /// Messages that were late arrive, the latest first. Nobody waits for their answers.
    pub async fn late_ones_arrive(&self) {
        loop {
            let Some(post) = self.late.lock().unwrap().pop() else {
                return;
            };
            self.deliver(post).await;
        }
    }
}

#[derive(Debug, Default)]
struct State {
    cut: bool,
    script: VecDeque<Option<Fault>>,
    outage: Option<Outage>,
    sent: u16,
    /// Seconds that passed during the exchange, as the desk will find afterwards.
    passed: i64,
    /// The power goes as soon as the exchange has ended.
    darkens: bool,
}

/// A desk's cable.
#[derive(Debug)]
pub struct Cable {
    net: Arc<Net>,
    state: Mutex<State>,
    /// The power went while a message was under way.
    pub dark: Notify,
}

impl Cable {
    /// A cable into the network.
    pub fn new(net: &Arc<Net>) -> Arc<Self> {
        Arc::new(Self {
            net: net.clone(),
            state: Mutex::default(),
            dark: Notify::new(),
        })
    }

    /// Cuts it, or mends it.
    pub fn set_cut(&self, cut: bool) {
        self.state.lock().unwrap().cut = cut;
    }

    /// What will happen to the messages of the next exchange.
    pub fn prepare(&self, faults: &[Option<Fault>], outage: Option<Outage>) {
        let mut state = self.state.lock().unwrap();
        state.script = faults.iter().copied().collect();
        state.outage = outage;
        state.sent = 0;
    }

    /// The exchange is over: nothing more happens, and the time that it took has passed.
    pub fn settle(&self) {
        let mut state = self.state.lock().unwrap();
        state.script.clear();
        state.outage = None;
        self.net.time.pass_seconds(std::mem::take(&mut state.passed));
    }

    /// Whether the power goes at this message.
    fn goes(&self, kind: impl Fn(u16) -> Outage) -> bool {
        let state = self.state.lock().unwrap();
        state.outage == Some(kind(state.sent.saturating_sub(1)))
    }

    /// Whether the power was to go at the end of the exchange.
    pub fn darkens(&self) -> bool {
        std::mem::take(&mut self.state.lock().unwrap().darkens)
    }

    async fn carry(&self, mut post: Post) -> Result<Reply, TransportError> {
        let fault = {
            let mut state = self.state.lock().unwrap();
            if state.cut {
                drop(state);
                self.net.count("partition");
                return Err(TransportError::Unreachable(None));
            }
            state.sent += 1;
            state.script.pop_front().flatten()
        };
        if self.goes(Outage::BeforeMessage) {
            self.dark.notify_one();
            // Whoever waits for this is gone.
            std::future::pending::<()>().await;
        }
        if let Some(fault) = fault {
            self.net.count(fault.name());
        }
        if let Some(Fault::Slow(seconds)) = fault {
            // Not at once: another thread may be reading the clock for what came before.
            self.state.lock().unwrap().passed += i64::from(seconds);
        }
        if fault == Some(Fault::Late) {
            self.net.late.lock().unwrap().push(post);
            return Err(TransportError::Timeout);
        }
        let reply = suffer(fault, &mut post, &*self.net).await;
        if self.goes(Outage::AfterMessage) {
            // Nobody takes the answer in. What the desk does beside waiting for it is done at its own pace: were the power cut now,
            // how far it had come would be another each time.
            self.state.lock().unwrap().darkens = true;
            return Err(TransportError::Interrupted(None));
        }
        reply
    }
}

/// Whoever messages are for.
pub(super) trait Answers: Sync {
    /// A message arrives, and is answered.
    fn deliver(&self, post: Post) -> impl Future<Output = Reply> + Send;
}

/// Delivers a message, with what an accident makes of it and of its answer. What comes late never comes here.
pub(super) async fn suffer(
    fault: Option<Fault>,
    post: &mut Post,
    to: &impl Answers,
) -> Result<Reply, TransportError> {
    match fault {
        None | Some(Fault::Slow(_)) => {}
        Some(Fault::LoseRequest | Fault::Late) => return Err(TransportError::Timeout),
        Some(Fault::LoseReply) => {
            to.deliver(post.clone()).await;
            return Err(TransportError::Interrupted(None));
        }
        Some(Fault::Twice) => {
            to.deliver(post.clone()).await;
        }
        Some(Fault::CutRequest(thousandths)) => {
            let length = part(post.body.len(), u64::from(thousandths), 1000);
            post.body.truncate(length);
        }
        Some(Fault::TurnRequest(millionths)) => turn(&mut post.body, millionths),
        Some(Fault::CutReply(thousandths)) => {
            let mut reply = to.deliver(post.clone()).await;
            let length = part(reply.body.len(), u64::from(thousandths), 1000);
            reply.body.truncate(length);
            return Ok(reply);
        }
        Some(Fault::TurnReply(millionths)) => {
            let mut reply = to.deliver(post.clone()).await;
            turn(&mut reply.body, millionths);
            return Ok(reply);
        }
        Some(Fault::Stranger) => {
            return Ok(Reply {
                status: 200,
                content_type: "text/html".into(),
                body: b"<html><title>Accedi alla rete ospiti</title></html>".to_vec(),
            });
        }
        Some(Fault::Busy) => {
            return Ok(Reply {
                status: 503,
                content_type: "text/plain".into(),
                body: b"busy".to_vec(),
            });
        }
    }
    Ok(to.deliver(post.clone()).await)
}

/// So many parts of a length; always less than all of it.
pub(super) fn part(length: usize, parts: u64, of: u64) -> usize {
    usize::try_from(length as u64 * parts / of).unwrap_or(0)
}

pub(super) fn turn(bytes: &mut [u8], millionths: u32) {
    let bit = part(bytes.len() * 8, u64::from(millionths), 1_000_000);
    if let Some(byte) = bytes.get_mut(bit / 8) {
        *byte ^= 1 << (bit % 8);
    }
}

/// The end of a cable that a transport holds.
#[derive(Clone, Debug)]
pub struct Plug(pub Arc<Cable>);

impl Courier for Plug {
    async fn post(&self, post: Post) -> Result<Reply, TransportError> {
        self.0.carry(post).await
    }
}
