// SPDX-License-Identifier: EUPL-1.2
//! The centre takes a stick in, and writes one.

use super::Stick;
use crate::sim::dice::Dice;
use crate::sim::oracle;
use crate::sim::plan::Mishap;
use crate::sim::report::{Violation, hold};
use crate::sim::world::World;
use sportello_central::{BundleTaken, CentralError};
use sportello_domain::ids::DeskId;

type Came = Result<BundleTaken, CentralError>;

impl World {
    pub(in crate::sim) fn centre_stick(
        &mut self,
        luck: u64,
        mishap: Option<Mishap>,
    ) -> Result<(), Violation> {
        let mut dice = Dice::new(luck, 0);
        if let Some(stick) = self.sticks.pick(None, mishap, &mut dice) {
            if let Some(mishap) = mishap {
                self.counts.fault(mishap.name());
            }
            self.centre_takes(&stick, mishap)?;
            if dice.chance(700) {
                self.centre_answers(&stick)?;
                return Ok(());
            }
        }
        self.centre_writes_for_all()
    }

    fn centre_takes(&mut self, stick: &Stick, mishap: Option<Mishap>) -> Result<(), Violation> {
        match mishap {
            // There are none for others: each is for the centre too.
            None | Some(Mishap::Older | Mishap::NotForUs) => self.centre_takes_sound(stick).map(drop),
            Some(Mishap::Twice) => {
                self.centre_takes_sound(stick)?;
                self.centre_finds_nothing_more(stick)
            }
            Some(Mishap::Cut(_) | Mishap::Turn(_)) => self.centre_is_told(stick, mishap),
            Some(Mishap::PulledOut(_)) => {
                self.centre_is_told(stick, mishap)?;
                self.centre_goes_dark();
                self.centre_takes_sound(stick)?;
                self.centre_finds_nothing_more(stick)
            }
            Some(Mishap::Dark(_)) => {
                self.centre_takes_sound(stick)?;
                self.centre_goes_dark();
                self.centre_finds_nothing_more(stick)
            }
        }
    }

    fn centre_goes_dark(&mut self) {
        self.centre.crash();
        self.net.connect(self.centre.central.router());
    }

    fn centre_reads(&mut self, bytes: &[u8]) -> Result<Came, Violation> {
        let came = self.centre.central.take_bundle(bytes);
        oracle::is_of_its_writers(self, "the centre", &self.centre.heads()?)?;
        if let Ok(taken) = &came {
            self.counts
                .seen("records that sticks brought to the centre", taken.new);
        }
        let told = match &came {
            Ok(taken) => format!("{} {} {}", taken.records, taken.new, taken.whole),
            Err(error) => error.to_string(),
        };
        self.mark(&format!("the centre takes a stick in: {told}"));
        Ok(came)
    }

    fn centre_takes_sound(&mut self, stick: &Stick) -> Result<BundleTaken, Violation> {
        const RULE: &str = "the centre takes in a stick to which nothing happened";
        let taken = self
            .centre_reads(&stick.bytes)?
            .map_err(|error| Violation::new(RULE, error.to_string()))?;
        hold(RULE, taken.whole && taken.damaged == 0, || format!("{taken:?}"))?;
        let sound = |desk: DeskId| {
            let mut stations = self.stations.iter();
            stations.any(|station| station.id == desk && self.is_sound(station))
        };
        // One that came back from a backup lacks what came before, and may not know a desk any more.
        let forgot = |code: &str| self.centre.was_put_back && matches!(code, "gap" | "unknown_desk");
        // One that has not heard yet that its key is certified signs with the old one: it hands the same over again under the new one.
        let unheard = |desk: DeskId, code: &str| code == "signature" && self.was_rekeyed(desk);
        let foreign = taken.stopped.iter().find(|(log, code)| {
            let desk = log.desk_id();
            sound(desk) && !forgot(code) && !unheard(desk, code)
        });
        let refused = taken.refused.iter().find(|found| sound(found.log.desk_id()));
        hold(
            "the centre takes from a stick all that sound desks wrote",
            foreign.is_none() && refused.is_none(),
            || format!("{taken:?}"),
        )?;
        self.counts.seen("sticks taken in at the centre", 1);
        self.sticks.was_taken(None, stick);
        Ok(taken)
    }

    fn centre_finds_nothing_more(&mut self, stick: &Stick) -> Result<(), Violation> {
        let before = self.centre.heads()?;
        let taken = self.centre_takes_sound(stick)?;
        hold(
            "a stick brings the centre nothing more the second time",
            taken.new == 0 && before == self.centre.heads()?,
            || format!("{taken:?}"),
        )
    }

    /// Every part is for the centre: any damage is seen.
    fn centre_is_told(&mut self, stick: &Stick, mishap: Option<Mishap>) -> Result<(), Violation> {
        let came = self.centre_reads(&stick.worn(mishap))?;
        hold(
            "what is damaged on a stick is told at the centre",
            came.as_ref().map_or(true, |taken| !taken.whole),
            || format!("{came:?}"),
        )
    }

    /// What the maker of a stick has not, and the centre's signature on what it has of that desk.
    fn centre_answers(&mut self, stick: &Stick) -> Result<(), Violation> {
        const RULE: &str = "the centre can answer a stick";
        let fail = |error: CentralError| Violation::new(RULE, error.to_string());
        let central = &self.centre.central;
        let opening = central.open_bundle(&stick.bytes[..]).map_err(fail)?;
        let Some(desk) = opening.desk() else { return Ok(()) };
        let written = match central.write_bundle(Vec::new(), &[], Some(&opening)) {
            Ok((_, bytes)) => bytes,
            Err(error @ CentralError::UnknownDesk(_)) => {
                let sound = self
                    .stations
                    .iter()
                    .any(|station| station.id == desk && self.is_sound(station));
                return hold(RULE, !sound, || error.to_string());
            }
            Err(error) => return Err(fail(error)),
        };
        self.sticks.put(written, None, vec![desk], self.centre.generation);
        self.counts.seen("sticks written at the centre", 1);
        Ok(())
    }

    fn centre_writes_for_all(&mut self) -> Result<(), Violation> {
        const RULE: &str = "the centre can write a stick";
        let fail = |error: CentralError| Violation::new(RULE, error.to_string());
        let central = &self.centre.central;
        let (_, bytes) = central.write_bundle(Vec::new(), &[], None).map_err(fail)?;
        let rows = central
            .vault()
            .desks()
            .map_err(|error| Violation::new(RULE, error.to_string()))?;
        let readers = rows
            .into_iter()
            .filter(|row| row.enrolled.is_some() && row.revoked_at.is_none())
            .map(|row| row.id)
            .collect();
        self.sticks.put(bytes, None, readers, self.centre.generation);
        self.counts.seen("sticks written at the centre", 1);
        Ok(())
    }
}
