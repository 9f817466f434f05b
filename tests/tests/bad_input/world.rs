// SPDX-License-Identifier: EUPL-1.2
//! A supervisor and a desk that has something to lose.

use sportello_domain::ids::HouseholdId;
use sportello_tests::clock::march;
use sportello_tests::{Office, Seat};

pub struct World {
    pub office: Office,
    pub supervisor: Seat,
    pub desk: Seat,
    /// Entered, known at the desk, not served.
    pub household: HouseholdId,
}

impl World {
    pub async fn new() -> Self {
        let (office, supervisor, desk, household) = Office::with_household().await;
        desk.receive("A0001", "A0400");
        Self {
            office,
            supervisor,
            desk,
            household,
        }
    }

    pub async fn meet(&self) {
        self.office.until_quiet(&[&self.supervisor, &self.desk]).await;
    }

    /// Serves the household at the desk.
    pub fn serve(&self) {
        self.desk.serve(self.household, march(1, 9, 0));
    }

    /// What the desk did is at the centre and with the supervisor, and everything holds everywhere.
    pub async fn assert_all_arrived(&self) {
        self.meet().await;
        assert_eq!(self.desk.status().waiting, 0);
        let right = |seat: &Seat| seat.household(self.household).entitlements[0].entitlement.clone();
        assert_eq!(right(&self.desk), right(&self.supervisor));
        self.assert_sound();
    }

    pub fn assert_sound(&self) {
        self.desk.assert_sound();
        self.supervisor.assert_sound();
        assert_eq!(
            self.office.central.verify().unwrap().problems,
            Vec::<String>::new()
        );
    }
}
