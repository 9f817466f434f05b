// SPDX-License-Identifier: EUPL-1.2
//! The appointments of a day on paper: to telephone or write to people, with room to tick them off.

use super::documents::{place, word};
use super::{Ask, rows};
use crate::error::DeskError;
use crate::query::Language;
use chrono::NaiveDate;
use sportello_documents::{Document, pdf};
use sportello_domain::appointment::AppointmentStatus;
use sportello_domain::ids::SiteId;

pub(super) fn day_list(
    ask: &Ask<'_>,
    site: SiteId,
    day: NaiveDate,
    language: Language,
) -> Result<Document, DeskError> {
    let label = |code: &str| word(language, code);
    let mut found = ask.reads.agenda(site, day, day)?;
    found.retain(|found| !found.walk_in && found.status != AppointmentStatus::Cancelled);
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|found| {
            let row = rows::appointment(ask, found)?;
            Ok(vec![
                row.start.format("%H:%M").to_string(),
                row.name,
                row.phone,
                row.service_name,
                row.code,
                // An empty box, to be ticked by hand.
                "☐".to_owned(),
            ])
        })
        .collect::<Result<_, DeskError>>()?;
    let column = |code: &str, weight| pdf::Column {
        heading: label(code),
        align: pdf::Align::Left,
        weight,
    };
    let table = if rows.is_empty() {
        pdf::Block::Paragraph {
            text: label("label_no_appointments"),
        }
    } else {
        pdf::Block::Table {
            caption: None,
            columns: vec![
                column("label_time", 0),
                column("label_household", 3),
                column("label_phone", 2),
                column("label_service", 2),
                column("label_slip_code", 0),
                column("label_contacted", 0),
            ],
            rows,
            total: None,
        }
    };
    let date = match language {
        Language::It => pdf::long_date(day, pdf::Lang::It),
        Language::En => pdf::long_date(day, pdf::Lang::En),
    };
    Ok(Document::Report(pdf::Report {
        place: place(ask, site)?,
        title: label("label_day_list"),
        subtitle: Some(date),
        keywords: vec![],
        sections: vec![pdf::Section {
            heading: None,
            blocks: vec![table],
        }],
        made_at: ask.now.rome(),
        landscape: false,
    }))
}
