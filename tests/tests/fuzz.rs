// SPDX-License-Identifier: EUPL-1.2
//! What a fuzzer is given (`tests/fuzz`), on a stable toolchain in the normal suite: every seed, what fuzzers once found among
//! them, and some thousands of mutations drawn from a fixed seed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};
use sportello_documents::lists::{write_csv, write_xlsx};
use sportello_domain::entitlement::SlipStamp;
use sportello_domain::event::Event;
use sportello_domain::ids::{CampaignId, DeskId, EntitlementId, HouseholdId, OfficeId};
use sportello_domain::meta::EntityKind;
use sportello_domain::money::Cents;
use sportello_protocol::bundle::Reader;
use sportello_protocol::slip::{Content, SealedSlip, ShortCode, Terms};
use sportello_protocol::wire::{Push, pack};
use sportello_protocol::{DeskKey, Head, Record, http_signature};
use sportello_tests::facts;
use sportello_tests::fuzz::{TARGETS, Target};
use std::collections::BTreeMap;
use std::path::PathBuf;
use uuid::Uuid;

/// Mutations of each target.
const MUTATIONS: u64 = 3_000;
/// No input of these is longer.
const LONGEST: usize = 64 * 1024;

fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(target);
    let mut seeds: Vec<(String, Vec<u8>)> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| {
            let path = entry.unwrap().path();
            (
                path.file_name().unwrap().to_str().unwrap().to_owned(),
                std::fs::read(&path).unwrap(),
            )
        })
        .collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "{target} has no seeds");
    seeds
}

/// Feeds an input; a failure leaves it in a file and says how to have it again.
fn feed(name: &str, target: Target, input: &[u8], what: &str) {
    let fed = std::panic::catch_unwind(|| target(input));
    if fed.is_err() {
        let path = sportello_tests::window::out().join(format!("fuzz-{name}.bin"));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, input).unwrap();
        panic!(
            "{name}: {what}, left in {}: keep it as tests/fuzz/seeds/{name}/found-…",
            path.display()
        );
    }
}

#[test]
fn every_seed_goes_through() {
    for (name, target) in TARGETS {
        for (file, input) in seeds(name) {
            feed(name, target, &input, &file);
        }
        feed(name, target, b"", "nothing");
    }
}

#[test]
fn thousands_of_mutations_go_through() {
    for (number, (name, target)) in (0..).zip(TARGETS) {
        let seeds: Vec<Vec<u8>> = seeds(name).into_iter().map(|(_, seed)| seed).collect();
        let mut chance = ChaCha8Rng::seed_from_u64(number);
        for at in 0..MUTATIONS {
            let input = mutated(&seeds, &mut chance);
            feed(name, target, &input, &format!("mutation {at}"));
        }
    }
}

fn below(chance: &mut ChaCha8Rng, most: usize) -> usize {
    usize::try_from(chance.next_u64() % (most.max(1) as u64)).unwrap()
}

/// A seed after a few accidents: what a wire, a stick and other people's programs do to bytes.
fn mutated(seeds: &[Vec<u8>], chance: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bytes = seeds[below(chance, seeds.len())].clone();
    for _ in 0..=below(chance, 4) {
        let at = below(chance, bytes.len());
        match below(chance, 8) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << below(chance, 8),
            1 if !bytes.is_empty() => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][below(chance, 5)],
            2 => bytes.truncate(at),
            3 => {
                let end = (at + 1 + below(chance, 40)).min(bytes.len());
                bytes.drain(at.min(end)..end);
            }
            4 => {
                let end = (at + 1 + below(chance, 60)).min(bytes.len());
                let again = bytes[at.min(end)..end].to_vec();
                bytes.splice(at..at, again);
            }
            5 => {
                // A length, or a number, that is far too large: CBOR's eight bytes.
                let end = (at + 8).min(bytes.len());
                bytes[at.min(end)..end].fill([0, 0x7f, 0xff][below(chance, 3)]);
            }
            6 => {
                let other = &seeds[below(chance, seeds.len())];
                let from = below(chance, other.len());
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from.min(other.len())..]);
            }
            _ => bytes.insert(at, chance.next_u64().to_le_bytes()[0]),
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

/// Each golden file is a seed.
#[test]
fn every_golden_file_is_a_seed() {
    for (target, made) in made() {
        let kept: BTreeMap<String, Vec<u8>> = seeds(target).into_iter().collect();
        for (name, _) in made {
            assert!(
                kept.contains_key(&name),
                "{target}/{name} is missing: run `make_the_seeds` (ignored) and commit what it writes"
            );
        }
    }
}

#[test]
#[ignore = "writes files into the source tree"]
fn make_the_seeds() {
    for (target, made) in made() {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("fuzz/seeds")
            .join(target);
        std::fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in made {
            let path = folder.join(name);
            if !path.exists() {
                std::fs::write(path, bytes).unwrap();
            }
        }
    }
}

const OFFICE: OfficeId = OfficeId(Uuid::from_u128(0x000f_f1ce));
const DESK: DeskId = DeskId(Uuid::from_u128(0xd1));

fn office_key() -> DeskKey {
    DeskKey::from_seed(&[1; 32])
}

fn desk_key() -> DeskKey {
    DeskKey::from_seed(&[2; 32])
}

type Seeds = Vec<(String, Vec<u8>)>;

fn made() -> [(&'static str, Seeds); 5] {
    [
        ("record", records()),
        ("wire", messages()),
        ("bundle", bundles()),
        ("import", lists()),
        ("slip", slips()),
    ]
}

fn golden(folder: &str) -> Seeds {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../src-tauri/crates/protocol/tests/golden")
        .join(folder);
    let mut files: Seeds = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn from_hex(files: Seeds) -> Seeds {
    let bytes = |text: Vec<u8>| {
        let text = String::from_utf8(text).unwrap().replace('\n', "");
        hex::decode(text).unwrap()
    };
    files
        .into_iter()
        .map(|(name, text)| (name, bytes(text)))
        .collect()
}

/// One record of each kind, and the whole story of an entitlement.
fn records() -> Seeds {
    let concerns = |kind: &str| match kind.split('.').next().unwrap() {
        "appointment" => EntityKind::Appointment,
        "campaign" => EntityKind::Campaign,
        "household" => EntityKind::Household,
        "import" => EntityKind::Import,
        "operator" => EntityKind::Operator,
        "service" => EntityKind::Service,
        "site" => EntityKind::Site,
        "stock" => EntityKind::Stock,
        _ => EntityKind::Entitlement,
    };
    let mut seeds = Seeds::new();
    let mut story = Vec::new();
    for (seq, (name, body)) in (1..).zip(golden("events")) {
        let (kind, version) = name.rsplit_once(".v").unwrap();
        let version: u16 = version.split('-').next().unwrap().parse().unwrap();
        let event = Event::decode(kind, version, &body).unwrap();
        let head = Head {
            seq,
            hlc: 105_488_872_550_400_000 + seq,
            at: 1_609_754_400_000,
            kind: kind.into(),
            version,
            entity_kind: concerns(kind).number(),
            entity: [0x41; 16],
            actor: [0x21; 16],
            command: [0xc0; 16],
        };
        let record = minicbor::to_vec(Record::seal(&head, [7; 16], &event).unwrap()).unwrap();
        if concerns(kind) == EntityKind::Entitlement {
            story.push((kind != "entitlement.granted", record.clone()));
        }
        seeds.push((name, record));
    }
    story.sort_by_key(|(later, _)| *later);
    seeds.push((
        "story".into(),
        story.into_iter().flat_map(|(_, record)| record).collect(),
    ));
    seeds
}

fn messages() -> Seeds {
    let mut seeds = from_hex(golden("wire"));
    let push = seeds.iter().find(|(name, _)| name == "push").unwrap().1.clone();
    seeds.push((
        "push-packed".into(),
        pack(&minicbor::decode::<Push>(&push).unwrap()).unwrap(),
    ));
    let fields = http_signature::sign(&desk_key(), DESK, "POST", "/v1/push", b"body", 1_609_754_400);
    let text = [&fields.content_digest, &fields.signature_input, &fields.signature].map(String::as_str);
    seeds.push(("signed".into(), format!("{}\nbody", text.join("\n")).into_bytes()));
    seeds
}

fn bundles() -> Seeds {
    let mut seeds = from_hex(golden("bundle"));
    let openings: Seeds = seeds
        .iter()
        .map(|(name, file)| {
            let (_, opening) =
                Reader::open(&file[..], &office_key(), OFFICE, &office_key().public()).unwrap();
            (format!("opening-{name}"), minicbor::to_vec(opening).unwrap())
        })
        .collect();
    seeds.extend(openings);
    seeds
}

fn lists() -> Seeds {
    let sheet = facts::sheet(&facts::households(6, 0));
    let csv = write_csv(&sheet).unwrap();
    let text = String::from_utf8(csv.clone()).unwrap();
    let latin: Vec<u8> = text
        .trim_start_matches('\u{feff}')
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
        .collect();
    vec![
        ("list.xlsx".into(), write_xlsx(&sheet).unwrap()),
        ("list.csv".into(), csv),
        ("latin.csv".into(), latin),
        ("tabs.csv".into(), text.replace(';', "\t").into_bytes()),
    ]
}

fn slips() -> Seeds {
    let terms = Terms {
        office: OFFICE,
        entitlement: EntitlementId(Uuid::from_u128(2)),
        from: DESK,
        to: DeskId(Uuid::from_u128(0xd2)),
        stamp: SlipStamp(36_806_400),
    };
    let content = Content {
        terms,
        topic: "q3".into(),
        campaign: CampaignId(Uuid::from_u128(3)),
        household: HouseholdId(Uuid::from_u128(4)),
        due: Cents(25_000),
        data: br#"{"members":[{"surname":"Dell'Erba"}]}"#.to_vec(),
    };
    let sealed = SealedSlip::seal(&desk_key(), &office_key().public(), &content, &[7; 32]).unwrap();
    let code = ShortCode::of(&desk_key(), &office_key().public(), &terms).unwrap();
    vec![
        ("qr".into(), sealed.qr().into_bytes()),
        ("code".into(), code.to_string().into_bytes()),
        ("tax-code".into(), b"CCCFBA85D03L219P".to_vec()),
        ("serial".into(), b"AB0001234".to_vec()),
        ("data".into(), content.data),
    ]
}
