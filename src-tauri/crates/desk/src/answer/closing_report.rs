// SPDX-License-Identifier: EUPL-1.2
//! The report of a closing: the count, the differences with what was said of them, who was not served, and the record that it is.

use super::documents::{place, word};
use super::household::serials;
use super::{Ask, closing, rows};
use crate::day;
use crate::error::DeskError;
use crate::query::Language;
use sportello_documents::{Document, pdf};
use sportello_domain::appointment::Appointment;
use sportello_domain::closing::Closing;
use sportello_domain::event::Event;
use sportello_domain::ids::ClosingId;
use sportello_domain::refusal::Rejection;
use sportello_protocol::wire::{LogName, SignedHead};

pub(super) fn report(
    ask: &Ask<'_>,
    id: ClosingId,
    language: Language,
) -> Result<(String, Document), DeskError> {
    let found: Closing = ask.need(id, "closing")?;
    let row = closing::row(ask, found)?;
    let found = &row.closing;
    let label = |code: &str| word(language, code);
    let site = ask
        .directory
        .desk(found.desk)
        .map_or(ask.desk.site(), |desk| desk.site);
    let date = match language {
        Language::It => pdf::long_date(found.day, pdf::Lang::It),
        Language::En => pdf::long_date(found.day, pdf::Lang::En),
    };
    let figures = found.figures;
    let mut facts = vec![
        (label("label_closing_desk"), row.desk.name.clone()),
        (label("label_closing_turn"), found.turn.to_string()),
        (
            label("label_closing_at"),
            format!("{} – {}", found.at.rome().format("%d/%m/%Y %H:%M"), row.operator),
        ),
        (
            label("label_closing_deliveries"),
            format!("{} ({})", figures.deliveries, figures.delivered),
        ),
        (label("label_closing_presented"), figures.presented.to_string()),
        (label("label_closing_due"), figures.due.to_string()),
        (label("label_closing_unsent"), figures.unsent.to_string()),
    ];
    if !found.note.is_empty() {
        facts.push((label("label_closing_note"), found.note.clone()));
    }
    let mut sections = vec![
        pdf::Section {
            heading: None,
            blocks: vec![pdf::Block::Facts { pairs: facts }],
        },
        pdf::Section {
            heading: Some(label("label_closing_count")),
            blocks: vec![count(&row, language)],
        },
    ];
    let differences = differences(&row, language);
    if !differences.is_empty() {
        sections.push(pdf::Section {
            heading: Some(label("label_closing_differences")),
            blocks: differences,
        });
    }
    let (presented, due) = day::unserved(ask.reads, site, found.day)?;
    for (heading, people) in [("label_closing_presented", presented), ("label_closing_due", due)] {
        if !people.is_empty() {
            sections.push(pdf::Section {
                heading: Some(label(heading)),
                blocks: vec![names(ask, &people, language)?],
            });
        }
    }
    sections.push(pdf::Section {
        heading: Some(label("label_closing_record")),
        blocks: vec![
            pdf::Block::Facts {
                pairs: record(ask, found, language)?,
            },
            pdf::Block::Signatures {
                roles: vec![label("label_closing_operator"), label("label_closing_supervisor")],
            },
        ],
    });
    let document = Document::Report(pdf::Report {
        place: place(ask, site)?,
        title: format!("{} – {}", label("label_closing"), row.desk.name),
        subtitle: Some(date),
        keywords: vec![],
        sections,
        made_at: ask.now.rome(),
        landscape: false,
    });
    Ok((format!("chiusura-{}-{}", found.day, found.turn), document))
}

fn column(heading: String, align: pdf::Align, weight: u8) -> pdf::Column {
    pdf::Column {
        heading,
        align,
        weight,
    }
}

fn count(row: &crate::view::ClosingRow, language: Language) -> pdf::Block {
    let label = |code: &str| word(language, code);
    if row.counts.is_empty() {
        return pdf::Block::Paragraph {
            text: label("label_closing_nothing"),
        };
    }
    pdf::Block::Table {
        caption: None,
        columns: vec![
            column(label("label_campaign"), pdf::Align::Left, 3),
            column(label("label_closing_how"), pdf::Align::Left, 1),
            column(label("label_closing_expected"), pdf::Align::Right, 1),
            column(label("label_closing_counted"), pdf::Align::Right, 1),
            column(label("label_closing_difference"), pdf::Align::Right, 1),
        ],
        rows: row
            .counts
            .iter()
            .map(|line| {
                let how = if line.scanned {
                    "label_closing_scanned"
                } else {
                    "label_closing_by_hand"
                };
                vec![
                    line.name.clone(),
                    label(how),
                    line.expected.to_string(),
                    line.counted.to_string(),
                    format!("{:+} ({})", line.difference, line.value),
                ]
            })
            .collect(),
        total: None,
    }
}

/// What differs, what was said of it then, and what was written beside it later.
fn differences(row: &crate::view::ClosingRow, language: Language) -> Vec<pdf::Block> {
    let label = |code: &str| word(language, code);
    let mut items = Vec::new();
    for line in row
        .counts
        .iter()
        .filter(|line| line.open || line.explanation.is_some())
    {
        let mut text = format!("{}: {:+}. ", line.name, line.difference);
        match &line.explanation {
            Some(explanation) => text.push_str(explanation),
            None => text.push_str(&label("label_closing_left_open")),
        }
        for (name, runs) in [
            ("label_closing_missing", &line.missing),
            ("label_closing_extra", &line.extra),
        ] {
            if !runs.is_empty() {
                text = format!("{text} {}: {}.", label(name), serials(runs));
            }
        }
        items.push(text);
    }
    for (correction, by) in row.closing.corrections.iter().zip(&row.corrected_by) {
        let when = correction.at.rome().format("%d/%m/%Y %H:%M");
        items.push(format!("{when}, {by}: {}", correction.text));
    }
    if items.is_empty() {
        Vec::new()
    } else {
        vec![pdf::Block::List { items }]
    }
}

fn names(ask: &Ask<'_>, people: &[Appointment], language: Language) -> Result<pdf::Block, DeskError> {
    let label = |code: &str| word(language, code);
    Ok(pdf::Block::Table {
        caption: None,
        columns: vec![
            column(label("label_time"), pdf::Align::Left, 0),
            column(label("label_household"), pdf::Align::Left, 3),
            column(label("label_phone"), pdf::Align::Left, 2),
            column(label("label_service"), pdf::Align::Left, 2),
        ],
        rows: people
            .iter()
            .map(|found| {
                let row = rows::appointment(ask, found)?;
                let time = row.start.format("%H:%M").to_string();
                Ok(vec![time, row.name, row.phone, row.service_name])
            })
            .collect::<Result<_, DeskError>>()?,
        total: None,
    })
}

/// The record that the closing is: its place, the chain's head after it, and the signature over that head of whoever can be shown to
/// have signed it. A desk signs for its own closings here and now; of another's, the last head that came with a signature is named.
fn record(ask: &Ask<'_>, found: &Closing, language: Language) -> Result<Vec<(String, String)>, DeskError> {
    let label = |code: &str| word(language, code);
    let missing = || Rejection::NotFound { what: "closing" };
    let entry = ask
        .reads
        .story_of(found.id)?
        .into_iter()
        .find(|entry| matches!(entry.event, Some(Event::DayClosed(_))))
        .ok_or_else(missing)?;
    let meta = entry.meta;
    let log = LogName::new(meta.desk, meta.topic);
    let link = ask.reads.link_at(&log, meta.seq)?.ok_or_else(missing)?;
    let mut pairs = vec![
        (
            label("label_closing_number"),
            format!(
                "{}-{}-{}",
                ask.directory.name(meta.desk).name,
                meta.topic.to_string().to_uppercase(),
                meta.seq
            ),
        ),
        (label("label_closing_head"), link.to_string()),
    ];
    if meta.desk == ask.desk.id() {
        let key = ask.desk.key();
        let office = ask.reads.identity()?.office;
        let signed = SignedHead::by_writer(&key, office, meta.desk, meta.topic, meta.seq, link);
        pairs.push((label("label_closing_signature"), hex::encode(signed.signature.0)));
        pairs.push((label("label_closing_key"), key.public().fingerprint()));
    } else if let Some(signed) = ask.reads.signed_head(&log)?.filter(|head| head.seq >= meta.seq) {
        pairs.push((
            label("label_closing_vouched"),
            format!("{}: {}", signed.seq, hex::encode(signed.signature.0)),
        ));
    }
    Ok(pairs)
}
