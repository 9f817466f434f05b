// SPDX-License-Identifier: EUPL-1.2
//! What of a distribution may be shown, so that nothing of fewer than [`LEAST`] answers can be reckoned from it.

use super::LEAST;

/// How much of a distribution is shown. The later, the more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Nothing, not even how many answered.
    Withheld,
    /// How many answered.
    Count,
    /// How many were positive, and how many were not.
    Share,
    /// How many gave each answer.
    Cells,
}

/// What is shown of one distribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Too few answers.
    Withheld,
    /// How many answered.
    Count(usize),
    /// Positive answers and the others.
    Share {
        /// Positive answers.
        positive: usize,
        /// The others.
        rest: usize,
    },
    /// Answers by their value, from 1.
    Cells(Vec<usize>),
}

/// The most that may be shown of a distribution, whose last `positive` cells are the positive ones. A single small cell takes
/// all cells away: if only it were left out, the total would give it back.
pub fn detail(cells: &[usize], positive: usize) -> Detail {
    let (rest, good) = halves(cells, positive);
    if cells.iter().all(|cell| *cell >= LEAST) && !cells.is_empty() {
        Detail::Cells
    } else if rest >= LEAST && good >= LEAST {
        Detail::Share
    } else if rest + good >= LEAST {
        Detail::Count
    } else {
        Detail::Withheld
    }
}

/// A distribution in no more detail than allowed.
pub fn show(cells: &[usize], positive: usize, at_most: Detail) -> Shown {
    let (rest, good) = halves(cells, positive);
    match detail(cells, positive).min(at_most) {
        Detail::Withheld => Shown::Withheld,
        Detail::Count => Shown::Count(rest + good),
        Detail::Share => Shown::Share { positive: good, rest },
        Detail::Cells => Shown::Cells(cells.to_vec()),
    }
}

/// The parts of a whole that is shown beside them. All parts in the same detail, the one that the poorest of them bears: were
/// only some withheld, the whole less the others would tell them.
pub fn breakdown(parts: &[Vec<usize>], positive: usize) -> Vec<Shown> {
    let answered = |part: &&Vec<usize>| part.iter().sum::<usize>() > 0;
    // A part without answers tells nothing of anyone only where the others are told whole: it counts as poor.
    let poorest = if parts.iter().all(|part| answered(&part)) {
        parts.iter().map(|part| detail(part, positive)).min()
    } else {
        None
    };
    let poorest = poorest.unwrap_or(Detail::Withheld);
    parts.iter().map(|part| show(part, positive, poorest)).collect()
}

/// The 95 % interval of a share (E. B. Wilson, 1927), both ends within 0 and 1; nothing without answers.
#[expect(clippy::cast_precision_loss, reason = "answers are counted in thousands")]
pub fn wilson(positive: usize, of: usize) -> Option<(f64, f64)> {
    if of == 0 || positive > of {
        return None;
    }
    let z = 1.959_963_984_540_054_f64;
    let n = of as f64;
    let share = positive as f64 / n;
    let scale = 1.0 + z * z / n;
    let middle = (share + z * z / (2.0 * n)) / scale;
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt() / scale;
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

fn halves(cells: &[usize], positive: usize) -> (usize, usize) {
    let (rest, good) = cells.split_at(cells.len().saturating_sub(positive));
    (rest.iter().sum(), good.iter().sum())
}
