// SPDX-License-Identifier: EUPL-1.2
//! `sync`: one exchange, or until nothing is left.

use super::runtime;
use crate::access::{self, StandardInput};
use crate::args::{Global, Sync};
use crate::failure::Failure;
use crate::out::Out;
use serde_json::{Value, json};
use sportello_desk::query::Language;
use sportello_desk::view::EnrolRequest;
use sportello_desk::{Desk, DeskError};
use sportello_sync::{HttpOptions, HttpTransport, Proxy, Report};
use std::sync::Arc;

/// More exchanges than this in a row bring nothing that others do not write meanwhile.
const ROUNDS: u32 = 100;

/// Exchanges.
pub fn run(global: &Global, out: Out, what: &Sync) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let runtime = runtime()?;
    let (report, rounds) = runtime.block_on(exchange(&desk, what.until_quiet))?;
    let mut value = report_value(&report, session.language());
    value["rounds"] = json!(rounds);
    let words = format!(
        "{} {} · {} {} · {} {}",
        out.say("inviati", "sent"),
        report.pushed,
        out.say("ricevuti", "received"),
        report.pulled,
        out.say("in attesa", "waiting"),
        report.waiting
    );
    out.answer(&value, &words)?;
    if !report.troubles.is_empty() {
        let mut codes: Vec<&str> = report.troubles.iter().map(|found| found.trouble.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        return Err(Failure::Troubled(codes.join(", ")));
    }
    match report.error {
        Some(error) => Err(DeskError::from(error).into()),
        None => Ok(()),
    }
}

/// One exchange, or as many as it takes until nothing is sent or fetched; sums, and the last one's state.
async fn exchange(desk: &Arc<Desk>, until_quiet: bool) -> Result<(Report, u32), Failure> {
    let mut sum = desk.sync_once().await?;
    let mut rounds = 1;
    if !until_quiet {
        return Ok((sum, rounds));
    }
    while sum.is_clean() {
        if rounds == ROUNDS {
            return Err(Failure::NeverQuiet);
        }
        let next = desk.sync_once().await?;
        rounds += 1;
        let quiet = next.pushed == 0 && next.pulled == 0 && next.remaining == 0;
        sum = Report {
            pushed: sum.pushed + next.pushed,
            pulled: sum.pulled + next.pulled,
            ..next
        };
        if quiet {
            break;
        }
    }
    Ok((sum, rounds))
}

/// What came of an exchange, as JSON.
pub fn report_value(report: &Report, language: Language) -> Value {
    let error = report.error.as_ref().map(|error| {
        // The same sentence as the screens show.
        let code = error.code().to_owned();
        let message = sportello_desk::messages::sentence(language, &code, &[]);
        json!({ "code": code, "message": message })
    });
    let troubles: Vec<Value> = report
        .troubles
        .iter()
        .map(|found| json!({ "desk": found.log.desk_id(), "topic": found.log.topic, "code": found.trouble.code() }))
        .collect();
    let refused: Vec<Value> = report
        .refused
        .iter()
        .map(|record| json!({ "topic": record.log.topic, "seq": record.seq, "code": record.code }))
        .collect();
    json!({
        "pushed": report.pushed,
        "pulled": report.pulled,
        "waiting": report.waiting,
        "remaining": report.remaining,
        "skew": report.skew,
        "refused": refused,
        "troubles": troubles,
        "error": error,
    })
}

/// The way to the centre for somebody who is not a desk yet.
pub fn transport(request: &EnrolRequest) -> Result<HttpTransport, DeskError> {
    let options = HttpOptions {
        url: request.server.trim().to_owned(),
        ca_pem: request.custom_ca.as_ref().map(|pem| pem.as_bytes().to_vec()),
        proxy: request
            .proxy
            .as_ref()
            .map_or(Proxy::Environment, |url| Proxy::Url(url.clone())),
        ..HttpOptions::default()
    };
    Ok(HttpTransport::new(&options, None)?)
}
