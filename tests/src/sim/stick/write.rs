// SPDX-License-Identifier: EUPL-1.2
//! A desk writes a stick.

use crate::sim::dice::Dice;
use crate::sim::oracle;
use crate::sim::report::{Violation, hold};
use crate::sim::world::World;
use sportello_desk::view::BundleRequest;
use sportello_desk::{Query, View};
use sportello_domain::ids::DeskId;

impl World {
    /// For the centre, and for none, some or all of the desks that it knows. What is on it still waits.
    pub(in crate::sim) fn write_stick(&mut self, at: usize, luck: u64, gone: bool) -> Result<(), Violation> {
        const RULE: &str = "a stick can be written";
        let mut dice = Dice::new(luck, 0);
        let station = &self.stations[at];
        let Ok(View::Reference(reference)) = station.ask(&Query::Reference) else {
            return Err(Violation::new(RULE, format!("{}: no desks", station.name)));
        };
        let most = dice.between(0, 1000);
        let desks: Vec<DeskId> = reference
            .desks
            .iter()
            .filter(|desk| !desk.this && !desk.revoked)
            .map(|desk| desk.id)
            .filter(|_| dice.below(1000) < most)
            .collect();
        let request = BundleRequest {
            desks: desks.clone(),
            whole: dice.chance(150),
        };
        let folder = tempfile::tempdir().unwrap();
        let file = if gone {
            folder.path().join("pulled-out").join("scambio.sportello")
        } else {
            folder.path().join("scambio.sportello")
        };
        let heads = || {
            station
                .heads()
                .map_err(|error| Violation::new("a desk's file can be read", error.code()))
        };
        let (before, was) = (oracle::status(station)?, heads()?);
        let written = station.write_stick(&request, &file);
        let (after, is) = (oracle::status(station)?, heads()?);
        hold(
            "what is on a stick is written by nobody anew, and still waits",
            was == is
                && before.waiting == after.waiting
                && after.on_stick.is_none_or(|stick| stick.records <= after.waiting),
            || format!("{}: {before:?}, then {after:?}", station.name),
        )?;
        let told = match &written {
            Ok(written) => {
                hold(RULE, !gone, || format!("{}: {written:?}", station.name))?;
                let whole = after.on_stick.map_or(0, |stick| stick.records);
                hold(
                    "all that waits is on the stick that was just written",
                    whole == after.waiting || !self.is_sound(station),
                    || format!("{}: {after:?}, {written:?}", station.name),
                )?;
                format!("{} {}", written.records, written.own)
            }
            Err(error) => {
                hold(RULE, station.tight || gone && error.code() == "bundle_io", || {
                    format!("{}: {} ({error:?})", station.name, error.code())
                })?;
                hold(
                    "a stick that was not written is not said to hold anything",
                    station.tight || before.on_stick == after.on_stick,
                    || format!("{}: {before:?}, then {after:?}", station.name),
                )?;
                error.code()
            }
        };
        let (name, id) = (station.name.clone(), station.id);
        if written.is_ok() {
            let bytes = std::fs::read(&file).unwrap();
            self.sticks.put(bytes, Some(id), desks, self.centre.generation);
            self.counts.seen("sticks written at desks", 1);
        } else if gone {
            self.counts.fault("stick pulled out while it was written");
        }
        self.mark(&format!("{name} writes a stick: {told}"));
        Ok(())
    }
}
