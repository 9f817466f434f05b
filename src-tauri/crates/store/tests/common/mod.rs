// SPDX-License-Identifier: EUPL-1.2
//! Desks and facts for tests.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs
)]

use chrono::{NaiveDate, NaiveDateTime};
use sportello_domain::appointment as a;
use sportello_domain::campaign::{Campaign, CampaignDefined};
use sportello_domain::entitlement as e;
use sportello_domain::event::NewEvent;
use sportello_domain::household::{Address, HouseholdData, HouseholdRegistered, Member};
use sportello_domain::identifier::PersonIdentifier;
use sportello_domain::ids::*;
use sportello_domain::meta::Topic;
use sportello_domain::money::Cents;
use sportello_domain::office::{Service, ServiceDefined};
use sportello_domain::serial::Run;
use sportello_domain::stock::StockReceived;
use sportello_domain::time::Timestamp;
use sportello_store::{Author, DbKey, Identity, Store};
use uuid::Uuid;

pub const Q1: Topic = Topic::Quartiere(1);
pub const OFFICE: OfficeId = OfficeId(Uuid::from_u128(0x000f_f1ce));

/// One desk with its file in a directory of its own.
pub struct Desk {
    pub store: Store,
    pub dir: tempfile::TempDir,
    salt: u64,
}

pub fn key() -> DbKey {
    DbKey::from_bytes([7; 32])
}

pub fn desk_id(n: u8) -> DeskId {
    DeskId(Uuid::from_u128(0xd00 + u128::from(n)))
}

pub fn identity(n: u8) -> Identity {
    Identity {
        office: OFFICE,
        desk: desk_id(n),
    }
}

pub fn noon() -> Timestamp {
    Timestamp::of_rome(at("2021-01-18T12:00"))
}

pub fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Desk {
    pub fn new(n: u8) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::create(dir.path().join("desk.db"), &key(), identity(n)).unwrap();
        Self {
            store,
            dir,
            salt: u64::from(n) << 32,
        }
    }

    pub fn path(&self) -> std::path::PathBuf {
        self.dir.path().join("desk.db")
    }

    /// Closes the file and opens it again.
    pub fn reopened(self) -> Self {
        let Self { store, dir, salt } = self;
        let path = store.path().to_owned();
        drop(store);
        Self {
            store: Store::open(path, &key()).unwrap(),
            dir,
            salt,
        }
    }

    pub fn append(&mut self, events: &[NewEvent]) {
        self.append_at(noon(), events);
    }

    pub fn append_at(&mut self, now: Timestamp, events: &[NewEvent]) {
        self.try_append(now, events).unwrap();
    }

    pub fn try_append(&mut self, now: Timestamp, events: &[NewEvent]) -> sportello_store::Result<()> {
        let salt = &mut self.salt;
        self.store.write(|tx| {
            tx.append(&author(now), events, &mut || next_salt(salt))?;
            Ok(())
        })
    }

    /// Everything that `other` has and this desk has not, in pages of so many bytes.
    pub fn pull(&self, other: &Self, budget: usize) {
        for head in other.store.read(|r| r.heads()).unwrap() {
            let mut from = self
                .store
                .read(|r| r.head(&head.log))
                .unwrap()
                .map_or(0, |h| h.seq)
                + 1;
            while let Some(page) = other.store.read(|r| r.records(&head.log, from, budget)).unwrap() {
                assert_eq!(
                    sportello_store::verify_chain(page.before, &page.records),
                    page.last.1
                );
                let done = self
                    .store
                    .write(|tx| tx.ingest(&page.log, page.from, &page.records))
                    .unwrap();
                assert_eq!(done.fork, None);
                assert_eq!((done.seq, done.link), (page.last.0, Some(page.last.1)));
                from = page.last.0 + 1;
            }
        }
    }

    pub fn sound(&self) {
        let report = self.store.verify().unwrap();
        assert!(report.is_sound(), "{report:#?}");
    }

    pub fn dump(&self) -> Vec<String> {
        self.store.read(|r| r.dump()).unwrap()
    }
}

pub fn next_salt(salt: &mut u64) -> [u8; 16] {
    *salt += 1;
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&salt.to_le_bytes());
    bytes
}

pub fn author(now: Timestamp) -> Author {
    Author {
        actor: OperatorId(Uuid::from_u128(0x0b)),
        command: CommandId(Uuid::from_u128(0xc0)),
        now,
    }
}

pub fn campaign_id() -> CampaignId {
    CampaignId(Uuid::from_u128(0xca))
}

pub fn household_id(n: u64) -> HouseholdId {
    HouseholdId(Uuid::from_u128(0x1000_0000 + u128::from(n)))
}

pub fn entitlement_id(n: u64) -> EntitlementId {
    EntitlementId::of(campaign_id(), household_id(n))
}

pub fn appointment_id(n: u64) -> AppointmentId {
    AppointmentId(Uuid::from_u128(0xa000_0000 + u128::from(n)))
}

pub fn delivery_id(n: u64) -> DeliveryId {
    DeliveryId(Uuid::from_u128(0xde00_0000 + u128::from(n)))
}

pub fn site_id() -> SiteId {
    SiteId(Uuid::from_u128(0x51))
}

pub fn service_id() -> ServiceId {
    ServiceId(Uuid::from_u128(0x5e))
}

pub fn run(first: u64, last: u64) -> Run {
    Run {
        series: "AB".into(),
        first,
        last,
        width: 7,
    }
}

pub fn member(n: u64, surname: &str, name: &str, identifier: &str) -> Member {
    Member {
        id: MemberId(Uuid::from_u128(0x3000_0000 + u128::from(n))),
        surname: surname.into(),
        name: name.into(),
        identifier: PersonIdentifier::parse(identifier).unwrap(),
        birth_date: None,
    }
}

pub fn data(members: Vec<Member>) -> HouseholdData {
    HouseholdData {
        size: members.len() as u8,
        members,
        minors: 0,
        disabled: 0,
        resident: true,
        quartiere: 1,
        address: Address {
            street: "Via Ghibellina".into(),
            number: "12".into(),
            ..Address::default()
        },
        phone: "055 123 4567".into(),
        email: String::new(),
        list_ref: "PR/2021 0042".into(),
    }
}

pub fn register(n: u64, data: HouseholdData) -> NewEvent {
    NewEvent::new(Q1, household_id(n), HouseholdRegistered { data, import: None })
}

pub fn plain_household(n: u64) -> NewEvent {
    register(
        n,
        HouseholdData {
            list_ref: format!("PR-{n}"),
            ..data(vec![member(n, &format!("Rossi{n}"), "Mario", "")])
        },
    )
}

pub fn define_campaign() -> NewEvent {
    let campaign = Campaign {
        id: campaign_id(),
        name: "Buoni spesa 2021".into(),
        from: day("2021-01-02"),
        to: day("2021-04-30"),
        denomination: Cents(1000),
        amounts: vec![],
        non_resident_amounts: vec![],
        per_minor: Cents(0),
        per_disabled: Cents(0),
        maximum: Cents(50_000),
        walk_in: true,
    };
    NewEvent::new(Topic::Office, campaign_id(), CampaignDefined { campaign })
}

pub fn define_service() -> NewEvent {
    let service = Service {
        id: service_id(),
        name: "Buoni spesa".into(),
        name_en: "Vouchers".into(),
        minutes: 15,
        requirements: vec![],
        sites: vec![site_id()],
        openings: vec![],
        closed: vec![],
        campaign: Some(campaign_id()),
        active: true,
        rules: None,
    };
    NewEvent::new(Topic::Office, service_id(), ServiceDefined { service })
}

pub fn grant(n: u64, euros: i64, holder: u8) -> NewEvent {
    let body = e::Granted {
        campaign: campaign_id(),
        household: household_id(n),
        amount: Cents(euros * 100),
        holder: desk_id(holder),
        source: e::Source::default(),
    };
    NewEvent::new(Q1, entitlement_id(n), body)
}

pub fn collector() -> e::Collector {
    e::Collector::Member {
        member: None,
        document: e::Document {
            kind: e::DocumentKind::IdentityCard,
            number: "AX1234567".into(),
        },
    }
}

pub fn deliver(n: u64, delivery: u64, runs: Vec<Run>) -> NewEvent {
    let amount = Cents(
        runs.iter()
            .map(|r| i64::try_from(r.count()).unwrap() * 1000)
            .sum(),
    );
    let body = e::DeliveryConfirmed {
        id: delivery_id(delivery),
        collector: collector(),
        runs,
        amount,
        appointment: None,
        forced: None,
        partial: None,
        right: None,
        paper: None,
    };
    NewEvent::new(Q1, entitlement_id(n), body)
}

pub fn reverse(n: u64, delivery: u64, returned: bool) -> NewEvent {
    let body = e::DeliveryReversed {
        delivery: delivery_id(delivery),
        reason: "sbagliato".into(),
        returned,
    };
    NewEvent::new(Q1, entitlement_id(n), body)
}

pub fn refuse(n: u64) -> NewEvent {
    let body = e::DeliveryRefused {
        reason: e::RefusalReason::NoDocument,
        note: "scaduto".into(),
        appointment: None,
    };
    NewEvent::new(Q1, entitlement_id(n), body)
}

pub fn receive(desk: u8, runs: Vec<Run>) -> NewEvent {
    let body = StockReceived {
        campaign: campaign_id(),
        denomination: Cents(1000),
        runs,
        note: "DDT 1".into(),
        delivery_note: None,
    };
    NewEvent::new(Q1, desk_id(desk), body)
}

pub fn book(n: u64, household: u64, start: &str) -> NewEvent {
    let body = a::Booked {
        household: Some(household_id(household)),
        person: None,
        entitlement: Some(entitlement_id(household)),
        service: service_id(),
        site: site_id(),
        start: at(start),
        overbooked: None,
    };
    NewEvent::new(Q1, appointment_id(n), body)
}

pub fn present(n: u64) -> NewEvent {
    NewEvent::new(Q1, appointment_id(n), a::Presented { ticket: None })
}
