// SPDX-License-Identifier: EUPL-1.2
//! Notes who opens which household, and how they came to it. It costs a look nothing that anybody could notice: looks are
//! gathered in memory and written together, in nobody's name, before an exchange, at the lock of the screen, and when there are many.

use crate::desk::Desk;
use crate::error::DeskError;
use crate::session::Session;
use crate::view::{SearchView, Understood};
use sportello_domain::appointment::AppointmentStatus;
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{CommandId, HouseholdId, LooksId, OperatorId};
use sportello_domain::look::{Look, LooksNoted, Opened};
use sportello_domain::meta::Topic;
use sportello_domain::time::Timestamp;
use sportello_store::{Author, Reads};
use std::collections::{HashMap, HashSet};
use std::sync::PoisonError;

/// What is shown is asked for again whenever something changes: within so many milliseconds that is the same look.
const SAME_LOOK: i64 = 15 * 60_000;
/// What a search found explains a look for so many milliseconds.
const EXPLAINS: i64 = 10 * 60_000;
/// So many looks are not kept waiting for an exchange.
const MANY: usize = 64;
/// Looks that could not be written, because the desk may not write now.
const WAITING: &str = "looks_waiting";
/// So many of these are kept, the latest.
const WAITING_KEPT: usize = 20_000;

/// What is noted and not yet written.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    pending: Vec<Look>,
    last: HashMap<(OperatorId, HouseholdId), i64>,
    found: HashMap<OperatorId, Found>,
}

/// What somebody's last search found.
#[derive(Debug)]
struct Found {
    at: i64,
    how: Opened,
    households: HashSet<HouseholdId>,
}

impl Desk {
    fn watch_looks<T>(&self, with: impl FnOnce(&mut Watch) -> T) -> T {
        with(&mut self.looks.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Remembers what a search found, for the look that may follow.
    pub(crate) fn searched(&self, session: &Session, view: &SearchView) {
        let how = match view.understood {
            Understood::Text => Opened::Search,
            Understood::TaxCode | Understood::Serial | Understood::Slip => Opened::Scan,
        };
        let found = Found {
            at: self.now().0,
            how,
            households: view.hits.iter().filter_map(|hit| hit.household).collect(),
        };
        self.watch_looks(|watch| watch.found.insert(session.operator(), found));
    }

    /// Notes that somebody opened a household.
    pub(crate) fn looked(&self, reads: &Reads<'_>, session: &Session, household: HouseholdId) {
        let (operator, now) = (session.operator(), self.now());
        let explained = self.watch_looks(|watch| {
            let again = watch
                .last
                .get(&(operator, household))
                .is_some_and(|at| (0..SAME_LOOK).contains(&(now.0 - at)));
            if again {
                return Err(());
            }
            watch.last.retain(|_, at| (0..SAME_LOOK).contains(&(now.0 - *at)));
            watch.last.insert((operator, household), now.0);
            Ok(watch
                .found
                .get(&operator)
                .filter(|found| {
                    (0..EXPLAINS).contains(&(now.0 - found.at)) && found.households.contains(&household)
                })
                .map(|found| found.how))
        });
        let Ok(explained) = explained else { return };
        let how = explained.unwrap_or_else(|| {
            if is_waiting(reads, household, now) {
                Opened::Queue
            } else {
                Opened::Other
            }
        });
        self.note(Look {
            household: Some(household),
            operator,
            at: now,
            how,
        });
    }

    /// Notes that somebody took a table or report with many households out.
    pub(crate) fn took_out(&self, session: &Session) {
        self.note(Look {
            household: None,
            operator: session.operator(),
            at: self.now(),
            how: Opened::Export,
        });
    }

    fn note(&self, look: Look) {
        self.watch_looks(|watch| watch.pending.push(look));
    }

    /// Writes what was noted, when it is much already.
    pub(crate) fn write_many_looks(&self) {
        if self.watch_looks(|watch| watch.pending.len() >= MANY)
            && let Err(error) = self.write_looks()
        {
            tracing::warn!(code = error.code(), "looks could not be written and wait");
        }
    }

    /// Writes what was noted. A desk that may not write keeps it until it may.
    pub fn write_looks(&self) -> Result<(), DeskError> {
        let looks = self.watch_looks(|watch| std::mem::take(&mut watch.pending));
        if looks.is_empty() {
            return Ok(());
        }
        let may_write = self.may_write().is_ok();
        let written = self.store().write(|tx| {
            let mut all: Vec<Look> = tx.get_meta(WAITING)?.unwrap_or_default();
            all.extend(looks.iter().cloned());
            if !may_write {
                let surplus = all.len().saturating_sub(WAITING_KEPT);
                all.drain(..surplus);
                tx.set_meta(WAITING, &all)?;
                return Ok(());
            }
            let author = Author {
                actor: OperatorId::default(),
                command: self.ports().id::<CommandId>(),
                now: self.now(),
            };
            let events: Vec<NewEvent> = all
                .chunks(1000)
                .map(|looks| {
                    let id: LooksId = self.ports().id();
                    NewEvent::new(
                        Topic::Supervisors,
                        id,
                        LooksNoted {
                            looks: looks.to_vec(),
                        },
                    )
                })
                .collect();
            tx.append(&author, &events, &mut || self.ports().bytes())?;
            tx.delete_meta(WAITING)?;
            Ok::<_, DeskError>(())
        });
        if written.is_err() {
            // They wait for the next time, before those that were noted meanwhile.
            self.watch_looks(|watch| {
                let since = std::mem::replace(&mut watch.pending, looks);
                watch.pending.extend(since);
            });
        }
        written
    }
}

/// Whether a household stands at the counter, or waits to be called.
fn is_waiting(reads: &Reads<'_>, household: HouseholdId, now: Timestamp) -> bool {
    let today = now.day();
    // Where it cannot be said, it is another way.
    reads.appointments_of(household).is_ok_and(|appointments| {
        appointments.iter().any(|appointment| {
            appointment.start.date() == today
                && matches!(
                    appointment.status,
                    AppointmentStatus::Presented | AppointmentStatus::Called | AppointmentStatus::Parked
                )
        })
    })
}
