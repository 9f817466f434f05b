// SPDX-License-Identifier: EUPL-1.2
//! `backup` and `restore`.

use crate::access::{self, StandardInput};
use crate::args::{Backup, Global, Restore};
use crate::failure::Failure;
use crate::out::Out;
use serde_json::json;

/// Makes a backup.
pub fn run(global: &Global, out: Out, what: &Backup) -> Result<(), Failure> {
    let (desk, _) = access::login(global, StandardInput::Free)?;
    let path = desk.backup(what.to.as_deref())?;
    out.answer(&json!({ "backup": path }), &path.display().to_string())
}

/// Puts a backup in place.
pub fn restore(global: &Global, out: Out, what: &Restore) -> Result<(), Failure> {
    let home = access::home(global)?;
    if !what.from.is_dir() {
        return Err(Failure::File {
            path: what.from.clone(),
            source: std::io::ErrorKind::NotFound.into(),
        });
    }
    let file = what.key.recovery_key_file.as_deref();
    if what.with_recovery_key || file.is_some() {
        sportello_desk::restore_with_recovery(&home, &what.from, &access::recovery_key(file)?)?;
    } else {
        let username = access::username(global)?;
        let passphrase = access::passphrase(global, StandardInput::Free)?;
        sportello_desk::restore(&home, &what.from, &username, &passphrase.0)?;
    }
    let words = out.say(
        "Copia ripristinata. La postazione mostra ciò che contiene e non registra finché non è attivata di nuovo.",
        "Backup restored. The desk shows what it holds and does not write until it is enrolled anew.",
    );
    out.answer(&json!({ "restored": what.from, "dir": home.path() }), &words)
}
