// SPDX-License-Identifier: EUPL-1.2
//! When answers that wait at a desk become a record: never fewer than [`LEAST`] together, unless their period is over.

use super::LEAST;
use chrono::{Datelike, NaiveDate};

/// The answers of one day that wait, by their random keys alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The day.
    pub day: NaiveDate,
    /// Random keys of the answers.
    pub keys: Vec<[u8; 16]>,
}

/// Answers to be written together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Keys in their own order: they are random, so the answers are shuffled.
    pub keys: Vec<[u8; 16]>,
}

/// What can be written of days that are over, and the days that wait on. Too few of one day are joined to the next days of the
/// same week; `ended` writes what is left with the range of the whole period.
pub fn seal(mut days: Vec<Waiting>, ended: Option<(NaiveDate, NaiveDate)>) -> (Vec<Batch>, Vec<Waiting>) {
    days.retain(|waiting| !waiting.keys.is_empty());
    days.sort_by_key(|waiting| waiting.day);
    let (mut batches, mut waiting, mut held): (Vec<Batch>, Vec<Waiting>, Vec<Waiting>) =
        (Vec::new(), Vec::new(), Vec::new());
    for day in days {
        if held
            .first()
            .is_some_and(|first| first.day.iso_week() != day.day.iso_week())
        {
            waiting.append(&mut held);
        }
        held.push(day);
        if held.iter().map(|day| day.keys.len()).sum::<usize>() >= LEAST {
            let (from, to) = (held[0].day, held[held.len() - 1].day);
            batches.push(batch(from, to, std::mem::take(&mut held)));
        }
    }
    waiting.append(&mut held);
    if let Some((from, to)) = ended
        && !waiting.is_empty()
    {
        batches.push(batch(from, to, std::mem::take(&mut waiting)));
    }
    (batches, waiting)
}

fn batch(from: NaiveDate, to: NaiveDate, days: Vec<Waiting>) -> Batch {
    let mut keys: Vec<[u8; 16]> = days.into_iter().flat_map(|day| day.keys).collect();
    keys.sort_unstable();
    Batch { from, to, keys }
}
