// SPDX-License-Identifier: EUPL-1.2
//! The transport over HTTP: requests signed by the desk, by the centre's clock where the desk's is wrong, and by its
//! certificate where the centre has forgotten it. A [`Courier`] carries them: over the network, or within one process.

use crate::network::{HttpOptions, Network};
use crate::transport::{Endpoint, Reply, Request, Transport, TransportError};
use sportello_domain::ids::DeskId;
use sportello_protocol::http_signature::sign;
use sportello_protocol::relay;
use sportello_protocol::wire::{CONTENT_TYPE, Problem, Readmit, pack, unpack};
use sportello_protocol::{DeskKey, SignedCertificate};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// One HTTP request (`POST`), to be sent as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The path that follows the address.
    pub path: String,
    /// The header fields, by lower-case name.
    pub headers: Vec<(&'static str, String)>,
    /// The content.
    pub body: Vec<u8>,
}

/// Carries HTTP requests to the centre and brings back whatever answers.
pub trait Courier: Send + Sync + 'static {
    /// Sends one request and waits for the reply.
    fn post(&self, post: Post) -> impl Future<Output = Result<Reply, TransportError>> + Send;
}

/// Tells the time: seconds since 1970 (UTC).
type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// As whom messages are signed.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The desk.
    pub desk: DeskId,
    /// Its key.
    pub key: DeskKey,
    /// The key that it has asked for, and that others may know as its own already.
    pub next: Option<DeskKey>,
    /// Its certificate, once it has one: it is shown to whoever does not know it.
    pub certificate: Option<SignedCertificate>,
}

type Signer = Arc<dyn Fn() -> Credentials + Send + Sync>;

/// Signs messages as the desk, and has them carried.
pub struct HttpTransport<C = Network> {
    courier: C,
    signer: Option<Signer>,
    /// What stands before the centre's paths; empty for the centre.
    prefix: String,
    clock: Clock,
    /// How many seconds the centre's clock is ahead of the desk's, once it has refused a request for that.
    clock_offset: AtomicI64,
}

impl<C> std::fmt::Debug for HttpTransport<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpTransport").finish_non_exhaustive()
    }
}

impl HttpTransport {
    /// A transport to the centre over the network. `signer` is the desk and its key; none before enrolment.
    pub fn new(options: &HttpOptions, signer: Option<(DeskId, DeskKey)>) -> Result<Self, TransportError> {
        Ok(Self::over(Network::new(options)?, signer))
    }
}

impl<C: Courier> HttpTransport<C> {
    /// A transport by any courier. `signer` is the desk and its key; none before enrolment.
    pub fn over(courier: C, signer: Option<(DeskId, DeskKey)>) -> Self {
        let fixed = signer.map(|(desk, key)| Credentials {
            desk,
            key,
            next: None,
            certificate: None,
        });
        Self {
            courier,
            signer: fixed.map(|credentials| -> Signer { Arc::new(move || credentials.clone()) }),
            prefix: String::new(),
            clock: Arc::new(now_seconds),
            clock_offset: AtomicI64::new(0),
        }
    }

    /// With the desk's certificate, which it shows to a centre that came back from a backup older than it.
    #[must_use]
    pub fn with_certificate(mut self, certificate: SignedCertificate) -> Self {
        self.signer = self.signer.map(|signer| -> Signer {
            Arc::new(move || Credentials {
                certificate: Some(certificate.clone()),
                ..signer()
            })
        });
        self
    }

    /// Signs each message as the desk is then: its key may change while this transport is used.
    #[must_use]
    pub fn signing_as(mut self, who: impl Fn() -> Credentials + Send + Sync + 'static) -> Self {
        self.signer = Some(Arc::new(who));
        self
    }

    /// To a relay instead of the centre: what is signed for it can be shown to nobody else.
    #[must_use]
    pub fn for_relay(mut self, relay: DeskId) -> Self {
        self.prefix = relay::prefix(relay);
        self
    }

    /// With the desk's own clock (seconds since 1970) instead of the computer's.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sends once, and once more by the centre's clock where it refuses the desk's.
    async fn at_any_clock(&self, endpoint: Endpoint, body: &[u8]) -> Result<Reply, TransportError> {
        let reply = self.attempt(endpoint, body.to_vec()).await?;
        if self.signer.is_some()
            && let Some(problem) = refused_with(&reply, "clock")
        {
            self.clock_offset.store(
                (problem.now / 1000).saturating_sub((self.clock)()),
                Ordering::Relaxed,
            );
            return self.attempt(endpoint, body.to_vec()).await;
        }
        Ok(reply)
    }

    async fn attempt(&self, endpoint: Endpoint, body: Vec<u8>) -> Result<Reply, TransportError> {
        let who = self.signer.as_ref().map(|signer| signer());
        let who = who.as_ref().map(|who| (who.desk, &who.key));
        self.attempt_as(endpoint, body, who).await
    }

    async fn attempt_as(
        &self,
        endpoint: Endpoint,
        body: Vec<u8>,
        who: Option<(DeskId, &DeskKey)>,
    ) -> Result<Reply, TransportError> {
        let path = format!("{}{}", self.prefix, endpoint.path());
        let mut headers = vec![
            ("content-type", CONTENT_TYPE.to_owned()),
            ("accept", CONTENT_TYPE.to_owned()),
        ];
        if let Some((desk, key)) = who {
            let created = (self.clock)().saturating_add(self.clock_offset.load(Ordering::Relaxed));
            let fields = sign(key, desk, "POST", &path, &body, created);
            headers.push(("content-digest", fields.content_digest));
            headers.push(("signature-input", fields.signature_input));
            headers.push(("signature", fields.signature));
        }
        self.courier.post(Post { path, headers, body }).await
    }
}

impl<C: Courier> Transport for HttpTransport<C> {
    async fn send(&self, request: Request) -> Result<Reply, TransportError> {
        let Request { endpoint, body } = request;
        let reply = self.at_any_clock(endpoint, &body).await?;
        // Whoever is asked may have heard of the new key before the desk did: an answer was lost.
        let other_key = ["signature", "key_replaced"]
            .iter()
            .any(|code| refused_with(&reply, code).is_some());
        if other_key
            && endpoint != Endpoint::Rotate
            && let Some(who) = self.signer.as_ref().map(|signer| signer())
            && let Some(key) = who.next
        {
            let again = self
                .attempt_as(endpoint, body.clone(), Some((who.desk, &key)))
                .await?;
            if again.status == 200 {
                return Ok(again);
            }
        }
        // It does not know this desk, or knows it with the key that it had before.
        let forgotten = ["unknown_desk", "signature"]
            .iter()
            .any(|code| refused_with(&reply, code).is_some());
        if forgotten
            && let Some(certificate) = self.signer.as_ref().and_then(|signer| signer().certificate)
            && let Ok(shown) = pack(&Readmit { certificate })
            && self.at_any_clock(Endpoint::Readmit, &shown).await?.status == 200
        {
            return self.at_any_clock(endpoint, &body).await;
        }
        Ok(reply)
    }
}

/// The centre's refusal of who asks, if it is this one.
fn refused_with(reply: &Reply, code: &str) -> Option<Problem> {
    if reply.status != 401 {
        return None;
    }
    unpack::<Problem>(&reply.body)
        .ok()
        .filter(|problem| problem.code == code)
}

fn now_seconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
