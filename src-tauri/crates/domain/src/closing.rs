// SPDX-License-Identifier: EUPL-1.2
//! The end of a desk's day: what it was to hold, what was counted, and what was said of the difference.
//!
//! A closing is never edited. What comes after it on the same day belongs to a further turn; what is found out later is written
//! beside it. Days are closed in their order, so that what is not closed is what came after the last closing.

use crate::campaign::Campaign;
use crate::context::Ctx;
use crate::event::{Event, NewEvent};
use crate::ids::{CampaignId, ClosingId, DeskId, OperatorId};
use crate::meta::{EventMeta, Topic};
use crate::money::Cents;
use crate::office::Role;
use crate::refusal::Rejection;
use crate::serial::{self, Run};
use crate::time::{Hlc, Timestamp};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

impl ClosingId {
    /// A closing's identifier follows from the desk, the day and the turn.
    pub fn of(desk: DeskId, day: NaiveDate, turn: u16) -> Self {
        Self(crate::ids::derived(
            "sportello 2026 closing",
            &[desk.0.as_bytes(), day.to_string().as_bytes(), &turn.to_be_bytes()],
        ))
    }
}

/// Whether records of a kind are of what a closing closes: vouchers that moved, or were to.
pub fn closes(kind: &str) -> bool {
    // What is set aside stays where it is.
    if kind == "stock.reserved" {
        return false;
    }
    ["delivery.", "stock.", "supply.", "paper."]
        .iter()
        .any(|word| kind.starts_with(word))
}

/// How the vouchers of a campaign were counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Counted {
    /// By hand.
    Number {
        /// How many there are.
        #[ts(type = "number")]
        count: u64,
    },
    /// Booklet by booklet with the scanner.
    Scanned {
        /// What is there.
        runs: Vec<Run>,
    },
}

/// The count of one campaign's vouchers, as it is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CountGiven {
    /// The campaign.
    pub campaign: CampaignId,
    /// What was counted.
    pub counted: Counted,
    /// Why it differs from what was to be there.
    #[serde(default)]
    pub explanation: String,
    /// It differs, nobody knows why, and a supervisor is to look at it.
    #[serde(default)]
    pub left_open: bool,
}

/// The count of one campaign's vouchers beside what was to be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CountLine {
    /// The campaign.
    pub campaign: CampaignId,
    /// Value of one voucher.
    pub denomination: Cents,
    /// What was to be there.
    pub expected: Vec<Run>,
    /// What was counted.
    pub counted: Counted,
    /// Why the two differ; none where they do not, or where it was left open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
}

impl CountLine {
    /// How many were to be there.
    pub fn expected_count(&self) -> u64 {
        serial::count(&self.expected)
    }

    /// How many were counted.
    pub fn counted_count(&self) -> u64 {
        match &self.counted {
            Counted::Number { count } => *count,
            Counted::Scanned { runs } => serial::count(runs),
        }
    }

    /// Serials that were to be there and were not scanned; empty after a count by hand, which names none.
    pub fn missing(&self) -> Vec<Run> {
        match &self.counted {
            Counted::Number { .. } => Vec::new(),
            Counted::Scanned { runs } => serial::subtract(&self.expected, runs),
        }
    }

    /// Serials that were scanned and were not to be there.
    pub fn extra(&self) -> Vec<Run> {
        match &self.counted {
            Counted::Number { .. } => Vec::new(),
            Counted::Scanned { runs } => serial::subtract(runs, &self.expected),
        }
    }

    /// What was counted is not what was to be there: as many of other serials are a difference too.
    pub fn differs(&self) -> bool {
        self.expected_count() != self.counted_count()
            || !self.missing().is_empty()
            || !self.extra().is_empty()
    }
}

/// How the day went besides the count: figures only, names stand where they belong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ClosingFigures {
    /// Deliveries of the desk on that day that were not taken back.
    pub deliveries: u32,
    /// Their value.
    pub delivered: Cents,
    /// Presented at the site on that day and not served.
    pub presented: u32,
    /// Due at the site on that day and not come.
    pub due: u32,
    /// Records of the desk that the centre has not acknowledged.
    #[ts(type = "number")]
    pub unsent: u64,
}

/// A desk closed its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayClosed {
    /// The day.
    pub day: NaiveDate,
    /// 1 for the first closing of the day; what came after it belongs to the next.
    pub turn: u16,
    /// One for each campaign.
    pub counts: Vec<CountLine>,
    /// How the day went.
    pub figures: ClosingFigures,
    /// A remark.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Something was found out of a closing later: it stands beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingCorrected {
    /// The difference that it explains; none where it is about the closing as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<CampaignId>,
    /// What was found out.
    pub text: String,
}

/// What was written beside a closing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "ClosingCorrection")]
#[schemars(rename = "ClosingCorrection")]
pub struct Correction {
    /// The difference that it explains.
    pub campaign: Option<CampaignId>,
    /// What was found out.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
    /// At which desk.
    pub desk: DeskId,
}

/// A closing as its events leave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Closing {
    /// Its identifier, which follows from desk, day and turn.
    pub id: ClosingId,
    /// The desk.
    pub desk: DeskId,
    /// The day.
    pub day: NaiveDate,
    /// Which closing of that day.
    pub turn: u16,
    /// One for each campaign.
    pub counts: Vec<CountLine>,
    /// How the day went.
    pub figures: ClosingFigures,
    /// A remark.
    pub note: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
    /// Its place in the order of everything: what the desk wrote later, it does not close.
    #[ts(skip)]
    #[schemars(skip)]
    #[serde(default)]
    pub hlc: Hlc,
    /// What was written beside it, oldest first.
    pub corrections: Vec<Correction>,
}

impl Closing {
    /// Whether what its desk wrote then, of a day, is closed by it.
    pub fn covers(&self, day: NaiveDate, hlc: Hlc) -> bool {
        self.day >= day && self.hlc > hlc
    }

    /// The differences that nobody has explained, then or later.
    pub fn open_differences(&self) -> impl Iterator<Item = &CountLine> {
        let explained = |line: &CountLine| {
            line.explanation.is_some() || self.corrections.iter().any(|c| c.campaign == Some(line.campaign))
        };
        self.counts
            .iter()
            .filter(move |line| line.differs() && !explained(line))
    }
}

impl crate::state::Fold for Closing {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        match (state, event) {
            (None, Event::DayClosed(body)) => Some(Self {
                id: ClosingId(meta.entity.id),
                desk: meta.desk,
                day: body.day,
                turn: body.turn,
                counts: body.counts.clone(),
                figures: body.figures,
                note: body.note.clone(),
                at: meta.at,
                by: meta.actor,
                hlc: meta.hlc,
                corrections: Vec::new(),
            }),
            (Some(mut closing), Event::ClosingCorrected(body)) => {
                closing.corrections.push(Correction {
                    campaign: body.campaign,
                    text: body.text.clone(),
                    at: meta.at,
                    by: meta.actor,
                    desk: meta.desk,
                });
                Some(closing)
            }
            (state, _) => state,
        }
    }
}

/// What a closing is checked against.
#[derive(Clone, Copy, Debug)]
pub struct DayWorld<'a> {
    /// Every campaign that is here, with what the desk is to hold of it.
    pub held: &'a [(Campaign, Vec<Run>)],
    /// The closings of the desk so far.
    pub closings: &'a [Closing],
    /// Days of the desk with movements that no closing closes.
    pub open_days: &'a [NaiveDate],
    /// How the day went.
    pub figures: ClosingFigures,
}

/// Which closing of a day comes next; the refusal where the day cannot be closed now.
pub fn next_turn(ctx: &Ctx, day: NaiveDate, world: DayWorld<'_>) -> Result<u16, Rejection> {
    if day > ctx.now.day() {
        return Err(Rejection::FieldInvalid { field: "day" });
    }
    if let Some(earlier) = world.open_days.iter().filter(|open| **open < day).min() {
        return Err(Rejection::EarlierDayOpen { day: *earlier });
    }
    let closed = world.closings.iter().any(|closing| closing.day >= day);
    if closed && !world.open_days.contains(&day) {
        return Err(Rejection::DayClosed { day });
    }
    let last = world
        .closings
        .iter()
        .filter(|closing| closing.day == day)
        .map(|closing| closing.turn)
        .max();
    Ok(last.unwrap_or(0).saturating_add(1))
}

/// Closes a day.
pub fn close(
    ctx: &Ctx,
    topic: Topic,
    day: NaiveDate,
    counts: &[CountGiven],
    note: &str,
    world: DayWorld<'_>,
) -> Result<Vec<NewEvent>, Rejection> {
    let turn = next_turn(ctx, day, world)?;
    let forgotten = world
        .held
        .iter()
        .find(|(campaign, held)| !held.is_empty() && !counts.iter().any(|c| c.campaign == campaign.id));
    if let Some((campaign, _)) = forgotten {
        return Err(Rejection::CountMissing {
            campaign: campaign.name.clone(),
        });
    }
    let mut lines: Vec<CountLine> = Vec::with_capacity(counts.len());
    for given in counts {
        if lines.iter().any(|line| line.campaign == given.campaign) {
            return Err(Rejection::FieldInvalid { field: "counts" });
        }
        lines.push(line(given, world.held)?);
    }
    let body = DayClosed {
        day,
        turn,
        counts: lines,
        figures: world.figures,
        note: note.trim().to_owned(),
    };
    Ok(vec![NewEvent::new(
        topic,
        ClosingId::of(ctx.desk, day, turn),
        body,
    )])
}

fn line(given: &CountGiven, held: &[(Campaign, Vec<Run>)]) -> Result<CountLine, Rejection> {
    let Some((campaign, expected)) = held.iter().find(|(campaign, _)| campaign.id == given.campaign) else {
        return Err(Rejection::NotFound { what: "campaign" });
    };
    if let Counted::Scanned { runs } = &given.counted {
        if !runs.iter().all(Run::is_sound) {
            return Err(Rejection::SerialsMissing);
        }
        for (at, run) in runs.iter().enumerate() {
            if let Some(twice) = runs[at + 1..].iter().find(|other| other.overlaps(run)) {
                return Err(Rejection::SerialTwice {
                    first: twice.first_serial(),
                    last: twice.last_serial(),
                });
            }
        }
    }
    let explanation = given.explanation.trim();
    let mut line = CountLine {
        campaign: campaign.id,
        denomination: campaign.denomination,
        expected: expected.clone(),
        counted: given.counted.clone(),
        explanation: None,
    };
    if line.differs() {
        // A difference is explained, or left open by somebody who says so: it does not slip through.
        if explanation.is_empty() && !given.left_open {
            return Err(Rejection::CountDiffers {
                campaign: campaign.name.clone(),
                expected: line.expected_count(),
                counted: line.counted_count(),
            });
        }
        line.explanation = (!given.left_open).then(|| explanation.to_owned());
    }
    Ok(line)
}

/// Writes something beside a closing.
pub fn correct(
    ctx: &Ctx,
    topic: Topic,
    closing: &Closing,
    campaign: Option<CampaignId>,
    text: &str,
) -> Result<Vec<NewEvent>, Rejection> {
    let text = crate::entitlement::reason_given(text)?;
    if closing.desk != ctx.desk && ctx.role < Role::Supervisor {
        return Err(Rejection::NotYourClosing { desk: closing.desk });
    }
    if campaign.is_some_and(|id| !closing.counts.iter().any(|line| line.campaign == id)) {
        return Err(Rejection::NotFound { what: "campaign" });
    }
    Ok(vec![NewEvent::new(
        topic,
        closing.id,
        ClosingCorrected { campaign, text },
    )])
}

#[cfg(test)]
mod tests;
