// SPDX-License-Identifier: EUPL-1.2
//! What is to be said of a list as a whole. Codes and parameters only: the sentences are in the catalogues.

use chrono::NaiveDate;
use serde::Serialize;

/// Something to be said of a list as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, strum::IntoStaticStr, strum::VariantNames)]
#[serde(tag = "code", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Notice {
    /// No row has known headings.
    NoHeadings,
    /// A required column is missing.
    MissingColumn {
        /// The field ([`super::Field::key`]).
        field: &'static str,
    },
    /// There is no row below the headings.
    NoRows,
    /// Every row is refused.
    AllRefused,
    /// The same file was taken in before.
    SameListAgain {
        /// The date that it bore.
        issued: NaiveDate,
    },
    /// A later list was taken in already.
    OlderList {
        /// The date of this one.
        issued: NaiveDate,
        /// The date of that one.
        last: NaiveDate,
    },
    /// Another list of the same date was taken in already.
    SameDate {
        /// The date.
        issued: NaiveDate,
    },
    /// The list bears a date that has not come.
    FutureList {
        /// The date of the list.
        issued: NaiveDate,
    },
    /// Entitled households that came with a list are not in this one. They keep their right.
    MissingHouseholds {
        /// How many.
        count: u32,
    },
    /// The list has one row for each member.
    OneRowPerMember {
        /// Households in it.
        households: u32,
    },
}

impl Notice {
    /// Every code.
    pub const CODES: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    /// Its code, which never changes.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// Whether the list cannot be taken in.
    pub fn forbids(&self) -> bool {
        matches!(
            self,
            Self::NoHeadings
                | Self::MissingColumn { .. }
                | Self::NoRows
                | Self::AllRefused
                | Self::OlderList { .. }
                | Self::FutureList { .. }
        )
    }
}
