// SPDX-License-Identifier: EUPL-1.2
//! `import`: a list of Servizi Sociali, looked at first and then taken in.

use super::{files, names};
use crate::access::{self, StandardInput};
use crate::args::{Global, Import};
use crate::failure::Failure;
use crate::out::Out;
use base64::Engine;
use serde_json::json;
use sportello_desk::view::{ImportPreviewView, Progress, RowFate};
use sportello_desk::{Desk, Query, Session, View};
use sportello_domain::command::{Command, FileInput};
use sportello_domain::ids::CommandId;
use sportello_domain::import::ImportCounts;
use std::fmt::Write;
use std::io::IsTerminal;

/// Looks at a list, saves what it would refuse, and takes it in unless only a look was asked for.
pub fn run(global: &Global, out: Out, what: &Import) -> Result<(), Failure> {
    let bytes = access::read_file(&what.file)?;
    let name = what
        .file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let file = FileInput {
        name,
        content: base64::engine::general_purpose::STANDARD.encode(bytes),
    };
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let campaign = names::campaign(&desk, &session, what.campaign.as_deref())?.id;
    let query = Query::ImportPreview {
        campaign,
        file: file.clone(),
        issued: what.issued,
    };
    let View::ImportPreview(preview) = desk.query(&session, &query)? else {
        return Err(Failure::Json("an answer of another type".into()));
    };
    if let Some(path) = &what.refused {
        let format = files::format_of(Some(path));
        let query = Query::ImportRefused {
            campaign,
            file: file.clone(),
            issued: what.issued,
            format,
        };
        if let View::File(refused) = desk.query(&session, &query)? {
            access::write_file(path, &files::bytes_of(&refused)?)?;
        }
    }
    let notices = preview
        .notices
        .iter()
        .map(|notice| notice.message.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    if what.dry_run {
        out.answer(&View::ImportPreview(preview.clone()), &looked_at(out, &preview))?;
        return if preview.applicable {
            Ok(())
        } else {
            Err(Failure::NotApplicable(notices))
        };
    }
    if !preview.applicable {
        return Err(Failure::NotApplicable(notices));
    }
    let issued = what.issued.or(preview.issued).ok_or(Failure::IssuedMissing)?;
    let command = Command::ApplyImport {
        campaign,
        file,
        issued,
        digest: preview.digest,
    };
    let counts = apply(&desk, &session, &command)?;
    let value = json!({ "issued": issued, "counts": counts, "notices": preview.notices });
    let mut words = figures(out, &counts);
    if !notices.is_empty() {
        words.push('\n');
        words.push_str(&notices);
    }
    out.answer(&value, &words)
}

fn apply(desk: &Desk, session: &Session, command: &Command) -> Result<ImportCounts, Failure> {
    let watched = std::io::stderr().is_terminal();
    let mut tell = |progress: Progress| {
        if watched {
            use std::io::Write;
            // Only to be looked at: what cannot be shown is not missed.
            let _ = write!(std::io::stderr(), "\r{} / {} ", progress.done, progress.total);
        }
    };
    let outcome = desk.execute_telling(session, CommandId(uuid::Uuid::now_v7()), command, &mut tell)?;
    if watched {
        use std::io::Write;
        let _ = writeln!(std::io::stderr());
    }
    Ok(outcome.import.unwrap_or_default())
}

fn figures(out: Out, counts: &ImportCounts) -> String {
    let rows = [
        (out.say("nuovi", "new"), counts.new),
        (out.say("cambiati", "changed"), counts.changed),
        (out.say("invariati", "unchanged"), counts.unchanged),
        (out.say("ripetuti", "duplicate"), counts.duplicate),
        (out.say("dubbi", "doubtful"), counts.doubtful),
        (out.say("rifiutati", "refused"), counts.refused),
    ];
    rows.iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect::<Vec<_>>()
        .join(" · ")
}

fn looked_at(out: Out, preview: &ImportPreviewView) -> String {
    let mut text = figures(out, &preview.counts);
    text.push('\n');
    // Writing into a string cannot fail.
    for notice in &preview.notices {
        let _ = writeln!(text, "{}", notice.message);
    }
    for row in preview.rows.iter().filter(|row| {
        matches!(
            row.fate,
            RowFate::Refused | RowFate::Doubtful | RowFate::Duplicate
        )
    }) {
        let _ = writeln!(text, "  {:>6}  {}  {}", row.row, row.name, row.reasons.join(" "));
    }
    text
}
