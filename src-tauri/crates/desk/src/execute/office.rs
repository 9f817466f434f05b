// SPDX-License-Identifier: EUPL-1.2
//! What administrators define: sites, services, campaigns, operators.

use super::{Act, Deed};
use crate::desk::Desk;
use crate::error::DeskError;
use crate::session::Session;
use sportello_domain::campaign::{Campaign, CampaignDefined};
use sportello_domain::command::Command;
use sportello_domain::event::NewEvent;
use sportello_domain::ids::OperatorId;
use sportello_domain::meta::{EntityRef, Topic};
use sportello_domain::office::{Operator, OperatorDefined, Service, ServiceDefined, Site, SiteDefined};
use sportello_domain::refusal::Rejection;

/// A key slot that was opened for an operator before the fact is written; closed again if the fact is not.
#[derive(Debug)]
pub(super) struct Slot {
    operator: Operator,
}

impl Slot {
    pub(super) fn close(self, desk: &Desk) {
        desk.close_slot(&self.operator.username);
    }
}

/// Opens the key slot of the operator that a command adds.
pub(super) fn open_slot(desk: &Desk, _: &Session, command: &Command) -> Result<Option<Slot>, DeskError> {
    let Command::AddOperator {
        username,
        name,
        role,
        passphrase,
    } = command
    else {
        return Ok(None);
    };
    let username = username.trim().to_lowercase();
    if username.is_empty() || username.chars().any(char::is_whitespace) {
        return Err(Rejection::FieldInvalid { field: "username" }.into());
    }
    if name.trim().is_empty() {
        return Err(Rejection::FieldInvalid { field: "name" }.into());
    }
    let known = desk.store().read(|reads| reads.operator_by_username(&username))?;
    let id = known.map_or_else(|| desk.ports().id::<OperatorId>(), |operator| operator.id);
    let operator = Operator {
        id,
        username,
        name: name.trim().to_owned(),
        role: *role,
        active: true,
    };
    if desk.has_slot(&operator.username) {
        return Err(Rejection::NameTaken {
            name: operator.username,
        }
        .into());
    }
    desk.open_slot(&operator, passphrase)?;
    Ok(Some(Slot { operator }))
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
            let operator = slot
                .map(|slot| slot.operator.clone())
                .ok_or(DeskError::plain("malformed_command"))?;
            let old = act.tx.state::<Operator>(operator.id)?;
            let topic = operators_topic(act)?;
            Ok(written(
                topic,
                operator.id,
                OperatorDefined {
                    operator: operator.clone(),
                },
                old.as_ref() == Some(&operator),
            ))
        }
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

/// Where operators added at this desk are written.
fn operators_topic(act: &mut Act<'_, '_>) -> Result<Topic, DeskError> {
    let site: Site = act.need(act.ctx.site, "site")?;
    Ok(act.desk.own_topic(&site))
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
