// SPDX-License-Identifier: EUPL-1.2
//! Voucher serials. Vouchers come in booklets of consecutive serials, so they are kept as runs, never one by one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Consecutive serials of one series: `AB0001001` to `AB0001050`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS)]
pub struct Run {
    /// Letters before the digits, upper case; may be empty.
    pub series: String,
    /// First number.
    #[ts(type = "number")]
    pub first: u64,
    /// Last number, not before the first.
    #[ts(type = "number")]
    pub last: u64,
    /// Digits as printed, leading zeros included.
    pub width: u8,
}

/// Why what was typed or scanned is not a serial or a run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SerialError {
    /// Not letters followed by 1 to 15 digits.
    #[error("not a voucher serial")]
    NotASerial,
    /// The two ends have different letters or a different number of digits.
    #[error("the two serials are of different series")]
    DifferentSeries,
    /// The last comes before the first.
    #[error("the last serial comes before the first")]
    Backwards,
}

impl Run {
    /// One serial as a run of one: letters (at most 6) then digits (1 to 15); spaces, dots and dashes are passed over.
    pub fn single(text: &str) -> Result<Self, SerialError> {
        let clean: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '*'))
            .collect::<String>()
            .to_ascii_uppercase();
        let digits_at = clean
            .find(|c: char| c.is_ascii_digit())
            .ok_or(SerialError::NotASerial)?;
        let (series, digits) = clean.split_at(digits_at);
        let fits = series.len() <= 6
            && series.chars().all(|c| c.is_ascii_uppercase())
            && (1..=15).contains(&digits.len())
            && digits.chars().all(|c| c.is_ascii_digit());
        if !fits {
            return Err(SerialError::NotASerial);
        }
        let number = digits.parse().map_err(|_| SerialError::NotASerial)?;
        let width = u8::try_from(digits.len()).map_err(|_| SerialError::NotASerial)?;
        Ok(Self {
            series: series.to_owned(),
            first: number,
            last: number,
            width,
        })
    }

    /// The run from one serial to another, both included.
    pub fn between(first: &str, last: &str) -> Result<Self, SerialError> {
        let (first, last) = (Self::single(first)?, Self::single(last)?);
        if first.series != last.series || first.width != last.width {
            return Err(SerialError::DifferentSeries);
        }
        if last.first < first.first {
            return Err(SerialError::Backwards);
        }
        Ok(Self {
            last: last.last,
            ..first
        })
    }

    /// How many vouchers.
    pub fn count(&self) -> u64 {
        // What a foreign record says need not be a run: nothing, or as many as can be counted.
        self.last.saturating_add(1).saturating_sub(self.first)
    }

    /// First serial as printed.
    pub fn first_serial(&self) -> String {
        format!(
            "{}{:0width$}",
            self.series,
            self.first,
            width = usize::from(self.width)
        )
    }

    /// Last serial as printed.
    pub fn last_serial(&self) -> String {
        format!(
            "{}{:0width$}",
            self.series,
            self.last,
            width = usize::from(self.width)
        )
    }

    /// Whether the two share a voucher.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.series == other.series
            && self.width == other.width
            && self.first <= other.last
            && other.first <= self.last
    }

    /// Whether the ends stand in order and the width can print them.
    pub fn is_sound(&self) -> bool {
        self.first <= self.last
            && (1..=15).contains(&self.width)
            && self.last < 10_u64.pow(u32::from(self.width))
    }
}

/// The same vouchers in as few runs as can be, in order: each voucher once. What is no run is left out.
pub fn joined(runs: &[Run]) -> Vec<Run> {
    let mut sorted: Vec<&Run> = runs.iter().filter(|run| run.first <= run.last).collect();
    sorted.sort_by(|a, b| (&a.series, a.width, a.first).cmp(&(&b.series, b.width, b.first)));
    let mut joined: Vec<Run> = Vec::new();
    for run in sorted {
        match joined.last_mut() {
            Some(before)
                if before.series == run.series
                    && before.width == run.width
                    && run.first <= before.last.saturating_add(1) =>
            {
                before.last = before.last.max(run.last);
            }
            _ => joined.push(run.clone()),
        }
    }
    joined
}

/// The same runs in order, each voucher once: what a run before it has is cut off. Neighbours stay apart, as boxes do.
pub fn once(mut runs: Vec<Run>) -> Vec<Run> {
    runs.retain(|run| run.first <= run.last);
    runs.sort_by(|a, b| (&a.series, a.width, a.first, a.last).cmp(&(&b.series, b.width, b.first, b.last)));
    let mut once: Vec<Run> = Vec::with_capacity(runs.len());
    for mut run in runs {
        if let Some(before) = once.last()
            && before.series == run.series
            && before.width == run.width
        {
            run.first = run.first.max(before.last.saturating_add(1));
        }
        if run.first <= run.last {
            once.push(run);
        }
    }
    once
}

/// What is left of `held` once `gone` is taken away, in order; runs of other series are untouched, and what was held twice is held twice.
/// Takes as long as sorting both: a campaign has ten thousand deliveries.
pub fn subtract(held: &[Run], gone: &[Run]) -> Vec<Run> {
    let cuts = joined(gone);
    let mut left = Vec::with_capacity(held.len());
    for run in held {
        let place = (&run.series, run.width, run.first);
        let from = cuts.partition_point(|cut| (&cut.series, cut.width, cut.last) < place);
        let mut first = run.first;
        let mut rest = true;
        for cut in cuts.iter().skip(from).take_while(|cut| cut.overlaps(run)) {
            if first < cut.first {
                left.push(Run {
                    first,
                    last: cut.first - 1,
                    ..run.clone()
                });
            }
            rest = cut.last < run.last;
            first = cut.last.saturating_add(1);
        }
        if rest {
            left.push(Run { first, ..run.clone() });
        }
    }
    left.sort();
    left
}

/// Whether every voucher of `run` is in `held`.
pub fn contains(held: &[Run], run: &Run) -> bool {
    subtract(std::slice::from_ref(run), held).is_empty()
}

/// The first `wanted` vouchers of what is held; all of it where it is less.
pub fn take(held: &[Run], wanted: u64) -> Vec<Run> {
    let (mut runs, mut left) = (Vec::new(), wanted);
    for run in held {
        if left == 0 {
            break;
        }
        let take = run.count().min(left);
        if take == 0 {
            continue;
        }
        runs.push(Run {
            last: run.first + take - 1,
            ..run.clone()
        });
        left -= take;
    }
    runs
}

/// How many vouchers the runs have.
pub fn count(runs: &[Run]) -> u64 {
    runs.iter().map(Run::count).fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run() -> impl Strategy<Value = Run> {
        let series = prop::sample::select(vec!["A", "B"]);
        (0_u64..60, 0_u64..15, series, 3_u8..5).prop_map(|(first, more, series, width)| Run {
            series: series.into(),
            first,
            last: first + more,
            width,
        })
    }

    /// Voucher by voucher, with how often it is there.
    fn each(runs: &[Run]) -> Vec<(String, u8, u64)> {
        let of = |run: &Run| {
            let (series, width) = (run.series.clone(), run.width);
            (run.first..=run.last).map(move |number| (series.clone(), width, number))
        };
        let mut all: Vec<_> = runs.iter().flat_map(of).collect();
        all.sort();
        all
    }

    proptest! {
        #[test]
        fn what_is_left_is_what_one_by_one_is_left(
            held in prop::collection::vec(run(), 0..8),
            gone in prop::collection::vec(run(), 0..8),
        ) {
            let (left, gone) = (subtract(&held, &gone), each(&gone));
            let mut expected = each(&held);
            expected.retain(|voucher| !gone.contains(voucher));
            prop_assert_eq!(each(&left), expected);
            prop_assert!(left.is_sorted());
        }

        #[test]
        fn each_voucher_is_there_once(runs in prop::collection::vec(run(), 0..10)) {
            let mut expected = each(&runs);
            expected.dedup();
            prop_assert_eq!(each(&once(runs)), expected);
        }

        #[test]
        fn what_is_joined_is_the_same_vouchers_each_once(runs in prop::collection::vec(run(), 0..10)) {
            let joined = joined(&runs);
            let mut expected = each(&runs);
            expected.dedup();
            prop_assert_eq!(each(&joined), expected);
            let apart = joined.windows(2).all(|two| {
                (&two[0].series, two[0].width) < (&two[1].series, two[1].width) || two[0].last + 1 < two[1].first
            });
            prop_assert!(apart, "in as few as can be");
        }
    }

    #[test]
    fn what_is_no_run_takes_nothing_away() {
        let run = |first, last| Run {
            series: "A".into(),
            first,
            last,
            width: 4,
        };
        assert_eq!(subtract(&[run(1, 20)], &[run(10, 5)]), [run(1, 20)]);
        assert_eq!(subtract(&[run(1, 20)], &[run(20, u64::MAX)]), [run(1, 19)]);
        assert_eq!(joined(&[run(4, 3), run(7, 9), run(1, 6)]), [run(1, 9)]);
    }

    #[test]
    fn serials_read_as_people_type_them() {
        let run = Run::between("ab 0001001", "AB-0001050").unwrap();
        assert_eq!(
            (
                run.count(),
                run.first_serial().as_str(),
                run.last_serial().as_str()
            ),
            (50, "AB0001001", "AB0001050")
        );
        assert_eq!(Run::single("0042").unwrap().first_serial(), "0042");
        assert_eq!(Run::single("AB"), Err(SerialError::NotASerial));
        assert_eq!(Run::single("12A4"), Err(SerialError::NotASerial));
        assert_eq!(Run::between("A10", "B20"), Err(SerialError::DifferentSeries));
        assert_eq!(Run::between("A20", "A10"), Err(SerialError::Backwards));
    }

    proptest! {
        #[test]
        fn a_run_is_held_when_each_of_it_is(held in prop::collection::vec(run(), 0..4), one in run()) {
            let held_ones = each(&held);
            let all = each(std::slice::from_ref(&one)).iter().all(|voucher| held_ones.contains(voucher));
            prop_assert_eq!(contains(&held, &one), all);
        }
    }
}
