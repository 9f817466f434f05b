// SPDX-License-Identifier: EUPL-1.2
//! Verification calls: what was drawn, whom to call, what was said; and the list to call from, on paper.

use super::Ask;
use super::documents::{place, word};
use crate::error::DeskError;
use crate::query::Language;
use crate::view::{SampleCallRow, SamplePickRow, SampleRow, SampleSite, SampleView, SamplesView};
use sportello_documents::{Document, pdf};
use sportello_domain::campaign::Campaign;
use sportello_domain::entitlement::{Collector, Entitlement};
use sportello_domain::exceptions::{CaseAbout, CaseKind, Matter};
use sportello_domain::household::Household;
use sportello_domain::ids::{CampaignId, DeskId, SampleId, SiteId};
use sportello_domain::office::Site;
use sportello_domain::sample::{self, CallOutcome, CampaignSample, Pick};
use sportello_domain::serial;
use sportello_domain::statement::handed_over_at;
use std::collections::BTreeMap;

fn frame(ask: &Ask<'_>, campaign: CampaignId) -> Result<BTreeMap<Option<SiteId>, Vec<Pick>>, DeskError> {
    let site_of = |desk: DeskId| ask.directory.desk(desk).map(|desk| desk.site);
    Ok(sample::frame(&ask.reads.entitlement_states(campaign)?, site_of))
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

fn row(ask: &Ask<'_>, sample: &CampaignSample) -> Result<SampleRow, DeskError> {
    let over = |pick: &&Pick| {
        let last = sample.last_call(pick.delivery);
        last.is_some_and(|call| call.outcome != CallOutcome::NotReached)
    };
    Ok(SampleRow {
        id: sample.id,
        at: sample.at,
        operator: ask.operator_name(sample.by)?,
        frame: sample.strata.iter().map(|stratum| stratum.deliveries).sum(),
        drawn: count(sample.picks.len()),
        called: count(sample.picks.iter().filter(over).count()),
        disputed: count(sample.disputed().len()),
    })
}

pub(super) fn samples(ask: &Ask<'_>, campaign: CampaignId) -> Result<SamplesView, DeskError> {
    ask.need::<Campaign>(campaign, "campaign")?;
    let samples = ask.reads.samples(campaign)?;
    Ok(SamplesView {
        campaign,
        frame: count(frame(ask, campaign)?.values().map(Vec::len).sum()),
        rows: samples
            .iter()
            .map(|sample| row(ask, sample))
            .collect::<Result<_, _>>()?,
    })
}

pub(super) fn sample(ask: &Ask<'_>, id: SampleId) -> Result<SampleView, DeskError> {
    let sample: CampaignSample = ask.need(id, "sample")?;
    let campaign: Campaign = ask.need(sample.campaign, "campaign")?;
    let now = frame(ask, sample.campaign)?;
    let many = count(sample.picks.len());
    let same = (sample::digest(&now) == sample.frame).then(|| sample::draw(id, &now, many).1 == sample.picks);
    let mut strata = Vec::new();
    for stratum in &sample.strata {
        let site = match stratum.site {
            Some(site) => ask.reads.state::<Site>(site)?,
            None => None,
        };
        strata.push(SampleSite {
            site_name: site.map(|site| site.name).unwrap_or_default(),
            deliveries: stratum.deliveries,
            drawn: stratum.drawn,
        });
    }
    let mut picks = Vec::new();
    for pick in &sample.picks {
        picks.extend(pick_row(ask, &sample, pick)?);
    }
    Ok(SampleView {
        row: row(ask, &sample)?,
        digest: sample.frame.clone(),
        campaign,
        strata,
        same,
        picks,
    })
}

fn pick_row(ask: &Ask<'_>, sample: &CampaignSample, pick: &Pick) -> Result<Option<SamplePickRow>, DeskError> {
    let Some(right) = ask.reads.state::<Entitlement>(pick.entitlement)? else {
        return Ok(None);
    };
    let household = ask.reads.state::<Household>(right.household)?.map(|h| h.data);
    let delivery = right.deliveries.iter().find(|found| found.id == pick.delivery);
    let collector = delivery.map(|delivery| match &delivery.collector {
        Collector::Member { member, .. } => {
            let of_it = household.as_ref().zip(*member);
            of_it.and_then(|(data, id)| data.member_name(id))
        }
        Collector::Delegate { name, .. } => Some(name.clone()),
    });
    let mut calls = Vec::new();
    for call in sample.calls.iter().filter(|call| call.delivery == pick.delivery) {
        calls.push(SampleCallRow {
            outcome: call.outcome,
            at: call.at,
            operator: ask.operator_name(call.by)?,
        });
    }
    let about = CaseAbout::Delivery {
        entitlement: pick.entitlement,
        delivery: pick.delivery,
    };
    let disputed = calls.iter().any(|call| call.outcome.disputes());
    Ok(Some(SamplePickRow {
        delivery: pick.delivery,
        household: right.household,
        name: household
            .as_ref()
            .map(|data| data.applicant_name())
            .unwrap_or_default(),
        phone: household.map(|data| data.phone).unwrap_or_default(),
        at: delivery.map(handed_over_at),
        desk: delivery.map(|delivery| ask.directory.name(delivery.desk)),
        collector: collector.flatten().unwrap_or_default(),
        amount: delivery.map(|delivery| delivery.amount).unwrap_or_default(),
        vouchers: delivery.map_or(0, |delivery| serial::count(&delivery.runs)),
        reversed: delivery.is_some_and(|delivery| delivery.reversal.is_some()),
        calls,
        case: disputed.then(|| Matter::new(CaseKind::CallDisputed, about).id()),
    }))
}

/// The list to call from: what to ask, and room for what is said.
pub(super) fn call_sheet(
    ask: &Ask<'_>,
    id: SampleId,
    language: Language,
) -> Result<(String, Document), DeskError> {
    let view = sample(ask, id)?;
    let label = |code: &str| word(language, code);
    let column = |code: &str, weight| pdf::Column {
        heading: label(code),
        align: pdf::Align::Left,
        weight,
    };
    let rows = view.picks.iter().zip(1..).map(|(pick, number)| {
        vec![
            number.to_string(),
            pick.name.clone(),
            pick.phone.clone(),
            pick.at
                .map(|at| at.format("%d/%m/%Y %H:%M").to_string())
                .unwrap_or_default(),
            pick.desk
                .as_ref()
                .map(|desk| desk.name.clone())
                .unwrap_or_default(),
            pick.collector.clone(),
            format!("{} ({})", pick.amount, pick.vouchers),
            String::new(),
        ]
    });
    let outcomes = CallOutcome::ALL.map(|outcome| label(&super::documents::code_of("call", &outcome)));
    let document = pdf::Report {
        place: place(ask, ask.desk.site())?,
        title: label("label_call_sheet"),
        subtitle: Some(format!(
            "{} – {}",
            view.campaign.name,
            view.row.at.rome().format("%d/%m/%Y %H:%M")
        )),
        keywords: vec![view.digest.clone()],
        sections: vec![
            pdf::Section {
                heading: None,
                blocks: vec![
                    pdf::Block::Paragraph {
                        text: label("label_call_ask"),
                    },
                    pdf::Block::Paragraph {
                        text: format!("{}: {}", label("label_call_outcome"), outcomes.join("; ")),
                    },
                ],
            },
            pdf::Section {
                heading: None,
                blocks: vec![pdf::Block::Table {
                    caption: None,
                    columns: vec![
                        column("label_call_number", 1),
                        column("label_household", 4),
                        column("label_phone", 3),
                        column("label_when", 3),
                        column("label_desk", 2),
                        column("label_call_collector", 4),
                        column("label_amount", 3),
                        column("label_call_outcome", 4),
                    ],
                    rows: rows.collect(),
                    total: None,
                }],
            },
        ],
        made_at: ask.now.rome(),
        landscape: true,
    };
    Ok(("telefonate".into(), Document::Report(document)))
}
