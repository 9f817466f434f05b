// SPDX-License-Identifier: EUPL-1.2
//! What is printed. All of it is made from records that are durable already, and can be made again, marked as a copy.

use super::{Ask, household::serials, search::address};
use crate::error::DeskError;
use crate::messages;
use crate::query::{DocumentRequest, Language};
use crate::slip;
use crate::view::{CustodySlipView, Standing, View};
use sportello_documents::{Document, Format, Lang, pdf};
use sportello_domain::appointment::{Appointment, SlipCode};
use sportello_domain::campaign::Campaign;
use sportello_domain::entitlement::{
    Collector, Delivery, DocumentKind, Entitlement, EntitlementStatus, Slip,
};
use sportello_domain::event::Event;
use sportello_domain::household::Household;
use sportello_domain::ids::{AppointmentId, CampaignId, DeliveryId, EntitlementId, SiteId};
use sportello_domain::meta::EventMeta;
use sportello_domain::office::{Service, Site};
use sportello_domain::refusal::Rejection;
use sportello_domain::serial::Run;
use sportello_protocol::wire::LogName;

pub(super) fn document(
    ask: &Ask<'_>,
    request: &DocumentRequest,
    language: Language,
) -> Result<View, DeskError> {
    let lang = lang(language);
    let (name, document, format) = match request {
        DocumentRequest::Slip { appointment, thermal } => {
            let format = if *thermal { Format::Thermal80 } else { Format::A4 };
            slip(ask, *appointment, language)
                .map(|(code, document)| (format!("promemoria-{code}"), document, format))?
        }
        DocumentRequest::CustodySlip { entitlement, thermal } => {
            let format = if *thermal { Format::Thermal80 } else { Format::A4 };
            ("tagliando".into(), custody_slip(ask, *entitlement)?, format)
        }
        DocumentRequest::Receipt {
            entitlement,
            delivery,
            copy,
        } => {
            let (number, document) = receipt(ask, *entitlement, *delivery, *copy, language)?;
            (format!("ricevuta-{number}"), document, Format::A4)
        }
        DocumentRequest::RefusalNote { entitlement } => (
            "mancata-consegna".into(),
            refusal(ask, *entitlement, language)?,
            Format::A4,
        ),
        DocumentRequest::DayList { site, day } => (
            format!("elenco-{day}"),
            super::day_list::day_list(ask, *site, *day, language)?,
            Format::A4,
        ),
        DocumentRequest::TicketSlip { appointment } => {
            let (number, document) = ticket(ask, *appointment, language)?;
            (format!("numero-{number}"), document, Format::Thermal80)
        }
        DocumentRequest::Delega { entitlement } => ("delega".into(), delega(ask, *entitlement)?, Format::A4),
        DocumentRequest::ClosingReport { closing } => {
            let (name, document) = super::closing_report::report(ask, *closing, language)?;
            (name, document, Format::A4)
        }
        DocumentRequest::Bolla { shipment } => {
            let (name, document) = super::bolla::bolla(ask, *shipment, language)?;
            (name, document, Format::A4)
        }
        DocumentRequest::PaperKit { kit } => {
            let (name, document) = super::paper_kit::kit(ask, *kit, language)?;
            (name, document, Format::A4)
        }
        DocumentRequest::Statement { campaign } => {
            let (name, document) = super::statement_report::report(ask, *campaign, language)?;
            (name, document, Format::A4)
        }
        DocumentRequest::CallSheet { sample } => {
            let (name, document) = super::sample::call_sheet(ask, *sample, language)?;
            (name, document, Format::A4)
        }
        DocumentRequest::PlanReport { plan } => {
            let (name, document) = super::plan_report::report(ask, *plan, language)?;
            (name, document, Format::A4)
        }
        DocumentRequest::IndicatorReport { campaign } => (
            "indicatore".into(),
            indicator_report(ask, *campaign, language)?,
            Format::A4,
        ),
    };
    let bytes = pdf::render(&document, lang, format)?;
    Ok(ask.file(format!("{name}.pdf"), "application/pdf", &bytes, language))
}

fn lang(language: Language) -> Lang {
    match language {
        Language::It => Lang::It,
        Language::En => Lang::En,
    }
}

/// A label of the catalogue, by its code.
pub(super) fn word(language: Language, code: &str) -> String {
    messages::sentence(language, code, &[])
}

/// The code of a unit variant as it is serialised, under a prefix.
pub(super) fn code_of<T: serde::Serialize>(prefix: &str, value: &T) -> String {
    let value = serde_json::to_value(value).ok();
    format!(
        "{prefix}_{}",
        value
            .as_ref()
            .and_then(serde_json::Value::as_str)
            .unwrap_or("other")
    )
}

pub(super) fn place(ask: &Ask<'_>, site: SiteId) -> Result<pdf::Place, DeskError> {
    let site = ask.reads.state::<Site>(site)?;
    Ok(pdf::Place {
        office: ask.desk.settings().office_name,
        unit: Some("Sportello al cittadino".into()),
        site: site.as_ref().map(|s| s.name.clone()).unwrap_or_default(),
        address: site.as_ref().map(|s| s.address.clone()).unwrap_or_default(),
        phone: site.map(|s| s.phone).filter(|phone| !phone.is_empty()),
    })
}

fn slip(ask: &Ask<'_>, id: AppointmentId, language: Language) -> Result<(String, Document), DeskError> {
    let appointment: Appointment = ask.need(id, "appointment")?;
    let service: Service = ask.need(appointment.service, "service")?;
    let applicant = match (appointment.household, &appointment.person) {
        (Some(household), _) => ask
            .need::<Household>(household, "household")?
            .data
            .applicant_name(),
        (None, Some(person)) => person.name.clone(),
        (None, None) => String::new(),
    };
    let document = pdf::AppointmentSlip {
        place: place(ask, appointment.site)?,
        service: match language {
            Language::En if !service.name_en.is_empty() => service.name_en,
            _ => service.name,
        },
        applicant,
        name_shown: pdf::NameShown::Full,
        at: appointment.start,
        bring: service.requirements,
        code: appointment.code.clone(),
        qr: SlipCode::of(id).qr(),
        how_to_change: None,
        issued_at: ask.now.rome(),
        reprinted_at: None,
    };
    Ok((appointment.code, Document::AppointmentSlip(document)))
}

/// The number of somebody who waits; whoever has none was never there.
fn ticket(ask: &Ask<'_>, id: AppointmentId, language: Language) -> Result<(String, Document), DeskError> {
    let appointment: Appointment = ask.need(id, "appointment")?;
    let service: Service = ask.need(appointment.service, "service")?;
    let number = appointment
        .ticket
        .ok_or(Rejection::NotFound { what: "ticket" })?
        .to_string();
    let document = pdf::QueueTicket {
        place: place(ask, appointment.site)?,
        number: number.clone(),
        service: match language {
            Language::En if !service.name_en.is_empty() => service.name_en,
            _ => service.name,
        },
        qr: SlipCode::of(id).qr(),
        printed_at: ask.now.rome(),
    };
    Ok((number, Document::QueueTicket(document)))
}

/// A hand-over that nobody has accepted yet, and what its paper says.
pub(super) struct Paper {
    slip: Slip,
    entitlement: Entitlement,
    household: Household,
    code: String,
    qr: String,
}

impl Paper {
    /// For whoever reads no PDF.
    pub(super) fn told(self, ask: &Ask<'_>) -> CustodySlipView {
        CustodySlipView {
            to: ask.directory.name(self.slip.to),
            code: self.code,
            qr: self.qr,
        }
    }
}

/// The paper of a hand-over. It can be printed again for as long as nobody has accepted it: it is the same one.
pub(super) fn paper(ask: &Ask<'_>, id: EntitlementId) -> Result<Paper, DeskError> {
    let entitlement: Entitlement = ask.need(id, "entitlement")?;
    let slip = slip::open_slip(ask.desk, &entitlement).ok_or(Rejection::NotFound { what: "slip" })?;
    let household: Household = ask.need(entitlement.household, "household")?;
    let topic = ask.reads.topic_of(id)?;
    let topic = topic.ok_or(Rejection::NotFound { what: "entitlement" })?;
    let (code, qr) = slip::print(ask.desk, &slip, topic, &entitlement, &household)?;
    Ok(Paper {
        slip,
        entitlement,
        household,
        code,
        qr,
    })
}

fn custody_slip(ask: &Ask<'_>, id: EntitlementId) -> Result<Document, DeskError> {
    let Paper {
        slip,
        entitlement,
        household,
        code,
        qr,
    } = paper(ask, id)?;
    let desk = |id| -> Result<String, DeskError> {
        let site = ask.directory.desk(id).map(|desk| desk.site);
        let site = site
            .map(|site| ask.reads.state::<Site>(site))
            .transpose()?
            .flatten();
        let name = ask.directory.name(id).name;
        Ok(site.map_or_else(|| name.clone(), |site| format!("{name} – {}", site.name)))
    };
    Ok(Document::CustodySlip(pdf::CustodySlip {
        place: place(ask, ask.desk.site())?,
        campaign: ask.need::<Campaign>(entitlement.campaign, "campaign")?.name,
        household: reference(&household),
        applicant: household.data.applicant_name(),
        remaining_cents: entitlement.remaining().0,
        from: desk(slip.from)?,
        to: desk(slip.to)?,
        code,
        qr,
        issued_at: slip.at.rome(),
        printed_at: ask.now.rome(),
    }))
}

/// How papers name a household: by the number of its practice, or the beginning of its identifier.
fn reference(household: &Household) -> String {
    match household.data.list_ref.as_str() {
        "" => household.id.to_string()[..8].to_uppercase(),
        list_ref => list_ref.to_owned(),
    }
}

/// The record of an act, for the number and the seal on its paper.
fn act(
    ask: &Ask<'_>,
    entitlement: &Entitlement,
    is: impl Fn(&Event) -> bool,
    copy: bool,
) -> Result<(pdf::Act, EventMeta), DeskError> {
    let entry = ask
        .reads
        .story_of(entitlement.id)?
        .into_iter()
        .rev()
        .find(|entry| entry.event.as_ref().is_some_and(&is))
        .ok_or(Rejection::NotFound { what: "delivery" })?;
    let meta = entry.meta;
    let household: Household = ask.need(entitlement.household, "household")?;
    let campaign: Campaign = ask.need(entitlement.campaign, "campaign")?;
    let desk = ask.directory.name(meta.desk);
    let site = ask
        .directory
        .desk(meta.desk)
        .map_or(ask.desk.site(), |desk| desk.site);
    let log = LogName::new(meta.desk, meta.topic);
    let link = ask
        .reads
        .link_at(&log, meta.seq)?
        .ok_or(Rejection::NotFound { what: "delivery" })?;
    let reference = reference(&household);
    let act = pdf::Act {
        place: place(ask, site)?,
        campaign: campaign.name,
        household: reference,
        applicant: household.data.applicant_name(),
        at: meta.at.rome(),
        operator: ask.operator_name(meta.actor)?,
        number: format!(
            "{}-{}-{}",
            desk.name,
            meta.topic.to_string().to_uppercase(),
            meta.seq
        ),
        seal: pdf::Seal {
            desk: desk.name.clone(),
            seq: meta.seq,
            head: link.to_string(),
        },
        desk: desk.name,
        reprinted_at: copy.then(|| ask.now.rome()),
        privacy: None,
    };
    Ok((act, meta))
}

fn receipt(
    ask: &Ask<'_>,
    id: EntitlementId,
    delivery: DeliveryId,
    copy: bool,
    language: Language,
) -> Result<(String, Document), DeskError> {
    let entitlement: Entitlement = ask.need(id, "entitlement")?;
    let campaign: Campaign = ask.need(entitlement.campaign, "campaign")?;
    let found = entitlement
        .deliveries
        .iter()
        .find(|d| d.id == delivery)
        .ok_or(Rejection::NotFound { what: "delivery" })?;
    let (made, _) = act(
        ask,
        &entitlement,
        |e| matches!(e, Event::DeliveryConfirmed(b) if b.id == delivery),
        copy,
    )?;
    let booklets = lines(&campaign, &found.runs);
    if let Some(reversal) = &found.reversal {
        let (undone, _) = act(
            ask,
            &entitlement,
            |e| matches!(e, Event::DeliveryReversed(b) if b.delivery == delivery),
            copy,
        )?;
        let number = undone.number.clone();
        let document = pdf::ReversalNote {
            act: undone,
            receipt_number: made.number,
            receipt_at: found.at.rome(),
            reason: reversal.reason.clone(),
            booklets,
            total_cents: found.amount.0,
            authorised_by: None,
        };
        return Ok((number, Document::ReversalNote(document)));
    }
    let household: Household = ask.need(entitlement.household, "household")?;
    let (collected_by, document) = collected(found, &household, language);
    let remaining = entitlement.remaining().0;
    let number = made.number.clone();
    let document = pdf::DeliveryReceipt {
        act: made,
        collected_by,
        document,
        booklets,
        total_cents: found.amount.0,
        remaining_cents: (found.partial.is_some() && remaining > 0).then_some(remaining),
        note: found.partial.clone(),
    };
    Ok((number, Document::DeliveryReceipt(document)))
}

fn collected(
    delivery: &Delivery,
    household: &Household,
    language: Language,
) -> (pdf::Collector, pdf::IdentityDocument) {
    let identity = |kind: DocumentKind, number: &str| pdf::IdentityDocument {
        kind: word(language, &code_of("document", &kind)),
        number: number.to_owned(),
    };
    match &delivery.collector {
        Collector::Member { member, document } => {
            let named = member.and_then(|id| household.data.member_name(id));
            let who = pdf::Collector::Member {
                name: named.unwrap_or_else(|| household.data.applicant_name()),
            };
            (who, identity(document.kind, &document.number))
        }
        Collector::Delegate {
            name,
            document,
            delegator_document,
            ..
        } => {
            let kind = word(language, &code_of("document", &delegator_document.kind));
            let delega = Some(format!("{kind} {}", delegator_document.number));
            (
                pdf::Collector::Delegate {
                    name: name.clone(),
                    delega,
                },
                identity(document.kind, &document.number),
            )
        }
    }
}

fn lines(campaign: &Campaign, runs: &[Run]) -> Vec<pdf::BookletLine> {
    runs.iter()
        .map(|run| pdf::BookletLine {
            first: run.first_serial(),
            last: run.last_serial(),
            count: u32::try_from(run.count()).unwrap_or(u32::MAX),
            denomination_cents: campaign.denomination.0,
            amount_cents: campaign
                .denomination
                .0
                .saturating_mul(i64::try_from(run.count()).unwrap_or(i64::MAX)),
        })
        .collect()
}

fn refusal(ask: &Ask<'_>, id: EntitlementId, language: Language) -> Result<Document, DeskError> {
    let entitlement: Entitlement = ask.need(id, "entitlement")?;
    let last = entitlement
        .refusals
        .last()
        .ok_or(Rejection::NotFound { what: "refusal" })?;
    let (made, _) = act(
        ask,
        &entitlement,
        |e| matches!(e, Event::DeliveryRefused(_)),
        false,
    )?;
    let appointments = ask.reads.appointments_of(entitlement.household)?;
    let service = last
        .appointment
        .and_then(|id| appointments.iter().find(|a| a.id == id))
        .map(|a| ask.reads.state::<Service>(a.service))
        .transpose()?
        .flatten();
    let now = ask.now.rome();
    let next = appointments
        .iter()
        .filter(|a| a.status.is_open() && a.start > now)
        .map(|a| a.start)
        .min();
    let reason = word(language, &code_of("refusal", &last.reason));
    Ok(Document::RefusalNote(pdf::RefusalNote {
        act: made,
        presented: pdf::Collector::Holder,
        reason: if last.note.is_empty() {
            reason
        } else {
            format!("{reason}. {}", last.note)
        },
        bring: service.map(|s| s.requirements).unwrap_or_default(),
        next,
    }))
}

fn delega(ask: &Ask<'_>, id: Option<EntitlementId>) -> Result<Document, DeskError> {
    let mut form = pdf::DelegaForm {
        place: place(ask, ask.desk.site())?,
        campaign: None,
        holder: pdf::FormPerson::default(),
        delegate: pdf::FormPerson::default(),
        issued_on: ask.now.day(),
        privacy: None,
    };
    if let Some(id) = id {
        let entitlement: Entitlement = ask.need(id, "entitlement")?;
        let household: Household = ask.need(entitlement.household, "household")?;
        form.campaign = Some(ask.need::<Campaign>(entitlement.campaign, "campaign")?.name);
        if let Some(applicant) = household.data.members.first() {
            let code = applicant.identifier.as_str();
            form.holder = pdf::FormPerson {
                name: Some(household.data.applicant_name()),
                birth_date: applicant.birth_date,
                residence: Some(address(&household.data.address)).filter(|text| !text.is_empty()),
                tax_code: (!code.is_empty()).then(|| code.to_owned()),
                phone: Some(household.data.phone.clone()).filter(|text| !text.is_empty()),
                ..pdf::FormPerson::default()
            };
        }
    }
    Ok(Document::DelegaForm(form))
}

fn indicator_report(ask: &Ask<'_>, id: CampaignId, language: Language) -> Result<Document, DeskError> {
    let view = super::indicator::indicator(ask, id)?;
    let label = |code: &str| word(language, code);
    let percent = view
        .value
        .map_or_else(|| "–".to_owned(), |v| format!("{},{:02} %", v / 100, v % 100));
    let state = label(match view.standing {
        Standing::Provisional => "label_provisional",
        Standing::Current => "label_current",
        Standing::Final => "label_final",
    });
    let facts = vec![
        (label("label_indicator"), format!("{percent} ({state})")),
        (label("label_served"), view.served.to_string()),
        (label("label_presented"), view.presented.to_string()),
        (label("label_entitled"), view.entitled.to_string()),
        (label("label_booked"), view.booked.to_string()),
        (label("label_no_show"), view.no_show.to_string()),
        (label("label_walk_in"), view.walk_in.to_string()),
        (label("label_delivered"), view.delivered.to_string()),
    ];
    let left = |heading: String| pdf::Column {
        heading,
        align: pdf::Align::Left,
        weight: 2,
    };
    let right = |heading: String| pdf::Column {
        heading,
        align: pdf::Align::Right,
        weight: 1,
    };
    let quartieri = pdf::Block::Table {
        caption: None,
        columns: vec![
            left(label("label_quartiere")),
            right(label("label_entitled")),
            right(label("label_presented")),
            right(label("label_served")),
        ],
        rows: view
            .by_quartiere
            .iter()
            .map(|q| {
                vec![
                    format!("Q{}", q.quartiere),
                    q.entitled.to_string(),
                    q.presented.to_string(),
                    q.served.to_string(),
                ]
            })
            .collect(),
        total: None,
    };
    let missing = if view.missing.is_empty() {
        pdf::Block::Paragraph {
            text: label("label_nobody_missing"),
        }
    } else {
        pdf::Block::Table {
            caption: None,
            columns: vec![
                left(label("label_household")),
                left(label("label_phone")),
                left(label("label_presented_on")),
                right(label("label_remaining")),
                left(label("label_todo")),
            ],
            rows: view
                .missing
                .iter()
                .map(|m| {
                    vec![
                        m.name.clone(),
                        m.phone.clone(),
                        m.presented_at.day().format("%d/%m/%Y").to_string(),
                        m.remaining.to_string(),
                        word(language, &code_of("todo", &m.todo)),
                    ]
                })
                .collect(),
            total: None,
        }
    };
    let mut sections = vec![
        pdf::Section {
            heading: Some(label("label_figures")),
            blocks: vec![pdf::Block::Facts { pairs: facts }],
        },
        pdf::Section {
            heading: Some(label("label_by_quartiere")),
            blocks: vec![quartieri],
        },
        pdf::Section {
            heading: Some(label("label_missing")),
            blocks: vec![missing],
        },
    ];
    if view.standing == Standing::Provisional {
        let items = view.missing_desks.iter().map(|d| d.desk.name.clone()).collect();
        sections.push(pdf::Section {
            heading: Some(label("label_missing_desks")),
            blocks: vec![pdf::Block::List { items }],
        });
    }
    Ok(Document::Report(pdf::Report {
        place: place(ask, ask.desk.site())?,
        title: format!("{} – {}", label("label_indicator"), view.campaign.name),
        subtitle: None,
        keywords: vec![],
        sections,
        made_at: ask.now.rome(),
        landscape: false,
    }))
}

/// For tables: who collected, serials, state of a delivery.
pub(super) fn delivery_words(delivery: &Delivery) -> (String, String) {
    let who = match &delivery.collector {
        Collector::Member { .. } => String::new(),
        Collector::Delegate { name, .. } => name.clone(),
    };
    (who, serials(&delivery.runs))
}

/// A status as tables name it.
pub(super) fn status_word(language: Language, status: EntitlementStatus) -> String {
    word(language, &code_of("status", &status))
}
