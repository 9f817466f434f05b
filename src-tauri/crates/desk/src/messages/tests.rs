// SPDX-License-Identifier: EUPL-1.2
//! Every code that can come has its sentence in both languages, whole. The codes are read from the sources that give them, so
//! that a new one without a sentence is found here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::error::{args_of, told};
use chrono::NaiveDate;
use sportello_domain::ids::{AppointmentId, DeskId, SiteId};
use sportello_domain::import::{Field, Notice, Reason};
use sportello_domain::meta::Topic;
use sportello_domain::money::Cents;
use sportello_domain::office::Role;
use sportello_domain::refusal::Rejection;
use sportello_domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const LANGUAGES: [Language; 2] = [Language::It, Language::En];

/// Nothing left open, nothing general.
fn whole(language: Language, code: &str, text: &str) {
    assert!(has(language, code), "{language:?}: no sentence for {code}");
    assert!(
        !text.contains(['{', '}', '\u{2068}']),
        "{language:?} {code}: {text}"
    );
    assert_ne!(
        text,
        sentence(language, "no such code", &[]).replace("no such code", code),
        "{code}"
    );
    assert!(
        text.ends_with('.') || text.ends_with(')'),
        "{language:?} {code}: {text}"
    );
}

fn rejections() -> Vec<Rejection> {
    let start = NaiveDate::from_ymd_opt(2021, 1, 4)
        .unwrap()
        .and_hms_opt(9, 30, 0)
        .unwrap();
    let (amount, due, day) = (Cents(125_000), Cents(1_000), start.date());
    let desk = DeskId::default();
    let serial = || ("A0001".to_owned(), "A0050".to_owned());
    let ((first, last), at) = (serial(), Timestamp::of_rome(start));
    vec![
        Rejection::Erased,
        Rejection::CalledElsewhere { desk },
        Rejection::NobodyWaits,
        Rejection::ServiceSuspended {
            reason: "guasto alla linea".into(),
        },
        Rejection::ServiceNotHere,
        Rejection::NotReservable,
        Rejection::TooSoon {
            start,
            earliest: start + chrono::Duration::minutes(90),
        },
        Rejection::TooFar { start, last: day },
        Rejection::HoursWrong { problem: "span" },
        Rejection::HoursWrong { problem: "overlap" },
        Rejection::HoursWrong { problem: "period" },
        Rejection::HoursWrong { problem: "reason" },
        Rejection::ErasureStillDue { until: day },
        Rejection::ErasureAwaited { on: day },
        Rejection::ErasureUndecided,
        Rejection::ErasureEmpty,
        Rejection::CampaignNotOver { to: day },
        Rejection::LooksTooYoung { latest: day },
        Rejection::RoleTooLow {
            needed: Role::Supervisor,
        },
        Rejection::NotFound { what: "household" },
        Rejection::ReasonMissing,
        Rejection::PlanUnchanged,
        Rejection::NothingToDraw,
        Rejection::FileTooLarge { most: 384 },
        Rejection::FieldInvalid { field: "surname" },
        Rejection::NameTaken { name: "Q1".into() },
        Rejection::OwnPassphrase,
        Rejection::NotHolder { holder: desk },
        Rejection::AlreadyServed { at, desk },
        Rejection::Revoked {
            reason: "doppia domanda".into(),
        },
        Rejection::TooMuch { amount, due },
        Rejection::TooLittle { amount, due },
        Rejection::SerialsMissing,
        Rejection::SerialTwice {
            first: first.clone(),
            last: last.clone(),
        },
        Rejection::SerialNotHeld {
            first: first.clone(),
            last: last.clone(),
        },
        Rejection::SerialAlreadyReceived { first, last },
        Rejection::OutsidePeriod { from: day, to: day },
        Rejection::AppointmentRequired,
        Rejection::WrongAppointment,
        Rejection::WrongStatus {
            status: "finished".into(),
        },
        Rejection::NoSuchSlot { start },
        Rejection::SlotFull { start, capacity: 2 },
        Rejection::SlotPast { start },
        Rejection::AlreadyBooked {
            appointment: AppointmentId::default(),
            start,
            site: SiteId::default(),
        },
        Rejection::AlreadyReversed,
        Rejection::NotYourDelivery { desk },
        Rejection::BeingServed,
        Rejection::AlreadyHolder,
        Rejection::DeskCannotRead {
            topic: Topic::Quartiere(2),
        },
        Rejection::AlreadyEntitled,
        Rejection::SlipMistyped,
        Rejection::SlipWrong,
        Rejection::SlipForOther,
        Rejection::SlipUsed,
        Rejection::SlipCalledOff,
        Rejection::SlipOfRevoked { desk },
        Rejection::SlipNeedsRecords,
        Rejection::CheckMissing,
        Rejection::AlreadyDecided,
        Rejection::NotDecided,
        Rejection::DecidedElsewhere,
        Rejection::NothingToSign,
        Rejection::SignedAlready,
        Rejection::EarlierDayOpen { day },
        Rejection::DayClosed { day },
        Rejection::CountMissing {
            campaign: "Buoni spesa 2021".into(),
        },
        Rejection::SerialNotInShipment {
            first: "A0041".into(),
            last: "A0050".into(),
        },
        Rejection::SerialNotInTransit {
            first: "A0041".into(),
            last: "A0050".into(),
        },
        Rejection::NotYourShipment { desk },
        Rejection::DeclaredDiffers {
            declared: 500,
            counted: 450,
        },
        Rejection::CountDiffers {
            campaign: "Buoni spesa 2021".into(),
            expected: 50,
            counted: 49,
        },
        Rejection::NotYourClosing { desk },
        Rejection::KitEmpty,
        Rejection::FormEntered { number: 17, at },
        Rejection::FormVoided { number: 17 },
        Rejection::NotWholeVouchers {
            amount,
            denomination: due,
        },
    ]
}

fn reasons() -> Vec<Reason> {
    use Reason as R;
    let (amount, row) = (Cents(125_000), 7);
    vec![
        R::RowEmpty,
        R::HeadingsAgain,
        R::SurnameMissing,
        R::NameMissing,
        R::NameSplitGuessed,
        R::TaxCodeLength { got: 15 },
        R::TaxCodeCharacter { position: 3 },
        R::TaxCodeMonth,
        R::TaxCodeDay,
        R::TaxCodeCheck,
        R::ProvisionalCheck,
        R::HealthCodeLength { got: 3 },
        R::HealthCodeCharacter { position: 5 },
        R::Omocodic,
        R::Provisional,
        R::HealthCode,
        R::IdentifierMissing,
        R::Unidentifiable,
        R::NamesSwapped,
        R::CodeOnlySurname,
        R::CodeOnlyName,
        R::CodeOfAnother,
        R::BirthDateUnreadable,
        R::BirthDateFuture,
        R::BirthDateAgainstCode,
        R::QuartiereMissing,
        R::QuartiereUnknown,
        R::FieldUnreadable { field: "minors" },
        R::SizeLessThanNamed { size: 2, named: 3 },
        R::MoreThanMembers { count: 3, size: 2 },
        R::MinorsCounted { count: 1 },
        R::AmountUnreadable,
        R::AmountNotPositive { amount },
        R::AmountNotWhole {
            amount,
            denomination: amount,
        },
        R::AmountAgainstVouchers {
            amount,
            vouchers: amount,
        },
        R::AmountDiffers {
            amount,
            table: amount,
        },
        R::AmountFromTable { amount },
        R::AmountMissing,
        R::SameAs { row },
        R::ContradictsRow { row },
        R::ContradictedBy { row },
        R::SamePractice { row },
        R::MemberElsewhere { row },
        R::MemberAlsoIn { row },
        R::SameKey { row },
        R::SamePersonData { row },
        R::SameHome { row },
        R::MemberOf { row },
        R::LookAtMember { row },
        R::MemberLeftOut { row },
        R::ApplicantRefused { row },
        R::ApplicantAssumed,
        R::ApplicantTwice { row },
        R::MembersDisagree { row, field: "amount" },
        R::MemberOfKnown,
        R::WasMember,
        R::PracticeOfAnother,
        R::SeveralCouldBe { count: 2 },
        R::SameHousehold { row },
        R::IdentifierChanged,
        R::ApplicantChanged,
        R::Homonym,
        R::KeyKnown,
        R::RightIsNew,
        R::Changes { field: "address" },
        R::AmountChanges {
            before: amount,
            amount,
        },
        R::ServedOtherAmount {
            delivered: amount,
            amount,
        },
        R::AmountSetByHand { set: amount, amount },
        R::RevokedBefore,
    ]
}

fn notices() -> Vec<Notice> {
    let issued = NaiveDate::from_ymd_opt(2021, 1, 4).unwrap();
    vec![
        Notice::NoHeadings,
        Notice::MissingColumn { field: "quartiere" },
        Notice::NoRows,
        Notice::AllRefused,
        Notice::SameListAgain { issued },
        Notice::OlderList { issued, last: issued },
        Notice::SameDate { issued },
        Notice::FutureList { issued },
        Notice::MissingHouseholds { count: 1 },
        Notice::OneRowPerMember { households: 12 },
    ]
}

/// Tells every sample in both languages with nothing but its own fields, and sees that no case is left out.
fn every<T: serde::Serialize>(samples: &[T], code: impl Fn(&T) -> &'static str, all: &[&str]) {
    let told_codes: BTreeSet<&str> = samples.iter().map(&code).collect();
    assert_eq!(
        told_codes,
        all.iter().copied().collect(),
        "a case without a sample"
    );
    for sample in samples {
        for language in LANGUAGES {
            let text = told(language, code(sample), sample);
            whole(language, code(sample), &text);
            // What comes as a code is told in words, and amounts and dates as in Italy.
            for (name, value) in args_of(sample) {
                let shown = text.contains(&value);
                if WORDS.contains(&name.as_str()) {
                    let word = format!("word-{name}-{value}");
                    assert!(has(language, &word), "{language:?}: no {word}");
                } else if !["holder", "desk", "appointment", "site"].contains(&name.as_str()) && value != "1"
                {
                    assert!(
                        shown,
                        "{language:?} {}: {name} = {value} is not told in: {text}",
                        code(sample)
                    );
                }
            }
        }
    }
}

#[test]
fn every_refusal_reason_and_notice_is_told_whole() {
    every(&rejections(), Rejection::code, Rejection::CODES);
    every(&reasons(), Reason::code, Reason::CODES);
    every(&notices(), Notice::code, Notice::CODES);
}

#[test]
fn what_is_named_by_a_code_has_a_word() {
    let mut words: BTreeSet<String> = Field::KEYS.iter().map(|field| format!("field-{field}")).collect();
    words.extend(Topic::ALL.iter().map(|topic| format!("topic-{topic}")));
    for folder in ["desk/src", "domain/src"] {
        for (_, text) in sources(&crates().join(folder)) {
            words.extend(
                quoted_after(&text, "what:")
                    .into_iter()
                    .map(|what| format!("what-{what}")),
            );
            words.extend(
                quoted_after(&text, "field:")
                    .into_iter()
                    .map(|field| format!("field-{field}")),
            );
        }
    }
    assert!(
        words.contains("what-desk") && words.contains("field-username"),
        "{words:?}"
    );
    words.retain(|word| {
        LANGUAGES
            .iter()
            .any(|language| !has(*language, &format!("word-{word}")))
    });
    assert!(words.is_empty(), "no word for {words:?}");
}

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The sources of a file or folder, without their tests.
fn sources(path: &Path) -> Vec<(PathBuf, String)> {
    if path.is_dir() {
        let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        let wanted = |path: &PathBuf| {
            path.file_name()
                .is_some_and(|name| name != "tests" && name != "tests.rs")
        };
        return entries.filter(wanted).flat_map(|path| sources(&path)).collect();
    }
    if path.extension().is_none_or(|kind| kind != "rs") {
        return Vec::new();
    }
    let text = fs::read_to_string(path).unwrap();
    let product = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default()
        .to_owned();
    vec![(path.to_owned(), product)]
}

/// The quoted words of the form of a code that follow `before`.
fn quoted_after(text: &str, before: &str) -> BTreeSet<String> {
    text.split(before)
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"'))
        .filter_map(|rest| rest.split_once('"').map(|(word, _)| word))
        .filter(|word| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '.'))
        })
        .map(str::to_owned)
        .collect()
}

/// The bodies of the functions `fn code(`.
fn code_functions(text: &str) -> String {
    text.split("fn code(")
        .skip(1)
        .map(|rest| rest.split("\n    }\n").next().unwrap_or_default())
        .collect()
}

#[test]
fn every_code_in_the_sources_has_its_sentence() {
    let mut codes: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut add = |path: &Path, found: BTreeSet<String>| {
        codes.extend(found.into_iter().map(|code| (code, path.to_owned())));
    };
    for folder in ["store/src", "sync/src", "documents/src", "protocol/src"] {
        for (path, text) in sources(&crates().join(folder)) {
            add(&path, quoted_after(&code_functions(&text), "=>"));
            add(&path, quoted_after(&code_functions(&text), "=> {\n"));
        }
    }
    for folder in ["desk/src", "ctl/src", "../src"] {
        for (path, text) in sources(&crates().join(folder)) {
            for before in [
                "DeskError::plain(",
                "DeskError::about(",
                "problem_of(",
                "IpcError::coded(",
            ] {
                add(&path, quoted_after(&text, before));
            }
        }
    }
    for (path, text) in sources(&crates().join("../src/files.rs")) {
        add(&path, quoted_after(&code_functions(&text), "=>"));
    }
    for (path, text) in sources(&crates().join("central/src")) {
        // Refused(StatusCode::NOT_FOUND, "code_unknown", …)
        for status in text.split("StatusCode::").skip(1) {
            let after = status.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '_');
            if let Some(code) = after.strip_prefix(", \"").and_then(|rest| rest.split_once('"')) {
                add(&path, BTreeSet::from([code.0.to_owned()]));
            }
        }
        add(&path, quoted_after(&text, "stop(&state,"));
        if path.ends_with("rules.rs") {
            add(&path, quoted_after(&text, "Some("));
        }
    }
    assert!(codes.len() > 80, "the sources were not found: {}", codes.len());
    for expected in [
        "disk_full",
        "wrong_passphrase",
        "unreachable",
        "list.empty",
        "session_locked",
        "code_expired",
        "fork",
    ] {
        assert!(
            codes.contains_key(expected),
            "{expected} was not found in the sources"
        );
    }
    codes.retain(|code, _| LANGUAGES.iter().any(|language| !has(*language, code)));
    assert!(codes.is_empty(), "no sentence for {codes:?}");
}

#[test]
fn every_error_that_names_nothing_is_whole_without_arguments() {
    // Told by their code alone, whatever it is that they could name.
    let named: BTreeSet<&str> = Rejection::CODES
        .iter()
        .chain(Reason::CODES)
        .chain(Notice::CODES)
        .copied()
        .collect();
    for (catalogue, language) in [("it", Language::It), ("en", Language::En)] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("locales")
            .join(catalogue)
            .join("errors.ftl");
        let text = fs::read_to_string(file).unwrap();
        let ids = text
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        let ids = ids.filter_map(|line| line.split_once(" =")).map(|(id, _)| id);
        for id in ids.filter(|id| !named.contains(id) && !id.starts_with("word-") && *id != UNKNOWN) {
            whole(language, id, &sentence(language, id, &[]));
        }
    }
}

#[test]
fn both_languages_say_the_same_things() {
    let ids = |language: &str| -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("locales")
            .join(language);
        fs::read_dir(folder)
            .unwrap()
            .flat_map(|entry| {
                let text = fs::read_to_string(entry.unwrap().path()).unwrap();
                let resource = FluentResource::try_new(text.clone()).map_err(|(_, errors)| errors);
                assert!(resource.is_ok(), "{resource:?}");
                let names = text
                    .lines()
                    .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()));
                names
                    .filter_map(|line| line.split_once(" ="))
                    .map(|(id, _)| id.to_owned())
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    let [italian, english] = ["it", "en"].map(|language| {
        let all = ids(language);
        let set: BTreeSet<String> = all.iter().cloned().collect();
        // A second one of the same name would be left out without a word.
        assert_eq!(all.len(), set.len(), "something is said twice in {language}");
        set
    });
    assert_eq!(italian, english);
}

#[test]
fn one_code_of_two_sources_is_told_by_what_it_names() {
    let refused = sentence(Language::It, "revoked", &[("reason", "doppia domanda".into())]);
    assert!(refused.contains("doppia domanda"));
    assert!(sentence(Language::It, "revoked", &[]).starts_with("Questa postazione è stata revocata"));
    assert!(sentence(Language::En, "not_found", &[("what", "site".into())]).contains("the site"));
    assert!(!sentence(Language::En, "not_found", &[]).contains("$what"));
}

#[test]
fn counts_amounts_and_limits_are_written_as_in_italy() {
    let one = sentence(Language::It, "missing_households", &[("count", "1".into())]);
    let many = sentence(Language::It, "missing_households", &[("count", "1250".into())]);
    assert!(
        one.starts_with("Un nucleo") && many.starts_with("1250 nuclei"),
        "{one} {many}"
    );
    assert!(sentence(Language::It, "list.too_many_rows", &[]).contains("200.000"));
    let serials = [("first", "000123".to_owned()), ("last", "000172".to_owned())];
    assert!(
        sentence(Language::It, "serial_twice", &serials).contains("000123"),
        "a serial keeps its zeros"
    );
}

#[test]
fn an_unknown_code_is_told_and_named() {
    for language in LANGUAGES {
        assert!(sentence(language, "made.up", &[]).contains("made.up"));
    }
}
