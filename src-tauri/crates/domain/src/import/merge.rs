// SPDX-License-Identifier: EUPL-1.2
//! What holds of a household once a list has spoken: what the list says, and what was known where it says nothing.

use super::household::Listed;
use super::matching::{full_name, may_be_one};
use super::reason::Reason;
use super::row::{ReadRow, Said};
use crate::household::{Address, HouseholdData, Member};
use crate::ids::MemberId;
use crate::text::{person_name_eq_loose, search_key};

/// A household with what the list says. A name, street or telephone that is only written differently stays as it was known.
pub(super) fn merge(
    known: Option<&HouseholdData>,
    rows: &[ReadRow],
    listed: &mut Listed,
    new_member: impl Fn(u32) -> MemberId,
) -> HouseholdData {
    let head = &rows[listed.applicant];
    let members = merge_members(known, rows, listed, new_member);
    let named = u8::try_from(members.len()).unwrap_or(u8::MAX);
    let told = listed.size.unwrap_or_else(|| known.map_or(named, |k| k.size));
    if told < named {
        listed
            .reasons
            .push(Reason::SizeLessThanNamed { size: told, named });
    }
    let size = told.max(named);
    let minors = listed.minors.or(known.map(|k| k.minors)).unwrap_or_default();
    let disabled = listed.disabled.or(known.map(|k| k.disabled)).unwrap_or_default();
    if minors.max(disabled) > size {
        listed.reasons.push(Reason::MoreThanMembers {
            count: minors.max(disabled),
            size,
        });
    }
    let quartiere = match listed.quartiere {
        Said::Value(quartiere) => quartiere,
        // Refused already; whatever stands here is not taken in.
        _ => known.map_or(0, |k| k.quartiere),
    };
    let kept = |old: Option<&String>, new: &str, same: fn(&str, &str) -> bool| match old {
        Some(old) if new.is_empty() || same(old, new) => old.clone(),
        _ => new.to_owned(),
    };
    HouseholdData {
        members,
        size,
        minors,
        disabled,
        resident: listed.resident.or(known.map(|k| k.resident)).unwrap_or(true),
        quartiere,
        address: merge_address(known.map(|k| &k.address), head.address.as_ref()),
        phone: kept(known.map(|k| &k.phone), &head.phone, same_digits),
        email: kept(known.map(|k| &k.email), &head.email, |a, b| {
            a.eq_ignore_ascii_case(b)
        }),
        list_ref: kept(known.map(|k| &k.list_ref), &head.list_ref, |a, b| a == b),
    }
}

fn same_digits(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(one) == digits(other) && !digits(one).is_empty()
}

fn merge_address(known: Option<&Address>, said: Option<&Address>) -> Address {
    let key = |a: &Address| {
        (
            search_key(&a.street),
            a.number.clone(),
            a.colour,
            search_key(&a.exponent),
        )
    };
    match (known, said) {
        (Some(known), Some(said)) if known == said || key(known) == key(said) => known.clone(),
        (_, Some(said)) => said.clone(),
        (Some(known), None) => known.clone(),
        (None, None) => Address::default(),
    }
}

fn merge_members(
    known: Option<&HouseholdData>,
    rows: &[ReadRow],
    listed: &Listed,
    new_member: impl Fn(u32) -> MemberId,
) -> Vec<Member> {
    let mut left: Vec<&Member> = known.map(|k| k.members.iter().collect()).unwrap_or_default();
    let mut members: Vec<Member> = Vec::with_capacity(listed.members.len());
    for index in &listed.members {
        let row = &rows[*index];
        let place = left
            .iter()
            .position(|m| !row.identifier.is_none() && m.identifier == row.identifier)
            .or_else(|| left.iter().position(|m| is_the_one(m, row)));
        let old = place.map(|place| left.remove(place));
        members.push(merge_member(old, row, &new_member));
    }
    // A list of applicants says nothing of the others, nor does a list speak against a member whose row it spoilt.
    if !listed.all_named || !listed.left_out.is_empty() {
        members.extend(left.into_iter().cloned());
    }
    members
}

/// The same name and, where both have one, date of birth; and not two different tax codes.
fn is_the_one(known: &Member, row: &ReadRow) -> bool {
    let dates = known.birth_date.is_none() || row.birth_date.is_none() || known.birth_date == row.birth_date;
    dates
        && may_be_one(&known.identifier, &row.identifier)
        && person_name_eq_loose(&full_name(known), &row.full_name())
}

fn merge_member(known: Option<&Member>, row: &ReadRow, new_member: impl Fn(u32) -> MemberId) -> Member {
    let Some(old) = known else {
        return Member {
            id: new_member(row.number),
            surname: row.surname.clone(),
            name: row.name.clone(),
            identifier: row.identifier.clone(),
            birth_date: row.birth_date,
        };
    };
    let kept = |old: &str, new: &str| {
        let same = new.is_empty() || old == new || search_key(old) == search_key(new);
        if same { old.to_owned() } else { new.to_owned() }
    };
    Member {
        id: old.id,
        surname: kept(&old.surname, &row.surname),
        name: kept(&old.name, &row.name),
        identifier: if row.identifier.is_none() {
            old.identifier.clone()
        } else {
            row.identifier.clone()
        },
        birth_date: row.birth_date.or(old.birth_date),
    }
}

/// What is different, by the names of [`Reason::Changes`].
pub(super) fn changes(old: &HouseholdData, new: &HouseholdData) -> Vec<Reason> {
    [
        (old.members != new.members, "members"),
        (old.size != new.size, "size"),
        (old.minors != new.minors, "minors"),
        (old.disabled != new.disabled, "disabled"),
        (old.resident != new.resident, "resident"),
        (old.quartiere != new.quartiere, "quartiere"),
        (old.address != new.address, "address"),
        (old.phone != new.phone, "phone"),
        (old.email != new.email, "email"),
        (old.list_ref != new.list_ref, "list_ref"),
    ]
    .into_iter()
    .filter(|(differs, _)| *differs)
    .map(|(_, field)| Reason::Changes { field })
    .collect()
}
