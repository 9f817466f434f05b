// SPDX-License-Identifier: EUPL-1.2
//! From rows to households: a list has one row for each household, or one for each member with a common practice number.

use super::columns::Columns;
use super::field::Field;
use super::reason::{Reason, Weight};
use super::row::{ReadRow, Said};
use super::value::{RawCell, parse_flag, parse_text};
use crate::campaign::Campaign;
use crate::money::Cents;
use crate::text::{person_name_eq_loose, search_key};
use chrono::{Datelike, NaiveDate};
use std::collections::HashMap;

/// What a row says of its person's place in the household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MemberRole {
    /// The one who applied.
    Applicant,
    /// Somebody else of the household.
    Member,
    /// Words that say neither; in a column of roles, somebody else of the household.
    Other,
}

/// Reads a role: words for the applicant and for kinship, or a mark.
pub(super) fn role_of(cell: &RawCell) -> MemberRole {
    if let Some(marked) = parse_flag(cell) {
        return if marked {
            MemberRole::Applicant
        } else {
            MemberRole::Member
        };
    }
    let key = parse_text(cell).map(|text| search_key(&text)).unwrap_or_default();
    match key.as_str() {
        "richiedente"
        | "intestatario"
        | "intestataria"
        | "dichiarante"
        | "titolare"
        | "beneficiario"
        | "beneficiaria"
        | "capofamiglia"
        | "capo famiglia"
        | "intestatario scheda"
        | "intestatario nucleo"
        | "is"
        | "r" => MemberRole::Applicant,
        "componente" | "membro" | "familiare" | "coniuge" | "moglie" | "marito" | "figlio" | "figlia"
        | "madre" | "padre" | "genitore" | "convivente" | "fratello" | "sorella" | "nipote" | "nonno"
        | "nonna" | "suocero" | "suocera" | "genero" | "nuora" | "zio" | "zia" | "cugino" | "cugina"
        | "compagno" | "compagna" | "unito civilmente" | "partner" | "c" => MemberRole::Member,
        _ => MemberRole::Other,
    }
}

/// A household as the list tells it. Numbers are indexes among the rows read.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub applicant: usize,
    /// Those of the household that were taken in, the applicant first.
    pub members: Vec<usize>,
    /// Rows that say again what another one of the household says, with that one.
    pub repeated: Vec<(usize, usize)>,
    /// Rows of members that cannot be taken in.
    pub left_out: Vec<usize>,
    /// The list names every member, not the applicant only.
    pub all_named: bool,
    pub quartiere: Said<u8>,
    pub size: Option<u8>,
    pub minors: Option<u8>,
    pub disabled: Option<u8>,
    pub resident: Option<bool>,
    pub amount: Option<Cents>,
    /// The list tells all that the campaign's table asks for.
    pub facts_told: bool,
    /// What was found in the applicant's row and in the household.
    pub reasons: Vec<Reason>,
}

impl Listed {
    pub fn weight(&self) -> Weight {
        self.reasons
            .iter()
            .map(Reason::weight)
            .max()
            .unwrap_or(Weight::Informs)
    }

    pub fn is_out(&self) -> bool {
        self.weight() >= Weight::Repeats
    }
}

/// Whether the list has one row for each member: it tells roles, or many rows of different people share a practice number.
pub(super) fn is_per_member(columns: &Columns, rows: &[ReadRow]) -> bool {
    if columns.has(Field::Role) {
        return true;
    }
    let mut first: HashMap<&str, &ReadRow> = HashMap::new();
    let (mut with_ref, mut shared) = (0_usize, 0_usize);
    for row in rows.iter().filter(|row| !row.list_ref.is_empty()) {
        with_ref += 1;
        let one = *first.entry(row.list_ref.as_str()).or_insert(row);
        shared += usize::from(!std::ptr::eq(one, row) && !same_person(one, row));
    }
    shared >= 2 && shared * 10 >= with_ref
}

/// Two rows of one person: the same identifier as typed, or the same name (and date of birth where both have one) where
/// one of them has no identifier.
pub(super) fn same_person(one: &ReadRow, other: &ReadRow) -> bool {
    if !one.identifier.is_none() && !other.identifier.is_none() {
        return one.identifier == other.identifier;
    }
    let dates = one.birth_date.is_none() || other.birth_date.is_none() || one.birth_date == other.birth_date;
    dates && person_name_eq_loose(&one.full_name(), &other.full_name())
}

/// The rows of each household, in the order of their first rows.
pub(super) fn group(columns: &Columns, rows: &[ReadRow], per_member: bool) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    if !per_member {
        groups.extend((0..rows.len()).map(|index| vec![index]));
        return groups;
    }
    let by_ref = columns.has(Field::ListRef);
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut open: Option<usize> = None;
    for (index, row) in rows.iter().enumerate() {
        if by_ref && !row.list_ref.is_empty() && !row.alone {
            let place = *places.entry(row.list_ref.as_str()).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[place].push(index);
        } else if let Some(open) =
            open.filter(|_| !by_ref && !row.alone && row.role != Some(MemberRole::Applicant))
        {
            // Without practice numbers a household goes on until the next applicant.
            groups[open].push(index);
        } else {
            if !row.alone {
                open = Some(groups.len());
            }
            groups.push(vec![index]);
        }
    }
    groups
}

/// Puts a household together from its rows.
pub(super) fn assemble(
    columns: &Columns,
    rows: &[ReadRow],
    group: &[usize],
    per_member: bool,
    campaign: &Campaign,
    issued: NaiveDate,
) -> Listed {
    let marked: Vec<usize> = group
        .iter()
        .copied()
        .filter(|i| rows[*i].role == Some(MemberRole::Applicant))
        .collect();
    let applicant = marked.first().or(group.first()).copied().unwrap_or_default();
    let head = &rows[applicant];
    let mut listed = Listed {
        applicant,
        members: vec![applicant],
        repeated: Vec::new(),
        left_out: Vec::new(),
        all_named: per_member,
        quartiere: head.quartiere,
        size: head.size.value(),
        minors: head.minors.value(),
        disabled: head.disabled.value(),
        resident: head.resident.value(),
        amount: None,
        facts_told: false,
        reasons: head.reasons.clone(),
    };
    if head.alone {
        return listed;
    }
    for index in group.iter().copied().filter(|index| *index != applicant) {
        let row = &rows[index];
        if let Some(again) = listed
            .members
            .iter()
            .copied()
            .find(|m| same_person(&rows[*m], row))
        {
            listed.repeated.push((index, again));
        } else if row
            .reasons
            .iter()
            .any(|r| r.weight_for_member() >= Weight::Refuses)
        {
            listed.left_out.push(index);
            listed.reasons.push(Reason::MemberLeftOut { row: row.number });
        } else {
            listed.members.push(index);
            if row
                .reasons
                .iter()
                .any(|r| r.weight_for_member() == Weight::Doubts)
            {
                listed.reasons.push(Reason::LookAtMember { row: row.number });
            }
        }
    }
    let other = marked
        .iter()
        .skip(1)
        .find(|i| !listed.repeated.iter().any(|(r, _)| r == *i));
    if let Some(other) = other {
        listed.reasons.push(Reason::ApplicantTwice {
            row: rows[*other].number,
        });
    } else if marked.is_empty() && columns.has(Field::Role) && group.len() > 1 {
        listed.reasons.push(Reason::ApplicantAssumed);
    }
    fill_in(&mut listed, rows);
    count_members(&mut listed, columns, rows, issued);
    check_facts(&mut listed, rows);
    listed.facts_told = facts_told(&listed, columns, rows, campaign);
    read_amount(&mut listed, rows, campaign);
    let head = &rows[applicant];
    if head.identifier.is_none() && head.list_ref.is_empty() && head.birth_date.is_none() {
        listed.reasons.push(Reason::Unidentifiable);
    }
    listed
}

/// Where the list names every member, what it does not count is counted.
fn count_members(listed: &mut Listed, columns: &Columns, rows: &[ReadRow], issued: NaiveDate) {
    let named: Vec<&ReadRow> = listed
        .members
        .iter()
        .chain(&listed.left_out)
        .map(|i| &rows[*i])
        .collect();
    let small = |count: usize| u8::try_from(count).unwrap_or(u8::MAX);
    if columns.has(Field::DisabledFlag) && listed.disabled.is_none() {
        listed.disabled = Some(small(named.iter().filter(|row| row.has_disability).count()));
    }
    if columns.has(Field::MinorFlag) && listed.minors.is_none() {
        listed.minors = Some(small(named.iter().filter(|row| row.minor).count()));
    }
    if !listed.all_named {
        return;
    }
    if listed.size.is_none() && !rows[listed.applicant].size.is_unreadable() {
        listed.size = Some(small(named.len()));
    }
    // Only from dates that are written, of every member: never from a tax code.
    let dates: Option<Vec<NaiveDate>> = named.iter().map(|row| row.birth_date).collect();
    if listed.minors.is_none()
        && !columns.has(Field::Minors)
        && let Some(dates) = dates
        && usize::from(listed.size.unwrap_or_default()) == named.len()
    {
        let count = small(dates.iter().filter(|born| is_minor(**born, issued)).count());
        listed.minors = Some(count);
        if count > 0 {
            listed.reasons.push(Reason::MinorsCounted { count });
        }
    }
}

fn is_minor(born: NaiveDate, on: NaiveDate) -> bool {
    let years = on.year() - born.year() - i32::from((on.month(), on.day()) < (born.month(), born.day()));
    years < 18
}

/// What the applicant's row leaves out may stand on another row of the household; what another row writes differently is told.
fn fill_in(listed: &mut Listed, rows: &[ReadRow]) {
    let others: Vec<&ReadRow> = listed.members.iter().skip(1).map(|i| &rows[*i]).collect();
    for row in others {
        if listed.quartiere == Said::Nothing && row.quartiere != Said::Unreadable {
            listed.quartiere = row.quartiere;
        } else if row.quartiere != Said::Nothing && row.quartiere != listed.quartiere {
            listed.reasons.push(Reason::MembersDisagree {
                row: row.number,
                field: Field::Quartiere.key(),
            });
        }
        listed.size = listed.size.or(row.size.value());
        listed.minors = listed.minors.or(row.minors.value());
        listed.disabled = listed.disabled.or(row.disabled.value());
        listed.resident = listed.resident.or(row.resident.value());
    }
}

fn check_facts(listed: &mut Listed, rows: &[ReadRow]) {
    let head = &rows[listed.applicant];
    match listed.quartiere {
        Said::Nothing => listed.reasons.push(Reason::QuartiereMissing),
        Said::Unreadable => listed.reasons.push(Reason::QuartiereUnknown),
        Said::Value(_) => {}
    }
    for (unreadable, field) in [
        (head.size.is_unreadable(), Field::Size),
        (head.minors.is_unreadable(), Field::Minors),
        (head.disabled.is_unreadable(), Field::Disabled),
        (head.resident.is_unreadable(), Field::Resident),
        (head.number_unreadable, Field::Number),
        (head.vouchers.is_unreadable(), Field::Vouchers),
    ] {
        if unreadable {
            listed
                .reasons
                .push(Reason::FieldUnreadable { field: field.key() });
        }
    }
}

/// Whether the list tells what the campaign's table asks for. An empty cell in a column of minors is none; no such column
/// says nothing.
fn facts_told(listed: &Listed, columns: &Columns, rows: &[ReadRow], campaign: &Campaign) -> bool {
    let head = &rows[listed.applicant];
    let told = |value: Option<u8>, unreadable: bool, field: Field| {
        !unreadable && (value.is_some() || columns.has(field))
    };
    listed.size.is_some()
        && (campaign.per_minor.0 == 0 || told(listed.minors, head.minors.is_unreadable(), Field::Minors))
        && (campaign.per_disabled.0 == 0
            || told(listed.disabled, head.disabled.is_unreadable(), Field::Disabled))
        && !head.resident.is_unreadable()
}

/// The amount that the list writes, if it holds by itself.
fn read_amount(listed: &mut Listed, rows: &[ReadRow], campaign: &Campaign) {
    let told = |row: &ReadRow| (row.amount, row.vouchers);
    let silent = (Said::Nothing, Said::Nothing);
    let mut source = &rows[listed.applicant];
    for index in listed.members.iter().skip(1) {
        let row = &rows[*index];
        if told(source) == silent {
            source = row;
        } else if told(row) != silent && told(row) != told(source) {
            listed.reasons.push(Reason::MembersDisagree {
                row: row.number,
                field: Field::Amount.key(),
            });
        }
    }
    let vouchers = source
        .vouchers
        .value()
        .map(|n| Cents(i64::from(n).saturating_mul(campaign.denomination.0)));
    let amount = match (source.amount, vouchers) {
        (Said::Unreadable, _) => {
            listed.reasons.push(Reason::AmountUnreadable);
            return;
        }
        (Said::Value(amount), Some(vouchers)) if amount != vouchers => {
            listed
                .reasons
                .push(Reason::AmountAgainstVouchers { amount, vouchers });
            return;
        }
        (Said::Value(amount), _) => amount,
        (Said::Nothing, Some(vouchers)) => vouchers,
        (Said::Nothing, None) if source.vouchers.is_unreadable() => {
            listed.reasons.push(Reason::AmountUnreadable);
            return;
        }
        (Said::Nothing, None) => {
            if !listed.facts_told {
                listed.reasons.push(Reason::AmountMissing);
            }
            return;
        }
    };
    if amount.0 <= 0 {
        listed.reasons.push(Reason::AmountNotPositive { amount });
    } else if campaign.vouchers_for(amount).is_none() {
        listed.reasons.push(Reason::AmountNotWhole {
            amount,
            denomination: campaign.denomination,
        });
    } else {
        listed.amount = Some(amount);
    }
}
