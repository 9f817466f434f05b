// SPDX-License-Identifier: EUPL-1.2
//! The statement of a campaign on paper and as tables.

use super::documents::{code_of, place, word};
use super::export::{euros, headings, text};
use super::household::serials;
use super::{Ask, statement};
use crate::error::DeskError;
use crate::query::Language;
use crate::view::{BucketCounts, Standing, StatementDay, StatementLine, StatementPlace, StatementView};
use chrono::NaiveDate;
use sportello_documents::lists::{Cell, Sheet};
use sportello_documents::{Document, pdf};
use sportello_domain::ids::CampaignId;
use sportello_domain::money::Cents;
use sportello_domain::serial::Run;
use sportello_domain::statement::Figure;

/// A column of places: its label, and its number.
type Place = (&'static str, fn(&BucketCounts) -> u64);

/// The columns of places, in the order in which a voucher goes.
const PLACES: [Place; 9] = [
    ("label_stock_delivered", |counts| counts.delivered),
    ("label_stock_held", |counts| counts.held),
    ("label_stock_in_transit", |counts| counts.in_transit),
    ("label_stock_transferred", |counts| counts.transferred),
    ("label_stock_damaged", |counts| counts.damaged),
    ("label_stock_lost", |counts| counts.lost),
    ("label_stock_returned", |counts| counts.returned),
    ("label_stock_destroyed", |counts| counts.destroyed),
    ("label_stock_miscounted", |counts| counts.miscounted),
];

fn date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

fn figure_word(language: Language, figure: Figure) -> String {
    word(language, &code_of("statement", &figure))
}

/// Of appointments and refusals nothing adds up.
fn amount(line: &StatementLine) -> Option<Cents> {
    match line.figure {
        Figure::Appointments
        | Figure::Presentations
        | Figure::NoShows
        | Figure::WalkIns
        | Figure::Refusals => None,
        _ => Some(line.amount),
    }
}

fn column(heading: String, align: pdf::Align, weight: u8) -> pdf::Column {
    pdf::Column {
        heading,
        align,
        weight,
    }
}

fn runs_text(runs: &[Run]) -> String {
    let mut all: Vec<String> = runs
        .iter()
        .take(40)
        .map(|run| serials(std::slice::from_ref(run)))
        .collect();
    if runs.len() > all.len() {
        all.push("…".into());
    }
    all.join(", ")
}

pub(super) fn report(
    ask: &Ask<'_>,
    id: CampaignId,
    language: Language,
) -> Result<(String, Document), DeskError> {
    let view = statement::statement(ask, id)?;
    let label = |code: &str| word(language, code);
    let mut sections = vec![
        head(&view, language),
        households(&view, language),
        vouchers(&view, language),
    ];
    sections.extend(doubts(&view, language));
    sections.push(days(&view, language));
    sections.push(delivered(&view, language));
    sections.push(pdf::Section {
        heading: None,
        blocks: vec![pdf::Block::Signatures {
            roles: vec![label("label_statement_drawn_up"), label("label_plan_director")],
        }],
    });
    let campaign = &view.campaign;
    let document = pdf::Report {
        place: place(ask, ask.desk.site())?,
        title: format!("{} – {}", label("label_statement"), campaign.name),
        subtitle: Some(format!("{} – {}", date(campaign.from), date(campaign.to))),
        keywords: vec![label("label_statement"), campaign.name.clone()],
        sections,
        made_at: ask.now.rome(),
        landscape: true,
    };
    Ok(("rendiconto".into(), Document::Report(document)))
}

fn head(view: &StatementView, language: Language) -> pdf::Section {
    let label = |code: &str| word(language, code);
    let state = match view.standing {
        Standing::Provisional => "label_provisional",
        Standing::Current => "label_current",
        Standing::Final => "label_final",
    };
    let mut pairs = vec![(label("label_status"), label(state))];
    if !view.missing_desks.is_empty() {
        let names: Vec<&str> = view.missing_desks.iter().map(|m| m.desk.name.as_str()).collect();
        pairs.push((label("label_missing_desks"), names.join(", ")));
    }
    pdf::Section {
        heading: None,
        blocks: vec![pdf::Block::Facts { pairs }],
    }
}

fn households(view: &StatementView, language: Language) -> pdf::Section {
    let label = |code: &str| word(language, code);
    pdf::Section {
        heading: Some(label("label_statement_households")),
        blocks: vec![pdf::Block::Table {
            caption: None,
            columns: vec![
                column(label("label_statement_figure"), pdf::Align::Left, 5),
                column(label("label_statement_count"), pdf::Align::Right, 1),
                column(label("label_amount"), pdf::Align::Right, 2),
            ],
            rows: view
                .households
                .iter()
                .map(|line| {
                    vec![
                        figure_word(language, line.figure),
                        line.count.to_string(),
                        line.amount.to_string(),
                    ]
                })
                .collect(),
            total: None,
        }],
    }
}

fn place_row(row: &StatementPlace) -> Vec<String> {
    let mut cells = vec![row.desk.name.clone(), row.came.to_string()];
    cells.extend(PLACES.iter().map(|(_, of)| of(&row.counts).to_string()));
    cells.push(row.accounted.to_string());
    cells.push(row.by_receipts.to_string());
    cells
}

fn vouchers(view: &StatementView, language: Language) -> pdf::Section {
    let label = |code: &str| word(language, code);
    let found = &view.vouchers;
    let mut columns = vec![
        column(label("label_desk"), pdf::Align::Left, 3),
        column(label("label_statement_came"), pdf::Align::Right, 2),
    ];
    columns.extend(
        PLACES
            .iter()
            .map(|(code, _)| column(label(code), pdf::Align::Right, 2)),
    );
    columns.push(column(label("label_statement_accounted"), pdf::Align::Right, 2));
    columns.push(column(label("label_statement_by_receipts"), pdf::Align::Right, 2));
    let office = &found.office;
    let mut total = vec![label("label_statement_office"), office.received.to_string()];
    total.extend(PLACES.iter().map(|(_, of)| of(&office.counts).to_string()));
    total.push(office.accounted.to_string());
    total.push(String::new());
    let verdict = if found.even {
        "statement_even"
    } else {
        "statement_uneven"
    };
    pdf::Section {
        heading: Some(format!(
            "{} ({} {})",
            label("label_statement_vouchers"),
            label("label_bolla_denomination"),
            found.denomination
        )),
        blocks: vec![
            pdf::Block::Table {
                caption: None,
                columns,
                rows: found.places.iter().map(place_row).collect(),
                total: Some(total),
            },
            pdf::Block::Paragraph { text: label(verdict) },
        ],
    }
}

/// What does not come out even, by serial: a difference is named, never hidden.
fn doubts(view: &StatementView, language: Language) -> Option<pdf::Section> {
    let label = |code: &str| word(language, code);
    let found = &view.vouchers;
    let mut pairs = Vec::new();
    if !found.nowhere.is_empty() {
        pairs.push((label("label_statement_nowhere"), runs_text(&found.nowhere)));
    }
    if !found.never_received.is_empty() {
        pairs.push((
            label("label_statement_never_received"),
            runs_text(&found.never_received),
        ));
    }
    for place in found.places.iter().filter(|place| !place.different.is_empty()) {
        let what = format!("{} – {}", label("label_statement_different"), place.desk.name);
        pairs.push((what, runs_text(&place.different)));
    }
    (!pairs.is_empty()).then(|| pdf::Section {
        heading: Some(label("label_statement_doubts")),
        blocks: vec![pdf::Block::Facts { pairs }],
    })
}

fn days(view: &StatementView, language: Language) -> pdf::Section {
    let label = |code: &str| word(language, code);
    let mut columns = vec![
        column(label("label_day"), pdf::Align::Left, 2),
        column(label("label_site"), pdf::Align::Left, 3),
    ];
    for figure in Figure::ACTS {
        columns.push(column(figure_word(language, figure), pdf::Align::Right, 2));
    }
    columns.push(column(label("label_amount"), pdf::Align::Right, 2));
    columns.push(column(label("label_bolla_vouchers"), pdf::Align::Right, 1));
    let row = |day: &StatementDay| {
        let mut cells = vec![date(day.day), day.site_name.clone()];
        cells.extend(day.lines.iter().map(|line| line.count.to_string()));
        cells.push(delivered_on(day).to_string());
        cells.push(day.vouchers.to_string());
        cells
    };
    let mut total = vec![label("label_bolla_total"), String::new()];
    for at in 0..Figure::ACTS.len() {
        let counts = view.days.iter().filter_map(|day| day.lines.get(at));
        total.push(counts.map(|line| line.count).sum::<u64>().to_string());
    }
    total.push(view.days.iter().map(delivered_on).sum::<Cents>().to_string());
    total.push(view.days.iter().map(|day| day.vouchers).sum::<u64>().to_string());
    pdf::Section {
        heading: Some(label("label_statement_days")),
        blocks: vec![pdf::Block::Table {
            caption: None,
            columns,
            rows: view.days.iter().map(row).collect(),
            total: Some(total),
        }],
    }
}

fn delivered_on(day: &StatementDay) -> Cents {
    day.lines
        .iter()
        .filter(|line| line.figure == Figure::Deliveries)
        .map(|line| line.amount)
        .sum()
}

fn delivered(view: &StatementView, language: Language) -> pdf::Section {
    let label = |code: &str| word(language, code);
    let with_some = view.days.iter().filter(|day| !day.runs.is_empty());
    pdf::Section {
        heading: Some(label("label_statement_serials")),
        blocks: vec![pdf::Block::Table {
            caption: None,
            columns: vec![
                column(label("label_day"), pdf::Align::Left, 2),
                column(label("label_site"), pdf::Align::Left, 3),
                column(label("label_bolla_vouchers"), pdf::Align::Right, 1),
                column(label("label_serials"), pdf::Align::Left, 12),
            ],
            rows: with_some
                .map(|day| {
                    vec![
                        date(day.day),
                        day.site_name.clone(),
                        day.vouchers.to_string(),
                        serials(&day.runs),
                    ]
                })
                .collect(),
            total: None,
        }],
    }
}

/// A row for each figure: of households first, then of each day and site.
pub(super) fn figures(ask: &Ask<'_>, id: CampaignId) -> Result<Sheet, DeskError> {
    let view = statement::statement(ask, id)?;
    let language = ask.language();
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let number = |count: u64| Cell::Number(count as f64);
    let row = |day: Cell, site: Cell, line: &StatementLine, serials: Cell| {
        vec![
            day,
            site,
            text(figure_word(language, line.figure)),
            number(line.count),
            amount(line).map_or(Cell::Empty, euros),
            serials,
        ]
    };
    let of_households = view
        .households
        .iter()
        .map(|line| row(Cell::Empty, Cell::Empty, line, Cell::Empty));
    let mut rows: Vec<Vec<Cell>> = of_households.collect();
    for day in &view.days {
        for line in day.lines.iter().filter(|line| line.count > 0) {
            let runs = match line.figure {
                Figure::Deliveries => text(serials(&day.runs)),
                _ => Cell::Empty,
            };
            rows.push(row(Cell::Date(day.day), text(day.site_name.clone()), line, runs));
        }
    }
    let codes = [
        "label_day",
        "label_site",
        "label_statement_figure",
        "label_statement_count",
        "label_amount",
        "label_serials",
    ];
    Ok(Sheet {
        title: word(language, "label_statement"),
        headings: headings(ask, &codes),
        rows,
    })
}

/// A row for each desk, and one for the office.
pub(super) fn vouchers_sheet(ask: &Ask<'_>, id: CampaignId) -> Result<Sheet, DeskError> {
    let view = statement::statement(ask, id)?;
    let language = ask.language();
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let number = |count: u64| Cell::Number(count as f64);
    let found = &view.vouchers;
    let mut rows = Vec::new();
    for place in &found.places {
        let mut cells = vec![text(place.desk.name.clone()), number(place.came)];
        cells.extend(PLACES.iter().map(|(_, of)| number(of(&place.counts))));
        cells.push(number(place.accounted));
        cells.push(number(place.by_receipts));
        cells.push(text(serials(&place.different)));
        rows.push(cells);
    }
    let mut cells = vec![
        text(word(language, "label_statement_office")),
        number(found.office.received),
    ];
    cells.extend(PLACES.iter().map(|(_, of)| number(of(&found.office.counts))));
    cells.push(number(found.office.accounted));
    cells.push(Cell::Empty);
    cells.push(text(serials(&found.nowhere)));
    rows.push(cells);
    let mut codes = vec!["label_desk", "label_statement_came"];
    codes.extend(PLACES.iter().map(|(code, _)| *code));
    codes.extend([
        "label_statement_accounted",
        "label_statement_by_receipts",
        "label_statement_different",
    ]);
    Ok(Sheet {
        title: word(language, "label_statement_vouchers"),
        headings: headings(ask, &codes),
        rows,
    })
}
