// SPDX-License-Identifier: EUPL-1.2
//! Bundles: the file as it lies on a stick; and an opening as somebody of the office might have made it.

use super::{DESK, OFFICE, TOPIC, desk_key, office_key};
use sportello_domain::meta::Topic;
use sportello_protocol::bundle::{Next, Opening, Reader, Recipient, Writer};

/// A bundle from bytes, or an opening to be written into one.
pub fn target(bytes: &[u8]) {
    if let Ok(opening) = minicbor::decode::<Opening>(bytes) {
        carried(&opening);
    }
    let Ok((mut reader, opening)) = Reader::open(bytes, &office_key(), OFFICE, &office_key().public()) else {
        return;
    };
    assert_eq!(opening.office_id(), OFFICE);
    // Each frame takes some bytes at least: a file has an end.
    for _ in 0..=bytes.len() {
        match reader.next() {
            Ok(Next::End { .. }) => {
                assert!(reader.position() <= bytes.len() as u64);
                return;
            }
            Ok(_) => {}
            Err(error) => panic!("bytes in memory cannot fail to be read: {error}"),
        }
    }
    panic!("the bundle has no end");
}

/// Whatever can be said in an opening is read as it was written, or not believed.
fn carried(opening: &Opening) {
    let recipients = [Recipient {
        key: office_key().public(),
        topics: Topic::ALL.to_vec(),
    }];
    let key = if opening.desk() == Some(DESK) {
        desk_key()
    } else {
        office_key()
    };
    let Ok(writer) = Writer::begin(Vec::new(), &recipients, &[TOPIC], &[9; 32], &key, opening) else {
        return;
    };
    let file = writer.end().expect("a bundle without segments can be ended");
    match Reader::open(&file[..], &office_key(), OFFICE, &office_key().public()) {
        Ok((mut reader, read)) => {
            assert_eq!(&read, opening);
            assert_eq!(reader.next().ok(), Some(Next::End { whole: true }));
        }
        Err(error) => assert!(!error.code().is_empty()),
    }
}
