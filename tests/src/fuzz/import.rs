// SPDX-License-Identifier: EUPL-1.2
//! Lists of other offices: CSV, XLSX, ODS, whatever their name says; then what taking them in would do.

use chrono::NaiveDate;
use sportello_documents::lists::{self, Cell};
use sportello_domain::campaign::{AmountRow, Campaign};
use sportello_domain::ids::CampaignId;
use sportello_domain::import::issued::issued_date;
use sportello_domain::import::known::KnownIndex;
use sportello_domain::import::plan::{self, PlanInput};
use sportello_domain::import::value::{RawCell, RawRow, RawTable};
use sportello_domain::money::Cents;
use std::collections::BTreeSet;

/// A list from bytes.
pub fn target(bytes: &[u8]) {
    let Ok(table) = lists::read(bytes, "elenco 12-02-2021.csv") else {
        return;
    };
    assert!(!table.rows.is_empty() && table.rows.len() <= lists::MAX_ROWS);
    let rows = table.rows.into_iter().map(|row| RawRow {
        number: row.number,
        cells: row.cells.into_iter().map(raw).collect(),
    });
    let table = RawTable { rows: rows.collect() };
    let day = |month, day| NaiveDate::from_ymd_opt(2021, month, day).expect("a day");
    let _ = issued_date(&table, "elenco 12-02-2021.csv");
    let campaign = campaign();
    let input = PlanInput {
        table: &table,
        campaign: &campaign,
        digest: "",
        issued: day(2, 12),
        today: day(3, 1),
    };
    let Ok(planned) = plan::plan(&input, &KnownIndex::default());
    let numbers: BTreeSet<u32> = planned.rows.iter().map(|row| row.row).collect();
    assert_eq!(numbers.len(), planned.rows.len(), "each row is told of once");
    assert!(planned.applicable || planned.actions.is_empty());
    assert!(planned.total.0 >= 0);
}

fn campaign() -> Campaign {
    let row = |members, euros: i64| AmountRow {
        members,
        amount: Cents(euros * 100),
    };
    Campaign {
        id: CampaignId::default(),
        name: "Buoni spesa".into(),
        from: NaiveDate::default(),
        to: NaiveDate::default(),
        denomination: Cents(1000),
        amounts: vec![row(1, 150), row(2, 250), row(4, 400)],
        non_resident_amounts: Vec::new(),
        per_minor: Cents(0),
        per_disabled: Cents(5000),
        maximum: Cents(50_000),
        walk_in: true,
    }
}

fn raw(cell: Cell) -> RawCell {
    match cell {
        Cell::Empty => RawCell::Empty,
        Cell::Text(text) => RawCell::Text(text),
        Cell::Number(number) => RawCell::Number(number),
        Cell::Date(date) => RawCell::Date(date),
        Cell::DateTime(at) => RawCell::DateTime(at),
        Cell::Bool(flag) => RawCell::Flag(flag),
    }
}
