// SPDX-License-Identifier: EUPL-1.2
//! `verify`: whether the desk's file is what it says.

use crate::access::{self, StandardInput};
use crate::args::Global;
use crate::failure::Failure;
use crate::out::Out;
use sportello_desk::{Query, View};

/// Verifies, and fails when something does not hold.
pub fn run(global: &Global, out: Out) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let view = desk.query(&session, &Query::Verify)?;
    let View::Verification(found) = &view else {
        return out.data(&view);
    };
    let mut words = format!(
        "{} log · {} {} · {} {}\n",
        found.logs,
        found.records,
        out.say("registrazioni", "records"),
        found.entities,
        out.say("entità", "entities")
    );
    if found.erased > 0 {
        use std::fmt::Write;
        // Writing into a string cannot fail.
        let _ = writeln!(
            words,
            "{} {}",
            found.erased,
            out.say("registrazioni svuotate per ordine", "records emptied by order")
        );
    }
    for fault in &found.faults {
        words.push_str(fault);
        words.push('\n');
    }
    if found.faults.is_empty() {
        words.push_str(&out.say("tutto torna", "everything holds"));
    }
    out.answer(&view, &words)?;
    if found.faults.is_empty() {
        Ok(())
    } else {
        Err(Failure::Faults(found.faults.len()))
    }
}
