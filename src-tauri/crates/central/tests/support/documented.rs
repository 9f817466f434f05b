// SPDX-License-Identifier: EUPL-1.2
//! Holds every answer that a test gets to what the OpenAPI document says.

use reqwest::header::HeaderMap;
use serde_json::Value;
use sportello_protocol::wire::{CONTENT_TYPE, Problem, unpack};

/// What is answered where there is nothing, or not by this method: the document has only what is there.
const OF_NO_ADDRESS: [u16; 2] = [404, 405];

/// Panics where an answer has a status, a type or a code that the document does not name for its address.
pub fn check(method: &str, path: &str, status: u16, headers: &HeaderMap, body: &[u8]) {
    let text = include_str!("../../src/openapi.json");
    let document: Value = serde_json::from_str(text).unwrap();
    let operation = &document["paths"][path][method];
    if operation.is_null() {
        assert!(
            OF_NO_ADDRESS.contains(&status),
            "{method} {path} answered {status}"
        );
        return;
    }
    let mut answer = &operation["responses"][status.to_string()];
    if let Some(reference) = answer["$ref"].as_str() {
        answer = document.pointer(reference.trim_start_matches('#')).unwrap();
    }
    let kind = headers["content-type"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    let schema = &answer["content"][kind]["schema"];
    assert!(
        !schema.is_null(),
        "{method} {path} answered {status} {kind}, and the document does not know it"
    );
    if kind == CONTENT_TYPE && status != 200 {
        let code = unpack::<Problem>(body).unwrap().code;
        let codes = schema["allOf"][1]["properties"]["code"]["enum"]
            .as_array()
            .unwrap();
        assert!(
            codes.iter().any(|known| *known == code),
            "{method} {path} answered {status} {code}"
        );
    }
    assert_eq!(
        headers.contains_key("retry-after"),
        status == 429,
        "{method} {path} {status}"
    );
}
