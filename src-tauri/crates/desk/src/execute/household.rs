// SPDX-License-Identifier: EUPL-1.2
//! Households entered and corrected by hand, notes, and amounts set by hand.

use super::{Act, Deed};
use crate::error::DeskError;
use sportello_domain::campaign::{Campaign, HouseholdFacts};
use sportello_domain::command::{Command, ManualGrant};
use sportello_domain::entitlement::{self, Entitlement, Source};
use sportello_domain::event::NewEvent;
use sportello_domain::household::{
    Household, HouseholdCorrected, HouseholdData, HouseholdNoted, HouseholdRegistered, Member,
};
use sportello_domain::ids::{EntitlementId, HouseholdId, MemberId};
use sportello_domain::meta::Topic;
use sportello_domain::refusal::Rejection;

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    match command {
        Command::AddHousehold { data, grant } => {
            let data = sound(act, data)?;
            let id: HouseholdId = act.desk.ports().id();
            let topic = Topic::Quartiere(data.quartiere);
            let facts = data.facts();
            let mut events = vec![NewEvent::new(
                topic,
                id,
                HouseholdRegistered { data, import: None },
            )];
            if let Some(grant) = grant {
                events.extend(by_hand(act, topic, id, facts, grant)?);
            }
            Ok(Deed::of(id, events))
        }
        Command::GrantEntitlement { household, grant } => {
            let topic = act.household_topic(*household)?;
            let found: Household = act.need(*household, "household")?;
            let id = EntitlementId::of(grant.campaign, *household);
            if act.tx.state::<Entitlement>(id.0)?.is_some() {
                return Err(Rejection::AlreadyEntitled.into());
            }
            let events = by_hand(act, topic, *household, found.data.facts(), grant)?;
            Ok(Deed::of(id, events))
        }
        Command::CorrectHousehold { household, data } => {
            let topic = act.household_topic(*household)?;
            let old: Household = act.need(*household, "household")?;
            let data = sound(act, data)?;
            let events = if old.data == data {
                vec![]
            } else {
                vec![NewEvent::new(
                    topic,
                    *household,
                    HouseholdCorrected { data, import: None },
                )]
            };
            let back = Command::CorrectHousehold {
                household: *household,
                data: old.data,
            };
            Ok(Deed::of(*household, events).undone_by(back))
        }
        Command::AddNote { household, text } => {
            let topic = act.household_topic(*household)?;
            let text = text.trim().to_owned();
            if text.is_empty() || text.chars().count() > 2000 {
                return Err(Rejection::FieldInvalid { field: "note" }.into());
            }
            Ok(Deed::of(
                *household,
                vec![NewEvent::new(topic, *household, HouseholdNoted { text })],
            ))
        }
        Command::ReviseEntitlement {
            entitlement: id,
            amount,
            reason,
        } => {
            let (topic, found) = act.entitlement(*id)?;
            let campaign: Campaign = act.need(found.campaign, "campaign")?;
            let source = Source {
                import: None,
                row: None,
                reason: reason.trim().to_owned(),
            };
            Ok(Deed::of(
                *id,
                entitlement::revise(topic, &found, &campaign, *amount, source)?,
            ))
        }
        Command::RevokeEntitlement {
            entitlement: id,
            reason,
        } => {
            let (topic, found): (Topic, Entitlement) = act.entitlement(*id)?;
            Ok(Deed::of(
                EntitlementId(id.0),
                entitlement::revoke(topic, &found, reason)?,
            ))
        }
        _ => Ok(Deed::default()),
    }
}

/// A right that no list gave, with the reason for it.
fn by_hand(
    act: &mut Act<'_, '_>,
    topic: Topic,
    household: HouseholdId,
    facts: HouseholdFacts,
    grant: &ManualGrant,
) -> Result<Vec<NewEvent>, DeskError> {
    let reason = grant.reason.trim();
    if reason.is_empty() {
        return Err(Rejection::ReasonMissing.into());
    }
    let campaign: Campaign = act.need(grant.campaign, "campaign")?;
    let amount = grant
        .amount
        .or_else(|| campaign.amount_for(facts))
        .ok_or(Rejection::FieldInvalid { field: "amount" })?;
    let holder = act.desk.holder_for(&act.tx.reads()?, topic)?;
    let source = Source {
        import: None,
        row: None,
        reason: reason.to_owned(),
    };
    Ok(entitlement::grant(
        topic, &campaign, household, amount, holder, source,
    )?)
}

/// What a household must have: an applicant with a surname, a Quartiere, and a size that holds those who are named.
fn sound(act: &Act<'_, '_>, data: &HouseholdData) -> Result<HouseholdData, DeskError> {
    let mut data = data.clone();
    data.members
        .retain(|m| !(m.surname.trim().is_empty() && m.name.trim().is_empty()));
    for member in &mut data.members {
        member.surname = member.surname.trim().to_owned();
        member.name = member.name.trim().to_owned();
        if member.id == MemberId::default() {
            member.id = act.desk.ports().id();
        }
    }
    if data.members.first().is_none_or(|m: &Member| m.surname.is_empty()) {
        return Err(Rejection::FieldInvalid { field: "surname" }.into());
    }
    if !(1..=5).contains(&data.quartiere) {
        return Err(Rejection::FieldInvalid { field: "quartiere" }.into());
    }
    let named = u8::try_from(data.members.len()).map_err(|_| Rejection::FieldInvalid { field: "members" })?;
    data.size = data.size.max(named);
    if data.minors > data.size || data.disabled > data.size {
        return Err(Rejection::FieldInvalid { field: "size" }.into());
    }
    Ok(data)
}
