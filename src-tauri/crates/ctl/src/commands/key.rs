// SPDX-License-Identifier: EUPL-1.2
//! `key`: with which key this desk signs, and another one in its place.

use super::runtime;
use crate::access::{self, StandardInput};
use crate::args::Global;
use crate::failure::Failure;
use crate::out::Out;
use sportello_desk::view::KeyView;

/// Tells which key the desk has.
pub fn show(global: &Global, out: Out) -> Result<(), Failure> {
    let (desk, _) = access::login(global, StandardInput::Free)?;
    tell(out, &desk.key_view())
}

/// Changes the key, and tells which one the desk has then.
pub fn rotate(global: &Global, out: Out) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let view = runtime()?.block_on(desk.rotate_key(&session))?;
    tell(out, &view)
}

fn tell(out: Out, key: &KeyView) -> Result<(), Failure> {
    let since = key.since.map_or_else(
        || out.say("non ancora noto", "not known yet"),
        |since| since.rome().format("%d/%m/%Y %H:%M").to_string(),
    );
    let words = format!(
        "{} · {} {} · {} {since}",
        key.desk.name,
        out.say("chiave numero", "key number"),
        key.number,
        out.say("dal", "since"),
    );
    let value = serde_json::json!({
        "desk": key.desk.id, "desk_name": key.desk.name, "number": key.number, "since": key.since,
    });
    out.answer(&value, &words)
}
