// SPDX-License-Identifier: EUPL-1.2
//! Invented lists with every kind of dirt, and any list at all.

use super::*;
use crate::campaign::HouseholdFacts;
use crate::demo::{
    DemoHousehold, DemoPerson, DirtyExpectation, DirtyField, DirtyKind, DirtyRow, dirty_rows, households,
};
use proptest::prelude::*;

const ONE_EACH: &str = "Cognome;Nome;Codice fiscale;Data di nascita;Indirizzo;Quartiere;N. componenti;Minori;Disabili;Residente;Telefono;Importo;N. pratica";
const PER_MEMBER: &str = "N. pratica;Ruolo;Cognome;Nome;Codice fiscale;Data di nascita;Indirizzo;Quartiere;N. componenti;Minori;Disabili;Residente;Telefono;Importo";

struct Written<'a> {
    household: &'a DemoHousehold,
    dirt: Option<&'a DirtyRow>,
}

impl Written<'_> {
    fn say(&self, field: DirtyField, own: String) -> String {
        self.dirt
            .and_then(|dirt| dirt.get(field))
            .map_or(own, str::to_owned)
    }

    fn amount(&self) -> String {
        let h = self.household;
        let facts = HouseholdFacts {
            members: u8::try_from(h.members.len()).unwrap(),
            minors: h.minors,
            disabled: h.disabled,
            resident: h.resident,
        };
        (campaign().amount_for(facts).unwrap().0 / 100).to_string()
    }

    fn person(&self, person: &DemoPerson, is_applicant: bool) -> [String; 4] {
        let own = |field, text: String| if is_applicant { self.say(field, text) } else { text };
        [
            own(DirtyField::Surname, person.surname.clone()),
            own(DirtyField::Name, person.name.clone()),
            own(DirtyField::Identifier, person.identifier.as_str().to_owned()),
            own(
                DirtyField::BirthDate,
                person.birth_date.format("%d/%m/%Y").to_string(),
            ),
        ]
    }

    fn facts(&self) -> [String; 7] {
        let h = self.household;
        [
            h.address.to_string(),
            self.say(DirtyField::Quartiere, h.quartiere.to_string()),
            h.members.len().to_string(),
            h.minors.to_string(),
            h.disabled.to_string(),
            if h.resident { "sì" } else { "no" }.to_owned(),
            h.phone.clone(),
        ]
    }

    fn one_row(&self) -> String {
        let mut cells = self.person(self.household.applicant(), true).to_vec();
        cells.extend(self.facts());
        cells.push(self.say(DirtyField::Amount, self.amount()));
        cells.push(self.say(DirtyField::ListRef, self.household.list_ref.clone()));
        cells.join(";")
    }

    /// The applicant first, then the others; another applicant is written alone.
    fn rows(&self) -> Vec<String> {
        let practice = self.say(DirtyField::ListRef, self.household.list_ref.clone());
        let alone = self
            .dirt
            .is_some_and(|d| matches!(d.kind, DirtyKind::OtherApplicant | DirtyKind::OmocodicTwin));
        let mut rows = Vec::new();
        for (index, person) in self.household.members.iter().enumerate() {
            let is_applicant = index == self.household.applicant_index;
            if alone && !is_applicant {
                continue;
            }
            let mut cells = vec![
                practice.clone(),
                if is_applicant { "richiedente" } else { "componente" }.to_owned(),
            ];
            cells.extend(self.person(person, is_applicant));
            if is_applicant {
                cells.extend(self.facts());
                cells.push(self.say(DirtyField::Amount, self.amount()));
            }
            if is_applicant {
                rows.insert(0, cells.join(";"));
            } else {
                rows.push(cells.join(";"));
            }
        }
        rows
    }
}

/// The list with its dirt, and for each dirty row its kind and the number of its applicant's row.
fn dirty_list(seed: u64, count: usize, dirt: usize, per_member: bool) -> (RawTable, Vec<(DirtyKind, u32)>) {
    let all = households(seed, count);
    let dirty = dirty_rows(seed, &all, dirt);
    let mut lines = vec![if per_member { PER_MEMBER } else { ONE_EACH }.to_owned()];
    let mut kinds = Vec::new();
    let mut write = |written: &Written<'_>, lines: &mut Vec<String>| {
        if let Some(dirt) = written.dirt {
            kinds.push((dirt.kind, u32::try_from(lines.len() + 1).unwrap()));
        }
        if per_member {
            lines.extend(written.rows());
        } else {
            lines.push(written.one_row());
        }
    };
    for (index, household) in all.iter().enumerate() {
        let dirt = dirty
            .iter()
            .find(|d| d.household == index && !d.kind.is_additional());
        write(&Written { household, dirt }, &mut lines);
    }
    for dirt in dirty.iter().filter(|d| d.kind.is_additional()) {
        write(
            &Written {
                household: &all[dirt.household],
                dirt: Some(dirt),
            },
            &mut lines,
        );
    }
    (table(&lines.join("\n")), kinds)
}

fn check_dirt(per_member: bool) {
    let (table, kinds) = dirty_list(11, 400, 110, per_member);
    let plan = planned(&table, &KnownIndex::default());
    sound(&table, &plan);
    assert!(plan.applicable && kinds.len() >= 100);
    let mut odd = std::collections::BTreeSet::new();
    for (kind, number) in kinds {
        let told = row(&plan, number);
        odd.insert(number);
        let expected = match kind.expectation() {
            DirtyExpectation::Accepted => Fate::New,
            DirtyExpectation::Duplicate => Fate::Duplicate,
            DirtyExpectation::Doubtful => Fate::Doubtful,
            DirtyExpectation::Refused => Fate::Refused,
        };
        let about = format!("{kind:?} in row {number}: {:?} {:?}", told.fate, told.reasons);
        match kind {
            // 150 € is tidy for one person; for more, it is not what the table says.
            DirtyKind::Untidy => assert!(
                told.reasons
                    .iter()
                    .all(|r| matches!(r, Reason::AmountDiffers { .. }))
                    && told.fate != Fate::Refused,
                "{about}"
            ),
            // A list that names the applicants only cannot tell: what it can, is that somebody lives there already.
            DirtyKind::OtherApplicant if !per_member => {
                assert!(
                    told.fate == Fate::Doubtful && matches!(told.reasons[..], [.., Reason::SameHome { .. }]),
                    "{about}"
                );
            }
            DirtyKind::OtherApplicant => {
                assert!(
                    told.reasons
                        .iter()
                        .any(|r| matches!(r, Reason::MemberElsewhere { .. })),
                    "{about}"
                );
                assert_eq!(told.fate, expected, "{about}");
            }
            _ => assert_eq!(told.fate, expected, "{about}"),
        }
    }
    // Nobody else suffers from it.
    for told in plan
        .rows
        .iter()
        .filter(|r| r.part_of.is_none() && !odd.contains(&r.row))
    {
        assert_eq!(told.fate, Fate::New, "row {}: {:?}", told.row, told.reasons);
    }
}

#[test]
fn every_kind_of_dirt_is_told_and_harms_nobody_else() {
    check_dirt(false);
}

#[test]
fn every_kind_of_dirt_is_told_in_lists_of_members_too() {
    check_dirt(true);
}

/// Taking a list in and planning it anew finds nothing to do.
fn settles(table: &RawTable) {
    let mut known = KnownIndex::default();
    let mut rights = BTreeMap::new();
    let first = planned_as(table, &known, "one", "2021-01-05");
    sound(table, &first);
    apply(&first, &mut known, &mut rights);
    let second = planned_as(table, &known, "two", "2021-01-06");
    sound(table, &second);
    for row in &second.rows {
        if first.applicable {
            assert!(
                matches!(row.fate, Fate::Unchanged | Fate::Duplicate | Fate::Refused),
                "row {}: {:?} {:?}",
                row.row,
                row.fate,
                row.reasons
            );
        }
    }
    assert!(second.actions.is_empty(), "{:?}", second.actions);
    if first.applicable {
        assert_eq!(first.total, second.total);
        assert_eq!(
            (first.counts.refused, first.counts.duplicate),
            (second.counts.refused, second.counts.duplicate)
        );
    }
}

#[test]
fn a_dirty_list_taken_in_settles() {
    for per_member in [false, true] {
        settles(&dirty_list(5, 300, 80, per_member).0);
    }
}

/// A cell of a small world, so that rows collide in every way.
fn cell(choices: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(choices)
}

fn any_row() -> impl Strategy<Value = String> {
    (
        cell(&["P1", "P2", "P3", "", "-"]),
        cell(&["richiedente", "componente", "figlio", "", "x"]),
        cell(&["Rossi", "ROSSI", "Cicci", "Verdi", "", "Mario"]),
        cell(&["Mario", "Fabio", "Anna", ""]),
        cell(&[
            "RSSMRA80A01D612Y",
            "rssmra80a01d612y",
            "CCCFBA85D03L219P",
            "CCCFBA85D03L21VE",
            "STP0902010000012",
            "01307110484",
            "RSSMRA80A01D612Z",
            "",
        ]),
        cell(&["01/01/1980", "1-1-1980", "03/04/1985", "", "ieri", "01/01/2015"]),
        cell(&["1", "Q2", "", "9"]),
        cell(&["1", "2", "3", "", "tanti"]),
        cell(&["150", "250", "", "155", "€ 80,00", "mah"]),
        cell(&["055 123456", ""]),
    )
        .prop_map(|(a, b, c, d, e, f, g, h, i, j)| [a, b, c, d, e, f, g, h, i, "Via Aretina 3", j].join(";"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn rows_in_are_fates_out_and_a_list_taken_in_settles(
        rows in proptest::collection::vec(any_row(), 0..14),
        roles in any::<bool>(),
        practices in any::<bool>(),
    ) {
        let head = format!(
            "{};{};Cognome;Nome;CF;Data di nascita;Quartiere;Componenti;Importo;Indirizzo;Tel",
            if practices { "Pratica" } else { "Note" },
            if roles { "Ruolo" } else { "Altro" },
        );
        let lines: Vec<String> = std::iter::once(head).chain(rows).collect();
        settles(&table(&lines.join("\n")));
    }

    #[test]
    fn no_table_is_too_strange(
        cells in proptest::collection::vec(proptest::collection::vec("\\PC{0,12}", 0..6), 0..12),
        headings in any::<bool>(),
    ) {
        let mut rows: Vec<RawRow> = Vec::new();
        if headings {
            rows.push(RawRow { number: 1, cells: "Cognome;Nome;CF;Quartiere;Importo;Ruolo".split(';').map(|t| RawCell::Text(t.into())).collect() });
        }
        for cells in cells {
            let number = u32::try_from(rows.len() + 1).unwrap();
            rows.push(RawRow { number, cells: cells.into_iter().map(RawCell::Text).collect() });
        }
        let table = RawTable { rows };
        sound(&table, &planned(&table, &KnownIndex::default()));
    }
}
