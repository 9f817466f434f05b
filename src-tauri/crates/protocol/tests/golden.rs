// SPDX-License-Identifier: EUPL-1.2
//! What was once written must be written and read the same way for ever. Each file in `golden/` is what a fixed input
//! becomes; a change is an error, and a new file is made with `UPDATE_GOLDEN=1` (which never changes one that is there).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use samples::{bundles, events, messages, relay};
use sportello_domain::event::Event;
use sportello_protocol::errands::{Replace, Replaced, Rotate, Rotated};
use sportello_protocol::http_signature;
use sportello_protocol::wire::{
    AsideAnswer, AsideRequest, Enrol, Enrolled, Problem, Pull, PullAnswer, Push, PushAnswer, Readmit,
};
use sportello_protocol::{Certificate, Head};
use std::collections::BTreeSet;
use std::path::PathBuf;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name)
}

/// Compares with the file; makes it when it is new and that was asked for.
fn hold(file: &str, made: &str) {
    let path = folder(file);
    match std::fs::read_to_string(&path) {
        Ok(kept) => assert_eq!(
            made, kept,
            "{file}: released bytes have changed; make a new version of the kind instead"
        ),
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => panic!("{file}: {error}"),
        Err(_) if std::env::var_os("UPDATE_GOLDEN").is_some() => {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, made).unwrap();
        }
        Err(error) => panic!("{file} is missing ({error}): run once with UPDATE_GOLDEN=1 and commit it"),
    }
}

fn hex_lines(bytes: &[u8]) -> String {
    let lines: Vec<String> = bytes.chunks(32).map(hex::encode).collect();
    lines.join("\n") + "\n"
}

#[test]
fn event_bodies_are_written_as_they_were() {
    for (name, event) in events::all() {
        let body = event.encode().unwrap();
        hold(
            &format!("events/{name}.json"),
            std::str::from_utf8(&body).unwrap(),
        );
        assert!(
            name.starts_with(&format!("{}.v{}", event.kind(), event.version())),
            "{name}"
        );
    }
}

#[test]
fn every_event_body_ever_written_is_read() {
    let mut seen = BTreeSet::new();
    for entry in std::fs::read_dir(folder("events")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (kind, version) = name.rsplit_once(".v").unwrap();
        let version: u16 = version.split('-').next().unwrap().parse().unwrap();
        let body = std::fs::read(&path).unwrap();
        let event = Event::decode(kind, version, &body).unwrap();
        assert_eq!(event.kind(), kind);
        if event.version() == version {
            assert_eq!(event.encode().unwrap(), body, "{name}");
        }
        seen.insert((kind.to_owned(), version));
    }
    for (kind, version) in Event::KINDS {
        assert!(
            seen.contains(&((*kind).to_owned(), *version)),
            "no golden file for {kind} v{version}"
        );
    }
}

#[test]
fn heads_links_and_signatures_are_what_they_were() {
    let mut lines = vec![format!("genesis {}", messages::links()[0])];
    for (record, link) in messages::records().iter().zip(&messages::links()[1..]) {
        let head = Head::from_bytes(&record.head).unwrap();
        assert_eq!(head.to_bytes(), record.head);
        lines.push(format!("head {} {}", head.seq, hex::encode(&record.head)));
        lines.push(format!("link {} {link}", head.seq));
    }
    let segment = messages::segment();
    let certificate = messages::certificate().sign(&messages::office_key());
    lines.push(format!(
        "writer's signature {}",
        hex::encode(segment.head.signature.0)
    ));
    lines.push(format!(
        "certificate's signature {}",
        hex::encode(certificate.signature.0)
    ));
    let fields = http_signature::sign(
        &messages::desk_key(),
        messages::DESK,
        "POST",
        "/v1/push",
        b"body",
        1_609_754_400,
    );
    lines.push(format!("content-digest: {}", fields.content_digest));
    lines.push(format!("signature-input: {}", fields.signature_input));
    lines.push(format!("signature: {}\n", fields.signature));
    let text = lines.join("\n");
    hold("chain.txt", &text);
}

#[test]
fn messages_are_written_as_they_were() {
    for (name, bytes) in messages::all() {
        hold(&format!("wire/{name}.hex"), &hex_lines(&bytes));
    }
}

#[test]
fn every_message_ever_written_is_read() {
    fn reread<T: minicbor::Encode<()> + for<'b> minicbor::Decode<'b, ()>>(bytes: &[u8]) -> Vec<u8> {
        minicbor::to_vec(minicbor::decode::<T>(bytes).unwrap()).unwrap()
    }
    for entry in std::fs::read_dir(folder("wire")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = hex::decode(std::fs::read_to_string(&path).unwrap().replace('\n', "")).unwrap();
        let again = match path.file_stem().unwrap().to_str().unwrap() {
            "certificate" | "certificate-replaced" | "certificate-rotated" => reread::<Certificate>(&bytes),
            "enrol" | "enrol-instead" | "enrol-speaking" => reread::<Enrol>(&bytes),
            "enrolled" | "enrolled-instead" => reread::<Enrolled>(&bytes),
            "push" | "push-speaking" => reread::<Push>(&bytes),
            "rotate" => reread::<Rotate>(&bytes),
            "rotated" => reread::<Rotated>(&bytes),
            "replace" => reread::<Replace>(&bytes),
            "replaced" => reread::<Replaced>(&bytes),
            "push-answer" => reread::<PushAnswer>(&bytes),
            "pull" => reread::<Pull>(&bytes),
            "pull-answer" | "pull-answer-of-a-relay" | "pull-answer-aside" => reread::<PullAnswer>(&bytes),
            "aside" => reread::<AsideRequest>(&bytes),
            "aside-answer" => reread::<AsideAnswer>(&bytes),
            "readmit" => reread::<Readmit>(&bytes),
            "problem" => reread::<Problem>(&bytes),
            other => panic!("{other}: say here what it is"),
        };
        assert_eq!(hex::encode(again), hex::encode(bytes), "{}", path.display());
    }
}

#[test]
fn bundles_are_written_as_they_were() {
    for (name, bytes) in bundles::all() {
        hold(&format!("bundle/{name}.hex"), &hex_lines(&bytes));
    }
}

#[test]
fn every_bundle_ever_written_is_read() {
    for (name, _) in bundles::all() {
        let text = std::fs::read_to_string(folder(&format!("bundle/{name}.hex"))).unwrap();
        let bytes = hex::decode(text.replace('\n', "")).unwrap();
        for (who, key, sees) in bundles::readers() {
            let read = bundles::read(&bytes, &key).unwrap_or_else(|error| panic!("{name}, {who}: {error}"));
            assert_eq!(read.opening.from, bundles::maker(name), "{name}, {who}");
            assert_eq!(
                (read.segments.len(), read.others),
                if sees { (2, 0) } else { (0, 2) },
                "{name}, {who}"
            );
            assert!(read.whole && read.damaged == 0, "{name}, {who}");
        }
    }
}

#[test]
fn what_passes_between_a_desk_and_its_relay_is_sealed_as_it_was() {
    for (name, bytes) in relay::all() {
        hold(&format!("relay/{name}.hex"), &hex_lines(&bytes));
    }
    let text = std::fs::read_to_string(folder("relay/request.hex")).unwrap();
    let bytes = hex::decode(text.replace('\n', "")).unwrap();
    let (asked, _) =
        sportello_protocol::relay::open(&bytes, bundles::neighbour().desk_id(), &bundles::neighbour_key())
            .unwrap();
    assert_eq!(asked, relay::asked());
}
