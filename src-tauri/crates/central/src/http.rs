// SPDX-License-Identifier: EUPL-1.2
//! The doors of the centre: `/v1/enrol`, `/v1/push`, `/v1/pull`, `/healthz`, `/metrics`.
//!
//! Each message stands by itself: who asks is shown by the signature of the request, and nothing is remembered between two.

use crate::desks::Unenrolled;
use crate::error::CentralError;
use crate::metrics;
use crate::office::{Central, Office};
use crate::vault::PresenceRow;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use sportello_domain::ids::DeskId;
use sportello_protocol::Certificate;
use sportello_protocol::http_signature::{CREATED_WINDOW, RequestError, SignedFields, claim, verify};
use sportello_protocol::wire::{CONTENT_TYPE, Presence, Problem, WireError, pack, unpack};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// A request is no larger, packed.
const MAX_BODY: usize = 8 << 20;
/// For a request to arrive whole.
const ARRIVAL: Duration = Duration::from_mins(1);
/// So many requests are worked on at once; others wait this long for their turn.
const AT_ONCE: usize = 8;
const TURN: Duration = Duration::from_secs(30);
/// So many wrong codes in a minute; then codes are refused unread until the minute is over.
const WRONG_CODES: u32 = 30;

#[derive(Clone)]
struct Door {
    central: Central,
    turns: Arc<Semaphore>,
    wrong_codes: Arc<Mutex<(Option<Instant>, u32)>>,
}

/// Why a request is refused: status, code, and a word for the log of the one who asked.
struct Refused(StatusCode, &'static str, &'static str);

impl From<CentralError> for Refused {
    fn from(error: CentralError) -> Self {
        match error {
            CentralError::Contended => Self(StatusCode::SERVICE_UNAVAILABLE, "busy", "try again"),
            CentralError::NoOffice => Self(StatusCode::SERVICE_UNAVAILABLE, "no_office", "no office was founded here"),
            error => {
                tracing::error!(error = &error as &dyn std::error::Error, "request failed");
                Self(StatusCode::INTERNAL_SERVER_ERROR, "internal", "see the log of the centre")
            }
        }
    }
}

impl From<WireError> for Refused {
    fn from(error: WireError) -> Self {
        match error {
            WireError::TooLarge => Self(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the message is too large"),
            _ => Self(StatusCode::BAD_REQUEST, "malformed", "the message cannot be read"),
        }
    }
}

/// Who asks, once believed.
struct Caller {
    office: Office,
    certificate: Certificate,
}

impl Central {
    /// The doors, to be served by whoever has a listener.
    pub fn router(&self) -> Router {
        let door = Door {
            central: self.clone(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            wrong_codes: Arc::new(Mutex::new((None, 0))),
        };
        Router::new()
            .route("/v1/enrol", post(enrol))
            .route("/v1/push", post(push))
            .route("/v1/pull", post(pull))
            .route("/healthz", get(health))
            .route("/metrics", get(show_metrics))
            .fallback(nothing_here)
            .method_not_allowed_fallback(wrong_method)
            .with_state(door)
    }
}

async fn enrol(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(&headers, body, |door, _, body| {
        if door.too_many_wrong_codes() {
            return Err(Refused(StatusCode::TOO_MANY_REQUESTS, "slow_down", "too many wrong codes; wait a minute"));
        }
        let request = unpack(&body)?;
        match door.central.enrol(&request)? {
            Ok(enrolled) => Ok(pack(&enrolled)?),
            Err(why) => {
                door.count_wrong_code();
                Err(match why {
                    Unenrolled::UnknownCode => Refused(StatusCode::NOT_FOUND, "code_unknown", "no such code"),
                    Unenrolled::UsedCode => Refused(StatusCode::GONE, "code_used", "the code was used already"),
                    Unenrolled::ExpiredCode => Refused(StatusCode::GONE, "code_expired", "the code holds no more"),
                    Unenrolled::Proof => Refused(StatusCode::UNAUTHORIZED, "signature", "the proof does not hold"),
                })
            }
        }
    })
    .await
}

async fn push(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(&headers, body, |door, headers, body| {
        let caller = door.believe(headers, "/v1/push", &body)?;
        let message: sportello_protocol::wire::Push = unpack(&body)?;
        door.note(&caller, &message.presence)?;
        Ok(pack(&door.central.take(&caller.office, &message)?)?)
    })
    .await
}

async fn pull(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(&headers, body, |door, headers, body| {
        let caller = door.believe(headers, "/v1/pull", &body)?;
        let message: sportello_protocol::wire::Pull = unpack(&body)?;
        door.note(&caller, &message.presence)?;
        Ok(pack(&door.central.give(&caller.office, &caller.certificate, &message)?)?)
    })
    .await
}

async fn health(State(door): State<Door>) -> Response {
    let central = door.central.clone();
    let counts = tokio::task::spawn_blocking(move || Ok::<_, CentralError>((central.office()?, central.vault().counts()?)));
    let (status, answer) = match counts.await {
        Ok(Ok((_, counts))) => {
            let answer = serde_json::json!({
                "status": "ok", "version": env!("CARGO_PKG_VERSION"), "now": door.central.now(),
                "desks": counts.desks, "logs": counts.logs, "records": counts.records,
            });
            (StatusCode::OK, answer)
        }
        Ok(Err(CentralError::NoOffice)) => {
            (StatusCode::SERVICE_UNAVAILABLE, serde_json::json!({ "status": "no_office" }))
        }
        _ => (StatusCode::SERVICE_UNAVAILABLE, serde_json::json!({ "status": "failed" })),
    };
    (status, [(header::CONTENT_TYPE, "application/json")], answer.to_string()).into_response()
}

async fn show_metrics(State(door): State<Door>) -> Response {
    let central = door.central.clone();
    match tokio::task::spawn_blocking(move || metrics::text(&central)).await {
        Ok(Ok(text)) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response(),
        _ => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn nothing_here(State(door): State<Door>) -> Response {
    door.refuse(&Refused(StatusCode::NOT_FOUND, "not_found", "there is no such address"))
}

async fn wrong_method(State(door): State<Door>) -> Response {
    door.refuse(&Refused(StatusCode::METHOD_NOT_ALLOWED, "method", "this address takes another method"))
}

impl Door {
    /// Reads a message, works on it where blocking is allowed, and answers, whatever happens.
    async fn answer<W>(self, headers: &HeaderMap, body: Body, work: W) -> Response
    where
        W: FnOnce(&Self, &HeaderMap, Vec<u8>) -> Result<Vec<u8>, Refused> + Send + 'static,
    {
        match self.clone().worked(headers, body, work).await {
            Ok(packed) => {
                self.central.metrics().answered(200);
                ([(header::CONTENT_TYPE, CONTENT_TYPE)], packed).into_response()
            }
            Err(refused) => self.refuse(&refused),
        }
    }

    async fn worked<W>(self, headers: &HeaderMap, body: Body, work: W) -> Result<Vec<u8>, Refused>
    where
        W: FnOnce(&Self, &HeaderMap, Vec<u8>) -> Result<Vec<u8>, Refused> + Send + 'static,
    {
        let ours = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes() == CONTENT_TYPE.as_bytes());
        if !ours {
            return Err(Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", "not a message of this protocol"));
        }
        let body = tokio::time::timeout(ARRIVAL, to_bytes(body, MAX_BODY))
            .await
            .map_err(|_| Refused(StatusCode::REQUEST_TIMEOUT, "slow", "the message did not arrive in time"))?
            .map_err(|_| Refused(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the message is too large or broke off"))?;
        let busy = || Refused(StatusCode::SERVICE_UNAVAILABLE, "busy", "try again");
        let turn = tokio::time::timeout(TURN, self.turns.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| busy())?.map_err(|_| busy())?;
        let headers = headers.clone();
        let result = tokio::task::spawn_blocking(move || {
            let result = work(&self, &headers, body.into());
            drop(turn);
            result
        });
        result.await.unwrap_or_else(|error| {
            tracing::error!(%error, "a request ended in a panic");
            Err(Refused(StatusCode::INTERNAL_SERVER_ERROR, "internal", "see the log of the centre"))
        })
    }

    fn refuse(&self, refused: &Refused) -> Response {
        let Refused(status, code, detail) = *refused;
        self.central.metrics().answered(status.as_u16());
        tracing::debug!(status = status.as_u16(), code, "refused");
        let problem = Problem { code: code.to_owned(), detail: detail.to_owned(), now: self.central.now() };
        // A message this small can be packed.
        let packed = pack(&problem).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, CONTENT_TYPE)], packed).into_response()
    }

    /// Whether the request is signed by a desk of the office that may still ask.
    fn believe(&self, headers: &HeaderMap, path: &str, body: &[u8]) -> Result<Caller, Refused> {
        let unsigned = || Refused(StatusCode::UNAUTHORIZED, "unsigned", "the request is not signed as it must be");
        let field = |name: &str| headers.get(name)?.to_str().ok().map(str::to_owned);
        let fields = SignedFields {
            content_digest: field("content-digest").ok_or_else(unsigned)?,
            signature_input: field("signature-input").ok_or_else(unsigned)?,
            signature: field("signature").ok_or_else(unsigned)?,
        };
        let claim = claim(&fields).map_err(|_| unsigned())?;
        let office = self.central.office()?;
        let certificate = self.certificate(&office, claim.desk)?;
        verify(&certificate.key, "POST", path, body, &fields).map_err(|error| match error {
            RequestError::Malformed => unsigned(),
            RequestError::Digest => Refused(StatusCode::BAD_REQUEST, "digest", "the content was changed on the way"),
            RequestError::Signature(_) => Refused(StatusCode::UNAUTHORIZED, "signature", "the signature does not hold"),
        })?;
        if certificate.revoked {
            return Err(Refused(StatusCode::FORBIDDEN, "revoked", "this desk was revoked"));
        }
        if claim.created.abs_diff(self.central.now() / 1000) > CREATED_WINDOW.unsigned_abs() {
            return Err(Refused(StatusCode::UNAUTHORIZED, "clock", "signed at another time than now"));
        }
        Ok(Caller { office, certificate })
    }

    fn certificate(&self, office: &Office, desk: DeskId) -> Result<Certificate, Refused> {
        let unknown = || Refused(StatusCode::UNAUTHORIZED, "unknown_desk", "no such desk is enrolled");
        let row = self.central.vault().desk(desk).map_err(CentralError::from)?.ok_or_else(unknown)?;
        let (_, signed) = row.enrolled.ok_or_else(unknown)?;
        let damaged = |_| CentralError::Damaged("a certificate that the office's key did not sign".into());
        Ok(signed.verify(office.id(), &office.key.public()).map_err(damaged)?)
    }

    fn note(&self, caller: &Caller, presence: &Presence) -> Result<(), Refused> {
        let now = self.central.now();
        let row = PresenceRow {
            desk: caller.certificate.desk_id(),
            seen_at: now,
            waiting: presence.waiting,
            skew: presence.now.saturating_sub(now),
            version: presence.version.chars().filter(|c| !c.is_control()).take(40).collect(),
        };
        Ok(self.central.vault().note_presence(&row).map_err(CentralError::from)?)
    }

    fn too_many_wrong_codes(&self) -> bool {
        let mut wrong = self.wrong_codes.lock().unwrap_or_else(PoisonError::into_inner);
        if wrong.0.is_some_and(|since| since.elapsed() > Duration::from_mins(1)) {
            *wrong = (None, 0);
        }
        wrong.1 >= WRONG_CODES
    }

    fn count_wrong_code(&self) {
        let mut wrong = self.wrong_codes.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.0.get_or_insert_with(Instant::now);
        wrong.1 += 1;
    }
}
