// SPDX-License-Identifier: EUPL-1.2
//! The doors of the centre: `/v1/enrol`, `/v1/readmit`, `/v1/push`, `/v1/pull`, `/healthz`, `/metrics`.
//!
//! Each message stands by itself: who asks is shown by the signature of the request, and nothing is remembered between two.

use crate::desks::Unenrolled;
use crate::door::{Door, Refused, Sender};
use crate::error::CentralError;
use crate::metrics;
use crate::office::Central;
use crate::vault::PresenceRow;
use crate::who::{Caller, believe, believe_certificate};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use sportello_protocol::wire::{Enrolled, Presence, Pull, Push, Readmit, pack, unpack};

impl Central {
    /// The doors, to be served by whoever has a listener.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/v1/enrol", post(enrol))
            .route("/v1/readmit", post(readmit))
            .route("/v1/push", post(push))
            .route("/v1/pull", post(pull))
            .route("/healthz", get(health))
            .route("/metrics", get(show_metrics))
            .fallback(nothing_here)
            .method_not_allowed_fallback(wrong_method)
            .with_state(Door::new(self.clone()))
    }
}

async fn enrol(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(Sender::Anybody, &headers, body, |door, _, body| {
        if door.too_many_wrong_codes() {
            return Err(Refused(
                StatusCode::TOO_MANY_REQUESTS,
                "slow_down",
                "too many wrong codes; wait a minute",
            ));
        }
        let request = unpack(&body)?;
        match door.central.enrol(&request)? {
            Ok(enrolled) => Ok(pack(&enrolled)?),
            Err(why) => {
                door.count_wrong_code();
                Err(match why {
                    Unenrolled::UnknownCode => Refused(StatusCode::NOT_FOUND, "code_unknown", "no such code"),
                    Unenrolled::UsedCode => {
                        Refused(StatusCode::GONE, "code_used", "the code was used already")
                    }
                    Unenrolled::ExpiredCode => {
                        Refused(StatusCode::GONE, "code_expired", "the code holds no more")
                    }
                    Unenrolled::Proof => {
                        Refused(StatusCode::UNAUTHORIZED, "signature", "the proof does not hold")
                    }
                })
            }
        }
    })
    .await
}

async fn readmit(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(Sender::Anybody, &headers, body, |door, headers, body| {
        let shown: Readmit = unpack(&body)?;
        let Caller { office, certificate } =
            believe_certificate(&door.central, headers, "/v1/readmit", &body, &shown)?;
        if !door.central.readmit(&certificate, &shown.certificate)? {
            return Err(Refused(StatusCode::FORBIDDEN, "revoked", "this desk was revoked"));
        }
        Ok(pack(&Enrolled {
            office_key: office.key.public(),
            office_name: office.row.name,
            certificate: shown.certificate,
            now: door.central.now(),
        })?)
    })
    .await
}

async fn push(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(Sender::Desk, &headers, body, |door, headers, body| {
        let caller = believe(&door.central, headers, "/v1/push", &body)?;
        let message: Push = unpack(&body)?;
        note(&door.central, &caller, &message.presence)?;
        Ok(pack(&door.central.take(&caller.office, &message)?)?)
    })
    .await
}

async fn pull(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    door.answer(Sender::Desk, &headers, body, |door, headers, body| {
        let caller = believe(&door.central, headers, "/v1/pull", &body)?;
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

/// Remembers what a desk says of itself.
fn note(central: &Central, caller: &Caller, presence: &Presence) -> Result<(), Refused> {
    let now = central.now();
    let row = PresenceRow {
        desk: caller.certificate.desk_id(),
        seen_at: now,
        waiting: presence.waiting,
        skew: presence.now.saturating_sub(now),
        version: presence
            .version
            .chars()
            .filter(|c| !c.is_control())
            .take(40)
            .collect(),
    };
    Ok(central.vault().note_presence(&row).map_err(CentralError::from)?)
}

async fn health(State(door): State<Door>) -> Response {
    let central = door.central.clone();
    let counts = tokio::task::spawn_blocking(move || {
        Ok::<_, CentralError>((central.office()?, central.vault().counts()?))
    });
    let (status, answer) = match counts.await {
        Ok(Ok((_, counts))) => {
            let answer = serde_json::json!({
                "status": "ok", "version": env!("CARGO_PKG_VERSION"), "now": door.central.now(),
                "desks": counts.desks, "logs": counts.logs, "records": counts.records,
            });
            (StatusCode::OK, answer)
        }
        Ok(Err(CentralError::NoOffice)) => (
            StatusCode::SERVICE_UNAVAILABLE,
            serde_json::json!({ "status": "no_office" }),
        ),
        _ => (
            StatusCode::SERVICE_UNAVAILABLE,
            serde_json::json!({ "status": "failed" }),
        ),
    };
    (
        status,
        [(header::CONTENT_TYPE, "application/json")],
        answer.to_string(),
    )
        .into_response()
}

async fn show_metrics(State(door): State<Door>) -> Response {
    let central = door.central.clone();
    match tokio::task::spawn_blocking(move || metrics::text(&central)).await {
        Ok(Ok(text)) => (
            [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
            text,
        )
            .into_response(),
        _ => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn nothing_here(State(door): State<Door>) -> Response {
    door.refuse(Refused(
        StatusCode::NOT_FOUND,
        "not_found",
        "there is no such address",
    ))
}

async fn wrong_method(State(door): State<Door>) -> Response {
    door.refuse(Refused(
        StatusCode::METHOD_NOT_ALLOWED,
        "method",
        "this address takes another method",
    ))
}
