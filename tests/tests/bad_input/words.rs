// SPDX-License-Identifier: EUPL-1.2
//! Files and requests that are not what they should be.

use crate::world::World;
use sportello_desk::{Command, Query};
use sportello_domain::command::FileInput;
use sportello_tests::clock::march;
use sportello_tests::facts::{self, CAMPAIGN};
use sportello_tests::office::PASSPHRASE;
use sportello_tests::process::program;
use sportello_tests::told::code_told;
use std::io::Write;
use std::process::{Command as Process, Output, Stdio};

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_no_list() {
    let world = World::new().await;
    let day = march(1, 0, 0).date();
    let good = facts::xlsx(&facts::sheet(&facts::households(20, 1)), day);
    let bytes = base64_bytes(&good);
    let mut flipped = bytes.clone();
    let middle = flipped.len() / 2;
    flipped[middle..middle + 40].fill(0x55);
    let cases: Vec<(&str, Vec<u8>, &[&str])> = vec![
        (
            "elenco.xlsx",
            bytes[..bytes.len() / 2].to_vec(),
            &["list.damaged"],
        ),
        ("elenco.xlsx", flipped, &["list.damaged"]),
        ("elenco.xlsx", Vec::new(), &["list.empty"]),
        ("elenco.xlsx", b"%PDF-1.7 not a list".to_vec(), &["list.pdf"]),
        (
            "elenco.xlsx",
            b"<html><table><tr><td>Cognome</td></tr></table></html>".to_vec(),
            &["list.web_page"],
        ),
        (
            "elenco.xls",
            [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 2000]].concat(),
            // It begins as an old workbook does, and is none.
            &["list.old_excel", "list.unknown"],
        ),
        (
            "foto.csv",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
            &["list.image"],
        ),
        (
            "rumore.csv",
            (0..4000_u32)
                .map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0])
                .collect(),
            &["list.unknown"],
        ),
    ];
    let before = world.supervisor.verification();
    for (name, bytes, expected) in cases {
        let file = facts::file(name, &bytes);
        let look = Query::ImportPreview {
            campaign: CAMPAIGN,
            file: file.clone(),
            issued: Some(day),
        };
        let code = code_told(&world.supervisor.try_ask(&look).unwrap_err());
        assert!(expected.contains(&code.as_str()), "{name}: {code}");
        let apply = Command::ApplyImport {
            campaign: CAMPAIGN,
            file,
            issued: day,
            digest: "0".into(),
        };
        assert_eq!(world.supervisor.refused(apply), code);
    }
    // Not even base64.
    let file = FileInput {
        name: "elenco.csv".into(),
        content: "§§§".into(),
    };
    let look = Query::ImportPreview {
        campaign: CAMPAIGN,
        file,
        issued: None,
    };
    assert_eq!(
        code_told(&world.supervisor.try_ask(&look).unwrap_err()),
        "malformed_command"
    );
    assert_eq!(world.supervisor.verification(), before, "nothing was taken in");

    // Text that is no list is told by what it lacks, not as an error.
    for text in [
        "",
        "a;b;c\n1;2;3\n",
        "Cognome;Nome\nRossi;Anna\n",
        "Cognome;Nome;Codice fiscale;Quartiere;Importo\n",
    ] {
        let look = Query::ImportPreview {
            campaign: CAMPAIGN,
            file: facts::file("x.csv", text.as_bytes()),
            issued: Some(day),
        };
        match world.supervisor.try_ask(&look) {
            Ok(sportello_desk::View::ImportPreview(view)) => {
                assert!(!view.applicable && !view.notices.is_empty(), "{text:?}: {view:?}");
                view.notices.iter().for_each(sportello_tests::told::assert_told);
            }
            Ok(other) => panic!("{other:?}"),
            Err(error) => assert_eq!(code_told(&error), "list.empty", "{text:?}"),
        }
    }
    let preview = world.supervisor.preview(CAMPAIGN, &good);
    world.supervisor.act(facts::apply(&good, &preview));
    world.assert_sound();
}

fn base64_bytes(file: &FileInput) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD
        .decode(&file.content)
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn things_that_are_not_there() {
    let world = World::new().await;
    let nobody = uuid::Uuid::from_u128(404);
    let before = world.desk.verification();
    for command in [
        Command::PresentAppointment {
            appointment: nobody.into(),
        },
        Command::AddNote {
            household: nobody.into(),
            text: "x".into(),
        },
        Command::ReleaseCustody {
            entitlement: sportello_tests::counter::right(world.household),
            to: nobody.into(),
        },
        Command::ReceiveStock {
            campaign: nobody.into(),
            runs: vec![sportello_domain::serial::Run::between("A1", "A2").unwrap()],
            note: String::new(),
            delivery_note: None,
        },
    ] {
        assert_eq!(world.desk.refused(command.clone()), "not_found", "{command:?}");
    }
    for query in [
        Query::Household { id: nobody.into() },
        Query::Counter {
            entitlement: nobody.into(),
        },
    ] {
        assert_eq!(code_told(&world.desk.try_ask(&query).unwrap_err()), "not_found");
    }
    // Whatever is typed into the search, it is looked for and nothing else.
    for text in [
        "'; DROP TABLE household; --",
        "\"",
        "*",
        "rossi*",
        "AND",
        "NEAR(",
        "ros\0si",
        "😀",
        &"è".repeat(5_000),
        "-",
        "^a",
    ] {
        world.desk.search(text);
    }
    assert_eq!(world.desk.verification(), before);
}

/// Runs `sportelloctl` on a desk's directory.
fn ctl(dir: &std::path::Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Process::new(program("sportelloctl", "sportelloctl"))
        .args(["--json", "--dir"])
        .arg(dir)
        .args(arguments)
        .env("SPORTELLO_USERNAME", "q1-a")
        .env("SPORTELLO_PASSPHRASE", PASSPHRASE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments does not read on.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn told(output: &Output) -> (i32, String) {
    let text = String::from_utf8_lossy(&output.stderr);
    let last = text.lines().last().unwrap_or_default();
    let problem: serde_json::Value = serde_json::from_str(last).unwrap_or_else(|_| panic!("no JSON: {text}"));
    assert!(
        problem["message"].as_str().unwrap().split_whitespace().count() >= 5,
        "{problem}"
    );
    (
        output.status.code().unwrap(),
        problem["code"].as_str().unwrap().to_owned(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn json_that_is_none_at_the_command_line() {
    let world = World::new().await;
    let (home, _clock, _folder) = world.desk.closed();
    let dir = home.path();
    for wrong in [
        "{",
        "",
        "null",
        "[]",
        "{\"type\":\"dance\"}",
        "{\"type\":\"add_note\"}",
        "{\"type\":\"present_appointment\",\"appointment\":7}",
    ] {
        assert_eq!(
            told(&ctl(dir, &["do", wrong], b"")),
            (2, "malformed_json".into()),
            "{wrong:?}"
        );
        assert_eq!(
            told(&ctl(dir, &["show", wrong], b"")),
            (2, "malformed_json".into()),
            "{wrong:?}"
        );
    }
    assert_eq!(told(&ctl(dir, &["do", "@/nowhere/at.json"], b"")).0, 2);
    assert_eq!(told(&ctl(dir, &["dance"], b"")), (2, "usage".into()));

    // One bad line of a script stops nothing but itself.
    let note = |text: &str| {
        format!(
            "{{\"command\":{{\"type\":\"add_note\",\"household\":\"{}\",\"text\":\"{text}\"}}}}\n",
            world.household.0
        )
    };
    let lines = [
        note("prima").as_bytes(),
        b"{\"command\":\n",
        b"\xff\xfe\n",
        b"{}\n",
        note("dopo").as_bytes(),
    ]
    .concat();
    let output = ctl(dir, &["script"], &lines);
    let answers: Vec<serde_json::Value> = String::from_utf8(output.stdout.clone())
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(
        answers
            .iter()
            .map(|a| a["ok"].as_bool().unwrap())
            .collect::<Vec<_>>(),
        [true, false, false, false, true]
    );
    assert!(
        answers[1..4]
            .iter()
            .all(|a| a["error"]["code"] == "malformed_json"),
        "{answers:?}"
    );
    assert_eq!(told(&output), (2, "lines_failed".into()));
    let query = format!("{{\"type\":\"household\",\"id\":\"{}\"}}", world.household.0);
    let view: serde_json::Value = serde_json::from_slice(&ctl(dir, &["show", &query], b"").stdout).unwrap();
    assert_eq!(view["household"]["notes"].as_array().unwrap().len(), 2);
    let verified = ctl(dir, &["verify"], b"");
    assert!(
        verified.status.success(),
        "{}",
        String::from_utf8_lossy(&verified.stderr)
    );
}
