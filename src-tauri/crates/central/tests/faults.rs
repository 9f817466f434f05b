// SPDX-License-Identifier: EUPL-1.2
//! Desks and a real centre with a bad network between them: messages lost, answers lost, messages twice, answers broken
//! or late, disks full. Whatever happens, once the network is good again every desk has every record, each once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use axum::body::Body;
use axum::http::{Request as HttpRequest, header};
use sportello_central::{Central, NewDesk, preset};
use sportello_protocol::EnrolmentCode;
use sportello_protocol::http_signature::sign;
use sportello_protocol::wire::CONTENT_TYPE;
use sportello_sync::{Reply, Request, Transport, TransportError, enrol};
use std::sync::{Arc, Mutex};
use support::memory::{NOW, small_pages};
use support::{MemoryDesk, Q1, Q2};
use tower::ServiceExt as _;

/// Chance that can be repeated: xorshift.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// The way to the centre without sockets, as bad as wanted.
struct BadNetwork {
    router: axum::Router,
    desk: Option<Arc<MemoryDesk>>,
    chance: Arc<Mutex<Chance>>,
    /// Of twenty messages so many go wrong.
    bad: u64,
    /// An old message may come again at any time.
    old: Mutex<Vec<Request>>,
}

impl BadNetwork {
    fn dice(&self, limit: u64) -> u64 {
        self.chance.lock().unwrap().below(limit)
    }

    async fn deliver(&self, request: Request) -> Reply {
        let path = request.endpoint.path();
        let mut http = HttpRequest::post(path).header(header::CONTENT_TYPE, CONTENT_TYPE);
        if let Some(desk) = &self.desk {
            let fields = sign(
                &desk.identity.key,
                desk.identity.desk,
                "POST",
                path,
                &request.body,
                NOW / 1000,
            );
            http = http
                .header("content-digest", fields.content_digest)
                .header("signature-input", fields.signature_input)
                .header("signature", fields.signature);
        }
        let response = self
            .router
            .clone()
            .oneshot(http.body(Body::from(request.body)).unwrap())
            .await
            .unwrap();
        let status = response.status().as_u16();
        let kind = response.headers()[header::CONTENT_TYPE]
            .to_str()
            .unwrap()
            .to_owned();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap()
            .to_vec();
        Reply {
            status,
            content_type: kind,
            body,
        }
    }
}

impl Transport for BadNetwork {
    async fn send(&self, request: Request) -> Result<Reply, TransportError> {
        let dice = self.dice(20);
        if dice >= self.bad {
            return Ok(self.deliver(request).await);
        }
        match dice % 6 {
            0 => Err(TransportError::Unreachable(None)),
            1 => {
                self.deliver(request).await;
                Err(TransportError::Timeout)
            }
            2 => {
                self.deliver(request.clone()).await;
                Ok(self.deliver(request).await)
            }
            3 => {
                let mut reply = self.deliver(request).await;
                let length = reply.body.len() as u64;
                reply.body.truncate(usize::try_from(self.dice(length)).unwrap());
                Ok(reply)
            }
            4 => Ok(Reply {
                status: 200,
                content_type: "text/html".into(),
                body: b"<html>".to_vec(),
            }),
            _ => {
                // Something that was sent long ago arrives before this.
                let old = self.old.lock().unwrap().first().cloned();
                if let Some(old) = old {
                    self.deliver(old).await;
                }
                self.old.lock().unwrap().push(request.clone());
                Ok(self.deliver(request).await)
            }
        }
    }
}

async fn story(seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let central = Central::open_with_clock(folder.path(), Arc::new(|| NOW)).unwrap();
    central
        .init_office("Comune di Prova", &preset::firenze())
        .unwrap();
    let chance = Arc::new(Mutex::new(Chance(seed | 1)));
    let network = |desk: Option<Arc<MemoryDesk>>, bad| BadNetwork {
        router: central.router(),
        desk,
        chance: chance.clone(),
        bad,
        old: Mutex::default(),
    };
    let mut desks = Vec::new();
    for number in 0..3_u8 {
        let new = NewDesk {
            supervises: number == 2,
            ..NewDesk::new("CEN", &format!("CEN-{number}"))
        };
        let code: EnrolmentCode = central.add_desk(&new).unwrap().code;
        let key = sportello_protocol::DeskKey::from_seed(&[number + 1; 32]);
        // Enrolling over the bad network: tried until an answer comes.
        let way = network(None, 12);
        let enrolment = loop {
            if let Ok(enrolment) = enrol(&way, &code, &key, NOW).await {
                break enrolment;
            }
        };
        desks.push(MemoryDesk::new(
            enrolment.office,
            enrolment.office_key,
            enrolment.certificate.desk_id(),
            key,
        ));
    }
    let ways: Vec<Arc<BadNetwork>> = desks
        .iter()
        .map(|desk| Arc::new(network(Some(desk.clone()), 9)))
        .collect();
    let mut written = [0_usize; 3];
    for _ in 0..40 {
        let which = usize::try_from(chance.lock().unwrap().below(3)).unwrap();
        let (desk, many) = (&desks[which], chance.lock().unwrap().below(8));
        desk.notes(if many % 2 == 0 { Q1 } else { Q2 }, many);
        written[which] += usize::try_from(many).unwrap();
        if chance.lock().unwrap().below(10) == 0 {
            desk.memory.lock().unwrap().full = 1;
        }
        let report = sportello_sync::run(
            desk.clone(),
            ways[which].clone(),
            desk.identity.clone(),
            small_pages(),
            || NOW,
        )
        .await;
        assert!(report.troubles.is_empty(), "seed {seed}: {:?}", report.troubles);
        assert!(report.centre_lost.is_empty(), "seed {seed}");
        // What counts as handed over is at the centre.
        for topic in [Q1, Q2] {
            let at_centre = central
                .vault()
                .log(&desk.log(topic))
                .unwrap()
                .map_or(0, |log| log.seq);
            assert!(desk.acknowledged(topic) <= at_centre, "seed {seed}");
        }
    }
    for _ in 0..2 {
        for desk in &desks {
            desk.memory.lock().unwrap().full = 0;
            let way = Arc::new(network(Some(desk.clone()), 0));
            let report =
                sportello_sync::run(desk.clone(), way, desk.identity.clone(), small_pages(), || NOW).await;
            assert!(report.is_clean(), "seed {seed}: {report:?}");
            assert_eq!((report.waiting, report.remaining), (0, 0), "seed {seed}");
        }
    }
    for (author, wrote) in desks.iter().zip(written) {
        assert_eq!(author.own_len(Q1) + author.own_len(Q2), wrote, "seed {seed}");
        for reader in &desks {
            for topic in [Q1, Q2] {
                assert_eq!(
                    reader.records(&author.log(topic)),
                    author.records(&author.log(topic)),
                    "seed {seed}"
                );
            }
        }
    }
    let report = central.verify().unwrap();
    assert_eq!(
        (report.problems.len(), report.forks, report.refused),
        (0, 0, 0),
        "seed {seed}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_or_doubled_over_a_bad_network() {
    for seed in 1..=12 {
        story(seed * 7_919).await;
    }
}
