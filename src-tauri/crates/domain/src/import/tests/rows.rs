// SPDX-License-Identifier: EUPL-1.2
//! Rows by themselves and against each other.

use super::*;
use crate::household::{Address, NumberColour};
use crate::import::place::{house_number, quartiere, street_and_number};

const MARIO: &str = "Rossi;Mario;RSSMRA80A01D612Y;01/01/1980;Via Ghibellina;12/Ar;1;1;0;055 123456;150;P1";

/// The row of Mario with one cell (from 0) written differently.
fn mario(place: usize, text: &str) -> String {
    let mut cells: Vec<&str> = MARIO.split(';').collect();
    cells[place] = text;
    cells.join(";")
}

fn alone(row: &str) -> PlannedRow {
    let table = usual(&[row]);
    let plan = planned(&table, &KnownIndex::default());
    sound(&table, &plan);
    plan.rows[0].clone()
}

#[test]
fn a_right_row_is_a_new_household() {
    let table = usual(&[MARIO]);
    let plan = planned(&table, &KnownIndex::default());
    assert_eq!(
        (fates(&plan), plan.total, plan.applicable),
        (vec![Fate::New], Cents(15_000), true)
    );
    assert!(plan.rows[0].reasons.is_empty());
    let (_, data) = registered(&plan).remove(0);
    assert_eq!(data.applicant_name(), "Rossi Mario");
    assert_eq!(
        (data.size, data.minors, data.resident, data.quartiere),
        (1, 0, true, 1)
    );
    let address = Address {
        street: "Via Ghibellina".into(),
        number: "12".into(),
        colour: NumberColour::Red,
        exponent: "A".into(),
    };
    assert_eq!(
        (data.address, data.phone.as_str(), data.list_ref.as_str()),
        (address, "055 123456", "P1")
    );
}

#[test]
fn two_desks_that_take_the_same_file_in_enter_the_same_household() {
    let table = usual(&[MARIO]);
    let once = registered(&planned(&table, &KnownIndex::default()));
    assert_eq!(once, registered(&planned(&table, &KnownIndex::default())));
    let other = registered(&planned_as(
        &table,
        &KnownIndex::default(),
        "another file",
        "2021-01-10",
    ));
    assert_ne!(once[0].0, other[0].0);
}

#[test]
fn each_slip_has_its_reason_and_fate() {
    for (place, text, fate, reason) in [
        (2, "RSSMRA80A01D612Z", Fate::Refused, Reason::TaxCodeCheck),
        (
            2,
            "RSSMRA80A01D612",
            Fate::Refused,
            Reason::TaxCodeLength { got: 15 },
        ),
        (
            2,
            "RSSMRA80A01D6I2Y",
            Fate::Refused,
            Reason::TaxCodeCharacter { position: 14 },
        ),
        (2, "RSSMRA80A32D612Y", Fate::Refused, Reason::TaxCodeDay),
        (2, "01307110485", Fate::Refused, Reason::ProvisionalCheck),
        (
            2,
            "STP09020100001",
            Fate::Refused,
            Reason::HealthCodeLength { got: 14 },
        ),
        (2, "01307110484", Fate::New, Reason::Provisional),
        (2, "STP0902010000012", Fate::New, Reason::HealthCode),
        (2, "", Fate::Doubtful, Reason::IdentifierMissing),
        (2, "n.d.", Fate::Doubtful, Reason::IdentifierMissing),
        (0, "", Fate::Refused, Reason::SurnameMissing),
        (0, "  -  ", Fate::Refused, Reason::SurnameMissing),
        (1, "", Fate::Doubtful, Reason::NameMissing),
        (1, "Anna", Fate::Doubtful, Reason::CodeOnlySurname),
        (0, "Bianchi", Fate::Doubtful, Reason::CodeOnlyName),
        (3, "31/02/1980", Fate::Refused, Reason::BirthDateUnreadable),
        (3, "01/01/3021", Fate::Refused, Reason::BirthDateFuture),
        (3, "02/01/1980", Fate::Doubtful, Reason::BirthDateAgainstCode),
        (6, "", Fate::Refused, Reason::QuartiereMissing),
        (6, "6", Fate::Refused, Reason::QuartiereUnknown),
        (6, "Scandicci", Fate::Refused, Reason::QuartiereUnknown),
        (
            7,
            "tanti",
            Fate::Doubtful,
            Reason::FieldUnreadable { field: "size" },
        ),
        (
            8,
            "3",
            Fate::Doubtful,
            Reason::MoreThanMembers { count: 3, size: 1 },
        ),
        (
            10,
            "155",
            Fate::Refused,
            Reason::AmountNotWhole {
                amount: Cents(15_500),
                denomination: Cents(1000),
            },
        ),
        (
            10,
            "0",
            Fate::Refused,
            Reason::AmountNotPositive { amount: Cents(0) },
        ),
        (
            10,
            "-80",
            Fate::Refused,
            Reason::AmountNotPositive {
                amount: Cents(-8_000),
            },
        ),
        (10, "#N/D", Fate::Refused, Reason::AmountUnreadable),
        (10, "150,00,00", Fate::Refused, Reason::AmountUnreadable),
        (
            10,
            "200",
            Fate::Doubtful,
            Reason::AmountDiffers {
                amount: Cents(20_000),
                table: Cents(15_000),
            },
        ),
        (
            10,
            "",
            Fate::New,
            Reason::AmountFromTable {
                amount: Cents(15_000),
            },
        ),
    ] {
        let row = alone(&mario(place, text));
        assert_eq!(row.fate, fate, "{text:?}: {:?}", row.reasons);
        assert!(row.reasons.contains(&reason), "{text:?}: {:?}", row.reasons);
    }
    let omocodic = alone("Cicci;Fabio;CCCFBA85D03L21VE;03/04/1985;;;2;1;0;;150;P9");
    assert_eq!(
        (omocodic.fate, omocodic.reasons),
        (Fate::New, vec![Reason::Omocodic]),
        "valid, not mistyped"
    );
    let swapped = alone(&mario(0, "Mario").replacen(";Mario;", ";Rossi;", 1));
    assert_eq!(swapped.reasons, [Reason::NamesSwapped]);
    let without_size = alone(&mario(7, "").replace(";150;", ";;"));
    assert!(without_size.reasons.contains(&Reason::AmountMissing) && without_size.fate == Fate::Refused);
}

#[test]
fn one_row_may_have_several_reasons() {
    let row = alone(";;RSSMRA80A01D612Z;ieri;;;9;1;0;;155;P1");
    assert_eq!(row.fate, Fate::Refused);
    for reason in [
        Reason::SurnameMissing,
        Reason::TaxCodeCheck,
        Reason::BirthDateUnreadable,
        Reason::QuartiereUnknown,
    ] {
        assert!(row.reasons.contains(&reason), "{reason:?} in {:?}", row.reasons);
    }
    assert!(
        row.reasons
            .iter()
            .any(|r| matches!(r, Reason::AmountNotWhole { .. }))
    );
}

#[test]
fn a_person_who_could_not_be_found_again_is_not_taken_in() {
    let row = alone("Rossi;Mario;;;;;1;1;0;;150;");
    assert!(row.reasons.contains(&Reason::Unidentifiable) && row.fate == Fate::Refused);
    assert_eq!(
        alone("Rossi;Mario;;01/01/1980;;;1;1;0;;150;").fate,
        Fate::Doubtful
    );
}

#[test]
fn the_same_row_again_is_a_duplicate_and_another_figure_is_for_a_person() {
    let table = usual(&[MARIO, MARIO, &mario(10, "250"), &mario(5, "14")]);
    let plan = planned(&table, &KnownIndex::default());
    sound(&table, &plan);
    assert_eq!(
        fates(&plan),
        [Fate::Doubtful, Fate::Duplicate, Fate::Refused, Fate::Duplicate]
    );
    assert_eq!(row(&plan, 2).reasons, [Reason::ContradictedBy { row: 4 }]);
    assert_eq!(row(&plan, 3).reasons, [Reason::SameAs { row: 2 }]);
    assert!(row(&plan, 4).reasons.contains(&Reason::ContradictsRow { row: 2 }));
    assert_eq!(registered(&plan).len(), 1);
}

#[test]
fn the_right_copy_of_a_refused_row_is_taken_in() {
    let table = usual(&[&mario(6, "9"), MARIO]);
    assert_eq!(
        fates(&planned(&table, &KnownIndex::default())),
        [Fate::Refused, Fate::New]
    );
}

#[test]
fn one_practice_of_two_persons_is_for_the_office_that_wrote_it() {
    let other = "Verdi;Anna;;02/02/1970;;;1;1;0;;150;P1";
    let plan = planned(&usual(&[MARIO, other]), &KnownIndex::default());
    assert_eq!(fates(&plan), [Fate::New, Fate::Refused]);
    assert!(row(&plan, 3).reasons.contains(&Reason::SamePractice { row: 2 }));
}

#[test]
fn omocodic_twins_are_two_persons() {
    let one = "Cicci;Fabio;CCCFBA85D03L219P;03/04/1985;Via Aretina;3;2;1;0;055 999999;150;P1";
    let twin = "Cicci;Fabio;CCCFBA85D03L21VE;03/04/1985;Via Aretina;3;2;1;0;055 999999;150;P2";
    let plan = planned(&usual(&[one, twin]), &KnownIndex::default());
    assert_eq!(fates(&plan), [Fate::New, Fate::Doubtful]);
    assert_eq!(
        row(&plan, 3).reasons,
        [Reason::Omocodic, Reason::SameKey { row: 2 }]
    );
    assert_eq!(registered(&plan).len(), 2, "never merged");
}

#[test]
fn the_same_home_under_another_name_is_doubtful() {
    let other = "Verdi;Anna;VRDNNA70B42D612D;02/02/1970;via ghibellina;12 A rosso;1;1;0;055-123456;150;P2";
    let code = crate::tax_code::TaxCode::compute(
        "Verdi",
        "Anna",
        day("1970-02-02"),
        crate::tax_code::Sex::Female,
        "D612",
    );
    let other = other.replace("VRDNNA70B42D612D", code.unwrap().as_str());
    let plan = planned(&usual(&[MARIO, &other]), &KnownIndex::default());
    assert_eq!(row(&plan, 3).reasons, [Reason::SameHome { row: 2 }]);
    assert_eq!(row(&plan, 3).fate, Fate::Doubtful);
}

#[test]
fn headings_repeated_on_each_page_are_no_household() {
    let table = usual(&[MARIO, HEADINGS]);
    let plan = planned(&table, &KnownIndex::default());
    sound(&table, &plan);
    assert_eq!(fates(&plan), [Fate::New, Fate::Duplicate]);
    assert_eq!(row(&plan, 3).reasons, [Reason::HeadingsAgain]);
}

#[test]
fn full_names_are_told_apart_by_the_tax_code_and_else_by_custom() {
    let of = |heading: &str, name: &str, code: &str| {
        let table = table(&format!("{heading};CF;Q;Importo;Pratica\n{name};{code};1;150;P1"));
        let plan = planned(&table, &KnownIndex::default());
        let (_, data) = registered(&plan).remove(0);
        (
            data.members[0].surname.clone(),
            data.members[0].name.clone(),
            plan.rows[0].fate,
        )
    };
    let told = |s: &str, n: &str, fate| (s.to_owned(), n.to_owned(), fate);
    let code = |surname, name| {
        let date = day("1980-01-01");
        crate::tax_code::TaxCode::compute(surname, name, date, crate::tax_code::Sex::Male, "D612").unwrap()
    };
    let long = code("Garcia Lopez", "Jose");
    assert_eq!(
        of("Cognome e nome", "Garcia Lopez Jose", long.as_str()),
        told("Garcia Lopez", "Jose", Fate::New)
    );
    assert_eq!(
        of("Nominativo", "Mario Rossi", "RSSMRA80A01D612Y"),
        told("Rossi", "Mario", Fate::New)
    );
    assert_eq!(
        of("Nome e cognome", "Mario Rossi", "RSSMRA80A01D612Y"),
        told("Rossi", "Mario", Fate::New)
    );
    assert_eq!(of("Cognome e nome", "De Luca Maria", "").0, "De Luca");
    assert_eq!(of("Nome e cognome", "Maria De Luca", "").0, "De Luca");
    assert_eq!(of("Nominativo", "Rossi, Maria Grazia", "").1, "Maria Grazia");
}

#[test]
fn quartieri_as_people_write_them() {
    let text = |text: &str| quartiere(&RawCell::Text(text.to_owned()));
    for (written, number) in [
        ("1", 1),
        (" 5 ", 5),
        ("Q1", 1),
        ("q. 2", 2),
        ("Quartiere 3", 3),
        ("QUARTIERE N. 4", 4),
        ("Q.re 5", 5),
        ("Quartiere 1 - Centro Storico", 1),
        ("Centro Storico", 1),
        ("Campo di Marte", 2),
        ("Gavinana Galluzzo", 3),
        ("Isolotto/Legnaia", 4),
        ("5 Rifredi", 5),
        ("IV", 4),
        ("Quartiere II", 2),
    ] {
        assert_eq!(text(written), Some(number), "{written}");
    }
    for wrong in [
        "6",
        "0",
        "Q9",
        "Scandicci",
        "Quartiere",
        "1/2",
        "-",
        "1 Rifredi",
        "12",
        "Q1 Q2",
        "5°A1",
    ] {
        assert_eq!(text(wrong), None, "{wrong}");
    }
    assert_eq!(quartiere(&RawCell::Number(3.0)), Some(3));
    assert_eq!(quartiere(&RawCell::Number(3.5)), None);
}

#[test]
fn house_numbers_as_florentines_write_them() {
    use NumberColour::{Black, Red};
    for (written, number, colour, exponent) in [
        ("12", "12", Black, ""),
        ("12r", "12", Red, ""),
        ("12 R", "12", Red, ""),
        ("12/R", "12", Red, ""),
        ("12 rosso", "12", Red, ""),
        ("12/A", "12", Black, "A"),
        ("12A", "12", Black, "A"),
        ("12/Ar", "12", Red, "A"),
        ("12/A rosso", "12", Red, "A"),
        ("12 bis", "12", Black, "bis"),
        ("n. 12", "12", Black, ""),
        ("12n", "12", Black, ""),
        ("12/A int. 3", "12", Black, "A int. 3"),
        ("snc", "", Black, "snc"),
    ] {
        let told = house_number(written);
        assert_eq!(
            (told.number.as_str(), told.colour, told.exponent.as_str()),
            (number, colour, exponent),
            "{written}"
        );
    }
}

#[test]
fn streets_with_their_number() {
    for (written, street, number) in [
        ("Via Ghibellina 12", "Via Ghibellina", "12"),
        ("Via Ghibellina, 12/A - 50122 Firenze", "Via Ghibellina", "12"),
        ("Via Ghibellina n. 12", "Via Ghibellina", "12"),
        ("Via 27 Aprile 3 r", "Via 27 Aprile", "3"),
        ("Via 11 Agosto", "Via 11 Agosto", ""),
        ("Piazza della Libertà", "Piazza della Libertà", ""),
        ("Via Firenze, 4", "Via Firenze", "4"),
        ("Via Aretina 7, Firenze", "Via Aretina", "7"),
        ("", "", ""),
    ] {
        let (told, found) = street_and_number(written);
        assert_eq!(
            (told.as_str(), found.number.as_str()),
            (street, number),
            "{written}"
        );
    }
    assert_eq!(street_and_number("Via 27 Aprile 3 r").1.colour, NumberColour::Red);
}

#[test]
fn vouchers_and_amount_must_agree() {
    let of = |amount: &str, vouchers: &str| {
        let table = table(&format!(
            "Cognome;Nome;CF;Q;Importo;N. buoni\nRossi;Mario;RSSMRA80A01D612Y;1;{amount};{vouchers}"
        ));
        planned(&table, &KnownIndex::default()).rows[0].clone()
    };
    assert_eq!(
        (of("", "15").amount, of("", "15").fate),
        (Some(Cents(15_000)), Fate::New)
    );
    assert_eq!(of("150 €", "15").fate, Fate::New);
    let wrong = of("150", "20");
    assert_eq!(
        wrong.reasons,
        [Reason::AmountAgainstVouchers {
            amount: Cents(15_000),
            vouchers: Cents(20_000)
        }]
    );
    assert_eq!(wrong.fate, Fate::Refused);
}

#[test]
fn a_provisional_code_that_lost_its_zeros_in_a_workbook_is_whole_again() {
    let mut table = usual(&[MARIO]);
    table.rows[1].cells[2] = RawCell::Number(1_307_110_484.0);
    let plan = planned(&table, &KnownIndex::default());
    assert_eq!(
        registered(&plan)[0].1.members[0].identifier.as_str(),
        "01307110484"
    );
}
