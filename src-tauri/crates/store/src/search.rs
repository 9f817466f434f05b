// SPDX-License-Identifier: EUPL-1.2
//! One box in which anything is typed: parts of names in any order, a tax code, a telephone, a list reference, a street, the
//! code of a slip, the serial of a voucher.
//!
//! What begins list references is taken as one. Else each word is taken as the beginning of a word of the household. Broad
//! beginnings stop early: candidates are read in the order of the index and only a few are looked at, those with whole words
//! first; the best of these come first.

use crate::Result;
use crate::projection::list_ref_key;
use crate::queries::{DeliveredRun, Reads, SuppliedRun};
use serde::Serialize;
use sportello_domain::appointment::{Appointment, SlipCode};
use sportello_domain::entitlement::Entitlement;
use sportello_domain::household::Household;
use sportello_domain::ids::{HouseholdId, MemberId};
use sportello_domain::serial::Run;
use sportello_domain::{scan, text};

/// Candidates that are looked at, at least; so that of many the best ones are shown.
const CANDIDATES: usize = 60;
/// No query has more words than this: further ones are passed over.
const WORDS: usize = 8;
/// Digits that a serial has at least: less is a part of a telephone, or a number of a house.
const SERIAL_DIGITS: u8 = 5;

/// What of a household answered the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matched {
    /// A member's name.
    Name,
    /// A member's tax code, STP or ENI.
    Identifier,
    /// The telephone.
    Phone,
    /// Servizi Sociali's reference.
    ListRef,
    /// Where it lives, or words of several kinds together.
    Address,
    /// The code on an appointment slip.
    Slip,
    /// The serial of a voucher that it got.
    Serial,
}

/// A household that answers the question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HouseholdHit {
    /// The household.
    pub household: Household,
    /// What of it answered.
    pub matched: Matched,
    /// The member who answered, when it was a name or an identifier.
    pub member: Option<MemberId>,
}

/// Something that answers the question.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SearchHit {
    /// A household.
    Household(Box<HouseholdHit>),
    /// An appointment of somebody in no list, by the code on its slip.
    Appointment {
        /// The appointment.
        appointment: Box<Appointment>,
    },
    /// Vouchers that no household got: some desk was supplied with them.
    Stock {
        /// The desk.
        desk: sportello_domain::ids::DeskId,
        /// The campaign.
        campaign: sportello_domain::ids::CampaignId,
        /// The serials.
        run: Run,
    },
}

impl Reads<'_> {
    /// What answers a question, the best first, at most `limit`.
    pub fn search(&self, question: &str, limit: usize) -> Result<Vec<SearchHit>> {
        let mut hits = Vec::new();
        if limit == 0 {
            return Ok(hits);
        }
        self.by_slip(question, &mut hits)?;
        self.by_serial(question, limit, &mut hits)?;
        let scanned = match scan::classify(question) {
            scan::Scan::TaxCode(code) => Some(code),
            _ => None,
        };
        // A scanner types more than the code: the card's track, asterisks. What it holds is what was meant.
        let typed = scanned.as_ref().map_or(question, |code| code.as_str());
        self.by_words(typed, limit, &mut hits)?;
        if let Some(code) = &scanned {
            self.by_key(&code.search_key(), &mut hits)?;
        }
        hits.truncate(limit);
        Ok(hits)
    }

    fn push_household(
        &self,
        id: HouseholdId,
        matched: Matched,
        member: Option<MemberId>,
        hits: &mut Vec<SearchHit>,
    ) -> Result<()> {
        let known = hits
            .iter()
            .any(|hit| matches!(hit, SearchHit::Household(hit) if hit.household.id == id));
        if !known && let Some(household) = self.state::<Household>(id)? {
            hits.push(SearchHit::Household(Box::new(HouseholdHit {
                household,
                matched,
                member,
            })));
        }
        Ok(())
    }

    fn by_slip(&self, question: &str, hits: &mut Vec<SearchHit>) -> Result<()> {
        let Some(code) = SlipCode::parse(question) else {
            return Ok(());
        };
        let Some(appointment) = self.appointment_by_code(&code)? else {
            return Ok(());
        };
        if let Some(household) = appointment.household {
            return self.push_household(household, Matched::Slip, None, hits);
        }
        hits.push(SearchHit::Appointment {
            appointment: Box::new(appointment),
        });
        Ok(())
    }

    fn by_serial(&self, question: &str, limit: usize, hits: &mut Vec<SearchHit>) -> Result<()> {
        let Ok(serial) = Run::single(question) else {
            return Ok(());
        };
        if serial.width < SERIAL_DIGITS {
            return Ok(());
        }
        for campaign in self.campaigns_with_series(&serial)? {
            let delivered = self.delivered_overlapping(campaign, std::slice::from_ref(&serial))?;
            let none = delivered.is_empty();
            for DeliveredRun { entitlement, .. } in delivered.into_iter().take(limit) {
                if let Some(entitlement) = self.state::<Entitlement>(entitlement)? {
                    self.push_household(entitlement.household, Matched::Serial, None, hits)?;
                }
            }
            if none {
                let supplied = self.supplied_overlapping(campaign, std::slice::from_ref(&serial))?;
                hits.extend(
                    supplied
                        .into_iter()
                        .map(|SuppliedRun { campaign, desk, run }| SearchHit::Stock { desk, campaign, run }),
                );
            }
        }
        Ok(())
    }

    fn by_key(&self, key: &str, hits: &mut Vec<SearchHit>) -> Result<()> {
        for found in self.members_by_key(key)? {
            self.push_household(found.household, Matched::Identifier, Some(found.member), hits)?;
        }
        Ok(())
    }

    /// Households whose list reference begins like this, when it is letters and digits as references are. Each part of such a
    /// reference stands in nearly all of them: the index of words would go through everybody at each key.
    fn by_reference(&self, typed: &str, wanted: usize) -> Result<Vec<i64>> {
        let has = |kind: fn(char) -> bool| typed.chars().any(kind);
        if !has(char::is_alphabetic) || !has(char::is_numeric) {
            return Ok(Vec::new());
        }
        self.all(
            "SELECT n FROM household WHERE list_ref <> '' AND list_ref >= ?1 AND list_ref < ?2 ORDER BY list_ref LIMIT ?3",
            (
                typed,
                format!("{typed}{}", char::MAX),
                i64::try_from(wanted).unwrap_or(i64::MAX),
            ),
            |row| row.get(0),
        )
    }

    fn by_words(&self, typed: &str, limit: usize, hits: &mut Vec<SearchHit>) -> Result<()> {
        let mut words = text::query_tokens(typed);
        words.truncate(WORDS);
        if words.is_empty() {
            return Ok(());
        }
        let wanted = limit.max(CANDIDATES);
        let together = words.concat();
        let mut rows = self.by_reference(&together, wanted)?;
        let asked = if rows.is_empty() {
            questions(&words)
        } else {
            vec![beginning(&together)]
        };
        for query in asked {
            if rows.len() >= wanted {
                break;
            }
            let more = self.all(
                "SELECT rowid FROM household_words WHERE household_words MATCH ?1 ORDER BY rowid LIMIT ?2",
                (&query, i64::try_from(wanted).unwrap_or(i64::MAX)),
                |row| row.get::<_, i64>(0),
            )?;
            for row in more {
                if !rows.contains(&row) {
                    rows.push(row);
                }
            }
        }
        rows.truncate(wanted);
        let mut ranked = Vec::with_capacity(rows.len());
        for row in rows {
            let mut found: Vec<Household> = self.folded(
                "SELECT id, places FROM household WHERE n = ?1 AND sort_name IS NOT NULL",
                [row],
            )?;
            if let Some(household) = found.pop() {
                let hit = explain(household, &words);
                ranked.push((
                    rank(&hit, &words),
                    text::search_key(&hit.household.data.applicant_name()),
                    hit,
                ));
            }
        }
        ranked.sort_by(|a, b| (a.0, &a.1, a.2.household.id).cmp(&(b.0, &b.1, b.2.household.id)));
        for (_, _, hit) in ranked {
            let known =
                hits.iter().any(|known| matches!(known, SearchHit::Household(known) if known.household.id == hit.household.id));
            if !known {
                hits.push(SearchHit::Household(Box::new(hit)));
            }
        }
        Ok(())
    }
}

/// The questions put to the index, one after the other until there are enough answers: all words but the last whole; all as
/// beginnings; and the words run together, because telephones and references are written with and without blanks.
fn questions(words: &[String]) -> Vec<String> {
    let whole = |word: &String| format!("\"{word}\"");
    let Some((last, before)) = words.split_last() else {
        return Vec::new();
    };
    if before.is_empty() {
        return vec![whole(last), beginning(last)];
    }
    let exact: Vec<String> = before.iter().map(whole).chain([beginning(last)]).collect();
    let begins: Vec<String> = words.iter().map(|word| beginning(word)).collect();
    let mut questions = vec![exact.join(" AND "), begins.join(" AND ")];
    if words.iter().any(|word| word.bytes().any(|b| b.is_ascii_digit())) {
        questions.push(beginning(&words.concat()));
    }
    questions
}

fn beginning(word: &str) -> String {
    format!("\"{word}\"*")
}

/// Finds out what of a household answered.
fn explain(household: Household, words: &[String]) -> HouseholdHit {
    let begins = |tokens: &[String]| {
        words
            .iter()
            .all(|word| tokens.iter().any(|token| token.starts_with(word)))
    };
    let together = words.concat();
    let mut best = (Matched::Address, None);
    for member in household.data.members.iter().rev() {
        let mut names = text::search_tokens(&member.surname);
        names.extend(text::search_tokens(&member.name));
        let key = member.identifier.search_key().unwrap_or_default().to_lowercase();
        if begins(&names) {
            best = (Matched::Name, Some(member.id));
        } else if member.identifier.as_str().to_lowercase().starts_with(&together)
            || key.starts_with(&together)
        {
            best = (Matched::Identifier, Some(member.id));
        }
    }
    if best.1.is_none() {
        let digits: String = household
            .data
            .phone
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        let numeric = together.bytes().all(|b| b.is_ascii_digit());
        if list_ref_key(&household.data.list_ref).starts_with(&together) {
            best.0 = Matched::ListRef;
        } else if numeric && digits.contains(&together) {
            best.0 = Matched::Phone;
        }
    }
    HouseholdHit {
        household,
        matched: best.0,
        member: best.1,
    }
}

/// The lower the better.
fn rank(hit: &HouseholdHit, words: &[String]) -> u8 {
    let first = words.first().map(String::as_str).unwrap_or_default();
    let surname = |member: &sportello_domain::household::Member| text::search_key(&member.surname);
    match hit.matched {
        Matched::Identifier | Matched::Slip | Matched::Serial => 0,
        Matched::Name => {
            let members = &hit.household.data.members;
            let applicant = members.first().map(surname).unwrap_or_default();
            if applicant == first {
                1
            } else if applicant.starts_with(first) {
                2
            } else if members.iter().any(|m| surname(m) == first) {
                3
            } else {
                4
            }
        }
        Matched::ListRef | Matched::Phone => 5,
        Matched::Address => 6,
    }
}
