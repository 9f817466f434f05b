// SPDX-License-Identifier: EUPL-1.2
//! Appointments: booked, and gone through step by step.

use super::{Chosen, Hand, ask};
use crate::facts::SERVICE;
use crate::sim::plan::Deed;
use crate::sim::report::Violation;
use chrono::NaiveDateTime;
use sportello_desk::view::AppointmentRow;
use sportello_desk::{Command, Query, View};
use sportello_domain::appointment;
use sportello_domain::ids::SiteId;

impl Hand<'_> {
    pub(super) fn slot(&mut self, site: SiteId) -> Result<Option<NaiveDateTime>, Violation> {
        let slots = ask!(
            self,
            FreeSlots,
            Query::FreeSlots {
                service: SERVICE,
                site,
                from: None,
                limit: Some(8)
            }
        );
        Ok(self.dice.pick(&slots.slots).map(|slot| slot.start))
    }

    pub(super) fn book(&mut self, deed: Deed) -> Chosen {
        let Some((reference, me)) = self.me()? else {
            return Ok(None);
        };
        let site = if deed == Deed::BookElsewhere {
            let Some(site) = self.dice.pick(&reference.sites) else {
                return Ok(None);
            };
            site.id
        } else {
            me.site
        };
        let Some(start) = self.slot(site)? else {
            return Ok(None);
        };
        let overbook = self.dice.chance(300).then(|| "Urgenza".to_owned());
        if deed == Deed::Move {
            let Some(board) = self.board()? else {
                return Ok(None);
            };
            let rows: Vec<AppointmentRow> = [board.due, board.late, board.missed].concat();
            return Ok(self.dice.pick(&rows).map(|row| Command::MoveAppointment {
                appointment: row.id,
                site,
                start,
                overbook,
            }));
        }
        let (household, person) = if deed == Deed::BookPerson {
            let person = appointment::Person {
                name: "Persona Qualunque".into(),
                phone: "399 111 2222".into(),
            };
            (None, Some(person))
        } else {
            let Some(household) = self.somebody()? else {
                return Ok(None);
            };
            (Some(household), None)
        };
        Ok(Some(Command::BookAppointment {
            household,
            person,
            service: SERVICE,
            site,
            start,
            overbook,
        }))
    }

    pub(super) fn step(&mut self, deed: Deed) -> Chosen {
        let Some(board) = self.board()? else {
            return Ok(None);
        };
        let (serving, waiting, parked) = (board.serving, board.waiting, board.parked);
        let (due, late, missed) = (board.due, board.late, board.missed);
        let mut rows = match deed {
            Deed::Cancel => [due, late].concat(),
            Deed::Present => [due, late, parked, missed].concat(),
            Deed::Call if !waiting.is_empty() => waiting,
            Deed::Call => [due, parked].concat(),
            Deed::Park => [serving, waiting].concat(),
            Deed::Miss => late,
            Deed::Undo => [serving, waiting, parked, missed].concat(),
            _ => [serving, waiting, parked].concat(),
        };
        if deed == Deed::ClosePerson {
            rows.retain(|row| row.person.is_some());
        }
        let Some(row) = self.dice.pick(&rows).cloned() else {
            return Ok(None);
        };
        let appointment = row.id;
        let reason = "Torna più tardi".to_owned();
        Ok(Some(match deed {
            Deed::Cancel => Command::CancelAppointment { appointment, reason },
            Deed::Present => Command::PresentAppointment { appointment },
            Deed::Call => Command::CallAppointment { appointment },
            Deed::Park => Command::ParkAppointment { appointment, reason },
            Deed::Miss => Command::MissAppointment { appointment },
            Deed::Undo => Command::UndoAppointment { appointment },
            _ => Command::CloseAppointment {
                appointment,
                outcome: appointment::Outcome::Served,
            },
        }))
    }
}
