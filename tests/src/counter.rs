// SPDX-License-Identifier: EUPL-1.2
//! What people at a desk do all day, in one word each.

use crate::facts::{CAMPAIGN, SERVICE};
use crate::seat::Seat;
use chrono::NaiveDateTime;
use sportello_desk::{Command, DeskError, Outcome};
use sportello_domain::command::ManualGrant;
use sportello_domain::entitlement::{Collector, Document, DocumentKind, RefusalReason};
use sportello_domain::household::{Address, HouseholdData, Member};
use sportello_domain::ids::{AppointmentId, DeliveryId, EntitlementId, HouseholdId, MemberId};
use sportello_domain::serial::Run;

/// A member of the household with an identity card.
pub fn in_person() -> Collector {
    Collector::Member {
        member: None,
        document: Document {
            kind: DocumentKind::IdentityCard,
            number: "CA12345AB".into(),
        },
    }
}

/// A household of one, entitled to 150 €, as a supervisor enters it by hand.
pub fn by_hand(surname: &str, quartiere: u8) -> Command {
    Command::AddHousehold {
        data: HouseholdData {
            members: vec![Member {
                id: MemberId::default(),
                surname: surname.into(),
                name: "Anna".into(),
                identifier: sportello_domain::identifier::PersonIdentifier::default(),
                birth_date: None,
            }],
            size: 1,
            minors: 0,
            disabled: 0,
            resident: true,
            quartiere,
            address: Address {
                street: "Via Ghibellina".into(),
                number: "12".into(),
                ..Address::default()
            },
            phone: "399 000 0000".into(),
            email: String::new(),
            list_ref: String::new(),
        },
        grant: Some(ManualGrant {
            campaign: CAMPAIGN,
            amount: None,
            reason: "Relazione dei Servizi Sociali".into(),
        }),
    }
}

impl Seat {
    /// Enters a household by hand.
    pub fn enter(&self, surname: &str, quartiere: u8) -> HouseholdId {
        HouseholdId(self.act(by_hand(surname, quartiere)).subject.unwrap().id)
    }

    /// The one household that is found by a text.
    pub fn find(&self, text: &str) -> HouseholdId {
        let found = self.search(text).hits;
        assert_eq!(found.len(), 1, "{}: {text:?} finds {found:?}", self.username);
        found[0].household.unwrap()
    }

    /// Takes booklets of these serials in.
    pub fn receive(&self, first: &str, last: &str) {
        let runs = vec![Run::between(first, last).unwrap()];
        self.act(Command::ReceiveStock {
            campaign: CAMPAIGN,
            runs,
            note: "Bolla 12".into(),
            delivery_note: None,
        });
    }

    /// Books at this desk's site.
    pub fn book(&self, household: HouseholdId, start: NaiveDateTime) -> AppointmentId {
        let outcome = self.act(Command::BookAppointment {
            household: Some(household),
            person: None,
            service: SERVICE,
            site: self.desk.site(),
            start,
            overbook: None,
        });
        AppointmentId(outcome.subject.unwrap().id)
    }

    /// The household turned up.
    pub fn present(&self, appointment: AppointmentId) {
        self.act(Command::PresentAppointment { appointment });
    }

    /// Calls it to the counter.
    pub fn call(&self, appointment: AppointmentId) {
        self.act(Command::CallAppointment { appointment });
    }

    /// Booked, presented, called.
    pub fn at_the_counter(&self, household: HouseholdId, start: NaiveDateTime) -> AppointmentId {
        let appointment = self.book(household, start);
        self.present(appointment);
        self.call(appointment);
        appointment
    }

    /// The command that hands over all that is due, with the vouchers that come next.
    pub fn delivery(&self, household: HouseholdId, appointment: Option<AppointmentId>) -> Command {
        let entitlement = right(household);
        Command::ConfirmDelivery {
            entitlement,
            appointment,
            collector: in_person(),
            runs: self.counter(entitlement).next_serials,
            force: None,
            partial: None,
        }
    }

    /// Hands over all that is due.
    pub fn try_deliver(
        &self,
        household: HouseholdId,
        appointment: Option<AppointmentId>,
    ) -> Result<Outcome, DeskError> {
        self.try_act(self.delivery(household, appointment))
    }

    /// Hands over all that is due, which must succeed.
    pub fn deliver(&self, household: HouseholdId, appointment: Option<AppointmentId>) -> DeliveryId {
        self.act(self.delivery(household, appointment)).delivery.unwrap()
    }

    /// The whole of it for a household that is here now.
    pub fn serve(&self, household: HouseholdId, start: NaiveDateTime) -> DeliveryId {
        let appointment = self.at_the_counter(household, start);
        self.deliver(household, Some(appointment))
    }

    /// Nothing was handed over.
    pub fn refuse(&self, household: HouseholdId, appointment: Option<AppointmentId>, reason: RefusalReason) {
        let entitlement = right(household);
        self.act(Command::RefuseDelivery {
            entitlement,
            appointment,
            reason,
            note: "Torna domani".into(),
        });
    }
}

/// A household's right in the campaign of the tests.
pub fn right(household: HouseholdId) -> EntitlementId {
    EntitlementId::of(CAMPAIGN, household)
}
