// SPDX-License-Identifier: EUPL-1.2
//! The seat's own network, which works when the way to the centre is cut: a desk that does not reach the centre exchanges through another
//! of its seat, and the same accidents happen to its messages. What holds of an exchange with the centre holds of it too.

use super::net::{Answers, suffer};
use super::oracle;
use super::plan::Fault;
use super::report::{Violation, hold};
use super::station::Station;
use super::world::World;
use sportello_desk::Desk;
use sportello_desk::relay::CONTENT_TYPE;
use sportello_desk::view::{RelayPeer, RelaySettings};
use sportello_sync::{Courier, Post, Reply, TransportError};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// A relay in this process, with what happens to messages on the way to it.
struct SeatNet {
    relay: Relay,
    script: Mutex<VecDeque<Option<Fault>>>,
}

struct Relay(Arc<Desk>);

impl Answers for Relay {
    async fn deliver(&self, post: Post) -> Reply {
        let reply = |status, content_type: &str, body| Reply {
            status,
            content_type: content_type.into(),
            body,
        };
        match self.0.answer_sealed(&post.body) {
            Some(sealed) => reply(200, CONTENT_TYPE, sealed),
            None => reply(400, "text/plain", Vec::new()),
        }
    }
}

impl Courier for SeatNet {
    async fn post(&self, mut post: Post) -> Result<Reply, TransportError> {
        let fault = self.script.lock().unwrap().pop_front().flatten();
        suffer(fault, &mut post, &self.relay).await
    }
}

impl World {
    /// The desk that serves a seat: the first sound one there besides the one that asks.
    fn relay_for(&self, at: usize) -> Option<usize> {
        let site = self.stations[at].desk().site();
        let serves =
            |station: &Station| self.is_sound(station) && !station.tight && station.desk().site() == site;
        let mut others = self.stations.iter().enumerate().filter(|(other, _)| *other != at);
        others
            .find(|(_, station)| serves(station))
            .map(|(other, _)| other)
    }

    /// A desk that does not reach the centre exchanges through its seat; what it says of it must be true.
    pub(super) fn through_the_seat(&mut self, at: usize, faults: &[Option<Fault>]) -> Result<(), Violation> {
        const RULE: &str = "desks of a seat can exchange through one of them";
        let Some(relay) = self.relay_for(at) else {
            return Ok(());
        };
        let (station, other) = (&self.stations[at], &self.stations[relay]);
        let failed = |error: String| Violation::new(RULE, format!("{}: {error}", station.name));
        // Its certificate may not have come yet, or be known as revoked.
        let knows = station
            .desk()
            .directory()
            .desk(other.id)
            .is_some_and(|desk| !desk.revoked);
        if !knows || station.desk().id() == other.id {
            return Ok(());
        }
        let settings = RelaySettings {
            peer: Some(RelayPeer {
                desk: other.id,
                address: "http://192.0.2.1:7481".into(),
            }),
            listen: None,
        };
        let desk = station.desk().clone();
        if desk.settings().relay != settings {
            desk.change_settings(|kept| kept.relay = settings)
                .map_err(|error| failed(error.code()))?;
        }
        let read = |station: &Station| station.heads().map_err(|error| failed(error.code().into()));
        let (before, theirs) = (read(station)?, read(other)?);
        let net = SeatNet {
            relay: Relay(other.desk().clone()),
            script: Mutex::new(faults.iter().copied().collect()),
        };
        let transport = desk
            .relay_transport_by(net)
            .map_err(|error| failed(error.code()))?;
        let report = match self.runtime.block_on(desk.relay_over(Arc::new(transport))) {
            Ok(report) => report,
            Err(error) => {
                return hold(RULE, station.tight, || {
                    format!("{}: {}", station.name, error.code())
                });
            }
        };
        oracle::grown(station, &before, &read(station)?, None)?;
        oracle::grown(other, &theirs, &read(other)?, None)?;
        let status = oracle::status(station)?;
        hold(
            "what a relay has still waits",
            status.relay.handed <= status.waiting,
            || format!("{}: {status:?}", station.name),
        )?;
        if self.is_sound(station) {
            let turned = faults
                .iter()
                .flatten()
                .any(|fault| matches!(fault, Fault::TurnReply(_)));
            self.is_well(station, &report, turned)?;
            if self.generations[at] == self.centre.generation {
                oracle::waiting_is_true(self, station, false)?;
            }
        }
        let well = oracle::status(other)?.stopped.is_none();
        hold("a sound relay is never stopped", well, || other.name.clone())?;
        self.counts.seen("exchanges through the seat", 1);
        self.counts.seen(
            "exchanges through the seat that went through",
            u64::from(report.is_clean()),
        );
        let (name, ended) = (
            &station.name,
            report.error.as_ref().map(|error| error.code().to_owned()),
        );
        let told = format!(
            "{name} through {} {} {} {ended:?}",
            other.name, report.pushed, report.pulled
        );
        drop(desk);
        self.mark(&told);
        self.remember(at)?;
        self.remember(relay)
    }
}
