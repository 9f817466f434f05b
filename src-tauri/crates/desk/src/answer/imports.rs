// SPDX-License-Identifier: EUPL-1.2
//! What taking a list in would do, row by row, and the rows to be sent back.

use super::{Ask, export};
use crate::error::{DeskError, told};
use crate::lists::List;
use crate::messages;
use crate::query::{Language, TableFormat};
use crate::view::{
    ImportColumn, ImportListRow, ImportPreviewView, ImportRow, ImportsView, Problem, RowFate, View,
};
use chrono::NaiveDate;
use sportello_documents::lists::{Cell, Sheet};
use sportello_domain::campaign::Campaign;
use sportello_domain::command::FileInput;
use sportello_domain::ids::CampaignId;
use sportello_domain::import::plan::{Fate, ImportPlan, PlannedRow};
use sportello_domain::import::value::RawCell;

/// Rows that a preview shows: those to look at come first.
const SHOWN: usize = 2_000;

fn planned(
    ask: &Ask<'_>,
    campaign: CampaignId,
    file: &FileInput,
    issued: Option<NaiveDate>,
) -> Result<(List, Option<NaiveDate>, ImportPlan), DeskError> {
    let campaign: Campaign = ask.need(campaign, "campaign")?;
    let list = List::read(file)?;
    let issued = issued.or_else(|| list.issued());
    let today = ask.now.day();
    let plan = list.plan(ask.reads, &campaign, issued.unwrap_or(today), today)?;
    Ok((list, issued, plan))
}

pub(super) fn preview(
    ask: &Ask<'_>,
    campaign: CampaignId,
    file: &FileInput,
    issued: Option<NaiveDate>,
) -> Result<ImportPreviewView, DeskError> {
    let (list, issued, plan) = planned(ask, campaign, file, issued)?;
    let language = ask.language();
    let mut notices: Vec<Problem> = plan
        .notices
        .iter()
        .map(|notice| Problem {
            code: notice.code().to_owned(),
            message: told(language, notice.code(), notice),
        })
        .collect();
    if issued.is_none() {
        notices.push(Problem {
            code: "issued_unknown".into(),
            message: messages::sentence(language, "issued_unknown", &[]),
        });
    }
    let mut rows: Vec<ImportRow> = plan.rows.iter().map(|row| shown(row, Language::It)).collect();
    rows.sort_by_key(|row| (row.fate, row.row));
    let more = rows.len() > SHOWN;
    rows.truncate(SHOWN);
    Ok(ImportPreviewView {
        digest: list.digest,
        file_name: list.name,
        columns: plan
            .columns
            .into_iter()
            .map(|column| ImportColumn {
                heading: column.heading,
                field: column.field.map(|f| f.key().to_owned()),
            })
            .collect(),
        counts: plan.counts,
        notices,
        applicable: plan.applicable && issued.is_some(),
        issued,
        rows,
        more,
        total: plan.total,
    })
}

/// Reasons are always in Italian: whoever sent the list reads them.
fn shown(row: &PlannedRow, language: Language) -> ImportRow {
    ImportRow {
        row: row.row,
        fate: match row.fate {
            Fate::Refused => RowFate::Refused,
            Fate::Doubtful => RowFate::Doubtful,
            Fate::Duplicate => RowFate::Duplicate,
            Fate::Changed => RowFate::Changed,
            Fate::New => RowFate::New,
            Fate::Unchanged => RowFate::Unchanged,
        },
        name: row.name.clone(),
        identifier: row.identifier.clone(),
        amount: row.amount,
        reasons: row
            .reasons
            .iter()
            .map(|reason| told(language, reason.code(), reason))
            .collect(),
        household: row.household,
    }
}

pub(super) fn refused(
    ask: &Ask<'_>,
    campaign: CampaignId,
    file: &FileInput,
    issued: Option<NaiveDate>,
    format: TableFormat,
) -> Result<View, DeskError> {
    let (list, _, plan) = planned(ask, campaign, file, issued)?;
    let mut headings = vec![
        messages::sentence(Language::It, "label_row", &[]),
        messages::sentence(Language::It, "label_reasons", &[]),
    ];
    headings.extend(plan.columns.iter().map(|column| column.heading.clone()));
    let mut rows = Vec::new();
    for planned in plan.rows.iter().filter(|row| row.fate == Fate::Refused) {
        let view = shown(planned, Language::It);
        let mut cells = vec![
            Cell::Number(f64::from(planned.row)),
            Cell::Text(view.reasons.join(" ")),
        ];
        // The row as it came, so that it can be corrected and sent again.
        if let Some(raw) = list.table.rows.iter().find(|raw| raw.number == planned.row) {
            cells.extend(raw.cells.iter().map(cell));
        }
        rows.push(cells);
    }
    let sheet = Sheet {
        title: "Righe non prese".into(),
        headings,
        rows,
    };
    export::file(ask, "righe-non-prese", &sheet, format)
}

fn cell(raw: &RawCell) -> Cell {
    match raw {
        RawCell::Empty => Cell::Empty,
        RawCell::Text(text) => Cell::Text(text.clone()),
        RawCell::Number(number) => Cell::Number(*number),
        RawCell::Date(date) => Cell::Date(*date),
        RawCell::DateTime(at) => Cell::DateTime(*at),
        RawCell::Flag(flag) => Cell::Bool(*flag),
    }
}

pub(super) fn imports(ask: &Ask<'_>) -> Result<ImportsView, DeskError> {
    let mut imports = Vec::new();
    for import in ask.reads.imports()? {
        let campaign = ask
            .reads
            .state::<Campaign>(import.campaign)?
            .map(|c| c.name)
            .unwrap_or_default();
        imports.push(ImportListRow {
            campaign,
            operator: ask.operator_name(import.by)?,
            import,
        });
    }
    imports.sort_by_key(|row| std::cmp::Reverse((row.import.issued, row.import.at)));
    Ok(ImportsView { imports })
}
