// SPDX-License-Identifier: EUPL-1.2
//! Tables that can be taken out, as CSV or for a spreadsheet.

use super::documents::{code_of, delivery_words, status_word};
use super::{Ask, rows};
use crate::error::DeskError;
use crate::messages;
use crate::query::{ExportTable, TableFormat};
use crate::view::View;
use sportello_documents::lists::{Cell, Sheet, write_csv, write_xlsx};
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::household::Household;
use sportello_domain::money::Cents;

pub(super) fn export(ask: &Ask<'_>, table: &ExportTable, format: TableFormat) -> Result<View, DeskError> {
    let (name, sheet) = match table {
        ExportTable::Missing { campaign } => ("da-servire", missing(ask, *campaign)?),
        ExportTable::Entitlements { campaign } => ("diritti", entitlements(ask, *campaign)?),
        ExportTable::Deliveries { campaign } => ("consegne", deliveries(ask, *campaign)?),
        ExportTable::Appointments { site, from, to } => {
            ("appuntamenti", appointments(ask, *site, *from, *to)?)
        }
        ExportTable::Cases { filter } => ("anomalie", super::inbox::sheet(ask, filter)?),
        ExportTable::Statement { campaign } => {
            ("rendiconto", super::statement_report::figures(ask, *campaign)?)
        }
        ExportTable::StatementVouchers { campaign } => (
            "rendiconto-buoni",
            super::statement_report::vouchers_sheet(ask, *campaign)?,
        ),
        ExportTable::Plan { plan } => ("piano", super::plan_report::sheet(ask, *plan)?),
        ExportTable::AccessLog { filter } => ("accessi", super::looks::sheet(ask, filter)?),
        ExportTable::Statistics {
            from,
            to,
            site,
            service,
        } => (
            "statistiche",
            super::statistics::sheet(ask, *from, *to, *site, *service)?,
        ),
    };
    file(ask, name, &sheet, format)
}

/// A table as a file, named after what it is and the day.
pub(super) fn file(ask: &Ask<'_>, name: &str, sheet: &Sheet, format: TableFormat) -> Result<View, DeskError> {
    let day = ask.now.day().format("%Y-%m-%d");
    Ok(match format {
        TableFormat::Csv => ask.file(
            format!("{name}-{day}.csv"),
            "text/csv",
            &write_csv(sheet)?,
            ask.language(),
        ),
        TableFormat::Xlsx => ask.file(
            format!("{name}-{day}.xlsx"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            &write_xlsx(sheet)?,
            ask.language(),
        ),
    })
}

pub(super) fn headings(ask: &Ask<'_>, codes: &[&str]) -> Vec<String> {
    codes
        .iter()
        .map(|code| messages::sentence(ask.language(), code, &[]))
        .collect()
}

pub(super) fn text(value: impl Into<String>) -> Cell {
    let value: String = value.into();
    if value.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(value)
    }
}

#[expect(clippy::cast_precision_loss, reason = "amounts are far below 2^52 cents")]
pub(super) fn euros(amount: Cents) -> Cell {
    Cell::Number(amount.0 as f64 / 100.0)
}

fn missing(ask: &Ask<'_>, campaign: sportello_domain::ids::CampaignId) -> Result<Sheet, DeskError> {
    let view = super::indicator::indicator(ask, campaign)?;
    let codes = [
        "label_household",
        "label_quartiere",
        "label_phone",
        "label_presented_on",
        "label_remaining",
        "label_holder",
        "label_reason",
        "label_note",
        "label_todo",
    ];
    let rows = view
        .missing
        .into_iter()
        .map(|m| {
            let reason = m
                .refusal
                .map(|r| messages::sentence(ask.language(), &code_of("refusal", &r), &[]));
            vec![
                text(m.name),
                Cell::Number(f64::from(m.quartiere)),
                text(m.phone),
                Cell::DateTime(m.presented_at.rome()),
                euros(m.remaining),
                text(m.holder.name),
                text(reason.unwrap_or_default()),
                text(m.note),
                text(messages::sentence(ask.language(), &code_of("todo", &m.todo), &[])),
            ]
        })
        .collect();
    Ok(Sheet {
        title: "Da servire".into(),
        headings: headings(ask, &codes),
        rows,
    })
}

fn entitlements(ask: &Ask<'_>, campaign: sportello_domain::ids::CampaignId) -> Result<Sheet, DeskError> {
    let codes = [
        "label_list_ref",
        "label_household",
        "label_quartiere",
        "label_status",
        "label_amount",
        "label_delivered",
        "label_holder",
    ];
    let mut table = Vec::new();
    for line in ask.reads.entitlements(campaign, None, usize::MAX, 0)? {
        let household = ask.reads.state::<Household>(line.household)?.map(|h| h.data);
        table.push(vec![
            text(household.as_ref().map(|d| d.list_ref.clone()).unwrap_or_default()),
            text(household.map(|d| d.applicant_name()).unwrap_or_default()),
            line.quartiere.map_or(Cell::Empty, |q| Cell::Number(f64::from(q))),
            text(status_word(ask.language(), line.status)),
            euros(line.amount),
            euros(line.delivered),
            text(
                line.holder
                    .map(|desk| ask.directory.name(desk).name)
                    .unwrap_or_default(),
            ),
        ]);
    }
    Ok(Sheet {
        title: "Diritti".into(),
        headings: headings(ask, &codes),
        rows: table,
    })
}

fn deliveries(ask: &Ask<'_>, campaign: sportello_domain::ids::CampaignId) -> Result<Sheet, DeskError> {
    let codes = [
        "label_when",
        "label_desk",
        "label_operator",
        "label_household",
        "label_delegate",
        "label_serials",
        "label_amount",
        "label_forced",
        "label_reversed",
    ];
    let mut table = Vec::new();
    for entitlement in ask.reads.entitlement_states(campaign)? {
        if entitlement.deliveries.is_empty() {
            continue;
        }
        let household = ask.reads.state::<Household>(entitlement.household)?;
        let name = household.map(|h| h.data.applicant_name()).unwrap_or_default();
        for delivery in &entitlement.deliveries {
            let (who, serials) = delivery_words(delivery);
            table.push(vec![
                Cell::DateTime(delivery.at.rome()),
                text(ask.directory.name(delivery.desk).name),
                text(ask.operator_name(delivery.by)?),
                text(name.clone()),
                text(who),
                text(serials),
                euros(delivery.amount),
                text(delivery.forced.clone().unwrap_or_default()),
                text(
                    delivery
                        .reversal
                        .as_ref()
                        .map(|r| r.reason.clone())
                        .unwrap_or_default(),
                ),
            ]);
        }
    }
    Ok(Sheet {
        title: "Consegne".into(),
        headings: headings(ask, &codes),
        rows: table,
    })
}

fn appointments(
    ask: &Ask<'_>,
    site: sportello_domain::ids::SiteId,
    from: chrono::NaiveDate,
    to: chrono::NaiveDate,
) -> Result<Sheet, DeskError> {
    let codes = [
        "label_when",
        "label_service",
        "label_household",
        "label_phone",
        "label_appointment_status",
        "label_slip_code",
        "label_remaining",
    ];
    let mut table = Vec::new();
    for found in ask.reads.agenda(site, from, to)? {
        let row = rows::appointment(ask, &found)?;
        let due = row.remaining.filter(|_| {
            matches!(
                row.entitlement_status,
                Some(EntitlementStatus::Due | EntitlementStatus::Partial)
            )
        });
        table.push(vec![
            Cell::DateTime(row.start),
            text(row.service_name),
            text(row.name),
            text(row.phone),
            text(messages::sentence(
                ask.language(),
                &code_of("appointment", &row.status),
                &[],
            )),
            text(row.code),
            due.map_or(Cell::Empty, euros),
        ]);
    }
    Ok(Sheet {
        title: "Appuntamenti".into(),
        headings: headings(ask, &codes),
        rows: table,
    })
}
