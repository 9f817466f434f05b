// SPDX-License-Identifier: EUPL-1.2
//! The number that somebody who waits is called by. Names are never shown in a waiting room.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The letters of a site's desks, in the order of their enrolment. Those that can be taken for numbers are left out.
pub const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The last number of a day before it begins anew.
const LAST: u16 = 999;

/// A number as it is called: the letter of the desk that gave it, and a number of that desk's day. Each desk counts by itself,
/// so two desks that cannot reach each other never give the same one.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(into = "String", try_from = "String")]
#[schemars(with = "String")]
#[ts(type = "string")]
pub struct Ticket {
    /// The letter.
    letter: u8,
    /// 1 to 999.
    number: u16,
}

/// Text that is no ticket.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no ticket")]
pub struct NoTicket(pub String);

impl Ticket {
    /// The ticket after the last one that a desk gave today. `place` is the desk's among those of its site, from 0.
    pub fn after(place: usize, last: Option<Self>) -> Self {
        let letter = LETTERS[place % LETTERS.len()];
        let number = match last {
            Some(last) if last.letter == letter && last.number < LAST => last.number + 1,
            _ => 1,
        };
        Self { letter, number }
    }

    /// The number without its letter.
    pub fn number(self) -> u16 {
        self.number
    }

    /// The letter of the desk that gave it.
    pub fn letter(self) -> char {
        char::from(self.letter)
    }
}

impl std::fmt::Display for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{:02}", char::from(self.letter), self.number)
    }
}

impl From<Ticket> for String {
    fn from(ticket: Ticket) -> Self {
        ticket.to_string()
    }
}

impl std::str::FromStr for Ticket {
    type Err = NoTicket;
    fn from_str(text: &str) -> Result<Self, NoTicket> {
        let no = || NoTicket(text.to_owned());
        let mut chars = text.trim().chars();
        let letter = chars.next().ok_or_else(no)?.to_ascii_uppercase();
        let letter = u8::try_from(letter).map_err(|_| no())?;
        let number: u16 = chars.as_str().parse().map_err(|_| no())?;
        if !LETTERS.contains(&letter) || !(1..=LAST).contains(&number) {
            return Err(no());
        }
        Ok(Self { letter, number })
    }
}

impl TryFrom<String> for Ticket {
    type Error = NoTicket;
    fn try_from(text: String) -> Result<Self, NoTicket> {
        text.parse()
    }
}
