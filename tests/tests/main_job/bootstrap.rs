// SPDX-License-Identifier: EUPL-1.2
//! A new desk and a long history: fetched page by page, told in counts, cut off at any byte and gone on with.

use sportello_desk::{Command, Query, View};
use sportello_protocol::wire::{Pull, PullAnswer, pack, unpack};
use sportello_sync::{Endpoint, HttpTransport, Reply, Request, Transport, TransportError};
use sportello_tests::{Office, Seat, facts};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What one page may weigh, bytes: what was asked for, and the segment that it ends with.
const PAGE: usize = (64 << 10) + (4 << 20);

/// Cuts most answers off at some byte, and counts what came whole.
struct Frayed {
    inner: HttpTransport,
    /// A seed; 0 lets everything through.
    chance: AtomicU64,
    cut: AtomicU64,
    records: AtomicU64,
    heaviest: AtomicU64,
}

impl Frayed {
    fn new(seat: &Seat, seed: u64) -> Arc<Self> {
        Arc::new(Self {
            inner: seat.desk.transport().unwrap(),
            chance: AtomicU64::new(seed),
            cut: AtomicU64::default(),
            records: AtomicU64::default(),
            heaviest: AtomicU64::default(),
        })
    }

    /// The byte at which an answer of this length is cut off; none when it comes whole.
    fn cut_at(&self, length: usize) -> Option<usize> {
        let mut x = self.chance.load(Ordering::SeqCst);
        if x == 0 {
            return None;
        }
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.chance.store(x, Ordering::SeqCst);
        (!x.is_multiple_of(3)).then(|| usize::try_from(x >> 8).unwrap() % length.max(1))
    }
}

/// The same, but asking for as little at once as the centre gives.
fn in_small_pages(request: Request) -> Request {
    if request.endpoint != Endpoint::Pull {
        return request;
    }
    let mut pull: Pull = unpack(&request.body).unwrap();
    pull.budget = 1;
    Request {
        body: pack(&pull).unwrap(),
        ..request
    }
}

impl Transport for Frayed {
    async fn send(&self, request: Request) -> Result<Reply, TransportError> {
        let endpoint = request.endpoint;
        let reply = self.inner.send(in_small_pages(request)).await?;
        if let Some(at) = self.cut_at(reply.body.len()) {
            self.cut.fetch_add(1, Ordering::SeqCst);
            // Whether the connection says so or the end is merely missing.
            return if at % 2 == 0 {
                Err(TransportError::Interrupted(None))
            } else {
                Ok(Reply {
                    body: reply.body[..at].to_vec(),
                    ..reply
                })
            };
        }
        if endpoint == Endpoint::Pull && reply.status == 200 {
            let answer: PullAnswer = unpack(&reply.body).unwrap();
            let many: usize = answer.segments.iter().map(|segment| segment.records.len()).sum();
            let weight: usize = answer
                .segments
                .iter()
                .map(sportello_protocol::wire::Segment::weight)
                .sum();
            self.records.fetch_add(many as u64, Ordering::SeqCst);
            self.heaviest.fetch_max(weight as u64, Ordering::SeqCst);
        }
        Ok(reply)
    }
}

async fn long_history() -> (Office, Seat) {
    let office = Office::open().await;
    let supervisor = office.supervisor().await;
    facts::define(&supervisor);
    let list = facts::csv(&facts::sheet(&facts::households(900, 0)), facts::campaign().from);
    let preview = supervisor.preview(facts::CAMPAIGN, &list);
    supervisor.act(facts::apply(&list, &preview));
    let household = supervisor.search("via").hits[0].household.unwrap();
    // Bodies that weigh something: many pages.
    for n in 0..400 {
        supervisor.act(Command::AddNote {
            household,
            text: format!("{n} {}", "nota lunga ".repeat(150)),
        });
        if n % 25 == 0 {
            supervisor.exchange().await;
        }
    }
    supervisor.exchange().await;
    (office, supervisor)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_desk_is_filled_however_often_it_is_cut_off_and_nothing_comes_twice() {
    let (office, supervisor) = long_history().await;
    let heads = supervisor.desk.store().read(|reads| reads.heads()).unwrap();
    let new = sportello_central::NewDesk {
        supervises: true,
        ..sportello_central::NewDesk::new("CEN", "CEN-T")
    };
    for seed in [0, 2_021, 77_777, 4_242_424_242] {
        let name = format!("{}-{seed}", new.name);
        let seat = office
            .enrolled(
                &sportello_central::NewDesk {
                    name: name.clone(),
                    ..new.clone()
                },
                sportello_domain::office::Role::Administrator,
            )
            .await;
        let frayed = Frayed::new(&seat, seed);
        let mut attempts = 0;
        loop {
            attempts += 1;
            assert!(attempts < 400, "it comes no further");
            let report = seat.desk.sync_over(frayed.clone()).await.unwrap();
            if report.error.is_none() && report.remaining == 0 {
                break;
            }
        }
        let cut = frayed.cut.load(Ordering::SeqCst);
        assert_eq!(cut > 0, seed > 0, "{cut} answers were cut off");
        // Of each cut answer nothing was kept, of each whole one everything: what came whole came once.
        let all: u64 = heads.iter().map(|head| head.seq).sum::<u64>();
        let of_others = seat.desk.store().read(|reads| reads.heads()).unwrap();
        let here: u64 = of_others
            .iter()
            .filter(|head| head.log.desk_id() != seat.desk.id())
            .map(|head| head.seq)
            .sum();
        assert!(here >= all, "{here} of {all}");
        assert_eq!(frayed.records.load(Ordering::SeqCst), here);
        let heaviest = usize::try_from(frayed.heaviest.load(Ordering::SeqCst)).unwrap();
        assert!(heaviest <= PAGE, "a page of {heaviest} bytes");
        seat.assert_sound();
        let households = |seat: &Seat| {
            let mut all = seat.desk.store().read(|reads| reads.households()).unwrap();
            all.sort_by_key(|household| household.id);
            all
        };
        assert!(households(&seat) == households(&supervisor), "the same state");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn how_many_of_how_many_is_told_while_it_lasts() {
    let (office, _supervisor) = long_history().await;
    let new = sportello_central::NewDesk {
        supervises: true,
        ..sportello_central::NewDesk::new("CEN", "CEN-T")
    };
    let seat = office
        .enrolled(&new, sportello_domain::office::Role::Administrator)
        .await;
    let status = |seat: &Seat| match seat.ask(&Query::Status) {
        View::Status(status) => status,
        other => panic!("{other:?}"),
    };
    assert_eq!(status(&seat).fetching, None);
    let mut watched = seat.desk.watch();
    let desk = seat.desk.clone();
    let session = seat.session.clone();
    let seen = tokio::spawn(async move {
        let mut seen = Vec::new();
        while let Ok(happening) = watched.recv().await {
            if happening == sportello_desk::Happening::Sync
                && let Ok(View::Status(status)) = desk.query(&session, &Query::Status)
            {
                match status.fetching {
                    Some(fetching) => seen.push(fetching),
                    None if !status.syncing => break,
                    None => {}
                }
            }
        }
        seen
    });
    let report = seat.desk.sync_over(Frayed::new(&seat, 0)).await.unwrap();
    assert!(report.is_clean(), "{report:?}");
    let seen = seen.await.unwrap();
    assert!(!seen.is_empty());
    assert!(seen.windows(2).all(|two| two[0].done <= two[1].done), "{seen:?}");
    assert!(
        seen.iter().all(|fetching| fetching.done < fetching.total),
        "{seen:?}"
    );
    assert_eq!(status(&seat).fetching, None, "it is over");
}
