// SPDX-License-Identifier: EUPL-1.2
//! Our tax code against the PyPI package python-codicefiscale, the reference.
//!
//! `reference/tax_code.tsv` keeps what it answered; that comparison always runs. With
//! `SPORTELLO_CODICEFISCALE_PYTHON` (a Python interpreter that has the package) the package itself is asked again,
//! also about people it has never seen; if it is set and cannot run, the test fails.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs
)]

use chrono::NaiveDate;
use sportello_domain::demo;
use sportello_domain::tax_code::{Sex, TaxCode, TaxCodeError, code_of_name, code_of_surname};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const FIXTURE: &str = include_str!("reference/tax_code.tsv");
const PYTHON: &str = "SPORTELLO_CODICEFISCALE_PYTHON";

fn fixture() -> Vec<&'static str> {
    FIXTURE.lines().filter(|line| !line.starts_with('#')).collect()
}

/// How many fields of a line are the question; the others are the answer.
fn question_fields(kind: &str) -> usize {
    if kind == "compute" { 6 } else { 2 }
}

/// Our answer, in the words of the reference.
fn ours(fields: &[&str]) -> String {
    match fields {
        ["code", text] => match TaxCode::parse(text) {
            Ok(code) => {
                let (day, month) = code.birth_day_month().unwrap();
                let sex = if code.sex() == Some(Sex::Female) { "F" } else { "M" };
                let year = code.birth_years().unwrap()[0] - 1900;
                format!(
                    "ok\t{}\t{}\t{sex}\t{day}\t{month}\t{year}\t{}",
                    u8::from(code.is_omocodic()),
                    code.search_key(),
                    code.birthplace_code().unwrap(),
                )
            }
            Err(TaxCodeError::Day) => "date".into(),
            Err(TaxCodeError::CheckCharacter) => "check".into(),
            Err(
                TaxCodeError::Length { .. }
                | TaxCodeError::Character { .. }
                | TaxCodeError::Month
                | TaxCodeError::Missing,
            ) => "syntax".into(),
            Err(error) => panic!("{text}: {error}"),
        },
        ["forms", text] => {
            let mut forms: Vec<String> = TaxCode::parse(text)
                .unwrap()
                .omocodic_variants()
                .into_iter()
                .map(String::from)
                .collect();
            forms.sort_unstable();
            forms.join(",")
        }
        ["surname", text] => code_of_surname(text),
        ["name", text] => code_of_name(text),
        ["compute", surname, name, sex, born, place] => {
            let sex = if *sex == "F" { Sex::Female } else { Sex::Male };
            let parts: Vec<u32> = born.split('-').map(|part| part.parse().unwrap()).collect();
            let born = NaiveDate::from_ymd_opt(parts[0].try_into().unwrap(), parts[1], parts[2]).unwrap();
            TaxCode::compute(surname, name, born, sex, place).unwrap().into()
        }
        _ => panic!("not a question: {fields:?}"),
    }
}

/// Compares one answered line; the text says what differs.
fn difference(line: &str) -> Option<String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let (question, answer) = fields.split_at(question_fields(fields[0]));
    let (answer, ours) = (answer.join("\t"), ours(question));
    let agree = match answer.as_str() {
        // The reference knows no such place at that date; we do not look places up (see `tax_code`).
        "place" => ours.starts_with("ok\t"),
        _ => ours == answer,
    };
    (!agree).then(|| format!("{question:?}: the reference says {answer}, we say {ours}"))
}

fn assert_agree<'a>(lines: impl IntoIterator<Item = &'a str>) {
    let differences: Vec<String> = lines.into_iter().filter_map(difference).collect();
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

#[test]
fn we_agree_with_what_the_reference_answered() {
    let lines = fixture();
    for (answer, at_least) in [
        ("\tok\t", 1500),
        ("\tcheck", 300),
        ("\tdate", 150),
        ("\tsyntax", 500),
        ("\tplace", 20),
    ] {
        let count = lines.iter().filter(|line| line.contains(answer)).count();
        assert!(count >= at_least, "only {count} lines with{answer}");
    }
    assert_agree(lines);
}

#[test]
fn we_agree_with_the_reference_itself() {
    let Some(python) = std::env::var_os(PYTHON) else {
        eprintln!("{PYTHON} is not set: only the recorded answers were compared");
        return;
    };
    let mut questions: Vec<String> = fixture()
        .iter()
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            fields[..question_fields(fields[0])].join("\t")
        })
        .collect();
    // People of the demonstration, and each of their codes with one character changed.
    for household in demo::households(0x5eed, 700) {
        for person in household.members {
            questions.push(format!("surname\t{}", person.surname));
            questions.push(format!("name\t{}", person.name));
            let Some(code) = person.identifier.tax_code().filter(|code| !code.is_provisional()) else {
                continue;
            };
            questions.push(format!("code\t{code}"));
            let at = questions.len() % 16;
            let other = char::from(b'A' + u8::try_from(questions.len() % 26).unwrap());
            let spoilt = &code.as_str()[..at];
            questions.push(format!("code\t{spoilt}{other}{}", &code.as_str()[at + 1..]));
        }
    }
    let answers = ask(Path::new(&python), &questions);
    let lines: Vec<&str> = answers.lines().collect();
    assert_eq!(
        lines.len(),
        questions.len(),
        "the reference left questions unanswered"
    );
    for (question, line) in questions.iter().zip(&lines) {
        assert!(
            line.starts_with(question.as_str()),
            "{question:?} came back as {line:?}"
        );
    }
    assert_agree(lines);
}

/// Runs the script with the questions on its standard input.
fn ask(python: &Path, questions: &[String]) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/make_reference.py");
    let mut child = Command::new(python)
        .arg(script)
        .arg("answer")
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{PYTHON} is set but {} does not start: {error}", python.display()));
    let mut stdin = child.stdin.take().unwrap();
    let text = questions.join("\n") + "\n";
    // On a thread of its own: the script answers while it reads, and both pipes are finite. If it dies
    // early the write fails; its exit status, below, says why.
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let written = writer.join().unwrap();
    assert!(
        output.status.success(),
        "{PYTHON} is set but the reference failed ({}):\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    written.unwrap();
    String::from_utf8(output.stdout).unwrap()
}
