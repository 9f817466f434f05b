// SPDX-License-Identifier: EUPL-1.2
//! What may be done with a plan.

use super::{
    Evidence, Expected, Measure, Plan, PlanBound, PlanLoaded, PlanNoted, Problem, Reached, Sheet, Target,
};
use crate::context::Ctx;
use crate::event::NewEvent;
use crate::ids::PlanId;
use crate::meta::Topic;
use crate::refusal::Rejection;

/// The most characters that a word or a note may have.
const LONGEST: usize = 2_000;
/// The most characters of a file's content (base64): some 380 KiB. A record holds a mebibyte.
pub const LARGEST_FILE: usize = 512 * 1024;

impl PlanId {
    /// The plan of a sheet: the same code is the same plan, wherever it is loaded.
    pub fn of(code: &str) -> Self {
        let code = code.trim().to_uppercase();
        Self(crate::ids::derived("sportello 2026 plan", &[code.as_bytes()]))
    }
}

impl Sheet {
    /// Whether the sheet has such a phase or indicator.
    pub fn has(&self, target: Target) -> bool {
        let (number, many) = match target {
            Target::Phase { number } => (number, self.phases.len()),
            Target::Indicator { number } => (number, self.indicators.len()),
        };
        number > 0 && usize::try_from(number).is_ok_and(|number| number <= many)
    }

    /// What an indicator is to reach; none for a phase.
    pub fn expected(&self, target: Target) -> Option<Expected> {
        let Target::Indicator { number } = target else {
            return None;
        };
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.indicators.get(at).map(|indicator| indicator.expected)
    }

    /// Whether such a value can be said of it.
    pub fn fits(&self, target: Target, reached: Reached) -> bool {
        match (target, self.expected(target), reached) {
            (Target::Phase { .. }, _, Reached::Percent { value }) => self.has(target) && value <= 100,
            (_, Some(Expected::Share { .. }), Reached::Share { value }) => value <= 10_000,
            (_, Some(Expected::Day { .. }), Reached::Day { .. }) => true,
            _ => false,
        }
    }

    /// Whether it can be read from such records.
    pub fn can_read(&self, target: Target, measure: Measure) -> bool {
        match measure {
            Measure::ServedOfPresented { .. } => {
                matches!(self.expected(target), Some(Expected::Share { .. }))
            }
            Measure::ServedOfEntitled { .. } | Measure::DaysOfCampaign { .. } => {
                matches!(target, Target::Phase { .. }) && self.has(target)
            }
        }
    }

    /// The first thing that keeps it from being loaded.
    pub fn hindered(&self) -> Option<Problem> {
        self.check().into_iter().find(|problem| problem.hinders())
    }
}

/// Loads a sheet; `known` is the plan of the same code, where there is one. The same sheet again is nothing new.
pub fn load(
    _ctx: &Ctx,
    sheet: Sheet,
    file: &str,
    known: Option<&Plan>,
) -> Result<(PlanId, Vec<NewEvent>), Rejection> {
    if sheet.hindered().is_some() {
        return Err(Rejection::FieldInvalid { field: "sheet" });
    }
    let id = PlanId::of(&sheet.code);
    if known.is_some_and(|plan| plan.sheet == sheet) {
        return Err(Rejection::PlanUnchanged);
    }
    let file = file.trim().to_owned();
    let loaded = PlanLoaded { sheet, file };
    Ok((id, vec![NewEvent::new(Topic::Office, id, loaded)]))
}

/// Says how far something is. Words or evidence go with it: a number alone shows nothing.
pub fn note(
    ctx: &Ctx,
    plan: &Plan,
    target: Target,
    reached: Reached,
    note: &str,
    evidence: Option<Evidence>,
) -> Result<Vec<NewEvent>, Rejection> {
    if !plan.sheet.has(target) {
        return Err(Rejection::NotFound { what: "plan_target" });
    }
    if !plan.sheet.fits(target, reached) {
        return Err(Rejection::FieldInvalid { field: "reached" });
    }
    if let Reached::Day { day } = reached
        && day > ctx.now.day()
    {
        return Err(Rejection::FieldInvalid { field: "day" });
    }
    let note = note.trim();
    let evidence = evidence.filter(|evidence| !evidence.title.trim().is_empty() || evidence.file.is_some());
    if note.is_empty() && evidence.is_none() {
        return Err(Rejection::ReasonMissing);
    }
    let long = |text: &str| text.chars().count() > LONGEST;
    if long(note) || evidence.as_ref().is_some_and(|evidence| long(&evidence.title)) {
        return Err(Rejection::FieldInvalid { field: "note" });
    }
    if let Some(file) = evidence.as_ref().and_then(|evidence| evidence.file.as_ref())
        && (file.content.len() > LARGEST_FILE || file.name.trim().is_empty())
    {
        return Err(Rejection::FileTooLarge {
            most: LARGEST_FILE as u64 / 4 * 3 / 1024,
        });
    }
    let body = PlanNoted {
        target,
        reached,
        note: note.to_owned(),
        evidence: evidence.map(|evidence| Evidence {
            title: evidence.title.trim().to_owned(),
            ..evidence
        }),
    };
    Ok(vec![NewEvent::new(Topic::Office, plan.id, body)])
}

/// Has something read from the records, or followed by hand again.
pub fn bind(plan: &Plan, target: Target, measure: Option<Measure>) -> Result<Vec<NewEvent>, Rejection> {
    if !plan.sheet.has(target) {
        return Err(Rejection::NotFound { what: "plan_target" });
    }
    if measure.is_some_and(|measure| !plan.sheet.can_read(target, measure)) {
        return Err(Rejection::FieldInvalid { field: "measure" });
    }
    if plan.measure(target) == measure {
        return Err(Rejection::PlanUnchanged);
    }
    Ok(vec![NewEvent::new(
        Topic::Office,
        plan.id,
        PlanBound { target, measure },
    )])
}
