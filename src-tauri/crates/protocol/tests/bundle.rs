// SPDX-License-Identifier: EUPL-1.2
//! Bundles on sticks that are cut off, damaged, lost, or made by somebody else: nothing panics, nothing wrong is accepted,
//! and nothing is read without a key.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use proptest::prelude::*;
use samples::bundles::{self, Found, neighbour_key, of_centre, of_desk, segments, stranger_key};
use samples::messages::{OFFICE, desk_key, office_key};
use sportello_protocol::DeskKey;
use sportello_protocol::bundle::{BundleError, MAGIC, Opening, Reader};

fn opening() -> Opening {
    bundles::read(&of_desk(), &office_key()).unwrap().opening
}

/// What was found must be a part of what was written, in its order.
fn holds(found: &Found) {
    assert_eq!(found.opening, opening());
    let mut written = segments().into_iter();
    for segment in &found.segments {
        assert!(written.any(|one| one == *segment), "a segment that nobody wrote");
    }
    if found.whole {
        assert_eq!(found.segments, segments());
    }
}

#[test]
fn a_bundle_cut_off_anywhere_gives_every_segment_before_the_cut() {
    let bytes = of_desk();
    let mut counts = Vec::new();
    for cut in 0..bytes.len() {
        match bundles::read(&bytes[..cut], &neighbour_key()) {
            Ok(found) => {
                holds(&found);
                assert!(!found.whole && found.damaged == 0, "cut at {cut}");
                counts.push(found.segments.len());
            }
            Err(BundleError::NotABundle) => assert!(cut < MAGIC.len()),
            Err(BundleError::Damaged) => assert!(counts.is_empty(), "cut at {cut}"),
            Err(error) => panic!("cut at {cut}: {error}"),
        }
    }
    assert!(counts.is_sorted(), "more of the file never gives less");
    counts.dedup();
    assert_eq!(counts, [0, 1, 2]);
}

#[test]
fn a_changed_byte_anywhere_is_never_believed() {
    let bytes = of_desk();
    for at in 0..bytes.len() {
        for change in [1, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[at] ^= change;
            if let Ok(found) = bundles::read(&changed, &neighbour_key()) {
                holds(&found);
                assert!(!found.whole, "byte {at} changed, and the bundle is whole");
            }
        }
    }
}

#[test]
fn one_damaged_segment_does_not_take_the_others_along() {
    let bytes = of_desk();
    // The last byte of the first segment's frame: the second is 6 bytes of head and its content before the closing.
    let found = (0..bytes.len())
        .rev()
        .filter_map(|at| {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            bundles::read(&changed, &neighbour_key()).ok()
        })
        .find(|found| found.segments == segments()[1..]);
    let found = found.expect("a byte whose change damages the first segment only");
    assert!(found.damaged == 1 && !found.whole);
}

#[test]
fn frames_belong_to_their_place_and_their_bundle() {
    let (one, other) = (of_desk(), of_centre());
    // The same seed gave both the same keys: only what binds a frame to its bundle keeps them apart.
    let frames = |bytes: &[u8]| {
        let wraps = usize::try_from(u32::from_be_bytes(bytes[18..22].try_into().unwrap())).unwrap();
        let (mut at, mut all) = (22 + wraps + 32, vec![bytes[..22 + wraps + 32].to_vec()]);
        while at < bytes.len() {
            let len = usize::try_from(u32::from_be_bytes(bytes[at + 2..at + 6].try_into().unwrap())).unwrap();
            all.push(bytes[at..at + 6 + len].to_vec());
            at += 6 + len;
        }
        all
    };
    let (one, other) = (frames(&one), frames(&other));
    assert_eq!(one.len(), 5, "prelude, opening, two segments, closing");
    let read = |order: &[&Vec<u8>]| {
        let bytes: Vec<u8> = order.iter().flat_map(|part| part.iter().copied()).collect();
        bundles::read(&bytes, &neighbour_key())
    };
    let exchanged = read(&[&one[0], &one[1], &one[3], &one[2], &one[4]]).unwrap();
    assert_eq!(
        (exchanged.segments.len(), exchanged.damaged, exchanged.whole),
        (0, 2, false)
    );
    let left_out = read(&[&one[0], &one[1], &one[3], &one[4]]).unwrap();
    assert!(left_out.segments.is_empty() && !left_out.whole);
    let twice = read(&[&one[0], &one[1], &one[2], &one[2], &one[3], &one[4]]).unwrap();
    assert!(twice.segments == segments()[..1] && !twice.whole);
    // The prelude is the same (same seed, same recipients), and so are the keys: the signature says whose opening it is.
    assert_eq!(one[0], other[0]);
    let swapped = read(&[&one[0], &other[1], &one[2], &one[3], &one[4]]).unwrap();
    assert_eq!(swapped.opening.from, *OFFICE.0.as_bytes());
}

#[test]
fn nothing_is_read_without_a_key() {
    let lost = DeskKey::from_seed(&[77; 32]);
    let bytes = of_desk();
    assert!(matches!(bundles::read(&bytes, &lost), Err(BundleError::NotForUs)));
    // Not even who made it, or for whom, or of what: none of it stands in the clear.
    let opening = opening();
    let contains = |needle: &[u8]| bytes.windows(needle.len()).any(|part| part == needle);
    assert!(!contains(&opening.from) && !contains(&opening.office) && !contains(b"Q3-A") && !contains(b"q3"));
    for key in [office_key(), desk_key(), neighbour_key()] {
        assert!(!contains(&key.public().0));
    }
}

#[test]
fn a_desk_opens_only_the_topics_that_it_may_read() {
    let found = bundles::read(&of_desk(), &stranger_key()).unwrap();
    assert_eq!((found.segments.len(), found.others), (0, 2));
    assert!(found.whole, "nothing is missing of what it may read");
}

#[test]
fn a_bundle_is_believed_for_its_makers_signature_only() {
    let wrong = |opening: &Opening, key: &DeskKey| {
        let bytes = bundles::write(opening, key, &segments());
        bundles::read(&bytes, &office_key()).unwrap_err().code()
    };
    let good = opening();
    assert_eq!(wrong(&good, &stranger_key()), "bundle_signature");
    let as_centre = Opening {
        from: good.office,
        ..good.clone()
    };
    assert_eq!(
        wrong(&as_centre, &desk_key()),
        "bundle_signature",
        "no desk speaks for the office"
    );
    let mut without = good.clone();
    without.directory.certificates.remove(0);
    assert_eq!(wrong(&without, &desk_key()), "bundle_sender");
    let mut forged = good.clone();
    forged.directory.certificates[0] = samples::messages::certificate().sign(&desk_key());
    assert_eq!(wrong(&forged, &desk_key()), "bundle_sender");
    let elsewhere = Opening {
        office: [8; 16],
        ..good
    };
    assert_eq!(wrong(&elsewhere, &desk_key()), "bundle_other_office");
}

#[test]
fn a_newer_bundle_and_another_file_are_told_apart() {
    let mut newer = of_desk();
    newer[17] = 2;
    let code = |bytes: &[u8]| bundles::read(bytes, &office_key()).unwrap_err().code();
    assert_eq!(code(&newer), "bundle_newer");
    assert_eq!(code(b"PK\x03\x04 a spreadsheet of some length"), "bundle_not_one");
    assert_eq!(code(b""), "bundle_not_one");
    let claims = [&MAGIC[..], &[0, 1, 0xff, 0xff, 0xff, 0xff]].concat();
    assert_eq!(code(&claims), "bundle_damaged");
}

/// A stick that is pulled out while it is read is no end of the file.
#[test]
fn an_error_of_the_stick_is_told_as_one() {
    struct Pulled(std::io::Cursor<Vec<u8>>);
    impl std::io::Read for Pulled {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let len = into.len().min(64);
            match self.0.read(&mut into[..len]) {
                Ok(0) => Err(std::io::ErrorKind::NotConnected.into()),
                read => read,
            }
        }
    }
    let bytes = of_desk();
    let half = bytes[..bytes.len() - 10].to_vec();
    let key = office_key();
    let (mut reader, _) =
        Reader::open(Pulled(std::io::Cursor::new(half)), &key, OFFICE, &key.public()).unwrap();
    let error = loop {
        match reader.next() {
            Ok(sportello_protocol::bundle::Next::End { .. }) => panic!("it is not the end"),
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert_eq!(error.code(), "bundle_io");
}

proptest! {
    #[test]
    fn reading_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = bundles::read(&bytes, &office_key());
        let _ = bundles::read(&[&MAGIC[..], &bytes].concat(), &office_key());
    }

    #[test]
    fn whatever_befalls_a_file_nothing_wrong_is_accepted(
        cut in any::<prop::sample::Index>(), changes in prop::collection::vec((any::<prop::sample::Index>(), 1..=255_u8), 0..4),
        more in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut bytes = of_desk();
        for (at, change) in changes {
            let at = at.index(bytes.len());
            bytes[at] ^= change;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        bytes.extend(more);
        if let Ok(found) = bundles::read(&bytes, &neighbour_key()) {
            holds(&found);
        }
    }
}
