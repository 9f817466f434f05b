// SPDX-License-Identifier: EUPL-1.2
//! A question to a relay and its answer.

use super::bundles::{neighbour, neighbour_key};
use super::messages::{DESK, desk_key};
use sportello_protocol::http_signature::sign;
use sportello_protocol::relay::{self, AnswerKey, Answered, Asked};

pub fn asked() -> Asked {
    let path = format!("{}/v1/pull", relay::prefix(neighbour().desk_id()));
    let body = b"body".to_vec();
    let fields = sign(&desk_key(), DESK, "POST", &path, &body, 1_609_754_400);
    Asked {
        path,
        content_digest: fields.content_digest,
        signature_input: fields.signature_input,
        signature: fields.signature,
        body,
    }
}

pub fn answered() -> Answered {
    Answered {
        status: 200,
        body: b"answer".to_vec(),
    }
}

pub fn sealed() -> (Vec<u8>, AnswerKey) {
    relay::seal(
        &asked(),
        neighbour().desk_id(),
        &neighbour_key().public(),
        &[9; 32],
    )
    .unwrap()
}

/// Name of the file, and the bytes.
pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    let (request, key) = sealed();
    let answer = key.seal(&answered(), &[5; 32]).unwrap();
    vec![("request", request), ("answer", answer)]
}
