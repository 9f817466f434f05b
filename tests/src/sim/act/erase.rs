// SPDX-License-Identifier: EUPL-1.2
//! Orders of erasure: of a household with which nothing is going on any more, and of a whole campaign or all looks, which the rules
//! are against while the campaign goes on and the looks are young (unless the desk's clock says otherwise).

use super::{Chosen, Hand};
use crate::facts::CAMPAIGN;
use crate::sim::plan::Deed;
use crate::sim::report::Violation;
use chrono::NaiveDate;
use sportello_desk::{Command, Query, View};
use sportello_domain::erasure::{ErasureScope, Ground};
use sportello_domain::household::HouseholdData;
use sportello_domain::identifier::PersonIdentifier;

/// Households that are looked at until one is found that may be erased.
const LOOKS: usize = 14;

impl Hand<'_> {
    pub(super) fn erase_household(&mut self) -> Chosen {
        for _ in 0..LOOKS {
            let Some(household) = self.somebody()? else {
                continue;
            };
            let scope = ErasureScope::Household { household };
            let Some(digest) = self.digest(scope)? else {
                continue;
            };
            let Some(view) = self.household(household)? else {
                continue;
            };
            let words = words(&view.household.data);
            self.town.to_forget.insert(household, words);
            return Ok(Some(self.order(scope, digest)));
        }
        Ok(None)
    }

    /// Asked for whether or not the preview says that it can be done.
    pub(super) fn erase_at_large(&mut self, deed: Deed) -> Result<Command, Violation> {
        let scope = match deed {
            Deed::EraseCampaign => ErasureScope::Campaign { campaign: CAMPAIGN },
            _ => ErasureScope::Looks {
                before: NaiveDate::from_ymd_opt(2021, 4, 1).unwrap(),
            },
        };
        let digest = self.digest(scope)?.unwrap_or_default();
        Ok(self.order(scope, digest))
    }

    /// What a preview shows, as one value; none where a rule is against the order.
    fn digest(&self, scope: ErasureScope) -> Result<Option<String>, Violation> {
        match self.ask(&Query::ErasurePreview { scope })? {
            Some(View::ErasurePreview(view)) => Ok(Some(view.digest)),
            Some(other) => Err(Violation::new(
                "a question gets its own answer",
                format!("{other:?}"),
            )),
            None => Ok(None),
        }
    }

    fn order(&mut self, scope: ErasureScope, digest: String) -> Command {
        let grounds = [
            Ground::Request,
            Ground::RetentionEnded,
            Ground::Authority,
            Ground::Unlawful,
        ];
        Command::OrderErasure {
            scope,
            ground: grounds[self.dice.below(grounds.len())],
            reason: "prot. 1234/2021".into(),
            digest,
        }
    }
}

/// Words by which a household is known and no other: tax codes, and the surname where the town made it for this one alone.
fn words(data: &HouseholdData) -> Vec<String> {
    let mut words: Vec<String> = data
        .members
        .iter()
        .filter_map(|member| match &member.identifier {
            PersonIdentifier::TaxCode(code) => Some(code.as_str().to_owned()),
            PersonIdentifier::Stp(code) => Some(code.as_str().to_owned()),
            PersonIdentifier::Eni(code) => Some(code.as_str().to_owned()),
            PersonIdentifier::None => None,
        })
        .collect();
    if data.list_ref.is_empty() {
        words.extend(data.members.iter().map(|member| member.surname.clone()));
    }
    words
}
