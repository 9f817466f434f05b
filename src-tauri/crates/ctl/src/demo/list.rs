// SPDX-License-Identifier: EUPL-1.2
//! Lists as Servizi Sociali would send them, of invented people; some rows are as untidy as real ones.

use crate::failure::Failure;
use sportello_desk::DeskError;
use sportello_documents::lists::{Cell, Sheet, write_xlsx};
use sportello_domain::campaign::{Campaign, HouseholdFacts};
use sportello_domain::demo::{self, DemoHousehold, DirtyField, DirtyRow};
use sportello_domain::money::Cents;

const HEADINGS: [&str; 13] = [
    "N. pratica",
    "Cognome",
    "Nome",
    "Codice fiscale",
    "Data di nascita",
    "Indirizzo",
    "Quartiere",
    "Componenti",
    "Minori",
    "Disabili",
    "Residente",
    "Telefono",
    "Importo",
];

/// The list that the campaign begins with.
pub fn first(seed: u64, households: &[DemoHousehold], campaign: &Campaign) -> Result<Vec<u8>, Failure> {
    let dirty = demo::dirty_rows(seed, households, (households.len() / 60).clamp(3, 44));
    write(households, &dirty, campaign, |_| Cents(0))
}

/// A later list, to be tried: new households, some of the first ones with another telephone or another amount, some untidy
/// rows.
pub fn second(
    seed: u64,
    known: &[DemoHousehold],
    new: &[DemoHousehold],
    campaign: &Campaign,
) -> Result<Vec<u8>, Failure> {
    let again = known
        .iter()
        .rev()
        .take(12)
        .cloned()
        .enumerate()
        .map(|(index, mut household)| {
            if index % 3 == 0 {
                household.phone = format!("399 000 {:04}", 1_000 + index);
            }
            household
        });
    let all: Vec<DemoHousehold> = new.iter().cloned().chain(again).collect();
    let dirty = demo::dirty_rows(seed ^ 2, &all[..new.len()], 6);
    let changed = campaign.denomination;
    let less = |index| {
        if index >= new.len() && index % 5 == 0 {
            changed
        } else {
            Cents(0)
        }
    };
    write(&all, &dirty, campaign, less)
}

fn write(
    households: &[DemoHousehold],
    dirty: &[DirtyRow],
    campaign: &Campaign,
    less: impl Fn(usize) -> Cents,
) -> Result<Vec<u8>, Failure> {
    let mut rows = Vec::with_capacity(households.len() + dirty.len());
    for (index, household) in households.iter().enumerate() {
        let amount = amount(campaign, household) - less(index);
        let spoilt = dirty.iter().find(|row| row.household == index);
        if spoilt.is_none_or(|row| row.kind.is_additional()) {
            rows.push(row(household, amount, None));
        }
        if spoilt.is_some() {
            rows.push(row(household, amount, spoilt));
        }
    }
    let sheet = Sheet {
        title: "Elenco beneficiari".into(),
        headings: HEADINGS.iter().map(ToString::to_string).collect(),
        rows,
    };
    Ok(write_xlsx(&sheet).map_err(DeskError::from)?)
}

fn amount(campaign: &Campaign, household: &DemoHousehold) -> Cents {
    let members = u8::try_from(household.members.len()).unwrap_or(u8::MAX);
    let facts = HouseholdFacts {
        members,
        minors: household.minors,
        disabled: household.disabled,
        resident: household.resident,
    };
    campaign.amount_for(facts).unwrap_or_default()
}

fn row(household: &DemoHousehold, amount: Cents, dirty: Option<&DirtyRow>) -> Vec<Cell> {
    let applicant = household.applicant();
    let text = |field: DirtyField, own: &str| {
        Cell::Text(dirty.and_then(|row| row.get(field)).unwrap_or(own).to_owned())
    };
    let instead = |field: DirtyField, own: Cell| match dirty.and_then(|row| row.get(field)) {
        Some(written) => Cell::Text(written.to_owned()),
        None => own,
    };
    let yes_no = |yes: bool| Cell::Text(if yes { "sì" } else { "no" }.into());
    #[expect(
        clippy::cast_precision_loss,
        reason = "a household has few members, an amount few digits"
    )]
    let number = |n: i64| Cell::Number(n as f64);
    vec![
        text(DirtyField::ListRef, &household.list_ref),
        text(DirtyField::Surname, &applicant.surname),
        text(DirtyField::Name, &applicant.name),
        text(DirtyField::Identifier, applicant.identifier.as_str()),
        instead(DirtyField::BirthDate, Cell::Date(applicant.birth_date)),
        Cell::Text(household.address.to_string()),
        instead(DirtyField::Quartiere, number(i64::from(household.quartiere))),
        number(i64::try_from(household.members.len()).unwrap_or(1)),
        number(i64::from(household.minors)),
        number(i64::from(household.disabled)),
        yes_no(household.resident),
        Cell::Text(household.phone.clone()),
        instead(DirtyField::Amount, number(amount.0 / 100)),
    ]
}
