// SPDX-License-Identifier: EUPL-1.2
//! The plan: what a file says of it, and how far it is. What is read from the records is worked out anew each time.

use super::Ask;
use crate::error::DeskError;
use crate::view::{
    PlanIndicatorRow, PlanPhaseRow, PlanReadingView, PlanRow, PlanSourceOf, PlanView, PlansView, Standing,
    View,
};
use base64::Engine as _;
use sportello_documents::lists;
use sportello_domain::campaign::Campaign;
use sportello_domain::command::FileInput;
use sportello_domain::ids::{CommandId, PlanId};
use sportello_domain::plan::{
    Expected, Measure, Plan, Reached, Target, Verdict, done, ends, forecast, sheet, verdict,
};
use sportello_domain::refusal::Rejection;

/// A sheet is a page or two of text.
const LARGEST: usize = 1 << 20;

pub(super) fn reading(ask: &Ask<'_>, file: &FileInput) -> Result<PlanReadingView, DeskError> {
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(file.content.trim())
        .map_err(|_| DeskError::plain("malformed_command"))?;
    if bytes.len() > LARGEST {
        return Err(Rejection::FileTooLarge {
            most: LARGEST as u64 / 1024,
        }
        .into());
    }
    if bytes.starts_with(b"%PDF") {
        return Err(DeskError::plain("plan_pdf"));
    }
    let text = lists::text(&bytes);
    if text.contains('\0') {
        return Err(DeskError::plain("plan_no_text"));
    }
    let reading = sheet::read(&text);
    let problems = reading.sheet.check();
    let id = PlanId::of(&reading.sheet.code);
    let known = ask.reads.state::<Plan>(id)?;
    let hindrance = reading
        .sheet
        .hindered()
        .map(|_| DeskError::plain("plan_hindered").problem(ask.language()));
    Ok(PlanReadingView {
        unchanged: known.as_ref().is_some_and(|plan| plan.sheet == reading.sheet),
        known: known.map(|plan| plan.id),
        lines: text.lines().map(str::to_owned).collect(),
        problems,
        hindrance,
        reading,
    })
}

pub(super) fn plans(ask: &Ask<'_>) -> Result<PlansView, DeskError> {
    let mut rows = Vec::new();
    for plan in ask.reads.plans()? {
        let view = of(ask, plan)?;
        let reached = view
            .indicators
            .iter()
            .filter(|row| row.verdict == Verdict::Reached);
        rows.push(PlanRow {
            id: view.plan.id,
            reached: u32::try_from(reached.count()).unwrap_or(u32::MAX),
            indicators: u32::try_from(view.indicators.len()).unwrap_or(u32::MAX),
            done: view.done,
            code: view.plan.sheet.code,
            title: view.plan.sheet.title,
        });
    }
    Ok(PlansView { rows })
}

pub(super) fn plan(ask: &Ask<'_>, id: PlanId) -> Result<PlanView, DeskError> {
    of(ask, ask.need(id, "plan")?)
}

fn of(ask: &Ask<'_>, plan: Plan) -> Result<PlanView, DeskError> {
    let today = ask.now.day();
    let mut phases = Vec::new();
    for (number, phase) in (1..).zip(&plan.sheet.phases) {
        let target = Target::Phase { number };
        let (reached, source) = reached(ask, &plan, target)?;
        let percent = match reached {
            Some(Reached::Percent { value }) => value,
            _ => 0,
        };
        phases.push(PlanPhaseRow {
            number,
            forecast: forecast(phase.from, phase.to, percent, today),
            phase: phase.clone(),
            percent,
            source,
            note: plan.last_note(target).cloned(),
        });
    }
    let mut indicators = Vec::new();
    for (number, indicator) in (1..).zip(&plan.sheet.indicators) {
        let target = Target::Indicator { number };
        let (reached, source) = reached(ask, &plan, target)?;
        indicators.push(PlanIndicatorRow {
            number,
            indicator: indicator.clone(),
            verdict: verdict(indicator.expected, reached, today),
            reached,
            source,
            note: plan.last_note(target).cloned(),
        });
    }
    let percents: Vec<u8> = phases.iter().map(|row| row.percent).collect();
    Ok(PlanView {
        done: done(&plan.sheet, &percents),
        forecast: ends(&plan.sheet, &percents, today),
        problems: plan.sheet.check(),
        phases,
        indicators,
        plan,
    })
}

/// How far something is, and from where that is known.
fn reached(ask: &Ask<'_>, plan: &Plan, target: Target) -> Result<(Option<Reached>, PlanSourceOf), DeskError> {
    // A sheet that was revised may expect something else of what has the same number now.
    let measure = plan
        .measure(target)
        .filter(|measure| plan.sheet.can_read(target, *measure));
    let Some(measure) = measure else {
        let said = plan.said(target);
        let source = if said.is_some() {
            PlanSourceOf::Hand
        } else {
            PlanSourceOf::Nothing
        };
        return Ok((said, source));
    };
    let Some(campaign) = ask.reads.state::<Campaign>(measure.campaign())? else {
        return Ok((None, PlanSourceOf::Unreadable { measure }));
    };
    read(ask, measure, &campaign)
}

fn read(
    ask: &Ask<'_>,
    measure: Measure,
    campaign: &Campaign,
) -> Result<(Option<Reached>, PlanSourceOf), DeskError> {
    let records = |standing, missing_desks| PlanSourceOf::Records {
        measure,
        campaign: campaign.name.clone(),
        standing,
        missing_desks,
    };
    let percent = |part: u64, whole: u64| {
        let share = (part.min(whole) * 100).checked_div(whole);
        share.map(|share| Reached::Percent {
            value: u8::try_from(share).unwrap_or(100),
        })
    };
    Ok(match measure {
        Measure::ServedOfPresented { .. } => {
            let view = super::indicator::indicator(ask, campaign.id)?;
            let missing = u32::try_from(view.missing_desks.len()).unwrap_or(u32::MAX);
            (
                view.value.map(|value| Reached::Share { value }),
                records(view.standing, missing),
            )
        }
        Measure::ServedOfEntitled { .. } => {
            let counts = ask.reads.campaign_counts(campaign.id)?;
            let all = counts.due.count + counts.partial.count + counts.served.count;
            let (standing, missing) = super::indicator::standing(ask, campaign);
            let missing = u32::try_from(missing.len()).unwrap_or(u32::MAX);
            (percent(counts.served.count, all), records(standing, missing))
        }
        Measure::DaysOfCampaign { .. } => {
            let whole = (campaign.to - campaign.from).num_days() + 1;
            let over = (ask.now.day() - campaign.from).num_days().clamp(0, whole);
            let standing = if over == whole {
                Standing::Final
            } else {
                Standing::Current
            };
            (
                percent(over.unsigned_abs(), whole.unsigned_abs()),
                records(standing, 0),
            )
        }
    })
}

/// The file that goes with what was said.
pub(super) fn evidence(ask: &Ask<'_>, id: PlanId, note: CommandId) -> Result<View, DeskError> {
    let found = ask
        .reads
        .plan_evidence(id, note)?
        .and_then(|evidence| evidence.file);
    let file = found.ok_or(Rejection::NotFound { what: "evidence" })?;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(file.content.trim())
        .map_err(|_| DeskError::plain("stored_value"))?;
    Ok(ask.file(file.name, "application/octet-stream", &bytes, ask.language()))
}

/// A value as people read it.
pub(super) fn expected_text(expected: Expected) -> String {
    match expected {
        Expected::Share { value } => share_text(value),
        Expected::Day { day } => day.format("%d/%m/%Y").to_string(),
    }
}

pub(super) fn reached_text(reached: Reached) -> String {
    match reached {
        Reached::Percent { value } => format!("{value}%"),
        Reached::Share { value } => share_text(value),
        Reached::Day { day } => day.format("%d/%m/%Y").to_string(),
    }
}

fn share_text(value: u32) -> String {
    let (whole, part) = (value / 100, value % 100);
    if part == 0 {
        format!("{whole}%")
    } else {
        format!("{whole},{part:02}%")
    }
}
