// SPDX-License-Identifier: EUPL-1.2
//! `script`: line by line with one login. A line is answered only once its effect is on disk.

use super::door::parse;
use super::sync::report_value;
use crate::access::{self, StandardInput};
use crate::args::{Global, Script};
use crate::failure::{Exit, Failure};
use crate::out;
use serde::Deserialize;
use serde_json::{Value, json};
use sportello_desk::{Desk, Query, Session};
use sportello_domain::command::Command;
use sportello_domain::ids::CommandId;
use std::io::{BufRead, BufReader};
use std::sync::Arc;

/// What a line asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    command_id: Option<CommandId>,
    command: Option<Command>,
    query: Option<Query>,
    sync: Option<bool>,
}

/// Does and answers every line.
pub fn run(global: &Global, what: &Script) -> Result<(), Failure> {
    let (mut lines, input): (Box<dyn BufRead>, _) = if what.file.as_os_str() == "-" {
        (Box::new(std::io::stdin().lock()), StandardInput::Taken)
    } else {
        let file = std::fs::File::open(&what.file);
        let file = file.map_err(|source| Failure::File {
            path: what.file.clone(),
            source,
        })?;
        (Box::new(BufReader::new(file)), StandardInput::Free)
    };
    let (desk, session) = access::login(global, input)?;
    let runtime = super::runtime()?;
    let (mut number, mut failed, mut first) = (0_u64, 0_u64, None);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        if lines.read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        number += 1;
        let text = String::from_utf8_lossy(&bytes);
        if text.trim().is_empty() {
            continue;
        }
        match one(&desk, &session, &runtime, &text) {
            Ok((name, value)) => out::line(&json!({ "line": number, "ok": true, name: value }))?,
            Err(failure) => {
                let problem = failure.problem(session.language());
                out::line(&json!({ "line": number, "ok": false, "error": problem }))?;
                failed += 1;
                let _: &mut Exit = first.get_or_insert(failure.exit());
                if what.stop {
                    break;
                }
            }
        }
    }
    first.map_or(Ok(()), |exit| Err(Failure::Lines { count: failed, exit }))
}

fn one(
    desk: &Arc<Desk>,
    session: &Session,
    runtime: &tokio::runtime::Runtime,
    text: &str,
) -> Result<(&'static str, Value), Failure> {
    let told = |error: serde_json::Error| Failure::Json(error.to_string());
    match parse(text)? {
        Line {
            command: Some(command),
            command_id,
            query: None,
            sync: None,
        } => {
            let id = command_id.unwrap_or_else(|| CommandId(uuid::Uuid::now_v7()));
            let outcome = desk.execute(session, id, &command)?;
            Ok(("outcome", serde_json::to_value(outcome).map_err(told)?))
        }
        Line {
            query: Some(query),
            command: None,
            command_id: None,
            sync: None,
        } => Ok((
            "view",
            serde_json::to_value(desk.query(session, &query)?).map_err(told)?,
        )),
        Line {
            sync: Some(true),
            command: None,
            command_id: None,
            query: None,
        } => {
            let report = runtime.block_on(desk.sync_once())?;
            let value = report_value(&report, session.language());
            match report.error {
                Some(error) => Err(sportello_desk::DeskError::from(error).into()),
                None => Ok(("report", value)),
            }
        }
        _ => Err(Failure::Json(
            "a line has a command, or a query, or sync, and nothing else".into(),
        )),
    }
}
