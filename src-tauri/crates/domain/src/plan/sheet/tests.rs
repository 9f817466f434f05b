// SPDX-License-Identifier: EUPL-1.2
//! The sheet that this software implements, as the office published it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::demo::SHEET as REAL;
use crate::plan::Problem;
use proptest::prelude::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn the_real_sheet_is_understood_whole() {
    let reading = read(REAL);
    let sheet = &reading.sheet;
    assert_eq!(reading.left, [], "nothing is left over");
    assert_eq!(sheet.code, "2021_Z105");
    assert!(sheet.title.starts_with("Implementazione funzioni"));
    assert_eq!(
        [&sheet.direction, &sheet.director, &sheet.classification],
        ["UFFICIO DEL SINDACO", "SANTORO FRANCESCA", "DIREZIONALE"]
    );
    assert_eq!(
        [&sheet.service, &sheet.manager, &sheet.kind],
        [
            "SERVIZIO AMMINISTRATIVO E QUARTIERI",
            "CAPANTINI MASSIMO",
            "SVILUPPO"
        ]
    );
    assert_eq!(sheet.links.len(), 4);
    assert!(sheet.links[3].starts_with("13.1.28: "));
    assert!(sheet.description[0].starts_with("L'apertura degli Sportelli"));
    let [vouchers, questionnaire] = &sheet.phases[..] else {
        panic!("{:?}", sheet.phases)
    };
    assert_eq!(
        vouchers.description,
        "Consegna dei buoni spesa nel periodo di emergenza sanitaria da Covid-19 e relativa organizzazione del servizio"
    );
    assert_eq!((vouchers.from, vouchers.to), (day(2021, 1, 2), day(2021, 4, 30)));
    assert_eq!(
        questionnaire.description,
        "Elaborazione di un questionario di \"customer satisfaction\""
    );
    assert_eq!(
        (questionnaire.from, questionnaire.to),
        (day(2021, 1, 4), day(2021, 10, 30))
    );
    for phase in [vouchers, questionnaire] {
        assert_eq!(phase.responsible, "CAPANTINI MASSIMO");
        assert_eq!(phase.centre, "SERVIZIO AMMINIST. E QUARTIERI");
        assert_eq!((phase.weight, phase.notes.as_str()), (None, ""));
    }
    let told: Vec<_> = sheet
        .indicators
        .iter()
        .map(|i| (i.kind.as_str(), i.expected))
        .collect();
    assert_eq!(
        told,
        [
            ("RISULTATO", Expected::Share { value: 10_000 }),
            (
                "PERFORMANCE",
                Expected::Day {
                    day: day(2021, 11, 30)
                }
            ),
            (
                "RISULTATO",
                Expected::Day {
                    day: day(2021, 9, 30)
                }
            ),
        ]
    );
    assert_eq!(
        sheet.check(),
        [Problem::Unweighted],
        "the sheet leaves its weights empty"
    );
}

#[test]
fn every_field_says_where_it_comes_from() {
    let lines: Vec<&str> = REAL.lines().collect();
    let reading = read(REAL);
    let source = |field: &str, number| {
        let found = reading
            .sources
            .iter()
            .find(|s| s.field == field && s.number == number)
            .unwrap();
        lines[found.first as usize - 1..found.last as usize].join(" ")
    };
    assert!(source("code", 1).contains("2021_Z105"));
    assert!(source("manager", 1).contains("CAPANTINI MASSIMO"));
    assert!(source("phase", 1).contains("30/04/2021"));
    assert!(!source("phase", 1).contains("30/10/2021"));
    assert!(source("phase", 2).contains("30/10/2021"));
    assert!(source("indicator", 3).contains("30/09/2021"));
}

#[test]
fn what_is_not_understood_is_kept_and_wrong_weights_are_told() {
    let text = "2022_A1 Prova\n\nParole a caso\n\nFASI\n\nUna fase 40 02/01/2022 01/01/2022 NOME\n\nCENTRO\n\nAltra 50% 02/01/2022 03/01/2022 NOME\n\nINDICATORI\n\nSenza valore";
    let reading = read(text);
    let left: Vec<&str> = reading.left.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(left, ["Parole a caso", "Senza valore"]);
    assert_eq!(
        reading.sheet.check(),
        [Problem::DatesInverted { phase: 1 }, Problem::Weights { sum: 90 }]
    );
    assert_eq!(read("").sheet.check(), [Problem::NoTitle, Problem::Nothing]);
}

proptest! {
    #[test]
    fn no_text_makes_it_fail(text in "(FASI\n|INDICATORI\n|Direzione |Collegato a\n|01/02/2021 |100%|A |\n|\\PC{0,6}){0,30}") {
        read(&text).sheet.check();
    }
}
