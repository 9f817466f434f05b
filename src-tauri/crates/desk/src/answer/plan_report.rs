// SPDX-License-Identifier: EUPL-1.2
//! The plan on paper and as a table, in the form of its own sheet, and drawn over time.

use super::documents::{code_of, place, word};
use super::export::{headings, text};
use super::plan::{expected_text, reached_text};
use super::{Ask, plan};
use crate::error::DeskError;
use crate::query::Language;
use crate::view::{PlanSourceOf, PlanView, Standing, View};
use chrono::NaiveDate;
use sportello_documents::gantt::{Chart, Mark, Row, svg};
use sportello_documents::lists::{Cell, Sheet};
use sportello_documents::{Document, pdf};
use sportello_domain::ids::PlanId;
use sportello_domain::plan::{Expected, Forecast, Reached, Target};
use sportello_domain::refusal::Rejection;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The drawing by itself.
pub(super) fn chart(ask: &Ask<'_>, id: PlanId) -> Result<View, DeskError> {
    let view = plan::plan(ask, id)?;
    let drawn = drawing(ask, &view, ask.language()).ok_or(Rejection::NotFound { what: "plan" })?;
    let name = format!("gantt-{}.svg", view.plan.sheet.code);
    Ok(ask.file(name, "image/svg+xml", drawn.as_bytes(), ask.language()))
}

fn drawing(ask: &Ask<'_>, view: &PlanView, language: Language) -> Option<String> {
    let phases = view.phases.iter().map(|row| Row {
        label: row.phase.description.clone(),
        mark: Mark::Bar {
            from: row.phase.from,
            to: row.phase.to,
            percent: row.percent,
            expected: match row.forecast {
                Forecast::Ends { day, late } if late > 0 => Some(day),
                _ => None,
            },
        },
    });
    let days = view.indicators.iter().filter_map(|row| {
        let Expected::Day { day } = row.indicator.expected else {
            return None;
        };
        let done = match row.reached {
            Some(Reached::Day { day }) => Some(day),
            _ => None,
        };
        Some(Row {
            label: row.indicator.description.clone(),
            mark: Mark::Day { day, done },
        })
    });
    let label = |code: &str| word(language, code);
    svg(&Chart {
        title: format!("{} {}", label("label_plan_gantt"), view.plan.sheet.code),
        description: label("label_plan_gantt_alt"),
        rows: phases.chain(days).collect(),
        today: (ask.now.day(), label("label_plan_today")),
        months: MONTHS.map(|month| label(&format!("label_month_{month}"))),
    })
}

fn date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

fn forecast_text(language: Language, forecast: Forecast) -> String {
    match forecast {
        Forecast::Ends { day, late } if late > 0 => {
            format!("{} (+{late} {})", date(day), word(language, "label_plan_days"))
        }
        Forecast::Ends { day, .. } => date(day),
        Forecast::NotYet => word(language, "plan_forecast_not_yet"),
        Forecast::Unknown => word(language, "plan_forecast_unknown"),
        Forecast::Done => word(language, "plan_forecast_done"),
    }
}

/// Where a figure comes from, and how far it can be relied on.
fn source_text(language: Language, source: &PlanSourceOf) -> String {
    match source {
        PlanSourceOf::Nothing => word(language, "plan_source_nothing"),
        PlanSourceOf::Hand => word(language, "plan_source_hand"),
        PlanSourceOf::Unreadable { .. } => word(language, "plan_source_unreadable"),
        PlanSourceOf::Records { standing, .. } => {
            let sure = match standing {
                Standing::Provisional => "plan_source_provisional",
                Standing::Current | Standing::Final => "plan_source_records",
            };
            word(language, sure)
        }
    }
}

fn column(heading: String, align: pdf::Align, weight: u8) -> pdf::Column {
    pdf::Column {
        heading,
        align,
        weight,
    }
}

pub(super) fn report(ask: &Ask<'_>, id: PlanId, language: Language) -> Result<(String, Document), DeskError> {
    let view = plan::plan(ask, id)?;
    let sheet = &view.plan.sheet;
    let label = |code: &str| word(language, code);
    let mut sections = vec![head(&view, language)];
    if !sheet.links.is_empty() {
        sections.push(pdf::Section {
            heading: Some(label("label_plan_links")),
            blocks: vec![pdf::Block::List {
                items: sheet.links.clone(),
            }],
        });
    }
    if !sheet.description.is_empty() {
        let paragraphs = sheet.description.iter();
        sections.push(pdf::Section {
            heading: Some(label("label_plan_description")),
            blocks: paragraphs
                .map(|text| pdf::Block::Paragraph { text: text.clone() })
                .collect(),
        });
    }
    if let Some(svg) = drawing(ask, &view, language) {
        sections.push(pdf::Section {
            heading: Some("GANTT".into()),
            blocks: vec![pdf::Block::Picture {
                svg,
                alt: label("label_plan_gantt_alt"),
            }],
        });
    }
    if !view.phases.is_empty() {
        sections.push(phases(&view, language));
    }
    if !view.indicators.is_empty() {
        sections.push(indicators(&view, language));
    }
    if let Some(section) = notes(ask, &view, language)? {
        sections.push(section);
    }
    sections.push(pdf::Section {
        heading: None,
        blocks: vec![pdf::Block::Signatures {
            roles: vec![label("label_plan_manager"), label("label_plan_director")],
        }],
    });
    let document = pdf::Report {
        place: place(ask, ask.desk.site())?,
        title: format!("{} {}", sheet.code, sheet.title),
        subtitle: Some(format!("{} – {}", label("label_plan_sheet"), date(ask.now.day()))),
        keywords: vec![sheet.code.clone(), "PEG".into()],
        sections,
        made_at: ask.now.rome(),
        landscape: true,
    };
    Ok((format!("piano-{}", sheet.code), Document::Report(document)))
}

fn head(view: &PlanView, language: Language) -> pdf::Section {
    let sheet = &view.plan.sheet;
    let label = |code: &str| word(language, code);
    let mut pairs = vec![
        (label("label_plan_direction"), sheet.direction.clone()),
        (label("label_plan_director"), sheet.director.clone()),
        (label("label_plan_class"), sheet.classification.clone()),
        (label("label_plan_service"), sheet.service.clone()),
        (label("label_plan_manager"), sheet.manager.clone()),
        (label("label_plan_kind"), sheet.kind.clone()),
    ];
    if let Some(done) = view.done {
        pairs.push((label("label_plan_done"), format!("{done}%")));
    }
    if let Some(forecast) = view.forecast {
        pairs.push((label("label_plan_forecast"), forecast_text(language, forecast)));
    }
    pairs.retain(|(_, value)| !value.is_empty());
    pdf::Section {
        heading: None,
        blocks: vec![pdf::Block::Facts { pairs }],
    }
}

fn phases(view: &PlanView, language: Language) -> pdf::Section {
    let label = |code: &str| word(language, code);
    pdf::Section {
        heading: Some(label("label_plan_phases")),
        blocks: vec![pdf::Block::Table {
            caption: None,
            columns: vec![
                column(label("label_plan_what"), pdf::Align::Left, 6),
                column(label("label_plan_weight"), pdf::Align::Right, 1),
                column(label("label_plan_from"), pdf::Align::Left, 2),
                column(label("label_plan_to"), pdf::Align::Left, 2),
                column(label("label_plan_responsible"), pdf::Align::Left, 3),
                column(label("label_plan_centre"), pdf::Align::Left, 3),
                column(label("label_note"), pdf::Align::Left, 3),
                column(label("label_plan_progress"), pdf::Align::Right, 2),
                column(label("label_plan_forecast"), pdf::Align::Left, 3),
            ],
            rows: view
                .phases
                .iter()
                .map(|row| {
                    vec![
                        row.phase.description.clone(),
                        row.phase
                            .weight
                            .map(|weight| weight.to_string())
                            .unwrap_or_default(),
                        date(row.phase.from),
                        date(row.phase.to),
                        row.phase.responsible.clone(),
                        row.phase.centre.clone(),
                        row.phase.notes.clone(),
                        format!("{}%\n{}", row.percent, source_text(language, &row.source)),
                        forecast_text(language, row.forecast),
                    ]
                })
                .collect(),
            total: None,
        }],
    }
}

fn indicators(view: &PlanView, language: Language) -> pdf::Section {
    let label = |code: &str| word(language, code);
    pdf::Section {
        heading: Some(label("label_plan_indicators")),
        blocks: vec![pdf::Block::Table {
            caption: None,
            columns: vec![
                column(label("label_plan_what"), pdf::Align::Left, 6),
                column(label("label_plan_type"), pdf::Align::Left, 2),
                column(label("label_plan_expected"), pdf::Align::Right, 2),
                column(label("label_plan_value"), pdf::Align::Right, 2),
                column(label("label_plan_source"), pdf::Align::Left, 3),
                column(label("label_status"), pdf::Align::Left, 2),
            ],
            rows: view
                .indicators
                .iter()
                .map(|row| {
                    vec![
                        row.indicator.description.clone(),
                        row.indicator.kind.clone(),
                        expected_text(row.indicator.expected),
                        row.reached.map(reached_text).unwrap_or_default(),
                        source_text(language, &row.source),
                        label(&code_of("plan_verdict", &row.verdict)),
                    ]
                })
                .collect(),
            total: None,
        }],
    }
}

/// What is called by its number in the sheet.
fn target_text(language: Language, target: Target) -> String {
    match target {
        Target::Phase { number } => format!("{} {number}", word(language, "label_plan_phase")),
        Target::Indicator { number } => format!("{} {number}", word(language, "label_plan_indicator")),
    }
}

/// What was said by hand, with what shows it.
fn notes(ask: &Ask<'_>, view: &PlanView, language: Language) -> Result<Option<pdf::Section>, DeskError> {
    if view.plan.notes.is_empty() {
        return Ok(None);
    }
    let label = |code: &str| word(language, code);
    let mut rows = Vec::new();
    for note in &view.plan.notes {
        let mut evidence = note.evidence.clone();
        if let Some(file) = &note.file {
            let apart = if evidence.is_empty() { "" } else { ", " };
            evidence = format!("{evidence}{apart}{file}");
        }
        rows.push(vec![
            note.at.rome().format("%d/%m/%Y").to_string(),
            ask.operator_name(note.by)?,
            target_text(language, note.target),
            reached_text(note.reached),
            note.note.clone(),
            evidence,
        ]);
    }
    Ok(Some(pdf::Section {
        heading: Some(label("label_plan_notes")),
        blocks: vec![pdf::Block::Table {
            caption: None,
            columns: vec![
                column(label("label_when"), pdf::Align::Left, 2),
                column(label("label_operator"), pdf::Align::Left, 3),
                column(label("label_plan_target"), pdf::Align::Left, 2),
                column(label("label_plan_value"), pdf::Align::Right, 2),
                column(label("label_note"), pdf::Align::Left, 5),
                column(label("label_plan_evidence"), pdf::Align::Left, 4),
            ],
            rows,
            total: None,
        }],
    }))
}

/// The same as a table: a row for each phase and each indicator.
pub(super) fn sheet(ask: &Ask<'_>, id: PlanId) -> Result<Sheet, DeskError> {
    let view = plan::plan(ask, id)?;
    let language = ask.language();
    let day = |day: NaiveDate| Cell::Date(day);
    let mut rows = Vec::new();
    for row in &view.phases {
        rows.push(vec![
            text(target_text(language, Target::Phase { number: row.number })),
            text(row.phase.description.clone()),
            row.phase
                .weight
                .map_or(Cell::Empty, |weight| Cell::Number(f64::from(weight))),
            day(row.phase.from),
            day(row.phase.to),
            text(row.phase.responsible.clone()),
            text(row.phase.centre.clone()),
            text(row.phase.notes.clone()),
            Cell::Empty,
            text(format!("{}%", row.percent)),
            text(source_text(language, &row.source)),
            text(forecast_text(language, row.forecast)),
        ]);
    }
    for row in &view.indicators {
        let target = Target::Indicator { number: row.number };
        rows.push(vec![
            text(target_text(language, target)),
            text(row.indicator.description.clone()),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            text(row.indicator.kind.clone()),
            text(expected_text(row.indicator.expected)),
            text(row.reached.map(reached_text).unwrap_or_default()),
            text(source_text(language, &row.source)),
            text(word(language, &code_of("plan_verdict", &row.verdict))),
        ]);
    }
    let codes = [
        "label_plan_target",
        "label_plan_what",
        "label_plan_weight",
        "label_plan_from",
        "label_plan_to",
        "label_plan_responsible",
        "label_plan_centre",
        "label_note",
        "label_plan_expected",
        "label_plan_value",
        "label_plan_source",
        "label_status",
    ];
    Ok(Sheet {
        title: view.plan.sheet.code.clone(),
        headings: headings(ask, &codes),
        rows,
    })
}
