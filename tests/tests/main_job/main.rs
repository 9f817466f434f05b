// SPDX-License-Identifier: EUPL-1.2
//! The main job, whole, through the two doors: from Servizi Sociali's list to a signed receipt, with the network down,
//! reconciled at the centre. The oracle is what people are told, never a table.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::case_sensitive_file_extension_comparisons
)]

mod access;
mod agenda;
mod bootstrap;
mod closing;
mod custody;
mod day;
mod erasure;
mod evolution;
mod exceptions;
mod identity;
mod import;
mod inbox;
mod indicator;
mod late;
mod looks;
mod paper;
mod people;
mod plan;
mod relay;
mod renewal;
mod replaced;
mod rotation;
mod situations;
mod slip;
mod statement;
mod stick;
mod stock;
mod world;
