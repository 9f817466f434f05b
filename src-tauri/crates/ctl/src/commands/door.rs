// SPDX-License-Identifier: EUPL-1.2
//! `do` and `show`: the two doors as they are.

use crate::access::{self, StandardInput};
use crate::args::{Do, Global, Show};
use crate::failure::Failure;
use crate::out::Out;
use serde::de::DeserializeOwned;
use sportello_desk::Query;
use sportello_domain::command::Command;
use sportello_domain::ids::CommandId;
use std::io::Read;
use std::path::Path;

/// Does one command.
pub fn run(global: &Global, out: Out, what: &Do) -> Result<(), Failure> {
    let (command, input): (Command, _) = given(&what.command)?;
    let (desk, session) = access::login(global, input)?;
    let id = what.command_id.unwrap_or_else(|| CommandId(uuid::Uuid::now_v7()));
    let outcome = desk.execute(&session, id, &command)?;
    out.data(&outcome)
}

/// Answers one query.
pub fn show(global: &Global, out: Out, what: &Show) -> Result<(), Failure> {
    let (query, input): (Query, _) = given(&what.query)?;
    let (desk, session) = access::login(global, input)?;
    let view = desk.query(&session, &query)?;
    out.data(&view)
}

/// What was given: as it is, in a file, or on standard input.
fn given<T: DeserializeOwned>(text: &str) -> Result<(T, StandardInput), Failure> {
    if text == "-" {
        let mut all = String::new();
        std::io::stdin().lock().read_to_string(&mut all)?;
        return Ok((parse(&all)?, StandardInput::Taken));
    }
    let value = match text.strip_prefix('@') {
        Some(path) => parse(&String::from_utf8_lossy(&access::read_file(Path::new(path))?))?,
        None => parse(text)?,
    };
    Ok((value, StandardInput::Free))
}

/// Reads JSON; what is wrong is told by place, never by repeating what stands there.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| Failure::Json(error.to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_query_is_read_with_or_without_a_byte_order_mark() {
        assert_eq!(
            parse::<Query>("\u{feff}{\"type\":\"status\"}").unwrap(),
            Query::Status
        );
        assert!(matches!(
            parse::<Query>("{\"type\":\"dance\"}"),
            Err(Failure::Json(_))
        ));
    }
}
