// SPDX-License-Identifier: EUPL-1.2
//! Who lives together: ages, kinship and names that hold together.

use super::REFERENCE_DAY;
use super::rng::DemoRng;
use super::tables::{Origin, Tables};
use crate::tax_code::Sex;
use chrono::{Days, Months, NaiveDate};

/// A person before an identifier is given.
pub(super) struct Sketch {
    pub(super) surname: String,
    pub(super) name: String,
    pub(super) sex: Sex,
    pub(super) birth_date: NaiveDate,
    pub(super) birthplace: &'static str,
    pub(super) birthplace_name: &'static str,
    pub(super) adult: bool,
    pub(super) disabled: bool,
}

/// Makes a household of exactly `size` people; the first is an adult, and so is the second of a couple.
pub(super) fn compose(
    tables: &Tables,
    rng: &mut DemoRng,
    origin: Option<&Origin>,
    size: usize,
) -> Vec<Sketch> {
    let mut makers = Makers { tables, rng, origin };
    let mut people = match size {
        1 => vec![makers.alone()],
        2 => match makers.rng.weighted(&[350, 450, 200]) {
            0 => makers.couple(24, 64),
            1 => makers.parents_and_children(1, 1),
            _ => makers.couple(65, 88),
        },
        _ => {
            let grandparent = size >= 4 && makers.rng.chance(80);
            let parents = if makers.rng.chance(180) { 1 } else { 2 };
            let children = size - parents - usize::from(grandparent);
            let mut people = makers.parents_and_children(parents, children);
            if grandparent {
                people.push(makers.grandparent_of(&people));
            }
            people
        }
    };
    give_different_names(&mut makers, &mut people);
    people
}

struct Makers<'a> {
    tables: &'a Tables,
    rng: &'a mut DemoRng,
    origin: Option<&'a Origin>,
}

impl Makers<'_> {
    fn alone(&mut self) -> Sketch {
        let age = if self.rng.chance(580) {
            self.rng.between(20, 64)
        } else {
            self.rng.between(65, 89)
        };
        let sex = self.sex();
        let born = self.born_at(age);
        self.adult(sex, born)
    }

    fn couple(&mut self, youngest: u32, oldest: u32) -> Vec<Sketch> {
        let age = self.rng.between(youngest, oldest);
        let woman = self.born_at(age);
        let man_age = (age + self.rng.between(0, 9)).saturating_sub(3).clamp(20, 90);
        let man = self.born_at(man_age);
        vec![self.adult(Sex::Female, woman), self.adult(Sex::Male, man)]
    }

    /// One parent (mostly the mother) or two, and children at least nine months apart or twins.
    fn parents_and_children(&mut self, parents: usize, children: usize) -> Vec<Sketch> {
        // From the oldest child to the youngest, in months; a twin comes with the one before.
        let gaps: Vec<u32> = (1..children)
            .map(|_| {
                if self.rng.chance(25) {
                    0
                } else {
                    self.rng.between(11, 50)
                }
            })
            .collect();
        let span: u32 = gaps.iter().sum();
        let mother_age = self.rng.between(22, 52).max(19 + span / 12 + 1);
        // Old enough for the youngest to be born, not so old that the mother was under 18.
        let oldest = self
            .rng
            .between(span, (mother_age * 12 - 18 * 12).min(span + 22 * 12));
        let mother_born = self.born_at(mother_age);
        let father_age = (mother_age + self.rng.between(0, 11))
            .saturating_sub(3)
            .max(oldest / 12 + 19);
        let father_born = self.born_at(father_age);

        let mother = self.adult(Sex::Female, mother_born);
        let father = self.adult(Sex::Male, father_born);
        let surname = self.children_surname(&father, &mother);
        let mut month = oldest;
        let mut born = self.born_months_ago(month);
        let mut people = match (parents, self.rng.chance(850)) {
            (2, _) => vec![mother, father],
            (_, true) => vec![mother],
            (_, false) => vec![father],
        };
        for index in 0..children {
            if let Some(gap) = index.checked_sub(1).and_then(|i| gaps.get(i))
                && *gap > 0
            {
                month = month.saturating_sub(*gap);
                born = self.born_months_ago(month);
            }
            people.push(self.child(&surname, born));
        }
        people
    }

    fn grandparent_of(&mut self, family: &[Sketch]) -> Sketch {
        let sex = if self.rng.chance(750) {
            Sex::Female
        } else {
            Sex::Male
        };
        let parent_born = family.iter().map(|p| p.birth_date).min().unwrap_or(REFERENCE_DAY);
        let months = self.rng.between(21 * 12, 34 * 12);
        // Not before 1930: the places of birth are sure from then on.
        let born = (parent_born - Months::new(months)).max(self.born_at(90));
        self.adult(sex, born)
    }

    fn adult(&mut self, sex: Sex, birth_date: NaiveDate) -> Sketch {
        let place = match self.origin {
            Some(origin) => (origin.place, origin.country),
            None => self.any_place(),
        };
        let surname = match self.origin {
            Some(origin) => {
                let first = self.rng.index(origin.surnames.len());
                let second = self.rng.index(origin.surnames.len());
                if origin.two_surnames {
                    format!("{} {}", origin.surnames[first], origin.surnames[second])
                } else {
                    origin.surnames[first].to_owned()
                }
            }
            None => (*self.tables.surnames.draw(self.rng)).to_owned(),
        };
        self.person(surname, sex, birth_date, place)
    }

    fn any_place(&mut self) -> (&'static str, &'static str) {
        let place = self.tables.places.draw(self.rng);
        (place.code, place.name)
    }

    fn child(&mut self, surname: &str, birth_date: NaiveDate) -> Sketch {
        let sex = self.sex();
        let born_abroad = self.origin.filter(|_| self.rng.chance(250));
        let place = match born_abroad {
            Some(origin) => (origin.place, origin.country),
            // The hospitals of Florence, mostly.
            None if self.rng.chance(880) => ("D612", "Firenze"),
            None => self.any_place(),
        };
        self.person(surname.to_owned(), sex, birth_date, place)
    }

    fn person(
        &mut self,
        surname: String,
        sex: Sex,
        birth_date: NaiveDate,
        (birthplace, birthplace_name): (&'static str, &'static str),
    ) -> Sketch {
        Sketch {
            surname,
            name: self.first_name(sex),
            sex,
            birth_date,
            birthplace,
            birthplace_name,
            adult: birth_date <= REFERENCE_DAY - Months::new(18 * 12),
            disabled: self.rng.chance(30),
        }
    }

    fn first_name(&mut self, sex: Sex) -> String {
        let name = match (self.origin, sex) {
            (Some(origin), Sex::Female) => origin.women[self.rng.index(origin.women.len())],
            (Some(origin), Sex::Male) => origin.men[self.rng.index(origin.men.len())],
            (None, Sex::Female) => self.tables.women.draw(self.rng),
            (None, Sex::Male) => self.tables.men.draw(self.rng),
        };
        name.to_owned()
    }

    /// The father's; where people have two, the first of each parent.
    fn children_surname(&self, father: &Sketch, mother: &Sketch) -> String {
        let first = |surname: &str| surname.split(' ').next().unwrap_or_default().to_owned();
        if self.origin.is_some_and(|origin| origin.two_surnames) {
            format!("{} {}", first(&father.surname), first(&mother.surname))
        } else {
            father.surname.clone()
        }
    }

    fn sex(&mut self) -> Sex {
        if self.rng.chance(512) {
            Sex::Male
        } else {
            Sex::Female
        }
    }

    /// A birth date that makes someone `age` on the reference day.
    fn born_at(&mut self, age: u32) -> NaiveDate {
        REFERENCE_DAY - Months::new(age * 12) - Days::new(u64::from(self.rng.below(364)))
    }

    /// A birth date so many months ago, within the month, never after the reference day.
    fn born_months_ago(&mut self, months: u32) -> NaiveDate {
        REFERENCE_DAY - Months::new(months) - Days::new(u64::from(self.rng.below(27)))
    }
}

/// Nobody in a household has the name of another one of the same sex.
fn give_different_names(makers: &mut Makers<'_>, people: &mut [Sketch]) {
    for index in 1..people.len() {
        let (before, rest) = people.split_at_mut(index);
        let Some(person) = rest.first_mut() else {
            return;
        };
        let mut tries = 0;
        while before.iter().any(|other| other.name == person.name) && tries < 100 {
            person.name = makers.first_name(person.sex);
            tries += 1;
        }
    }
}
