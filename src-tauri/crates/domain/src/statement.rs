// SPDX-License-Identifier: EUPL-1.2
//! The statement of a campaign (rendiconto): every figure is the number of its entries, and each entry names the records behind it. So a
//! figure and the list that opens from it cannot say different things.

use crate::appointment::{Appointment, AppointmentStatus, Turnout};
use crate::entitlement::{Delivery, Entitlement, EntitlementStatus};
use crate::ids::{AppointmentId, DeliveryId, DeskId, EntitlementId, HouseholdId, SiteId};
use crate::money::Cents;
use crate::serial::{self, Run};
use chrono::{NaiveDate, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use ts_rs::TS;

#[cfg(test)]
mod tests;

/// What is counted.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "StatementFigure")]
#[schemars(rename = "StatementFigure")]
pub enum Figure {
    /// Households with a right that was not withdrawn; the amount due.
    Entitled,
    /// Households whose right was withdrawn; the amount that was due.
    Revoked,
    /// Entitled households with an appointment that was not called off.
    Booked,
    /// Entitled households that presented themselves with an appointment: the denominator of the indicator.
    Presented,
    /// Of these, who got everything: its numerator; the amount handed over.
    ServedOfPresented,
    /// Entitled households that got everything; the amount handed over.
    Served,
    /// Entitled households that got a part; the amount that is missing.
    Partial,
    /// Entitled households that got nothing; the amount due.
    Unserved,
    /// Of those that did not get everything, who was refused at some time; the amount that is missing.
    Refused,
    /// Appointments of a day, called off ones aside.
    Appointments,
    /// Of these, to how many somebody came.
    Presentations,
    /// Of these, to how many nobody came.
    NoShows,
    /// People who came without an appointment.
    WalkIns,
    /// Deliveries that were not taken back; the amount handed over.
    Deliveries,
    /// Deliveries taken back on a day; the amount.
    Reversals,
    /// Times when nothing was handed over, with the reason recorded.
    Refusals,
}

impl Figure {
    /// Of households, over the whole campaign.
    pub const HOUSEHOLDS: [Self; 9] = [
        Self::Entitled,
        Self::Revoked,
        Self::Booked,
        Self::Presented,
        Self::ServedOfPresented,
        Self::Served,
        Self::Partial,
        Self::Unserved,
        Self::Refused,
    ];
    /// Of what happened, by site and day.
    pub const ACTS: [Self; 7] = [
        Self::Appointments,
        Self::Presentations,
        Self::NoShows,
        Self::WalkIns,
        Self::Deliveries,
        Self::Reversals,
        Self::Refusals,
    ];
}

/// One that a figure counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// By which figure.
    pub figure: Figure,
    /// Where it happened; none for a figure of households, and where the site of the desk is not known.
    pub site: Option<SiteId>,
    /// On which day in Italy; none for a figure of households.
    pub day: Option<NaiveDate>,
    /// The right.
    pub entitlement: EntitlementId,
    /// The household.
    pub household: HouseholdId,
    /// The appointment, when it is one.
    pub appointment: Option<AppointmentId>,
    /// The delivery, when it is one.
    pub delivery: Option<DeliveryId>,
    /// The desk, when one did it.
    pub desk: Option<DeskId>,
    /// When: wall time in Italy; none for a figure of households.
    pub at: Option<NaiveDateTime>,
    /// The amount that the figure adds up.
    pub amount: Cents,
    /// The vouchers handed over, or taken back.
    pub runs: Vec<Run>,
}

/// How many, and what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "StatementSum")]
#[schemars(rename = "StatementSum")]
pub struct Sum {
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
    /// What they come to.
    pub amount: Cents,
}

impl Sum {
    fn add(&mut self, entry: &Entry) {
        self.count += 1;
        self.amount = self.amount + entry.amount;
    }
}

/// What one entry of a right would say, before it says what it counts.
fn of_right(right: &Entitlement, figure: Figure, amount: Cents) -> Entry {
    Entry {
        figure,
        site: None,
        day: None,
        entitlement: right.id,
        household: right.household,
        appointment: None,
        delivery: None,
        desk: None,
        at: None,
        amount,
        runs: Vec::new(),
    }
}

/// When vouchers were handed over: of a paper form, when it was filled in.
pub fn handed_over_at(delivery: &Delivery) -> NaiveDateTime {
    delivery
        .paper
        .as_ref()
        .map_or_else(|| delivery.at.rome(), |paper| paper.at)
}

/// All that a campaign's figures count, from its rights, from the appointments for it (of its services, or naming one of its rights), and
/// with the site of each desk.
pub fn entries(
    rights: &[Entitlement],
    appointments: &[Appointment],
    site_of: impl Fn(DeskId) -> Option<SiteId>,
) -> Vec<Entry> {
    let mut meetings: HashMap<HouseholdId, Vec<&Appointment>> = HashMap::new();
    for appointment in appointments {
        if let Some(household) = appointment.household {
            meetings.entry(household).or_default().push(appointment);
        }
    }
    let mut all = Vec::new();
    for right in rights {
        let of_it = meetings.get(&right.household).map_or(&[][..], Vec::as_slice);
        households(right, of_it, &mut all);
        for appointment in of_it {
            meeting(right, appointment, &mut all);
        }
        acts(right, &site_of, &mut all);
    }
    all
}

fn households(right: &Entitlement, meetings: &[&Appointment], into: &mut Vec<Entry>) {
    let mut add = |figure, amount| into.push(of_right(right, figure, amount));
    let (due, delivered, missing) = (right.amount(), right.delivered(), right.remaining());
    if right.status() == EntitlementStatus::Revoked {
        add(Figure::Revoked, due);
        return;
    }
    add(Figure::Entitled, due);
    let booked = |a: &&&Appointment| a.status != AppointmentStatus::Cancelled && !a.walk_in;
    if meetings.iter().any(|a| booked(&a)) {
        add(Figure::Booked, due);
    }
    let presented = meetings.iter().any(|a| a.turnout() == Some(Turnout::Presented));
    if presented {
        add(Figure::Presented, due);
    }
    match right.status() {
        EntitlementStatus::Served => {
            add(Figure::Served, delivered);
            if presented {
                add(Figure::ServedOfPresented, delivered);
            }
        }
        EntitlementStatus::Partial => add(Figure::Partial, missing),
        EntitlementStatus::Due => add(Figure::Unserved, missing),
        EntitlementStatus::Revoked => {}
    }
    if right.status() != EntitlementStatus::Served && !right.refusals.is_empty() {
        add(Figure::Refused, missing);
    }
}

fn meeting(right: &Entitlement, appointment: &Appointment, into: &mut Vec<Entry>) {
    if appointment.status == AppointmentStatus::Cancelled {
        return;
    }
    let mut add = |figure| {
        into.push(Entry {
            site: Some(appointment.site),
            day: Some(appointment.start.date()),
            appointment: Some(appointment.id),
            desk: appointment.desk,
            at: Some(appointment.start),
            ..of_right(right, figure, Cents(0))
        });
    };
    if appointment.walk_in {
        add(Figure::WalkIns);
        return;
    }
    add(Figure::Appointments);
    match appointment.turnout() {
        Some(Turnout::Presented) => add(Figure::Presentations),
        Some(Turnout::Missed) => add(Figure::NoShows),
        None => {}
    }
}

fn acts(right: &Entitlement, site_of: &impl Fn(DeskId) -> Option<SiteId>, into: &mut Vec<Entry>) {
    let at_desk = |figure, desk, at: NaiveDateTime, amount| Entry {
        site: site_of(desk),
        day: Some(at.date()),
        desk: Some(desk),
        at: Some(at),
        ..of_right(right, figure, amount)
    };
    for delivery in &right.deliveries {
        let (figure, at) = match &delivery.reversal {
            None => (Figure::Deliveries, handed_over_at(delivery)),
            Some(reversal) => (Figure::Reversals, reversal.at.rome()),
        };
        into.push(Entry {
            appointment: delivery.appointment,
            delivery: Some(delivery.id),
            runs: delivery.runs.clone(),
            ..at_desk(figure, delivery.desk, at, delivery.amount)
        });
    }
    for refusal in &right.refusals {
        into.push(Entry {
            appointment: refusal.appointment,
            ..at_desk(Figure::Refusals, refusal.desk, refusal.at.rome(), Cents(0))
        });
    }
}

/// The figures of households, each of [`Figure::HOUSEHOLDS`], also those that count nobody.
pub fn of_households(entries: &[Entry]) -> Vec<(Figure, Sum)> {
    let mut sums: BTreeMap<Figure, Sum> = Figure::HOUSEHOLDS
        .into_iter()
        .map(|f| (f, Sum::default()))
        .collect();
    for entry in entries {
        if let Some(sum) = sums.get_mut(&entry.figure) {
            sum.add(entry);
        }
    }
    sums.into_iter().collect()
}

/// What happened at a site on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteDay {
    /// Each of [`Figure::ACTS`] that counts something.
    pub sums: BTreeMap<Figure, Sum>,
    /// The vouchers that went out and were not taken back, in order; neighbouring runs are one.
    pub runs: Vec<Run>,
}

/// What happened, by site and day. What happened at a desk whose site is not known has none.
pub fn by_site_and_day(entries: &[Entry]) -> BTreeMap<(Option<SiteId>, NaiveDate), SiteDay> {
    let mut days: BTreeMap<(Option<SiteId>, NaiveDate), SiteDay> = BTreeMap::new();
    for entry in entries {
        let Some(day) = entry.day else { continue };
        let found = days.entry((entry.site, day)).or_default();
        found.sums.entry(entry.figure).or_default().add(entry);
        if entry.figure == Figure::Deliveries {
            found.runs.extend(entry.runs.iter().cloned());
        }
    }
    for day in days.values_mut() {
        day.runs = serial::joined(&day.runs);
    }
    days
}
