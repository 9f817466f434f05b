// SPDX-License-Identifier: EUPL-1.2
//! What bytes from outside go through first, each as one function from bytes to nothing that must never panic, hang or take
//! memory without measure; and what must hold of whatever it lets through.
//!
//! Two callers: a fuzzer (`tests/fuzz`, `cargo xtask fuzz`), and a test of the normal suite that feeds seeds and some thousands of
//! mutations of them (`tests/tests/fuzz.rs`). This folder is compiled into both, so it uses `protocol`, `domain` and the lists of
//! `documents` and nothing else of the house.

mod bundle;
mod import;
mod record;
mod slip;
mod wire;

use sportello_domain::ids::{DeskId, OfficeId};
use sportello_domain::meta::Topic;
use sportello_protocol::DeskKey;
use uuid::Uuid;

/// An entry point.
pub type Target = fn(&[u8]);

/// All of them, by the name of their folder of seeds.
pub const TARGETS: [(&str, Target); 5] = [
    ("record", record::target),
    ("wire", wire::target),
    ("bundle", bundle::target),
    ("import", import::target),
    ("slip", slip::target),
];

/// The office of the golden files.
const OFFICE: OfficeId = OfficeId(Uuid::from_u128(0x000f_f1ce));
/// The desk that wrote them.
const DESK: DeskId = DeskId(Uuid::from_u128(0xd1));
/// The topic that they stand in.
const TOPIC: Topic = Topic::Quartiere(3);

fn office_key() -> DeskKey {
    DeskKey::from_seed(&[1; 32])
}

fn desk_key() -> DeskKey {
    DeskKey::from_seed(&[2; 32])
}

/// What is written again is read as the same.
fn reread<T>(bytes: &[u8]) -> Option<T>
where
    T: minicbor::Encode<()> + for<'b> minicbor::Decode<'b, ()> + PartialEq + std::fmt::Debug,
{
    let read: T = minicbor::decode(bytes).ok()?;
    let again = minicbor::to_vec(&read).expect("what was read can be written");
    assert_eq!(minicbor::decode::<T>(&again).as_ref().ok(), Some(&read));
    Some(read)
}
