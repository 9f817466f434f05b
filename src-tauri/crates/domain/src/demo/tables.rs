// SPDX-License-Identifier: EUPL-1.2
//! The tables of `data/`, compiled in: names with rough frequencies, places of birth, streets.

use super::rng::DemoRng;

/// Things drawn by weight.
pub(super) struct Weighted<T> {
    pub(super) items: Vec<T>,
    weights: Vec<u32>,
}

impl<T> Weighted<T> {
    fn new(pairs: impl IntoIterator<Item = (T, u32)>) -> Self {
        let (items, weights) = pairs.into_iter().unzip();
        Self { items, weights }
    }

    pub(super) fn draw(&self, rng: &mut DemoRng) -> &T {
        // The tables are never empty (tested), and `weighted` returns an index of theirs.
        &self.items[rng.weighted(&self.weights)]
    }
}

/// Where families of foreign origin come from, and their names.
pub(super) struct Origin {
    /// Register code of the country (`Z100`).
    pub(super) place: &'static str,
    pub(super) country: &'static str,
    /// Two surnames, the father's first and then the mother's.
    pub(super) two_surnames: bool,
    pub(super) men: Vec<&'static str>,
    pub(super) women: Vec<&'static str>,
    pub(super) surnames: Vec<&'static str>,
}

pub(super) struct Place {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
}

pub(super) struct Street {
    pub(super) name: &'static str,
    pub(super) highest: u32,
}

pub(super) struct Tables {
    pub(super) surnames: Weighted<&'static str>,
    pub(super) men: Weighted<&'static str>,
    pub(super) women: Weighted<&'static str>,
    pub(super) origins: Weighted<Origin>,
    pub(super) places: Weighted<Place>,
    /// By Quartiere, the first at index 0.
    pub(super) streets: [Vec<Street>; 5],
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

fn names(table: &'static str) -> Weighted<&'static str> {
    Weighted::new(rows(table).filter_map(|row| match row[..] {
        [name, weight] => Some((name, weight.parse().ok()?)),
        _ => None,
    }))
}

const SURNAMES: &str = include_str!("../../data/surnames.tsv");
const MEN: &str = include_str!("../../data/names_m.tsv");
const WOMEN: &str = include_str!("../../data/names_f.tsv");
const ORIGINS: &str = include_str!("../../data/foreign.tsv");
const PLACES: &str = include_str!("../../data/places.tsv");
const STREETS: &str = include_str!("../../data/streets.tsv");

impl Tables {
    /// Reads the tables. A malformed row is left out; a test knows that there is none.
    pub(super) fn read() -> Self {
        let mut streets: [Vec<Street>; 5] = Default::default();
        for row in rows(STREETS) {
            if let [quartiere, name, highest] = row[..]
                && let (Ok(quartiere), Ok(highest)) = (quartiere.parse::<usize>(), highest.parse())
                && let Some(of_quartiere) = quartiere.checked_sub(1).and_then(|q| streets.get_mut(q))
            {
                of_quartiere.push(Street { name, highest });
            }
        }
        Self {
            surnames: names(SURNAMES),
            men: names(MEN),
            women: names(WOMEN),
            origins: Weighted::new(rows(ORIGINS).filter_map(|row| match row[..] {
                [place, country, weight, two_surnames, men, women, surnames] => Some((
                    Origin {
                        place,
                        country,
                        two_surnames: two_surnames == "1",
                        men: men.split(',').collect(),
                        women: women.split(',').collect(),
                        surnames: surnames.split(',').collect(),
                    },
                    weight.parse().ok()?,
                )),
                _ => None,
            })),
            places: Weighted::new(rows(PLACES).filter_map(|row| match row[..] {
                [code, name, weight] => Some((Place { code, name }, weight.parse().ok()?)),
                _ => None,
            })),
            streets,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_is_malformed_and_no_table_is_poor() {
        let tables = Tables::read();
        for (table, read, at_least) in [
            (SURNAMES, tables.surnames.items.len(), 150),
            (MEN, tables.men.items.len(), 120),
            (WOMEN, tables.women.items.len(), 120),
            (ORIGINS, tables.origins.items.len(), 7),
            (PLACES, tables.places.items.len(), 60),
            (STREETS, tables.streets.iter().map(Vec::len).sum(), 100),
        ] {
            assert_eq!(read, rows(table).count());
            assert!(read >= at_least, "{read} rows, {at_least} wanted");
        }
        for of_quartiere in &tables.streets {
            assert!(of_quartiere.len() >= 20);
        }
        for origin in &tables.origins.items {
            assert!(origin.men.len() >= 6 && origin.women.len() >= 6 && origin.surnames.len() >= 6);
            assert!(origin.place.starts_with('Z') && !origin.country.is_empty());
        }
        let florence = &tables.places.items[0];
        assert_eq!((florence.code, florence.name), ("D612", "Firenze"));
    }
}
