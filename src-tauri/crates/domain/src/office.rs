// SPDX-License-Identifier: EUPL-1.2
//! What the whole office shares: sites, services with their slots, operators with their roles.

use crate::event::Event;
use crate::ids::{CampaignId, OperatorId, ServiceId, SiteId};
use crate::meta::EventMeta;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};
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
    /// The slots of a day at a site, in order; none where the service is closed, suspended or not given there.
    pub fn slots(&self, site: SiteId, day: NaiveDate) -> Vec<Slot> {
        if !self.active || !self.sites.contains(&site) || self.closed.contains(&day) {
            return Vec::new();
        }
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

fn weekday_number(day: NaiveDate) -> u8 {
    use chrono::Datelike;
    match day.weekday() {
        Weekday::Mon => 1,
        Weekday::Tue => 2,
        Weekday::Wed => 3,
        Weekday::Thu => 4,
        Weekday::Fri => 5,
        Weekday::Sat => 6,
        Weekday::Sun => 7,
    }
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

    fn service() -> Service {
        let site = SiteId(uuid::Uuid::from_u128(1));
        Service {
            id: ServiceId::default(),
            name: "Buoni spesa".into(),
            name_en: "Vouchers".into(),
            minutes: 15,
            requirements: vec![],
            sites: vec![site],
            openings: vec![Opening {
                sites: vec![],
                weekdays: vec![1, 3],
                from: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
                to: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
                every_minutes: 15,
                capacity: 2,
            }],
            closed: vec![NaiveDate::from_ymd_opt(2021, 1, 6).unwrap()],
            campaign: None,
            active: true,
        }
    }

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

    #[test]
    fn slots_follow_weekdays_closures_and_sites() {
        let (service, site) = (service(), SiteId(uuid::Uuid::from_u128(1)));
        let monday = NaiveDate::from_ymd_opt(2021, 1, 4).unwrap();
        let slots = service.slots(site, monday);
        assert_eq!(slots.len(), 4);
        assert_eq!(slots[3].start, monday.and_hms_opt(9, 45, 0).unwrap());
        assert!(service.slots(site, monday.succ_opt().unwrap()).is_empty());
        assert!(
            service
                .slots(site, NaiveDate::from_ymd_opt(2021, 1, 6).unwrap())
                .is_empty(),
            "closed that day"
        );
        assert!(
            service.slots(SiteId(uuid::Uuid::from_u128(2)), monday).is_empty(),
            "not given there"
        );
        assert!(
            Service {
                active: false,
                ..service
            }
            .slots(site, monday)
            .is_empty(),
            "suspended"
        );
    }
}
