// SPDX-License-Identifier: EUPL-1.2
//! Erasure by order: what it would name, and the order itself. The store obeys it in the same transaction.

use super::{Act, Deed};
use crate::desk::Desk;
use crate::error::DeskError;
use chrono::NaiveDate;
use sportello_domain::campaign::Campaign;
use sportello_domain::command::Command;
use sportello_domain::erasure::{self, ErasedRecord, ErasureListed, ErasureScope, Hindrance};
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{CampaignId, CommandId, ErasureId, HouseholdId, OperatorId};
use sportello_domain::meta::{EntityRef, Topic};
use sportello_domain::refusal::Rejection;
use sportello_domain::time::Timestamp;
use sportello_store::erasure::Erasable;
use sportello_store::{Author, Reads};
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

/// One list of an order is no longer, bytes of JSON, about: a record of the journal holds a megabyte.
const LIST: usize = 200 << 10;

/// What an order would name.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub households: Vec<HouseholdId>,
    /// Households of the campaign that something still goes on with: they stay.
    pub still_due: u32,
    pub awaited: u32,
    pub undecided: u32,
    pub erasable: Erasable,
}

impl Plan {
    /// One value for all that is named: the same when nothing changed since it was looked at.
    pub(crate) fn digest(&self) -> String {
        let mut hasher = blake3::Hasher::new_derive_key("sportello 2026 erasure plan v1");
        for household in &self.households {
            hasher.update(household.0.as_bytes());
        }
        for record in &self.erasable.records {
            hasher
                .update(record.desk.0.as_bytes())
                .update(record.topic.to_string().as_bytes())
                .update(&record.seq.to_be_bytes());
        }
        hasher.finalize().to_hex()[..32].to_owned()
    }

    fn stays(&mut self, hindrance: Hindrance) {
        match hindrance {
            Hindrance::StillDue(_) => self.still_due += 1,
            Hindrance::Awaited(_) => self.awaited += 1,
            Hindrance::Undecided => self.undecided += 1,
        }
    }
}

/// Reckons what an order would name, from what this desk holds. `today`: in Italy.
pub(crate) fn plan(reads: &Reads<'_>, scope: ErasureScope, today: NaiveDate) -> Result<Plan, DeskError> {
    let mut plan = Plan::default();
    let mut ends = HashMap::new();
    match scope {
        ErasureScope::Household { household } => {
            if reads.topic_of(household)?.is_none() {
                return Err(Rejection::NotFound { what: "household" }.into());
            }
            if let Some(hindrance) = hindrance(reads, household, today, &mut ends)? {
                return Err(hindrance.rejection().into());
            }
            whole(reads, household, &mut plan)?;
        }
        ErasureScope::Looks { before } => {
            erasure::looks_may_go(before, today)?;
            let midnight = Timestamp::of_rome(before.and_time(chrono::NaiveTime::MIN));
            for looks in reads.looks_before(midnight)? {
                reads.erasable(looks, &mut plan.erasable)?;
            }
        }
        ErasureScope::Campaign { campaign } => {
            let found: Campaign = reads
                .state(campaign)?
                .ok_or(Rejection::NotFound { what: "campaign" })?;
            if found.to >= today {
                return Err(Rejection::CampaignNotOver { to: found.to }.into());
            }
            let mut seen = BTreeSet::new();
            for (household, entitlement) in reads.entitled_in(campaign)? {
                if let Some(hindrance) = hindrance(reads, household, today, &mut ends)? {
                    plan.stays(hindrance);
                    // Who collected in the campaign that is over is not needed for what still goes on; an anomaly may need it.
                    if hindrance != Hindrance::Undecided {
                        reads.erasable(entitlement, &mut plan.erasable)?;
                    }
                } else if seen.insert(household) {
                    whole(reads, household, &mut plan)?;
                }
            }
        }
    }
    Ok(plan)
}

fn hindrance(
    reads: &Reads<'_>,
    household: HouseholdId,
    today: NaiveDate,
    ends: &mut HashMap<CampaignId, Option<NaiveDate>>,
) -> Result<Option<Hindrance>, DeskError> {
    let rights = reads.entitlements_of(household)?;
    for right in &rights {
        if let Entry::Vacant(free) = ends.entry(right.campaign) {
            let campaign: Option<Campaign> = reads.state(right.campaign)?;
            free.insert(campaign.map(|campaign| campaign.to));
        }
    }
    let rights: Vec<_> = rights
        .iter()
        .map(|right| (right, ends.get(&right.campaign).copied().flatten()))
        .collect();
    Ok(erasure::hindrance(
        &rights,
        &reads.appointments_of(household)?,
        reads.is_undecided(household)?,
        today,
    ))
}

/// All that is here of a household.
fn whole(reads: &Reads<'_>, household: HouseholdId, plan: &mut Plan) -> Result<(), DeskError> {
    let before = plan.erasable.records.len();
    reads.erasable(household, &mut plan.erasable)?;
    for right in reads.entitlements_of(household)? {
        reads.erasable(right.id, &mut plan.erasable)?;
    }
    for appointment in reads.appointments_of(household)? {
        reads.erasable(appointment.id, &mut plan.erasable)?;
    }
    for case in reads.cases_of(household)? {
        reads.erasable(case.matter.id(), &mut plan.erasable)?;
    }
    // One that was erased before, and of which nothing came since, is not named again.
    if reads.erased_by(household)?.is_none() || plan.erasable.records.len() > before {
        plan.households.push(household);
    }
    Ok(())
}

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    let Command::OrderErasure {
        scope,
        ground,
        reason,
        digest,
    } = command
    else {
        return Ok(Deed::default());
    };
    if !act.desk.supervises() {
        return Err(DeskError::plain("not_a_supervising_desk"));
    }
    let today = act.ctx.now.day();
    let plan = plan(&act.tx.reads()?, *scope, today)?;
    let order = erasure::order(
        *scope,
        *ground,
        reason,
        plan.households.len(),
        plan.erasable.records.len(),
    )?;
    if plan.digest() != *digest {
        return Err(DeskError::plain("erasure_changed"));
    }
    let id: ErasureId = act.desk.ports().id();
    let mut events = vec![NewEvent::new(Topic::Office, id, order)];
    for list in lists(plan.households, plan.erasable.records) {
        events.push(NewEvent::new(Topic::Office, id, list));
    }
    Ok(Deed::of(id, events))
}

/// Cuts what is named into lists that fit into a record.
fn lists(households: Vec<HouseholdId>, records: Vec<ErasedRecord>) -> Vec<ErasureListed> {
    const HOUSEHOLD: usize = 40;
    const RECORD: usize = 140;
    let (mut lists, mut list, mut bytes) = (Vec::new(), ErasureListed::default(), 0);
    let mut add = |list: &mut ErasureListed, weight: usize| {
        bytes += weight;
        if bytes > LIST {
            bytes = weight;
            lists.push(std::mem::take(list));
        }
    };
    for household in households {
        add(&mut list, HOUSEHOLD);
        list.households.push(household);
    }
    for record in records {
        let remains = record.remains.as_ref().map_or(0, |left| left.to_string().len());
        add(&mut list, RECORD + remains);
        list.records.push(record);
    }
    lists.push(list);
    lists
}

/// Adds to this desk's own orders what came to light after them: a delivery that another desk had made while it was away. Done
/// by itself after each exchange, in nobody's name; returns what changed.
pub(crate) fn add_what_came_late(desk: &Desk) -> Result<Vec<EntityRef>, DeskError> {
    if desk.store().read(|reads| reads.erasure_late())?.is_empty() || desk.may_write().is_err() {
        return Ok(Vec::new());
    }
    desk.store().write(|tx| {
        let mut events = Vec::new();
        let reads = tx.reads()?;
        for (order, things) in reads.erasure_late()? {
            let mut late = Erasable::default();
            for thing in things {
                reads.erasable(thing, &mut late)?;
            }
            if !late.records.is_empty() {
                let lists = lists(Vec::new(), late.records);
                events.extend(
                    lists
                        .into_iter()
                        .map(|list| NewEvent::new(Topic::Office, order, list)),
                );
            }
        }
        let author = Author {
            actor: OperatorId::default(),
            command: desk.ports().id::<CommandId>(),
            now: desk.now(),
        };
        tx.append(&author, &events, &mut || desk.ports().bytes())?;
        tx.erasure_late_done()?;
        Ok::<_, DeskError>(events.iter().map(|event| event.entity).collect())
    })
}

impl Desk {
    /// Takes care of what an erasure leaves behind: free pages of the file, backups made before. What cannot be done now (a reader is
    /// in the way, the disk is full) is tried again after the next exchange.
    pub fn finish_erasure(&self) -> Result<(), DeskError> {
        if !self.store().scrub()? || !self.store().read(|reads| reads.old_backups_hold_erased())? {
            return Ok(());
        }
        let own = self.home().backups();
        let old = sportello_store::backup::list(&own)?;
        if !old.is_empty() {
            // Each holds the whole history: the new one, tried as it is made, takes their place.
            let new = self.backup(None)?;
            for backup in old.iter().filter(|backup| backup.path != new) {
                std::fs::remove_dir_all(&backup.path)?;
            }
        }
        self.store().write(|tx| tx.old_backups_gone())?;
        Ok(())
    }
}
