// SPDX-License-Identifier: EUPL-1.2
//! `bundle`: exchange by stick.

use super::names;
use crate::access::{self, StandardInput};
use crate::args::{BundleExport, BundleImport, Global};
use crate::failure::Failure;
use crate::out::Out;
use sportello_desk::view::{BundleRequest, BundleTaken};
use std::path::PathBuf;

/// Writes a bundle.
pub fn export(global: &Global, out: Out, what: &BundleExport) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let desks = if what.all_desks {
        names::desks(&desk).into_iter().map(|(id, _)| id).collect()
    } else {
        what.desks
            .iter()
            .map(|name| names::desk(&desk, name).map(|(id, _)| id))
            .collect::<Result<_, _>>()?
    };
    let request = BundleRequest {
        desks,
        whole: what.whole,
    };
    let path = what
        .out
        .clone()
        .unwrap_or_else(|| PathBuf::from(desk.bundle_name()));
    let written = desk.write_bundle(&session, &request, &path, &mut |_| {})?;
    let names: Vec<&str> = written.desks.iter().map(|desk| desk.name.as_str()).collect();
    let names = if names.is_empty() {
        "–".to_owned()
    } else {
        names.join(", ")
    };
    let (file, records, own) = (&written.file, written.records, written.own);
    let words = out.say(
        &format!(
            "{file}: {records} registrazioni, di cui {own} di questa postazione; leggibili dal centro e da: {names}. \
             Restano in attesa finché il centro non le conferma."
        ),
        &format!(
            "{file}: {records} records, {own} of them this desk's own; for the centre and for: {names}. They wait until the \
             centre acknowledges them."
        ),
    );
    out.answer(&written, &words)
}

/// Takes a bundle in.
pub fn import(global: &Global, out: Out, what: &BundleImport) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let taken = desk.read_bundle(&session, &what.file, &mut |_| {})?;
    out.answer(&taken, &words(out, &taken))?;
    let mut codes: Vec<String> = taken
        .troubles
        .iter()
        .map(|trouble| trouble.problem.code.clone())
        .collect();
    if !taken.whole {
        codes.push("bundle_not_whole".to_owned());
    }
    codes.dedup();
    if codes.is_empty() {
        Ok(())
    } else {
        Err(Failure::Troubled(codes.join(", ")))
    }
}

fn words(out: Out, taken: &BundleTaken) -> String {
    let from = taken
        .from
        .as_ref()
        .map_or_else(|| out.say("il centro", "the centre"), |desk| desk.name.clone());
    let made = taken.made_at.rome().format("%d/%m/%Y %H:%M");
    let (received, acknowledged, waiting) = (taken.received, taken.acknowledged, taken.waiting);
    let mut words = out.say(
        &format!(
            "Da {from}, {made}: {received} registrazioni nuove, {acknowledged} di questa postazione confermate dal centro, \
             {waiting} ancora in attesa."
        ),
        &format!(
            "From {from}, {made}: {received} new records, {acknowledged} of this desk acknowledged by the centre, {waiting} \
             still waiting."
        ),
    );
    let troubles = taken.troubles.iter().map(|found| {
        format!(
            "\n{} ({}): {}",
            found.desk.name, found.topic, found.problem.message
        )
    });
    let refused = taken
        .refused
        .iter()
        .map(|record| format!("\n{} {}: {}", record.topic, record.seq, record.problem.message));
    words.extend(troubles.chain(refused));
    words
}
