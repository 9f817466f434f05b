// SPDX-License-Identifier: EUPL-1.2
//! Days without the centre while the seat's own network works: the desks of a seat meet through one of them, custody moves, and nobody
//! is told that anything is where it is not. A relay can keep things back; it can make nothing up, and lose nothing.

use crate::world::World;
use sportello_desk::Command;
use sportello_desk::view::SyncWay;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::ids::HouseholdId;
use sportello_tests::Seat;
use sportello_tests::clock::march;
use sportello_tests::counter::right;
use sportello_tests::facts::CAMPAIGN;
use sportello_tests::relay::{Hand, Relay};
use std::sync::Arc;
use std::time::Duration;

/// The office, and a third desk at the seat of Quartiere 1 that serves the other two as relay.
struct Days {
    world: World,
    r: Seat,
    relay: Relay,
}

impl Days {
    async fn new() -> Self {
        let world = World::new().await;
        let r = world.office.desk("Q1-R", "Q1").await;
        let all = [&world.supervisor, &world.a, &world.b, &r];
        world.office.until_quiet(&all).await;
        let relay = Relay::of(&r);
        for seat in [&world.a, &world.b] {
            seat.rely_on(&r, relay.address);
        }
        Self { world, r, relay }
    }

    fn all(&self) -> [&Seat; 4] {
        [&self.world.supervisor, &self.world.a, &self.world.b, &self.r]
    }

    async fn households<const N: usize>(&self, surnames: [&str; N]) -> [HouseholdId; N] {
        let entered = surnames.map(|surname| self.world.supervisor.enter(surname, 1));
        self.meet().await;
        entered
    }

    async fn meet(&self) {
        self.world.office.until_quiet(&self.all()).await;
    }

    /// The desks of the seat exchange through the relay until nothing moves.
    async fn meet_at_the_seat(&self) {
        for _ in 0..10 {
            let (a, b) = (self.world.a.relay().await, self.world.b.relay().await);
            if [a, b].iter().all(|report| report.pushed + report.pulled == 0) {
                return;
            }
        }
        panic!("records keep coming");
    }

    fn assert_sound(&self) {
        self.r.assert_sound();
        self.world.assert_sound();
    }
}

fn ask(seat: &Seat, household: HouseholdId) {
    seat.act(Command::RequestCustody {
        entitlement: right(household),
        to: None,
        reason: "si è presentata qui".into(),
    });
}

fn served(seat: &Seat, household: HouseholdId) -> (EntitlementStatus, usize) {
    let right = &seat.household(household).entitlements[0];
    (right.status, right.entitlement.deliveries.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn for_days_the_seat_goes_on_by_itself_and_then_all_is_at_the_centre_once() {
    let mut days = Days::new().await;
    let [rossi, verdi] = days.households(["Rossi", "Verdi"]).await;
    days.world.office.switch_off().await;
    days.world.office.time.pass_minutes(60 * 24 * 3);
    {
        let (a, b, r) = (&days.world.a, &days.world.b, &days.r);
        let now = march(4, 9, 0);
        days.world.office.time.set(now);
        for seat in [a, b, r] {
            // A connection that was still open breaks off; then nobody answers any more.
            assert!(seat.try_exchange().await.error.is_some());
            assert_eq!(seat.try_exchange().await.error.unwrap().code(), "unreachable");
        }

        // Both belong to A. Verdi shows up at B: custody comes through the relay, and goes only once.
        a.serve(rossi, now);
        ask(b, verdi);
        b.relay().await;
        assert_eq!(
            b.refused(b.delivery(verdi, None)),
            "not_holder",
            "nobody has given it yet"
        );
        a.relay().await;
        assert_eq!(
            a.refused(a.delivery(verdi, None)),
            "not_holder",
            "what was given away is gone"
        );
        b.relay().await;
        b.serve(verdi, now);
        days.meet_at_the_seat().await;
        for seat in [a, b, r] {
            assert_eq!(
                served(seat, rossi),
                (EntitlementStatus::Served, 1),
                "{}",
                seat.username
            );
            assert_eq!(
                served(seat, verdi),
                (EntitlementStatus::Served, 1),
                "{}",
                seat.username
            );
            let seen = seat.indicator(CAMPAIGN);
            assert_eq!((seen.served, seen.presented), (2, 2), "{}", seat.username);
        }

        // At the relay is not at the centre.
        for seat in [a, b] {
            let told = seat.status();
            assert!(told.waiting > 0 && !told.online && told.relay.online);
            assert_eq!(
                told.relay.handed, told.waiting,
                "all of it is at the relay, and waits"
            );
            assert_eq!(told.relay.desk.unwrap().name, "Q1-R");
            assert_eq!(told.relay.problem, None);
            let story = seat.story().entries;
            assert!(
                story
                    .iter()
                    .any(|entry| entry.way == SyncWay::Relay && entry.sent > 0)
            );
        }
        let story = r.story().entries;
        assert!(
            story
                .iter()
                .any(|entry| entry.way == SyncWay::RelayServed && entry.received > 0)
        );
        let heard = r
            .desks()
            .desks
            .into_iter()
            .find(|desk| desk.name == "Q1-A")
            .unwrap();
        assert_eq!(
            heard.seen_at.unwrap().rome().date(),
            now.date(),
            "the relay heard of it itself"
        );
        assert_eq!(heard.waiting, 0, "and has all that it wrote");
    }

    // The relay alone reaches the centre again: it brings what the others wrote, and they hear of it.
    days.world.office.switch_on().await;
    let (a, b, r) = (&days.world.a, &days.world.b, &days.r);
    a.unplug();
    b.unplug();
    let waiting = a.status().waiting + b.status().waiting;
    let before = days.world.office.central.verify().unwrap().records;
    let carried = r.exchange().await;
    assert_eq!(carried.carried, waiting);
    days.meet_at_the_seat().await;
    for seat in [a, b] {
        let told = seat.status();
        assert_eq!(
            (told.waiting, told.relay.handed, told.online),
            (0, 0, false),
            "{}",
            seat.username
        );
    }
    let at_centre = days.world.office.central.verify().unwrap().records;
    assert_eq!(at_centre, before + carried.carried + carried.pushed);
    a.plug();
    b.plug();
    days.meet().await;
    for seat in days.all() {
        assert_eq!(served(seat, rossi), (EntitlementStatus::Served, 1));
        assert_eq!(served(seat, verdi), (EntitlementStatus::Served, 1));
    }
    assert_eq!(days.world.supervisor.odd_deliveries(true), []);
    assert_eq!(
        days.world.office.central.verify().unwrap().records,
        at_centre,
        "nothing came twice"
    );
    days.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_relay_holds_itself_it_gives_in_the_same_exchange_and_by_itself() {
    let mut days = Days::new().await;
    let [rossi] = days.households(["Rossi"]).await;
    ask(&days.r, rossi);
    days.meet().await;
    assert!(days.r.counter(right(rossi)).entitlement.here);
    days.world.office.switch_off().await;
    // As the window does it: nobody presses anything.
    let b = &days.world.b;
    let background = tokio::spawn(b.desk.clone().sync_forever());
    ask(b, rossi);
    let mut patience = 600;
    while !b.counter(right(rossi)).entitlement.here {
        patience -= 1;
        assert!(patience > 0, "it never came: {:?}", b.status().relay);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(
        !days.r.counter(right(rossi)).entitlement.here,
        "what was given away is gone"
    );
    background.abort();
    let _ = background.await;
    b.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_seats_network_stands_nothing_in_the_clear_and_nothing_can_be_used_again() {
    let days = Days::new().await;
    let [rossi] = days.households(["Rossi"]).await;
    let (a, b, r) = (&days.world.a, &days.world.b, &days.r);
    a.unplug();
    a.serve(rossi, march(1, 9, 0));
    let hand = Hand::before(r);
    assert!(a.relay_by(&hand).await.is_clean());
    let seen = hand.seen();
    assert!(seen.len() >= 2);
    let id = a.desk.id().to_string();
    for (request, answer) in &seen {
        for bytes in [request, answer] {
            let text = String::from_utf8_lossy(bytes);
            for clear in [
                "Rossi",
                "Q1-A",
                "delivery",
                "Ghibellina",
                "push",
                "sig1",
                id.as_str(),
            ] {
                assert!(!text.contains(clear), "{clear} stands on the wire");
            }
        }
    }
    // Said again to the relay it changes nothing, and the answer opens for nobody else; to another desk it says nothing at all.
    let (head, verified) = (r.story().entries.len(), r.verification().records);
    for (request, answer) in &seen {
        let again = r.desk.answer_sealed(request).unwrap();
        assert_ne!(again, *answer);
        assert_eq!(b.desk.answer_sealed(request), None);
    }
    assert_eq!(
        (r.story().entries.len(), r.verification().records),
        (head, verified)
    );
    // An answer to another question is no answer.
    let old = seen[0].1.clone();
    let replayed = Hand::before(r).on_answers(move |_, _| Some(old.clone()));
    let report = a.relay_by(&replayed).await;
    assert_eq!(report.error.unwrap().code(), "not_a_centre");
    assert_eq!(a.status().relay.problem.unwrap().code, "relay_wrong");
    assert!(a.relay().await.is_clean());
    days.assert_sound();
}

/// What the network does to a message.
type Spoil = fn(Vec<u8>) -> Option<Vec<u8>>;

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_drops_cuts_and_turns_bits_does_no_harm() {
    let days = Days::new().await;
    let [rossi, verdi] = days.households(["Rossi", "Verdi"]).await;
    let (a, b, r) = (&days.world.a, &days.world.b, &days.r);
    a.unplug();
    b.unplug();
    a.serve(rossi, march(1, 9, 0));
    let note = || {
        let text = "citofono rotto".into();
        a.act(Command::AddNote {
            household: rossi,
            text,
        });
        a.status().waiting
    };
    let spoils: [Spoil; 6] = [
        |_| None,
        |bytes| Some(bytes[..bytes.len() / 2].to_vec()),
        |bytes| Some(bytes[..7].to_vec()),
        |mut bytes| {
            let at = bytes.len() / 3;
            bytes[at] ^= 4;
            Some(bytes)
        },
        |mut bytes| {
            bytes[0] ^= 1;
            Some(bytes)
        },
        |bytes| Some([&bytes[..], &[0]].concat()),
    ];
    for spoil in spoils {
        for message in 0..2 {
            let on_the_way = move |number, bytes| {
                if number == message {
                    spoil(bytes)
                } else {
                    Some(bytes)
                }
            };
            let waiting = note();
            let report = a.relay_by(&Hand::before(r).on_requests(on_the_way)).await;
            assert!(report.error.is_some(), "request {message}");
            assert_eq!((a.status().waiting, a.status().stopped), (waiting, None));
            let waiting = note();
            let report = a.relay_by(&Hand::before(r).on_answers(on_the_way)).await;
            assert!(report.error.is_some(), "answer {message}");
            assert_eq!((a.status().waiting, a.status().stopped), (waiting, None));
        }
    }
    assert_eq!(
        a.relay().await.waiting,
        0,
        "of what the relay may have, nothing is left"
    );
    b.relay().await;
    assert_eq!(served(b, rossi), (EntitlementStatus::Served, 1));
    a.serve(verdi, march(1, 9, 15));
    // The relay is switched off: it is said, and everything waits as before.
    days.relay.switch_off().await;
    assert!(a.try_relay().await.error.is_some());
    let told = a.status().relay;
    assert_eq!(
        (told.online, told.problem.unwrap().code.as_str()),
        (false, "relay_unreachable")
    );
    a.plug();
    b.plug();
    days.world
        .office
        .until_quiet(&[&days.world.supervisor, a, b, r])
        .await;
    assert_eq!(served(r, verdi), (EntitlementStatus::Served, 1));
    days.world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_lives_in_the_past_keeps_nobody_back_and_finds_out() {
    let days = Days::new().await;
    let [rossi] = days.households(["Rossi"]).await;
    let (a, b, r) = (&days.world.a, &days.world.b, &days.r);
    a.unplug();
    b.unplug();
    let old = r.cloned();
    a.serve(rossi, march(1, 9, 0));
    r.act(Command::AddNote {
        household: rossi,
        text: "citofono rotto".into(),
    });
    a.relay().await;
    assert_eq!(a.status().relay.handed, a.status().waiting);
    // An old copy of the relay's disk serves from now on. What it has not, it is handed again.
    let past = Relay::of(&old);
    a.rely_on(r, past.address);
    b.rely_on(r, past.address);
    let report = a.try_relay().await;
    assert_eq!(report.error.map(|error| error.code().to_owned()), None);
    b.try_relay().await;
    assert_eq!(served(b, rossi), (EntitlementStatus::Served, 1));
    assert_eq!(a.status().relay.handed, a.status().waiting);
    assert_eq!(
        old.status().stopped.unwrap().code,
        "own_behind",
        "shown by its own signature"
    );
    assert_eq!((a.status().stopped, b.status().stopped), (None, None));
    past.switch_off().await;
    a.plug();
    b.plug();
    days.meet().await;
    days.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_desk_is_not_served_and_a_new_one_is() {
    let days = Days::new().await;
    let [rossi] = days.households(["Rossi"]).await;
    let (a, b, r) = (&days.world.a, &days.world.b, &days.r);
    days.world.office.central.revoke_desk("Q1-B").unwrap();
    r.exchange().await;
    b.unplug();
    b.act(Command::AddNote {
        household: rossi,
        text: "non deve arrivare".into(),
    });
    let before = r.verification().records;
    let report = b.try_relay().await;
    assert_eq!(report.error.unwrap().code(), "revoked");
    assert_eq!(b.status().relay.problem.unwrap().code, "relay_refuses");
    assert_eq!(b.status().stopped, None, "only the office's word stops a desk");
    assert_eq!((r.verification().records, report.pulled), (before, 0));
    // Enrolled after the relay last heard of the centre: the office's signature on its certificate is enough.
    let new = days.world.office.desk("Q1-N", "Q1").await;
    days.world.office.until_quiet(&[&new]).await;
    new.unplug();
    new.rely_on(r, days.relay.address);
    new.act(Command::AddNote {
        household: rossi,
        text: "deve arrivare".into(),
    });
    new.relay().await;
    assert!(format!("{:?}", r.household(rossi)).contains("deve arrivare"));
    a.unplug();
    a.relay().await;
    assert!(format!("{:?}", a.household(rossi)).contains("deve arrivare"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_relay_may_not_read_is_not_handed_to_it() {
    let days = Days::new().await;
    let (supervisor, r) = (&days.world.supervisor, &days.r);
    supervisor.rely_on(r, days.relay.address);
    supervisor.unplug();
    let [ours, theirs] = [supervisor.enter("Rossi", 1), supervisor.enter("Bianchi", 2)];
    let report = supervisor.relay().await;
    assert!(report.pushed > 0);
    let told = supervisor.status();
    assert!(
        told.relay.handed > 0 && told.relay.handed < told.waiting,
        "the other Quartiere's wait for the centre: {:?}",
        told.relay
    );
    assert_eq!(r.household(ours).household.data.members[0].surname, "Rossi");
    assert_eq!(r.search("Bianchi").hits.len(), 0);
    supervisor.plug();
    days.meet().await;
    assert_eq!(supervisor.status().waiting, 0);
    assert_eq!(supervisor.household(theirs).household.data.quartiere, 2);
    days.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_cannot_be_are_refused_and_those_that_can_hold() {
    use sportello_desk::view::{RelayPeer, RelaySettings};
    let days = Days::new().await;
    let a = &days.world.a;
    let set = |desk, address: &str, listen: Option<&str>| {
        let settings = RelaySettings {
            peer: Some(RelayPeer {
                desk,
                address: address.into(),
            }),
            listen: listen.map(str::to_owned),
        };
        let done = a.desk.set_relay(&a.session, &settings);
        done.err().map(|error| sportello_tests::told::code_told(&error))
    };
    let (own, other) = (a.desk.id(), days.r.desk.id());
    assert_eq!(
        set(own, "10.0.0.1:7481", None).as_deref(),
        Some("relay_no_such_desk")
    );
    assert_eq!(
        set(other, "ftp://10.0.0.1", None).as_deref(),
        Some("relay_address")
    );
    assert_eq!(
        set(other, "10.0.0.1:7481", Some("qui")).as_deref(),
        Some("relay_listen")
    );
    assert_eq!(set(other, " 10.0.0.1:7481 ", None), None);
    let kept = a.desk.settings().relay;
    assert_eq!(kept.peer.unwrap().address, "http://10.0.0.1:7481");
    // Serving follows the settings while the program runs, and a taken port is told.
    let serving = tokio::spawn(sportello_relay::serve_forever(a.desk.clone()));
    let until = async |what: &str, done: &dyn Fn() -> bool| {
        for _ in 0..200 {
            if done() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{what}: {:?}", a.status().relay);
    };
    let listen = |address: &str| {
        let settings = RelaySettings {
            peer: None,
            listen: Some(address.into()),
        };
        a.desk.set_relay(&a.session, &settings).unwrap();
    };
    let view = || a.status().relay.serving;
    listen("127.0.0.1:0");
    until("it listens", &|| {
        view().is_some_and(|serving| serving.address.is_some())
    })
    .await;
    listen(&days.relay.address.to_string());
    until("the port is taken", &|| {
        view().is_some_and(|serving| serving.problem.is_some())
    })
    .await;
    a.desk.set_relay(&a.session, &RelaySettings::default()).unwrap();
    until("it listens no more", &|| view().is_none()).await;
    serving.abort();
    let _: Arc<_> = a.desk.clone();
}
