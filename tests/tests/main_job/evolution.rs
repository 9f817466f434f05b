// SPDX-License-Identifier: EUPL-1.2
//! Desks of different versions: what a newer one writes is kept, verified, handed on and told as such; it is shown after the update.

use crate::world::World;
use sportello_desk::view::{BundleRequest, StatusView};
use sportello_desk::{Command, Query, View};
use sportello_domain::ids::{CommandId, HouseholdId};
use sportello_domain::meta::Topic;
use sportello_protocol::wire::LogName;
use sportello_store::Author;
use sportello_tests::Seat;

fn status(seat: &Seat) -> StatusView {
    match seat.ask(&Query::Status) {
        View::Status(status) => status,
        other => panic!("{other:?}"),
    }
}

/// As the program of another version would write it.
fn bless(seat: &Seat, household: HouseholdId) {
    let author = Author {
        actor: seat.session.operator(),
        command: CommandId(uuid::Uuid::now_v7()),
        now: seat.desk.now(),
    };
    let topic = Topic::Quartiere(1);
    seat.desk
        .store()
        .write(|tx| {
            tx.append_unknown(
                &author,
                topic,
                household.into(),
                "household.blessed",
                b"{\"by\":\"?\"}",
            )
        })
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_newer_desk_writes_is_kept_by_everybody_and_told() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    bless(&world.a, rossi);
    world.a.act(Command::AddNote {
        household: rossi,
        text: "citofono rotto".into(),
    });
    world.meet().await;
    let log = LogName::new(world.a.desk.id(), Topic::Quartiere(1));
    let bytes = |seat: &Seat| {
        let page = seat.desk.store().read(|reads| reads.records(&log, 1, 1 << 20));
        page.unwrap().unwrap().records
    };
    for seat in [&world.supervisor, &world.b] {
        assert_eq!(bytes(seat), bytes(&world.a), "byte for byte");
        let now = status(seat);
        assert_eq!(now.unprojected, 1, "it needs an update, and says so");
        assert_eq!(now.concern, sportello_desk::view::Concern::Warning);
        assert!(
            format!("{:?}", seat.household(rossi)).contains("citofono rotto"),
            "what follows it is shown"
        );
        seat.assert_sound();
    }
    // Who does not know it hands it on all the same: by stick, to a desk that was never on the network.
    let late = world.office.desk("Q1-C", "Q1").await;
    world.b.exchange().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scambio.sportello");
    let request = BundleRequest {
        desks: vec![late.desk.id()],
        whole: true,
    };
    world
        .b
        .desk
        .write_bundle(&world.b.session, &request, &file, &mut |_| {})
        .unwrap();
    late.desk.read_bundle(&late.session, &file, &mut |_| {}).unwrap();
    assert_eq!(bytes(&late), bytes(&world.a));
    assert_eq!(status(&late).unprojected, 1);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_update_what_was_kept_is_shown() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    world.a.act(Command::AddNote {
        household: rossi,
        text: "citofono rotto".into(),
    });
    world.meet().await;
    // The desk was of a version that did not know notes yet.
    let log = LogName::new(world.a.desk.id(), Topic::Quartiere(1));
    let store = world.b.desk.store();
    let last = store.read(|reads| reads.head(&log)).unwrap().unwrap().seq;
    store.write(|tx| tx.pretend_unknown(&log, last)).unwrap();
    store
        .tamper("UPDATE meta SET value = json_remove(value, '$[#-1]') WHERE key = 'folded_with'")
        .unwrap();
    assert_eq!(status(&world.b).unprojected, 1);
    let shown = |seat: &Seat| format!("{:?}", seat.household(rossi));
    assert!(!shown(&world.b).contains("citofono rotto"));
    let b = world.b.restarted();
    assert_eq!(status(&b).unprojected, 0);
    assert!(shown(&b).contains("citofono rotto"));
    b.assert_sound();
    assert_eq!(
        b.desk
            .store()
            .read(|reads| reads.state::<sportello_domain::household::Household>(rossi))
            .unwrap(),
        world
            .a
            .desk
            .store()
            .read(|reads| reads.state::<sportello_domain::household::Household>(rossi))
            .unwrap()
    );
}
