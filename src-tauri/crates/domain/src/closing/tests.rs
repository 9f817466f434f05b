// SPDX-License-Identifier: EUPL-1.2
//! What a closing adds up to.

use super::*;
use proptest::prelude::*;

fn run(first: u64, last: u64) -> Run {
    Run {
        series: "A".into(),
        first,
        last,
        width: 4,
    }
}

fn line(expected: Vec<Run>, counted: Counted) -> CountLine {
    CountLine {
        campaign: CampaignId::default(),
        denomination: Cents(1000),
        expected,
        counted,
        explanation: None,
    }
}

#[test]
fn as_many_of_other_serials_is_a_difference_too() {
    let same = Counted::Scanned {
        runs: vec![run(1, 10)],
    };
    assert!(!line(vec![run(1, 10)], same).differs());
    let other = line(
        vec![run(1, 10)],
        Counted::Scanned {
            runs: vec![run(2, 11)],
        },
    );
    assert!(other.differs());
    assert_eq!(
        (other.missing(), other.extra()),
        (vec![run(1, 1)], vec![run(11, 11)])
    );
    assert!(line(vec![run(1, 10)], Counted::Number { count: 9 }).differs());
    assert!(!line(vec![run(1, 10)], Counted::Number { count: 10 }).differs());
}

#[test]
fn what_is_closed_is_what_came_before_and_is_of_that_day_or_an_earlier_one() {
    assert!(closes("delivery.confirmed") && closes("stock.removed") && closes("paper.form_entered"));
    assert!(!closes("closing.day_closed") && !closes("appointment.booked") && !closes("looks.noted"));
    let day = |day| NaiveDate::from_ymd_opt(2021, 3, day).unwrap();
    let closing = Closing {
        id: ClosingId::of(DeskId::default(), day(2), 1),
        desk: DeskId::default(),
        day: day(2),
        turn: 1,
        counts: vec![],
        figures: ClosingFigures::default(),
        note: String::new(),
        at: Timestamp(0),
        by: OperatorId::default(),
        hlc: Hlc::new(100, 0),
        corrections: vec![],
    };
    assert!(closing.covers(day(2), Hlc::new(99, 0)) && closing.covers(day(1), Hlc::new(99, 0)));
    assert!(
        !closing.covers(day(3), Hlc::new(99, 0)),
        "this morning, before yesterday was closed"
    );
    assert!(!closing.covers(day(2), Hlc::new(101, 0)), "after it");
}

proptest! {
    /// What was expected is what was counted, less what is too many, with what is missing.
    #[test]
    fn a_scanned_count_adds_up(
        expected in prop::collection::vec((0_u64..60, 0_u64..6), 0..5),
        counted in prop::collection::vec((0_u64..60, 0_u64..6), 0..5),
    ) {
        let runs = |made: Vec<(u64, u64)>| {
            // Runs that do not overlap, as stocks and counts have them.
            made.into_iter().fold(Vec::<Run>::new(), |mut runs, (first, more)| {
                let fresh = serial::subtract(&[run(first, first + more)], &runs);
                runs.extend(fresh);
                runs
            })
        };
        let line = line(runs(expected), Counted::Scanned { runs: runs(counted) });
        prop_assert_eq!(
            line.expected_count() + serial::count(&line.extra()),
            line.counted_count() + serial::count(&line.missing())
        );
    }
}
