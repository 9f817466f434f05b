// SPDX-License-Identifier: EUPL-1.2
//! Identifiers that are valid, of every kind, and never given twice in one output.

use super::family::Sketch;
use super::rng::DemoRng;
use super::{DemoPerson, REFERENCE_DAY};
use crate::identifier::PersonIdentifier;
use crate::tax_code::{TaxCode, provisional_check_digit};
use chrono::Months;
use std::collections::BTreeSet;

/// What has been given already.
#[derive(Default)]
pub(super) struct Used(BTreeSet<PersonIdentifier>);

impl Used {
    /// Keeps the first of some identifiers that nobody has; none when all are taken.
    fn first_free(
        &mut self,
        candidates: impl IntoIterator<Item = PersonIdentifier>,
    ) -> Option<PersonIdentifier> {
        let free = candidates.into_iter().find(|one| !self.0.contains(one))?;
        self.0.insert(free.clone());
        Some(free)
    }
}

/// Gives a person an identifier: nearly always a tax code; sometimes a provisional one, an STP or an ENI.
pub(super) fn identify(rng: &mut DemoRng, used: &mut Used, sketch: Sketch, resident: bool) -> DemoPerson {
    let foreign = sketch.birthplace.starts_with('Z');
    let european = sketch.birthplace == "Z129";
    let roll = rng.below(1000);
    let identifier = match (foreign, resident) {
        (true, false) if roll < 250 => health_code(rng, used, european),
        (true, true) if roll < 12 => provisional(rng, used),
        _ => None,
    };
    let identifier = identifier
        .or_else(|| tax_code(rng, used, &sketch))
        .unwrap_or_default();
    DemoPerson {
        minor: sketch.birth_date > REFERENCE_DAY - Months::new(18 * 12),
        surname: sketch.surname,
        name: sketch.name,
        sex: sketch.sex,
        birth_date: sketch.birth_date,
        identifier,
        birthplace: sketch.birthplace.to_owned(),
        birthplace_name: sketch.birthplace_name.to_owned(),
        disabled: sketch.disabled,
    }
}

/// The person's tax code; the next omocodic form when somebody has it already, as the agency does, and now and then
/// for somebody whose namesake lives elsewhere.
fn tax_code(rng: &mut DemoRng, used: &mut Used, sketch: &Sketch) -> Option<PersonIdentifier> {
    let Sketch {
        surname,
        name,
        birth_date,
        sex,
        birthplace,
        ..
    } = sketch;
    let plain = TaxCode::compute(surname, name, *birth_date, *sex, birthplace).ok()?;
    let skip = if rng.chance(4) {
        rng.weighted(&[0, 80, 10, 10])
    } else {
        0
    };
    let forms = if skip == 0 && !used.0.contains(&PersonIdentifier::TaxCode(plain.clone())) {
        vec![plain]
    } else {
        plain.omocodic_variants()
    };
    used.first_free(forms.into_iter().skip(skip).map(PersonIdentifier::TaxCode))
}

fn provisional(rng: &mut DemoRng, used: &mut Used) -> Option<PersonIdentifier> {
    let candidates = std::iter::repeat_with(|| {
        let mut text = format!("9{:04}{:05}", rng.below(10_000), rng.below(100_000));
        text.push(char::from(provisional_check_digit(text.as_bytes())));
        PersonIdentifier::parse(&text).ok()
    });
    used.first_free(candidates.take(20).flatten())
}

/// An STP code, or an ENI one for an EU citizen, of Tuscany's central health authority.
fn health_code(rng: &mut DemoRng, used: &mut Used, european: bool) -> Option<PersonIdentifier> {
    let letters = if european { "ENI" } else { "STP" };
    let candidates = std::iter::repeat_with(|| {
        PersonIdentifier::parse(&format!("{letters}090201{:07}", rng.below(10_000_000))).ok()
    });
    used.first_free(candidates.take(20).flatten())
}
