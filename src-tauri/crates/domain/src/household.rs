// SPDX-License-Identifier: EUPL-1.2
//! Households: who lives together, where, and how to reach them.

use crate::campaign::HouseholdFacts;
use crate::event::Event;
use crate::identifier::PersonIdentifier;
use crate::ids::{HouseholdId, ImportId, MemberId, OperatorId};
use crate::meta::EventMeta;
use crate::time::Timestamp;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A member of a household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Member {
    /// Its identifier.
    pub id: MemberId,
    /// Surname as written.
    pub surname: String,
    /// Name as written.
    pub name: String,
    /// Tax code, STP or ENI, where the list gave one.
    #[serde(default)]
    pub identifier: PersonIdentifier,
    /// Date of birth where the list gave one; never guessed from a tax code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<NaiveDate>,
}

/// Firenze numbers dwellings in black and shops in red: `12` and `12 rosso` are two doors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum NumberColour {
    /// A dwelling.
    #[default]
    Black,
    /// A shop or workshop; written with an `R`.
    Red,
}

/// Where a household lives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Address {
    /// Street, as written.
    pub street: String,
    /// Number, empty when there is none.
    #[serde(default)]
    pub number: String,
    /// Black or red.
    #[serde(default)]
    pub colour: NumberColour,
    /// What follows the number: `A`, `bis`, `int. 3`.
    #[serde(default)]
    pub exponent: String,
}

/// What Servizi Sociali's list says of a household; replaced as a whole by each correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct HouseholdData {
    /// Members; the first is the applicant. Never empty.
    pub members: Vec<Member>,
    /// How many live there, where the list tells the number and not each name; at least the members named.
    pub size: u8,
    /// Members under age.
    pub minors: u8,
    /// Members with a disability.
    pub disabled: u8,
    /// Resident in the Comune.
    pub resident: bool,
    /// Quartiere of residence, 1 to 5.
    pub quartiere: u8,
    /// Where they live.
    pub address: Address,
    /// Telephone as written, empty when unknown.
    pub phone: String,
    /// E-mail as written, empty when unknown.
    pub email: String,
    /// The number of the practice at Servizi Sociali, where the list has one.
    pub list_ref: String,
}

impl HouseholdData {
    /// What its amount depends on.
    pub fn facts(&self) -> HouseholdFacts {
        HouseholdFacts {
            members: self.size,
            minors: self.minors,
            disabled: self.disabled,
            resident: self.resident,
        }
    }

    /// The applicant's name, surname first, as written.
    pub fn applicant_name(&self) -> String {
        self.members.first().map(Member::full_name).unwrap_or_default()
    }

    /// The name of one of its members; none when that person is not, or not any more, of the household.
    pub fn member_name(&self, id: MemberId) -> Option<String> {
        self.members.iter().find(|m| m.id == id).map(Member::full_name)
    }
}

impl Member {
    /// Surname and name, as written.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.surname, self.name)
    }
}

/// A household was entered, by a list or by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdRegistered {
    /// What is known of it.
    pub data: HouseholdData,
    /// The list it came with; none when entered by hand.
    pub import: Option<ImportId>,
}

/// What is known of a household was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdCorrected {
    /// What holds from now on.
    pub data: HouseholdData,
    /// The list the correction came with; none when made by hand.
    pub import: Option<ImportId>,
}

/// An operator left a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdNoted {
    /// The note, as written.
    pub text: String,
}

/// What a hand-over slip told a desk of a household that it did not know. Where the household is known, it says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdCarried {
    /// What the slip carried.
    pub data: HouseholdData,
}

/// A note with its author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Note {
    /// The note, as written.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
}

/// A household as its events leave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Household {
    /// Its identifier.
    pub id: HouseholdId,
    /// What is known of it.
    pub data: HouseholdData,
    /// The last list that spoke of it.
    pub import: Option<ImportId>,
    /// Notes, oldest first.
    pub notes: Vec<Note>,
}

impl crate::state::Fold for Household {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        let (data, import) = match event {
            Event::HouseholdRegistered(body) => (&body.data, body.import),
            Event::HouseholdCorrected(body) => (&body.data, body.import),
            Event::HouseholdNoted(body) => {
                return state.map(|mut household| {
                    household.notes.push(Note {
                        text: body.text.clone(),
                        at: meta.at,
                        by: meta.actor,
                    });
                    household
                });
            }
            Event::HouseholdCarried(body) if state.is_none() => (&body.data, None),
            _ => return state,
        };
        let (import, notes) = match state {
            Some(old) => (import.or(old.import), old.notes),
            None => (import, Vec::new()),
        };
        Some(Self {
            id: HouseholdId(meta.entity.id),
            data: data.clone(),
            import,
            notes,
        })
    }
}
