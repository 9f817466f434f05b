// SPDX-License-Identifier: EUPL-1.2
//! The queue and the hours: who comes without an appointment, who is called, sent on, let go first; and appointments by the dozen.

use super::{Chosen, Hand, ask};
use crate::facts::{INFORMATION, SERVICE};
use crate::sim::plan::Deed;
use crate::sim::report::Violation;
use chrono::{Datelike as _, Duration, NaiveDate, NaiveTime, Weekday};
use sportello_desk::view::{AppointmentRow, HoursView};
use sportello_desk::{Command, Query, View};
use sportello_domain::agenda::{Closure, ExtraOpening, SiteHours, Span, WeekHours};
use sportello_domain::appointment::{AppointmentStatus, Person};
use sportello_domain::command::AppointmentMove;
use sportello_domain::ids::{DeskId, ServiceId, SiteId};
use sportello_domain::queue::Priority;

/// Closures and extra openings that a site has at most: old ones go.
const MOST_SPECIAL_DAYS: usize = 4;
/// So many appointments are moved at once at most.
const MOST_MOVES: usize = 4;

const PRIORITIES: [Priority; 6] = [
    Priority::Pregnancy,
    Priority::Disability,
    Priority::Age,
    Priority::Children,
    Priority::Urgency,
    Priority::Other,
];

/// The next working day after one.
pub(super) fn next_working_day(day: NaiveDate) -> NaiveDate {
    let next = day + Duration::days(1);
    if next.weekday() == Weekday::Sun {
        next + Duration::days(1)
    } else {
        next
    }
}

impl Hand<'_> {
    fn either_service(&mut self, information: u32) -> ServiceId {
        if self.dice.chance(information) {
            INFORMATION
        } else {
            SERVICE
        }
    }

    fn priority(&mut self) -> Priority {
        PRIORITIES[self.dice.below(PRIORITIES.len())]
    }

    pub(super) fn walk_in(&mut self, deed: Deed) -> Chosen {
        let priority = self.dice.chance(200).then(|| self.priority());
        let (household, person, service) = if deed == Deed::WalkIn {
            let service = self.either_service(250);
            let Some(household) = self.somebody()? else {
                return Ok(None);
            };
            (Some(household), None, service)
        } else {
            let number = self.dice.below(1000);
            let person = Person {
                name: format!("Persona di Passaggio {number}"),
                phone: String::new(),
            };
            (None, Some(person), self.either_service(800))
        };
        Ok(Some(Command::WalkIn {
            household,
            person,
            service,
            priority,
            reason: "Deve prendere il treno".into(),
        }))
    }

    pub(super) fn call_next(&mut self) -> Command {
        let service = self.dice.chance(200).then(|| self.either_service(300));
        Command::CallNext { service }
    }

    /// Something done to somebody who is there, or was.
    pub(super) fn queue(&mut self, deed: Deed) -> Chosen {
        let Some(board) = self.board()? else {
            return Ok(None);
        };
        let me = self.station.id;
        let mine = |row: &AppointmentRow| row.desk.as_ref().is_some_and(|desk| desk.id == me);
        let (mut serving, waiting, parked) = (board.serving, board.waiting, board.parked);
        let rows = match deed {
            Deed::NotThere => {
                // Seldom of somebody who is at another desk's counter.
                let wrong = self.dice.chance(100);
                serving.retain(|row| wrong || mine(row));
                serving
            }
            Deed::ComeBack => {
                let mut gone = board.missed;
                gone.retain(|row| row.ticket.is_some());
                gone
            }
            Deed::AddService => [serving, waiting, parked, board.done].concat(),
            Deed::Prioritise => [waiting, parked, board.due].concat(),
            _ => [waiting, serving, parked].concat(),
        };
        let Some(row) = self.dice.pick(&rows).cloned() else {
            return Ok(None);
        };
        let appointment = row.id;
        let reason = "Serve un altro ufficio".to_owned();
        Ok(Some(match deed {
            Deed::NotThere => Command::NotThere { appointment },
            Deed::ComeBack => Command::PresentAppointment { appointment },
            Deed::AddService => {
                let service = self.either_service(800);
                Command::AddService { appointment, service }
            }
            Deed::Prioritise => {
                let priority = self.dice.chance(750).then(|| self.priority());
                Command::PrioritiseAppointment {
                    appointment,
                    priority,
                    reason,
                }
            }
            Deed::TransferService => {
                let service = if row.service == SERVICE {
                    INFORMATION
                } else {
                    SERVICE
                };
                Command::TransferAppointment {
                    appointment,
                    desk: None,
                    service: Some(service),
                    reason,
                }
            }
            _ => {
                let desk = self.colleague()?;
                Command::TransferAppointment {
                    appointment,
                    desk,
                    service: None,
                    reason,
                }
            }
        }))
    }

    /// Another desk of this site; now and then none, or one of another site.
    fn colleague(&mut self) -> Result<Option<DeskId>, Violation> {
        let Some((reference, me)) = self.me()? else {
            return Ok(None);
        };
        let anywhere = self.dice.chance(80);
        let others: Vec<DeskId> = reference
            .desks
            .iter()
            .filter(|desk| anywhere || desk.site == me.site)
            .map(|desk| desk.id)
            .collect();
        Ok(self
            .dice
            .pick(&others)
            .copied()
            .filter(|_| !self.dice.chance(150)))
    }

    /// Several appointments of today are put off at once.
    pub(super) fn move_several(&mut self) -> Chosen {
        let Some(board) = self.board()? else {
            return Ok(None);
        };
        let mut rows = [board.due, board.late, board.missed].concat();
        let count = self.dice.between(2, MOST_MOVES);
        let mut moves = Vec::new();
        while moves.len() < count && !rows.is_empty() {
            let row = rows.remove(self.dice.below(rows.len()));
            if let Some(start) = self.slot(row.site)? {
                moves.push(AppointmentMove {
                    appointment: row.id,
                    site: row.site,
                    start,
                });
            }
        }
        let overbook = self.dice.chance(300).then(|| "Sciopero dei mezzi".to_owned());
        Ok((!moves.is_empty()).then_some(Command::MoveAppointments { moves, overbook }))
    }

    fn hours_of(&self, site: SiteId) -> Result<Option<HoursView>, Violation> {
        let query = Query::Hours {
            site: Some(site),
            year: None,
        };
        Ok(Some(ask!(self, Hours, query)))
    }

    /// A site and a day soon: mostly one for which somebody is booked, so that a change touches somebody.
    fn somewhere_soon(&mut self) -> Result<Option<(SiteId, NaiveDate)>, Violation> {
        let (Some(reference), Some(board)) = (self.reference()?, self.board()?) else {
            return Ok(None);
        };
        let mut booked = Vec::new();
        for site in &reference.sites {
            let query = Query::Agenda {
                site: Some(site.id),
                service: None,
                from: board.day,
                days: 4,
            };
            for day in ask!(self, Agenda, query).days {
                let waits = |row: &AppointmentRow| row.status == AppointmentStatus::Booked;
                if day.slots.iter().any(|slot| slot.appointments.iter().any(waits)) {
                    booked.push((site.id, day.day));
                }
            }
        }
        if self.dice.chance(800) && !booked.is_empty() {
            return Ok(self.dice.pick(&booked).copied());
        }
        let later = i64::try_from(self.dice.below(4)).unwrap_or(1);
        let site = self.dice.pick(&reference.sites).map(|site| site.id);
        Ok(site.map(|site| (site, board.day + Duration::days(later))))
    }

    /// A site's hours change: a day off, a morning off, an afternoon more, fewer people.
    pub(super) fn define_hours(&mut self) -> Chosen {
        let Some((site, day)) = self.somewhere_soon()? else {
            return Ok(None);
        };
        let Some(known) = self.hours_of(site)? else {
            return Ok(None);
        };
        let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        let mut hours = known.hours.unwrap_or_else(|| ordinary(site, 4));
        match self.dice.below(4) {
            0 => hours.closures.push(Closure {
                from: day,
                to: day,
                from_time: None,
                to_time: None,
                reason: "Santo patrono della frazione".into(),
            }),
            1 => hours.closures.push(Closure {
                from: day,
                to: day,
                from_time: Some(time(11, 0)),
                to_time: None,
                reason: "Assemblea del personale".into(),
            }),
            2 => hours.extra.push(ExtraOpening {
                day,
                from: time(15, 0),
                to: time(17, 30),
                staff: 2,
                reason: "Apertura straordinaria".into(),
            }),
            _ => {
                let staff = u16::try_from(self.dice.between(1, 5)).unwrap_or(1);
                hours.weeks = ordinary(site, staff).weeks;
            }
        }
        let beyond = hours.closures.len().saturating_sub(MOST_SPECIAL_DAYS);
        hours.closures.drain(..beyond);
        let beyond = hours.extra.len().saturating_sub(MOST_SPECIAL_DAYS);
        hours.extra.drain(..beyond);
        Ok(Some(Command::DefineHours { hours }))
    }

    /// What a change of hours touched is moved to where it is offered room.
    pub(super) fn move_touched(&mut self) -> Chosen {
        let Some(reference) = self.reference()? else {
            return Ok(None);
        };
        let from = self.dice.below(reference.sites.len());
        let mut sites = reference.sites;
        sites.rotate_left(from);
        for site in sites {
            let Some(hours) = self.hours_of(site.id)?.and_then(|view| view.hours) else {
                continue;
            };
            let view = ask!(self, HoursImpact, Query::HoursImpact { hours });
            let moves: Vec<AppointmentMove> = view
                .touched
                .iter()
                .filter_map(|row| {
                    Some(AppointmentMove {
                        appointment: row.appointment.id,
                        site: row.appointment.site,
                        start: row.offer?,
                    })
                })
                .collect();
            if !moves.is_empty() {
                let overbook = None;
                return Ok(Some(Command::MoveAppointments { moves, overbook }));
            }
        }
        Ok(None)
    }

    /// A series of appointments from a file, as it was looked at; or one that was taken in before, here or at another desk.
    pub(super) fn import_series(&mut self, deed: Deed) -> Chosen {
        let Some((reference, me)) = self.me()? else {
            return Ok(None);
        };
        let file = if deed == Deed::ImportSeries {
            let Some(board) = self.board()? else {
                return Ok(None);
            };
            let code = reference.sites.iter().find(|site| site.id == me.site);
            let code = code.map(|site| site.code.clone()).unwrap_or_default();
            let day = next_working_day(board.day);
            Some(self.town.next_series(&code, day, &mut self.dice))
        } else {
            self.town.older_series(&mut self.dice)
        };
        let Some(file) = file else { return Ok(None) };
        let (service, site) = (SERVICE, me.site);
        let preview = ask!(
            self,
            SeriesPreview,
            Query::SeriesPreview {
                file: file.clone(),
                service,
                site
            }
        );
        Ok(Some(Command::ImportAppointments {
            file,
            service,
            site,
            digest: preview.digest,
        }))
    }
}

/// From Monday to Saturday, 8:30 to 13:30, with so many people.
fn ordinary(site: SiteId, staff: u16) -> SiteHours {
    let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    let spans = (1..=6).map(|weekday| Span {
        weekday,
        from: time(8, 30),
        to: time(13, 30),
        staff,
    });
    SiteHours {
        site,
        weeks: vec![WeekHours {
            valid_from: None,
            valid_to: None,
            spans: spans.collect(),
        }],
        closures: Vec::new(),
        extra: Vec::new(),
        open_on_holidays: false,
    }
}
