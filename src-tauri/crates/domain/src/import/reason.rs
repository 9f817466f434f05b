// SPDX-License-Identifier: EUPL-1.2
//! Why a row became what it became. Codes and parameters only: the sentences are in the catalogues.

use crate::identifier::{HealthCodeError, IdentifierError};
use crate::money::Cents;
use crate::tax_code::TaxCodeError;
use serde::Serialize;

/// Something to be said of a row. Rows are numbered as the spreadsheet shows them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, strum::IntoStaticStr, strum::VariantNames)]
#[serde(tag = "code", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Reason {
    // The row as it is.
    /// Nothing is written in it.
    RowEmpty,
    /// The headings once more.
    HeadingsAgain,
    /// No surname.
    SurnameMissing,
    /// No first name.
    NameMissing,
    /// Surname and name are in one cell of more than two words, and no tax code tells where the surname ends.
    NameSplitGuessed,
    /// A tax code is not of 16 characters, nor of 11 digits.
    TaxCodeLength {
        /// How many characters there are.
        got: usize,
    },
    /// A character of a tax code that cannot stand where it stands.
    TaxCodeCharacter {
        /// Where, from 1.
        position: usize,
    },
    /// The ninth character of a tax code is no month.
    TaxCodeMonth,
    /// Positions 10 and 11 of a tax code are no day.
    TaxCodeDay,
    /// The last letter of a tax code does not agree with the others: one of them is mistyped.
    TaxCodeCheck,
    /// The last digit of a provisional tax code does not agree with the others.
    ProvisionalCheck,
    /// An STP or ENI code is not of 16 characters.
    HealthCodeLength {
        /// How many characters there are.
        got: usize,
    },
    /// A character of an STP or ENI code that is not a digit.
    HealthCodeCharacter {
        /// Where, from 1.
        position: usize,
    },
    /// A valid code of somebody with a namesake.
    Omocodic,
    /// A provisional tax code.
    Provisional,
    /// An STP or ENI code.
    HealthCode,
    /// No identifier.
    IdentifierMissing,
    /// Neither identifier, nor practice number, nor date of birth: it could not be found again.
    Unidentifiable,
    /// Surname and name are in each other's place, says the tax code.
    NamesSwapped,
    /// The tax code agrees with the surname only.
    CodeOnlySurname,
    /// The tax code agrees with the first name only.
    CodeOnlyName,
    /// The tax code agrees neither with the surname nor with the name.
    CodeOfAnother,
    /// The date of birth is no date.
    BirthDateUnreadable,
    /// The date of birth is in the future.
    BirthDateFuture,
    /// The tax code says another date of birth.
    BirthDateAgainstCode,
    /// No Quartiere.
    QuartiereMissing,
    /// No such Quartiere.
    QuartiereUnknown,
    /// Something that cannot be read, left as it was known, or empty.
    FieldUnreadable {
        /// The field ([`super::Field::key`]).
        field: &'static str,
    },
    /// Fewer members are told than are named.
    SizeLessThanNamed {
        /// Told.
        size: u8,
        /// Named.
        named: u8,
    },
    /// More minors, or more members with a disability, than members.
    MoreThanMembers {
        /// Told.
        count: u8,
        /// Members.
        size: u8,
    },
    /// Minors were counted from the dates of birth.
    MinorsCounted {
        /// How many.
        count: u8,
    },
    /// The amount is no amount.
    AmountUnreadable,
    /// The amount is nothing, or less.
    AmountNotPositive {
        /// The amount.
        amount: Cents,
    },
    /// The amount cannot be made of whole vouchers.
    AmountNotWhole {
        /// The amount.
        amount: Cents,
        /// One voucher.
        denomination: Cents,
    },
    /// Amount and number of vouchers say different things.
    AmountAgainstVouchers {
        /// The amount.
        amount: Cents,
        /// What the vouchers make.
        vouchers: Cents,
    },
    /// The campaign's table gives another amount; the list holds.
    AmountDiffers {
        /// The amount in the list.
        amount: Cents,
        /// That of the table.
        table: Cents,
    },
    /// No amount is written: the campaign's table gives it.
    AmountFromTable {
        /// That of the table.
        amount: Cents,
    },
    /// No amount is written, and what the table needs is not known.
    AmountMissing,

    // The row among the others.
    /// It says again what another row says.
    SameAs {
        /// That row.
        row: u32,
    },
    /// The same household as in another row, with other figures: that one was kept.
    ContradictsRow {
        /// That row.
        row: u32,
    },
    /// Another row speaks of the same household with other figures; this one was kept.
    ContradictedBy {
        /// That row.
        row: u32,
    },
    /// The practice number of another row, with another person.
    SamePractice {
        /// That row.
        row: u32,
    },
    /// The applicant is a member of another row's household.
    MemberElsewhere {
        /// That row.
        row: u32,
    },
    /// A member is also a member of another row's household.
    MemberAlsoIn {
        /// That row.
        row: u32,
    },
    /// A tax code that differs from another row's by omocodia only: two persons, or one written twice.
    SameKey {
        /// That row.
        row: u32,
    },
    /// Surname, name and date of birth of another row's applicant, with another identifier.
    SamePersonData {
        /// That row.
        row: u32,
    },
    /// Address and telephone of another row.
    SameHome {
        /// That row.
        row: u32,
    },
    /// A member of another row's household.
    MemberOf {
        /// The applicant's row.
        row: u32,
    },
    /// Something is to be looked at in a member's row.
    LookAtMember {
        /// That row.
        row: u32,
    },
    /// A member's row was not taken in.
    MemberLeftOut {
        /// That row.
        row: u32,
    },
    /// The applicant's row was not taken in, nor was its household.
    ApplicantRefused {
        /// That row.
        row: u32,
    },
    /// No row of the household is marked as the applicant's: the first one is.
    ApplicantAssumed,
    /// Two rows of the household are marked as the applicant's: the first one is.
    ApplicantTwice {
        /// The other row.
        row: u32,
    },
    /// Rows of one household write different things: the applicant's holds.
    MembersDisagree {
        /// The row that differs.
        row: u32,
        /// In what.
        field: &'static str,
    },

    // The row and what is known.
    /// The applicant belongs to a household that is already entitled in this campaign.
    MemberOfKnown,
    /// The applicant belonged to another household.
    WasMember,
    /// The practice number belongs to another entitled household.
    PracticeOfAnother,
    /// Several known households could be this one.
    SeveralCouldBe {
        /// How many.
        count: u32,
    },
    /// The household was already matched with another row.
    SameHousehold {
        /// That row.
        row: u32,
    },
    /// A known household whose applicant has another identifier now.
    IdentifierChanged,
    /// Another member of the household applies now.
    ApplicantChanged,
    /// A person of this name and date of birth is known with another identifier: kept apart.
    Homonym,
    /// A known person's tax code differs from this one by omocodia only: kept apart.
    KeyKnown,
    /// Known from before; its right in this campaign is new.
    RightIsNew,
    /// Something is different from what was known.
    Changes {
        /// What (`members`, `size`, `minors`, `disabled`, `resident`, `quartiere`, `address`, `phone`, `email`, `list_ref`).
        field: &'static str,
    },
    /// The amount is different from the one granted.
    AmountChanges {
        /// Granted.
        before: Cents,
        /// From now on.
        amount: Cents,
    },
    /// Vouchers were handed over already, and the amount is another one now.
    ServedOtherAmount {
        /// Handed over.
        delivered: Cents,
        /// From now on.
        amount: Cents,
    },
    /// A supervisor had set another amount by hand.
    AmountSetByHand {
        /// Set by hand.
        set: Cents,
        /// From now on.
        amount: Cents,
    },
    /// The right was withdrawn, and holds again.
    RevokedBefore,
}

/// How much a reason weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// To be known.
    Informs,
    /// A person should look.
    Doubts,
    /// The row says again what another says.
    Repeats,
    /// The row is not taken in.
    Refuses,
}

impl Reason {
    /// Every code.
    pub const CODES: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    /// Its code, which never changes.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// How much it weighs on a household's own row.
    pub fn weight(&self) -> Weight {
        match self {
            Self::Omocodic
            | Self::Provisional
            | Self::HealthCode
            | Self::MinorsCounted { .. }
            | Self::AmountFromTable { .. }
            | Self::MemberOf { .. }
            | Self::ApplicantAssumed
            | Self::RightIsNew
            | Self::Changes { .. }
            | Self::AmountChanges { .. } => Weight::Informs,
            Self::NameMissing
            | Self::NameSplitGuessed
            | Self::IdentifierMissing
            | Self::NamesSwapped
            | Self::CodeOnlySurname
            | Self::CodeOnlyName
            | Self::CodeOfAnother
            | Self::BirthDateAgainstCode
            | Self::FieldUnreadable { .. }
            | Self::SizeLessThanNamed { .. }
            | Self::MoreThanMembers { .. }
            | Self::AmountDiffers { .. }
            | Self::ContradictedBy { .. }
            | Self::MemberAlsoIn { .. }
            | Self::SameKey { .. }
            | Self::SamePersonData { .. }
            | Self::SameHome { .. }
            | Self::LookAtMember { .. }
            | Self::MemberLeftOut { .. }
            | Self::ApplicantTwice { .. }
            | Self::MembersDisagree { .. }
            | Self::WasMember
            | Self::IdentifierChanged
            | Self::ApplicantChanged
            | Self::Homonym
            | Self::KeyKnown
            | Self::ServedOtherAmount { .. }
            | Self::AmountSetByHand { .. }
            | Self::RevokedBefore => Weight::Doubts,
            Self::HeadingsAgain | Self::SameAs { .. } => Weight::Repeats,
            Self::RowEmpty
            | Self::SurnameMissing
            | Self::TaxCodeLength { .. }
            | Self::TaxCodeCharacter { .. }
            | Self::TaxCodeMonth
            | Self::TaxCodeDay
            | Self::TaxCodeCheck
            | Self::ProvisionalCheck
            | Self::HealthCodeLength { .. }
            | Self::HealthCodeCharacter { .. }
            | Self::Unidentifiable
            | Self::BirthDateUnreadable
            | Self::BirthDateFuture
            | Self::QuartiereMissing
            | Self::QuartiereUnknown
            | Self::AmountUnreadable
            | Self::AmountNotPositive { .. }
            | Self::AmountNotWhole { .. }
            | Self::AmountAgainstVouchers { .. }
            | Self::AmountMissing
            | Self::ContradictsRow { .. }
            | Self::SamePractice { .. }
            | Self::MemberElsewhere { .. }
            | Self::ApplicantRefused { .. }
            | Self::MemberOfKnown
            | Self::PracticeOfAnother
            | Self::SeveralCouldBe { .. }
            | Self::SameHousehold { .. } => Weight::Refuses,
        }
    }

    /// How much it weighs on the row of a member who is not the applicant: a slip in a child's code must not keep a
    /// household from what it is due. The child is then entered without the code.
    pub(super) fn weight_for_member(&self) -> Weight {
        match self {
            Self::SurnameMissing | Self::RowEmpty => Weight::Refuses,
            Self::IdentifierMissing => Weight::Informs,
            other => other.weight().min(Weight::Doubts),
        }
    }
}

impl From<IdentifierError> for Reason {
    fn from(error: IdentifierError) -> Self {
        match error {
            IdentifierError::TaxCode(error) => match error {
                // No birthplace is looked at when a code is read, and an empty text is no code: both cannot come.
                TaxCodeError::Missing | TaxCodeError::Place => Self::IdentifierMissing,
                TaxCodeError::Length { got } => Self::TaxCodeLength { got },
                TaxCodeError::Character { position } => Self::TaxCodeCharacter { position },
                TaxCodeError::Month => Self::TaxCodeMonth,
                TaxCodeError::Day => Self::TaxCodeDay,
                TaxCodeError::CheckCharacter => Self::TaxCodeCheck,
                TaxCodeError::ProvisionalCheck => Self::ProvisionalCheck,
            },
            IdentifierError::HealthCode(error) => match error {
                HealthCodeError::Prefix => Self::HealthCodeCharacter { position: 1 },
                HealthCodeError::Length { got } => Self::HealthCodeLength { got },
                HealthCodeError::Character { position } => Self::HealthCodeCharacter { position },
            },
        }
    }
}
