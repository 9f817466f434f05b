// SPDX-License-Identifier: EUPL-1.2
//! Lists with one row for each member.

use super::*;
use crate::tax_code::{Sex, TaxCode};

const HEADINGS: &str = "Pratica;Ruolo;Cognome;Nome;Codice fiscale;Data di nascita;Quartiere;Importo";

fn code(surname: &str, name: &str, born: &str) -> String {
    TaxCode::compute(surname, name, day(born), Sex::Male, "D612")
        .unwrap()
        .into()
}

fn person(practice: &str, role: &str, surname: &str, name: &str, born: &str, amount: &str) -> String {
    let date = day(born).format("%d/%m/%Y");
    format!(
        "{practice};{role};{surname};{name};{};{date};3;{amount}",
        code(surname, name, born)
    )
}

fn list(rows: &[String]) -> RawTable {
    table(
        &std::iter::once(HEADINGS.to_owned())
            .chain(rows.iter().cloned())
            .collect::<Vec<_>>()
            .join("\n"),
    )
}

fn family() -> Vec<String> {
    vec![
        person("P1", "Figlio", "Rossi", "Luca", "2012-05-05", ""),
        person("P1", "Richiedente", "Rossi", "Mario", "1980-01-01", ""),
        person("P1", "Coniuge", "Bianchi", "Paolo", "1981-02-02", ""),
        person("P2", "Richiedente", "Verdi", "Ugo", "1975-03-03", "150"),
    ]
}

#[test]
fn members_make_one_household_with_the_marked_applicant_first() {
    let table = list(&family());
    let plan = planned(&table, &KnownIndex::default());
    sound(&table, &plan);
    let all = registered(&plan);
    assert_eq!(all.len(), 2);
    let names: Vec<_> = all[0].1.members.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["Mario", "Luca", "Paolo"]);
    assert_eq!((all[0].1.size, all[0].1.minors), (3, 1));
    assert_eq!(
        (row(&plan, 3).amount, plan.counts.new),
        (Some(Cents(40_000)), 2),
        "350 and 50 for the minor"
    );
    assert!(
        row(&plan, 3)
            .reasons
            .contains(&Reason::MinorsCounted { count: 1 })
    );
    assert_eq!(row(&plan, 2).part_of, Some(3));
    assert_eq!(row(&plan, 2).reasons, [Reason::MemberOf { row: 3 }]);
    assert!(plan.notices.contains(&Notice::OneRowPerMember { households: 2 }));
}

#[test]
fn without_roles_the_first_of_a_practice_applied() {
    let rows: Vec<String> = family()
        .iter()
        .map(|row| {
            row.split(';')
                .enumerate()
                .filter(|(i, _)| *i != 1)
                .map(|(_, c)| c)
                .collect::<Vec<_>>()
                .join(";")
        })
        .collect();
    let head = "Pratica;Cognome;Nome;Codice fiscale;Data di nascita;Quartiere;Importo";
    let table = table(&format!("{head}\n{}", rows.join("\n")));
    let plan = planned(&table, &KnownIndex::default());
    sound(&table, &plan);
    assert_eq!(registered(&plan)[0].1.applicant_name(), "Rossi Luca");
}

#[test]
fn without_practices_a_household_goes_on_until_the_next_applicant() {
    let rows: Vec<String> = [1, 0, 2, 3]
        .iter()
        .map(|i| family()[*i].split_once(';').unwrap().1.to_owned())
        .collect();
    let table = table(&format!(
        "{}\n{}",
        HEADINGS.split_once(';').unwrap().1,
        rows.join("\n")
    ));
    let plan = planned(&table, &KnownIndex::default());
    sound(&table, &plan);
    assert_eq!(
        registered(&plan)
            .iter()
            .map(|(_, d)| d.members.len())
            .collect::<Vec<_>>(),
        [3, 1]
    );
}

#[test]
fn a_slip_in_a_members_row_does_not_keep_the_household_from_its_due() {
    let mut rows = family();
    rows[0] = rows[0].replace(&code("Rossi", "Luca", "2012-05-05"), "RSSLCU12E05D612A");
    rows[2] = rows[2].replace(";Bianchi;", ";;");
    let table = list(&rows);
    let plan = planned(&table, &KnownIndex::default());
    sound(&table, &plan);
    assert_eq!(
        fates(&plan),
        [Fate::Doubtful, Fate::Doubtful, Fate::Refused, Fate::New]
    );
    let head = &row(&plan, 3).reasons;
    assert!(
        head.contains(&Reason::LookAtMember { row: 2 }) && head.contains(&Reason::MemberLeftOut { row: 4 })
    );
    let data = &registered(&plan)[0].1;
    assert_eq!((data.members.len(), data.size), (2, 3));
    assert!(data.members[1].identifier.is_none());
}

#[test]
fn a_refused_applicant_takes_the_household_along() {
    let mut rows = family();
    rows[1] = rows[1].replace(&code("Rossi", "Mario", "1980-01-01"), "RSSMRA80A01D612Z");
    let table = list(&rows);
    let plan = planned(&table, &KnownIndex::default());
    sound(&table, &plan);
    assert_eq!(
        fates(&plan),
        [Fate::Refused, Fate::Refused, Fate::Refused, Fate::New]
    );
    assert_eq!(row(&plan, 2).reasons[0], Reason::ApplicantRefused { row: 3 });
}

#[test]
fn the_same_household_under_another_applicant_is_refused() {
    let mut rows = family();
    rows.push(person(
        "P3",
        "Richiedente",
        "Bianchi",
        "Paolo",
        "1981-02-02",
        "150",
    ));
    let table = list(&rows);
    let plan = planned(&table, &KnownIndex::default());
    sound(&table, &plan);
    assert_eq!(row(&plan, 6).fate, Fate::Refused);
    assert_eq!(row(&plan, 6).reasons, [Reason::MemberElsewhere { row: 3 }]);
    // Also when it comes first: the row of the one who is a member elsewhere is the one that waits.
    rows.rotate_right(1);
    let plan = planned(&list(&rows), &KnownIndex::default());
    assert_eq!(row(&plan, 2).reasons, [Reason::MemberElsewhere { row: 4 }]);
    assert_eq!(registered(&plan).len(), 2);
    // Two households that name each other's applicant: the first stays.
    rows.push(person("P3", "Coniuge", "Rossi", "Mario", "1980-01-01", ""));
    let plan = planned(&list(&rows), &KnownIndex::default());
    assert_eq!(
        row(&plan, 4).reasons.last(),
        Some(&Reason::MemberElsewhere { row: 2 })
    );
    assert_ne!(row(&plan, 2).fate, Fate::Refused);
}

#[test]
fn a_member_of_two_households_is_told() {
    let mut rows = family();
    rows.push(person("P2", "Figlio", "Rossi", "Luca", "2012-05-05", ""));
    let plan = planned(&list(&rows), &KnownIndex::default());
    assert!(row(&plan, 5).reasons.contains(&Reason::MemberAlsoIn { row: 3 }));
    assert_eq!(row(&plan, 5).fate, Fate::Doubtful);
}

#[test]
fn a_member_written_twice_is_one() {
    let mut rows = family();
    rows.push(rows[0].clone());
    let table = list(&rows);
    let plan = planned(&table, &KnownIndex::default());
    sound(&table, &plan);
    assert_eq!(row(&plan, 6).fate, Fate::Duplicate);
    assert_eq!(registered(&plan)[0].1.size, 3);
}

#[test]
fn again_nothing_changes() {
    let table = list(&family());
    let known = after(&table);
    let plan = planned_as(&table, &known, "saved anew", "2021-01-06");
    assert_eq!((plan.counts.unchanged, plan.actions.len()), (2, 0));
}
