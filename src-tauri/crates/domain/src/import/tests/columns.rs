// SPDX-License-Identifier: EUPL-1.2
//! Headings as offices write them.

use super::*;
use crate::import::Field;
use crate::import::columns::Columns;
use crate::import::issued::issued_date;

fn field(heading: &str) -> Option<Field> {
    let table = table(&format!("Cognome;Quartiere;{heading}\na;1;"));
    Columns::recognise(&table).columns[2].field
}

#[test]
fn the_usual_variants_are_recognised() {
    for (heading, expected) in [
        ("NOME", Field::Name),
        ("Nome del richiedente", Field::Name),
        ("C.F.", Field::Identifier),
        ("Cod. Fisc.", Field::Identifier),
        ("CF", Field::Identifier),
        ("codice_fiscale", Field::Identifier),
        ("CODICE FISCALE RICHIEDENTE", Field::Identifier),
        ("Codice fiscale o STP", Field::Identifier),
        ("STP/ENI", Field::HealthCode),
        ("Codice STP", Field::HealthCode),
        ("Data di nascita (gg/mm/aaaa)", Field::BirthDate),
        ("data nascita", Field::BirthDate),
        ("Nato/a il", Field::BirthDate),
        ("Indirizzo", Field::Street),
        ("Via", Field::Street),
        ("Indirizzo di residenza", Field::Street),
        ("N. civico", Field::Number),
        ("Nº civico", Field::Number),
        ("N° Civico", Field::Number),
        ("Numero civico", Field::Number),
        ("Colore", Field::Colour),
        ("Esponente", Field::Exponent),
        ("N. componenti", Field::Size),
        ("Componenti nucleo", Field::Size),
        ("Numero componenti del nucleo familiare", Field::Size),
        ("Nucleo familiare", Field::Size),
        ("n. minori", Field::Minors),
        ("di cui minori", Field::Minors),
        ("Disabili", Field::Disabled),
        ("Disabilità", Field::DisabledFlag),
        ("Residente (SI/NO)", Field::Resident),
        ("residente a Firenze", Field::Resident),
        ("Tel.", Field::Phone),
        ("Recapito telefonico", Field::Phone),
        ("Cellulare", Field::Mobile),
        ("E-mail", Field::Email),
        ("Posta elettronica", Field::Email),
        ("Importo (€)", Field::Amount),
        ("Valore buoni", Field::Amount),
        ("IMPORTO BUONI SPESA", Field::Amount),
        ("N. buoni", Field::Vouchers),
        ("Numero buoni", Field::Vouchers),
        ("ID pratica", Field::ListRef),
        ("Numero domanda", Field::ListRef),
        ("Prot. n.", Field::ListRef),
        ("Protocollo", Field::ListRef),
        ("Ruolo nel nucleo", Field::Role),
        ("Parentela", Field::Role),
    ] {
        assert_eq!(field(heading), Some(expected), "{heading}");
    }
    for unknown in [
        "Note",
        "Non residente",
        "ISEE",
        "N.",
        "ID",
        "Totale",
        "Valore buono",
        "Residenza",
    ] {
        assert_eq!(field(unknown), None, "{unknown}");
    }
}

#[test]
fn headings_are_found_below_titles_in_any_order() {
    let table = table(
        "Comune di Firenze - Servizi Sociali\n\
         Elenco aventi diritto al 15/01/2021;;;\n\
         Quartiere;NOTE;Importo;Cognome e Nome;C.F.;Importo\n\
         1;x;150;Rossi Mario;RSSMRA80A01D612Y;99",
    );
    let columns = Columns::recognise(&table);
    assert_eq!(columns.headings, Some(2));
    let fields: Vec<_> = columns.columns.iter().map(|c| c.field).collect();
    let expected = [
        Some(Field::Quartiere),
        None,
        Some(Field::Amount),
        Some(Field::FullName),
        Some(Field::Identifier),
        None,
    ];
    assert_eq!(
        fields, expected,
        "unknown and repeated columns are passed over, and shown"
    );
    assert!(columns.missing(false).is_empty());
    assert_eq!(issued_date(&table, "elenco.xlsx"), Some(day("2021-01-15")));
}

#[test]
fn applicant_above_names_is_who_and_above_marks_is_a_role() {
    let names = table("Richiedente;Codice fiscale;Quartiere\nRossi Mario;RSSMRA80A01D612Y;1");
    assert_eq!(Columns::recognise(&names).columns[0].field, Some(Field::FullName));
    let marks = table("Cognome;Nome;Richiedente;Quartiere\nRossi;Mario;X;1\nRossi;Anna;;1");
    assert_eq!(Columns::recognise(&marks).columns[2].field, Some(Field::Role));
}

#[test]
fn what_is_required_and_missing_is_told_and_nothing_is_taken_in() {
    let missing = table("Cognome;Telefono;Note\nRossi;055;x");
    let plan = planned(&missing, &KnownIndex::default());
    sound(&missing, &plan);
    assert!(!plan.applicable && plan.actions.is_empty());
    for field in ["name", "identifier", "quartiere", "amount"] {
        assert!(plan.notices.contains(&Notice::MissingColumn { field }), "{field}");
    }
    let none = table("una;lettera\nqualunque;davvero");
    let plan = planned(&none, &KnownIndex::default());
    sound(&none, &plan);
    assert_eq!(plan.notices, [Notice::NoHeadings]);
    assert!(!plan.applicable);
    let empty = usual(&[]);
    assert!(
        planned(&empty, &KnownIndex::default())
            .notices
            .contains(&Notice::NoRows)
    );
    assert!(
        planned(&RawTable::default(), &KnownIndex::default())
            .notices
            .contains(&Notice::NoHeadings)
    );
}

#[test]
fn the_date_of_a_list_is_in_a_title_or_in_its_name() {
    let plain = usual(&[]);
    for (name, date) in [
        ("elenco_15-01-2021.xlsx", Some("2021-01-15")),
        ("elenco 2021-01-15.csv", Some("2021-01-15")),
        ("20210115_buoni.ods", Some("2021-01-15")),
        ("elenco_15_01_2021.xlsx", Some("2021-01-15")),
        ("elenco 15.1.2021.xlsx", Some("2021-01-15")),
        ("elenco.xlsx", None),
        ("dal 01-01-2021 al 31-01-2021.xlsx", None),
        ("pratica 12345678.xlsx", None),
    ] {
        assert_eq!(issued_date(&plain, name), date.map(day), "{name}");
    }
}
