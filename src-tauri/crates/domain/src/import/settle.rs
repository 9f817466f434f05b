// SPDX-License-Identifier: EUPL-1.2
//! The heart of a plan: each listed household is matched, merged, given its amount and its fate.

use super::columns::Columns;
use super::cross;
use super::household::{Listed, assemble, group, is_per_member};
use super::known::{Known, KnownRight};
use super::matching::{self, Match};
use super::merge::{changes, merge};
use super::plan::{Action, Fate, PlanInput, PlannedRow};
use super::reason::{Reason, Weight};
use super::row::{ReadRow, read};
use crate::campaign::Campaign;
use crate::household::HouseholdData;
use crate::ids::{EntitlementId, HouseholdId, MemberId, derived};
use crate::money::Cents;
use std::collections::{BTreeSet, HashMap};

/// The rows of a list with their fates.
#[derive(Debug, Default)]
pub(super) struct Settled {
    pub rows: Vec<PlannedRow>,
    pub actions: Vec<Action>,
    /// Known households of which the list speaks, be it in a refused row.
    pub mentioned: BTreeSet<HouseholdId>,
    pub per_member: bool,
    pub households: u32,
}

/// What became of a household.
struct Verdict {
    fate: Fate,
    household: Option<HouseholdId>,
    amount: Option<Cents>,
}

pub(super) fn settle<K: Known>(
    input: &PlanInput<'_>,
    columns: &Columns,
    known: &K,
) -> Result<Settled, K::Error> {
    let rows: Vec<ReadRow> = columns
        .data(input.table)
        .iter()
        .map(|raw| read(columns, raw, input.today))
        .collect();
    let per_member = is_per_member(columns, &rows);
    let mut households: Vec<Listed> = group(columns, &rows, per_member)
        .iter()
        .map(|group| assemble(columns, &rows, group, per_member, input.campaign, input.issued))
        .collect();
    cross::compare(&rows, &mut households);
    let mut settler = Settler {
        input,
        rows: &rows,
        known,
        used: HashMap::new(),
        settled: Settled::default(),
    };
    let mut found: Vec<Match> = Vec::with_capacity(households.len());
    for listed in &households {
        found.push(if rows[listed.applicant].alone {
            Match::default()
        } else {
            matching::find(known, &rows, listed)?
        });
    }
    // Who is known by its identifier goes before who is only likely, wherever the rows stand.
    for (listed, found) in households
        .iter()
        .zip(&found)
        .filter(|(listed, found)| found.certain && !listed.is_out())
    {
        if let Some((id, _)) = found.household {
            settler.used.entry(id).or_insert(rows[listed.applicant].number);
        }
    }
    let mut planned: Vec<Option<PlannedRow>> = rows.iter().map(|_| None).collect();
    for (listed, found) in households.iter_mut().zip(found) {
        let verdict = settler.household(listed, found)?;
        tell(&rows, listed, &verdict, &mut planned);
    }
    let mut settled = settler.settled;
    settled.rows = planned.into_iter().flatten().collect();
    settled.per_member = per_member;
    settled.households = u32::try_from(households.len()).unwrap_or(u32::MAX);
    Ok(settled)
}

struct Settler<'a, K> {
    input: &'a PlanInput<'a>,
    rows: &'a [ReadRow],
    known: &'a K,
    /// Known households, and the row that each belongs to.
    used: HashMap<HouseholdId, u32>,
    settled: Settled,
}

impl<K: Known> Settler<'_, K> {
    fn household(&mut self, listed: &mut Listed, found: Match) -> Result<Verdict, K::Error> {
        let rows = self.rows;
        let head = &rows[listed.applicant];
        let row = head.number;
        let id = found.household.as_ref().map(|(id, _)| *id);
        self.settled.mentioned.extend(id);
        if listed.is_out() {
            return Ok(verdict(listed, id, listed.amount, false));
        }
        listed.reasons.extend(found.reasons);
        if let Some(other) = id
            .and_then(|id| self.used.get(&id))
            .filter(|other| **other != row)
        {
            listed.reasons.push(Reason::SameHousehold { row: *other });
        }
        if listed.is_out() {
            return Ok(verdict(listed, id, listed.amount, false));
        }
        let right = match id {
            Some(id) => self.known.right(id)?,
            None => None,
        };
        let old = found.household.map(|(_, data)| data);
        let digest = self.input.digest;
        let data = merge(old.as_ref(), rows, listed, |row| {
            MemberId(follows("sportello 2026 imported member", digest, row))
        });
        let Some(amount) = self.amount(listed, old.as_ref(), &data, right) else {
            return Ok(verdict(listed, id, None, false));
        };
        self.used.extend(id.map(|id| (id, row)));
        let before = self.settled.actions.len();
        if let (Some(id), Some(old)) = (id, old) {
            if old != data {
                listed.reasons.extend(changes(&old, &data));
                self.settled.actions.push(Action::Correct {
                    household: id,
                    data: Box::new(data),
                    row,
                });
            }
            self.settled
                .actions
                .extend(right_action(self.input.campaign, listed, id, right, amount, row));
        } else {
            let household = HouseholdId(follows("sportello 2026 imported household", digest, row));
            self.settled.actions.push(Action::Register {
                household,
                data: Box::new(data),
                amount,
                row,
            });
        }
        Ok(verdict(
            listed,
            id,
            Some(amount),
            self.settled.actions.len() > before,
        ))
    }

    /// The amount that the list gives, or else the campaign's table; none, with the reason, when neither does.
    fn amount(
        &self,
        listed: &mut Listed,
        old: Option<&HouseholdData>,
        data: &HouseholdData,
        right: Option<KnownRight>,
    ) -> Option<Cents> {
        let campaign = self.input.campaign;
        let table = listed
            .facts_told
            .then(|| campaign.amount_for(data.facts()))
            .flatten();
        if let Some(amount) = listed.amount {
            if let Some(table) = table.filter(|table| *table != amount) {
                listed.reasons.push(Reason::AmountDiffers { amount, table });
            }
            return Some(amount);
        }
        // A list without amounts does not undo an amount that a person set while the household stayed as it was.
        if let (Some(right), Some(old)) = (right, old)
            && !right.revoked
            && campaign.amount_for(old.facts()) == campaign.amount_for(data.facts())
        {
            return Some(right.amount);
        }
        let amount = table.filter(|amount| amount.0 > 0);
        listed
            .reasons
            .push(amount.map_or(Reason::AmountMissing, |amount| Reason::AmountFromTable { amount }));
        amount
    }
}

fn follows(context: &str, digest: &str, row: u32) -> uuid::Uuid {
    derived(context, &[digest.as_bytes(), &row.to_le_bytes()])
}

/// What is to be written of a known household's right, with what is to be said of it.
fn right_action(
    campaign: &Campaign,
    listed: &mut Listed,
    household: HouseholdId,
    right: Option<KnownRight>,
    amount: Cents,
    row: u32,
) -> Option<Action> {
    let Some(right) = right else {
        listed.reasons.push(Reason::RightIsNew);
        return Some(Action::Grant {
            household,
            amount,
            row,
        });
    };
    if right.amount == amount && !right.revoked {
        return None;
    }
    if right.revoked {
        listed.reasons.push(Reason::RevokedBefore);
    }
    if right.amount != amount {
        if right.delivered.0 > 0 {
            listed.reasons.push(Reason::ServedOtherAmount {
                delivered: right.delivered,
                amount,
            });
        }
        listed.reasons.push(if right.by_hand {
            Reason::AmountSetByHand {
                set: right.amount,
                amount,
            }
        } else {
            Reason::AmountChanges {
                before: right.amount,
                amount,
            }
        });
    }
    let entitlement = EntitlementId::of(campaign.id, household);
    Some(Action::Revise {
        household,
        entitlement,
        amount,
        row,
    })
}

fn verdict(listed: &Listed, household: Option<HouseholdId>, amount: Option<Cents>, acts: bool) -> Verdict {
    let fate = match listed.weight() {
        Weight::Refuses => Fate::Refused,
        Weight::Repeats => Fate::Duplicate,
        // A doubt that was taken in once is not one for ever: only what changes something is shown as doubtful.
        _ if !acts => Fate::Unchanged,
        Weight::Doubts => Fate::Doubtful,
        Weight::Informs if household.is_some() => Fate::Changed,
        Weight::Informs => Fate::New,
    };
    Verdict {
        fate,
        household,
        amount,
    }
}

/// Writes what became of a household on each of its rows.
fn tell(rows: &[ReadRow], listed: &Listed, verdict: &Verdict, planned: &mut [Option<PlannedRow>]) {
    let head = rows[listed.applicant].number;
    let mut put = |index: usize, fate: Fate, reasons: Vec<Reason>| {
        let row = &rows[index];
        let is_head = index == listed.applicant;
        planned[index] = Some(PlannedRow {
            row: row.number,
            fate,
            reasons,
            household: verdict.household,
            name: row.full_name(),
            identifier: row.written_identifier.clone(),
            amount: verdict.amount.filter(|_| is_head),
            part_of: (!is_head).then_some(head),
        });
    };
    put(listed.applicant, verdict.fate, listed.reasons.clone());
    for index in listed.members.iter().skip(1) {
        let told = rows[*index]
            .reasons
            .iter()
            .filter(|reason| **reason != Reason::IdentifierMissing);
        let place = match verdict.fate {
            Fate::Refused => Reason::ApplicantRefused { row: head },
            _ => Reason::MemberOf { row: head },
        };
        put(
            *index,
            verdict.fate,
            std::iter::once(place).chain(told.cloned()).collect(),
        );
    }
    for (index, again) in &listed.repeated {
        put(
            *index,
            Fate::Duplicate,
            vec![Reason::SameAs {
                row: rows[*again].number,
            }],
        );
    }
    for index in &listed.left_out {
        let mut reasons = vec![Reason::MemberOf { row: head }];
        reasons.extend(rows[*index].reasons.iter().cloned());
        put(*index, Fate::Refused, reasons);
    }
}
