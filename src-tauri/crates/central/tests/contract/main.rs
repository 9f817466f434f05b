// SPDX-License-Identifier: EUPL-1.2
//! What every database behind the centre must do, tried on each: SQLite's file and PostgreSQL's server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code, reason = "other tests use more of it")]
#[path = "../support/databases.rs"]
mod databases;
mod logs;
mod registry;
mod server;

use databases::{Kind, TestDatabase};
use sportello_central::vault::{DeskRow, LogRow, SegmentRow};
use sportello_domain::ids::{DeskId, SiteId};
use sportello_protocol::wire::{LogName, SignedHead};
use sportello_protocol::{Body, Link, PublicKey, Record, Signature, SignedCertificate};
use uuid::Uuid;

/// Makes of each promise a test on a file and one on a server.
macro_rules! promises {
    ($($name:ident),* $(,)?) => {
        mod on_a_file {
            $(#[test] fn $name() { super::$name(&crate::TestDatabase::new(crate::Kind::File)); })*
        }
        mod on_a_server {
            $(#[test] fn $name() { super::$name(&crate::TestDatabase::new(crate::Kind::Server)); })*
        }
    };
}
pub(crate) use promises;

fn desk_id(number: u128) -> DeskId {
    DeskId(Uuid::from_u128(number))
}

fn desk(number: u128, name: &str) -> DeskRow {
    DeskRow {
        id: desk_id(number),
        site: SiteId(Uuid::from_u128(number + 1_000)),
        site_code: "Q1".into(),
        name: name.into(),
        reads: vec!["office".into(), "q1".into()],
        supervises: false,
        added_at: 1_000,
        enrolled: None,
        version: 0,
        revoked_at: None,
    }
}

fn enrolled(number: u128, name: &str) -> DeskRow {
    let byte = u8::try_from(number).unwrap();
    DeskRow {
        enrolled: Some((
            PublicKey([byte; 32]),
            SignedCertificate {
                bytes: vec![byte; 90],
                signature: Signature([byte; 64]),
            },
        )),
        version: 1,
        ..desk(number, name)
    }
}

fn log_name(number: u128, topic: &str) -> LogName {
    LogName {
        desk: *desk_id(number).0.as_bytes(),
        topic: topic.into(),
    }
}

fn link(log: &LogName, seq: u64) -> Link {
    let mut bytes = [log.desk[15]; 32];
    bytes[..8].copy_from_slice(&seq.to_be_bytes());
    bytes[8] = log.topic.as_bytes()[0];
    Link(bytes)
}

fn log(name: &LogName, seq: u64) -> LogRow {
    LogRow {
        name: name.clone(),
        seq,
        link: link(name, seq),
        stopped: None,
    }
}

fn stopped(name: &LogName, seq: u64) -> LogRow {
    LogRow {
        stopped: Some("fork".into()),
        ..log(name, seq)
    }
}

fn head(name: &LogName, seq: u64) -> SignedHead {
    SignedHead {
        seq,
        link: link(name, seq).0,
        signature: Signature([7; 64]),
    }
}

/// A record whose body weighs so many bytes.
fn record(seq: u64, weight: usize) -> Record {
    let mut body = vec![0x5a; weight];
    body[..8].copy_from_slice(&seq.to_be_bytes());
    Record {
        head: seq.to_be_bytes().to_vec(),
        body: Body::Present(body),
    }
}

fn segment(name: &LogName, from: u64, to: u64, weight: usize) -> SegmentRow {
    SegmentRow {
        log: name.clone(),
        from,
        before: link(name, from - 1),
        records: (from..=to).map(|seq| record(seq, weight)).collect(),
        head: head(name, to),
        received_at: 1_614_589_200_000 + i64::try_from(to).unwrap(),
    }
}
