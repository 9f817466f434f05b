// SPDX-License-Identifier: EUPL-1.2
//! A plan as its records leave it.

use super::{Measure, Reached, Sheet, Target};
use crate::event::Event;
use crate::ids::{CommandId, OperatorId, PlanId};
use crate::meta::EventMeta;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A plan that is followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Plan {
    /// Its identifier; it follows from the sheet's code.
    pub id: PlanId,
    /// The sheet, as it was loaded last.
    pub sheet: Sheet,
    /// How often, when and from which file it was loaded, the first time first.
    pub loads: Vec<PlanLoad>,
    /// What is read from the records.
    pub bindings: Vec<PlanBinding>,
    /// What was said by hand, the oldest first.
    pub notes: Vec<PlanNote>,
}

/// A sheet was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PlanLoad {
    /// The file.
    pub file: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
}

/// What of the records says how far something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PlanBinding {
    /// Of which.
    pub target: Target,
    /// What is read.
    pub measure: Measure,
}

/// What somebody said of a phase or an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PlanNote {
    /// The command by which it was said: its evidence is asked for by it.
    pub id: CommandId,
    /// Of which.
    pub target: Target,
    /// How far it was.
    pub reached: Reached,
    /// In words.
    pub note: String,
    /// What shows it.
    pub evidence: String,
    /// The name of the file that was attached.
    pub file: Option<String>,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
}

impl Plan {
    /// What is read from the records for a phase or an indicator.
    pub fn measure(&self, target: Target) -> Option<Measure> {
        let binding = self.bindings.iter().find(|binding| binding.target == target);
        binding.map(|binding| binding.measure)
    }

    /// What was said of a phase or an indicator last.
    pub fn last_note(&self, target: Target) -> Option<&PlanNote> {
        self.notes.iter().rev().find(|note| note.target == target)
    }

    /// How far a phase or an indicator is by what was said of it: of what fits it, the last word.
    pub fn said(&self, target: Target) -> Option<Reached> {
        let notes = self.notes.iter().rev().filter(|note| note.target == target);
        notes
            .map(|note| note.reached)
            .find(|reached| self.sheet.fits(target, *reached))
    }
}

impl crate::state::Fold for Plan {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        if let Event::PlanLoaded(body) = event {
            let load = PlanLoad {
                file: body.file.clone(),
                at: meta.at,
                by: meta.actor,
            };
            let mut plan = state.unwrap_or_else(|| Self {
                id: PlanId(meta.entity.id),
                sheet: Sheet::default(),
                loads: Vec::new(),
                bindings: Vec::new(),
                notes: Vec::new(),
            });
            plan.sheet = body.sheet.clone();
            plan.loads.push(load);
            return Some(plan);
        }
        let mut plan = state?;
        match event {
            Event::PlanNoted(body) => plan.notes.push(PlanNote {
                id: meta.command,
                target: body.target,
                reached: body.reached,
                note: body.note.clone(),
                evidence: body
                    .evidence
                    .as_ref()
                    .map(|e| e.title.clone())
                    .unwrap_or_default(),
                file: body
                    .evidence
                    .as_ref()
                    .and_then(|e| e.file.as_ref().map(|file| file.name.clone())),
                at: meta.at,
                by: meta.actor,
            }),
            Event::PlanBound(body) => {
                plan.bindings.retain(|binding| binding.target != body.target);
                plan.bindings.extend(body.measure.map(|measure| PlanBinding {
                    target: body.target,
                    measure,
                }));
                plan.bindings.sort_by_key(|binding| binding.target);
            }
            _ => {}
        }
        Some(plan)
    }
}
