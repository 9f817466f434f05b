// SPDX-License-Identifier: EUPL-1.2
//! What must hold once everybody has met, whatever happened before:
//!
//! - nothing that was told is lost: at the desk that told it, at the centre, at every desk that may read it;
//! - desks with the same records show the same;
//! - what is shown is what the records say, by the store's own second folding and by a model of our own;
//! - nobody is served twice by desks that did not force it, and what should not have happened is seen by a supervisor;
//! - a paper that hands a right over is used once, and at the desk that it names;
//! - whom a supervisor relieved may have served, and then it is seen;
//! - vouchers are conserved, counted one by one, and none is out twice without being seen;
//! - the indicator is what a recount says;
//! - no visitor is lost: everybody who came waits, is served, waits aside, was missed or is done, at every desk that knows;
//! - nobody is called to two counters by desks that know of each other, and no number is given twice by a desk in a day;
//! - the days went as a recount says, and the same at all that hold the same;
//! - what waits to be sent is told as it is;
//! - a desk is stopped when its identity does not hold, and never otherwise;
//! - what was ordered to be erased is nowhere any more, and nothing else is gone;
//! - what a stick brings is what its writers wrote, and what it does not bring is told.

mod cases;
mod erased;
mod journal;
mod ledger;
mod meeting;
mod model;
mod queue;
mod records;
mod right;
mod shown;

pub use journal::Journal;
pub use model::Model;
pub use queue::Known;
pub use records::{grown, is_of_its_writers, status, waiting_is_true};

use super::report::Violation;
use super::world::World;

/// Looks at everything.
pub fn check(world: &mut World) -> Result<(), Violation> {
    records::check(world)?;
    erased::check(world)?;
    queue::check(world)?;
    shown::check(world)
}
