// SPDX-License-Identifier: EUPL-1.2
//! Exchange by stick between desks and the centre, without a network.

use crate::process::at;
use crate::seat::{Office, found};
use serde_json::json;

#[test]
fn what_a_desk_wrote_travels_by_stick_and_comes_back_acknowledged() {
    let mut office = Office::new();
    let (supervisor, _) = office.enrol("CEN", "SUP", "bianchi", "administrator");
    let (desk, _) = office.enrol("Q1", "Q1-A", "rossi", "operator");
    at(&supervisor, "bianchi", &["sync", "--until-quiet"]).done();
    office.unplug();
    found(&supervisor);
    let waiting = |dir: &std::path::Path, who: &str| {
        let status = at(dir, who, &["show", "{\"type\": \"status\"}"]).done().json();
        (
            status["waiting"].as_u64().unwrap(),
            status["on_stick"]["records"].as_u64(),
        )
    };
    let (before, on_stick) = waiting(&supervisor, "bianchi");
    assert!(before > 0 && on_stick.is_none());

    let stick = office.folder.path().join("stick.sportello");
    let stick = stick.to_str().unwrap();
    let told = at(
        &supervisor,
        "bianchi",
        &["bundle", "export", "--for", "Q1-A", "--out", stick],
    )
    .done()
    .json();
    assert_eq!(told["desks"][0]["name"], "Q1-A");
    // Nobody knows yet what the other desk has: it gets what the centre has already, too.
    assert!(told["own"].as_u64().unwrap() > before, "{told}");
    assert_eq!(
        waiting(&supervisor, "bianchi"),
        (before, Some(before)),
        "on the stick is not at the centre"
    );

    let told = at(&desk, "rossi", &["bundle", "import", stick]).done().json();
    assert_eq!(
        (&told["from"]["name"], &told["whole"]),
        (&json!("SUP"), &json!(true))
    );
    assert!(told["received"].as_u64().unwrap() > 0, "{told}");
    let reference = at(&desk, "rossi", &["show", "{\"type\": \"reference\"}"])
        .done()
        .json();
    assert_eq!(reference["campaigns"][0]["name"], "Buoni di prova");
    let again = at(&desk, "rossi", &["bundle", "import", stick]).done().json();
    assert_eq!(again["received"], 0);

    // A courier brings it to the centre, and the answer back.
    let file = std::fs::read(stick).unwrap();
    assert_eq!(office.central.take_bundle(&file[..]).unwrap().new, before);
    let opening = office.central.open_bundle(&file[..]).unwrap();
    let (_, answer) = office
        .central
        .write_bundle(Vec::new(), &[], Some(&opening))
        .unwrap();
    let back = office.folder.path().join("answer.sportello");
    std::fs::write(&back, answer).unwrap();
    let told = at(
        &supervisor,
        "bianchi",
        &["bundle", "import", back.to_str().unwrap()],
    )
    .done()
    .json();
    assert_eq!(
        (&told["from"], &told["acknowledged"], &told["waiting"]),
        (&json!(null), &json!(before), &json!(0))
    );
    assert_eq!(waiting(&supervisor, "bianchi"), (0, None));
    assert_eq!(at(&desk, "rossi", &["verify"]).code, 0);
}

#[test]
fn files_that_cannot_be_used_have_their_codes() {
    let office = Office::new();
    let (one, _) = office.enrol("Q1", "Q1-A", "rossi", "operator");
    let (two, _) = office.enrol("Q2", "Q2-A", "verdi", "operator");
    let path = |name: &str| office.folder.path().join(name).to_str().unwrap().to_owned();
    at(
        &one,
        "rossi",
        &["bundle", "export", "--out", &path("centre.sportello")],
    )
    .done();
    let fails = |dir: &std::path::Path, who: &str, file: &str| {
        let ran = at(dir, who, &["bundle", "import", file]);
        (ran.code, ran.error())
    };
    let told = fails(&two, "verdi", &path("centre.sportello"));
    assert_eq!(told, (1, "bundle_not_for_us".into()));
    std::fs::write(path("x.sportello"), b"una lettera").unwrap();
    assert_eq!(
        fails(&two, "verdi", &path("x.sportello")),
        (1, "bundle_not_one".into())
    );
    assert_eq!(
        fails(&two, "verdi", &path("none.sportello")),
        (2, "bundle_io".into())
    );
    let ran = at(
        &one,
        "rossi",
        &["bundle", "export", "--for", "Q9-Z", "--out", &path("y.sportello")],
    );
    assert_eq!((ran.code, ran.error()), (2, "not_named".into()));
    let ran = at(
        &one,
        "rossi",
        &[
            "bundle",
            "export",
            "--all-desks",
            "--out",
            &path("none/y.sportello"),
        ],
    );
    assert_eq!((ran.code, ran.error()), (2, "bundle_io".into()));

    // Cut off: what stands before the cut is taken in, and the exit code says that it was not all.
    at(&one, "rossi", &["sync"]).done();
    at(
        &one,
        "rossi",
        &[
            "bundle",
            "export",
            "--all-desks",
            "--whole",
            "--out",
            &path("all.sportello"),
        ],
    )
    .done();
    let bytes = std::fs::read(path("all.sportello")).unwrap();
    std::fs::write(path("cut.sportello"), &bytes[..bytes.len() - 10]).unwrap();
    assert_eq!(
        fails(&two, "verdi", &path("cut.sportello")),
        (5, "not_everything_exchanged".into())
    );
    assert_eq!(
        at(&two, "verdi", &["bundle", "import", &path("all.sportello")]).code,
        0
    );
}
