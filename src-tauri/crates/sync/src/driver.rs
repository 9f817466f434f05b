// SPDX-License-Identifier: EUPL-1.2
//! Driving an [`Exchange`]: with tokio, local steps and messages at the same time; or plainly, one after the other.

use crate::exchange::{Exchange, ExchangeError, Options, Report, Step};
use crate::local::{Identity, LocalDone, LocalLogs};
use crate::transport::{Reply, Request, Transport, TransportError};
use std::sync::Arc;
use tokio::task::JoinSet;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// One exchange with the centre. Local steps run where blocking is allowed; none is under way while nothing but an answer
/// is awaited. `clock` gives the desk's clock, milliseconds since 1970.
pub async fn run<L: LocalLogs, T: Transport>(
    local: Arc<L>,
    transport: Arc<T>,
    identity: Identity,
    options: Options,
    clock: impl Fn() -> i64,
) -> Report {
    let snapshot = match blocking({
        let local = local.clone();
        move || local.snapshot().map_err(|error| Box::new(error) as Failure)
    })
    .await
    {
        Ok(snapshot) => snapshot,
        Err(error) => {
            return Report {
                error: Some(ExchangeError::Local(error)),
                ..Report::default()
            };
        }
    };
    let mut exchange = Exchange::new(identity, options, &snapshot);
    // Dropped with this future: what is under way is then given up.
    let mut flying: JoinSet<Result<Reply, TransportError>> = JoinSet::new();
    let mut sent_at = 0;
    loop {
        match exchange.next(clock()) {
            Step::Send(request) => {
                sent_at = clock();
                let transport = transport.clone();
                flying.spawn(async move { transport.send(request).await });
            }
            Step::Local(step) => {
                let doing = {
                    let local = local.clone();
                    blocking(move || local.perform(step).map_err(|error| Box::new(error) as Failure))
                };
                tokio::pin!(doing);
                // An answer that comes meanwhile is unpacked and verified beside the step, which has its own thread.
                let done: Result<LocalDone, Failure> = loop {
                    tokio::select! {
                        biased;
                        done = &mut doing => break done,
                        Some(reply) = flying.join_next() => {
                            exchange.answered(landed(Some(reply)), sent_at, clock());
                        }
                    }
                };
                match done {
                    Ok(done) => exchange.done(done),
                    Err(error) => exchange.local_failed(error),
                }
                tell_fetched(&exchange, local.as_ref());
            }
            Step::Wait => {
                let reply = landed(flying.join_next().await);
                exchange.answered(reply, sent_at, clock());
                tell_fetched(&exchange, local.as_ref());
            }
            Step::Done(report) => return tell(*report),
        }
    }
}

type Landed = Option<Result<Result<Reply, TransportError>, tokio::task::JoinError>>;

/// What came back, or that nothing will.
fn landed(reply: Landed) -> Result<Reply, TransportError> {
    match reply {
        Some(Ok(reply)) => reply,
        Some(Err(error)) => Err(TransportError::Interrupted(Some(Box::new(error)))),
        None => Err(TransportError::Interrupted(None)),
    }
}

fn tell_fetched<L: LocalLogs>(exchange: &Exchange, local: &L) {
    if let Some(fetched) = exchange.fetched() {
        local.fetched(fetched);
    }
}

/// One exchange, one step after the other: for simulation, and wherever there is no runtime.
pub fn run_blocking<L: LocalLogs>(
    local: &L,
    identity: Identity,
    options: Options,
    clock: impl Fn() -> i64,
    mut send: impl FnMut(Request) -> Result<Reply, TransportError>,
) -> Report {
    let snapshot = match local.snapshot() {
        Ok(snapshot) => snapshot,
        Err(error) => {
            return Report {
                error: Some(ExchangeError::Local(Box::new(error))),
                ..Report::default()
            };
        }
    };
    let mut exchange = Exchange::new(identity, options, &snapshot);
    let mut flying: Option<(Result<Reply, TransportError>, i64)> = None;
    loop {
        match exchange.next(clock()) {
            Step::Send(request) => {
                let sent_at = clock();
                flying = Some((send(request), sent_at));
            }
            Step::Local(step) => match local.perform(step) {
                Ok(done) => exchange.done(done),
                Err(error) => exchange.local_failed(Box::new(error)),
            },
            Step::Wait => {
                let (reply, sent_at) = flying
                    .take()
                    .unwrap_or((Err(TransportError::Interrupted(None)), clock()));
                exchange.answered(reply, sent_at, clock());
                if let Some(fetched) = exchange.fetched() {
                    local.fetched(fetched);
                }
            }
            Step::Done(report) => return tell(*report),
        }
    }
}

async fn blocking<R: Send + 'static>(
    work: impl FnOnce() -> Result<R, Failure> + Send + 'static,
) -> Result<R, Failure> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(Box::new(error)))
}

fn tell(report: Report) -> Report {
    let (pushed, pulled, troubles) = (report.pushed, report.pulled, report.troubles.len());
    if let Some(error) = &report.error {
        tracing::info!(code = error.code(), pushed, pulled, troubles, "exchange ended");
    } else {
        tracing::debug!(pushed, pulled, troubles, "exchange");
    }
    report
}
