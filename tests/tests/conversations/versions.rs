// SPDX-License-Identifier: EUPL-1.2
//! Which version two programs go by, and what happens where there is none.

use sportello_desk::view::StatusView;
use sportello_desk::{Command, Query, View};
use sportello_domain::meta::Topic;
use sportello_protocol::wire::{CONTENT_TYPE, LogName};
use sportello_sync::{HttpTransport, Reply, Request, Transport, TransportError};
use sportello_tests::told::assert_told;
use sportello_tests::{Office, Seat, facts};
use std::sync::Arc;

/// A centre that says of itself that it speaks other versions.
struct Says {
    inner: HttpTransport,
    content_type: String,
}

impl Transport for Says {
    async fn send(&self, request: Request) -> Result<Reply, TransportError> {
        let reply = self.inner.send(request).await?;
        Ok(Reply {
            content_type: self.content_type.clone(),
            ..reply
        })
    }
}

fn says(seat: &Seat, parameter: &str) -> Arc<Says> {
    Arc::new(Says {
        inner: seat.desk.transport().unwrap(),
        content_type: format!("{CONTENT_TYPE}{parameter}"),
    })
}

fn status(seat: &Seat) -> StatusView {
    match seat.ask(&Query::Status) {
        View::Status(status) => status,
        other => panic!("{other:?}"),
    }
}

async fn office() -> (Office, Seat, Seat) {
    let office = Office::open().await;
    let supervisor = office.supervisor().await;
    let a = office.desk("Q1-A", "Q1").await;
    office.until_quiet(&[&supervisor, &a]).await;
    facts::define(&supervisor);
    office.until_quiet(&[&supervisor, &a]).await;
    (office, supervisor, a)
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_version_is_common_it_is_told_and_everything_local_goes_on() {
    let (_office, supervisor, a) = office().await;
    let rossi = supervisor.enter("Rossi", 1);
    supervisor.exchange().await;
    a.exchange().await;
    let before = status(&a).last_sync;
    a.act(Command::AddNote {
        household: rossi,
        text: "citofono rotto".into(),
    });
    for waiting in 1..3 {
        let report = a.desk.sync_over(says(&a, "; speaks=4-9")).await.unwrap();
        assert_eq!(report.error.unwrap().code(), "desk_outdated");
        let now = status(&a);
        assert_eq!((now.stopped, now.last_sync), (None, before));
        assert_eq!(now.waiting, waiting, "what was recorded waits");
        let told = now.last_error.unwrap();
        assert_eq!(told.code, "desk_outdated");
        assert_told(&told);
        a.act(Command::AddNote {
            household: rossi,
            text: "riparato".into(),
        });
        assert_eq!(a.search("Rossi").hits.len(), 1);
        a.assert_sound();
    }
    // An exchange with a centre that speaks it goes through as ever.
    let report = a.exchange().await;
    assert_eq!((report.waiting, report.version), (0, Some(3)));
    assert_eq!(status(&a).last_error, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_says_what_it_speaks_also_when_it_is_asked_in_another_version() {
    let (office, _, _) = office().await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for (path, code) in [
        ("/v3/pull", "version"),
        ("/v1/nothing", "not_found"),
        ("/nothing", "not_found"),
    ] {
        let answer = client.post(format!("{}{path}", office.url)).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        assert!(kind.ends_with("; speaks=1-3"), "{kind}");
        let problem: sportello_protocol::wire::Problem =
            sportello_protocol::wire::unpack(&answer.bytes().await.unwrap()).unwrap();
        assert_eq!(problem.code, code, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_centre_is_not_handed_what_it_would_not_take() {
    let (_office, supervisor, a) = office().await;
    let rossi = supervisor.enter("Rossi", 1);
    supervisor.exchange().await;
    let report = a.desk.sync_over(says(&a, "")).await.unwrap();
    assert!(report.is_clean() && report.version == Some(1), "{report:?}");
    a.household(rossi);
    a.desk.write_looks().unwrap();
    let looks = LogName::new(a.desk.id(), Topic::Supervisors);
    let at_centre = || {
        let head = supervisor.desk.store().read(|reads| reads.head(&looks));
        head.unwrap().map_or(0, |head| head.seq)
    };
    for _ in 0..2 {
        let report = a.desk.sync_over(says(&a, "")).await.unwrap();
        assert!(report.is_clean(), "{report:?}");
        supervisor.exchange().await;
        assert_eq!(at_centre(), 0, "they wait");
        assert_eq!(status(&a).waiting, 1);
    }
    // The centre was updated: the first exchange finds it out, the next hands them over.
    a.exchange().await;
    a.exchange().await;
    supervisor.exchange().await;
    assert_eq!((at_centre(), status(&a).waiting), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_centre_is_not_asked_for_another_key_and_nothing_stops_for_it() {
    let (_office, supervisor, a) = office().await;
    supervisor.exchange().await;
    let old = says(&a, "; speaks=1-2");
    let refused = a.desk.rotate_key_over(&a.session, old.clone()).await.unwrap_err();
    assert_eq!(sportello_tests::told::code_told(&refused), "centre_outdated");
    assert!(a.desk.sync_over(old).await.unwrap().is_clean());
    assert_eq!((status(&a).stopped, a.desk.key_view().number), (None, 1));
    // It was updated.
    let view = a.desk.rotate_key_over(&a.session, a.wire()).await.unwrap();
    assert_eq!(view.number, 2);
    a.exchange().await;
}

/// A desk as the program of version 2 was: it says nothing of what it speaks.
struct Silent(Arc<sportello_tests::wire::Wire>);

impl Transport for Silent {
    async fn send(&self, mut request: Request) -> Result<Reply, TransportError> {
        use sportello_protocol::wire::{Pull, Push, pack, unpack};
        if let Ok(mut push) = unpack::<Push>(&request.body)
            && request.endpoint == sportello_sync::Endpoint::Push
        {
            push.presence.speaks = None;
            request.body = pack(&push).unwrap();
        } else if let Ok(mut pull) = unpack::<Pull>(&request.body) {
            pull.presence.speaks = None;
            request.body = pack(&pull).unwrap();
        }
        self.0.send(request).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_desk_is_older_no_key_is_changed_and_it_refuses_nothing() {
    let (office, supervisor, a) = office().await;
    let b = office.desk("Q1-B", "Q1").await;
    let rossi = supervisor.enter("Rossi", 1);
    office.until_quiet(&[&supervisor, &a, &b]).await;
    let silent = Arc::new(Silent(b.wire()));
    assert!(b.desk.sync_over(silent.clone()).await.unwrap().is_clean());
    for _ in 0..2 {
        let refused = a.desk.rotate_key_over(&a.session, a.wire()).await.unwrap_err();
        assert_eq!(sportello_tests::told::code_told(&refused), "desks_outdated");
        // Everything goes on with the key of before, and is believed.
        a.act(Command::AddNote {
            household: rossi,
            text: "come prima".into(),
        });
        a.exchange().await;
        assert!(b.desk.sync_over(silent.clone()).await.unwrap().is_clean());
    }
    assert_eq!(b.household(rossi).household.notes.len(), 2);
    // It was updated, and has said so.
    b.exchange().await;
    let view = a.desk.rotate_key_over(&a.session, a.wire()).await.unwrap();
    assert_eq!(view.number, 2);
    office.until_quiet(&[&supervisor, &a, &b]).await;
    for seat in [&supervisor, &a, &b] {
        seat.assert_sound();
    }
}
