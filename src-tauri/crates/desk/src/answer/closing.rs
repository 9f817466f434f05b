// SPDX-License-Identifier: EUPL-1.2
//! The end of a day: what is to be counted, what was, and the days that nobody closed.

use super::{Ask, rows};
use crate::day;
use crate::error::DeskError;
use crate::view::{ClosingPreviewView, ClosingRow, ClosingsView, CountRow, OpenDayRow, ToCount};
use chrono::{Days, NaiveDate};
use sportello_domain::campaign::Campaign;
use sportello_domain::closing::{self, Closing, CountLine, Counted};
use sportello_domain::context::Ctx;
use sportello_domain::ids::{CampaignId, DeskId};
use sportello_domain::money::Cents;
use sportello_domain::office::Role;
use sportello_domain::serial;
use sportello_store::queries::OpenDay;

/// Days back that closings are shown of when nobody says from when.
const BACK: u64 = 30;

pub(super) fn preview(ask: &Ask<'_>, day: Option<NaiveDate>) -> Result<ClosingPreviewView, DeskError> {
    let desk = ask.desk.id();
    let today = ask.now.day();
    let day = match day {
        Some(day) => day,
        None => not_closed(ask)?.first().copied().unwrap_or(today),
    };
    let ledger = day::ledger(ask.reads, desk, ask.desk.site(), day)?;
    let ctx = Ctx {
        now: ask.now,
        desk,
        site: ask.desk.site(),
        operator: ask.session.operator(),
        role: ask.session.role(),
    };
    let turn = closing::next_turn(&ctx, day, ledger.world());
    let obstacle = match (ask.desk.may_write_in(ask.reads), &turn) {
        (Err(error), _) => Some(error.problem(ask.language())),
        (Ok(()), Err(rejection)) => Some(DeskError::from(rejection.clone()).problem(ask.language())),
        (Ok(()), Ok(_)) => None,
    };
    let mut counts = Vec::new();
    for (campaign, held) in &ledger.held {
        let over = campaign.to < day && held.is_empty();
        if over || campaign.from > day && held.is_empty() {
            continue;
        }
        let count = serial::count(held);
        let loose = serial::subtract(held, &ask.reads.with_kits(desk, campaign.id)?);
        counts.push(ToCount {
            campaign: campaign.id,
            name: campaign.name.clone(),
            denomination: campaign.denomination,
            count,
            value: worth(campaign.denomination, i64::try_from(count).unwrap_or(i64::MAX)),
            with_kits: count.saturating_sub(serial::count(&loose)),
            expected: held.clone(),
        });
    }
    let closed: Vec<&Closing> = ledger.closings.iter().filter(|c| c.day == day).collect();
    let last = closed.iter().map(|c| c.turn).max().unwrap_or(0);
    Ok(ClosingPreviewView {
        desk: ask.directory.name(desk),
        day,
        turn: turn.unwrap_or(last.max(1)),
        counts,
        figures: ledger.figures,
        presented: ledger
            .presented
            .iter()
            .map(|found| rows::appointment(ask, found))
            .collect::<Result<_, _>>()?,
        due: ledger
            .due
            .iter()
            .map(|found| rows::appointment(ask, found))
            .collect::<Result<_, _>>()?,
        open: ledger.open.iter().map(|open| open_row(ask, open)).collect(),
        closed: closed
            .into_iter()
            .map(|found| row(ask, found.clone()))
            .collect::<Result<_, _>>()?,
        obstacle,
    })
}

pub(super) fn closings(
    ask: &Ask<'_>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    desk: Option<DeskId>,
) -> Result<ClosingsView, DeskError> {
    let today = ask.now.day();
    let to = to.unwrap_or(today);
    let from = from.unwrap_or_else(|| to.checked_sub_days(Days::new(BACK)).unwrap_or(to));
    let sees = |id: DeskId| {
        let asked = desk.is_none_or(|desk| desk == id);
        asked && (id == ask.desk.id() || ask.session.role() >= Role::Supervisor)
    };
    let all = ask.reads.closings()?;
    let mut desks: Vec<DeskId> = ask.directory.all().map(|desk| desk.id).collect();
    desks.push(ask.desk.id());
    desks.sort_unstable();
    desks.dedup();
    let mut open = Vec::new();
    for id in desks.into_iter().filter(|id| sees(*id)) {
        let days = ask.reads.open_days(id, &all)?;
        open.extend(
            days.iter()
                .filter(|open| open.day < today)
                .map(|open| open_row(ask, open)),
        );
    }
    open.sort_by(|a, b| (a.day, &a.desk.name).cmp(&(b.day, &b.desk.name)));
    let rows = all
        .into_iter()
        .filter(|closing| sees(closing.desk) && (from..=to).contains(&closing.day))
        .map(|closing| row(ask, closing))
        .collect::<Result<_, _>>()?;
    Ok(ClosingsView { from, to, rows, open })
}

/// The days of this desk before today that no closing closes.
pub(super) fn not_closed(ask: &Ask<'_>) -> Result<Vec<NaiveDate>, DeskError> {
    let today = ask.now.day();
    let open = ask.reads.open_days(ask.desk.id(), &ask.reads.closings()?)?;
    Ok(open
        .iter()
        .map(|open| open.day)
        .filter(|day| *day < today)
        .collect())
}

fn open_row(ask: &Ask<'_>, open: &OpenDay) -> OpenDayRow {
    OpenDayRow {
        desk: ask.directory.name(open.desk),
        day: open.day,
        records: open.records,
        last: open.last,
    }
}

/// A closing, with names.
pub(super) fn row(ask: &Ask<'_>, closing: Closing) -> Result<ClosingRow, DeskError> {
    let open: Vec<CampaignId> = closing.open_differences().map(|line| line.campaign).collect();
    let counts = closing
        .counts
        .iter()
        .map(|line| count_row(ask, line, open.contains(&line.campaign)))
        .collect::<Result<_, _>>()?;
    let corrected_by = closing
        .corrections
        .iter()
        .map(|correction| ask.operator_name(correction.by))
        .collect::<Result<_, _>>()?;
    Ok(ClosingRow {
        desk: ask.directory.name(closing.desk),
        operator: ask.operator_name(closing.by)?,
        counts,
        corrected_by,
        closing,
    })
}

fn count_row(ask: &Ask<'_>, line: &CountLine, open: bool) -> Result<CountRow, DeskError> {
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let difference = signed(line.counted_count()).saturating_sub(signed(line.expected_count()));
    let campaign = ask.reads.state::<Campaign>(line.campaign)?;
    Ok(CountRow {
        campaign: line.campaign,
        name: campaign.map(|campaign| campaign.name).unwrap_or_default(),
        expected: line.expected_count(),
        counted: line.counted_count(),
        difference,
        value: worth(line.denomination, difference),
        missing: line.missing(),
        extra: line.extra(),
        scanned: matches!(line.counted, Counted::Scanned { .. }),
        explanation: line.explanation.clone(),
        open,
    })
}

fn worth(denomination: Cents, count: i64) -> Cents {
    Cents(denomination.0.saturating_mul(count))
}
