// SPDX-License-Identifier: EUPL-1.2
//! Who opened which household, when, and how they came to it. A desk notes it by itself, many looks in one record, in the
//! supervisors' topic: whoever looks cannot leave it out, and only supervisors read it.

use crate::event::Event;
use crate::ids::{DeskId, HouseholdId, LooksId, OperatorId};
use crate::meta::EventMeta;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Days for which looks are kept at least: six months (Garante per la protezione dei dati personali, provvedimento of
/// 27 November 2008, on the logs of administrators).
pub const KEPT_DAYS: i64 = 184;

/// How somebody came to a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Opened {
    /// It was searched for by words.
    Search,
    /// A tax code, a slip or a voucher was scanned or typed.
    Scan,
    /// It was waiting at the counter.
    Queue,
    /// Another way: a list, an anomaly, a link.
    Other,
    /// A table or report with many households was taken out.
    Export,
}

/// One look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Look {
    /// The household; none for a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub household: Option<HouseholdId>,
    /// Who looked.
    pub operator: OperatorId,
    /// When, by the desk's clock.
    pub at: Timestamp,
    /// How they came to it.
    pub how: Opened,
}

/// A desk noted looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooksNoted {
    /// The looks, oldest first.
    pub looks: Vec<Look>,
}

/// Looks that a desk noted together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Looks {
    /// Their identifier.
    pub id: LooksId,
    /// The desk.
    pub desk: DeskId,
    /// The looks, oldest first.
    pub looks: Vec<Look>,
}

impl crate::state::Fold for Looks {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        match event {
            // Noted once; who notes under the same identifier again says nothing.
            Event::LooksNoted(body) if state.is_none() => Some(Self {
                id: LooksId(meta.entity.id),
                desk: meta.desk,
                looks: body.looks.clone(),
            }),
            _ => state,
        }
    }
}
