// SPDX-License-Identifier: EUPL-1.2
//! What comes beside the exchange (ADR 0014): a revoked desk hands in what it wrote and had not handed over; a desk hands
//! on what it set aside of others' logs; and desks where supervisors sit fetch what waits for their decision.

use crate::answer::{self, AnswerError};
use crate::exchange::{ExchangeError, Options};
use crate::local::{Identity, LocalLogs};
use crate::transport::{Endpoint, Request, Transport};
use sportello_domain::meta::Topic;
use sportello_protocol::version::Versions;
use sportello_protocol::wire::{
    AsideAnswer, AsideMark, AsideRequest, LogName, Presence, Push, PushAnswer, Segment, pack,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How far each of a desk's own logs was handed in late.
pub type HandedIn = BTreeMap<Topic, u64>;

/// Hands in what a revoked desk wrote and the centre has not acknowledged, page by page, from where it was handed in before. Gives how
/// far the centre has set each log aside. What it does not take stays here, and is tried again.
pub async fn hand_in<L: LocalLogs, T: Transport>(
    local: Arc<L>,
    transport: &T,
    identity: &Identity,
    options: &Options,
    now: i64,
    before: HandedIn,
) -> Result<HandedIn, ExchangeError> {
    let snapshot = blocking(&local, L::snapshot).await?;
    let waiting: u64 = snapshot
        .own
        .iter()
        .map(|own| own.seq.saturating_sub(own.acknowledged))
        .sum();
    let mut done = before;
    for own in snapshot.own {
        let log = LogName::new(identity.desk, own.topic);
        let mut at = done.get(&own.topic).copied().unwrap_or(0).max(own.acknowledged);
        while at < own.seq {
            let (topic, from) = (own.topic, at + 1);
            let (bytes, records) = (options.page_bytes, options.page_records);
            let page = blocking(&local, move |local| local.read_own(topic, from, bytes, records)).await?;
            if page.records.is_empty() {
                break;
            }
            let segment = Segment::sign(
                &identity.key,
                identity.office,
                log.clone(),
                topic,
                from,
                page.records,
                page.link,
            );
            let push = Push {
                presence: Presence {
                    now,
                    waiting,
                    version: options.version.clone(),
                    speaks: Some(Versions::OURS.newest),
                },
                segments: vec![segment],
            };
            let body = pack(&push).map_err(AnswerError::Broken)?;
            let reply = transport
                .send(Request {
                    endpoint: Endpoint::Late,
                    body,
                })
                .await?;
            let answer: PushAnswer = answer::read(&reply)?;
            let taken = answer.logs.iter().find(|answer| answer.log == log);
            match taken.map(|answer| answer.seq.min(own.seq)) {
                Some(seq) if seq > at => at = seq,
                // It gets no further: what is left stays here.
                _ => break,
            }
        }
        if at > own.acknowledged {
            done.insert(own.topic, at);
        }
    }
    Ok(done)
}

/// Hands on to the centre what this desk set aside of another's log. True when the centre has it now, or said for good that it does not
/// take it; otherwise it is to be tried again.
pub async fn hand_on<T: Transport>(
    transport: &T,
    presence: Presence,
    segment: Segment,
) -> Result<bool, ExchangeError> {
    let log = segment.log.clone();
    let push = Push {
        presence,
        segments: vec![segment],
    };
    let body = pack(&push).map_err(AnswerError::Broken)?;
    let reply = transport
        .send(Request {
            endpoint: Endpoint::Push,
            body,
        })
        .await?;
    let answer: PushAnswer = answer::read(&reply)?;
    let answered = answer.logs.into_iter().find(|answer| answer.log == log);
    // A centre that came back from a backup may lack what comes before, or have forgotten the writer.
    Ok(answered.is_some_and(|answer| {
        !["gap", "chain", "unknown_desk"].contains(&answer.stopped.as_deref().unwrap_or_default())
    }))
}

/// Fetches what is set aside at the centre and is not among `have`; whether more is to come.
pub async fn fetch<T: Transport>(
    transport: &T,
    presence: Presence,
    have: Vec<AsideMark>,
) -> Result<(Vec<Segment>, bool), ExchangeError> {
    let body = pack(&AsideRequest { presence, have }).map_err(AnswerError::Broken)?;
    let reply = transport
        .send(Request {
            endpoint: Endpoint::Aside,
            body,
        })
        .await?;
    let answer: AsideAnswer = answer::read(&reply)?;
    Ok((answer.segments, answer.remaining > 0))
}

async fn blocking<L: LocalLogs, R: Send + 'static>(
    local: &Arc<L>,
    work: impl FnOnce(&L) -> Result<R, L::Error> + Send + 'static,
) -> Result<R, ExchangeError> {
    let local = local.clone();
    let done = tokio::task::spawn_blocking(move || work(&local)).await;
    match done {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(ExchangeError::Local(Box::new(error))),
        Err(error) => Err(ExchangeError::Local(Box::new(error))),
    }
}
