// SPDX-License-Identifier: EUPL-1.2
//! Hand-overs by paper, with every misuse of a paper; and reliefs of desks that are dead, or only seem so.

use super::{Chosen, Hand};
use crate::sim::plan::Deed;
use crate::sim::report::Violation;
use crate::sim::town::Paper;
use sportello_desk::Command;
use sportello_desk::view::{CounterView, DeskRow};
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::ids::EntitlementId;
use sportello_domain::meta::Topic;

fn is_due(counter: &CounterView) -> bool {
    matches!(
        counter.entitlement.status,
        EntitlementStatus::Due | EntitlementStatus::Partial
    )
}

impl Hand<'_> {
    /// To any other desk, also to one that cannot see the household.
    pub(super) fn hand_over(&mut self) -> Chosen {
        let counter = self.counter_where(|counter| is_due(counter) && counter.entitlement.here)?;
        let (Some(counter), Some(reference)) = (counter, self.reference()?) else {
            return Ok(None);
        };
        let others: Vec<DeskRow> = reference.desks.into_iter().filter(|desk| !desk.this).collect();
        let entitlement = counter.entitlement.entitlement.id;
        Ok(self.dice.pick(&others).map(|to| Command::HandOver {
            entitlement,
            to: to.id,
        }))
    }

    /// Somebody brings a paper: the right one, one that was used, one for another desk; typed or scanned.
    pub(super) fn take_slip(&mut self, deed: Deed) -> Option<Command> {
        let me = self.station.id;
        let fits = |paper: &&Paper| match deed {
            Deed::TakeSlip => paper.to == me && !paper.used,
            Deed::TakeUsedSlip => paper.to == me && paper.used,
            _ => paper.to != me,
        };
        let papers: Vec<Paper> = self.town.papers.iter().filter(fits).cloned().collect();
        // The latest are in people's hands; now and then an old one turns up.
        let paper = if self.dice.chance(700) {
            papers.last()
        } else {
            self.dice.pick(&papers)
        }?;
        let (entitlement, code) = if self.dice.chance(400) {
            (Some(paper.entitlement), &paper.code)
        } else {
            (self.dice.chance(500).then_some(paper.entitlement), &paper.qr)
        };
        Some(Command::AcceptSlip {
            entitlement,
            code: code.clone(),
        })
    }

    /// Whoever brought a paper that was accepted here.
    pub(super) fn came_with_a_paper(&mut self) -> Result<Option<Box<CounterView>>, Violation> {
        let me = self.station.id;
        let came: Vec<EntitlementId> = self
            .town
            .papers
            .iter()
            .filter(|paper| paper.to == me && paper.used)
            .map(|paper| paper.entitlement)
            .collect();
        match came.last() {
            Some(right) if self.dice.chance(600) => self.counter(*right),
            Some(_) => match self.dice.pick(&came) {
                Some(right) => self.counter(*right),
                None => Ok(None),
            },
            None => Ok(None),
        }
    }

    /// A supervisor takes one right, or all that a desk holds, for another desk. Whether that one is dead nobody here knows.
    pub(super) fn relieve(&mut self, deed: Deed) -> Chosen {
        let Some(reference) = self.reference()? else {
            return Ok(None);
        };
        let (reason, checked) = ("Il computer non si accende".to_owned(), !self.dice.chance(30));
        let desks = reference.desks;
        if deed == Deed::RelieveDesk {
            let others: Vec<&DeskRow> = desks
                .iter()
                .filter(|desk| !desk.this && !desk.supervises)
                .collect();
            let revoked: Vec<&DeskRow> = others.iter().copied().filter(|desk| desk.revoked).collect();
            let from = if self.dice.chance(600) && !revoked.is_empty() {
                self.dice.pick(&revoked)
            } else {
                self.dice.pick(&others)
            };
            let Some(from) = from.copied() else {
                return Ok(None);
            };
            let able: Vec<&DeskRow> = others
                .iter()
                .copied()
                .filter(|desk| {
                    desk.id != from.id
                        && !desk.revoked
                        && from.reads.iter().all(|topic| desk.reads.contains(topic))
                })
                .collect();
            return Ok(self.dice.pick(&able).map(|to| Command::RelieveDesk {
                desk: from.id,
                to: to.id,
                reason,
                checked,
            }));
        }
        let Some(counter) = self.counter_where(is_due)? else {
            return Ok(None);
        };
        let wrong = self.dice.chance(80);
        let lives = Topic::Quartiere(counter.household.data.quartiere);
        let able: Vec<&DeskRow> = desks
            .iter()
            .filter(|desk| !desk.this && (wrong || !desk.revoked && desk.reads.contains(&lives)))
            .collect();
        let entitlement = counter.entitlement.entitlement.id;
        Ok(self.dice.pick(&able).map(|to| Command::RelieveCustody {
            entitlement,
            to: to.id,
            reason,
            checked,
        }))
    }
}
