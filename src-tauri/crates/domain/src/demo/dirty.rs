// SPDX-License-Identifier: EUPL-1.2
//! What real lists are like: bad, repeated, doubtful and merely untidy rows, made on purpose for import tests.

use super::rng::DemoRng;
use super::{DemoHousehold, DemoPerson};
use crate::identifier::PersonIdentifier;
use crate::tax_code::TaxCode;
use serde::Serialize;

/// A field of a list's row that is to be written differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DirtyField {
    /// Servizi Sociali's reference.
    ListRef,
    /// The applicant's surname.
    Surname,
    /// The applicant's first name.
    Name,
    /// The applicant's tax code, STP or ENI.
    Identifier,
    /// The applicant's date of birth, as written.
    BirthDate,
    /// The Quartiere, as written.
    Quartiere,
    /// The amount due, as written.
    Amount,
}

/// What is wrong with a row, or only odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, strum::EnumIter)]
#[serde(rename_all = "snake_case")]
pub enum DirtyKind {
    /// One character of the tax code is wrong.
    MistypedCode,
    /// The same household a second time, word for word.
    SameRowAgain,
    /// The same household a second time, with another adult as applicant and another reference.
    OtherApplicant,
    /// No surname.
    MissingSurname,
    /// A Quartiere that does not exist.
    UnknownQuartiere,
    /// An amount that is no amount, or none that vouchers can make up.
    AmountJunk,
    /// A birth date that is in no calendar.
    ImpossibleDate,
    /// A valid tax code that is not that of the name beside it.
    CodeOfAnotherName,
    /// A date of birth that the tax code contradicts.
    DateAgainstCode,
    /// The omocodic twin of another row's code: another person, never to be merged.
    OmocodicTwin,
    /// Spaces, case, currency signs: odd, and right.
    Untidy,
}

/// What an import should make of the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DirtyExpectation {
    /// Imported as if it were tidy.
    Accepted,
    /// To be shown as a repetition of another row.
    Duplicate,
    /// To be shown to a person, who decides.
    Doubtful,
    /// To be refused with its reason.
    Refused,
}

impl DirtyKind {
    /// What an import should make of it.
    pub fn expectation(self) -> DirtyExpectation {
        match self {
            Self::Untidy => DirtyExpectation::Accepted,
            Self::SameRowAgain => DirtyExpectation::Duplicate,
            // A twin is a person of its own: taken in apart, and shown, because it may be one code written in two ways.
            Self::CodeOfAnotherName | Self::DateAgainstCode | Self::OmocodicTwin => {
                DirtyExpectation::Doubtful
            }
            // The household is told twice and differently: it is served once, and the office that wrote it clears it up.
            Self::OtherApplicant
            | Self::MistypedCode
            | Self::MissingSurname
            | Self::UnknownQuartiere
            | Self::AmountJunk
            | Self::ImpossibleDate => DirtyExpectation::Refused,
        }
    }

    /// True for a row to be written beside the household's good one; the others stand in its place.
    pub fn is_additional(self) -> bool {
        matches!(
            self,
            Self::SameRowAgain | Self::OtherApplicant | Self::OmocodicTwin
        )
    }
}

/// A row to write: a household's own, with some fields overridden.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DirtyRow {
    /// Index of the household among those given; none has two dirty rows.
    pub household: usize,
    /// What is wrong.
    pub kind: DirtyKind,
    /// What to write instead, by field; fields not named are as in the household.
    pub overrides: Vec<(DirtyField, String)>,
}

impl DirtyRow {
    /// The overriding text of a field, if any.
    pub fn get(&self, field: DirtyField) -> Option<&str> {
        self.overrides
            .iter()
            .find(|(one, _)| *one == field)
            .map(|(_, text)| text.as_str())
    }
}

const JUNK_AMOUNTS: [&str; 8] = [
    "centocinquanta",
    "-80",
    "150,00,00",
    "1S0",
    "155",
    "0",
    "#N/D",
    "10 buoni",
];
const JUNK_QUARTIERI: [&str; 7] = ["6", "0", "Q9", "Scandicci", "Quartiere", "1/2", "-"];
const JUNK_DATES: [&str; 5] = ["31/02/1980", "00/00/0000", "12/13/1990", "ieri", "1/1/3021"];

/// Makes `n` dirty rows from a seed, each kind in turn, about different households. Fewer when the
/// households run out.
pub fn dirty_rows(seed: u64, households: &[DemoHousehold], n: usize) -> Vec<DirtyRow> {
    use strum::IntoEnumIterator;
    // Another sequence than the one that made the people from the same seed.
    let mut rng = DemoRng::new(seed ^ 0xD1_27D1_27D1_27D1);
    let mut order: Vec<usize> = (0..households.len()).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, rng.index(last + 1));
    }
    let kinds: Vec<DirtyKind> = DirtyKind::iter().collect();
    let mut rows = Vec::with_capacity(n.min(order.len()));
    for turn in 0..n {
        let kind = kinds[turn % kinds.len()];
        // The first household left that this kind of dirt fits.
        let found = order.iter().enumerate().find_map(|(position, index)| {
            spoil(kind, &households[*index], &mut rng).map(|overrides| (position, overrides))
        });
        if let Some((position, overrides)) = found {
            let household = order.swap_remove(position);
            rows.push(DirtyRow {
                household,
                kind,
                overrides,
            });
        }
    }
    rows
}

fn spoil(kind: DirtyKind, household: &DemoHousehold, rng: &mut DemoRng) -> Option<Vec<(DirtyField, String)>> {
    use DirtyField as F;
    let applicant = household.applicant();
    let junk = |rng: &mut DemoRng, list: &[&str]| list[rng.index(list.len())].to_owned();
    Some(match kind {
        DirtyKind::SameRowAgain => Vec::new(),
        DirtyKind::MistypedCode => vec![(F::Identifier, mistyped(plain_code(applicant)?, rng)?)],
        DirtyKind::MissingSurname => {
            let blank = if rng.chance(500) { "" } else { "   " };
            vec![(F::Surname, blank.to_owned())]
        }
        DirtyKind::UnknownQuartiere => vec![(F::Quartiere, junk(rng, &JUNK_QUARTIERI))],
        DirtyKind::AmountJunk => vec![(F::Amount, junk(rng, &JUNK_AMOUNTS))],
        DirtyKind::ImpossibleDate => vec![(F::BirthDate, junk(rng, &JUNK_DATES))],
        DirtyKind::OtherApplicant => {
            let other = household
                .members
                .iter()
                .enumerate()
                .find(|(index, person)| *index != household.applicant_index && !person.minor)?
                .1;
            vec![
                (F::ListRef, format!("{}-BIS", household.list_ref)),
                (F::Surname, other.surname.clone()),
                (F::Name, other.name.clone()),
                (F::Identifier, other.identifier.as_str().to_owned()),
                (F::BirthDate, italian_date(other)),
            ]
        }
        DirtyKind::CodeOfAnotherName => {
            let code = plain_code(applicant)?;
            let name = if code.plausible_for("Zampironi", "Ludovica") {
                return None;
            } else {
                ("Zampironi", "Ludovica")
            };
            vec![(F::Surname, name.0.to_owned()), (F::Name, name.1.to_owned())]
        }
        DirtyKind::DateAgainstCode => {
            plain_code(applicant)?;
            let date = applicant.birth_date + chrono::Days::new(u64::from(rng.between(1, 27)));
            vec![(F::BirthDate, date.format("%d/%m/%Y").to_string())]
        }
        DirtyKind::OmocodicTwin => {
            // A form so rare that nobody in the households has it.
            let twin = plain_code(applicant)?.omocodic_variants().pop()?;
            vec![
                (F::ListRef, format!("{}-OMO", household.list_ref)),
                (F::Identifier, twin.into()),
            ]
        }
        DirtyKind::Untidy => {
            let code = plain_code(applicant)?.as_str().to_lowercase();
            vec![
                (F::Surname, format!("  {} ", applicant.surname.to_uppercase())),
                (F::Identifier, format!(" {} {}", &code[..6], &code[6..])),
                (F::Quartiere, format!("Quartiere {}", household.quartiere)),
                (
                    F::BirthDate,
                    applicant.birth_date.format("%-d-%-m-%Y").to_string(),
                ),
                (F::Amount, "€ 150,00".to_owned()),
            ]
        }
    })
}

fn italian_date(person: &DemoPerson) -> String {
    person.birth_date.format("%d/%m/%Y").to_string()
}

/// The person's code, when it is a definitive one without omocodia.
fn plain_code(person: &DemoPerson) -> Option<&TaxCode> {
    match &person.identifier {
        PersonIdentifier::TaxCode(code) if !code.is_provisional() && !code.is_omocodic() => Some(code),
        _ => None,
    }
}

/// The code with one character changed, or two neighbours exchanged, so that it is no code any more.
fn mistyped(code: &TaxCode, rng: &mut DemoRng) -> Option<String> {
    for _ in 0..50 {
        let mut characters: Vec<char> = code.as_str().chars().collect();
        let at = rng.index(15);
        if rng.chance(400) {
            characters.swap(at, at + 1);
        } else if characters[at].is_ascii_digit() {
            characters[at] = char::from_digit(rng.below(10), 10)?;
        } else {
            characters[at] = char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rng.index(26)]);
        }
        let text: String = characters.into_iter().collect();
        if TaxCode::parse(&text).is_err() {
            return Some(text);
        }
    }
    None
}
