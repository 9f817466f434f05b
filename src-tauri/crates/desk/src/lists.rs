// SPDX-License-Identifier: EUPL-1.2
//! From a file that a person chose to a plan of what taking it in would do.

use crate::error::DeskError;
use base64::Engine;
use chrono::NaiveDate;
use sportello_documents::lists::{self, Cell};
use sportello_domain::campaign::Campaign;
use sportello_domain::command::FileInput;
use sportello_domain::ids::CampaignId;
use sportello_domain::import::issued::issued_date;
use sportello_domain::import::known::{KnownImport, KnownIndex, KnownRight};
use sportello_domain::import::plan::{self, ImportPlan, PlanInput};
use sportello_domain::import::value::{RawCell, RawRow, RawTable};
use sportello_store::Reads;

/// A list, read from its file.
#[derive(Debug)]
pub(crate) struct List {
    pub table: RawTable,
    /// BLAKE3 of the file, hexadecimal.
    pub digest: String,
    /// Name of the file, without folders.
    pub name: String,
}

impl List {
    /// Reads a list. Slow for long ones: not to be done while a write is open.
    pub(crate) fn read(file: &FileInput) -> Result<Self, DeskError> {
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(file.content.trim())
            .map_err(|_| DeskError::plain("malformed_command"))?;
        let name = file
            .name
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or_default()
            .to_owned();
        let table = lists::read(&bytes, &name)?;
        let rows = table.rows.into_iter().map(|row| RawRow {
            number: row.number,
            cells: row.cells.into_iter().map(raw).collect(),
        });
        Ok(Self {
            table: RawTable { rows: rows.collect() },
            digest: blake3::hash(&bytes).to_hex().to_string(),
            name,
        })
    }

    /// The date that the list bears, where it says one.
    pub(crate) fn issued(&self) -> Option<NaiveDate> {
        issued_date(&self.table, &self.name)
    }

    /// What taking it in would do, against what the file holds now.
    pub(crate) fn plan(
        &self,
        reads: &Reads<'_>,
        campaign: &Campaign,
        issued: NaiveDate,
        today: NaiveDate,
    ) -> Result<ImportPlan, DeskError> {
        let known = known(reads, campaign.id)?;
        let input = PlanInput {
            table: &self.table,
            campaign,
            digest: &self.digest,
            issued,
            today,
        };
        let Ok(plan) = plan::plan(&input, &known);
        Ok(plan)
    }
}

fn raw(cell: Cell) -> RawCell {
    match cell {
        Cell::Empty => RawCell::Empty,
        Cell::Text(text) => RawCell::Text(text),
        Cell::Number(number) => RawCell::Number(number),
        Cell::Date(date) => RawCell::Date(date),
        Cell::DateTime(at) => RawCell::DateTime(at),
        Cell::Bool(flag) => RawCell::Flag(flag),
    }
}

fn known(reads: &Reads<'_>, campaign: CampaignId) -> Result<KnownIndex, DeskError> {
    let mut known = KnownIndex::default();
    for household in reads.households()? {
        known.add_household(household.id, household.data);
    }
    for entitlement in reads.entitlement_states(campaign)? {
        known.add_right(entitlement.household, KnownRight::from(&entitlement));
    }
    for import in reads
        .imports()?
        .into_iter()
        .filter(|import| import.campaign == campaign)
    {
        known.add_import(KnownImport {
            digest: import.digest,
            issued: import.issued,
        });
    }
    Ok(known)
}
