// SPDX-License-Identifier: EUPL-1.2
//! The seat's own network: while the centre cannot be reached, the desks of a seat exchange through one of them, which is found by
//! configuration and trusted with nothing. Records that a relay has still wait: the centre has them when it says so.

mod door;
mod logs;

pub use door::Sealed;

use crate::desk::{Desk, Happening};
use crate::error::{DeskError, problem_of};
use crate::exchange::{Carrier, Logs, chance};
use crate::query::Language;
use crate::session::Session;
use crate::view::{RelayPeer, RelaySettings, RelayView, ServingView};
use logs::{Book, RelayLogs};
use sportello_domain::time::Timestamp;
use sportello_protocol::relay;
use sportello_store::Reads;
use sportello_store::sync_book::{Direction, StoryEntry};
use sportello_sync::{
    Courier, ExchangeError, HttpOptions, HttpTransport, LogTrouble, Network, Options, Pace, Peer, Proxy,
    Report, Transport, Trouble,
};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// A relay that is not needed is looked at again after so long.
const IDLE: Duration = Duration::from_secs(5);
/// Seconds to connect and for an answer: it stands in the next room.
const CONNECT: u64 = 3;
const ANSWER: u64 = 30;

/// What is known of the relay since the program began.
#[derive(Debug, Default)]
pub(crate) struct RelayState {
    told: Mutex<Told>,
    pub(crate) nudge: Notify,
}

#[derive(Clone, Debug, Default)]
struct Told {
    /// The last attempt reached the relay.
    online: bool,
    /// Why the last attempt failed, or the relay cannot listen: codes.
    problem: Option<&'static str>,
    /// Where this desk listens for others.
    listening: Option<SocketAddr>,
    cannot_listen: bool,
}

impl RelayState {
    fn told(&self) -> Told {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, change: impl FnOnce(&mut Told)) {
        change(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Records that wait for the centre and that the relay has; with when it last answered.
fn handed(reads: &Reads<'_>, book: &Book) -> Result<u64, DeskError> {
    let own = reads.own_logs()?;
    Ok(own
        .iter()
        .map(|log| {
            let centre = log.acknowledged.map_or(0, |known| known.seq);
            book.has(&log.log.topic).min(log.seq).saturating_sub(centre)
        })
        .sum())
}

/// How the exchange through the relay stands; none when there is none.
pub(crate) fn view(desk: &Desk, reads: &Reads<'_>, language: Language) -> Result<RelayView, DeskError> {
    let (settings, told) = (desk.settings().relay, desk.relay.told());
    let directory = desk.directory();
    let (mut handed_over, mut last) = (0, None);
    if let Some(peer) = &settings.peer {
        let book = Book::read(reads, peer.desk)?;
        handed_over = handed(reads, &book)?;
        last = book.at;
    }
    Ok(RelayView {
        desk: settings.peer.as_ref().map(|peer| directory.name(peer.desk)),
        online: told.online,
        last,
        handed: handed_over,
        problem: told.problem.map(|code| problem_of(code, language)),
        serving: settings.listen.as_ref().map(|_| ServingView {
            address: told.listening.map(|address| address.to_string()),
            problem: told
                .cannot_listen
                .then(|| problem_of("relay_cannot_listen", language)),
        }),
        settings,
    })
}

/// Why a desk must not write on, if so. A relay's word for it does not count: only what this very desk signed, or the office.
fn stop_for(desk: &Desk, troubles: &[LogTrouble]) -> Option<String> {
    let own = troubles.iter().filter(|found| found.log.desk_id() == desk.id());
    own.map(|found| &found.trouble)
        .find(|trouble| match trouble {
            Trouble::Fork | Trouble::OwnBehind { .. } => true,
            Trouble::NotApplied(code) => code == "fork",
            _ => false,
        })
        .map(|trouble| trouble.code().to_owned())
}

/// What a person is told of a failed exchange with the relay: that it was not reached, that it does not serve this desk, or that
/// what it says does not hold.
pub fn problem(report: &Report) -> Option<&'static str> {
    match &report.error {
        None if report.troubles.is_empty() => None,
        None => Some("relay_troubled"),
        Some(ExchangeError::Transport(_)) => Some("relay_unreachable"),
        Some(ExchangeError::Local(_)) => Some("local"),
        Some(error) if ["revoked", "unknown_desk", "signature", "unsigned"].contains(&error.code()) => {
            Some("relay_refuses")
        }
        Some(_) => Some("relay_wrong"),
    }
}

impl Desk {
    /// Changes whether this desk serves as relay, and which one it uses. Nothing of it is secret, and a wrong setting loses nothing.
    pub fn set_relay(&self, _: &Session, new: &RelaySettings) -> Result<(), DeskError> {
        let mut new = new.clone();
        if let Some(peer) = &mut new.peer {
            let directory = self.directory();
            let known = directory.desk(peer.desk);
            if peer.desk == self.id() || known.is_none_or(|desk| desk.revoked) {
                return Err(DeskError::about(
                    "relay_no_such_desk",
                    "desk",
                    &directory.name(peer.desk).name,
                ));
            }
            let address = peer.address.trim();
            peer.address = if address.contains("://") {
                address.to_owned()
            } else {
                format!("http://{address}")
            };
            Network::new(&way(peer)).map_err(|_| DeskError::plain("relay_address"))?;
        }
        if let Some(listen) = &mut new.listen {
            *listen = listen.trim().to_owned();
            if listen.parse::<SocketAddr>().is_err() {
                return Err(DeskError::plain("relay_listen"));
            }
        }
        // Where it listens is told by whoever listens, who may be quicker than this.
        self.relay
            .note(|told| (told.online, told.problem) = (false, None));
        self.change_settings(|settings| settings.relay = new)?;
        self.tell(Happening::Sync);
        self.relay.nudge.notify_one();
        Ok(())
    }

    /// The transport to the relay of the settings, by the seat's own network.
    pub fn relay_transport(&self) -> Result<HttpTransport<sportello_sync::Sealed<Network>>, DeskError> {
        let peer = self.settings().relay.peer.ok_or(DeskError::plain("relay_none"))?;
        self.relay_transport_by(Network::new(&way(&peer))?)
    }

    /// The transport to the relay of the settings by any courier, which carries nothing but what is sealed.
    pub fn relay_transport_by<C: Courier>(
        &self,
        courier: C,
    ) -> Result<HttpTransport<sportello_sync::Sealed<C>>, DeskError> {
        let peer = self.settings().relay.peer.ok_or(DeskError::plain("relay_none"))?;
        let directory = self.directory();
        let known = directory.desk(peer.desk).ok_or(DeskError::plain("relay_none"))?;
        let ports = self.ports().clone();
        let sealed = sportello_sync::Sealed::new(courier, known.id, *known.key(), move || ports.bytes());
        Ok(self.transport_by(sealed)?.for_relay(known.id))
    }

    /// One exchange with the relay of the settings, now.
    pub async fn relay_once(self: &Arc<Self>) -> Result<Report, DeskError> {
        let transport = Arc::new(self.relay_transport()?);
        self.relay_over(transport).await
    }

    /// One exchange with the relay over any transport; what other desks asked for is given away, and handed over at once.
    pub async fn relay_over<T: Transport>(self: &Arc<Self>, transport: Arc<T>) -> Result<Report, DeskError> {
        let report = self.exchange_with_relay(transport.clone()).await?;
        self.hand_over_what_follows(report, self.exchange_with_relay(transport))
            .await
    }

    async fn exchange_with_relay<T: Transport>(
        self: &Arc<Self>,
        transport: Arc<T>,
    ) -> Result<Report, DeskError> {
        let peer = self.settings().relay.peer.ok_or(DeskError::plain("relay_none"))?;
        let began = self.now();
        let clock = {
            let desk = self.clone();
            move || desk.now().0
        };
        let options = Options {
            peer: Peer::Relay,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            ..Options::default()
        };
        let logs = Arc::new(RelayLogs::new(self.clone(), peer.desk));
        let signing = self.signing.clone().read_owned().await;
        let report = sportello_sync::run(logs, transport, self.sync_identity(), options, clock).await;
        drop(signing);
        let desk = self.clone();
        tokio::task::spawn_blocking(move || desk.remember_relay(&peer, began, report))
            .await
            .map_err(|_| DeskError::plain("interrupted"))?
    }

    /// Keeps what came of an exchange with the relay.
    fn remember_relay(
        self: &Arc<Self>,
        peer: &RelayPeer,
        began: Timestamp,
        mut report: Report,
    ) -> Result<Report, DeskError> {
        // The centre's own signatures are believed from whoever brings them.
        let settled = sportello_sync::settle(
            &Logs::new(self.clone(), Carrier::Desk),
            &self.sync_identity(),
            &report.vouched,
        )?;
        report.troubles.extend(settled.troubles);
        let code = problem(&report);
        let online = !matches!(report.error, Some(ExchangeError::Transport(_)));
        self.relay
            .note(|told| (told.online, told.problem) = (online, code));
        let stop = stop_for(self, &report.troubles);
        let sent = report.pushed + report.carried;
        let quiet = code.is_none() && sent == 0 && report.pulled == 0;
        self.store().write(|tx| {
            if report.error.is_none() {
                let mut book = Book::read(&tx.reads()?, peer.desk)?;
                book.at = Some(self.now());
                book.keep(tx)?;
            }
            if let Some(code) = &stop {
                tx.set_meta(crate::desk::STOPPED, &Some(code))?;
            }
            if !quiet && online {
                tx.tell(&StoryEntry {
                    at: began,
                    direction: Direction::Relay,
                    peer: peer.desk.to_string(),
                    sent,
                    received: report.pulled,
                    error: code.map(str::to_owned),
                    detail: self.now().0.saturating_sub(began.0).max(0).to_string(),
                })?;
            }
            Ok::<_, DeskError>(())
        })?;
        if sent > 0 || report.pulled > 0 || settled.records > 0 || stop.is_some() {
            self.tell(Happening::Changed(Vec::new()));
        }
        self.tell(Happening::Sync);
        Ok(report)
    }

    /// Exchanges with the relay in the background while the centre is not reached.
    pub(crate) async fn relay_forever(self: Arc<Self>) {
        let mut pace = Pace::default();
        loop {
            let needed = self.settings().relay.peer.is_some() && !self.sync_state().online;
            let mut wait = if needed {
                match self.relay_once().await {
                    Ok(report) if report.error.is_none() => {
                        pace.succeeded(report.remaining > 0, chance(&self))
                    }
                    Ok(_) => pace.failed(chance(&self)),
                    Err(error) => {
                        tracing::warn!(
                            code = error.code(),
                            "an exchange with the relay could not be done"
                        );
                        pace.failed(chance(&self))
                    }
                }
            } else {
                IDLE
            };
            // Never at once without end, whatever the other side says is still to come.
            wait = wait.max(Duration::from_millis(200));
            let began = tokio::time::Instant::now();
            loop {
                tokio::select! {
                    () = tokio::time::sleep(wait.saturating_sub(began.elapsed())) => break,
                    () = self.relay.nudge.notified() => {
                        // A short moment lets the other records of the same act come along.
                        tokio::time::sleep(Duration::from_millis(150)).await;
                        wait = began.elapsed() + pace.nudged(wait.saturating_sub(began.elapsed()));
                    }
                }
            }
        }
    }

    /// Where this desk listens for the others of its seat, or that it cannot: told by whoever listens for it.
    pub fn note_listening(&self, address: Option<SocketAddr>, failed: bool) {
        self.relay
            .note(|told| (told.listening, told.cannot_listen) = (address, failed));
        self.tell(Happening::Sync);
    }
}

fn way(peer: &RelayPeer) -> HttpOptions {
    HttpOptions {
        url: peer.address.clone(),
        proxy: Proxy::None,
        connect_timeout: CONNECT,
        timeout: ANSWER,
        // Whatever crosses the seat's network is sealed.
        allow_plain: true,
        ..HttpOptions::default()
    }
}

/// The only path that a relay listens at.
pub const PATH: &str = relay::PATH;
/// The media type of what it takes and gives.
pub const CONTENT_TYPE: &str = relay::CONTENT_TYPE;
