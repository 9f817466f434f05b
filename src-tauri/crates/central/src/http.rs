// SPDX-License-Identifier: EUPL-1.2
//! What stands behind the doors of the centre (`routes` lists them).
//!
//! Each message stands by itself: who asks is shown by the signature of the request, and nothing is remembered between two.

use crate::desks::Unenrolled;
use crate::door::{Door, Refused, Sender};
use crate::error::CentralError;
use crate::limit::Limits;
use crate::metrics;
use crate::office::Central;
use crate::replace::Unreplaced;
use crate::rotate::Unrotated;
use crate::routes::{self, Route};
use crate::vault::{PresenceRow, VaultError};
use crate::who::{
    Caller, REVOKED, believe, believe_certificate, believe_revoked, believe_rotating, speaks_of, version_of,
};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use sportello_protocol::errands::{Replace, Replaced, Rotate, Rotated};
use sportello_protocol::version::is_versioned;
use sportello_protocol::wire::{AsideRequest, Enrolled, Presence, Pull, Push, Readmit, pack, unpack};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// Health and metrics are told even when the database does not answer: so long it is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

impl Central {
    /// The doors, to be served by whoever has a listener. Everybody may ask as often as they like.
    pub fn router(&self) -> Router {
        self.router_within(Limits::default())
    }

    /// The doors, within limits. An address is limited only where the server tells it ([`ConnectInfo`]).
    pub fn router_within(&self, limits: Limits) -> Router {
        let door = Door::new(self.clone(), limits);
        routes::router()
            .fallback(nothing_here)
            .method_not_allowed_fallback(wrong_method)
            .layer(from_fn_with_state(door.clone(), gate))
            .with_state(door)
    }
}

/// What every request passes on its way in and out.
async fn gate(State(door): State<Door>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let _under_way = door.central.metrics().begun();
    let route = Route::of(request.uri().path());
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let response = match door.hold_address(peer.map(|peer| peer.0), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refused) => door.refuse(refused),
    };
    let status = response.status().as_u16();
    door.central.metrics().answered(route, status, began.elapsed());
    response
}

pub(crate) async fn enrol(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(Sender::Anybody, &headers, body, |door, _, body| {
        door.hold_codes()?;
        let request = unpack(&body)?;
        match door.central.enrol(&request)? {
            Ok(enrolled) => Ok(pack(&enrolled)?),
            Err(why) => {
                door.count_wrong_code();
                Err(match why {
                    Unenrolled::UnknownCode => {
                        Refused::new(StatusCode::NOT_FOUND, "code_unknown", "no such code")
                    }
                    Unenrolled::UsedCode => {
                        Refused::new(StatusCode::GONE, "code_used", "the code was used already")
                    }
                    Unenrolled::ExpiredCode => {
                        Refused::new(StatusCode::GONE, "code_expired", "the code holds no more")
                    }
                    Unenrolled::OtherDesk => Refused::new(
                        StatusCode::CONFLICT,
                        "code_other_desk",
                        "the code is not for the successor of the desk that asks",
                    ),
                    Unenrolled::Outdated => Refused::new(
                        StatusCode::CONFLICT,
                        "desk_outdated",
                        "desks of this office have changed their keys, and the program that asks does not know of that",
                    ),
                    Unenrolled::Proof => {
                        Refused::new(StatusCode::UNAUTHORIZED, "signature", "the proof does not hold")
                    }
                })
            }
        }
    })
    .await
}

pub(crate) async fn readmit(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(Sender::Anybody, &headers, body, |door, headers, body| {
        let shown: Readmit = unpack(&body)?;
        let Caller { office, certificate } =
            believe_certificate(&door.central, headers, "/v1/readmit", &body, &shown)?;
        if !door.central.readmit(&certificate, &shown.certificate)? {
            return Err(REVOKED);
        }
        Ok(pack(&Enrolled {
            office_key: office.key.public(),
            office_name: office.row.name,
            certificate: shown.certificate,
            now: door.central.now(),
            replaced: None,
        })?)
    })
    .await
}

pub(crate) async fn push(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(Sender::Desk, &headers, body, |door, headers, body| {
        let caller = believe(&door.central, headers, "/v1/push", &body)?;
        door.hold_desk(caller.certificate.desk_id())?;
        let message: Push = unpack(&body)?;
        note(&door.central, &caller, &message.presence)?;
        Ok(pack(&door.central.take(&caller.office, &message)?)?)
    })
    .await
}

pub(crate) async fn pull(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(Sender::Desk, &headers, body, |door, headers, body| {
        let caller = believe(&door.central, headers, "/v1/pull", &body)?;
        door.hold_desk(caller.certificate.desk_id())?;
        let message: Pull = unpack(&body)?;
        note(&door.central, &caller, &message.presence)?;
        Ok(pack(&door.central.give(
            &caller.office,
            &caller.certificate,
            &message,
        )?)?)
    })
    .await
}

pub(crate) async fn late(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(Sender::Desk, &headers, body, |door, headers, body| {
        let caller = believe_revoked(&door.central, headers, "/v1/late", &body)?;
        door.hold_desk(caller.certificate.desk_id())?;
        let message: Push = unpack(&body)?;
        note(&door.central, &caller, &message.presence)?;
        Ok(pack(&door.central.take_late(
            &caller.office,
            &caller.certificate,
            &message,
        )?)?)
    })
    .await
}

pub(crate) async fn aside(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(Sender::Desk, &headers, body, |door, headers, body| {
        let caller = believe(&door.central, headers, "/v1/aside", &body)?;
        door.hold_desk(caller.certificate.desk_id())?;
        let message: AsideRequest = unpack(&body)?;
        note(&door.central, &caller, &message.presence)?;
        Ok(pack(&door.central.give_aside(&caller.certificate, &message)?)?)
    })
    .await
}

pub(crate) async fn rotate(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(Sender::Desk, &headers, body, |door, headers, body| {
        let message: Rotate = unpack(&body)?;
        let caller = believe_rotating(&door.central, headers, "/v1/rotate", &body, &message.key)?;
        let desk = caller.certificate.desk_id();
        door.hold_desk(desk)?;
        note(&door.central, &caller, &message.presence)?;
        let certificate = door.central.rotate_key(&caller.office, desk, &message)?;
        Ok(pack(&Rotated {
            now: door.central.now(),
            certificate: certificate.map_err(|why| match why {
                Unrotated::Proof => {
                    Refused::new(StatusCode::UNAUTHORIZED, "signature", "the proof does not hold")
                }
                Unrotated::KnownKey => Refused::new(
                    StatusCode::CONFLICT,
                    "key_taken",
                    "somebody has this key, or had it",
                ),
                Unrotated::Forked => Refused::new(
                    StatusCode::CONFLICT,
                    "fork",
                    "a log of this desk is stopped until a person has looked",
                ),
                Unrotated::Outdated => Refused::new(
                    StatusCode::CONFLICT,
                    "desks_outdated",
                    "a desk of the office has not said that it knows of changed keys",
                ),
            })?,
        })?)
    })
    .await
}

pub(crate) async fn replace(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(Sender::Desk, &headers, body, |door, headers, body| {
        let caller = believe(&door.central, headers, "/v1/replace", &body)?;
        door.hold_desk(caller.certificate.desk_id())?;
        let message: Replace = unpack(&body)?;
        note(&door.central, &caller, &message.presence)?;
        let invited = door
            .central
            .replace_for(&caller.office, &caller.certificate, &message)?
            .map_err(|why| match why {
                Unreplaced::NotSupervising => Refused::new(
                    StatusCode::FORBIDDEN,
                    "not_a_supervising_desk",
                    "only desks where supervisors sit have others replaced",
                ),
                Unreplaced::NoSuchDesk => Refused::new(
                    StatusCode::NOT_FOUND,
                    "no_such_desk",
                    "no such desk was ever enrolled",
                ),
                Unreplaced::Itself => Refused::new(
                    StatusCode::CONFLICT,
                    "replaces_itself",
                    "a desk that asks is no dead one",
                ),
                Unreplaced::UsedCode => {
                    Refused::new(StatusCode::GONE, "code_used", "the code was used already")
                }
                Unreplaced::ExpiredCode => {
                    Refused::new(StatusCode::GONE, "code_expired", "the code holds no more")
                }
            })?;
        Ok(pack(&Replaced {
            now: door.central.now(),
            desk: *invited.desk.0.as_bytes(),
            name: invited.name,
            code: invited.code.as_str().to_owned(),
            expires_at: invited.expires_at,
        })?)
    })
    .await
}

/// Remembers what a desk says of itself.
fn note(central: &Central, caller: &Caller, presence: &Presence) -> Result<(), Refused> {
    let now = central.now();
    let row = PresenceRow {
        desk: caller.certificate.desk_id(),
        seen_at: now,
        waiting: presence.waiting,
        skew: presence.now.saturating_sub(now),
        version: version_of(presence),
        speaks: speaks_of(presence),
    };
    Ok(central.vault().note_presence(&row).map_err(CentralError::from)?)
}

pub(crate) async fn health(State(door): State<Door>) -> Response {
    let (central, kind) = (door.central.clone(), door.central.vault().state().kind);
    let counts = asked(move || Ok::<_, CentralError>((central.office()?, central.vault().counts()?))).await;
    let (status, answer) = match counts {
        Some(Ok((_, counts))) => {
            let answer = serde_json::json!({
                "status": "ok", "version": env!("CARGO_PKG_VERSION"), "database": kind, "now": door.central.now(),
                "desks": counts.desks, "logs": counts.logs, "records": counts.records,
            });
            (StatusCode::OK, answer)
        }
        Some(Err(CentralError::NoOffice)) => (
            StatusCode::SERVICE_UNAVAILABLE,
            serde_json::json!({ "status": "no_office", "database": kind }),
        ),
        _ => (
            StatusCode::SERVICE_UNAVAILABLE,
            serde_json::json!({ "status": "failed", "database": kind }),
        ),
    };
    json(status, answer.to_string())
}

pub(crate) async fn show_metrics(State(door): State<Door>) -> Response {
    let central = door.central.clone();
    let kept = asked(move || {
        let counts = central.vault().counts()?;
        Ok::<_, VaultError>((counts, central.vault().presences()?))
    })
    .await
    .and_then(Result::ok);
    let text = metrics::text(&door.central, kept.as_ref());
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        text,
    )
        .into_response()
}

pub(crate) async fn show_document() -> Response {
    json(StatusCode::OK, routes::document())
}

/// What the database says, unless it takes too long.
async fn asked<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> Option<R> {
    tokio::time::timeout(PATIENCE, tokio::task::spawn_blocking(work))
        .await
        .ok()?
        .ok()
}

fn json(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], text).into_response()
}

async fn nothing_here(State(door): State<Door>, uri: Uri) -> Response {
    if is_versioned(uri.path()) && !uri.path().starts_with("/v1/") {
        // What this centre speaks is said with every answer.
        return door.refuse(Refused::new(
            StatusCode::NOT_FOUND,
            "version",
            "this version of the protocol is not spoken here",
        ));
    }
    door.refuse(Refused::new(
        StatusCode::NOT_FOUND,
        "not_found",
        "there is no such address",
    ))
}

async fn wrong_method(State(door): State<Door>) -> Response {
    door.refuse(Refused::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method",
        "this address takes another method",
    ))
}
