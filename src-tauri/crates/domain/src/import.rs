// SPDX-License-Identifier: EUPL-1.2
//! Lists of Servizi Sociali. Here, what stays of one once it was taken in: what came, from which file, with what result.
//! In the modules, how one is read: [`value`] (cells), [`columns`], rows to households, against what is [`known`],
//! to a [`plan`].

pub mod columns;
mod cross;
mod field;
mod headings;
mod household;
pub mod issued;
pub mod known;
mod matching;
mod merge;
mod names;
mod notice;
mod place;
pub mod plan;
mod reason;
mod row;
mod settle;
#[cfg(test)]
mod tests;
pub mod value;

pub use field::Field;
pub use notice::Notice;
pub use reason::{Reason, Weight};

use crate::event::Event;
use crate::ids::{CampaignId, ImportId, OperatorId};
use crate::meta::EventMeta;
use crate::time::Timestamp;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many rows of a list fell where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ImportCounts {
    /// Households not known before.
    pub new: u32,
    /// Households known, with something changed.
    pub changed: u32,
    /// Households known, nothing changed.
    pub unchanged: u32,
    /// Rows that say again what another row of the list said.
    pub duplicate: u32,
    /// Rows taken in that a person should look at.
    pub doubtful: u32,
    /// Rows not taken in.
    pub refused: u32,
}

/// A list was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportApplied {
    /// The campaign it was taken in for.
    pub campaign: CampaignId,
    /// Name of the file, without folders.
    pub file_name: String,
    /// BLAKE3 of the file, hexadecimal.
    pub digest: String,
    /// The date that the list bears: of two lists the later one holds.
    pub issued: NaiveDate,
    /// What became of its rows.
    pub counts: ImportCounts,
}

/// A list as it was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Import {
    /// Its identifier.
    pub id: ImportId,
    /// The campaign it was taken in for.
    pub campaign: CampaignId,
    /// Name of the file, without folders.
    pub file_name: String,
    /// BLAKE3 of the file, hexadecimal.
    pub digest: String,
    /// The date that the list bears.
    pub issued: NaiveDate,
    /// What became of its rows.
    pub counts: ImportCounts,
    /// When it was taken in.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
}

impl crate::state::Fold for Import {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        match event {
            Event::ImportApplied(body) => Some(Self {
                id: ImportId(meta.entity.id),
                campaign: body.campaign,
                file_name: body.file_name.clone(),
                digest: body.digest.clone(),
                issued: body.issued,
                counts: body.counts,
                at: meta.at,
                by: meta.actor,
            }),
            _ => state,
        }
    }
}
