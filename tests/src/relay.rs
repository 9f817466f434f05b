// SPDX-License-Identifier: EUPL-1.2
//! The seat's own network: a desk that serves as relay on a port of this computer, and a hand that can do what it likes with what crosses
//! that network.

use crate::seat::Seat;
use sportello_desk::Desk;
use sportello_desk::view::{RelayPeer, RelaySettings};
use sportello_sync::{Courier, Post, Reply, Report, TransportError};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A relay that listens.
#[derive(Debug)]
pub struct Relay {
    /// Where.
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Relay {
    /// This desk serves from now on.
    pub fn of(seat: &Seat) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let desk = seat.desk.clone();
        let task = tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            sportello_relay::serve(desk, listener, stopped).await.unwrap();
        });
        Self { address, stop, task }
    }

    /// It is switched off.
    pub async fn switch_off(self) {
        let _ = self.stop.send(());
        let _ = self.task.await;
    }
}

impl Seat {
    /// This desk uses another as relay from now on.
    pub fn rely_on(&self, relay: &Seat, address: impl ToString) {
        let settings = RelaySettings {
            peer: Some(RelayPeer {
                desk: relay.desk.id(),
                address: address.to_string(),
            }),
            listen: None,
        };
        self.desk.set_relay(&self.session, &settings).unwrap();
    }

    /// One exchange with the relay, whatever comes of it.
    pub async fn try_relay(&self) -> Report {
        self.desk.relay_once().await.unwrap()
    }

    /// One exchange with the relay, in which all must go through.
    pub async fn relay(&self) -> Report {
        let report = self.try_relay().await;
        assert!(report.is_clean(), "{}: {report:?}", self.username);
        report
    }

    /// One exchange with the relay by way of a hand.
    pub async fn relay_by(&self, hand: &Hand) -> Report {
        let transport = self.desk.relay_transport_by(hand.clone()).unwrap();
        self.desk.relay_over(Arc::new(transport)).await.unwrap()
    }
}

/// What a hand does to a message.
pub type Deed = Arc<dyn Fn(usize, Vec<u8>) -> Option<Vec<u8>> + Send + Sync>;

/// A request and its answer, as they were on the wire.
pub type Passed = (Vec<u8>, Vec<u8>);

/// Stands between a desk and its relay, and sees and changes all that passes.
#[derive(Clone)]
pub struct Hand {
    relay: Arc<Desk>,
    /// Changes the request with this number, or keeps it.
    request: Deed,
    /// Changes the answer with this number, or keeps it.
    answer: Deed,
    seen: Arc<Mutex<Vec<Passed>>>,
}

impl std::fmt::Debug for Hand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hand")
    }
}

impl Hand {
    /// One that only looks.
    pub fn before(relay: &Seat) -> Self {
        let pass: Deed = Arc::new(|_, bytes| Some(bytes));
        Self {
            relay: relay.desk.clone(),
            request: pass.clone(),
            answer: pass,
            seen: Arc::default(),
        }
    }

    /// With a deed on requests.
    #[must_use]
    pub fn on_requests(
        mut self,
        deed: impl Fn(usize, Vec<u8>) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Self {
        self.request = Arc::new(deed);
        self
    }

    /// With a deed on answers.
    #[must_use]
    pub fn on_answers(
        mut self,
        deed: impl Fn(usize, Vec<u8>) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Self {
        self.answer = Arc::new(deed);
        self
    }

    /// Requests and answers that passed, as they were on the wire.
    pub fn seen(&self) -> Vec<Passed> {
        self.seen.lock().unwrap().clone()
    }
}

impl Courier for Hand {
    async fn post(&self, post: Post) -> Result<Reply, TransportError> {
        let number = self.seen.lock().unwrap().len();
        assert_eq!(post.path, sportello_desk::relay::PATH);
        let sent = post.body.clone();
        let Some(body) = (self.request)(number, post.body) else {
            return Err(TransportError::Timeout);
        };
        let relay = self.relay.clone();
        let answered = tokio::task::spawn_blocking(move || relay.answer_sealed(&body))
            .await
            .unwrap();
        let answer = answered.clone().unwrap_or_default();
        self.seen.lock().unwrap().push((sent, answer));
        let reply = |status, content_type: &str, body| Reply {
            status,
            content_type: content_type.to_owned(),
            body,
        };
        let Some(bytes) = answered else {
            return Ok(reply(400, "text/plain", Vec::new()));
        };
        match (self.answer)(number, bytes) {
            Some(bytes) => Ok(reply(200, sportello_desk::relay::CONTENT_TYPE, bytes)),
            None => Err(TransportError::Interrupted(None)),
        }
    }
}
