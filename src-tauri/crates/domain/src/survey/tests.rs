// SPDX-License-Identifier: EUPL-1.2
use super::LEAST;
use super::content::{Content, Flaw};
use super::figures::{Detail, Shown, breakdown, detail, show, wilson};
use super::ready_made::{BASELINE_2019, questionnaire_2021};
use super::seal::{Waiting, seal};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn the_ready_made_questionnaire_can_be_approved_and_names_the_figures_of_2019() {
    let content = questionnaire_2021();
    assert_eq!(content.flaws(), []);
    let named: BTreeSet<&str> = content
        .questions()
        .filter_map(|question| question.baseline.as_deref())
        .collect();
    assert_eq!(named, BASELINE_2019.iter().map(|(key, _)| *key).collect());
    let json = serde_json::to_string(&content).unwrap();
    assert_eq!(serde_json::from_str::<Content>(&json).unwrap(), content);
}

#[test]
fn each_flaw_is_told() {
    let mut content = questionnaire_2021();
    content.title.remove("en");
    content.sections[0].questions[2].when.as_mut().unwrap().among = [9].into();
    content.sections[1].questions[0].key = "faces".to_owned();
    let flaws = content.flaws();
    assert!(
        flaws.contains(&Flaw::Untold {
            place: "title".to_owned(),
            language: "en".to_owned()
        }),
        "{flaws:?}"
    );
    assert!(flaws.contains(&Flaw::NeverAsked("liked".to_owned())), "{flaws:?}");
    assert!(flaws.contains(&Flaw::Twice("faces".to_owned())), "{flaws:?}");
    content.languages = vec!["en".to_owned()];
    content.sections.clear();
    assert!(content.flaws().contains(&Flaw::NoItalian) && content.flaws().contains(&Flaw::Empty));
}

/// All vectors of three cells up to a total. The bound is on the total, never on a cell: so every world that shows the same
/// figures is among them, and the bound itself rules nothing out.
fn worlds(most: usize) -> Vec<Vec<usize>> {
    let up_to = |most: usize| 0..=most;
    up_to(most)
        .flat_map(|a| up_to(most - a).flat_map(move |b| up_to(most - a - b).map(move |c| vec![a, b, c])))
        .collect()
}

/// Small cells that are the same in every world that shows the same.
fn reckoned(worlds: &[Vec<usize>], shown: impl Fn(&[usize]) -> Shown) -> Vec<(usize, Vec<usize>)> {
    let mut same: BTreeMap<String, Vec<&Vec<usize>>> = BTreeMap::new();
    for world in worlds {
        same.entry(format!("{:?}", shown(world))).or_default().push(world);
    }
    let fixed = |like: &Vec<&Vec<usize>>, cell: usize| {
        like.iter().all(|w| w[cell] == like[0][cell] && w[cell] < LEAST)
    };
    let found = |like: &Vec<&Vec<usize>>| -> Vec<_> {
        (0..3)
            .filter(|cell| fixed(like, *cell))
            .map(|cell| (cell, like[0].clone()))
            .collect()
    };
    same.values().flat_map(found).collect()
}

#[test]
fn who_knows_the_rule_and_what_is_shown_cannot_reckon_a_small_cell() {
    // Up to a size well above what decides the rule; larger ones only show more.
    assert_eq!(reckoned(&worlds(30), |cells| show(cells, 1, Detail::Cells)), []);
}

#[test]
fn the_search_for_small_cells_finds_those_of_a_leaky_rule() {
    // Leaves out only the small cells: the count beside it gives one of them back.
    let leaky = |cells: &[usize]| {
        let kept = cells
            .iter()
            .map(|cell| if *cell < LEAST { usize::MAX } else { *cell });
        Shown::Cells(kept.chain([cells.iter().sum()]).collect())
    };
    assert!(!reckoned(&worlds(30), leaky).is_empty());
}

#[test]
fn the_interval_is_wilsons() {
    // 8 of 10: the roots of (p - x)² = z² x (1 - x) / n, found by bisection.
    let (low, high) = wilson(8, 10).unwrap();
    assert!(
        (low - 0.4902).abs() < 5e-4 && (high - 0.9433).abs() < 5e-4,
        "{low} {high}"
    );
    assert_eq!(wilson(0, 0), None);
}

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, 11, n).unwrap()
}

#[test]
fn too_few_answers_wait_for_the_next_day_of_the_week_and_for_the_end() {
    let of = |n: u32, keys: u8| Waiting {
        day: day(n),
        keys: (0..keys).rev().map(|k| [k; 16]).collect(),
    };
    let (batches, waiting) = seal(vec![of(9, 2), of(8, 3)], None);
    assert_eq!(
        (batches.len(), batches[0].from, batches[0].to),
        (1, day(8), day(9))
    );
    assert!(waiting.is_empty() && batches[0].keys.is_sorted());
    // Friday and the Monday after it are not joined.
    assert_eq!(seal(vec![of(12, 4), of(15, 4)], None).0, []);
    let (batches, waiting) = seal(vec![of(12, 4), of(15, 4)], Some((day(1), day(30))));
    assert_eq!(
        (batches.len(), batches[0].from, batches[0].to, waiting.len()),
        (1, day(1), day(30), 0)
    );
}

proptest! {
    #[test]
    fn parts_are_shown_all_or_none_and_never_small(parts in prop::collection::vec(prop::collection::vec(0usize..12, 3), 1..5)) {
        let shown = breakdown(&parts, 1);
        let withheld = shown.iter().filter(|part| **part == Shown::Withheld).count();
        prop_assert!(withheld == 0 || withheld == shown.len());
        for part in shown {
            let figures = match part {
                Shown::Withheld => vec![],
                Shown::Count(n) => vec![n],
                Shown::Share { positive, rest } => vec![positive, rest],
                Shown::Cells(cells) => cells,
            };
            prop_assert!(figures.iter().all(|figure| *figure >= LEAST));
        }
    }

    #[test]
    fn every_answer_is_written_once_or_waits_and_no_batch_is_small(
        days in prop::collection::btree_map(1u32..30, prop::collection::vec(any::<[u8; 16]>(), 0..9), 0..20),
    ) {
        let all: Vec<Waiting> = days.into_iter().map(|(n, keys)| Waiting { day: day(n), keys }).collect();
        let mut before: Vec<[u8; 16]> = all.iter().flat_map(|d| d.keys.clone()).collect();
        let (batches, waiting) = seal(all, None);
        prop_assert!(batches.iter().all(|batch| batch.keys.len() >= LEAST && batch.keys.is_sorted()));
        let mut after: Vec<[u8; 16]> = batches.into_iter().flat_map(|b| b.keys).collect();
        after.extend(waiting.into_iter().flat_map(|d| d.keys));
        before.sort_unstable();
        after.sort_unstable();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn less_is_shown_of_less(cells in prop::collection::vec(0usize..30, 3)) {
        prop_assert_eq!(show(&cells, 1, Detail::Withheld), Shown::Withheld);
        prop_assert_eq!(detail(&cells, 1) == Detail::Withheld, cells.iter().sum::<usize>() < LEAST);
    }
}
