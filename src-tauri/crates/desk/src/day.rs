// SPDX-License-Identifier: EUPL-1.2
//! What a desk's day amounts to, for whoever closes it and for whoever looks before: the same figures in both places.

use crate::error::DeskError;
use chrono::NaiveDate;
use sportello_domain::appointment::{Appointment, AppointmentStatus, Outcome};
use sportello_domain::campaign::Campaign;
use sportello_domain::closing::{Closing, ClosingFigures, DayWorld};
use sportello_domain::entitlement::Entitlement;
use sportello_domain::ids::{DeskId, SiteId};
use sportello_domain::money::Cents;
use sportello_domain::serial::Run;
use sportello_store::Reads;
use sportello_store::queries::OpenDay;

/// All that closing a day is decided on.
pub(crate) struct Ledger {
    /// Every campaign, with what the desk is to hold of it.
    pub held: Vec<(Campaign, Vec<Run>)>,
    /// The closings of the desk.
    pub closings: Vec<Closing>,
    /// The days of the desk that no closing closes.
    pub open: Vec<OpenDay>,
    days: Vec<NaiveDate>,
    /// Presented at the site and not served.
    pub presented: Vec<Appointment>,
    /// Due at the site and not come.
    pub due: Vec<Appointment>,
    pub figures: ClosingFigures,
}

impl Ledger {
    pub(crate) fn world(&self) -> DayWorld<'_> {
        DayWorld {
            held: &self.held,
            closings: &self.closings,
            open_days: &self.days,
            figures: self.figures,
        }
    }
}

pub(crate) fn ledger(
    reads: &Reads<'_>,
    desk: DeskId,
    site: SiteId,
    day: NaiveDate,
) -> Result<Ledger, DeskError> {
    let mut held = Vec::new();
    for campaign in reads.campaigns()? {
        let runs = reads.held(desk, campaign.id)?;
        held.push((campaign, runs));
    }
    let mut closings = reads.closings()?;
    closings.retain(|closing| closing.desk == desk);
    let open = reads.open_days(desk, &closings)?;
    let (presented, due) = unserved(reads, site, day)?;
    let lines = reads.deliveries(desk, day)?;
    let mut delivered = Cents(0);
    for line in &lines {
        let right = reads.state::<Entitlement>(line.entitlement)?;
        let found = right.iter().flat_map(|right| &right.deliveries);
        delivered = delivered
            + found
                .filter(|delivery| delivery.id == line.delivery)
                .map(|delivery| delivery.amount)
                .sum();
    }
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let figures = ClosingFigures {
        deliveries: count(lines.len()),
        delivered,
        presented: count(presented.len()),
        due: count(due.len()),
        unsent: reads.unsent()?,
    };
    Ok(Ledger {
        days: open.iter().map(|open| open.day).collect(),
        held,
        closings,
        open,
        presented,
        due,
        figures,
    })
}

/// Those who were at a site on a day and got nothing, and those who did not come.
pub(crate) fn unserved(
    reads: &Reads<'_>,
    site: SiteId,
    day: NaiveDate,
) -> Result<(Vec<Appointment>, Vec<Appointment>), DeskError> {
    use AppointmentStatus::{Booked, Called, Finished, Missed, Parked, Presented};
    let (mut presented, mut due) = (Vec::new(), Vec::new());
    for found in reads.agenda(site, day, day)? {
        if found.is_mistake() {
            continue;
        }
        match found.status {
            Presented | Called | Parked => presented.push(found),
            Finished if found.outcome == Some(Outcome::Refused) => presented.push(found),
            Booked | Missed => due.push(found),
            _ => {}
        }
    }
    Ok((presented, due))
}
