// SPDX-License-Identifier: EUPL-1.2
//! Sides of a case as they are put together and compared.

use crate::view::{CaseField, CaseFieldName as Name, CaseSide, CaseSideName, CaseValue as Value};
use sportello_domain::ids::HouseholdId;
use sportello_domain::money::Cents;
use sportello_domain::serial::Run;
use sportello_domain::time::Timestamp;
use std::collections::BTreeSet;

/// One side as it is put together.
pub(super) struct Side {
    pub name: CaseSideName,
    pub concerned: bool,
    pub household: Option<HouseholdId>,
    fields: Vec<(Name, Value)>,
}

impl Side {
    pub fn new(name: CaseSideName) -> Self {
        Self {
            name,
            concerned: false,
            household: None,
            fields: Vec::new(),
        }
    }

    pub fn of(mut self, household: Option<HouseholdId>) -> Self {
        self.household = household;
        self
    }

    pub fn with(mut self, name: Name, value: impl Into<Value>) -> Self {
        let value = value.into();
        if value != Value::Nothing {
            self.fields.push((name, value));
        }
        self
    }
}

impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        Self::At { at }
    }
}

impl From<Cents> for Value {
    fn from(amount: Cents) -> Self {
        Self::Amount { amount }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.trim().is_empty() {
            Self::Nothing
        } else {
            Self::Text { text }
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Vec<Run>> for Value {
    fn from(runs: Vec<Run>) -> Self {
        if runs.is_empty() {
            Self::Nothing
        } else {
            Self::Serials { runs }
        }
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

pub(super) fn number(number: impl TryInto<i64>) -> Value {
    Value::Number {
        number: number.try_into().unwrap_or(i64::MAX),
    }
}

/// A state, by the name under which pages have it: `Booked` is `booked`.
pub(super) fn word(prefix: &str, state: &impl serde::Serialize) -> Value {
    let name = serde_json::to_value(state).ok();
    let name = name
        .as_ref()
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default();
    Value::Word {
        word: format!("{prefix}-{name}"),
    }
}

/// Puts the sides beside each other: those of one name have the same fields, and each field says whether they differ.
pub(super) fn compared(sides: &[Side]) -> Vec<CaseSide> {
    let names = |name: CaseSideName| -> BTreeSet<Name> {
        let same = sides.iter().filter(|side| alike(side.name, name));
        same.flat_map(|side| side.fields.iter().map(|(name, _)| *name))
            .collect()
    };
    let value = |side: &Side, name: Name| {
        let found = side.fields.iter().find(|(known, _)| *known == name);
        found.map_or(Value::Nothing, |(_, value)| value.clone())
    };
    sides
        .iter()
        .map(|side| CaseSide {
            name: side.name,
            concerned: side.concerned,
            household: side.household,
            fields: names(side.name)
                .into_iter()
                .map(|name| {
                    let mine = value(side, name);
                    let differs = sides
                        .iter()
                        .filter(|other| alike(other.name, side.name))
                        .any(|other| value(other, name) != mine);
                    CaseField {
                        name,
                        value: mine,
                        differs,
                    }
                })
                .collect(),
        })
        .collect()
}

/// Whether sides of these names are compared with each other.
fn alike(one: CaseSideName, other: CaseSideName) -> bool {
    use CaseSideName::{Closing, Counted, Expected, Form, Movements, Void};
    let pair = |a, b| (one, other) == (a, b) || (other, one) == (a, b);
    one == other || pair(Expected, Counted) || pair(Form, Void) || pair(Closing, Movements)
}
