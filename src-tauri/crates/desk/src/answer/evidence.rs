// SPDX-License-Identifier: EUPL-1.2
//! The evidence of a case: what the records say, side by side, and where the sides differ.

mod sides;

use self::sides::{Side, compared, number, word};
use super::{Ask, search::address};
use crate::error::DeskError;
use crate::view::{CaseFieldName as Name, CaseSide, CaseSideName, CaseValue as Value};
use sportello_domain::appointment::Appointment;
use sportello_domain::closing::{Closing, Counted};
use sportello_domain::desk::DeskStory;
use sportello_domain::entitlement::{Collector, Delivery, DocumentKind, Entitlement, EntitlementStatus};
use sportello_domain::exceptions::{CaseAbout, CaseKind, Matter};
use sportello_domain::household::Household;
use sportello_domain::ids::{
    AppointmentId, CampaignId, ClosingId, DeliveryId, DeskId, EntitlementId, HouseholdId, PaperKitId,
};
use sportello_domain::import::Import;
use sportello_domain::money::Cents;
use sportello_domain::office::{Service, Site};
use sportello_domain::paper::PaperKit;
use sportello_domain::serial::Run;
use sportello_domain::stock::{Moved, Stock};

/// What can be said for and against.
#[derive(Default)]
pub(super) struct Evidence {
    pub sides: Vec<CaseSide>,
    pub due: Option<Cents>,
    pub delivered: Option<Cents>,
    pub revoked: Option<String>,
}

pub(super) fn of(ask: &Ask<'_>, matter: &Matter) -> Result<Evidence, DeskError> {
    let mut evidence = Evidence::default();
    let sides = match &matter.about {
        CaseAbout::Delivery {
            entitlement,
            delivery,
        } => right(ask, *entitlement, Some(*delivery), matter.kind, &mut evidence)?,
        CaseAbout::Entitlement { entitlement } => right(ask, *entitlement, None, matter.kind, &mut evidence)?,
        CaseAbout::Delegate { campaign, delivery } => delegate(ask, *campaign, *delivery)?,
        CaseAbout::Supply {
            campaign,
            first,
            second,
            run,
        } => supply(ask, *campaign, &[*first, *second], std::slice::from_ref(run))?,
        CaseAbout::Count { closing, campaign } => count(ask, *closing, *campaign)?,
        CaseAbout::Form { kit, number } => form(ask, *kit, *number)?,
        CaseAbout::Appointments { first, second, .. } => {
            let mut sides = Vec::new();
            for id in [first, second] {
                sides.extend(appointment(ask, *id)?);
            }
            sides
        }
        CaseAbout::Slot { site, service, start } => {
            let mut there = ask.reads.board(*site, start.date())?;
            there.retain(|a| a.service == *service && a.start == *start && a.status.is_open());
            there.sort_by_key(|a| (a.booked_at, a.id));
            let mut sides = Vec::new();
            for found in there {
                sides.extend(appointment(ask, found.id)?);
            }
            sides
        }
        CaseAbout::Households { first, second } => {
            let mut sides = Vec::new();
            for id in [first, second] {
                sides.extend(household(ask, *id)?);
            }
            sides
        }
        CaseAbout::Records { link, .. } => records(ask, link)?,
        CaseAbout::Clock { desk, .. } => clock(ask, *desk)?,
        CaseAbout::Day { desk, day } => {
            let closings = ask.reads.closings()?;
            let mut sides: Vec<Side> = closings
                .iter()
                .filter(|closing| closing.desk == *desk && closing.day >= *day)
                .rev()
                .map(|closing| closing_side(ask, closing))
                .collect::<Result<_, _>>()?;
            sides.truncate(3);
            for open in ask.reads.open_days(*desk, &closings)? {
                if open.day == *day {
                    let mut side = Side::new(CaseSideName::Movements)
                        .with(Name::At, open.last)
                        .with(Name::Desk, ask.directory.name(*desk).name)
                        .with(Name::Records, number(open.records));
                    side.concerned = true;
                    sides.push(side);
                }
            }
            sides
        }
        CaseAbout::Import { import } => match ask.reads.state::<Import>(*import)? {
            Some(import) => vec![
                Side::new(CaseSideName::Import)
                    .with(Name::At, import.at)
                    .with(Name::Operator, ask.operator_name(import.by)?)
                    .with(Name::File, import.file_name)
                    .with(Name::Issued, Value::Day { day: import.issued })
                    .with(Name::Refused, number(import.counts.refused))
                    .with(Name::Doubtful, number(import.counts.doubtful))
                    .with(
                        Name::Taken,
                        number(import.counts.new + import.counts.changed + import.counts.unchanged),
                    ),
            ],
            None => Vec::new(),
        },
    };
    evidence.sides = compared(&sides);
    Ok(evidence)
}

fn name(ask: &Ask<'_>, id: HouseholdId) -> Result<String, DeskError> {
    let found = ask.reads.state::<Household>(id)?;
    Ok(found.map(|h| h.data.applicant_name()).unwrap_or_default())
}

/// What happened with a right: every delivery, every time that nothing was handed over, every relief; and what shares serials with it.
fn right(
    ask: &Ask<'_>,
    id: EntitlementId,
    concerned: Option<DeliveryId>,
    kind: CaseKind,
    evidence: &mut Evidence,
) -> Result<Vec<Side>, DeskError> {
    let Some(found) = ask.reads.state::<Entitlement>(id)? else {
        return Ok(Vec::new());
    };
    evidence.due = Some(found.amount());
    evidence.delivered = Some(found.delivered());
    evidence.revoked.clone_from(&found.revoked);
    let of = found.household;
    let mut sides = Vec::new();
    for delivery in &found.deliveries {
        let mut side = delivery_side(ask, of, delivery)?;
        side.concerned = concerned == Some(delivery.id);
        sides.push(side);
    }
    if kind == CaseKind::SerialsTwice
        && let Some(concerned) = concerned
    {
        for clash in ask.reads.clashes(&found, concerned)? {
            let side = delivery_side(ask, clash.household, &clash.delivery)?;
            sides.push(side.with(Name::SharedSerials, clash.runs));
        }
    }
    if matches!(kind, CaseKind::SerialsNeverReceived | CaseKind::SerialsElsewhere) {
        let mine = found.deliveries.iter().find(|d| Some(d.id) == concerned);
        let runs = mine.map(|delivery| delivery.runs.clone()).unwrap_or_default();
        let mut desks: Vec<DeskId> = ask
            .reads
            .supplied_overlapping(found.campaign, &runs)?
            .iter()
            .map(|supplied| supplied.desk)
            .collect();
        desks.sort_unstable();
        desks.dedup();
        sides.extend(supply(ask, found.campaign, &desks, &runs)?);
    }
    for refusal in &found.refusals {
        sides.push(
            Side::new(CaseSideName::Refusal)
                .of(Some(of))
                .with(Name::At, refusal.at)
                .with(Name::Desk, ask.directory.name(refusal.desk).name)
                .with(Name::Operator, ask.operator_name(refusal.by)?)
                .with(Name::Reason, word("refusal", &refusal.reason))
                .with(Name::Note, refusal.note.clone()),
        );
    }
    for relief in &found.custody.reliefs {
        let (from, to) = (
            ask.directory.name(relief.from).name,
            ask.directory.name(relief.to).name,
        );
        sides.push(
            Side::new(CaseSideName::Relief)
                .of(Some(of))
                .with(Name::At, relief.at)
                .with(Name::Desk, format!("{from} → {to}"))
                .with(Name::Operator, ask.operator_name(relief.by)?)
                .with(Name::Reason, relief.reason.clone()),
        );
    }
    if kind == CaseKind::NeverServed {
        for booked in ask.reads.appointments_of(of)? {
            if booked.entitlement == Some(id) {
                sides.extend(appointment(ask, booked.id)?);
            }
        }
    }
    Ok(sides)
}

fn delivery_side(ask: &Ask<'_>, household: HouseholdId, delivery: &Delivery) -> Result<Side, DeskError> {
    let (collector, document) = match &delivery.collector {
        Collector::Member { member, document } => {
            let found = ask.reads.state::<Household>(household)?;
            let name = match (found, member) {
                (Some(found), Some(id)) => found.data.member_name(*id),
                (Some(found), None) => Some(found.data.applicant_name()),
                (None, _) => None,
            };
            (name.unwrap_or_default(), document)
        }
        Collector::Delegate { name, document, .. } => (name.clone(), document),
    };
    let paper = match &delivery.paper {
        Some(mark) => Value::Slot { start: mark.at },
        None => Value::Nothing,
    };
    let number_shown = match (&document.kind, document.number.as_str()) {
        (DocumentKind::Other, "") => String::new(),
        (_, number) => number.to_owned(),
    };
    let reversed = match &delivery.reversal {
        Some(reversal) if reversal.returned => reversal.reason.clone(),
        Some(reversal) => format!("{} (!)", reversal.reason),
        None => String::new(),
    };
    Ok(Side::new(CaseSideName::Delivery)
        .of(Some(household))
        .with(Name::Household, name(ask, household)?)
        .with(Name::At, delivery.at)
        .with(Name::Desk, ask.directory.name(delivery.desk).name)
        .with(Name::Operator, ask.operator_name(delivery.by)?)
        .with(Name::Collector, collector)
        .with(Name::Document, number_shown)
        .with(Name::Amount, delivery.amount)
        .with(Name::Serials, delivery.runs.clone())
        .with(Name::Forced, delivery.forced.clone())
        .with(Name::Partial, delivery.partial.clone())
        .with(Name::Reversed, reversed)
        .with(Name::Paper, paper))
}

/// Everybody for whom the same person collected.
fn delegate(ask: &Ask<'_>, campaign: CampaignId, first: DeliveryId) -> Result<Vec<Side>, DeskError> {
    let mut sides = Vec::new();
    for (entitlement, delivery) in ask.reads.collected_by_the_same(campaign, first)? {
        let Some(found) = ask.reads.state::<Entitlement>(entitlement)? else {
            continue;
        };
        for known in found.deliveries.iter().filter(|known| known.id == delivery) {
            sides.push(delivery_side(ask, found.household, known)?);
        }
    }
    Ok(sides)
}

/// What these desks were supplied with of some serials.
fn supply(
    ask: &Ask<'_>,
    campaign: CampaignId,
    desks: &[DeskId],
    runs: &[Run],
) -> Result<Vec<Side>, DeskError> {
    let mut sides = Vec::new();
    for desk in desks {
        let stock = ask.reads.state::<Stock>(*desk)?;
        for movement in stock.iter().flat_map(|stock| &stock.movements) {
            let meant = movement.campaign == campaign
                && movement
                    .runs
                    .iter()
                    .any(|run| runs.iter().any(|asked| asked.overlaps(run)));
            if !meant {
                continue;
            }
            let plain = |word: &str| Value::Word { word: word.into() };
            let status = match &movement.moved {
                Moved::Removed { reason } => word("removed", reason),
                Moved::Received { .. } => plain("received"),
                Moved::Shipped { .. } => plain("shipped"),
                Moved::Arrived { .. } => plain("arrived"),
                Moved::Settled { outcome, .. } => word("settled", outcome),
                Moved::Destroyed { .. } => plain("destroyed"),
                Moved::Reserved { .. } => continue,
            };
            sides.push(
                Side::new(CaseSideName::Supply)
                    .with(Name::At, movement.at)
                    .with(Name::Desk, ask.directory.name(*desk).name)
                    .with(Name::Operator, ask.operator_name(movement.by)?)
                    .with(Name::Status, status)
                    .with(Name::Serials, movement.runs.clone())
                    .with(Name::Note, movement.note.clone()),
            );
        }
    }
    Ok(sides)
}

fn count(ask: &Ask<'_>, closing: ClosingId, campaign: CampaignId) -> Result<Vec<Side>, DeskError> {
    let Some(closing) = ask.reads.state::<Closing>(closing)? else {
        return Ok(Vec::new());
    };
    let Some(line) = closing.counts.iter().find(|line| line.campaign == campaign) else {
        return Ok(Vec::new());
    };
    let (value, scanned) = (
        |count: u64| {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            Cents(line.denomination.0.saturating_mul(count))
        },
        matches!(line.counted, Counted::Scanned { .. }),
    );
    let serials = match &line.counted {
        Counted::Scanned { runs } => runs.clone(),
        Counted::Number { .. } => Vec::new(),
    };
    let expected = Side::new(CaseSideName::Expected)
        .with(Name::Count, number(line.expected_count()))
        .with(Name::Amount, value(line.expected_count()))
        // A count by hand names no serials: there is nothing to hold these against.
        .with(
            Name::Serials,
            if scanned {
                line.expected.clone()
            } else {
                Vec::new()
            },
        );
    let mut counted = Side::new(CaseSideName::Counted)
        .with(Name::Count, number(line.counted_count()))
        .with(Name::Amount, value(line.counted_count()))
        .with(Name::Serials, serials);
    counted.concerned = true;
    let mut sides = vec![expected, counted, closing_side(ask, &closing)?];
    for correction in &closing.corrections {
        sides.push(
            Side::new(CaseSideName::Movements)
                .with(Name::At, correction.at)
                .with(Name::Desk, ask.directory.name(correction.desk).name)
                .with(Name::Operator, ask.operator_name(correction.by)?)
                .with(Name::Note, correction.text.clone()),
        );
    }
    Ok(sides)
}

fn closing_side(ask: &Ask<'_>, closing: &Closing) -> Result<Side, DeskError> {
    Ok(Side::new(CaseSideName::Closing)
        .with(Name::Start, Value::Day { day: closing.day })
        .with(Name::At, closing.at)
        .with(Name::Desk, ask.directory.name(closing.desk).name)
        .with(Name::Operator, ask.operator_name(closing.by)?)
        .with(Name::Note, closing.note.clone()))
}

fn form(ask: &Ask<'_>, kit: PaperKitId, number: u16) -> Result<Vec<Side>, DeskError> {
    let Some(kit) = ask.reads.state::<PaperKit>(kit)? else {
        return Ok(Vec::new());
    };
    let mut sides = Vec::new();
    for entry in kit.entries.iter().filter(|entry| entry.number == number) {
        let right = ask.reads.state::<Entitlement>(entry.entitlement)?;
        let delivery = right
            .as_ref()
            .and_then(|right| right.deliveries.iter().find(|d| d.id == entry.delivery));
        let whose = right.as_ref().map(|right| right.household);
        sides.push(
            Side::new(CaseSideName::Form)
                .of(whose)
                .with(Name::Household, whose.map(|id| name(ask, id)).transpose()?)
                .with(Name::At, entry.entered_at)
                .with(Name::FilledAt, Value::Slot { start: entry.at })
                .with(Name::Desk, ask.directory.name(entry.desk).name)
                .with(Name::Operator, ask.operator_name(entry.entered_by)?)
                .with(Name::Amount, delivery.map(|delivery| delivery.amount))
                .with(Name::Serials, delivery.map(|delivery| delivery.runs.clone()))
                .with(
                    Name::Forced,
                    delivery.and_then(|delivery| delivery.forced.clone()),
                ),
        );
    }
    if let Some(void) = kit.voided(number) {
        sides.push(
            Side::new(CaseSideName::Void)
                .with(Name::At, void.at)
                .with(Name::Desk, ask.directory.name(void.desk).name)
                .with(Name::Operator, ask.operator_name(void.by)?)
                .with(Name::Reason, void.reason.clone()),
        );
    }
    Ok(sides)
}

fn appointment(ask: &Ask<'_>, id: AppointmentId) -> Result<Option<Side>, DeskError> {
    let Some(found) = ask.reads.state::<Appointment>(id)? else {
        return Ok(None);
    };
    let who = match (found.household, &found.person) {
        (Some(household), _) => name(ask, household)?,
        (None, Some(person)) => person.name.clone(),
        (None, None) => String::new(),
    };
    let site = ask.reads.state::<Site>(found.site)?;
    let service = ask.reads.state::<Service>(found.service)?;
    let booked_at = ask.reads.story_of(id)?.first().map(|entry| entry.meta.desk);
    Ok(Some(
        Side::new(CaseSideName::Appointment)
            .of(found.household)
            .with(Name::Household, who)
            .with(Name::Start, Value::Slot { start: found.start })
            .with(Name::Site, site.map(|site| site.name))
            .with(Name::Service, service.map(|service| ask.service_name(&service)))
            .with(Name::Status, word("appointment", &found.status))
            .with(Name::BookedAt, found.booked_at)
            .with(Name::BookedBy, ask.operator_name(found.booked_by)?)
            .with(Name::Desk, booked_at.map(|desk| ask.directory.name(desk).name))
            .with(Name::Overbooked, found.overbooked.clone())
            .with(Name::At, found.presented_at),
    ))
}

fn household(ask: &Ask<'_>, id: HouseholdId) -> Result<Option<Side>, DeskError> {
    let Some(found) = ask.reads.state::<Household>(id)? else {
        return Ok(None);
    };
    let data = &found.data;
    let members: Vec<String> = data
        .members
        .iter()
        .map(|member| match member.identifier.as_str() {
            "" => member.full_name(),
            code => format!("{} ({code})", member.full_name()),
        })
        .collect();
    let mut rights = Vec::new();
    for right in ask.reads.entitlements_of(id)? {
        rights.push((right.amount(), right.status()));
    }
    let right = rights
        .first()
        .map(|(_, status): &(Cents, EntitlementStatus)| word("entitlement", status));
    let entered = ask.reads.story_of(id)?.first().map(|entry| entry.meta.at);
    Ok(Some(
        Side::new(CaseSideName::Household)
            .of(Some(id))
            .with(Name::Applicant, data.applicant_name())
            .with(
                Name::Identifier,
                data.members
                    .first()
                    .map(|member| member.identifier.as_str().to_owned()),
            )
            .with(Name::Members, members.join(", "))
            .with(Name::Address, address(&data.address))
            .with(Name::Quartiere, number(data.quartiere))
            .with(Name::Phone, data.phone.clone())
            .with(Name::ListRef, data.list_ref.clone())
            .with(Name::Amount, rights.first().map(|(amount, _)| *amount))
            .with(Name::Right, right)
            .with(Name::At, entered),
    ))
}

fn records(ask: &Ask<'_>, link: &str) -> Result<Vec<Side>, DeskError> {
    let late = super::late::late(ask)?;
    let mut sides = Vec::new();
    for row in late.rows.into_iter().filter(|row| row.id == link) {
        let reason = row.decision.as_ref().map(|decision| decision.reason.clone());
        sides.push(
            Side::new(CaseSideName::Records)
                .with(Name::At, row.at)
                .with(Name::Desk, row.desk.name)
                .with(Name::Topic, row.topic.to_string())
                .with(Name::Records, number(row.last + 1 - row.first))
                .with(Name::Status, word("late", &row.state))
                .with(Name::Reason, reason),
        );
    }
    Ok(sides)
}

fn clock(ask: &Ask<'_>, desk: DeskId) -> Result<Vec<Side>, DeskError> {
    let story = ask.reads.state::<DeskStory>(desk)?;
    Ok(story
        .iter()
        .flat_map(|story| &story.clock)
        .map(|notice| {
            Side::new(CaseSideName::Clock)
                .with(Name::At, notice.at)
                .with(Name::Desk, ask.directory.name(desk).name)
                .with(Name::Ahead, Value::Span { millis: notice.ahead })
        })
        .collect())
}
