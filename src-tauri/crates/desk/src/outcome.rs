// SPDX-License-Identifier: EUPL-1.2
//! What came of a command. By the time that anybody reads it, it is on disk.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sportello_domain::command::Command;
use sportello_domain::ids::{CommandId, DeliveryId};
use sportello_domain::import::ImportCounts;
use sportello_domain::meta::EntityRef;
use ts_rs::TS;

/// What came of a command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Outcome {
    /// The command.
    pub command: CommandId,
    /// What the command made or concerned.
    pub subject: Option<EntityRef>,
    /// Everything that changed: who shows it asks again.
    pub changed: Vec<EntityRef>,
    /// The delivery that was confirmed: its receipt can be printed.
    pub delivery: Option<DeliveryId>,
    /// What an import did.
    pub import: Option<ImportCounts>,
    /// The command that takes it back, where there is one.
    pub undo: Option<Box<Command>>,
    /// A rule was gone over with a reason: a supervisor will see it.
    pub forced: bool,
    /// The command had been done before: nothing was done again.
    pub repeated: bool,
}
