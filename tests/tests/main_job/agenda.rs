// SPDX-License-Identifier: EUPL-1.2
//! Hours, bookings and the queue, at desks that sometimes cannot hear of each other.

use crate::world::World;
use base64::Engine as _;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use sportello_desk::query::{DocumentRequest, ExportTable, TableFormat};
use sportello_desk::view::{
    AgendaConflictsView, BoardView, DisplayView, FileView, HoursImpactView, SeriesPreviewView, SeriesVerdict,
    StatisticsView, Touched,
};
use sportello_desk::{Command, Query, View};
use sportello_domain::agenda::{Closed, Closure, SiteHours, Span, WeekHours};
use sportello_domain::appointment::{AppointmentStatus, Outcome, Person};
use sportello_domain::command::{AppointmentMove, FileInput};
use sportello_domain::ids::{AppointmentId, SiteId};
use sportello_domain::queue::Priority;
use sportello_tests::Seat;
use sportello_tests::answers::{bytes_of, text_of};
use sportello_tests::clock::march;
use sportello_tests::facts::{self, SERVICE};

fn at(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn hours(site: SiteId, staff: u16, until: u32) -> SiteHours {
    SiteHours {
        site,
        weeks: vec![WeekHours {
            valid_from: None,
            valid_to: None,
            spans: (1..=6)
                .map(|weekday| Span {
                    weekday,
                    from: at(8, 30),
                    to: at(until, 0),
                    staff,
                })
                .collect(),
        }],
        closures: vec![],
        extra: vec![],
        open_on_holidays: false,
    }
}

fn walk_in(seat: &Seat, name: &str, priority: Option<Priority>) -> AppointmentId {
    let done = seat.act(Command::WalkIn {
        household: None,
        person: Some(Person {
            name: name.into(),
            phone: String::new(),
        }),
        service: SERVICE,
        priority,
        reason: String::new(),
    });
    AppointmentId(done.subject.unwrap().id)
}

fn call_next(seat: &Seat) -> AppointmentId {
    let done = seat.act(Command::CallNext { service: None });
    AppointmentId(done.subject.unwrap().id)
}

fn tickets(board: &BoardView) -> Vec<String> {
    board
        .waiting
        .iter()
        .map(|row| row.ticket.unwrap().to_string())
        .collect()
}

fn display(seat: &Seat) -> DisplayView {
    match seat.ask(&Query::Display) {
        View::Display(view) => view,
        other => panic!("{other:?}"),
    }
}

fn conflicts(seat: &Seat) -> AgendaConflictsView {
    match seat.ask(&Query::AgendaConflicts { site: None }) {
        View::AgendaConflicts(view) => view,
        other => panic!("{other:?}"),
    }
}

fn impact(seat: &Seat, hours: &SiteHours) -> HoursImpactView {
    match seat.ask(&Query::HoursImpact { hours: hours.clone() }) {
        View::HoursImpact(view) => view,
        other => panic!("{other:?}"),
    }
}

fn statistics(seat: &Seat) -> StatisticsView {
    let day = march(1, 0, 0).date();
    match seat.ask(&Query::Statistics {
        from: day,
        to: day,
        site: Some(facts::site(seat, "Q1")),
        service: None,
    }) {
        View::Statistics(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn agenda_of(seat: &Seat, site: SiteId, day: NaiveDate) -> sportello_desk::view::AgendaDay {
    match seat.ask(&Query::Agenda {
        site: Some(site),
        service: None,
        from: day,
        days: 1,
    }) {
        View::Agenda(mut view) => view.days.remove(0),
        other => panic!("{other:?}"),
    }
}

fn preview(seat: &Seat, file: &FileInput) -> SeriesPreviewView {
    match seat.ask(&Query::SeriesPreview {
        file: file.clone(),
        service: SERVICE,
        site: facts::site(seat, "Q1"),
    }) {
        View::SeriesPreview(view) => view,
        other => panic!("{other:?}"),
    }
}

fn file_of(seat: &Seat, query: &Query) -> FileView {
    match seat.ask(query) {
        View::File(file) => file,
        other => panic!("{other:?}"),
    }
}

fn file(name: &str, content: &str) -> FileInput {
    FileInput {
        name: name.into(),
        content: base64::engine::general_purpose::STANDARD.encode(content),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_desks_of_a_seat_call_one_queue_in_one_order_and_nobody_twice() {
    let world = World::new().await;
    let [early] = world.households(["Bini"]).await;
    // One has an appointment at half past nine; two come without, the second of them pregnant.
    let booked = world.a.book(early, march(1, 9, 30));
    walk_in(&world.a, "Uno Senza", None);
    world.office.time.pass_minutes(1);
    let pregnant = walk_in(&world.b, "Due Senza", Some(Priority::Pregnancy));
    world.a.present(booked);
    world.meet().await;
    let (a, b) = (world.a.board(), world.b.board());
    assert_eq!(tickets(&a), tickets(&b), "the same order at both desks");
    assert_eq!(tickets(&a).len(), 3);
    assert_eq!(a.next, Some(pregnant), "who has precedence goes first");
    // Numbers are of the desk that gave them.
    let mut letters: Vec<char> = tickets(&a).iter().map(|t| t.chars().next().unwrap()).collect();
    letters.sort_unstable();
    assert_eq!(letters, ['A', 'A', 'B']);

    assert_eq!(call_next(&world.a), pregnant);
    world.meet().await;
    let refused = world.b.refused(Command::CallAppointment {
        appointment: pregnant,
    });
    assert_eq!(refused, "called_elsewhere");
    let second = call_next(&world.b);
    assert_ne!(second, pregnant, "nobody is called twice at once");
    world.meet().await;

    // The waiting room sees both numbers and no names.
    let shown = display(&world.a);
    assert_eq!(shown.calls.iter().filter(|call| call.current).count(), 2);
    assert_eq!(shown.waiting, 1);
    let text = serde_json::to_string(&shown).unwrap();
    assert!(!text.contains("Senza") && !text.contains("Bini"), "{text}");

    // Called again, not there, and back: with the same number, behind who stayed.
    world.a.act(Command::CallAppointment {
        appointment: pregnant,
    });
    assert!(display(&world.a).calls.iter().any(|call| call.calls == 2));
    world.a.act(Command::NotThere {
        appointment: pregnant,
    });
    let number = world.a.board().missed[0].ticket;
    world.office.time.pass_minutes(5);
    world.a.present(pregnant);
    let back = world
        .a
        .board()
        .waiting
        .into_iter()
        .find(|row| row.id == pregnant)
        .unwrap();
    assert_eq!(back.ticket, number);
    world.meet().await;
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_transferred_has_more_services_and_its_times_are_the_same_everywhere() {
    let world = World::new().await;
    let visit = walk_in(&world.a, "Persona Prima", None);
    world.office.time.pass_minutes(10);
    assert_eq!(call_next(&world.a), visit);
    world.office.time.pass_minutes(4);
    let to = world.b.desk.id();
    world.a.act(Command::TransferAppointment {
        appointment: visit,
        desk: Some(to),
        service: None,
        reason: "Parla la sua lingua".into(),
    });
    assert_eq!(
        world.a.refused(Command::CallNext { service: None }),
        "nobody_waits"
    );
    world.meet().await;
    world.office.time.pass_minutes(6);
    assert_eq!(call_next(&world.b), visit);
    let more = world.b.act(Command::AddService {
        appointment: visit,
        service: SERVICE,
    });
    world.office.time.pass_minutes(5);
    world.b.act(Command::CloseAppointment {
        appointment: visit,
        outcome: Outcome::Served,
    });
    let more = AppointmentId(more.subject.unwrap().id);
    let board = world.b.board();
    assert_eq!(board.waiting[0].id, more);
    assert_eq!(
        board.waiting[0].ticket, board.done[0].ticket,
        "one number for one visit"
    );
    world.meet().await;
    let figures = statistics(&world.supervisor);
    assert_eq!(figures, statistics(&world.a), "the same figures everywhere");
    assert_eq!(figures, statistics(&world.b));
    let total = &figures.total;
    assert_eq!((total.walk_ins, total.presented, total.served), (2, 2, 1));
    // Ten minutes for the first desk, six for the second; four and five at a counter.
    assert_eq!((total.waiting.n, total.waiting.median), (1, 16 * 60));
    assert_eq!((total.serving.n, total.serving.median), (1, 9 * 60));
    assert!(total.places > 0);
    let table = file_of(
        &world.supervisor,
        &Query::Export {
            table: ExportTable::Statistics {
                from: march(1, 0, 0).date(),
                to: march(1, 0, 0).date(),
                site: None,
                service: None,
            },
            format: TableFormat::Csv,
        },
    );
    assert!(
        text_of(&table).contains("Consegna buoni spesa"),
        "{}",
        text_of(&table)
    );
    let other = Query::Export {
        table: ExportTable::Statistics {
            from: march(1, 0, 0).date(),
            to: march(1, 0, 0).date(),
            site: None,
            service: Some(sportello_domain::ids::ServiceId::default()),
        },
        format: TableFormat::Csv,
    };
    let other = text_of(&file_of(&world.supervisor, &other));
    assert_eq!(other.trim().lines().count(), 1, "the headings only: {other}");
    let paper = world
        .b
        .document(DocumentRequest::TicketSlip { appointment: more });
    assert!(bytes_of(&paper).starts_with(b"%PDF"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_hours_shows_whom_it_touches_and_moves_them_together() {
    let world = World::new().await;
    let site = facts::site(&world.supervisor, "Q1");
    let [one, two, three] = world.households(["Alfa", "Beta", "Gamma"]).await;
    world.supervisor.act(Command::DefineHours {
        hours: hours(site, 3, 13),
    });
    world.meet().await;
    let late = world.a.book(one, march(2, 12, 30));
    let first = world.a.book(two, march(2, 9, 0));
    let second = world.b.book(three, march(3, 9, 0));
    world.meet().await;
    // From now on the site closes at noon, and the second of March is a day off.
    let mut new = hours(site, 3, 12);
    new.closures.push(Closure {
        from: march(3, 0, 0).date(),
        to: march(3, 0, 0).date(),
        from_time: None,
        to_time: None,
        reason: "Sciopero".into(),
    });
    let touched = impact(&world.supervisor, &new).touched;
    let ids: Vec<AppointmentId> = touched.iter().map(|row| row.appointment.id).collect();
    assert_eq!(ids, [late, second]);
    assert_eq!(touched[0].touched, Touched::NoSlot);
    assert!(
        matches!(&touched[1].touched, Touched::Closed { closed: Closed::Closure { reason } } if reason == "Sciopero")
    );
    let offers: Vec<NaiveDateTime> = touched.iter().map(|row| row.offer.unwrap()).collect();
    assert_eq!(offers, [march(2, 11, 45), march(4, 9, 0)]);
    world.supervisor.act(Command::DefineHours { hours: new });
    let moved = world.supervisor.act(Command::MoveAppointments {
        moves: touched
            .iter()
            .map(|row| AppointmentMove {
                appointment: row.appointment.id,
                site,
                start: row.offer.unwrap(),
            })
            .collect(),
        overbook: None,
    });
    world.meet().await;
    let day = agenda_of(&world.b, site, march(3, 0, 0).date());
    assert!(matches!(day.closed, Some(Closed::Closure { .. })), "{day:?}");
    let start_of = |id| match world.b.ask(&Query::Appointment { id }) {
        View::Appointment(row) => row.start,
        other => panic!("{other:?}"),
    };
    assert_eq!(start_of(first), march(2, 9, 0), "who was not touched stays");
    assert_eq!(start_of(second), march(4, 9, 0));
    // Taken back all at once; while the site is closed then, not at all.
    let back = *moved.undo.expect("a move can be taken back");
    assert_eq!(world.supervisor.refused(back.clone()), "no_such_slot");
    world.supervisor.act(Command::DefineHours {
        hours: hours(site, 3, 13),
    });
    world.supervisor.act(back);
    world.meet().await;
    assert_eq!(
        (start_of(late), start_of(second)),
        (march(2, 12, 30), march(3, 9, 0))
    );
    let wrong = Command::DefineHours {
        hours: hours(site, 0, 12),
    };
    assert_eq!(world.supervisor.refused(wrong), "hours_wrong");
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_desks_offline_give_the_last_place_and_both_are_kept_and_told() {
    let world = World::new().await;
    let site = facts::site(&world.supervisor, "Q1");
    world.supervisor.act(Command::DefineHours {
        hours: hours(site, 1, 13),
    });
    let [one, two, three] = world.households(["Alfa", "Beta", "Gamma"]).await;
    world.a.unplug();
    world.b.unplug();
    world.a.book(one, march(2, 9, 0));
    let last = world.b.book(two, march(2, 9, 0));
    world.a.plug();
    world.b.plug();
    world.meet().await;
    for seat in [&world.a, &world.b, &world.supervisor] {
        let found = conflicts(seat);
        assert_eq!(found.rows.len(), 1, "{found:?}");
        assert_eq!((found.rows[0].capacity, found.rows[0].appointments.len()), (1, 2));
        assert_eq!(found.rows[0].offer, Some(march(2, 8, 45)));
    }
    // Knowing of it somebody may still add one, with a reason: that is no mistake. Without one it is refused.
    let more = |overbook| Command::BookAppointment {
        household: Some(three),
        person: None,
        service: SERVICE,
        site,
        start: march(2, 9, 0),
        overbook,
    };
    assert_eq!(world.a.refused(more(None)), "slot_full");
    world.a.act(Command::MoveAppointment {
        appointment: last,
        site,
        start: march(2, 8, 45),
        overbook: None,
    });
    world.a.act(more(Some("Urgenza dei Servizi Sociali".into())));
    world.meet().await;
    assert_eq!(conflicts(&world.supervisor).rows, []);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_is_looked_at_then_taken_in_once_from_a_table_or_a_calendar() {
    let world = World::new().await;
    let table = file(
        "appuntamenti.csv",
        "Nominativo;Telefono;Data;Ora;Sede\n\
         Rossi Anna;055 1;02/03/2021;9:00;Q1\n\
         Verdi Ugo;055 2;02/03/2021;9.3;Q1\n\
         Neri Eva;055 3;02/03/2021;9:07;Q1\n\
         Gialli Ada;055 4;02/03/2021;9:00;Marte\n",
    );
    let seen = preview(&world.a, &table);
    let codes: Vec<Option<&str>> = seen
        .rows
        .iter()
        .map(|row| row.problem.as_ref().map(|problem| problem.code.as_str()))
        .collect();
    assert_eq!(
        codes,
        [
            None,
            Some("series_when"),
            Some("no_such_slot"),
            Some("series_site")
        ]
    );
    assert_eq!(seen.bookable, 1);
    let take = |file: &FileInput, digest: &str| Command::ImportAppointments {
        file: file.clone(),
        service: SERVICE,
        site: facts::site(&world.a, "Q1"),
        digest: digest.into(),
    };
    assert_eq!(world.a.refused(take(&table, "00")), "import_other_file");
    world.a.act(take(&table, &seen.digest));
    assert_eq!(preview(&world.a, &table).rows[0].verdict, SeriesVerdict::Known);
    assert_eq!(world.a.refused(take(&table, &seen.digest)), "series_nothing");
    // The same list taken in at a desk that has not heard of it makes no second appointment.
    world.b.unplug();
    world.b.act(take(&table, &seen.digest));
    world.b.plug();
    world.meet().await;
    let day = march(2, 0, 0).date();
    let booked = |seat: &Seat| -> usize {
        let day = agenda_of(seat, facts::site(seat, "Q1"), day);
        day.slots.iter().map(|slot| slot.appointments.len()).sum()
    };
    assert_eq!((booked(&world.a), booked(&world.b)), (1, 1));

    // Out as a calendar, and in again somewhere else: the same appointment, and one of summer time.
    let calendar = file_of(
        &world.a,
        &Query::Calendar {
            appointment: None,
            site: None,
            from: Some(day),
            to: Some(day),
        },
    );
    let text = text_of(&calendar);
    assert!(
        text.contains("DTSTART;TZID=Europe/Rome:20210302T090000"),
        "{text}"
    );
    let more = text.replace("20210302T0", "20210330T0").replace("UID:", "UID:x");
    let seen = preview(&world.a, &file("agenda.ics", &more));
    assert_eq!(seen.rows[0].start, Some(march(30, 9, 0)));
    world.a.act(take(&file("agenda.ics", &more), &seen.digest));
    let list = world.a.document(DocumentRequest::DayList {
        site: facts::site(&world.a, "Q1"),
        day,
    });
    assert!(bytes_of(&list).starts_with(b"%PDF"));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_can_be_called_off_by_nobody_once_there() {
    let world = World::new().await;
    let visit = walk_in(&world.a, "Persona Presente", None);
    let refused = world.a.refused(Command::CancelAppointment {
        appointment: visit,
        reason: "errore".into(),
    });
    assert_eq!(refused, "wrong_status");
    let row = &world.a.board().waiting[0];
    assert_eq!((row.status, row.walk_in), (AppointmentStatus::Presented, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_written_down_by_mistake_is_taken_back_and_counts_nowhere() {
    let world = World::new().await;
    let come = |reason: &str| Command::WalkIn {
        household: None,
        person: Some(Person {
            name: "Persona Per Errore".into(),
            phone: String::new(),
        }),
        service: SERVICE,
        priority: Some(Priority::Other),
        reason: reason.into(),
    };
    assert_eq!(world.a.refused(come("")), "reason_missing");
    let done = world.a.act(come("Ha il treno alle 10"));
    let row = &world.a.board().waiting[0];
    assert!(row.undoable);
    assert_eq!(row.priority.as_ref().unwrap().reason, "Ha il treno alle 10");
    world.meet().await;
    let before = statistics(&world.b);
    assert_eq!((before.total.walk_ins, before.total.presented), (1, 1));
    world.a.act(*done.undo.expect("a mistake can be taken back"));
    world.meet().await;
    for seat in [&world.a, &world.b, &world.supervisor] {
        let total = statistics(seat).total;
        assert_eq!((total.walk_ins, total.cancelled, total.presented), (0, 0, 0));
    }
    let board = world.b.board();
    assert!(board.waiting.is_empty() && board.missed.is_empty(), "{board:?}");
    assert_eq!(display(&world.b).waiting, 0);
    let moved = Command::MoveAppointment {
        appointment: AppointmentId(done.subject.unwrap().id),
        site: world.a.desk.site(),
        start: march(2, 9, 0),
        overbook: None,
    };
    assert_eq!(world.a.refused(moved), "wrong_status");
    // Its number was perhaps printed: nobody gets it again.
    let next = walk_in(&world.a, "Persona Vera", None);
    let row = &world.a.board().waiting[0];
    assert_eq!((row.id, row.ticket.unwrap().number()), (next, 2));
    let more = world.a.act(Command::AddService {
        appointment: next,
        service: SERVICE,
    });
    world
        .a
        .act(*more.undo.expect("one more service can be taken back"));
    assert_eq!(world.a.board().waiting.len(), 1);
    // Called, it was there: only the call is taken back.
    let called = world.a.act(Command::CallAppointment { appointment: next });
    world.a.act(*called.undo.expect("a call can be taken back"));
    assert!(!world.a.board().waiting[0].undoable);
    let undo = Command::UndoAppointment { appointment: next };
    assert_eq!(world.a.refused(undo), "wrong_status");
    world.assert_sound();
}
