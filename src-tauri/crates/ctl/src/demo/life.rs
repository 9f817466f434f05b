// SPDX-License-Identifier: EUPL-1.2
//! A plan lived through at a desk: every act is an ordinary command, given at its time.

use super::plan::{How, Plan, Step};
use super::station::Station;
use super::stock::Drawer;
use crate::failure::Failure;
use sportello_desk::{DeskError, Outcome};
use sportello_domain::appointment::{Outcome as Answered, Person};
use sportello_domain::command::Command;
use sportello_domain::demo::{self, DemoHousehold, DemoRng};
use sportello_domain::entitlement::{Collector, Document, DocumentKind, RefusalReason};
use sportello_domain::ids::{AppointmentId, CampaignId, DeliveryId, ServiceId};
use sportello_domain::meta::EntityKind;
use sportello_domain::serial::Run;

/// How it went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lived {
    /// Acts done.
    pub acts: u64,
    /// Deliveries confirmed.
    pub deliveries: u64,
    /// Acts that a rule refused: none, unless plan and rules disagree.
    pub refused: u64,
}

/// What is known of a visit while it is lived through.
#[derive(Clone, Debug, Default)]
struct Visit {
    appointment: Option<AppointmentId>,
    delivery: Option<DeliveryId>,
}

struct Life<'a> {
    station: &'a Station,
    campaign: CampaignId,
    denomination: i64,
    service: ServiceId,
    information: ServiceId,
    plan: &'a Plan,
    visits: Vec<Visit>,
    drawer: Drawer,
    rng: DemoRng,
    supplies: u32,
}

/// Lives a plan through. `number` tells the desks' supplies apart.
pub fn live(
    station: &Station,
    campaign: (CampaignId, i64),
    [service, information]: [ServiceId; 2],
    plan: &Plan,
    number: usize,
    rng: DemoRng,
) -> Result<Lived, Failure> {
    let mut life = Life {
        station,
        campaign: campaign.0,
        denomination: campaign.1.max(1),
        service,
        information,
        plan,
        visits: vec![Visit::default(); plan.visits.len()],
        drawer: Drawer::new(number),
        rng,
        supplies: 0,
    };
    let mut lived = Lived::default();
    for act in &plan.acts {
        station.clock.set(act.at);
        let command = life.command(act.visit, act.step);
        match station.execute(&command) {
            Ok(outcome) => {
                lived.acts += 1;
                lived.deliveries += u64::from(matches!(act.step, Step::Confirm(_)));
                life.note(act.visit, act.step, &outcome);
            }
            Err(DeskError::Rejected(rejection)) => {
                tracing::warn!(desk = station.name, step = ?act.step, %rejection, "an act of the demonstration was refused");
                lived.refused += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(lived)
}

impl Life<'_> {
    fn note(&mut self, visit: usize, step: Step, outcome: &Outcome) {
        let known = &mut self.visits[visit];
        match step {
            Step::Book(_) | Step::WalkIn(_) => {
                let subject = outcome
                    .subject
                    .filter(|entity| entity.kind == EntityKind::Appointment);
                known.appointment = subject.map(|entity| AppointmentId(entity.id));
            }
            Step::Confirm(_) => {
                known.delivery = outcome.delivery;
                known.appointment = None;
            }
            Step::Refuse(_) => known.appointment = None,
            _ => {}
        }
    }

    fn command(&mut self, visit: usize, step: Step) -> Command {
        let case = &self.plan.visits[visit];
        let known = self.visits[visit].clone();
        let appointment = known.appointment.unwrap_or_default();
        match step {
            Step::Receive(vouchers) => {
                self.supplies += 1;
                let note = format!("DDT {}/2021", self.supplies);
                Command::ReceiveStock {
                    campaign: self.campaign,
                    runs: vec![self.drawer.receive(vouchers)],
                    note,
                    delivery_note: None,
                }
            }
            Step::Book(start) => Command::BookAppointment {
                household: Some(case.household),
                person: None,
                service: self.service,
                site: self.station.site.id,
                start,
                overbook: None,
            },
            Step::Cancel => Command::CancelAppointment {
                appointment,
                reason: "Ha telefonato: non può venire".into(),
            },
            Step::Present => Command::PresentAppointment { appointment },
            Step::Call => Command::CallAppointment { appointment },
            Step::Park => Command::ParkAppointment {
                appointment,
                reason: "È andato a prendere il documento".into(),
            },
            Step::Miss => Command::MissAppointment { appointment },
            Step::Confirm(how) => self.confirm(visit, how),
            Step::Refuse(reason) => Command::RefuseDelivery {
                entitlement: case.entitlement,
                appointment: known.appointment,
                reason,
                note: refusal_note(reason).into(),
            },
            Step::Reverse(returned) => Command::ReverseDelivery {
                entitlement: case.entitlement,
                delivery: known.delivery.unwrap_or_default(),
                reason: if returned {
                    "Carnet consegnato per errore"
                } else {
                    "Consegnato per errore a un omonimo, che non si è più trovato"
                }
                .into(),
                returned,
            },
            Step::WalkIn(priority) => Command::WalkIn {
                household: None,
                person: Some(self.passer()),
                service: self.information,
                priority,
                reason: String::new(),
            },
            Step::Answer => Command::CloseAppointment {
                appointment,
                outcome: Answered::Served,
            },
            Step::Note => Command::AddNote {
                household: case.household,
                text: "Chiede di essere avvisata per telefono il giorno prima.".into(),
            },
        }
    }

    /// Somebody in no list.
    fn passer(&mut self) -> Person {
        let somebody = demo::households(self.rng.next_u64(), 1);
        let name = somebody.first().map(DemoHousehold::applicant);
        Person {
            name: name.map_or_else(String::new, |p| format!("{} {}", p.surname, p.name)),
            phone: String::new(),
        }
    }

    fn confirm(&mut self, visit: usize, how: How) -> Command {
        let case = &self.plan.visits[visit];
        let due = (case.amount.0 / self.denomination).unsigned_abs();
        let (vouchers, partial) = match how {
            How::Less(fewer) if fewer < due => (
                due - fewer,
                Some("Carnet esaurito: il resto alla prossima fornitura".to_owned()),
            ),
            _ => (due, None),
        };
        let runs: Vec<Run> = match how {
            How::Strange => self.drawer.strange(vouchers),
            // What the plan did not supply is a booklet that was not entered.
            _ => self
                .drawer
                .take(vouchers)
                .unwrap_or_else(|| self.drawer.strange(vouchers)),
        };
        let force = match how {
            How::Strange => Some("Carnet arrivato stamattina, fornitura non ancora caricata".to_owned()),
            How::Elsewhere => Some(
                "Persona anziana già in sede, linea interrotta: la sede di residenza non risponde".to_owned(),
            ),
            _ => None,
        };
        Command::ConfirmDelivery {
            entitlement: case.entitlement,
            appointment: self.visits[visit].appointment,
            collector: self.collector(visit),
            runs,
            force,
            partial,
        }
    }

    fn collector(&mut self, visit: usize) -> Collector {
        let document = self.document();
        if !self.rng.chance(80) {
            return Collector::Member {
                member: None,
                document,
            };
        }
        let other = self.rng.index(self.plan.visits.len());
        let other = if other == visit {
            (other + 1) % self.plan.visits.len()
        } else {
            other
        };
        Collector::Delegate {
            name: self.plan.visits[other].applicant.clone(),
            tax_code: None,
            document,
            delegator_document: self.document(),
        }
    }

    fn document(&mut self) -> Document {
        let kinds = [
            DocumentKind::IdentityCard,
            DocumentKind::ResidencePermit,
            DocumentKind::Passport,
            DocumentKind::DrivingLicence,
        ];
        let kind = kinds[self.rng.weighted(&[780, 110, 60, 50])];
        let number = self.rng.between(10_000, 99_999);
        let number = match kind {
            DocumentKind::IdentityCard => format!("CA{number}ZZ"),
            DocumentKind::ResidencePermit => format!("I{number}000"),
            DocumentKind::Passport => format!("YZ{number}00"),
            _ => format!("FI{number}00Z"),
        };
        Document { kind, number }
    }
}

fn refusal_note(reason: RefusalReason) -> &'static str {
    match reason {
        RefusalReason::NoDocument => "Carta d'identità scaduta: torna con il passaporto",
        RefusalReason::NoDelega => "Delega senza firma",
        RefusalReason::NotOfHousehold => "È un vicino di casa",
        RefusalReason::Declined => "Ha trovato lavoro e lascia i buoni ad altri",
        RefusalReason::NoStock | RefusalReason::Other => "",
    }
}
