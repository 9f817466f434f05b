// SPDX-License-Identifier: EUPL-1.2
//! Taking a list in: the plan that was shown, made again on what the file holds now, and written whole or not at all.

use super::{Act, Deed};
use crate::error::DeskError;
use crate::lists::List;
use crate::series::Series;
use crate::view::Progress;
use chrono::NaiveDate;
use sportello_domain::campaign::Campaign;
use sportello_domain::command::Command;
use sportello_domain::entitlement::{self, Entitlement, Source};
use sportello_domain::event::NewEvent;
use sportello_domain::household::{HouseholdCorrected, HouseholdRegistered};
use sportello_domain::ids::{CampaignId, DeskId, HouseholdId, ImportId, derived};
use sportello_domain::import::ImportApplied;
use sportello_domain::import::plan::Action;
use sportello_domain::meta::Topic;
use std::collections::HashMap;

/// A file that was read before the write began.
#[derive(Debug)]
pub(crate) enum Prepared {
    /// A list of Servizi Sociali, with the date that it bears.
    List(List, NaiveDate),
    /// A series of appointments.
    Series(Series),
}

pub(super) fn prepare_command(command: &Command) -> Result<Option<Prepared>, DeskError> {
    match command {
        Command::ApplyImport { file, issued, .. } => Ok(Some(Prepared::List(List::read(file)?, *issued))),
        Command::ImportAppointments { file, .. } => Ok(Some(Prepared::Series(Series::read(file)?))),
        _ => Ok(None),
    }
}

pub(super) fn apply(
    act: &mut Act<'_, '_>,
    list: &List,
    issued: NaiveDate,
    campaign: CampaignId,
    digest: &str,
) -> Result<Deed, DeskError> {
    if !act.desk.supervises() {
        return Err(DeskError::plain("not_a_supervising_desk"));
    }
    if list.digest != digest {
        return Err(DeskError::plain("import_other_file"));
    }
    let campaign: Campaign = act.need(campaign, "campaign")?;
    let today = act.ctx.now.day();
    let plan = list.plan(&act.tx.reads()?, &campaign, issued, today)?;
    let id = ImportId(derived(
        "sportello 2026 import",
        &[campaign.id.0.as_bytes(), list.digest.as_bytes()],
    ));
    if plan.again {
        // The same list again changes nothing, and says so.
        return Ok(Deed {
            import: Some(plan.counts),
            ..Deed::of(id, vec![])
        });
    }
    if !plan.applicable {
        return Err(DeskError::plain("import_not_applicable"));
    }
    let total = plan.actions.len() as u64;
    let mut holders: HashMap<Topic, DeskId> = HashMap::new();
    let mut events = vec![NewEvent::new(
        Topic::Office,
        id,
        ImportApplied {
            campaign: campaign.id,
            file_name: list.name.clone(),
            digest: list.digest.clone(),
            issued,
            counts: plan.counts,
        },
    )];
    for (done, action) in plan.actions.into_iter().enumerate() {
        if done % 500 == 0 {
            (act.progress)(Progress {
                work: "import".into(),
                done: done as u64,
                total,
            });
        }
        let source = |row| Source {
            import: Some(id),
            row: Some(row),
            reason: String::new(),
        };
        let grant = |topic, household, amount, holder, row| {
            entitlement::grant(topic, &campaign, household, amount, holder, source(row))
        };
        match action {
            Action::Register {
                household,
                data,
                amount,
                row,
            } => {
                let topic = Topic::Quartiere(data.quartiere);
                let holder = holder(act, &mut holders, topic)?;
                let registered = HouseholdRegistered {
                    data: *data,
                    import: Some(id),
                };
                events.push(NewEvent::new(topic, household, registered));
                events.extend(grant(topic, household, amount, holder, row)?);
            }
            Action::Correct { household, data, .. } => {
                let topic = act.household_topic(household)?;
                let corrected = HouseholdCorrected {
                    data: *data,
                    import: Some(id),
                };
                events.push(NewEvent::new(topic, household, corrected));
            }
            Action::Grant {
                household,
                amount,
                row,
            } => {
                let topic = topic_of(act, household, &events)?;
                let holder = holder(act, &mut holders, topic)?;
                events.extend(grant(topic, household, amount, holder, row)?);
            }
            Action::Revise {
                entitlement: right,
                amount,
                row,
                ..
            } => {
                let (topic, found): (Topic, Entitlement) = act.entitlement(right)?;
                events.extend(entitlement::revise(
                    topic,
                    &found,
                    &campaign,
                    amount,
                    source(row),
                )?);
            }
        }
    }
    Ok(Deed {
        import: Some(plan.counts),
        ..Deed::of(id, events)
    })
}

/// The topic of a household, known before or entered a moment ago by this very list.
fn topic_of(act: &mut Act<'_, '_>, household: HouseholdId, events: &[NewEvent]) -> Result<Topic, DeskError> {
    match act.tx.topic_of(household)? {
        Some(topic) => Ok(topic),
        None => events
            .iter()
            .find(|event| event.entity == household.into())
            .map(|event| event.topic)
            .ok_or_else(|| sportello_domain::refusal::Rejection::NotFound { what: "household" }.into()),
    }
}

fn holder(
    act: &mut Act<'_, '_>,
    known: &mut HashMap<Topic, DeskId>,
    topic: Topic,
) -> Result<DeskId, DeskError> {
    if let Some(holder) = known.get(&topic) {
        return Ok(*holder);
    }
    let holder = act.desk.holder_for(&act.tx.reads()?, topic)?;
    known.insert(topic, holder);
    Ok(holder)
}
