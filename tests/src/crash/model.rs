// SPDX-License-Identifier: EUPL-1.2
//! What must be there: the acts that were acknowledged, as a person would remember them.

use crate::counter::{in_person, right};
use crate::facts::{CAMPAIGN, SERVICE};
use chrono::NaiveDateTime;
use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use serde_json::{Value, json};
use sportello_desk::Command;
use sportello_domain::entitlement::RefusalReason;
use sportello_domain::ids::{AppointmentId, CommandId, DeliveryId, HouseholdId, SiteId};
use sportello_domain::serial::Run;

/// Where a household stands, as far as was acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Free,
    Booked(AppointmentId),
    Presented(AppointmentId),
    Called(AppointmentId),
    Served(DeliveryId),
}

/// A household and everything that was acknowledged of it.
#[derive(Debug)]
pub(super) struct Household {
    pub(super) id: HouseholdId,
    pub(super) vouchers: u64,
    pub(super) stage: Stage,
    pub(super) notes: Vec<String>,
    pub(super) deliveries: Vec<(DeliveryId, Run)>,
    pub(super) reversed: Vec<DeliveryId>,
    pub(super) refusals: usize,
    pub(super) booked: Vec<AppointmentId>,
    busy: bool,
}

/// A line that was sent, or is to be sent again under the same identifier.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) id: CommandId,
    pub(super) command: Option<Command>,
    household: Option<usize>,
    next: Option<Stage>,
    run: Option<Run>,
}

impl Line {
    fn new(command: Option<Command>) -> Self {
        Self {
            id: CommandId(uuid::Uuid::now_v7()),
            command,
            household: None,
            next: None,
            run: None,
        }
    }

    pub(super) fn text(&self) -> String {
        match &self.command {
            Some(command) => json!({ "command_id": self.id, "command": command }).to_string(),
            None => json!({ "sync": true }).to_string(),
        }
    }
}

pub(super) struct Model {
    pub(super) households: Vec<Household>,
    pub(super) received: Vec<Run>,
    pub(super) repeated: usize,
    pub(super) acknowledged: usize,
    site: SiteId,
    slots: Vec<NaiveDateTime>,
    next_serial: u64,
    ordinal: usize,
}

impl Model {
    pub(super) fn new(households: Vec<(HouseholdId, u64)>, site: SiteId, slots: Vec<NaiveDateTime>) -> Self {
        let households = households.into_iter().map(|(id, vouchers)| Household {
            id,
            vouchers,
            stage: Stage::Free,
            notes: vec![],
            deliveries: vec![],
            reversed: vec![],
            refusals: 0,
            booked: vec![],
            busy: false,
        });
        Self {
            households: households.collect(),
            received: vec![],
            repeated: 0,
            acknowledged: 0,
            site,
            slots,
            next_serial: 1,
            ordinal: 0,
        }
    }

    fn held(&self) -> u64 {
        self.received
            .last()
            .map_or(0, |run| run.last + 1)
            .saturating_sub(self.next_serial)
    }

    /// The lines to send next: independent of each other, so that they can be sent at once.
    pub(super) fn batch(&mut self, rng: &mut StdRng) -> Vec<Line> {
        if self.held() < 500 {
            let first = self.received.last().map_or(1, |run| run.last + 1);
            let run = Run {
                series: "A".into(),
                first,
                last: first + 999,
                width: 7,
            };
            let note = format!("bolla {first}");
            let receive = Command::ReceiveStock {
                campaign: CAMPAIGN,
                runs: vec![run.clone()],
                note,
                delivery_note: None,
            };
            return vec![Line {
                run: Some(run),
                ..Line::new(Some(receive))
            }];
        }
        if rng.random_ratio(1, 25) {
            return vec![Line::new(None)];
        }
        (0..rng.random_range(1..=6)).map(|_| self.act(rng)).collect()
    }

    fn act(&mut self, rng: &mut StdRng) -> Line {
        let at = loop {
            let at = rng.random_range(0..self.households.len());
            if !self.households[at].busy {
                break at;
            }
        };
        self.ordinal += 1;
        let (id, stage) = (self.households[at].id, self.households[at].stage);
        let (entitlement, ordinal) = (right(id), self.ordinal);
        let choice = rng.random_range(0..10);
        let (command, next, run) = match (stage, choice) {
            (_, 0..=1) => (
                Command::AddNote {
                    household: id,
                    text: format!("nota {ordinal}"),
                },
                stage,
                None,
            ),
            (Stage::Free, 2..=6) => {
                let start = *self.slots.choose(rng).unwrap();
                let overbook = Some(format!("prova {ordinal}"));
                let (household, service, site) = (Some(id), SERVICE, self.site);
                // The appointment gets its name from the answer.
                (
                    Command::BookAppointment {
                        household,
                        person: None,
                        service,
                        site,
                        start,
                        overbook,
                    },
                    stage,
                    None,
                )
            }
            (Stage::Free, 7) => self.refuse(at, None),
            (Stage::Free, _) => self.deliver(at, None),
            (Stage::Booked(appointment), 2..=7) => (
                Command::PresentAppointment { appointment },
                Stage::Presented(appointment),
                None,
            ),
            (Stage::Booked(appointment), _) => (
                Command::CancelAppointment {
                    appointment,
                    reason: format!("disdetta {ordinal}"),
                },
                Stage::Free,
                None,
            ),
            (Stage::Presented(appointment), _) => (
                Command::CallAppointment { appointment },
                Stage::Called(appointment),
                None,
            ),
            (Stage::Called(appointment), 2) => self.refuse(at, Some(appointment)),
            (Stage::Called(appointment), _) => self.deliver(at, Some(appointment)),
            (Stage::Served(delivery), 2..=3) => {
                let reason = format!("storno {ordinal}");
                (
                    Command::ReverseDelivery {
                        entitlement,
                        delivery,
                        reason,
                        returned: true,
                    },
                    Stage::Free,
                    None,
                )
            }
            (Stage::Served(_), _) => (
                Command::AddNote {
                    household: id,
                    text: format!("nota {ordinal}"),
                },
                stage,
                None,
            ),
        };
        self.households[at].busy = true;
        Line {
            command: Some(command),
            household: Some(at),
            next: Some(next),
            run,
            ..Line::new(None)
        }
    }

    fn refuse(&self, at: usize, appointment: Option<AppointmentId>) -> (Command, Stage, Option<Run>) {
        let entitlement = right(self.households[at].id);
        let (reason, note) = (RefusalReason::Other, format!("rifiuto {}", self.ordinal));
        (
            Command::RefuseDelivery {
                entitlement,
                appointment,
                reason,
                note,
            },
            Stage::Free,
            None,
        )
    }

    fn deliver(&mut self, at: usize, appointment: Option<AppointmentId>) -> (Command, Stage, Option<Run>) {
        let found = &self.households[at];
        let run = Run {
            series: "A".into(),
            first: self.next_serial,
            last: self.next_serial + found.vouchers - 1,
            width: 7,
        };
        self.next_serial = run.last + 1;
        let command = Command::ConfirmDelivery {
            entitlement: right(found.id),
            appointment,
            collector: in_person(),
            runs: vec![run.clone()],
            force: None,
            partial: None,
        };
        // The delivery gets its name from the answer.
        (command, Stage::Free, Some(run))
    }

    /// Remembers what was acknowledged. A line is refused only if the model is wrong, or if an act was done and forgotten.
    pub(super) fn acknowledge(&mut self, line: &Line, answer: &Value) {
        let Some(command) = &line.command else { return };
        assert_eq!(answer["ok"], true, "{line:?}\nwas answered {answer}");
        let outcome = &answer["outcome"];
        assert_eq!(outcome["command"], line.id.to_string());
        self.acknowledged += 1;
        self.repeated += usize::from(outcome["repeated"] == true);
        let Some(at) = line.household else {
            self.received.extend(line.run.clone());
            return;
        };
        let household = &mut self.households[at];
        household.busy = false;
        household.stage = line.next.unwrap();
        let id = |value: &Value| value.as_str().unwrap().parse::<uuid::Uuid>().unwrap();
        match command {
            Command::AddNote { text, .. } => household.notes.push(text.clone()),
            Command::BookAppointment { .. } => {
                let appointment = AppointmentId(id(&outcome["subject"]["id"]));
                household.booked.push(appointment);
                household.stage = Stage::Booked(appointment);
            }
            Command::RefuseDelivery { .. } => household.refusals += 1,
            Command::ConfirmDelivery { .. } => {
                let delivery = DeliveryId(id(&outcome["delivery"]));
                household.deliveries.push((delivery, line.run.clone().unwrap()));
                household.stage = Stage::Served(delivery);
            }
            Command::ReverseDelivery { delivery, .. } => household.reversed.push(*delivery),
            _ => {}
        }
    }
}
