// SPDX-License-Identifier: EUPL-1.2
//! `relay`: the seat's own network while the centre cannot be reached.

use super::{names, runtime};
use crate::access::{self, StandardInput};
use crate::args::{Global, RelayServe, RelayUse};
use crate::failure::Failure;
use crate::out::Out;
use serde_json::json;
use sportello_desk::DeskError;
use sportello_desk::view::{RelayPeer, RelaySettings};
use std::net::TcpListener;

/// Serves the seat until stopped.
pub fn serve(global: &Global, out: Out, what: &RelayServe) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    if let Some(address) = what.listen {
        let settings = RelaySettings {
            listen: Some(address.to_string()),
            ..desk.settings().relay
        };
        desk.set_relay(&session, &settings)?;
    }
    let Some(address) = desk.settings().relay.listen else {
        return Err(DeskError::plain("relay_listen").into());
    };
    // Tried here, so that whoever starts it hears at once when it cannot be.
    let listener = TcpListener::bind(&address).map_err(|error| {
        tracing::warn!(%error, "cannot listen for the desks of the seat");
        DeskError::plain("relay_cannot_listen")
    })?;
    let listening = listener.local_addr()?;
    let runtime = runtime()?;
    let answer = json!({ "desk": desk.id(), "listening": listening.to_string() });
    let words = out.say(
        &format!("Postazione di appoggio in ascolto su {listening}. Ctrl-C per smettere."),
        &format!("Relay listening at {listening}. Ctrl-C to stop."),
    );
    out.answer(&answer, &words)?;
    runtime.block_on(async {
        desk.note_listening(Some(listening), false);
        tokio::select! {
            served = sportello_relay::serve(desk.clone(), listener, stopped()) => served,
            () = desk.clone().sync_forever() => Ok(()),
        }
    })?;
    Ok(())
}

/// Until somebody asks the program to stop.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut asked) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = asked.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Uses a desk as relay from now on.
pub fn use_one(global: &Global, out: Out, what: &RelayUse) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let (id, name) = names::desk(&desk, &what.desk)?;
    let settings = RelaySettings {
        peer: Some(RelayPeer {
            desk: id,
            address: what.address.clone(),
        }),
        ..desk.settings().relay
    };
    desk.set_relay(&session, &settings)?;
    let kept = desk.settings().relay;
    let address = kept.peer.as_ref().map_or("", |peer| peer.address.as_str());
    let words = out.say(
        &format!("Quando il centro non si raggiunge, lo scambio passa per {name} ({address})."),
        &format!("While the centre cannot be reached, exchange goes through {name} ({address})."),
    );
    out.answer(&kept, &words)
}

/// No relay from now on.
pub fn forget(global: &Global, out: Out) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    desk.set_relay(&session, &RelaySettings::default())?;
    out.answer(
        &desk.settings().relay,
        &out.say("Nessuna postazione di appoggio.", "No relay."),
    )
}

/// One exchange with the relay.
pub fn sync(global: &Global, out: Out) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let report = runtime()?.block_on(desk.relay_once())?;
    let value = super::sync::report_value(&report, session.language());
    let words = format!(
        "{} {} · {} {}",
        out.say("alla postazione di appoggio", "to the relay"),
        report.pushed,
        out.say("ricevuti", "received"),
        report.pulled
    );
    out.answer(&value, &words)?;
    if report.error.is_some() {
        let code = sportello_desk::relay::problem(&report).unwrap_or("relay_wrong");
        return Err(DeskError::plain(code).into());
    }
    let mut codes: Vec<&str> = report.troubles.iter().map(|found| found.trouble.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() {
        Ok(())
    } else {
        Err(Failure::Troubled(codes.join(", ")))
    }
}
