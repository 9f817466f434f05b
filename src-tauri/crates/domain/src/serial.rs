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

/// What is left of `held` once `gone` is taken away, in order; runs of other series are untouched.
pub fn subtract(held: &[Run], gone: &[Run]) -> Vec<Run> {
    let mut left = held.to_vec();
    for cut in gone {
        let mut next = Vec::with_capacity(left.len() + 1);
        for run in left {
            if !run.overlaps(cut) {
                next.push(run);
                continue;
            }
            if run.first < cut.first {
                next.push(Run {
                    last: cut.first - 1,
                    ..run.clone()
                });
            }
            if run.last > cut.last {
                next.push(Run {
                    first: cut.last + 1,
                    ..run
                });
            }
        }
        left = next;
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

    fn run() -> impl Strategy<Value = Run> {
        (0_u64..60, 0_u64..12).prop_map(|(first, more)| Run {
            series: "A".into(),
            first,
            last: first + more,
            width: 4,
        })
    }

    proptest! {
        /// Against the plainest model there is: sets of numbers.
        #[test]
        fn subtraction_is_that_of_sets(held in prop::collection::vec(run(), 0..4), gone in prop::collection::vec(run(), 0..6)) {
            let set = |runs: &[Run]| runs.iter().flat_map(|r| r.first..=r.last).collect::<std::collections::BTreeSet<_>>();
            let left = subtract(&held, &gone);
            prop_assert_eq!(set(&left), &set(&held) - &set(&gone));
            for one in &gone {
                prop_assert_eq!(contains(&held, one), set(std::slice::from_ref(one)).is_subset(&set(&held)));
            }
        }
    }
}
