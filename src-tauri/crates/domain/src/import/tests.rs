// SPDX-License-Identifier: EUPL-1.2
//! Lists as they come, and what becomes of their rows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod columns;
mod demo;
mod known;
mod members;
mod rows;
mod value;

use super::known::{KnownImport, KnownIndex, KnownRight};
use super::plan::{Action, Fate, ImportPlan, PlanInput, PlannedRow, plan};
use super::value::{RawCell, RawRow, RawTable};
use super::{Notice, Reason};
use crate::campaign::{AmountRow, Campaign};
use crate::household::HouseholdData;
use crate::ids::{CampaignId, HouseholdId};
use crate::money::Cents;
use chrono::NaiveDate;
use std::collections::BTreeMap;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// 150 € for one, 250 for two, 350 for three, 400 for more; 50 more for each minor; vouchers of 10.
fn campaign() -> Campaign {
    let row = |members, euros: i64| AmountRow {
        members,
        amount: Cents(euros * 100),
    };
    Campaign {
        id: CampaignId(uuid::Uuid::from_u128(7)),
        name: "Buoni spesa".into(),
        from: day("2021-01-02"),
        to: day("2021-04-30"),
        denomination: Cents(1000),
        amounts: vec![row(1, 150), row(2, 250), row(3, 350), row(5, 400)],
        non_resident_amounts: vec![row(1, 80)],
        per_minor: Cents(5000),
        per_disabled: Cents(0),
        maximum: Cents(50_000),
        walk_in: true,
    }
}

/// A table of text cells written as a CSV of semicolons; the first line has number 1.
fn table(text: &str) -> RawTable {
    let cell = |text: &str| {
        let text = text.trim_matches('\u{1}');
        if text.is_empty() {
            RawCell::Empty
        } else {
            RawCell::Text(text.to_owned())
        }
    };
    let rows = text
        .trim()
        .lines()
        .zip(1..)
        .map(|(line, number)| RawRow {
            number,
            cells: line.trim_start().split(';').map(cell).collect(),
        })
        .collect();
    RawTable { rows }
}

const HEADINGS: &str = "Cognome;Nome;Codice fiscale;Data di nascita;Indirizzo;Civico;Quartiere;N. componenti;Minori;Telefono;Importo;N. pratica";

/// A table of the usual headings; the first row has number 2.
fn usual(rows: &[&str]) -> RawTable {
    table(
        &std::iter::once(HEADINGS)
            .chain(rows.iter().copied())
            .collect::<Vec<_>>()
            .join("\n"),
    )
}

fn planned(table: &RawTable, known: &KnownIndex) -> ImportPlan {
    planned_as(table, known, "digest", "2021-01-10")
}

fn planned_as(table: &RawTable, known: &KnownIndex, digest: &str, issued: &str) -> ImportPlan {
    let campaign = campaign();
    let input = PlanInput {
        table,
        campaign: &campaign,
        digest,
        issued: day(issued),
        today: day("2021-02-01"),
    };
    plan(&input, known).unwrap()
}

/// What the desk would write.
fn apply(plan: &ImportPlan, known: &mut KnownIndex, rights: &mut BTreeMap<HouseholdId, KnownRight>) {
    for action in &plan.actions {
        let (id, amount) = match action {
            Action::Register {
                household,
                data,
                amount,
                ..
            } => {
                known.add_household(*household, (**data).clone());
                (*household, Some(*amount))
            }
            Action::Correct { household, data, .. } => {
                known.add_household(*household, (**data).clone());
                (*household, None)
            }
            Action::Grant {
                household, amount, ..
            }
            | Action::Revise {
                household, amount, ..
            } => (*household, Some(*amount)),
        };
        if let Some(amount) = amount {
            let right = rights.entry(id).or_default();
            *right = KnownRight {
                amount,
                delivered: right.delivered,
                revoked: false,
                listed: true,
                by_hand: false,
            };
            known.add_right(id, *right);
        }
    }
}

/// What is known once a list was taken in.
fn after(table: &RawTable) -> KnownIndex {
    let mut known = KnownIndex::default();
    let plan = planned_as(table, &known, "first", "2021-01-05");
    assert!(plan.applicable, "{:?}", plan.notices);
    apply(&plan, &mut known, &mut BTreeMap::new());
    known.add_import(KnownImport {
        digest: "first".into(),
        issued: day("2021-01-05"),
    });
    known
}

fn registered(plan: &ImportPlan) -> Vec<(HouseholdId, HouseholdData)> {
    plan.actions
        .iter()
        .filter_map(|action| match action {
            Action::Register { household, data, .. } => Some((*household, (**data).clone())),
            _ => None,
        })
        .collect()
}

fn row(plan: &ImportPlan, number: u32) -> &PlannedRow {
    plan.rows
        .iter()
        .find(|row| row.row == number)
        .expect("the row is in the plan")
}

fn fates(plan: &ImportPlan) -> Vec<Fate> {
    plan.rows.iter().map(|row| row.fate).collect()
}

/// Every row once, counts that add up, no action for a row that is not taken in.
fn sound(table: &RawTable, plan: &ImportPlan) {
    let headings = super::columns::Columns::recognise(table)
        .headings
        .map_or(0, |at| at + 1);
    let expected: Vec<u32> = table.rows[headings..].iter().map(|row| row.number).collect();
    assert_eq!(plan.rows.iter().map(|row| row.row).collect::<Vec<_>>(), expected);
    let c = plan.counts;
    let counted = c.new + c.changed + c.unchanged + c.duplicate + c.doubtful + c.refused;
    let members = plan
        .rows
        .iter()
        .filter(|row| row.part_of.is_some() && !matches!(row.fate, Fate::Refused | Fate::Duplicate))
        .count();
    assert_eq!(counted as usize + members, plan.rows.len());
    for action in &plan.actions {
        let (Action::Register { row: number, .. }
        | Action::Correct { row: number, .. }
        | Action::Grant { row: number, .. }
        | Action::Revise { row: number, .. }) = action;
        assert!(
            matches!(
                row(plan, *number).fate,
                Fate::New | Fate::Changed | Fate::Doubtful
            ),
            "row {number}"
        );
    }
    for row in plan
        .rows
        .iter()
        .filter(|row| matches!(row.fate, Fate::Refused | Fate::Doubtful | Fate::Duplicate))
    {
        assert!(!row.reasons.is_empty(), "row {} without a reason", row.row);
    }
}
