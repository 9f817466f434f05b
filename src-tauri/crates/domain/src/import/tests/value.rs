// SPDX-License-Identifier: EUPL-1.2
//! Cells as people mean them.

use crate::import::value::*;
use chrono::NaiveDate;

fn text(text: &str) -> RawCell {
    RawCell::Text(text.to_owned())
}

#[test]
fn amounts_as_people_write_them() {
    for (written, cents) in [
        ("1.250,00 €", 125_000),
        ("1250", 125_000),
        ("1250.00", 125_000),
        ("1,250.00", 125_000),
        ("€ 300", 30_000),
        ("€300", 30_000),
        ("300€", 30_000),
        ("EUR 10", 1_000),
        ("10 euro", 1_000),
        ("300,5", 30_050),
        ("300.5", 30_050),
        ("0,05", 5),
        ("1.250", 125_000),
        ("12.500.000,10", 1_250_000_010),
        ("1,250,000", 125_000_000),
        ("1\u{a0}250,00\u{202f}€", 125_000),
        (" 80 ", 8_000),
        ("-10,00", -1_000),
        ("+10", 1_000),
        ("007", 700),
    ] {
        assert_eq!(parse_amount(&text(written)), Some(cents), "{written}");
    }
    for number in [300.0, 0.1 + 0.2, 19.99, 1_250.5, -3.0] {
        let expected = format!("{:.0}", number * 100.0).parse::<i64>().ok();
        assert_eq!(parse_amount(&RawCell::Number(number)), expected, "{number}");
    }
}

#[test]
fn doubtful_amounts_are_refused() {
    for written in [
        "",
        "€",
        "abc",
        "1,250",
        "0.250",
        "1.25.00",
        "1.2500,00",
        "12,34,56",
        "1.250,000",
        "1250,",
        ",50",
        ".5",
        "300 € 5",
        "€ 300 €",
        "1e3",
        "0x10",
        "10/2",
        "1.250,00,00",
        "1 25",
        "--5",
        "1.250.00",
        "١٠",
        "999999999999999999999",
        "10 dollari",
    ] {
        assert_eq!(parse_amount(&text(written)), None, "{written}");
    }
    for number in [f64::NAN, f64::INFINITY, 1e300, 10.005, 0.123] {
        assert_eq!(parse_amount(&RawCell::Number(number)), None, "{number}");
    }
    assert_eq!(parse_amount(&RawCell::Flag(true)), None);
    assert_eq!(parse_amount(&RawCell::Empty), None);
}

#[test]
fn dates_as_people_write_them() {
    let expected = NaiveDate::from_ymd_opt(2021, 1, 2);
    for written in [
        "02/01/2021",
        "2/1/2021",
        "02-01-2021",
        "02.01.2021",
        "2021-01-02",
        " 02/01/2021 ",
        "02/01/2021 00:00",
        "2/1/2021 10.30.00",
        "2021-01-02T10:30:00Z",
        "2021/01/02",
    ] {
        assert_eq!(parse_date(&text(written)), expected, "{written}");
    }
    assert_eq!(parse_date(&RawCell::Number(44_198.0)), expected);
    assert_eq!(parse_date(&RawCell::Number(44_198.75)), expected);
    assert_eq!(
        parse_date(&RawCell::Number(61.0)),
        NaiveDate::from_ymd_opt(1900, 3, 1)
    );
    assert_eq!(parse_date(&RawCell::Date(expected.unwrap())), expected);
    assert_eq!(
        parse_date(&RawCell::DateTime(
            expected.unwrap().and_hms_opt(9, 0, 0).unwrap()
        )),
        expected
    );
}

#[test]
fn doubtful_dates_are_refused() {
    for written in [
        "",
        "02/01/21",
        "2/1/85",
        "31/02/2021",
        "13/13/2021",
        "00/01/2021",
        "2021",
        "44198",
        "02/01-2021",
        "2021.01.02",
        "02/01/0221",
        "02/01/20211",
        "gennaio 2021",
        "02/01/2021 circa",
        "1/2/2021/3",
        "+2/1/2021",
    ] {
        assert_eq!(parse_date(&text(written)), None, "{written}");
    }
    for serial in [0.0, 60.0, -5.0, 2e6, f64::NAN, 20_210_102.0] {
        assert_eq!(parse_date(&RawCell::Number(serial)), None, "{serial}");
    }
}

#[test]
fn counts_flags_and_texts() {
    assert_eq!(parse_count(&RawCell::Number(4.0)), Some(4));
    assert_eq!(parse_count(&text(" 04 ")), Some(4));
    for wrong in [
        text(""),
        text("4,0"),
        text("-1"),
        text("quattro"),
        RawCell::Number(4.5),
        RawCell::Number(-1.0),
    ] {
        assert_eq!(parse_count(&wrong), None, "{wrong:?}");
    }
    for yes in ["Sì", "SI", "s", "X", "1", "VERO", "true", "si'", "sì "] {
        assert_eq!(parse_flag(&text(yes)), Some(true), "{yes}");
    }
    for no in ["No", "N", "0", "FALSO", "false", "-"] {
        assert_eq!(parse_flag(&text(no)), Some(false), "{no}");
    }
    assert_eq!(parse_flag(&RawCell::Flag(true)), Some(true));
    assert_eq!(parse_flag(&RawCell::Number(0.0)), Some(false));
    assert_eq!(parse_flag(&text("forse")), None);
    assert_eq!(parse_flag(&RawCell::Empty), None);
    assert_eq!(
        parse_text(&RawCell::Number(3_331_234_567.0)),
        Some("3331234567".to_owned())
    );
    assert_eq!(parse_text(&text("  De \n Luca ")), Some("De Luca".to_owned()));
    assert_eq!(parse_text(&text(" ")), None);
}
