// SPDX-License-Identifier: EUPL-1.2
//! Invented people for demonstrations, tests and benches, from a seed.
//!
//! Names, places and streets are real and combined at random; tax codes have the right form and belong, if they
//! belong to anyone, to nobody we know. The same seed gives the same people on every platform: a test holds a digest.

mod dirty;
mod family;
mod identifiers;
mod rng;
mod tables;
#[cfg(test)]
mod tests;

pub use dirty::{DirtyExpectation, DirtyField, DirtyKind, DirtyRow, dirty_rows};
pub use rng::DemoRng;

use crate::identifier::PersonIdentifier;
use crate::tax_code::Sex;
use chrono::NaiveDate;
use serde::Serialize;
use tables::Tables;

/// The objective sheet that this software implements, as the office published it: text out of a PDF.
pub const SHEET: &str = include_str!("peg-2021_Z105.txt");

/// The day to which ages refer: the first of the campaign of 2021.
pub const REFERENCE_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2021, 1, 2) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Residents of each Quartiere, in thousands (2020, rounded).
const QUARTIERE_WEIGHTS: [u32; 5] = [64, 89, 41, 67, 107];
/// Households of 1, 2, … 8 people, per mille; three people on average, as in April 2020.
const SIZE_WEIGHTS: [u32; 8] = [230, 190, 205, 200, 105, 46, 16, 8];
/// Households of foreign origin, per mille.
const FOREIGN: u32 = 150;

/// A house number's colour: in Florence black is for dwellings, red for shops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DemoColour {
    /// Dwellings.
    Black,
    /// Shops and workshops, numbered apart; written with an `r`.
    Red,
}

/// An address in Florence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DemoAddress {
    /// With its "Via", "Piazza", …
    pub street: String,
    /// From 1.
    pub number: u32,
    /// Black or red.
    pub colour: DemoColour,
    /// The letter after the number, if any.
    pub exponent: Option<String>,
}

impl std::fmt::Display for DemoAddress {
    /// As Florentines write it: `Via Ghibellina 12/Ar` is the red 12/A.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.street, self.number)?;
        if let Some(exponent) = &self.exponent {
            write!(f, "/{exponent}")?;
        }
        match self.colour {
            DemoColour::Black => Ok(()),
            DemoColour::Red => f.write_str("r"),
        }
    }
}

/// A member of a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DemoPerson {
    /// One or two surnames.
    pub surname: String,
    /// One or more first names.
    pub name: String,
    /// As in the tax code.
    pub sex: Sex,
    /// The true one, with its century.
    pub birth_date: NaiveDate,
    /// Nobody else in the same output has it.
    pub identifier: PersonIdentifier,
    /// Register code of the municipality or country of birth (`D612`, `Z100`).
    pub birthplace: String,
    /// Its name.
    pub birthplace_name: String,
    /// Under 18 on [`REFERENCE_DAY`].
    pub minor: bool,
    /// Recognised as disabled.
    pub disabled: bool,
}

/// A household as Servizi Sociali would list it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DemoHousehold {
    /// Servizi Sociali's own reference; unique in the output.
    pub list_ref: String,
    /// 1 to 5.
    pub quartiere: u8,
    /// Which member applied; an adult.
    pub applicant_index: usize,
    /// One to eight people, the adults mostly first.
    pub members: Vec<DemoPerson>,
    /// In that Quartiere.
    pub address: DemoAddress,
    /// Of a prefix that no operator has been given, so that nobody is called by a demonstration.
    pub phone: String,
    /// Registered as resident in Florence.
    pub resident: bool,
    /// How many members are under 18 on [`REFERENCE_DAY`].
    pub minors: u8,
    /// How many members are disabled.
    pub disabled: u8,
}

impl DemoHousehold {
    /// The member who applied.
    pub fn applicant(&self) -> &DemoPerson {
        &self.members[self.applicant_index]
    }
}

/// Makes `n` households from a seed. The first ones are the same for every `n`.
pub fn households(seed: u64, n: usize) -> Vec<DemoHousehold> {
    let tables = Tables::read();
    let mut rng = DemoRng::new(seed);
    let mut used = identifiers::Used::default();
    (1..=n)
        .map(|ordinal| household(&tables, &mut rng, &mut used, ordinal))
        .collect()
}

fn household(
    tables: &Tables,
    rng: &mut DemoRng,
    used: &mut identifiers::Used,
    ordinal: usize,
) -> DemoHousehold {
    let origin = rng.chance(FOREIGN).then(|| tables.origins.draw(rng));
    let resident = !rng.chance(if origin.is_some() { 120 } else { 40 });
    let size = rng.weighted(&SIZE_WEIGHTS) + 1;
    let mut sketches = family::compose(tables, rng, origin, size);
    let couple = sketches.len() > 1 && sketches[1].adult;
    let mut applicant_index = usize::from(couple && rng.chance(450));
    // Some lists do not begin with the applicant.
    if rng.chance(120) {
        let first = rng.index(sketches.len());
        sketches.rotate_left(first);
        applicant_index = (applicant_index + sketches.len() - first) % sketches.len();
    }
    let members: Vec<DemoPerson> = sketches
        .into_iter()
        .map(|sketch| identifiers::identify(rng, used, sketch, resident))
        .collect();
    let count = |of: fn(&DemoPerson) -> bool| {
        let of_them = members.iter().filter(|person| of(person));
        of_them.map(|_| 1_u8).sum::<u8>()
    };
    let (minors, disabled) = (count(|p| p.minor), count(|p| p.disabled));
    let quartiere_index = rng.weighted(&QUARTIERE_WEIGHTS);
    DemoHousehold {
        list_ref: format!("SS-2021-{ordinal:06}"),
        quartiere: [1, 2, 3, 4, 5][quartiere_index],
        applicant_index,
        members,
        address: address(tables, rng, quartiere_index),
        phone: format!("399 {:03} {:04}", rng.below(1000), rng.below(10_000)),
        resident,
        minors,
        disabled,
    }
}

fn address(tables: &Tables, rng: &mut DemoRng, quartiere_index: usize) -> DemoAddress {
    let streets = &tables.streets[quartiere_index];
    let street = &streets[rng.index(streets.len())];
    let colour = if rng.chance(40) {
        DemoColour::Red
    } else {
        DemoColour::Black
    };
    let exponent = rng.chance(80).then(|| {
        let letter = ["A", "B", "C", "D"][rng.weighted(&[60, 25, 10, 5])];
        letter.to_owned()
    });
    DemoAddress {
        street: street.name.to_owned(),
        number: rng.between(1, street.highest),
        colour,
        exponent,
    }
}
