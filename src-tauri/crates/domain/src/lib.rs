// SPDX-License-Identifier: EUPL-1.2
//! The rules of the citizen desk. Pure: states and commands go in, events come out; events go in, states come out.
//! No input or output, no clock, no randomness: what a decision may know is given to it ([`context::Ctx`] and states).
//!
//! Each thing has a module with its state, its events, its fold and its `decide` functions. Begin with [`entitlement`]:
//! it carries the invariants that the rest of the house exists for.

pub mod agenda;
pub mod appointment;
pub mod campaign;
pub mod closing;
pub mod command;
pub mod context;
pub mod crockford;
pub mod desk;
pub mod entitlement;
pub mod erasure;
pub mod event;
pub mod exceptions;
pub mod household;
pub mod ids;
pub mod import;
pub mod look;
pub mod meta;
pub mod money;
pub mod office;
pub mod paper;
pub mod plan;
pub mod queue;
pub mod refusal;
pub mod sample;
pub mod serial;
pub mod state;
pub mod statement;
pub mod stock;
pub mod survey;
pub mod time;

pub mod demo;
pub mod identifier;
pub mod scan;
pub mod tax_code;
pub mod text;
