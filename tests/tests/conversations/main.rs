// SPDX-License-Identifier: EUPL-1.2
//! Whole exchanges as earlier versions had them, word for word, had again with today's programs: an old desk with today's centre,
//! today's desk with an old centre. What was recorded once is never recorded again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod record;
mod replay;
mod versions;
