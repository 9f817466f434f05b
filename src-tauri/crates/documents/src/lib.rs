// SPDX-License-Identifier: EUPL-1.2
//! Documents in and out.
//!
//! - [`lists`] reads the lists that other offices send (XLSX, ODS, CSV) and writes tables that a spreadsheet opens;
//! - `pdf` makes the printed documents (slips, receipts, forms, reports), accessible (PDF/UA-1) and archival (PDF/A-2a).
//!
//! Nothing here knows the rules of the desk, reads the clock, the file system or the network: bytes and plain data in,
//! bytes and plain data out. No error message carries a cell's or a field's content.

pub mod calendar;
pub mod gantt;
pub mod lists;
#[cfg(feature = "pdf")]
pub mod pdf;

#[cfg(feature = "pdf")]
pub use pdf::{Document, DocumentError, Format, Lang, render};
