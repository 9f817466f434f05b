// SPDX-License-Identifier: EUPL-1.2
//! Booklets from desk to desk, set aside, destroyed.

use super::{Chosen, Hand, ask};
use crate::facts::CAMPAIGN;
use crate::sim::plan::Deed;
use crate::sim::report::Violation;
use sportello_desk::{Command, Query, View};
use sportello_domain::ids::DeskId;
use sportello_domain::serial::Run;
use sportello_domain::stock::{Minutes, ShipmentOutcome};

impl Hand<'_> {
    pub(super) fn shipment(&mut self, deed: Deed) -> Chosen {
        match deed {
            Deed::Ship => self.ship(),
            Deed::TakeShipment => self.take_shipment(),
            Deed::TakeShipmentByPaper => Ok(self.take_by_paper()),
            Deed::SettleShipment => self.settle_shipment(),
            Deed::SetAside => {
                let purpose = (self.dice.below(3) > 0).then(|| "Consegne a domicilio".to_owned());
                Ok(self.part_of_holdings()?.map(|run| Command::ReserveStock {
                    campaign: CAMPAIGN,
                    runs: vec![run],
                    purpose,
                }))
            }
            _ => Ok(self.destroy()),
        }
    }

    /// Some other desk.
    fn other_desk(&mut self) -> Result<Option<DeskId>, Violation> {
        let Some(reference) = self.reference()? else {
            return Ok(None);
        };
        let others: Vec<DeskId> = reference
            .desks
            .iter()
            .filter(|desk| !desk.this && !desk.revoked)
            .map(|desk| desk.id)
            .collect();
        Ok(self.dice.pick(&others).copied())
    }

    fn ship(&mut self) -> Chosen {
        let (Some(to), Some(run)) = (self.other_desk()?, self.part_of_holdings()?) else {
            return Ok(None);
        };
        Ok(Some(Command::ShipStock {
            campaign: CAMPAIGN,
            runs: vec![run],
            to,
            note: "Con l'auto".into(),
        }))
    }

    /// All of it, or only what is there of it.
    fn really_there(&mut self, runs: &[Run]) -> Vec<Run> {
        let mut there = runs.to_vec();
        if self.dice.below(3) == 0
            && let Some(last) = there.last_mut()
            && last.count() > 1
        {
            last.last -= 1;
        }
        there
    }

    fn take_shipment(&mut self) -> Chosen {
        let found = ask!(self, Shipments, Query::Shipments);
        let awaited: Vec<_> = found
            .rows
            .into_iter()
            .filter(|row| row.here && !row.open.is_empty())
            .collect();
        let Some(row) = self.dice.pick(&awaited).cloned() else {
            return Ok(None);
        };
        Ok(Some(Command::AcknowledgeShipment {
            shipment: row.shipment,
            campaign: row.campaign,
            runs: self.really_there(&row.open),
            note: String::new(),
        }))
    }

    /// The paper is there before the record, as a rule at the desk that it names.
    fn take_by_paper(&mut self) -> Option<Command> {
        let own = self.station.id;
        let anywhere = self.dice.below(10) == 0;
        let papers: Vec<_> = self
            .town
            .bollas
            .iter()
            .filter(|(_, to, _)| anywhere || *to == own)
            .cloned()
            .collect();
        let (shipment, _, runs) = self.dice.pick(&papers).cloned()?;
        Some(Command::AcknowledgeShipment {
            shipment,
            campaign: CAMPAIGN,
            runs: self.really_there(&runs),
            note: "Dalla bolla".into(),
        })
    }

    fn settle_shipment(&mut self) -> Chosen {
        let found = ask!(self, Shipments, Query::Shipments);
        let open: Vec<_> = found.rows.into_iter().filter(|row| row.may_take_back).collect();
        let Some(row) = self.dice.pick(&open).cloned() else {
            return Ok(None);
        };
        let outcomes = [
            ShipmentOutcome::TakenBack,
            ShipmentOutcome::Lost,
            ShipmentOutcome::Damaged,
        ];
        let among = if row.may_write_off { outcomes.len() } else { 1 };
        Ok(Some(Command::SettleShipment {
            shipment: row.shipment,
            runs: self.really_there(&row.open),
            outcome: outcomes[self.dice.below(among)],
            note: "Autista sentito".into(),
        }))
    }

    fn destroy(&mut self) -> Option<Command> {
        let (desk, run) = self.dice.pick(&self.town.damaged).cloned()?;
        Some(Command::DestroyStock {
            desk: Some(desk),
            campaign: CAMPAIGN,
            runs: vec![run],
            minutes: Minutes {
                number: "4/2021".into(),
                date: chrono::NaiveDate::from_ymd_opt(2021, 3, 29)?,
                present: "Bianchi, Neri".into(),
            },
        })
    }
}
