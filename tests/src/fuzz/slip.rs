// SPDX-License-Identifier: EUPL-1.2
//! What is scanned or typed: hand-over slips in both forms, and everything else that a field takes.

use super::{DESK, OFFICE, TOPIC, desk_key, office_key};
use sportello_domain::entitlement::SlipStamp;
use sportello_domain::ids::{CampaignId, DeskId, EntitlementId, HouseholdId};
use sportello_domain::money::Cents;
use sportello_domain::scan;
use sportello_domain::serial::Run;
use sportello_protocol::slip::{Content, SealedSlip, ShortCode, Terms};
use uuid::Uuid;

/// The desk that the slips are for: it has the office's key here.
const READER: DeskId = DeskId(Uuid::from_u128(0xd2));

/// A text from bytes; and the same bytes as what a slip carries.
pub fn target(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = scan::classify(&text);
    let _ = (scan::tax_code(&text), scan::serial(&text));
    if let Ok(run) = Run::single(&text) {
        assert_eq!(
            Run::between(&run.first_serial(), &run.last_serial()).ok(),
            Some(run)
        );
    }
    if let Ok(code) = ShortCode::parse(&text) {
        assert_eq!(ShortCode::parse(&code.to_string()).as_ref(), Ok(&code));
        let _ = code.holds(&office_key(), &desk_key().public(), &terms(code.stamp()));
    }
    if let Ok(sealed) = SealedSlip::parse(&text) {
        assert_eq!(SealedSlip::parse(&sealed.qr()).as_ref(), Ok(&sealed));
        if let Ok(content) = sealed.open(OFFICE, READER, &office_key(), &desk_key().public()) {
            assert_eq!((content.terms.from, content.terms.to), (sealed.from(), READER));
        }
    }
    carried(bytes);
}

fn terms(stamp: SlipStamp) -> Terms {
    Terms {
        office: OFFICE,
        entitlement: EntitlementId(Uuid::from_u128(2)),
        from: DESK,
        to: READER,
        stamp,
    }
}

/// Whatever a slip carries is read as it was sealed.
fn carried(bytes: &[u8]) {
    let content = Content {
        terms: terms(SlipStamp(36_806_400)),
        topic: TOPIC.to_string(),
        campaign: CampaignId(Uuid::from_u128(3)),
        household: HouseholdId(Uuid::from_u128(4)),
        due: Cents(25_000),
        data: bytes.to_vec(),
    };
    let Ok(sealed) = SealedSlip::seal(&desk_key(), &office_key().public(), &content, &[7; 32]) else {
        return;
    };
    let scanned = SealedSlip::parse(&sealed.qr()).expect("what is printed can be scanned");
    let read = scanned.open(OFFICE, READER, &office_key(), &desk_key().public());
    // More than fits on paper is refused by whoever reads it.
    assert!(read.is_err() && bytes.len() > 60_000 || read.is_ok_and(|read| read == content));
}
