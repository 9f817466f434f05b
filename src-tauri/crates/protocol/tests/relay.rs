// SPDX-License-Identifier: EUPL-1.2
//! Requests and answers sealed between a desk and its relay: what is changed, cut, kept for another or used again does not open.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use samples::bundles::{neighbour, neighbour_key, stranger_key};
use samples::messages::DESK;
use samples::relay::{answered, asked, sealed};
use sportello_protocol::relay::{self, SealError};

#[test]
fn what_a_desk_asks_its_relay_opens_and_so_does_the_answer() {
    let relay = neighbour().desk_id();
    let (bytes, ours) = sealed();
    let (opened, theirs) = relay::open(&bytes, relay, &neighbour_key()).unwrap();
    assert_eq!(opened, asked());
    let answer = theirs.seal(&answered(), &[5; 32]).unwrap();
    assert_eq!(ours.open(&answer).unwrap(), answered());
    // Asked again by somebody, it is answered anew, and never under the same key.
    let again = relay::open(&bytes, relay, &neighbour_key()).unwrap().1;
    assert_ne!(again.seal(&answered(), &[6; 32]).unwrap()[32..], answer[32..]);
}

#[test]
fn a_changed_or_cut_message_never_opens() {
    let relay = neighbour().desk_id();
    let (bytes, ours) = sealed();
    let (_, theirs) = relay::open(&bytes, relay, &neighbour_key()).unwrap();
    let answer = theirs.seal(&answered(), &[5; 32]).unwrap();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x41;
        assert_eq!(
            relay::open(&changed, relay, &neighbour_key()).err(),
            Some(SealError::Closed),
            "{at}"
        );
        assert!(
            relay::open(&bytes[..at], relay, &neighbour_key()).is_err(),
            "{at}"
        );
    }
    for at in 0..answer.len() {
        let mut changed = answer.clone();
        changed[at] ^= 0x41;
        assert_eq!(ours.open(&changed), Err(SealError::Closed), "{at}");
        assert!(ours.open(&answer[..at]).is_err(), "{at}");
    }
}

#[test]
fn it_opens_for_no_other_desk_and_under_no_other_name() {
    let (bytes, _) = sealed();
    let relay = neighbour().desk_id();
    assert_eq!(
        relay::open(&bytes, relay, &stranger_key()).err(),
        Some(SealError::Closed)
    );
    assert_eq!(
        relay::open(&bytes, DESK, &neighbour_key()).err(),
        Some(SealError::Closed)
    );
    // The answer to one question is none to another.
    let (_, theirs) = relay::open(&bytes, relay, &neighbour_key()).unwrap();
    let answer = theirs.seal(&answered(), &[5; 32]).unwrap();
    let other = relay::seal(&asked(), relay, &neighbour_key().public(), &[10; 32])
        .unwrap()
        .1;
    assert_eq!(other.open(&answer), Err(SealError::Closed));
}
