// SPDX-License-Identifier: EUPL-1.2
//! What the whole office shares: sites, services with their slots, operators with their roles.

use crate::event::Event;
use crate::ids::{CampaignId, DeskId, OperatorId, ServiceId, SiteId};
use crate::meta::EventMeta;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a person may do. Each role may do what the ones before it may, and more.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Serves people at a desk.
    Operator,
    /// Takes in lists, decides exceptions, sees every Quartiere that the desk reads.
    Supervisor,
    /// Defines sites, services, campaigns and operators.
    Administrator,
}

/// A place where people are served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Site {
    /// Its identifier.
    pub id: SiteId,
    /// Short name, unique: `Q1`.
    pub code: String,
    /// Name as people know it.
    pub name: String,
    /// The Quartiere it lies in, 1 to 5.
    pub quartiere: u8,
    /// Serves every Quartiere.
    pub central: bool,
    /// Street and number, as printed on slips.
    pub address: String,
    /// Telephone, as printed on slips.
    pub phone: String,
}

/// Written when a site is opened or its facts change; the last one holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteDefined {
    /// All of its facts.
    pub site: Site,
}

/// When a service is given: on these weekdays, from and to, a slot every so many minutes for so many people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Opening {
    /// The sites it holds for; empty for all sites of the service.
    #[serde(default)]
    pub sites: Vec<SiteId>,
    /// Days of the week, 1 Monday to 7 Sunday.
    pub weekdays: Vec<u8>,
    /// First slot.
    #[ts(type = "string")]
    pub from: NaiveTime,
    /// End of the last slot.
    #[ts(type = "string")]
    pub to: NaiveTime,
    /// Minutes from one slot to the next.
    pub every_minutes: u16,
    /// People for each slot.
    pub capacity: u16,
}

/// Something the desk does for people, by appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Service {
    /// Its identifier.
    pub id: ServiceId,
    /// Name in Italian.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Minutes that one person takes.
    pub minutes: u16,
    /// What to bring, one line each, in Italian.
    pub requirements: Vec<String>,
    /// Where it is given.
    pub sites: Vec<SiteId>,
    /// When it is given.
    pub openings: Vec<Opening>,
    /// Days on which it is not given.
    pub closed: Vec<NaiveDate>,
    /// The campaign whose vouchers it delivers, if it delivers any.
    pub campaign: Option<CampaignId>,
    /// Can be booked.
    pub active: bool,
    /// Who offers it, and how it is booked; none where nothing special holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rules: Option<ServiceRules>,
}

/// Who offers a service, and how it is booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ServiceRules {
    /// The desks that offer it; empty for every desk at its sites.
    pub desks: Vec<DeskId>,
    /// Whether people are served without an appointment.
    pub walk_in: bool,
    /// Whether it can be booked; where it cannot, people come without.
    pub reservable: bool,
    /// It can be booked until so many minutes before a slot begins.
    pub notice_minutes: u32,
    /// It can be booked for so many days from today; none for as far as the agenda goes.
    pub ahead_days: Option<u16>,
    /// Why it is suspended.
    pub suspended: Option<String>,
}

impl Default for ServiceRules {
    fn default() -> Self {
        Self {
            desks: Vec::new(),
            walk_in: true,
            reservable: true,
            notice_minutes: 0,
            ahead_days: None,
            suspended: None,
        }
    }
}

/// Written when a service is defined or changes; the last one holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceDefined {
    /// All of its facts.
    pub service: Service,
}

/// The beginning of a slot with the people it has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Slot {
    /// Wall time in Italy.
    pub start: NaiveDateTime,
    /// People it has room for.
    pub capacity: u16,
}

impl Service {
    /// Its rules, the usual ones where it has none of its own.
    pub fn rules(&self) -> ServiceRules {
        self.rules.clone().unwrap_or_default()
    }

    /// Why it is suspended, in words; a dash where nobody said.
    pub fn why_suspended(&self) -> String {
        self.rules
            .as_ref()
            .and_then(|rules| rules.suspended.clone())
            .filter(|reason| !reason.trim().is_empty())
            .unwrap_or_else(|| "–".to_owned())
    }

    /// Whether a desk at one of its sites offers it.
    pub fn offered_by(&self, desk: DeskId) -> bool {
        self.rules
            .as_ref()
            .is_none_or(|rules| rules.desks.is_empty() || rules.desks.contains(&desk))
    }

    /// The slots that its openings make on a day at a site, in order. Whether the site is open is [`crate::agenda::day`]'s to say.
    pub(crate) fn opening_slots(&self, site: SiteId, day: NaiveDate) -> Vec<Slot> {
        let weekday = weekday_number(day);
        let mut slots: Vec<Slot> = Vec::new();
        for opening in &self.openings {
            if !opening.weekdays.contains(&weekday)
                || !(opening.sites.is_empty() || opening.sites.contains(&site))
            {
                continue;
            }
            let step = chrono::Duration::minutes(i64::from(opening.every_minutes.max(1)));
            let (mut start, end) = (day.and_time(opening.from), day.and_time(opening.to));
            while start + step <= end {
                match slots.iter_mut().find(|slot| slot.start == start) {
                    Some(slot) => slot.capacity = slot.capacity.saturating_add(opening.capacity),
                    None => slots.push(Slot {
                        start,
                        capacity: opening.capacity,
                    }),
                }
                start += step;
            }
        }
        slots.sort_by_key(|slot| slot.start);
        slots
    }
}

/// 1 Monday to 7 Sunday (ISO 8601).
pub(crate) fn weekday_number(day: NaiveDate) -> u8 {
    use chrono::Datelike;
    // From 0 to 6, so it fits.
    u8::try_from(day.weekday().num_days_from_monday() + 1).unwrap_or(1)
}

/// A person who works at desks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Operator {
    /// Its identifier.
    pub id: OperatorId,
    /// What is typed to log in; unique, lower case.
    pub username: String,
    /// Name as shown to colleagues.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// May log in.
    pub active: bool,
}

/// Written when an operator is added or changes; the last one holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorDefined {
    /// All of its facts.
    pub operator: Operator,
}

/// By what right an operator got another passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassphraseSetBy {
    /// The operator, who knew the one before.
    Own,
    /// An administrator.
    Administrator,
    /// Whoever held the desk's recovery key.
    RecoveryKey,
}

/// Written when an operator who is known got another passphrase at the desk that writes it. It says that it happened, never
/// anything of the passphrase, and changes nothing of the operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassphraseSet {
    /// By what right.
    pub by: PassphraseSetBy,
}

macro_rules! last_one_holds {
    ($state:ty, $variant:ident, $field:ident) => {
        impl crate::state::Fold for $state {
            fn fold(state: Option<Self>, _: &EventMeta, event: &Event) -> Option<Self> {
                match event {
                    Event::$variant(body) => Some(body.$field.clone()),
                    _ => state,
                }
            }
        }
    };
}
last_one_holds!(Site, SiteDefined, site);
last_one_holds!(Service, ServiceDefined, service);
last_one_holds!(Operator, OperatorDefined, operator);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_passphrase_changes_nothing_of_an_operator() {
        use crate::state::Fold;
        let id = OperatorId(uuid::Uuid::from_u128(2));
        let operator = Operator {
            id,
            username: "anna".into(),
            name: "Anna Bini".into(),
            role: Role::Operator,
            active: true,
        };
        let meta = EventMeta {
            desk: crate::ids::DeskId::default(),
            topic: crate::meta::Topic::Office,
            seq: 1,
            hlc: crate::time::Hlc(1),
            at: crate::time::Timestamp(1),
            entity: id.into(),
            actor: id,
            command: crate::ids::CommandId::default(),
        };
        for by in [
            PassphraseSetBy::Own,
            PassphraseSetBy::Administrator,
            PassphraseSetBy::RecoveryKey,
        ] {
            let event = Event::from(PassphraseSet { by });
            assert_eq!(
                Operator::fold(Some(operator.clone()), &meta, &event),
                Some(operator.clone())
            );
            assert_eq!(
                Operator::fold(None, &meta, &event),
                None,
                "and makes none of nothing"
            );
        }
    }
}
