// SPDX-License-Identifier: EUPL-1.2
//! Households: found by identifier, list reference, and the words of everything that people ask for at a counter.

use super::{Row, difference};
use crate::Result;
use crate::book::blob;
use rusqlite::Connection;
use sportello_domain::household::Household;
use sportello_domain::ids::MemberId;
use sportello_domain::text;

/// What a household shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HouseholdRow {
    pub quartiere: u8,
    pub list_ref: String,
    /// The applicant's name as it is sorted.
    pub sort_name: String,
    /// Decoded identifiers.
    pub keys: Vec<(String, MemberId)>,
    /// What it is found by, separated by spaces.
    pub words: String,
}

impl HouseholdRow {
    pub fn of(household: &Household) -> Self {
        let data = &household.data;
        let keys = data
            .members
            .iter()
            .filter_map(|m| m.identifier.search_key().map(|key| (key, m.id)))
            .collect();
        Self {
            quartiere: data.quartiere,
            list_ref: list_ref_key(&data.list_ref),
            sort_name: text::search_key(&data.applicant_name()),
            keys,
            words: words(household),
        }
    }
}

/// A list reference as it is compared: lists write the same one with and without blanks, strokes and capitals.
pub(crate) fn list_ref_key(written: &str) -> String {
    text::search_key(written).replace(' ', "")
}

fn words(household: &Household) -> String {
    let data = &household.data;
    let mut words: Vec<String> = Vec::new();
    for member in &data.members {
        words.extend(text::search_tokens(&member.surname));
        words.extend(text::search_tokens(&member.name));
        words.push(member.identifier.as_str().to_lowercase());
        words.extend(member.identifier.search_key().map(|key| key.to_lowercase()));
    }
    words.extend(text::search_tokens(&data.address.street));
    words.extend(text::search_tokens(&data.address.number));
    words.extend(text::search_tokens(&data.list_ref));
    words.push(list_ref_key(&data.list_ref));
    words.extend(phone_words(&data.phone));
    words.retain(|word| !word.is_empty());
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// A telephone is found by its digits without blanks and without Italy's prefix, and by each group as it was written.
fn phone_words(written: &str) -> Vec<String> {
    let groups: Vec<String> = written
        .split(|c: char| !c.is_ascii_digit())
        .filter(|g| !g.is_empty())
        .map(str::to_owned)
        .collect();
    let digits = groups.concat();
    let national = digits
        .strip_prefix("0039")
        .or_else(|| digits.strip_prefix("39").filter(|rest| rest.len() > 8));
    let mut words: Vec<String> = national.map(str::to_owned).into_iter().collect();
    words.push(digits);
    words.extend(groups.into_iter().filter(|group| group.len() > 2));
    words
}

pub(super) fn save(row: &Row<'_>, old: Option<&HouseholdRow>, new: Option<&HouseholdRow>) -> Result<i64> {
    let (list_ref, sort_name, quartiere) = (
        new.map(|r| r.list_ref.as_str()),
        new.map(|r| r.sort_name.as_str()),
        new.map(|r| r.quartiere),
    );
    let n = if let Some(n) = row.n {
        row.conn
            .prepare_cached(
                "UPDATE household SET topic = ?2, last = ?3, list_ref = ?4, sort_name = ?5, quartiere = ?6, places = ?7
                 WHERE n = ?1",
            )?
            .execute((n, &row.topic, row.last, list_ref, sort_name, quartiere, row.places))?;
        n
    } else {
        row.conn
            .prepare_cached(
                "INSERT INTO household (id, topic, last, list_ref, sort_name, quartiere, places)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                row.id(),
                &row.topic,
                row.last,
                list_ref,
                sort_name,
                quartiere,
                row.places,
            ))?;
        row.conn.last_insert_rowid()
    };
    members(row, old.map_or(&[], |r| &r.keys), new.map_or(&[], |r| &r.keys))?;
    reword(
        row.conn,
        n,
        old.map(|r| r.words.as_str()),
        new.map(|r| r.words.as_str()),
    )?;
    Ok(n)
}

fn members(row: &Row<'_>, old: &[(String, MemberId)], new: &[(String, MemberId)]) -> Result<()> {
    let (gone, come) = difference(old, new);
    for (key, member) in gone {
        row.conn
            .prepare_cached("DELETE FROM member WHERE key = ?1 AND household = ?2 AND member = ?3")?
            .execute((key, row.id(), blob(&member.0)))?;
    }
    for (key, member) in come {
        row.conn
            .prepare_cached("INSERT OR REPLACE INTO member (key, household, member) VALUES (?1, ?2, ?3)")?
            .execute((key, row.id(), blob(&member.0)))?;
    }
    Ok(())
}

fn reword(conn: &Connection, n: i64, old: Option<&str>, new: Option<&str>) -> Result<()> {
    if old == new {
        return Ok(());
    }
    if old.is_some() {
        conn.prepare_cached("DELETE FROM household_words WHERE rowid = ?1")?
            .execute([n])?;
    }
    if let Some(words) = new {
        conn.prepare_cached("INSERT INTO household_words (rowid, words) VALUES (?1, ?2)")?
            .execute((n, words))?;
    }
    Ok(())
}
