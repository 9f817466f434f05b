// SPDX-License-Identifier: EUPL-1.2
//! What administrators define: sites, services, campaigns, operators.

use super::{Act, Deed};
use crate::access::{Slot, not_barred};
use crate::desk::Desk;
use crate::error::DeskError;
use crate::session::Session;
use sportello_domain::campaign::{Campaign, CampaignDefined};
use sportello_domain::command::Command;
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{CommandId, OperatorId};
use sportello_domain::meta::{EntityRef, Topic};
use sportello_domain::office::{
    Operator, OperatorDefined, PassphraseSet, PassphraseSetBy, Role, Service, ServiceDefined, Site,
    SiteDefined,
};
use sportello_domain::refusal::Rejection;
use sportello_store::WriteTx;

/// The key slot that a command gives somebody, sealed: slow work, done before the write. None for a command that was done
/// already: what opened a slot then opens it no more.
pub(super) fn prepare_slot(
    desk: &Desk,
    session: &Session,
    id: CommandId,
    command: &Command,
) -> Result<Option<Slot>, DeskError> {
    let passphrase = match command {
        Command::AddOperator { passphrase, .. } | Command::SetPassphrase { passphrase, .. } => passphrase,
        Command::ChangePassphrase { new, .. } => new,
        _ => return Ok(None),
    };
    if desk.store().write(|tx| tx.was_done(id))?.is_some() {
        return Ok(None);
    }
    let operator = match command {
        Command::AddOperator {
            username, name, role, ..
        } => operator_to_add(desk, username, name, *role)?,
        Command::SetPassphrase { operator, .. } => desk
            .state(*operator)?
            .ok_or(Rejection::NotFound { what: "operator" })?,
        Command::ChangePassphrase { old, .. } => {
            let operator = session.person();
            desk.unlock(&operator.username, &old.0)?;
            operator.clone()
        }
        _ => return Ok(None),
    };
    Ok(Some(Slot::seal(desk, operator, passphrase)?))
}

/// Whom a command adds: somebody new, or somebody whom the office knows already.
fn operator_to_add(desk: &Desk, username: &str, name: &str, role: Role) -> Result<Operator, DeskError> {
    let username = username.trim().to_lowercase();
    if username.is_empty() || username.chars().any(char::is_whitespace) {
        return Err(Rejection::FieldInvalid { field: "username" }.into());
    }
    if name.trim().is_empty() {
        return Err(Rejection::FieldInvalid { field: "name" }.into());
    }
    let known = desk.store().read(|reads| reads.operator_by_username(&username))?;
    Ok(Operator {
        id: known.map_or_else(|| desk.ports().id::<OperatorId>(), |operator| operator.id),
        username,
        name: name.trim().to_owned(),
        role,
        active: true,
    })
}

pub(super) fn decide(
    act: &mut Act<'_, '_>,
    command: &Command,
    slot: Option<&Slot>,
) -> Result<Deed, DeskError> {
    let for_all = matches!(
        command,
        Command::DefineSite { .. } | Command::DefineService { .. } | Command::DefineCampaign { .. }
    );
    if for_all && !act.desk.supervises() {
        return Err(DeskError::plain("not_a_supervising_desk"));
    }
    match command {
        Command::DefineSite { site } => {
            check_site(act, site)?;
            let old = act.tx.state::<Site>(site.id)?;
            Ok(defined(
                site.id,
                SiteDefined { site: site.clone() },
                old.as_ref() == Some(site),
            ))
        }
        Command::DefineService { service } => {
            check_service(service)?;
            let old = act.tx.state::<Service>(service.id)?;
            Ok(defined(
                service.id,
                ServiceDefined {
                    service: service.clone(),
                },
                old.as_ref() == Some(service),
            ))
        }
        Command::DefineCampaign { campaign } => {
            check_campaign(act, campaign)?;
            let old = act.tx.state::<Campaign>(campaign.id)?;
            Ok(defined(
                campaign.id,
                CampaignDefined {
                    campaign: campaign.clone(),
                },
                old.as_ref() == Some(campaign),
            ))
        }
        Command::AddOperator { .. } => {
            let new = given(slot)?;
            let old = act.tx.state::<Operator>(new.id)?;
            // A slot of somebody whom nobody knows is what a power cut left before the record was written.
            if old.is_some() && act.desk.key_ring().has(&new.username) {
                return Err(Rejection::NameTaken {
                    name: new.username.clone(),
                }
                .into());
            }
            let topic = operators_topic(act.desk, act.tx)?;
            let mut deed = written(
                topic,
                new.id,
                OperatorDefined {
                    operator: new.clone(),
                },
                old.as_ref() == Some(new),
            );
            if old.is_some() {
                deed.events
                    .extend(passphrase_set(topic, new.id, PassphraseSetBy::Administrator));
            }
            Ok(deed)
        }
        Command::SetPassphrase { operator, .. } => {
            if *operator == act.ctx.operator {
                return Err(Rejection::OwnPassphrase.into());
            }
            renewed(act, given(slot)?, PassphraseSetBy::Administrator)
        }
        Command::ChangePassphrase { .. } => renewed(act, given(slot)?, PassphraseSetBy::Own),
        Command::ChangeOperator {
            operator,
            name,
            role,
            active,
        } => {
            let old: Operator = act.need(*operator, "operator")?;
            if name.trim().is_empty() {
                return Err(Rejection::FieldInvalid { field: "name" }.into());
            }
            let new = Operator {
                name: name.trim().to_owned(),
                role: *role,
                active: *active,
                ..old.clone()
            };
            let topic = act.topic_of(*operator, "operator")?;
            Ok(written(
                topic,
                *operator,
                OperatorDefined {
                    operator: new.clone(),
                },
                old == new,
            ))
        }
        _ => Ok(Deed::default()),
    }
}

/// A fact for the whole office. Only desks where supervisors sit can write it: the centre takes it from no others.
fn defined(
    id: impl Into<EntityRef> + Copy,
    body: impl Into<sportello_domain::event::Event>,
    same: bool,
) -> Deed {
    written(Topic::Office, id, body, same)
}

fn written(
    topic: Topic,
    id: impl Into<EntityRef> + Copy,
    body: impl Into<sportello_domain::event::Event>,
    same: bool,
) -> Deed {
    let events = if same {
        vec![]
    } else {
        vec![NewEvent::new(topic, id, body)]
    };
    Deed::of(id, events)
}

/// Whom a slot was sealed for. A command that gives somebody a slot has one when it gets as far as this.
fn given(slot: Option<&Slot>) -> Result<&Operator, DeskError> {
    slot.map(Slot::operator)
        .ok_or(DeskError::plain("malformed_command"))
}

/// Another passphrase for somebody who is known and may log in.
fn renewed(act: &mut Act<'_, '_>, operator: &Operator, by: PassphraseSetBy) -> Result<Deed, DeskError> {
    // As the person is now, not as it was at the login.
    let now: Operator = act.need(operator.id, "operator")?;
    not_barred(&now)?;
    let topic = operators_topic(act.desk, act.tx)?;
    Ok(Deed::of(now.id, passphrase_set(topic, now.id, by)))
}

fn passphrase_set(topic: Topic, operator: OperatorId, by: PassphraseSetBy) -> Vec<NewEvent> {
    vec![NewEvent::new(topic, operator, PassphraseSet { by })]
}

/// Where this desk writes of operators.
pub(crate) fn operators_topic(desk: &Desk, tx: &mut WriteTx<'_>) -> Result<Topic, DeskError> {
    let site = tx
        .state::<Site>(desk.site())?
        .ok_or(Rejection::NotFound { what: "site" })?;
    Ok(desk.own_topic(&site))
}

fn check_site(act: &mut Act<'_, '_>, site: &Site) -> Result<(), DeskError> {
    if site.code.trim().is_empty() || site.name.trim().is_empty() {
        return Err(Rejection::FieldInvalid { field: "name" }.into());
    }
    if !(1..=5).contains(&site.quartiere) {
        return Err(Rejection::FieldInvalid { field: "quartiere" }.into());
    }
    let taken = act
        .tx
        .reads()?
        .sites()?
        .into_iter()
        .any(|other| other.id != site.id && other.code == site.code);
    if taken {
        Err(Rejection::NameTaken {
            name: site.code.clone(),
        }
        .into())
    } else {
        Ok(())
    }
}

fn check_service(service: &Service) -> Result<(), DeskError> {
    let field = if service.name.trim().is_empty() {
        "name"
    } else if service.minutes == 0 {
        "minutes"
    } else if service.openings.iter().any(|o| {
        o.from >= o.to
            || o.every_minutes == 0
            || o.capacity == 0
            || o.weekdays.iter().any(|d| !(1..=7).contains(d))
    }) {
        "openings"
    } else {
        return Ok(());
    };
    Err(Rejection::FieldInvalid { field }.into())
}

fn check_campaign(act: &mut Act<'_, '_>, campaign: &Campaign) -> Result<(), DeskError> {
    let field = if campaign.name.trim().is_empty() {
        "name"
    } else if campaign.to < campaign.from {
        "to"
    } else if campaign.denomination.0 <= 0 {
        "denomination"
    } else if campaign.maximum.0 < campaign.denomination.0 {
        "maximum"
    } else if campaign
        .amounts
        .iter()
        .chain(&campaign.non_resident_amounts)
        .any(|row| row.members == 0 || row.amount.0 <= 0)
    {
        "amounts"
    } else {
        let all = act.tx.reads()?.campaigns()?;
        let taken = all
            .into_iter()
            .any(|other| other.id != campaign.id && other.name == campaign.name);
        return if taken {
            Err(Rejection::NameTaken {
                name: campaign.name.clone(),
            }
            .into())
        } else {
            Ok(())
        };
    };
    Err(Rejection::FieldInvalid { field }.into())
}
