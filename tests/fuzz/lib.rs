// SPDX-License-Identifier: EUPL-1.2
//! The entry points of `tests/src/fuzz`, for fuzzers: the same source that the normal suite compiles.

#[path = "../src/fuzz/mod.rs"]
mod targets;

/// Feeds a target.
pub fn run(name: &str, bytes: &[u8]) {
    let found = targets::TARGETS.iter().find(|(known, _)| *known == name);
    let (_, target) = found.expect("each fuzzer has its target");
    target(bytes);
}
