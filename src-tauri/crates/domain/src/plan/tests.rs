// SPDX-License-Identifier: EUPL-1.2
//! Every rule of a plan that is followed has a test here that fails without it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::context::{Ctx, tests::ctx};
use crate::demo::SHEET as REAL;
use crate::event::NewEvent;
use crate::ids::{CampaignId, CommandId, OperatorId, PlanId};
use crate::meta::{EventMeta, Topic};
use crate::refusal::Rejection;
use crate::state::Fold;
use crate::time::{Hlc, Timestamp};
use chrono::{Duration, NaiveDate};
use proptest::prelude::*;
use uuid::Uuid;

const VOUCHERS: Target = Target::Phase { number: 1 };
const SERVED: Target = Target::Indicator { number: 1 };
const ASKED: Target = Target::Indicator { number: 2 };

fn sheet() -> Sheet {
    sheet::read(REAL).sheet
}

fn fold(state: Option<Plan>, tick: u64, events: &[NewEvent]) -> Plan {
    events
        .iter()
        .fold(state, |state, event| {
            let meta = EventMeta {
                desk: ctx().desk,
                topic: event.topic,
                seq: tick,
                hlc: Hlc(tick << 16),
                at: Timestamp(i64::try_from(tick).unwrap()),
                entity: event.entity,
                actor: OperatorId::default(),
                command: CommandId(Uuid::from_u128(u128::from(tick))),
            };
            Plan::fold(state, &meta, &event.event)
        })
        .unwrap()
}

fn loaded() -> Plan {
    fold(None, 1, &load(&ctx(), sheet(), "peg.txt", None).unwrap().1)
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn half() -> Reached {
    Reached::Percent { value: 50 }
}

#[test]
fn the_same_code_is_the_same_plan_and_the_same_sheet_nothing_new() {
    let plan = loaded();
    assert_eq!(plan.id, PlanId::of(" 2021_z105 "));
    assert_eq!(
        load(&ctx(), sheet(), "peg.txt", Some(&plan)),
        Err(Rejection::PlanUnchanged)
    );
    let mut revised = sheet();
    revised.phases[1].to = day(2021, 11, 30);
    let (id, events) = load(&ctx(), revised.clone(), "rimodulazione.txt", Some(&plan)).unwrap();
    assert_eq!((id, events[0].topic), (plan.id, Topic::Office));
    let noted = fold(
        Some(plan.clone()),
        2,
        &note(&ctx(), &plan, VOUCHERS, half(), "a metà", None).unwrap(),
    );
    let after = fold(Some(noted), 3, &events);
    assert_eq!(after.sheet, revised);
    assert_eq!(after.loads.len(), 2);
    assert_eq!(after.said(VOUCHERS), Some(half()), "what was said of it stays");
}

#[test]
fn a_sheet_that_makes_no_plan_is_not_loaded() {
    let mut wrong = sheet();
    wrong.phases[0].to = day(2020, 1, 1);
    assert_eq!(
        load(&ctx(), wrong, "peg.txt", None),
        Err(Rejection::FieldInvalid { field: "sheet" })
    );
}

#[test]
fn what_is_said_fits_what_it_is_said_of_and_is_shown() {
    let plan = loaded();
    let say = |target, reached, text: &str| note(&ctx(), &plan, target, reached, text, None);
    let share = Reached::Share { value: 9_900 };
    let today = Reached::Day {
        day: day(2021, 1, 18),
    };
    assert!(say(VOUCHERS, half(), "a metà").is_ok());
    assert!(say(SERVED, share, "dal registro").is_ok());
    assert!(say(ASKED, today, "somministrato").is_ok());
    for (target, reached) in [
        (VOUCHERS, share),
        (VOUCHERS, Reached::Percent { value: 101 }),
        (SERVED, today),
        (SERVED, Reached::Share { value: 10_001 }),
        (ASKED, half()),
    ] {
        assert_eq!(
            say(target, reached, "x"),
            Err(Rejection::FieldInvalid { field: "reached" }),
            "{target:?} {reached:?}"
        );
    }
    let tomorrow = Reached::Day {
        day: day(2021, 1, 19),
    };
    assert_eq!(
        say(ASKED, tomorrow, "x"),
        Err(Rejection::FieldInvalid { field: "day" })
    );
    assert_eq!(say(VOUCHERS, half(), " "), Err(Rejection::ReasonMissing));
    let third = Target::Phase { number: 3 };
    assert_eq!(
        say(third, half(), "x"),
        Err(Rejection::NotFound { what: "plan_target" })
    );
    assert_eq!(
        say(Target::Indicator { number: 0 }, share, "x"),
        Err(Rejection::NotFound { what: "plan_target" })
    );
}

#[test]
fn evidence_goes_with_what_is_said_and_is_not_larger_than_a_record_holds() {
    let plan = loaded();
    let with = |content: usize, title: &str| {
        let file = (content > 0).then(|| EvidenceFile {
            name: "verbale.pdf".into(),
            content: "A".repeat(content),
        });
        let evidence = Some(Evidence {
            title: title.into(),
            file,
        });
        note(&ctx(), &plan, VOUCHERS, half(), "", evidence)
    };
    let noted = fold(Some(plan.clone()), 2, &with(8, "Determina 12/2021").unwrap());
    let last = noted.last_note(VOUCHERS).unwrap();
    assert_eq!(last.evidence, "Determina 12/2021");
    assert_eq!(last.file.as_deref(), Some("verbale.pdf"));
    assert!(with(LARGEST_FILE, "").is_ok());
    assert!(matches!(
        with(LARGEST_FILE + 1, ""),
        Err(Rejection::FileTooLarge { .. })
    ));
    assert_eq!(with(0, " "), Err(Rejection::ReasonMissing));
}

#[test]
fn only_what_can_say_it_is_read_from_the_records() {
    let plan = loaded();
    let campaign = CampaignId(Uuid::from_u128(1));
    let indicator = Measure::ServedOfPresented { campaign };
    let served = Measure::ServedOfEntitled { campaign };
    let bound = fold(
        Some(plan.clone()),
        2,
        &bind(&plan, SERVED, Some(indicator)).unwrap(),
    );
    assert_eq!(bound.measure(SERVED), Some(indicator));
    assert_eq!(
        bind(&bound, SERVED, Some(indicator)),
        Err(Rejection::PlanUnchanged)
    );
    let free = fold(Some(bound.clone()), 3, &bind(&bound, SERVED, None).unwrap());
    assert_eq!(free.measure(SERVED), None);
    assert!(bind(&plan, VOUCHERS, Some(served)).is_ok());
    for (target, measure) in [(VOUCHERS, indicator), (SERVED, served), (ASKED, indicator)] {
        assert_eq!(
            bind(&plan, target, Some(measure)),
            Err(Rejection::FieldInvalid { field: "measure" })
        );
    }
}

#[test]
fn an_indicator_is_reached_missed_open_or_overdue() {
    let share = Expected::Share { value: 10_000 };
    let last = day(2021, 9, 30);
    let by = Expected::Day { day: last };
    let reached = |value| Some(Reached::Share { value });
    assert_eq!(verdict(share, reached(10_000), last), Verdict::Reached);
    assert_eq!(verdict(share, reached(9_999), last), Verdict::Missed);
    assert_eq!(verdict(share, None, last), Verdict::Open);
    let on = |day| Some(Reached::Day { day });
    assert_eq!(verdict(by, on(last), last), Verdict::Reached);
    assert_eq!(
        verdict(by, on(last + Duration::days(1)), last + Duration::days(9)),
        Verdict::Missed
    );
    assert_eq!(verdict(by, None, last), Verdict::Open);
    assert_eq!(verdict(by, None, last + Duration::days(1)), Verdict::Overdue);
}

#[test]
fn the_plan_is_as_far_as_its_phases_weighed_and_ends_with_the_last_of_them() {
    let mut plan = sheet();
    assert_eq!(
        done(&plan, &[100, 50]),
        Some(75),
        "no weights: each counts the same"
    );
    (plan.phases[0].weight, plan.phases[1].weight) = (Some(80), Some(20));
    assert_eq!(done(&plan, &[100, 50]), Some(90));
    plan.phases[1].weight = None;
    assert_eq!(
        done(&plan, &[100, 50]),
        Some(75),
        "one without counts like the mean"
    );
    let on = day(2021, 3, 1);
    assert_eq!(ends(&plan, &[100, 100], on), Some(Forecast::Done));
    assert_eq!(ends(&plan, &[50, 0], on), Some(Forecast::Unknown));
    // 57 days since 4 January gave a tenth: 513 more.
    let late = Forecast::Ends {
        day: on + Duration::days(513),
        late: i32::try_from((on + Duration::days(513) - day(2021, 10, 30)).num_days()).unwrap(),
    };
    assert_eq!(ends(&plan, &[100, 10], on), Some(late));
}

fn steps() -> impl Strategy<Value = Vec<(u32, u8, bool)>> {
    proptest::collection::vec((0_u32..4, 0_u8..=120, any::<bool>()), 0..30)
}

proptest! {
    #[test]
    fn what_holds_of_each_phase_is_the_last_word_that_fits_it(steps in steps()) {
        let mut plan = loaded();
        let mut said = [None, None];
        for (tick, (number, value, indicator)) in (2..).zip(steps) {
            // Written by whoever knew another sheet: what does not fit stays in the history and counts nowhere.
            let target = if indicator { Target::Indicator { number } } else { Target::Phase { number } };
            let reached = Reached::Percent { value };
            let body = PlanNoted { target, reached, note: "x".into(), evidence: None };
            plan = fold(Some(plan.clone()), tick, &[NewEvent::new(Topic::Office, plan.id, body)]);
            if !indicator && (1..=2).contains(&number) && value <= 100 {
                said[usize::try_from(number).unwrap() - 1] = Some(reached);
            }
        }
        for (number, said) in (1..).zip(said) {
            prop_assert_eq!(plan.said(Target::Phase { number }), said);
        }
    }

    #[test]
    fn more_done_of_a_phase_is_never_less_done_of_the_plan(
        a in 0_u8..=100, b in 0_u8..=100, other in 0_u8..=100, weights in proptest::option::of((1_u8..100, 1_u8..100)),
    ) {
        let mut plan = sheet();
        if let Some((one, two)) = weights {
            (plan.phases[0].weight, plan.phases[1].weight) = (Some(one), Some(two));
        }
        let (less, more) = (a.min(b), a.max(b));
        prop_assert!(done(&plan, &[less, other]) <= done(&plan, &[more, other]));
        prop_assert_eq!(done(&plan, &[100, 100]), Some(100));
        prop_assert!(done(&plan, &[less, 99]).unwrap() < 100);
    }
}

#[test]
fn whoever_plans_is_told_by_the_clock_that_it_is_given() {
    let late = Ctx {
        now: Timestamp::of_rome(day(2021, 12, 1).and_hms_opt(9, 0, 0).unwrap()),
        ..ctx()
    };
    let plan = loaded();
    let done = Reached::Day {
        day: day(2021, 11, 30),
    };
    assert!(note(&late, &plan, ASKED, done, "somministrato", None).is_ok());
    assert!(note(&ctx(), &plan, ASKED, done, "somministrato", None).is_err());
}
