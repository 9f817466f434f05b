// SPDX-License-Identifier: EUPL-1.2
//! `renew-identity`: a stopped desk goes on as another, with all that it wrote.

use super::runtime;
use crate::access::{self, StandardInput};
use crate::args::{Global, RenewIdentity};
use crate::failure::Failure;
use crate::out::Out;
use sportello_desk::Renewed;

/// Goes on under a new identity, then exchanges once; when that fails the desk has its new identity all the same.
pub fn renew(global: &Global, out: Out, what: &RenewIdentity) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let runtime = runtime()?;
    let Renewed { desk, view, .. } = runtime.block_on(desk.renew_identity(&session, &what.code))?;
    let synced = match runtime.block_on(desk.sync_once()) {
        Ok(report) => report.is_clean(),
        Err(error) => {
            tracing::warn!(code = error.code(), "the first exchange did not go through");
            false
        }
    };
    let value = serde_json::json!({
        "desk": view.desk.id, "desk_name": view.desk.name, "before": view.before.id,
        "carried": view.carried, "custody": view.custody, "synced": synced,
    });
    let words = format!(
        "{} · {} {} · {} {}\n{}",
        view.desk.name,
        out.say("registrazioni portate con sé", "records carried on"),
        view.carried,
        out.say("diritti della vecchia identità", "rights of the old identity"),
        view.custody,
        out.say(
            "I diritti passano a questa postazione quando un supervisore li rileva dalla vecchia.",
            "The rights go on here once a supervisor has relieved the old identity of them.",
        ),
    );
    out.answer(&value, &words)
}
