// SPDX-License-Identifier: EUPL-1.2
//! The objective sheet is loaded from the office's own text and followed: by hand, and from the records of the desks.

use crate::world::World;
use base64::Engine as _;
use sportello_central::NewDesk;
use sportello_desk::query::{DocumentRequest, ExportTable, TableFormat};
use sportello_desk::view::{PlanSourceOf, PlanView, Standing};
use sportello_desk::{Command, Query, View};
use sportello_domain::demo::SHEET;
use sportello_domain::entitlement::RefusalReason;
use sportello_domain::ids::PlanId;
use sportello_domain::office::Role;
use sportello_domain::plan::{Evidence, EvidenceFile, Forecast, Measure, Reached, Target, Verdict};
use sportello_tests::answers::{bytes_of, text_of, words_of};
use sportello_tests::clock::march;
use sportello_tests::facts::{self, CAMPAIGN};
use sportello_tests::{Seat, seat};

const VOUCHERS: Target = Target::Phase { number: 1 };
const SERVED: Target = Target::Indicator { number: 1 };
const QUESTIONNAIRE: Target = Target::Indicator { number: 2 };

fn id() -> PlanId {
    PlanId::of("2021_Z105")
}

fn loaded(seat: &Seat, text: &str) -> Result<sportello_desk::Outcome, sportello_desk::DeskError> {
    let file = facts::file("peg.txt", text.as_bytes());
    let reading = match seat.ask(&Query::PlanReading { file }) {
        View::PlanReading(view) => view.reading,
        other => panic!("{other:?}"),
    };
    seat.try_act(Command::LoadPlan {
        sheet: Box::new(reading.sheet),
        file: "peg.txt".into(),
    })
}

fn plan(seat: &Seat) -> Box<PlanView> {
    match seat.ask(&Query::Plan { id: id() }) {
        View::Plan(view) => view,
        other => panic!("{other:?}"),
    }
}

fn bind(target: Target, measure: Measure) -> Command {
    Command::BindPlan {
        plan: id(),
        target,
        measure: Some(measure),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_sheet_is_loaded_and_followed_from_the_records_of_the_desks() {
    let world = World::new().await;
    let (desk, supervisor) = (&world.a, &world.supervisor);
    let [served, missing] = world.households(["Rossi", "Verdi"]).await;

    let file = facts::file("peg.txt", SHEET.as_bytes());
    let View::PlanReading(reading) = supervisor.ask(&Query::PlanReading { file }) else {
        panic!("another answer came")
    };
    assert_eq!(reading.reading.left, [], "the whole sheet is understood");
    assert_eq!((reading.known, &reading.hindrance), (None, &None));
    assert_eq!(reading.lines.len(), SHEET.lines().count());
    loaded(supervisor, SHEET).unwrap();
    assert_eq!(
        loaded(supervisor, SHEET).unwrap_err().code(),
        "plan_unchanged",
        "loaded twice it is there once"
    );
    supervisor.act(bind(SERVED, Measure::ServedOfPresented { campaign: CAMPAIGN }));
    supervisor.act(bind(VOUCHERS, Measure::ServedOfEntitled { campaign: CAMPAIGN }));
    assert_eq!(
        supervisor.refused(bind(VOUCHERS, Measure::ServedOfPresented { campaign: CAMPAIGN })),
        "field_invalid"
    );

    desk.serve(served, march(1, 9, 0));
    let waits = desk.at_the_counter(missing, march(1, 9, 30));
    desk.refuse(missing, Some(waits), RefusalReason::NoDocument);
    world.meet().await;
    let seen = plan(supervisor);
    let indicator = supervisor.indicator(CAMPAIGN);
    assert_eq!(indicator.value, Some(5_000));
    assert_eq!(seen.indicators[0].reached, Some(Reached::Share { value: 5_000 }));
    assert_eq!(seen.indicators[0].verdict, Verdict::Missed);
    assert_eq!(seen.phases[0].percent, 50);
    let PlanSourceOf::Records {
        standing,
        missing_desks,
        ..
    } = seen.indicators[0].source
    else {
        panic!("{:?}", seen.indicators[0].source)
    };
    assert_eq!(
        (standing, usize::try_from(missing_desks).unwrap()),
        (indicator.standing, indicator.missing_desks.len()),
        "as far as the indicator itself can be relied on"
    );
    assert_eq!(seen.phases[1].source, PlanSourceOf::Nothing);
    assert_eq!(
        seen.phases[1].forecast,
        Forecast::Unknown,
        "it should have begun in January"
    );
    assert_eq!(seen.indicators[1].verdict, Verdict::Open);

    // The other one is served as well: the figure follows, and nobody had to write it down.
    let again = desk.at_the_counter(missing, march(1, 10, 0));
    desk.deliver(missing, Some(again));
    world.meet().await;
    let seen = plan(supervisor);
    assert_eq!(seen.indicators[0].verdict, Verdict::Reached);
    assert_eq!((seen.phases[0].percent, seen.done), (100, Some(50)));
    // A desk that has not been heard of may have more to tell.
    world.b.unplug();
    world.office.time.pass_minutes(10);
    supervisor.exchange().await;
    let PlanSourceOf::Records { standing, .. } = plan(supervisor).indicators[0].source else {
        panic!("it is read from the records")
    };
    assert_eq!(standing, Standing::Provisional);
    world.b.plug();
    world.meet().await;
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_followed_by_hand_carries_its_evidence_everywhere() {
    let world = World::new().await;
    let supervisor = &world.supervisor;
    loaded(supervisor, SHEET).unwrap();
    let evidence = |content: &[u8]| {
        Some(Evidence {
            title: "Verbale di avvio 3/2021".into(),
            file: Some(EvidenceFile {
                name: "verbale.pdf".into(),
                content: base64::engine::general_purpose::STANDARD.encode(content),
            }),
        })
    };
    let say = |target, reached, evidence| Command::NotePlan {
        plan: id(),
        target,
        reached,
        note: "avviata la somministrazione".into(),
        evidence,
    };
    let day = march(1, 0, 0).date();
    let command = seat::new_command();
    let noted = say(QUESTIONNAIRE, Reached::Day { day }, evidence(b"%PDF-1.7"));
    // The centre is down: it is written all the same.
    supervisor.unplug();
    supervisor.try_act_as(command, &noted).unwrap();
    assert_eq!(
        supervisor.refused(say(
            QUESTIONNAIRE,
            Reached::Day { day },
            evidence(&vec![7; 600_000])
        )),
        "file_too_large"
    );
    assert_eq!(
        supervisor.refused(say(VOUCHERS, Reached::Day { day }, None)),
        "field_invalid"
    );
    supervisor.plug();
    world.meet().await;

    // At another supervisors' desk, that comes later.
    let new = NewDesk {
        supervises: true,
        ..NewDesk::new("CEN", "CEN-T")
    };
    let other = world.office.enrolled(&new, Role::Administrator).await;
    world.office.until_quiet(&[supervisor, &other]).await;
    let seen = plan(&other);
    assert_eq!(seen.indicators[1].verdict, Verdict::Reached);
    assert_eq!(seen.indicators[1].source, PlanSourceOf::Hand);
    let note = seen.indicators[1].note.clone().unwrap();
    assert_eq!(
        (note.id, note.file.as_deref(), note.evidence.as_str()),
        (command, Some("verbale.pdf"), "Verbale di avvio 3/2021")
    );
    let View::File(file) = other.ask(&Query::PlanEvidence {
        id: id(),
        note: note.id,
    }) else {
        panic!("another answer came")
    };
    assert_eq!(
        (file.name.as_str(), bytes_of(&file)),
        ("verbale.pdf", b"%PDF-1.7".to_vec())
    );

    // The sheet is revised: the same plan, and what was said of it stays.
    loaded(&other, &SHEET.replace("30/10/2021", "30/11/2021")).unwrap();
    world.office.until_quiet(&[supervisor, &other]).await;
    let revised = plan(supervisor);
    assert_eq!(revised.plan.loads.len(), 2);
    assert_eq!(revised.indicators[1].verdict, Verdict::Reached);
    assert_eq!(revised.phases[1].phase.to.to_string(), "2021-11-30");
    other.assert_sound();
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_goes_to_the_direction_in_its_own_form() {
    let world = World::new().await;
    let supervisor = &world.supervisor;
    loaded(supervisor, SHEET).unwrap();
    supervisor.act(Command::NotePlan {
        plan: id(),
        target: VOUCHERS,
        reached: Reached::Percent { value: 60 },
        note: "quattro sedi su sei".into(),
        evidence: None,
    });
    let paper = words_of(&supervisor.document(DocumentRequest::PlanReport { plan: id() }));
    for said in [
        "2021_Z105",
        "Direzione",
        "UFFICIO DEL SINDACO",
        "SANTORO FRANCESCA",
        "Collegato a",
        "Consegna dei buoni spesa nel periodo",
        "02/01/2021",
        "30/04/2021",
        "60%",
        "100%",
        "30/09/2021",
        "quattro sedi su sei",
    ] {
        assert!(paper.contains(said), "{said} does not stand in\n{paper}");
    }
    let table = text_of(&supervisor.export(ExportTable::Plan { plan: id() }, TableFormat::Csv));
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 6, "headings, two phases, three indicators");
    assert!(
        rows[1].contains("02/01/2021") && rows[1].contains("60%"),
        "{}",
        rows[1]
    );
    assert!(rows[5].contains("30/09/2021"), "{}", rows[5]);
    let View::File(chart) = supervisor.ask(&Query::PlanChart { id: id() }) else {
        panic!("another answer came")
    };
    assert_eq!(chart.media_type, "image/svg+xml");
    assert!(text_of(&chart).contains("60 %"));

    // Whoever serves at a desk does not run the plan.
    let code = |answer: Result<View, sportello_desk::DeskError>| answer.unwrap_err().code();
    assert_eq!(code(world.a.try_ask(&Query::Plans)), "role_too_low");
    assert_eq!(loaded_at_a_desk(&world.a), "role_too_low", "nor loads one");
}

fn loaded_at_a_desk(seat: &Seat) -> String {
    let sheet = sportello_domain::plan::sheet::read(SHEET).sheet;
    seat.refused(Command::LoadPlan {
        sheet: Box::new(sheet),
        file: "peg.txt".into(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_sheet_is_told_and_not_loaded() {
    let world = World::new().await;
    let supervisor = &world.supervisor;
    let read = |name: &str, bytes: &[u8]| {
        supervisor.try_ask(&Query::PlanReading {
            file: facts::file(name, bytes),
        })
    };
    for (bytes, code) in [
        (&b"%PDF-1.7 ..."[..], "plan_pdf"),
        (&b"PK\0\0"[..], "plan_no_text"),
        (&vec![b'x'; 2 << 20][..], "file_too_large"),
    ] {
        assert_eq!(read("peg", bytes).unwrap_err().code(), code);
    }
    let Ok(View::PlanReading(nothing)) = read("lista.txt", b"Cari colleghi,\n\nbuon lavoro.\n") else {
        panic!("another answer came")
    };
    assert_eq!(nothing.hindrance.unwrap().code, "plan_hindered");
    assert_eq!(nothing.reading.left.len(), 2, "what was not understood is shown");
    assert_eq!(
        loaded(supervisor, "Cari colleghi").unwrap_err().code(),
        "field_invalid"
    );
    // An old spreadsheet saved the text in Windows-1252.
    let old: Vec<u8> = SHEET
        .chars()
        .map(|character| match character {
            '’' => 0x92,
            '“' => 0x93,
            '”' => 0x94,
            other => u8::try_from(u32::from(other)).unwrap(),
        })
        .collect();
    let Ok(View::PlanReading(old)) = read("peg.txt", &old) else {
        panic!("another answer came")
    };
    assert!(old.reading.sheet.links[2].contains("prossimità"));
}
