// SPDX-License-Identifier: EUPL-1.2
//! A workbook of ten thousand rows: looked at, and taken in.

use crate::table::{Table, median};
use sportello_documents::lists::Cell;
use sportello_domain::demo;
use sportello_domain::money::Cents;
use sportello_tests::Office;
use sportello_tests::facts::{self, CAMPAIGN};
use std::time::Instant;

const ROWS: usize = 10_000;
const ROUNDS: usize = 3;
const TARGET: f64 = 5_000.0;

pub async fn run(table: &mut Table) {
    let people = demo::households(5, ROWS);
    let mut sheet = facts::sheet(&people);
    let first = facts::xlsx(&sheet, "2021-02-20".parse().unwrap());
    for row in sheet.rows.iter_mut().step_by(10) {
        row[11] = Cell::Text("055 276 1234".into());
        row[12] = Cell::Number(Cents(20_000).0 as f64 / 100.0);
    }
    let second = facts::xlsx(&sheet, "2021-02-27".parse().unwrap());
    let (mut looked, mut taken, mut looked_again, mut taken_again) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let office = Office::open().await;
        let seat = office.supervisor().await;
        office.until_quiet(&[&seat]).await;
        facts::define(&seat);
        for (list, look, take) in [
            (&first, &mut looked, &mut taken),
            (&second, &mut looked_again, &mut taken_again),
        ] {
            let began = Instant::now();
            let preview = seat.preview(CAMPAIGN, list);
            look.push(ROWS as f64 / began.elapsed().as_secs_f64());
            let command = facts::apply(list, &preview);
            let began = Instant::now();
            let outcome = seat.act(command);
            take.push(ROWS as f64 / began.elapsed().as_secs_f64());
            assert_eq!(outcome.import, Some(preview.counts));
        }
        assert_eq!(usize::try_from(seat.indicator(CAMPAIGN).entitled).unwrap(), ROWS);
    }
    let target = ("asked for", TARGET);
    table.at_least(
        "list of 10,000 rows (XLSX): looked at",
        median(&mut looked),
        target,
        1.0,
    );
    table.at_least(
        "list of 10,000 rows (XLSX): taken in",
        median(&mut taken),
        target,
        1.0,
    );
    table.at_least(
        "a later one, one row in ten changed: looked at",
        median(&mut looked_again),
        target,
        1.0,
    );
    table.at_least(
        "a later one, one row in ten changed: taken in",
        median(&mut taken_again),
        target,
        1.0,
    );
}
