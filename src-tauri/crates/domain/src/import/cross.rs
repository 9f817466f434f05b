// SPDX-License-Identifier: EUPL-1.2
//! The households of a list against each other: the same one twice, under another applicant, or perhaps.

use super::household::{Listed, same_person};
use super::reason::Reason;
use super::row::ReadRow;
use crate::text::search_key;
use chrono::NaiveDate;
use std::collections::HashMap;

/// Name and date of birth.
type Person = (String, NaiveDate);
/// Telephone and address.
type Home = (String, String);

/// Households by what they may be found under; each the first of its kind in the list.
#[derive(Default)]
struct Seen<'a> {
    by_code: HashMap<&'a str, usize>,
    by_key: HashMap<String, usize>,
    by_ref: HashMap<&'a str, usize>,
    by_person: HashMap<Person, usize>,
    by_home: HashMap<Home, usize>,
    members: HashMap<&'a str, usize>,
}

/// Compares the households with each other, in the order of the list, and adds what is found to their reasons.
///
/// A household that is refused by itself is not compared: its right copy further down must not be kept out by it.
pub(super) fn compare(rows: &[ReadRow], households: &mut [Listed]) {
    // Who belongs to which household without having applied for it.
    let mut member_of: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, listed) in households
        .iter()
        .enumerate()
        .filter(|(_, listed)| !listed.is_out())
    {
        for member in listed
            .members
            .iter()
            .skip(1)
            .map(|m| &rows[*m])
            .filter(|m| !m.identifier.is_none())
        {
            member_of
                .entry(member.identifier.as_str())
                .or_default()
                .push(index);
        }
    }
    let mut seen = Seen::default();
    for index in 0..households.len() {
        if households[index].is_out() {
            continue;
        }
        let mut found = Vec::new();
        let head = &rows[households[index].applicant];
        let (person, home) = (person(head), home(head));
        if let Some(other) = seen.same(rows, households, head, person.as_ref()) {
            let one = &rows[households[other].applicant];
            if !same_person(one, head) {
                found.push(Reason::SamePractice { row: one.number });
            } else if says_the_same(rows, &households[other], &households[index]) {
                found.push(Reason::SameAs { row: one.number });
            } else {
                found.push(Reason::ContradictsRow { row: one.number });
                households[other]
                    .reasons
                    .push(Reason::ContradictedBy { row: head.number });
            }
        } else if let Some(other) = belongs_elsewhere(rows, households, &member_of, index) {
            found.push(Reason::MemberElsewhere {
                row: rows[households[other].applicant].number,
            });
        } else {
            seen.doubts(
                rows,
                households,
                index,
                (person.as_ref(), home.as_ref()),
                &mut found,
            );
            seen.add(rows, &households[index], index, (person, home));
        }
        households[index].reasons.append(&mut found);
    }
}

/// The household of which this one's applicant is a member. Of two that name each other's applicant the first stays.
fn belongs_elsewhere(
    rows: &[ReadRow],
    households: &[Listed],
    member_of: &HashMap<&str, Vec<usize>>,
    index: usize,
) -> Option<usize> {
    let head = &rows[households[index].applicant];
    let others = member_of.get(head.identifier.as_str())?;
    others.iter().copied().find(|other| {
        let listed = &households[*other];
        let theirs = &rows[listed.applicant].identifier;
        let mutual = !theirs.is_none()
            && households[index]
                .members
                .iter()
                .any(|m| rows[*m].identifier == *theirs);
        *other != index && !listed.is_out() && (!mutual || *other < index)
    })
}

/// Nothing that matters is different: neither money, nor what money depends on, nor where to collect it.
fn says_the_same(rows: &[ReadRow], one: &Listed, other: &Listed) -> bool {
    let facts = |l: &Listed| (l.quartiere, l.size, l.minors, l.disabled, l.resident, l.amount);
    let dates = |l: &Listed| rows[l.applicant].birth_date;
    facts(one) == facts(other)
        && (dates(one) == dates(other) || dates(one).is_none() || dates(other).is_none())
}

impl<'a> Seen<'a> {
    /// The household that has the same applicant or the same practice number.
    fn same(
        &self,
        rows: &[ReadRow],
        households: &[Listed],
        head: &ReadRow,
        person: Option<&Person>,
    ) -> Option<usize> {
        if !head.identifier.is_none()
            && let Some(other) = self.by_code.get(head.identifier.as_str())
        {
            return Some(*other);
        }
        if let Some(other) = self.by_ref.get(head.list_ref.as_str()) {
            return Some(*other);
        }
        // The same name and date of birth are the same person where one of the two has no identifier.
        let other = *self.by_person.get(person?)?;
        let unidentified = |row: &ReadRow| row.identifier.is_none();
        (unidentified(head) || unidentified(&rows[households[other].applicant])).then_some(other)
    }

    fn doubts(
        &self,
        rows: &[ReadRow],
        households: &[Listed],
        index: usize,
        (person, home): (Option<&Person>, Option<&Home>),
        found: &mut Vec<Reason>,
    ) {
        let listed = &households[index];
        let head = &rows[listed.applicant];
        let row = |other: usize| rows[households[other].applicant].number;
        if let Some(other) = head.identifier.search_key().and_then(|key| self.by_key.get(&key)) {
            found.push(Reason::SameKey { row: row(*other) });
        } else if let Some(other) = person.and_then(|person| self.by_person.get(person)) {
            found.push(Reason::SamePersonData { row: row(*other) });
        } else if let Some(other) = home.and_then(|home| self.by_home.get(home)) {
            found.push(Reason::SameHome { row: row(*other) });
        }
        let shared = listed
            .members
            .iter()
            .skip(1)
            .find_map(|m| self.members.get(rows[*m].identifier.as_str()));
        if let Some(other) = shared {
            found.push(Reason::MemberAlsoIn { row: row(*other) });
        }
    }

    fn add(
        &mut self,
        rows: &'a [ReadRow],
        listed: &Listed,
        index: usize,
        (person, home): (Option<Person>, Option<Home>),
    ) {
        let head = &rows[listed.applicant];
        if !head.identifier.is_none() {
            self.by_code.entry(head.identifier.as_str()).or_insert(index);
        }
        if let Some(key) = head.identifier.search_key() {
            self.by_key.entry(key).or_insert(index);
        }
        if !head.list_ref.is_empty() {
            self.by_ref.entry(head.list_ref.as_str()).or_insert(index);
        }
        if let Some(person) = person {
            self.by_person.entry(person).or_insert(index);
        }
        if let Some(home) = home {
            self.by_home.entry(home).or_insert(index);
        }
        for member in listed
            .members
            .iter()
            .skip(1)
            .map(|m| &rows[*m])
            .filter(|m| !m.identifier.is_none())
        {
            self.members.entry(member.identifier.as_str()).or_insert(index);
        }
    }
}

fn person(row: &ReadRow) -> Option<Person> {
    row.birth_date.map(|date| {
        (
            format!("{}|{}", search_key(&row.surname), search_key(&row.name)),
            date,
        )
    })
}

/// Telephone and address together: one alone is shared by neighbours and by whoever helps people to apply.
fn home(row: &ReadRow) -> Option<Home> {
    let digits: String = row.phone.chars().filter(char::is_ascii_digit).collect();
    let address = row.address.as_ref().filter(|a| !a.number.is_empty())?;
    (digits.len() >= 6).then(|| {
        let door = format!(
            "{}|{}|{:?}|{}",
            address.street, address.number, address.colour, address.exponent
        );
        (digits, search_key(&door))
    })
}
