// SPDX-License-Identifier: EUPL-1.2
//! What is outside of every program: people with their papers, Servizi Sociali's lists, booklets in a depot and in a van.

use super::dice::Dice;
use crate::facts;
use base64::Engine as _;
use chrono::{Duration, NaiveDate};
use sportello_documents::lists::Sheet;
use sportello_domain::command::FileInput;
use sportello_domain::demo::{self, DemoHousehold};
use sportello_domain::ids::{DeskId, EntitlementId, HouseholdId};
use sportello_domain::serial::Run;
use sportello_domain::stock::ShipmentNo;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Booklets have these letters.
const SERIES: &str = "FI";
/// And as many digits.
const WIDTH: u8 = 8;

/// So many households are the talk of the town.
const FEW: usize = 4;
/// Until households were asked for so many times.
const TALKED_ABOUT: usize = 60;

/// A household as somebody at a counter would ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What finds it.
    pub search: String,
    /// Where it lives.
    pub quartiere: u8,
}

/// A paper by which a desk handed a right to another. Whoever holds it may have copied it, and bring it anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// What it hands over.
    pub entitlement: EntitlementId,
    /// The only desk that may use it.
    pub to: DeskId,
    /// What is typed.
    pub code: String,
    /// What is scanned.
    pub qr: String,
    /// It was used.
    pub used: bool,
}

/// Everything outside.
#[derive(Debug)]
pub struct Town {
    /// Hand-overs on paper.
    pub papers: Vec<Paper>,
    /// Words that stand for somebody whom an order erased.
    pub forgotten: Vec<String>,
    /// Words that stand for somebody whom an order is to erase.
    pub to_forget: BTreeMap<HouseholdId, Vec<String>>,
    /// Who may come.
    pub people: Vec<Person>,
    /// Booklets on the way from one desk to another.
    pub transit: Vec<Run>,
    /// Papers that go with shipments of vouchers: the shipment, to whom, the serials.
    pub bollas: Vec<(ShipmentNo, DeskId, Vec<Run>)>,
    /// Vouchers that lie damaged at a desk.
    pub damaged: Vec<(DeskId, Run)>,
    /// Vouchers that a desk handed out before anybody entered them, with the desk's number.
    pub not_entered: Vec<(usize, Run)>,
    /// Runs that desks were supplied with.
    pub supplied: Vec<Run>,
    lists: Vec<FileInput>,
    series: Vec<FileInput>,
    households: Vec<DemoHousehold>,
    dice: Dice,
    next_serial: u64,
    added: usize,
    asked: usize,
}

impl Town {
    /// A town with so many households.
    pub fn new(seed: u64, people: usize) -> Self {
        let households = demo::households(seed, people);
        let ask = |household: &DemoHousehold| Person {
            search: household.list_ref.clone(),
            quartiere: household.quartiere,
        };
        Self {
            people: households.iter().map(ask).collect(),
            papers: Vec::new(),
            forgotten: Vec::new(),
            to_forget: BTreeMap::new(),
            transit: Vec::new(),
            bollas: Vec::new(),
            damaged: Vec::new(),
            not_entered: Vec::new(),
            supplied: Vec::new(),
            lists: Vec::new(),
            series: Vec::new(),
            households,
            dice: Dice::new(seed, 3),
            next_serial: 1,
            added: 0,
            asked: 0,
        }
    }

    /// Somebody who may come to a desk that serves these Quartieri; now and then somebody from elsewhere.
    pub fn somebody(&mut self, reads: &[u8], dice: &mut Dice) -> Option<&Person> {
        self.asked += 1;
        if dice.chance(60) {
            return dice.pick(&self.people);
        }
        // For a while everybody has to do with the same few: that is when desks get into each other's way.
        if dice.chance(350) {
            let first = self.asked / TALKED_ABOUT;
            let at = (first + dice.below(FEW)) % self.people.len();
            return self.people.get(at);
        }
        let near: Vec<&Person> = self
            .people
            .iter()
            .filter(|person| reads.contains(&person.quartiere))
            .collect();
        dice.pick(&near).copied()
    }

    /// The next list of Servizi Sociali: a few households more, some facts of some others changed.
    pub fn next_list(&mut self) -> FileInput {
        let number = self.lists.len();
        let most = self.households.len();
        let listed = (most * 6 / 10 + number * most / 10).clamp(1, most);
        if number > 0 {
            for household in &mut self.households[..listed] {
                if self.dice.chance(60) {
                    household.phone = format!("399 555 {:04}", self.dice.below(10_000));
                }
                if self.dice.chance(40) {
                    household.disabled = u8::from(household.disabled == 0);
                }
                if self.dice.chance(20) {
                    household.quartiere = household.quartiere % 5 + 1;
                }
            }
        }
        let sheet: Sheet = facts::sheet(&self.households[..listed]);
        let day = i64::try_from(number).unwrap_or(0);
        let first = NaiveDate::from_ymd_opt(2021, 2, 10).unwrap();
        let list = facts::csv(&sheet, first + Duration::days(day));
        self.lists.push(list.clone());
        list
    }

    /// The list that came last.
    pub fn last_list(&self) -> Option<FileInput> {
        self.lists.last().cloned()
    }

    /// Any list but the last.
    pub fn older_list(&self, dice: &mut Dice) -> Option<FileInput> {
        let (_, older) = self.lists.split_last()?;
        dice.pick(older).cloned()
    }

    /// Another list that was written between two others and comes late: nobody has seen it, and later ones are known.
    pub fn late_list(&mut self, dice: &mut Dice) -> FileInput {
        let listed = self.households.len() / 2;
        let mut households = self.households[..listed.max(1)].to_vec();
        for household in &mut households {
            if dice.chance(100) {
                household.disabled = u8::from(household.disabled == 0);
            }
        }
        let day = i64::try_from(dice.below(5)).unwrap_or(0);
        let first = NaiveDate::from_ymd_opt(2021, 2, 1).unwrap();
        facts::csv(&facts::sheet(&households), first + Duration::days(day))
    }

    /// A series of appointments on a day, as another office writes it: people whom nobody knows, one whom the lists may know, one without
    /// a time, some for the other service.
    pub fn next_series(&mut self, site: &str, day: NaiveDate, dice: &mut Dice) -> FileInput {
        let number = self.series.len();
        let mut text = "Nominativo;Codice fiscale;Telefono;Data;Ora;Sede;Servizio\n".to_owned();
        for row in 0..dice.between(2, 5) {
            let quarters = dice.below(20);
            let (hour, minute) = (8 + (quarters + 2) / 4, (quarters + 2) % 4 * 15);
            let code = match dice.pick(&self.households) {
                Some(household) if row == 0 => household.applicant().identifier.as_str().to_owned(),
                _ => String::new(),
            };
            let (time, service) = match dice.below(6) {
                0 => ("quando può".to_owned(), ""),
                1 => (format!("{hour}:{minute:02}"), "Informazioni"),
                _ => (format!("{hour}:{minute:02}"), ""),
            };
            let day = day.format("%d/%m/%Y");
            let _ = writeln!(
                text,
                "Serie {number} {row};{code};055 1;{day};{time};{site};{service}"
            );
        }
        let file = facts::file(&format!("serie-{number}.csv"), text.as_bytes());
        self.series.push(file.clone());
        file
    }

    /// A series that somebody was given before.
    pub fn older_series(&self, dice: &mut Dice) -> Option<FileInput> {
        dice.pick(&self.series).cloned()
    }

    /// Somebody was forgotten. Mostly Servizi Sociali are told, and list them no more.
    pub fn forget(&mut self, words: Vec<String>) {
        if self.dice.chance(700) && self.households.len() > FEW {
            self.households.retain(|household| {
                !words
                    .iter()
                    .any(|word| word == household.applicant().identifier.as_str())
            });
        }
        self.forgotten.extend(words);
    }

    /// Whom a list names the office knows again: as somebody new, since it cannot know that it knew them.
    pub fn is_listed_again(&mut self, list: &FileInput) {
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(&list.content)
            .unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        self.forgotten.retain(|word| !text.contains(word.as_str()));
    }

    /// New booklets out of the depot. No two are alike.
    pub fn booklets(&mut self, vouchers: u64) -> Run {
        let first = self.next_serial;
        // A gap after each delivery note.
        self.next_serial += vouchers + 3;
        Run {
            series: SERIES.into(),
            first,
            last: first + vouchers - 1,
            width: WIDTH,
        }
    }

    /// A surname that nobody else has, for a household entered by hand.
    pub fn new_surname(&mut self) -> String {
        self.added += 1;
        // Digits would be taken for a telephone.
        let letters: String = format!("{:03}", self.added)
            .bytes()
            .map(|digit| char::from(digit - b'0' + b'a'))
            .collect();
        format!("Aggiunti{letters}")
    }
}
