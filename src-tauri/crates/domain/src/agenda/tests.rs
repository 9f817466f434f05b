// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::ids::ServiceId;
use crate::office::{Opening, ServiceRules};
use chrono::NaiveTime;
use uuid::Uuid;

fn at(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn on(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, month, day).unwrap()
}

fn site() -> SiteId {
    SiteId(Uuid::from_u128(1))
}

fn service() -> Service {
    Service {
        id: ServiceId(Uuid::from_u128(7)),
        name: "Buoni spesa".into(),
        name_en: "Vouchers".into(),
        minutes: 15,
        requirements: vec![],
        sites: vec![site()],
        openings: vec![Opening {
            sites: vec![],
            weekdays: vec![1, 3],
            from: at(9, 0),
            to: at(10, 0),
            every_minutes: 15,
            capacity: 2,
        }],
        closed: vec![on(1, 13)],
        campaign: None,
        active: true,
        rules: None,
    }
}

fn span(weekday: u8, from: NaiveTime, to: NaiveTime, staff: u16) -> Span {
    Span {
        weekday,
        from,
        to,
        staff,
    }
}

fn hours(spans: Vec<Span>) -> SiteHours {
    SiteHours {
        site: site(),
        weeks: vec![WeekHours {
            valid_from: None,
            valid_to: None,
            spans,
        }],
        closures: vec![],
        extra: vec![],
        open_on_holidays: false,
    }
}

fn starts(day: &Day) -> Vec<(NaiveTime, u16)> {
    day.slots
        .iter()
        .map(|slot| (slot.start.time(), slot.capacity))
        .collect()
}

#[test]
fn without_hours_of_the_site_slots_follow_weekdays_closures_and_sites() {
    let monday = on(1, 4);
    let slots = day(&service(), None, site(), monday).slots;
    assert_eq!(slots.len(), 4);
    assert_eq!(slots[3].start, monday.and_time(at(9, 45)));
    assert_eq!(
        day(&service(), None, site(), on(1, 5)).closed,
        Some(Closed::NoHours)
    );
    assert!(matches!(
        day(&service(), None, site(), on(1, 13)).closed,
        Some(Closed::Closure { .. })
    ));
    let elsewhere = SiteId(Uuid::from_u128(2));
    assert_eq!(
        day(&service(), None, elsewhere, monday).closed,
        Some(Closed::NotHere)
    );
    let suspended = Service {
        active: false,
        rules: Some(ServiceRules {
            suspended: Some("guasto".into()),
            ..ServiceRules::default()
        }),
        ..service()
    };
    let reason = "guasto".into();
    assert_eq!(
        day(&suspended, None, site(), monday).closed,
        Some(Closed::Suspended { reason })
    );
}

#[test]
fn staff_limits_slots_and_breaks_have_none() {
    let hours = hours(vec![
        span(1, at(9, 0), at(9, 30), 1),
        span(1, at(9, 45), at(12, 0), 5),
    ]);
    let monday = day(&service(), Some(&hours), site(), on(1, 4));
    // 9:30 would fall into the break; the service itself has room for two.
    assert_eq!(starts(&monday), [(at(9, 0), 1), (at(9, 15), 1), (at(9, 45), 2)]);
}

#[test]
fn a_service_without_openings_fills_the_hours_of_the_site() {
    let service = Service {
        openings: vec![],
        minutes: 20,
        ..service()
    };
    let hours = hours(vec![span(2, at(9, 0), at(10, 10), 3)]);
    let tuesday = day(&service, Some(&hours), site(), on(1, 5));
    assert_eq!(starts(&tuesday), [(at(9, 0), 3), (at(9, 20), 3), (at(9, 40), 3)]);
}

#[test]
fn of_two_weeks_the_one_that_began_later_holds() {
    let mut hours = hours(vec![span(1, at(9, 0), at(10, 0), 1)]);
    hours.weeks.push(WeekHours {
        valid_from: Some(on(2, 1)),
        valid_to: Some(on(2, 28)),
        spans: vec![span(1, at(9, 30), at(10, 0), 1)],
    });
    let first = |day_of| {
        day(&service(), Some(&hours), site(), day_of).slots[0]
            .start
            .time()
    };
    assert_eq!(first(on(1, 25)), at(9, 0));
    assert_eq!(first(on(2, 1)), at(9, 30));
    assert_eq!(first(on(3, 1)), at(9, 0));
}

#[test]
fn closures_take_days_or_hours_and_extra_openings_give_them_back() {
    let mut hours = hours(vec![span(1, at(9, 0), at(10, 0), 1)]);
    hours.closures.push(Closure {
        from: on(1, 4),
        to: on(1, 4),
        from_time: Some(at(9, 20)),
        to_time: None,
        reason: "assemblea".into(),
    });
    hours.closures.push(Closure {
        from: on(1, 11),
        to: on(1, 18),
        from_time: None,
        to_time: None,
        reason: "lavori".into(),
    });
    let one = |day_of| day(&service(), Some(&hours), site(), day_of);
    assert_eq!(starts(&one(on(1, 4))), [(at(9, 0), 1)]);
    let reason = "lavori".into();
    assert_eq!(one(on(1, 18)).closed, Some(Closed::Closure { reason }));
    hours.extra.push(ExtraOpening {
        day: on(1, 18),
        from: at(9, 0),
        to: at(9, 30),
        staff: 1,
        reason: "recupero".into(),
    });
    assert_eq!(day(&service(), Some(&hours), site(), on(1, 18)).slots.len(), 2);
}

#[test]
fn holidays_are_closed_unless_the_site_says_otherwise() {
    // Easter Monday 2021.
    let mut hours = hours(vec![span(1, at(9, 0), at(10, 0), 1)]);
    let holiday = Holiday::EasterMonday;
    assert_eq!(
        day(&service(), Some(&hours), site(), on(4, 5)).closed,
        Some(Closed::Holiday { holiday })
    );
    hours.open_on_holidays = true;
    assert_eq!(day(&service(), Some(&hours), site(), on(4, 5)).slots.len(), 4);
}

#[test]
fn easter_falls_where_the_tables_say() {
    for (year, month, day_of) in [
        (2000, 4, 23),
        (2008, 3, 23),
        (2019, 4, 21),
        (2021, 4, 4),
        (2038, 4, 25),
    ] {
        let day_of = NaiveDate::from_ymd_opt(year, month, day_of).unwrap();
        assert_eq!(
            holiday(day_of),
            Some(if month == 4 && day_of.format("%d").to_string() == "25" {
                // Liberation Day and Easter at once: one name is enough.
                Holiday::Liberation
            } else {
                Holiday::Easter
            })
        );
    }
    assert_eq!(holidays(2021).len(), 13);
    assert_eq!(holiday(on(6, 24)), Some(Holiday::SaintJohn));
}

#[test]
fn other_services_keep_staff_busy() {
    let hours = hours(vec![span(1, at(9, 0), at(10, 0), 2)]);
    let monday = on(1, 4);
    let times = hours.staffed(monday).unwrap();
    let slot = day(&service(), Some(&hours), site(), monday).slots[1];
    let taken = |service: u128, hour, minute, minutes| Taken {
        service: ServiceId(Uuid::from_u128(service)),
        start: monday.and_time(at(hour, minute)),
        minutes,
    };
    let left = |taken: &[Taken]| free(&service(), slot, Some(&times), taken);
    assert_eq!(left(&[]), 2);
    assert_eq!(left(&[taken(8, 9, 0, 20)]), 1, "it reaches into the slot");
    assert_eq!(left(&[taken(8, 9, 0, 15)]), 2, "it ends when the slot begins");
    assert_eq!(
        left(&[taken(8, 9, 15, 5), taken(8, 9, 20, 5)]),
        1,
        "one after the other, so one of two is busy"
    );
    assert_eq!(left(&[taken(7, 9, 15, 15), taken(8, 9, 15, 15)]), 0);
    assert_eq!(
        free(&service(), slot, None, &[taken(8, 9, 15, 15)]),
        2,
        "without hours of the site each service is by itself"
    );
}

#[test]
fn hours_that_make_no_sense_are_told() {
    let wrong = |spans| hours(spans).check();
    assert_eq!(
        wrong(vec![span(1, at(9, 0), at(9, 0), 1)]),
        Err(HoursProblem::Span)
    );
    assert_eq!(
        wrong(vec![span(8, at(9, 0), at(10, 0), 1)]),
        Err(HoursProblem::Span)
    );
    assert_eq!(
        wrong(vec![span(1, at(9, 0), at(10, 0), 0)]),
        Err(HoursProblem::Span)
    );
    assert_eq!(
        wrong(vec![
            span(1, at(9, 0), at(10, 0), 1),
            span(1, at(9, 30), at(11, 0), 1)
        ]),
        Err(HoursProblem::Overlap)
    );
    let mut closed = hours(vec![]);
    closed.closures.push(Closure {
        from: on(1, 4),
        to: on(1, 4),
        from_time: None,
        to_time: None,
        reason: " ".into(),
    });
    assert_eq!(closed.check(), Err(HoursProblem::Reason));
    closed.closures[0].reason = "lavori".into();
    assert_eq!(closed.check(), Ok(()));
    closed.closures[0].to = on(1, 3);
    assert_eq!(closed.check(), Err(HoursProblem::Period));
}
