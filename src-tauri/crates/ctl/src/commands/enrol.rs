// SPDX-License-Identifier: EUPL-1.2
//! `enrol`: the first start without a window.

use super::runtime;
use super::sync::transport;
use crate::access::{self, StandardInput};
use crate::args::{Enrol, Global};
use crate::failure::Failure;
use crate::out::Out;
use sportello_desk::view::EnrolRequest;
use sportello_desk::{DeskError, Ports};

/// Enrols, then exchanges once so that the desk knows its office; when that fails the desk is enrolled all the same.
pub fn run(global: &Global, out: Out, what: &Enrol) -> Result<(), Failure> {
    let home = access::home(global)?;
    // Before anything is asked for.
    if home.settings()?.is_some() {
        return Err(DeskError::plain("already_enrolled").into());
    }
    let custom_ca = match &what.ca {
        Some(path) => Some(String::from_utf8_lossy(&access::read_file(path)?).into_owned()),
        None => None,
    };
    let username = access::username(global)?;
    let passphrase = access::new_passphrase(
        global.passphrase_file.as_deref(),
        "SPORTELLO_PASSPHRASE",
        StandardInput::Free,
    )?;
    let request = EnrolRequest {
        server: what.server.clone(),
        code: what.code.clone(),
        custom_ca,
        proxy: what.proxy.clone(),
        username,
        name: what.name.clone(),
        role: what.role.into(),
        passphrase,
    };
    let runtime = runtime()?;
    let unsigned = transport(&request)?;
    let enrolled = runtime.block_on(sportello_desk::enrol_over(
        &home,
        Ports::system(),
        &request,
        &unsigned,
        what.work_factor,
    ));
    let (desk, view) = enrolled?;
    let synced = match runtime.block_on(desk.sync_once()) {
        Ok(report) => report.is_clean(),
        Err(error) => {
            tracing::warn!(
                code = error.code(),
                "enrolled, but the first exchange did not go through"
            );
            false
        }
    };
    let settings = desk.settings();
    let value = serde_json::json!({
        "office": settings.office_name,
        "desk": settings.desk,
        "desk_name": settings.desk_name,
        "recovery_key": view.recovery_key,
        "office_fingerprint": view.office_fingerprint,
        "synced": synced,
    });
    let words = format!(
        "{} · {}\n{} {}\n{}\n\n    {}\n",
        settings.office_name,
        settings.desk_name,
        out.say(
            "Impronta della chiave del Comune, da confrontare con il centro:",
            "Fingerprint of the office's key, to compare at the centre:"
        ),
        view.office_fingerprint,
        out.say(
            "Chiave di recupero, mostrata solo ora: stamparla e tenerla nella cassaforte dell'ufficio.",
            "Recovery key, shown only now: print it and keep it in the office's safe.",
        ),
        view.recovery_key,
    );
    out.answer(&value, &words)
}
