// SPDX-License-Identifier: EUPL-1.2
//! What every door of the centre does: wait for one's turn, read a message within limits, answer whatever happens.

use crate::error::CentralError;
use crate::limit::{self, Limiter, Limits};
use crate::office::Central;
use crate::vault::VaultError;
use axum::body::{Body, HttpBody as _};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sportello_domain::ids::DeskId;
use sportello_protocol::version::ANSWER_TYPE;
use sportello_protocol::wire::{CONTENT_TYPE, Problem, WireError, pack};
use std::future::poll_fn;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A request of a desk is no larger, packed.
const MAX_BODY: usize = 8 << 20;
/// A request of somebody who is no desk yet is no larger.
const MAX_ENROL: usize = 16 << 10;
/// For a request to arrive whole.
const ARRIVAL: Duration = Duration::from_mins(1);
/// So many requests arrive at once; others wait for their turn.
const ARRIVING: usize = 64;
/// So many requests are worked on at once; others wait this long for their turn.
const AT_ONCE: usize = 8;
const TURN: Duration = Duration::from_secs(30);
/// So many wrong codes in a minute; then codes are refused unread until the minute is over.
const WRONG_CODES: u32 = 30;
const MINUTE: Duration = Duration::from_mins(1);

/// Why a request is refused.
#[derive(Clone, Copy)]
pub(crate) struct Refused {
    status: StatusCode,
    code: &'static str,
    /// A word for the log of the one who asked.
    detail: &'static str,
    /// How long to wait before asking again.
    wait: Option<Duration>,
}

impl Refused {
    pub(crate) const fn new(status: StatusCode, code: &'static str, detail: &'static str) -> Self {
        Self {
            status,
            code,
            detail,
            wait: None,
        }
    }

    /// Its code of the error catalogue.
    pub(crate) const fn code(&self) -> &'static str {
        self.code
    }

    /// Not now: after a while.
    pub(crate) const fn later(wait: Duration, detail: &'static str) -> Self {
        Self {
            wait: Some(wait),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "slow_down", detail)
        }
    }
}

pub(crate) const BUSY: Refused = Refused::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "try again");
const FAILED: Refused = Refused::new(
    StatusCode::INTERNAL_SERVER_ERROR,
    "internal",
    "see the log of the centre",
);

impl From<CentralError> for Refused {
    fn from(error: CentralError) -> Self {
        match error {
            CentralError::Contended | CentralError::Vault(VaultError::Contended) => BUSY,
            CentralError::Vault(VaultError::Unreachable(cause)) => {
                let cause = cause.as_deref().map(|cause| cause as &dyn std::error::Error);
                tracing::error!(error = cause, "the database cannot be reached");
                BUSY
            }
            CentralError::NoOffice => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "no_office",
                "no office was founded here",
            ),
            error => {
                tracing::error!(error = &error as &dyn std::error::Error, "request failed");
                FAILED
            }
        }
    }
}

impl From<WireError> for Refused {
    fn from(error: WireError) -> Self {
        match error {
            WireError::TooLarge => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "the message is too large",
            ),
            _ => Self::new(StatusCode::BAD_REQUEST, "malformed", "the message cannot be read"),
        }
    }
}

/// Who may send to a door.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    Anybody,
    Desk,
}

/// What all requests share.
#[derive(Clone)]
pub(crate) struct Door {
    pub(crate) central: Central,
    arrivals: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    wrong_codes: Arc<Mutex<(Option<Instant>, u32)>>,
    addresses: Arc<Limiter<IpAddr>>,
    desks: Arc<Limiter<DeskId>>,
}

impl Door {
    pub(crate) fn new(central: Central, limits: Limits) -> Self {
        Self {
            central,
            arrivals: Arc::new(Semaphore::new(ARRIVING)),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            wrong_codes: Arc::new(Mutex::new((None, 0))),
            addresses: Arc::new(Limiter::new(limits.address)),
            desks: Arc::new(Limiter::new(limits.desk)),
        }
    }

    /// Reads a message, works on it where blocking is allowed, and answers, whatever happens.
    pub(crate) async fn answer<W>(self, sender: Sender, headers: &HeaderMap, body: Body, work: W) -> Response
    where
        W: FnOnce(&Self, &HeaderMap, Vec<u8>) -> Result<Vec<u8>, Refused> + Send + 'static,
    {
        match self.clone().worked(sender, headers, body, work).await {
            Ok(packed) => ([(header::CONTENT_TYPE, ANSWER_TYPE)], packed).into_response(),
            Err(refused) => self.refuse(refused),
        }
    }

    async fn worked<W>(
        self,
        sender: Sender,
        headers: &HeaderMap,
        body: Body,
        work: W,
    ) -> Result<Vec<u8>, Refused>
    where
        W: FnOnce(&Self, &HeaderMap, Vec<u8>) -> Result<Vec<u8>, Refused> + Send + 'static,
    {
        // What is not wanted is read to its end and thrown away: whoever sends it then hears why.
        let admitted = self.clone().admitted(sender, headers).await;
        let limit = match (&admitted, sender) {
            (Err(_), _) => 0,
            (Ok(()), Sender::Anybody) => MAX_ENROL,
            (Ok(()), Sender::Desk) => MAX_BODY,
        };
        let arrival = turn(&self.arrivals).await?;
        let body = tokio::time::timeout(ARRIVAL, collect(body, limit))
            .await
            .map_err(|_| {
                Refused::new(
                    StatusCode::REQUEST_TIMEOUT,
                    "slow",
                    "the message did not arrive in time",
                )
            })?;
        admitted?;
        let body = body.ok_or(Refused::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "the message is too large or broke off",
        ))?;
        let place = turn(&self.turns).await?;
        drop(arrival);
        let headers = headers.clone();
        let result = tokio::task::spawn_blocking(move || {
            let result = work(&self, &headers, body);
            drop(place);
            result
        });
        result.await.unwrap_or_else(|error| {
            tracing::error!(%error, "a request ended in a panic");
            Err(FAILED)
        })
    }

    /// Whether a message is worth reading: of this protocol, and said to be from a desk of the office.
    async fn admitted(self, sender: Sender, headers: &HeaderMap) -> Result<(), Refused> {
        let ours = headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes() == CONTENT_TYPE.as_bytes());
        if !ours {
            return Err(Refused::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "media_type",
                "not a message of this protocol",
            ));
        }
        if sender == Sender::Anybody {
            return Ok(());
        }
        let desk = crate::who::claimed(headers)?;
        let known = tokio::task::spawn_blocking(move || {
            let office = self.central.office()?;
            crate::who::certificate(&self.central, &office, desk).map(|_| ())
        });
        known.await.unwrap_or(Err(BUSY))
    }

    pub(crate) fn refuse(&self, refused: Refused) -> Response {
        let Refused {
            status,
            code,
            detail,
            wait,
        } = refused;
        tracing::debug!(status = status.as_u16(), code, "refused");
        let problem = Problem {
            code: code.to_owned(),
            detail: detail.to_owned(),
            now: self.central.now(),
        };
        // A message this small can be packed.
        let packed = pack(&problem).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, ANSWER_TYPE)], packed).into_response();
        if let Some(wait) = wait {
            self.central.metrics().held_back();
            // Whole seconds, and never none.
            let seconds = wait.as_secs().saturating_add(1);
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }

    /// Whether an address may ask so often, before anything of the request is read.
    pub(crate) fn hold_address(&self, peer: Option<SocketAddr>, headers: &HeaderMap) -> Result<(), Refused> {
        let Some(address) = limit::asking(peer, headers) else {
            return Ok(());
        };
        let admitted = self.addresses.admit(address, Instant::now());
        admitted.map_err(|wait| Refused::later(wait, "too many requests from this address"))
    }

    /// Whether a desk may ask so often, once it is sure that it is this desk.
    pub(crate) fn hold_desk(&self, desk: DeskId) -> Result<(), Refused> {
        let admitted = self.desks.admit(desk, Instant::now());
        admitted.map_err(|wait| Refused::later(wait, "too many requests of this desk"))
    }

    /// Whether codes may be tried at all just now.
    pub(crate) fn hold_codes(&self) -> Result<(), Refused> {
        let mut wrong = self.wrong_codes.lock().unwrap_or_else(PoisonError::into_inner);
        let since = wrong.0.map_or(Duration::ZERO, |since| since.elapsed());
        if since > MINUTE {
            *wrong = (None, 0);
        }
        if wrong.1 >= WRONG_CODES {
            return Err(Refused::later(
                MINUTE.saturating_sub(since),
                "too many wrong codes; wait a minute",
            ));
        }
        Ok(())
    }

    pub(crate) fn count_wrong_code(&self) {
        let mut wrong = self.wrong_codes.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.0.get_or_insert_with(Instant::now);
        wrong.1 += 1;
    }
}

/// Waits for one's turn.
async fn turn(places: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Refused> {
    let place = tokio::time::timeout(TURN, places.clone().acquire_owned()).await;
    place.map_err(|_| BUSY)?.map_err(|_| BUSY)
}

/// The whole message; none when it is larger than the limit (the rest is thrown away) or broke off.
async fn collect(mut body: Body, limit: usize) -> Option<Vec<u8>> {
    let (mut bytes, mut fits) = (Vec::new(), true);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.ok()?.into_data() else {
            continue;
        };
        fits &= bytes.len() + data.len() <= limit;
        if fits {
            bytes.extend_from_slice(&data);
        }
    }
    fits.then_some(bytes)
}
