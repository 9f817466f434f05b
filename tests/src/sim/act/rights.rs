// SPDX-License-Identifier: EUPL-1.2
//! Households and their rights: corrected, moved, set, decided, taken in with lists.

use super::{Chosen, Hand, ask};
use crate::counter::by_hand;
use crate::facts::{CAMPAIGN, apply};
use crate::sim::plan::Deed;
use serde_json::json;
use sportello_desk::view::DeskRow;
use sportello_desk::{Command, Query, View};
use sportello_domain::command::FileInput;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::meta::Topic;
use sportello_domain::money::Cents;

impl Hand<'_> {
    pub(super) fn household_deed(&mut self, deed: Deed) -> Chosen {
        let Some(household) = self.somebody()? else {
            return Ok(None);
        };
        if deed == Deed::Note {
            let text = format!("Nota {}", self.dice.below(10_000));
            return Ok(Some(Command::AddNote { household, text }));
        }
        let Some(view) = self.household(household)? else {
            return Ok(None);
        };
        let mut data = view.household.data;
        match self.dice.below(4) {
            0 => data.quartiere = data.quartiere % 5 + 1,
            1 => data.minors = data.size.min(data.minors + 1),
            2 => data.address.number = self.dice.below(200).to_string(),
            _ => data.phone = format!("399 777 {:04}", self.dice.below(10_000)),
        }
        Ok(Some(Command::CorrectHousehold { household, data }))
    }

    pub(super) fn custody(&mut self, deed: Deed) -> Chosen {
        let here = deed == Deed::GiveCustody;
        let counter =
            self.counter_where(|counter| deed == Deed::MoveCustody || counter.entitlement.here == here)?;
        let (Some(counter), Some(reference)) = (counter, self.reference()?) else {
            return Ok(None);
        };
        let entitlement = counter.entitlement.entitlement.id;
        let reason = "La persona è qui".to_owned();
        if deed == Deed::AskCustody {
            let to = None;
            return Ok(Some(Command::RequestCustody {
                entitlement,
                to,
                reason,
            }));
        }
        // Now and then to one that cannot see the household.
        let wrong = self.dice.chance(80);
        let lives = Topic::Quartiere(counter.household.data.quartiere);
        let others: Vec<DeskRow> = reference
            .desks
            .into_iter()
            .filter(|desk| !desk.this && !desk.supervises && (wrong || desk.reads.contains(&lives)))
            .collect();
        let Some(to) = self.dice.pick(&others).map(|desk| desk.id) else {
            return Ok(None);
        };
        Ok(Some(if here {
            Command::ReleaseCustody { entitlement, to }
        } else {
            let to = Some(to);
            Command::RequestCustody {
                entitlement,
                to,
                reason,
            }
        }))
    }

    pub(super) fn draft(&mut self, deed: Deed) -> Chosen {
        if deed == Deed::DropDraft {
            let Some(board) = self.board()? else {
                return Ok(None);
            };
            return Ok(self.dice.pick(&board.drafts).map(|row| Command::KeepDraft {
                entitlement: row.entitlement,
                draft: None,
            }));
        }
        let counter = self.at_the_counter()?;
        Ok(counter.map(|counter| Command::KeepDraft {
            entitlement: counter.entitlement.entitlement.id,
            draft: Some(json!({ "step": 2 })),
        }))
    }

    pub(super) fn import(&mut self, deed: Deed) -> Chosen {
        let list: Option<FileInput> = match deed {
            Deed::Import => Some(self.town.next_list()),
            Deed::ImportAgain => self.town.last_list(),
            _ if self.dice.chance(500) => Some(self.town.late_list(&mut self.dice)),
            _ => self.town.older_list(&mut self.dice),
        };
        let Some(file) = list else { return Ok(None) };
        let preview = ask!(
            self,
            ImportPreview,
            Query::ImportPreview {
                campaign: CAMPAIGN,
                file: file.clone(),
                issued: None
            }
        );
        Ok(preview.issued.is_some().then(|| apply(&file, &preview)))
    }

    pub(super) fn add_household(&mut self) -> Command {
        let quartiere = u8::try_from(self.dice.between(1, 5)).unwrap_or(1);
        by_hand(&self.town.new_surname(), quartiere)
    }

    pub(super) fn revise(&mut self, deed: Deed) -> Chosen {
        let counter = self.counter_where(|counter| {
            let status = counter.entitlement.status;
            match deed {
                Deed::GrantAgain => status == EntitlementStatus::Revoked,
                Deed::Lower => counter.entitlement.delivered.0 > 1000,
                _ => true,
            }
        })?;
        let Some(counter) = counter else { return Ok(None) };
        let entitlement = counter.entitlement.entitlement.id;
        let reason = "Relazione dei Servizi Sociali".to_owned();
        if deed == Deed::Revoke {
            return Ok(Some(Command::RevokeEntitlement { entitlement, reason }));
        }
        let vouchers = if deed == Deed::Lower {
            let delivered = usize::try_from(counter.entitlement.delivered.0 / 1000).unwrap_or(1);
            self.dice.between(1, delivered)
        } else {
            self.dice.between(8, 50)
        };
        let amount = Cents(1000 * i64::try_from(vouchers).unwrap_or(1));
        Ok(Some(Command::ReviseEntitlement {
            entitlement,
            amount,
            reason,
        }))
    }
}
