// SPDX-License-Identifier: EUPL-1.2
//! What a list is compared with: the households, rights and lists that are known already.

use crate::entitlement::Entitlement;
use crate::household::HouseholdData;
use crate::ids::HouseholdId;
use crate::money::Cents;
use crate::text::search_key;
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;

/// A household's right in the campaign, as far as a list is concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KnownRight {
    /// The amount due in all.
    pub amount: Cents,
    /// What was handed over and not taken back.
    pub delivered: Cents,
    /// It was withdrawn.
    pub revoked: bool,
    /// A list gave it.
    pub listed: bool,
    /// A person set the amount that holds now, not a list.
    pub by_hand: bool,
}

impl From<&Entitlement> for KnownRight {
    fn from(entitlement: &Entitlement) -> Self {
        Self {
            amount: entitlement.amount(),
            delivered: entitlement.delivered(),
            revoked: entitlement.revoked.is_some(),
            listed: entitlement
                .revisions
                .iter()
                .any(|revision| revision.source.import.is_some()),
            by_hand: entitlement
                .revisions
                .last()
                .is_some_and(|revision| revision.source.import.is_none()),
        }
    }
}

/// A list taken in before, for the same campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownImport {
    /// BLAKE3 of its file, hexadecimal.
    pub digest: String,
    /// The date that it bore.
    pub issued: NaiveDate,
}

/// Looks up what is known. Rights and imports are those of the campaign that the list is for.
pub trait Known {
    /// Why something could not be looked up.
    type Error;
    /// Households with a member of exactly this identifier, as typed (upper case, no spaces).
    fn by_identifier(&self, code: &str) -> Result<Vec<HouseholdId>, Self::Error>;
    /// Households with a member whose identifier has this search key (a tax code without omocodia).
    fn by_search_key(&self, key: &str) -> Result<Vec<HouseholdId>, Self::Error>;
    /// Households with this practice number.
    fn by_list_ref(&self, list_ref: &str) -> Result<Vec<HouseholdId>, Self::Error>;
    /// Households whose applicant has this surname and name (by [`search_key`]) and date of birth.
    fn by_person(
        &self,
        surname: &str,
        name: &str,
        birth_date: NaiveDate,
    ) -> Result<Vec<HouseholdId>, Self::Error>;
    /// What is known of a household.
    fn household(&self, id: HouseholdId) -> Result<Option<HouseholdData>, Self::Error>;
    /// Its right in the campaign.
    fn right(&self, id: HouseholdId) -> Result<Option<KnownRight>, Self::Error>;
    /// Lists taken in for the campaign, in any order.
    fn imports(&self) -> Result<Vec<KnownImport>, Self::Error>;
    /// Households whose right in the campaign came with a list and was not withdrawn.
    fn entitled(&self) -> Result<Vec<HouseholdId>, Self::Error>;
}

/// All that is known, in memory: for whoever reads everything once rather than asking for each row.
#[derive(Clone, Debug, Default)]
pub struct KnownIndex {
    households: HashMap<HouseholdId, HouseholdData>,
    rights: HashMap<HouseholdId, KnownRight>,
    imports: Vec<KnownImport>,
    by_code: HashMap<String, BTreeSet<HouseholdId>>,
    by_key: HashMap<String, BTreeSet<HouseholdId>>,
    by_ref: HashMap<String, BTreeSet<HouseholdId>>,
    by_person: HashMap<(String, NaiveDate), BTreeSet<HouseholdId>>,
}

impl KnownIndex {
    /// Adds a household, or replaces what was known of it.
    pub fn add_household(&mut self, id: HouseholdId, data: HouseholdData) {
        if let Some(old) = self.households.remove(&id) {
            self.index(id, &old, false);
        }
        self.index(id, &data, true);
        self.households.insert(id, data);
    }

    /// Adds a household's right in the campaign, or replaces it.
    pub fn add_right(&mut self, id: HouseholdId, right: KnownRight) {
        self.rights.insert(id, right);
    }

    /// Adds a list taken in for the campaign.
    pub fn add_import(&mut self, import: KnownImport) {
        self.imports.push(import);
    }

    fn index(&mut self, id: HouseholdId, data: &HouseholdData, add: bool) {
        fn set<K: std::hash::Hash + Eq>(
            map: &mut HashMap<K, BTreeSet<HouseholdId>>,
            key: K,
            id: HouseholdId,
            add: bool,
        ) {
            let ids = map.entry(key).or_default();
            if add {
                ids.insert(id);
            } else {
                ids.remove(&id);
            }
        }
        for member in &data.members {
            if let Some(key) = member.identifier.search_key() {
                set(&mut self.by_code, member.identifier.as_str().to_owned(), id, add);
                set(&mut self.by_key, key, id, add);
            }
        }
        if !data.list_ref.is_empty() {
            set(&mut self.by_ref, data.list_ref.clone(), id, add);
        }
        if let Some(first) = data.members.first()
            && let Some(date) = first.birth_date
        {
            set(
                &mut self.by_person,
                (name_key(&first.surname, &first.name), date),
                id,
                add,
            );
        }
    }
}

fn name_key(surname: &str, name: &str) -> String {
    format!("{}|{}", search_key(surname), search_key(name))
}

fn all(found: Option<&BTreeSet<HouseholdId>>) -> Vec<HouseholdId> {
    found.map(|ids| ids.iter().copied().collect()).unwrap_or_default()
}

impl Known for KnownIndex {
    type Error = Infallible;

    fn by_identifier(&self, code: &str) -> Result<Vec<HouseholdId>, Infallible> {
        Ok(all(self.by_code.get(code)))
    }

    fn by_search_key(&self, key: &str) -> Result<Vec<HouseholdId>, Infallible> {
        Ok(all(self.by_key.get(key)))
    }

    fn by_list_ref(&self, list_ref: &str) -> Result<Vec<HouseholdId>, Infallible> {
        Ok(all(self.by_ref.get(list_ref)))
    }

    fn by_person(
        &self,
        surname: &str,
        name: &str,
        birth_date: NaiveDate,
    ) -> Result<Vec<HouseholdId>, Infallible> {
        if self.by_person.is_empty() {
            return Ok(Vec::new());
        }
        Ok(all(self.by_person.get(&(name_key(surname, name), birth_date))))
    }

    fn household(&self, id: HouseholdId) -> Result<Option<HouseholdData>, Infallible> {
        Ok(self.households.get(&id).cloned())
    }

    fn right(&self, id: HouseholdId) -> Result<Option<KnownRight>, Infallible> {
        Ok(self.rights.get(&id).copied())
    }

    fn imports(&self) -> Result<Vec<KnownImport>, Infallible> {
        Ok(self.imports.clone())
    }

    fn entitled(&self) -> Result<Vec<HouseholdId>, Infallible> {
        Ok(self
            .rights
            .iter()
            .filter(|(_, right)| right.listed && !right.revoked)
            .map(|(id, _)| *id)
            .collect())
    }
}
