// SPDX-License-Identifier: EUPL-1.2
//! A desk's network cable: HTTP as the desk itself would speak it, until it is pulled out.

use sportello_sync::{HttpTransport, Reply, Request, Transport, TransportError};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Carries messages while it is plugged in.
#[derive(Debug)]
pub struct Wire {
    inner: HttpTransport,
    unplugged: AtomicBool,
    lose_answers: AtomicBool,
    carried: AtomicU64,
}

impl Wire {
    /// Around a real transport.
    pub fn new(inner: HttpTransport) -> Self {
        Self {
            inner,
            unplugged: AtomicBool::default(),
            lose_answers: AtomicBool::default(),
            carried: AtomicU64::default(),
        }
    }

    /// Pulls it out, or puts it back in.
    pub fn set_plugged(&self, plugged: bool) {
        self.unplugged.store(!plugged, Ordering::SeqCst);
    }

    /// From now on what is sent arrives and what is answered is lost; or no longer.
    pub fn set_losing_answers(&self, losing: bool) {
        self.lose_answers.store(losing, Ordering::SeqCst);
    }

    /// Messages that were sent so far.
    pub fn carried(&self) -> u64 {
        self.carried.load(Ordering::SeqCst)
    }
}

impl Transport for Wire {
    async fn send(&self, request: Request) -> Result<Reply, TransportError> {
        if self.unplugged.load(Ordering::SeqCst) {
            return Err(TransportError::Unreachable(None));
        }
        self.carried.fetch_add(1, Ordering::SeqCst);
        let reply = self.inner.send(request).await;
        if self.lose_answers.load(Ordering::SeqCst) {
            return Err(TransportError::Interrupted(None));
        }
        reply
    }
}
