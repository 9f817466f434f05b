// SPDX-License-Identifier: EUPL-1.2
//! Listens on the seat's own network for a desk that serves as relay, and hands what comes to the desk. It knows HTTP and nothing else:
//! what arrives is sealed for the desk, and what does not open is not answered.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum_server::Handle;
use hyper_util::rt::TokioTimer;
use sportello_desk::{Desk, relay};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::sync::broadcast::error::RecvError;

/// A request is no larger, sealed: what the centre takes, and what sealing adds.
const MAX_BODY: usize = (8 << 20) + 4096;
/// For the head of a request, and for a whole one, to arrive.
const HEAD: Duration = Duration::from_secs(15);
const ARRIVAL: Duration = Duration::from_mins(1);
/// So many requests arrive at once, and so many are worked on: a person sits at this desk, and comes first.
const ARRIVING: usize = 16;
const AT_ONCE: usize = 2;
/// After being told to stop, what is under way has this long to end.
const GRACE: Duration = Duration::from_secs(5);
/// After a port could not be had, it is tried again.
const AGAIN: Duration = Duration::from_secs(30);

/// Why nobody can be served.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// The address is not this computer's, or the port is taken.
    #[error("cannot listen for the desks of the seat")]
    Listen(#[source] std::io::Error),
}

#[derive(Clone)]
struct Door {
    desk: Arc<Desk>,
    arrivals: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

/// The door of a relay, for whoever has a listener.
pub fn router(desk: Arc<Desk>) -> Router {
    let door = Door {
        desk,
        arrivals: Arc::new(Semaphore::new(ARRIVING)),
        turns: Arc::new(Semaphore::new(AT_ONCE)),
    };
    Router::new().route(relay::PATH, post(answer)).with_state(door)
}

async fn answer(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    match answered(door, &headers, body).await {
        Ok(sealed) => ([(header::CONTENT_TYPE, relay::CONTENT_TYPE)], sealed).into_response(),
        Err(status) => status.into_response(),
    }
}

async fn answered(door: Door, headers: &HeaderMap, body: Body) -> Result<Vec<u8>, StatusCode> {
    let ours = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes() == relay::CONTENT_TYPE.as_bytes());
    if !ours {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let busy = StatusCode::SERVICE_UNAVAILABLE;
    let arrival = door.arrivals.clone().acquire_owned().await.map_err(|_| busy)?;
    let bytes = tokio::time::timeout(ARRIVAL, to_bytes(body, MAX_BODY))
        .await
        .map_err(|_| StatusCode::REQUEST_TIMEOUT)?
        .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let turn = door.turns.clone().acquire_owned().await.map_err(|_| busy)?;
    drop(arrival);
    let answered = tokio::task::spawn_blocking(move || {
        let answered = door.desk.answer_sealed(&bytes);
        drop(turn);
        answered
    });
    match answered.await {
        Ok(Some(sealed)) => Ok(sealed),
        Ok(None) => Err(StatusCode::BAD_REQUEST),
        Err(error) => {
            tracing::error!(%error, "a request to the relay ended in a panic");
            Err(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// Serves on a listener until `stop` is done, then lets what is under way end.
pub async fn serve(
    desk: Arc<Desk>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), RelayError> {
    listener.set_nonblocking(true).map_err(RelayError::Listen)?;
    let handle: Handle<SocketAddr> = Handle::new();
    let stopper = tokio::spawn({
        let handle = handle.clone();
        async move {
            stop.await;
            handle.graceful_shutdown(Some(GRACE));
        }
    });
    let mut server = axum_server::from_tcp(listener)
        .map_err(RelayError::Listen)?
        .handle(handle);
    server
        .http_builder()
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD);
    let outcome = server.serve(router(desk).into_make_service()).await;
    stopper.abort();
    outcome.map_err(RelayError::Listen)
}

/// Listens for as long as the future is kept and the desk's settings say so, where they say; and tells the desk whether it can.
pub async fn serve_forever(desk: Arc<Desk>) {
    loop {
        let Some(address) = desk.settings().relay.listen else {
            changed(&desk, None).await;
            continue;
        };
        match TcpListener::bind(&address) {
            Ok(listener) => {
                desk.note_listening(listener.local_addr().ok(), false);
                tracing::info!(%address, "serves as relay");
                let stop = {
                    let (desk, address) = (desk.clone(), address.clone());
                    async move { changed(&desk, Some(&address)).await }
                };
                if let Err(error) = serve(desk.clone(), listener, stop).await {
                    tracing::warn!(error = &error as &dyn std::error::Error, "the relay ended");
                }
                desk.note_listening(None, false);
            }
            Err(error) => {
                tracing::warn!(%error, "cannot listen for the desks of the seat");
                desk.note_listening(None, true);
                let again = tokio::time::timeout(AGAIN, changed(&desk, Some(&address)));
                // Either way it is tried again.
                let _ = again.await;
            }
        }
    }
}

/// Waits until the settings say another place to listen than this.
async fn changed(desk: &Desk, now: Option<&str>) {
    let mut happenings = desk.watch();
    while desk.settings().relay.listen.as_deref() == now {
        if let Err(RecvError::Closed) = happenings.recv().await {
            // The desk lives as long as it is served: nothing more will happen.
            std::future::pending::<()>().await;
        }
    }
}
