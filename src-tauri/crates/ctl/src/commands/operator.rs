// SPDX-License-Identifier: EUPL-1.2
//! `operator add`.

use crate::access::{self, StandardInput};
use crate::args::{Global, OperatorAdd};
use crate::failure::Failure;
use crate::out::Out;
use sportello_domain::command::Command;
use sportello_domain::ids::CommandId;

/// Adds an operator who may log in here.
pub fn add(global: &Global, out: Out, what: &OperatorAdd) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let passphrase = access::new_passphrase(
        what.new_passphrase_file.as_deref(),
        "SPORTELLO_NEW_PASSPHRASE",
        StandardInput::Taken,
    )?;
    let command = Command::AddOperator {
        username: what.new_username.clone(),
        name: what.name.clone(),
        role: what.role.into(),
        passphrase,
    };
    let outcome = desk.execute(&session, CommandId(uuid::Uuid::now_v7()), &command)?;
    let words = format!(
        "{} {}",
        what.new_username,
        out.say("può accedere a questa postazione", "may log in at this desk")
    );
    out.answer(&outcome, &words)
}
