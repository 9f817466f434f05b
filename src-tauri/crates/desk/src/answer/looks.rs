// SPDX-License-Identifier: EUPL-1.2
//! Who looked at which household.

use super::Ask;
use crate::error::DeskError;
use crate::messages;
use crate::query::LookQuery;
use crate::view::{AccessLogView, AccessRow};
use chrono::{Days, NaiveTime};
use sportello_documents::lists::{Cell, Sheet};
use sportello_domain::household::Household;
use sportello_domain::look::Opened;
use sportello_domain::time::Timestamp;
use sportello_store::queries::{LookFilter, LookLine};

/// So many are shown at once.
const SHOWN: usize = 500;
/// So many are taken out at once.
const TAKEN_OUT: usize = 200_000;

fn filter(asked: &LookQuery) -> LookFilter {
    let begin = |day: chrono::NaiveDate| Timestamp::of_rome(day.and_time(NaiveTime::MIN));
    LookFilter {
        household: asked.household,
        operator: asked.operator,
        desk: asked.desk,
        from: asked.from.map(begin),
        before: asked
            .to
            .and_then(|day| day.checked_add_days(Days::new(1)))
            .map(begin),
    }
}

fn named(ask: &Ask<'_>, line: &LookLine) -> Result<AccessRow, DeskError> {
    let name = match line.household {
        Some(id) => ask.reads.state::<Household>(id)?.map(|h| h.data.applicant_name()),
        None => None,
    };
    Ok(AccessRow {
        at: line.at,
        operator: ask.operator_name(line.operator)?,
        desk: ask.directory.name(line.desk),
        household: line.household,
        name: name.unwrap_or_default(),
        how: line.how,
    })
}

pub(super) fn looks(ask: &Ask<'_>, asked: &LookQuery) -> Result<AccessLogView, DeskError> {
    let mut lines = ask.reads.looks(&filter(asked), SHOWN + 1)?;
    let more = lines.len() > SHOWN;
    lines.truncate(SHOWN);
    Ok(AccessLogView {
        rows: lines
            .iter()
            .map(|line| named(ask, line))
            .collect::<Result<_, _>>()?,
        more,
        everywhere: ask.desk.supervises(),
    })
}

/// The same as a table.
pub(super) fn sheet(ask: &Ask<'_>, asked: &LookQuery) -> Result<Sheet, DeskError> {
    let word = |code: &str| messages::sentence(ask.language(), code, &[]);
    let rows = ask
        .reads
        .looks(&filter(asked), TAKEN_OUT)?
        .iter()
        .map(|line| {
            let row = named(ask, line)?;
            let text = |text: String| {
                if text.is_empty() {
                    Cell::Empty
                } else {
                    Cell::Text(text)
                }
            };
            Ok(vec![
                Cell::DateTime(row.at.rome()),
                text(row.operator),
                text(row.desk.name),
                text(row.name),
                text(row.household.map(|id| id.to_string()).unwrap_or_default()),
                text(word(match row.how {
                    Opened::Search => "opened_search",
                    Opened::Scan => "opened_scan",
                    Opened::Queue => "opened_queue",
                    Opened::Other => "opened_other",
                    Opened::Export => "opened_export",
                })),
            ])
        })
        .collect::<Result<_, DeskError>>()?;
    Ok(Sheet {
        title: word("label_accesses"),
        headings: [
            "label_at",
            "label_operator",
            "label_desk",
            "label_household",
            "label_household_id",
            "label_opened",
        ]
        .iter()
        .map(|code| word(code))
        .collect(),
        rows,
    })
}
