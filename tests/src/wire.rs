// SPDX-License-Identifier: EUPL-1.2
//! A desk's network cable: HTTP as the desk itself would speak it, until it is pulled out; and a way into the centre without a
//! network, where time is not the real one.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::CONTENT_TYPE;
use sportello_sync::{Courier, HttpTransport, Post, Reply, Request, Transport, TransportError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tower_service::Service as _;

/// An answer is no larger.
const MAX_REPLY: usize = 16 << 20;

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

/// A request arrives at a centre's doors, which answer.
pub async fn answered(mut doors: Router, post: Post) -> Reply {
    let mut request = axum::http::Request::post(post.path);
    for (name, value) in post.headers {
        request = request.header(name, value);
    }
    let response = match doors.call(request.body(Body::from(post.body)).unwrap()).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    let field = response.headers().get(CONTENT_TYPE);
    let content_type = field
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    Reply {
        status: response.status().as_u16(),
        content_type,
        body: to_bytes(response.into_body(), MAX_REPLY).await.unwrap().to_vec(),
    }
}

/// Straight into a centre in this process: no socket, so that a test may hold the clock.
#[derive(Clone, Debug)]
pub struct Inside {
    doors: Router,
    carried: Arc<AtomicU64>,
}

impl Inside {
    /// Into the doors of a centre.
    pub fn new(doors: Router) -> Self {
        Self {
            doors,
            carried: Arc::default(),
        }
    }

    /// Messages that were sent so far.
    pub fn carried(&self) -> u64 {
        self.carried.load(Ordering::SeqCst)
    }
}

impl Courier for Inside {
    async fn post(&self, post: Post) -> Result<Reply, TransportError> {
        self.carried.fetch_add(1, Ordering::SeqCst);
        Ok(answered(self.doors.clone(), post).await)
    }
}
