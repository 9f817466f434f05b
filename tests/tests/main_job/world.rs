// SPDX-License-Identifier: EUPL-1.2
//! Where most of these stories begin: an office with its campaign, and households entered by hand.

use sportello_domain::ids::HouseholdId;
use sportello_tests::{Office, Seat, facts};

/// A supervisor and two desks at the seat of Quartiere 1, all knowing of each other and of the campaign.
pub struct World {
    pub office: Office,
    pub supervisor: Seat,
    pub a: Seat,
    pub b: Seat,
}

impl World {
    pub async fn new() -> Self {
        let office = Office::open().await;
        let supervisor = office.supervisor().await;
        let a = office.desk("Q1-A", "Q1").await;
        let b = office.desk("Q1-B", "Q1").await;
        let world = Self {
            office,
            supervisor,
            a,
            b,
        };
        world.meet().await;
        facts::define(&world.supervisor);
        world.meet().await;
        world.a.receive("A0001", "A0400");
        world.b.receive("B0001", "B0400");
        world
    }

    /// Everybody exchanges until there is nothing more to tell.
    pub async fn meet(&self) {
        self.office
            .until_quiet(&[&self.supervisor, &self.a, &self.b])
            .await;
    }

    /// Households of Quartiere 1, entered by the supervisor and known at every desk.
    pub async fn households<const N: usize>(&self, surnames: [&str; N]) -> [HouseholdId; N] {
        let entered = surnames.map(|surname| self.supervisor.enter(surname, 1));
        self.meet().await;
        entered
    }

    /// Nothing is lost and nothing has drifted, anywhere.
    pub fn assert_sound(&self) {
        for seat in [&self.supervisor, &self.a, &self.b] {
            seat.assert_sound();
        }
        assert_eq!(
            self.office.central.verify().unwrap().problems,
            Vec::<String>::new()
        );
    }
}
