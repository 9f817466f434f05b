// SPDX-License-Identifier: EUPL-1.2
//! Booklets: come, gone, sent away.

use super::{Chosen, Hand};
use crate::facts::CAMPAIGN;
use crate::sim::plan::Deed;
use crate::sim::report::Violation;
use sportello_desk::Command;
use sportello_domain::serial::Run;
use sportello_domain::stock::RemovalReason;

impl Hand<'_> {
    pub(super) fn part_of_holdings(&mut self) -> Result<Option<Run>, Violation> {
        let Some(stock) = self.holdings()? else {
            return Ok(None);
        };
        let Some(run) = self.dice.pick(&stock.held).cloned() else {
            return Ok(None);
        };
        let count = self
            .dice
            .between(1, usize::try_from(run.count().min(30)).unwrap_or(1)) as u64;
        Ok(Some(Run {
            first: run.last + 1 - count,
            ..run
        }))
    }

    pub(super) fn stock(&mut self, deed: Deed) -> Chosen {
        let campaign = CAMPAIGN;
        let receive = |run, note: &str| {
            Some(Command::ReceiveStock {
                campaign,
                runs: vec![run],
                note: note.into(),
                delivery_note: None,
            })
        };
        let remove = |run, reason| {
            Some(Command::RemoveStock {
                campaign,
                runs: vec![run],
                reason,
                note: "Contati due volte".into(),
            })
        };
        Ok(match deed {
            Deed::ReceiveStock => {
                let late = self.town.not_entered.iter().position(|(at, _)| *at == self.at);
                if let Some(late) = late {
                    let (_, run) = self.town.not_entered.remove(late);
                    return Ok(receive(run, "Inseriti dopo"));
                }
                let vouchers = self.dice.between(40, 250) as u64;
                receive(self.town.booklets(vouchers), "Bolla 12")
            }
            Deed::ReceiveTransferred => {
                if self.town.transit.is_empty() {
                    return Ok(None);
                }
                let at = self.dice.below(self.town.transit.len());
                receive(self.town.transit[at].clone(), "Da un'altra sede")
            }
            Deed::ReceiveWhatOthersHave => match self.dice.pick(&self.town.supplied).cloned() {
                Some(run) => receive(run, "Bolla letta male"),
                None => None,
            },
            Deed::SendAway => self
                .part_of_holdings()?
                .and_then(|run| remove(run, RemovalReason::Returned)),
            _ => {
                let reasons = [
                    RemovalReason::Damaged,
                    RemovalReason::Lost,
                    RemovalReason::Miscounted,
                ];
                let reason = reasons[self.dice.below(reasons.len())];
                self.part_of_holdings()?.and_then(|run| remove(run, reason))
            }
        })
    }
}
