// SPDX-License-Identifier: EUPL-1.2
//! Campaigns: one voucher round with its amounts, denomination, period and rules. Every figure is the office's to set.

use crate::event::Event;
use crate::ids::CampaignId;
use crate::meta::EventMeta;
use crate::money::Cents;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How much a household of so many members is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct AmountRow {
    /// Members; the row with the most holds for larger households too.
    pub members: u8,
    /// What they are due.
    pub amount: Cents,
}

/// One voucher round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Campaign {
    /// Its identifier.
    pub id: CampaignId,
    /// Name, unique: `Buoni spesa 2021`.
    pub name: String,
    /// First day of delivery.
    pub from: NaiveDate,
    /// Last day of delivery.
    pub to: NaiveDate,
    /// Value of one voucher.
    pub denomination: Cents,
    /// Amounts by members, for residents.
    pub amounts: Vec<AmountRow>,
    /// Amounts by members, for people who are not resident.
    pub non_resident_amounts: Vec<AmountRow>,
    /// Added for each minor.
    pub per_minor: Cents,
    /// Added for each member with a disability.
    pub per_disabled: Cents,
    /// No household is due more than this.
    pub maximum: Cents,
    /// A household may be served without an appointment (shown apart in the indicator).
    pub walk_in: bool,
}

/// What of a household its amount depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HouseholdFacts {
    /// Members, at least one.
    pub members: u8,
    /// Members under age.
    pub minors: u8,
    /// Members with a disability.
    pub disabled: u8,
    /// Resident in the Comune.
    pub resident: bool,
}

impl Campaign {
    /// What the campaign's table says a household is due, rounded down to whole vouchers; none where the table is empty.
    pub fn amount_for(&self, facts: HouseholdFacts) -> Option<Cents> {
        let table = if facts.resident {
            &self.amounts
        } else {
            &self.non_resident_amounts
        };
        let largest = table.iter().max_by_key(|row| row.members)?;
        let base = table
            .iter()
            .filter(|row| row.members >= facts.members.max(1))
            .min_by_key(|row| row.members)
            .unwrap_or(largest);
        let extra = Cents(
            self.per_minor.0 * i64::from(facts.minors) + self.per_disabled.0 * i64::from(facts.disabled),
        );
        let sum = (base.amount + extra).min(self.maximum);
        Some(Cents(sum.0 - sum.0.rem_euclid(self.denomination.0.max(1))))
    }

    /// How many vouchers make an amount; none when they cannot make it exactly.
    pub fn vouchers_for(&self, amount: Cents) -> Option<u64> {
        let unit = self.denomination.0;
        (unit > 0 && amount.0 >= 0 && amount.0 % unit == 0).then(|| (amount.0 / unit).unsigned_abs())
    }
}

/// Written when a campaign is defined or changes; the last one holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignDefined {
    /// All of its facts.
    pub campaign: Campaign,
}

impl crate::state::Fold for Campaign {
    fn fold(state: Option<Self>, _: &EventMeta, event: &Event) -> Option<Self> {
        match event {
            Event::CampaignDefined(body) => Some(body.campaign.clone()),
            _ => state,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn campaign() -> Campaign {
        let row = |members, euros: i64| AmountRow {
            members,
            amount: Cents(euros * 100),
        };
        Campaign {
            id: CampaignId(uuid::Uuid::from_u128(77)),
            name: "Buoni spesa 2021".into(),
            from: NaiveDate::from_ymd_opt(2021, 1, 2).unwrap(),
            to: NaiveDate::from_ymd_opt(2021, 4, 30).unwrap(),
            denomination: Cents(1000),
            amounts: vec![row(1, 150), row(2, 250), row(3, 350), row(5, 400)],
            non_resident_amounts: vec![row(1, 80), row(2, 150)],
            per_minor: Cents(5000),
            per_disabled: Cents(5000),
            maximum: Cents(50_000),
            walk_in: true,
        }
    }

    #[test]
    fn amounts_follow_members_supplements_and_the_ceiling() {
        let campaign = campaign();
        let facts = |members, minors, disabled, resident| HouseholdFacts {
            members,
            minors,
            disabled,
            resident,
        };
        assert_eq!(campaign.amount_for(facts(1, 0, 0, true)), Some(Cents(15_000)));
        assert_eq!(
            campaign.amount_for(facts(4, 0, 0, true)),
            Some(Cents(40_000)),
            "the next row holds for four"
        );
        assert_eq!(
            campaign.amount_for(facts(9, 0, 0, true)),
            Some(Cents(40_000)),
            "the last row holds for more"
        );
        assert_eq!(campaign.amount_for(facts(3, 1, 1, true)), Some(Cents(45_000)));
        assert_eq!(
            campaign.amount_for(facts(5, 4, 0, true)),
            Some(Cents(50_000)),
            "the ceiling"
        );
        assert_eq!(campaign.amount_for(facts(1, 0, 0, false)), Some(Cents(8_000)));
        assert_eq!(
            Campaign {
                amounts: vec![],
                ..campaign
            }
            .amount_for(facts(1, 0, 0, true)),
            None
        );
    }

    #[test]
    fn amounts_are_whole_vouchers() {
        let campaign = Campaign {
            per_minor: Cents(2_550),
            ..campaign()
        };
        let facts = HouseholdFacts {
            members: 1,
            minors: 1,
            disabled: 0,
            resident: true,
        };
        assert_eq!(campaign.amount_for(facts), Some(Cents(17_000)));
        assert_eq!(campaign.vouchers_for(Cents(17_000)), Some(17));
        assert_eq!(campaign.vouchers_for(Cents(17_050)), None);
    }
}
