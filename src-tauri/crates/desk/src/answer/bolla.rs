// SPDX-License-Identifier: EUPL-1.2
//! The paper that goes with a shipment of vouchers: who sends what to whom, to be signed by both.

use super::Ask;
use super::documents::{place, word};
use super::supply::shipment_name;
use crate::error::DeskError;
use crate::query::Language;
use sportello_documents::{Document, pdf};
use sportello_domain::campaign::Campaign;
use sportello_domain::money::Cents;
use sportello_domain::office::Site;
use sportello_domain::refusal::Rejection;
use sportello_domain::serial;
use sportello_domain::stock::{Bolla, Moved, ShipmentNo, Stock};

pub(super) fn bolla(
    ask: &Ask<'_>,
    shipment: ShipmentNo,
    language: Language,
) -> Result<(String, Document), DeskError> {
    let stock: Stock = ask.need(shipment.from.0, "shipment")?;
    let Some((sent, to)) = stock.shipped(shipment).and_then(|sent| match &sent.moved {
        Moved::Shipped { to, .. } => Some((sent, *to)),
        _ => None,
    }) else {
        return Err(Rejection::NotFound { what: "shipment" }.into());
    };
    let campaign: Campaign = ask.need(sent.campaign, "campaign")?;
    let label = |code: &str| word(language, code);
    let at_site = |desk| -> Result<String, DeskError> {
        let name = ask.directory.name(desk).name;
        let site = match ask.directory.desk(desk) {
            Some(known) => ask.reads.state::<Site>(known.site)?,
            None => None,
        };
        Ok(match site {
            Some(site) => format!("{name} – {}", site.name),
            None => name,
        })
    };
    let name = shipment_name(ask, shipment);
    let count = serial::count(&sent.runs);
    let value = |count: u64| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        Cents(campaign.denomination.0.saturating_mul(count)).to_string()
    };
    let column = |heading: String, align| pdf::Column {
        heading,
        align,
        weight: 1,
    };
    let mut facts = vec![
        (label("label_bolla_from"), at_site(shipment.from)?),
        (label("label_bolla_to"), at_site(to)?),
        (
            label("label_bolla_sent"),
            format!(
                "{} – {}",
                sent.at.rome().format("%d/%m/%Y %H:%M"),
                ask.operator_name(sent.by)?
            ),
        ),
        (label("label_campaign"), campaign.name.clone()),
        (
            label("label_bolla_denomination"),
            campaign.denomination.to_string(),
        ),
        (label("label_bolla_vouchers"), count.to_string()),
        (label("label_bolla_value"), value(count)),
    ];
    if !sent.note.is_empty() {
        facts.push((label("label_bolla_note"), sent.note.clone()));
    }
    let code = Bolla {
        shipment,
        campaign: sent.campaign,
        runs: sent.runs.clone(),
    };
    let sections = vec![
        pdf::Section {
            heading: None,
            blocks: vec![pdf::Block::Facts { pairs: facts }],
        },
        pdf::Section {
            heading: Some(label("label_bolla_serials")),
            blocks: vec![pdf::Block::Table {
                caption: None,
                columns: vec![
                    column(label("label_bolla_first"), pdf::Align::Left),
                    column(label("label_bolla_last"), pdf::Align::Left),
                    column(label("label_bolla_vouchers"), pdf::Align::Right),
                    column(label("label_bolla_value"), pdf::Align::Right),
                ],
                rows: sent
                    .runs
                    .iter()
                    .map(|run| {
                        vec![
                            run.first_serial(),
                            run.last_serial(),
                            run.count().to_string(),
                            value(run.count()),
                        ]
                    })
                    .collect(),
                total: Some(vec![
                    label("label_bolla_total"),
                    String::new(),
                    count.to_string(),
                    value(count),
                ]),
            }],
        },
        pdf::Section {
            heading: None,
            blocks: vec![
                pdf::Block::Code {
                    qr: code.qr(),
                    alt: label("label_bolla_code"),
                },
                pdf::Block::Signatures {
                    roles: vec![label("label_bolla_gives"), label("label_bolla_takes")],
                },
            ],
        },
    ];
    let site = ask
        .directory
        .desk(shipment.from)
        .map_or(ask.desk.site(), |desk| desk.site);
    let document = Document::Report(pdf::Report {
        place: place(ask, site)?,
        title: format!("{} {name}", label("label_bolla")),
        subtitle: Some(format!("{} → {}", at_site(shipment.from)?, at_site(to)?)),
        keywords: vec![],
        sections,
        made_at: ask.now.rome(),
        landscape: false,
    });
    Ok((format!("bolla-{}", name.replace(' ', "-")), document))
}
