// SPDX-License-Identifier: EUPL-1.2
//! Operators and their passphrases: `operator add`, `operator passphrase`, `operator recover`, and one's own `passphrase`.

use super::names;
use crate::access::{self, StandardInput};
use crate::args::{
    Global, NewPassphrase, OperatorAdd, OperatorPassphrase, OperatorRecover, PassphraseChange,
};
use crate::failure::Failure;
use crate::out::Out;
use serde_json::json;
use sportello_desk::{Desk, Ports};
use sportello_domain::command::{Command, Passphrase};
use sportello_domain::ids::CommandId;

/// Adds an operator who may log in here.
pub fn add(global: &Global, out: Out, what: &OperatorAdd) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let command = Command::AddOperator {
        username: what.new_username.clone(),
        name: what.name.clone(),
        role: what.role.into(),
        passphrase: chosen(&what.new)?,
    };
    let outcome = desk.execute(&session, new_command(), &command)?;
    let words = format!(
        "{} {}",
        what.new_username,
        out.say("può accedere a questa postazione", "may log in at this desk")
    );
    out.answer(&outcome, &words)
}

/// Changes the passphrase of whoever logs in.
pub fn change(global: &Global, out: Out, what: &PassphraseChange) -> Result<(), Failure> {
    let (desk, session, old) = access::login_with(global, StandardInput::Free)?;
    let new = chosen(&what.new)?;
    let outcome = desk.execute(&session, new_command(), &Command::ChangePassphrase { old, new })?;
    let words = format!("{}: {}", session.person().username, holds(out));
    out.answer(&outcome, &words)
}

/// Gives an operator another passphrase.
pub fn set(global: &Global, out: Out, what: &OperatorPassphrase) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let operator = names::operator(&desk, &session, &what.of)?;
    let command = Command::SetPassphrase {
        operator: operator.id,
        passphrase: chosen(&what.new)?,
    };
    let outcome = desk.execute(&session, new_command(), &command)?;
    out.answer(&outcome, &format!("{}: {}", operator.username, holds(out)))
}

/// Gives an operator another passphrase on the strength of the recovery key.
pub fn recover(global: &Global, out: Out, what: &OperatorRecover) -> Result<(), Failure> {
    let home = access::enrolled(global)?;
    let key = access::recovery_key(what.key.recovery_key_file.as_deref())?;
    let new = chosen(&what.new)?;
    let (_, session) = Desk::recover(&home, Ports::system(), &key, &what.of, &new)?;
    let person = session.person();
    out.answer(
        &json!({ "operator": person.id, "username": person.username, "dir": home.path() }),
        &format!("{}: {}", person.username, holds(out)),
    )
}

fn chosen(new: &NewPassphrase) -> Result<Passphrase, Failure> {
    access::new_passphrase(
        new.new_passphrase_file.as_deref(),
        "SPORTELLO_NEW_PASSPHRASE",
        StandardInput::Taken,
    )
}

fn holds(out: Out) -> String {
    out.say(
        "la nuova frase segreta vale da ora su questa postazione",
        "the new passphrase holds from now on at this desk",
    )
}

fn new_command() -> CommandId {
    CommandId(uuid::Uuid::now_v7())
}
