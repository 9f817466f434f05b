// SPDX-License-Identifier: EUPL-1.2
//! Which known household a listed one is, if any. Two persons are never made one because their tax codes differ by omocodia
//! only, nor because they have name and date of birth in common.

use super::household::Listed;
use super::known::Known;
use super::reason::Reason;
use super::row::ReadRow;
use crate::household::{HouseholdData, Member};
use crate::identifier::PersonIdentifier;
use crate::ids::HouseholdId;
use crate::text::person_name_eq_loose;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Match {
    pub household: Option<(HouseholdId, HouseholdData)>,
    /// By its applicant's identifier: not only likely.
    pub certain: bool,
    pub reasons: Vec<Reason>,
}

impl Match {
    fn of(household: (HouseholdId, HouseholdData), reasons: Vec<Reason>) -> Self {
        Self {
            household: Some(household),
            certain: false,
            reasons,
        }
    }
}

/// Looks a listed household up: by its applicant's identifier, then by practice number, then by name and date of birth.
pub(super) fn find<K: Known>(known: &K, rows: &[ReadRow], listed: &Listed) -> Result<Match, K::Error> {
    let head = &rows[listed.applicant];
    let code = head.identifier.as_str();
    let mut with_code = if head.identifier.is_none() {
        Vec::new()
    } else {
        load(known, known.by_identifier(code)?)?
    };
    let applies = |found: &Found| {
        found
            .1
            .members
            .first()
            .is_some_and(|m| m.identifier.as_str() == code)
    };
    let (own, elsewhere): (Vec<Found>, Vec<Found>) = with_code.drain(..).partition(applies);
    if !own.is_empty() {
        let found = one_of(known, own, head)?;
        return Ok(Match {
            certain: found.household.is_some(),
            ..found
        });
    }
    if let Some(found) = by_practice(known, head)? {
        return Ok(found);
    }
    let (found, mut reasons) = by_person(known, head)?;
    if let Some(found) = found {
        return Ok(found);
    }
    if let Some(entitled) = first_entitled(known, &elsewhere)? {
        return Ok(Match::of(entitled, vec![Reason::MemberOfKnown]));
    }
    if !elsewhere.is_empty() {
        reasons.push(Reason::WasMember);
    }
    if reasons.is_empty()
        && let Some(key) = head.identifier.search_key()
        && !known.by_search_key(&key)?.is_empty()
    {
        reasons.push(Reason::KeyKnown);
    }
    Ok(Match {
        household: None,
        certain: false,
        reasons,
    })
}

type Found = (HouseholdId, HouseholdData);

fn load<K: Known>(known: &K, ids: Vec<HouseholdId>) -> Result<Vec<Found>, K::Error> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(data) = known.household(id)? {
            found.push((id, data));
        }
    }
    Ok(found)
}

/// The household of those found that is meant: the only one, that of the practice, or the only entitled one.
fn one_of<K: Known>(known: &K, mut found: Vec<Found>, head: &ReadRow) -> Result<Match, K::Error> {
    let count = found.len();
    if count > 1 {
        let practice = found
            .iter()
            .position(|(_, data)| !head.list_ref.is_empty() && data.list_ref == head.list_ref);
        let chosen = match practice {
            Some(place) => Some(place),
            None => only_entitled(known, &found)?,
        };
        let Some(place) = chosen else {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            return Ok(Match {
                household: None,
                certain: false,
                reasons: vec![Reason::SeveralCouldBe { count }],
            });
        };
        found.swap(0, place);
    }
    found.truncate(1);
    Ok(Match {
        household: found.pop(),
        certain: false,
        reasons: Vec::new(),
    })
}

fn only_entitled<K: Known>(known: &K, found: &[Found]) -> Result<Option<usize>, K::Error> {
    let mut entitled = Vec::new();
    for (place, (id, _)) in found.iter().enumerate() {
        if is_entitled(known, *id)? {
            entitled.push(place);
        }
    }
    Ok(if let [place] = entitled.as_slice() {
        Some(*place)
    } else {
        None
    })
}

fn first_entitled<K: Known>(known: &K, found: &[Found]) -> Result<Option<Found>, K::Error> {
    for one in found {
        if is_entitled(known, one.0)? {
            return Ok(Some(one.clone()));
        }
    }
    Ok(None)
}

fn is_entitled<K: Known>(known: &K, id: HouseholdId) -> Result<bool, K::Error> {
    Ok(known.right(id)?.is_some_and(|right| !right.revoked))
}

/// By practice number: the same practice of the same person, or of another member of its household. Numbers begin again
/// with each round, so that a number alone is no proof.
fn by_practice<K: Known>(known: &K, head: &ReadRow) -> Result<Option<Match>, K::Error> {
    if head.list_ref.is_empty() {
        return Ok(None);
    }
    for found in load(known, known.by_list_ref(&head.list_ref)?)? {
        let Some(applicant) = found.1.members.first() else {
            continue;
        };
        if !head.identifier.is_none() && found.1.members.iter().any(|m| m.identifier == head.identifier) {
            return Ok(Some(Match::of(found, vec![Reason::ApplicantChanged])));
        }
        let (one, other) = (applicant.birth_date, head.birth_date);
        let dates = one.is_none() || other.is_none() || one == other;
        if dates && person_name_eq_loose(&full_name(applicant), &head.full_name()) {
            let reasons = if changed_identifier(applicant, head) {
                vec![Reason::IdentifierChanged]
            } else {
                Vec::new()
            };
            return Ok(Some(Match::of(found, reasons)));
        }
        if is_entitled(known, found.0)? {
            return Ok(Some(Match::of(found, vec![Reason::PracticeOfAnother])));
        }
    }
    Ok(None)
}

/// By name and date of birth, where one of the two has no tax code yet; besides, what is to be said when both have one.
fn by_person<K: Known>(known: &K, head: &ReadRow) -> Result<(Option<Match>, Vec<Reason>), K::Error> {
    let Some(date) = head.birth_date else {
        return Ok((None, Vec::new()));
    };
    let found = load(known, known.by_person(&head.surname, &head.name, date)?)?;
    let applicant = |found: &Found| found.1.members.first().cloned();
    let (same, apart): (Vec<Found>, Vec<Found>) = found.into_iter().partition(|one| {
        applicant(one).is_some_and(|member| may_be_one(&member.identifier, &head.identifier))
    });
    if same.is_empty() {
        let homonym = if apart.is_empty() {
            Vec::new()
        } else {
            vec![Reason::Homonym]
        };
        return Ok((None, homonym));
    }
    let mut found = one_of(known, same, head)?;
    if found
        .household
        .as_ref()
        .and_then(applicant)
        .is_some_and(|member| changed_identifier(&member, head))
    {
        found.reasons.push(Reason::IdentifierChanged);
    }
    Ok((Some(found), Vec::new()))
}

/// Whether one person may have both: not two different definitive tax codes.
pub(super) fn may_be_one(one: &PersonIdentifier, other: &PersonIdentifier) -> bool {
    let definitive =
        |identifier: &PersonIdentifier| identifier.tax_code().is_some_and(|code| !code.is_provisional());
    one == other || !definitive(one) || !definitive(other)
}

fn changed_identifier(known: &Member, head: &ReadRow) -> bool {
    !known.identifier.is_none() && !head.identifier.is_none() && known.identifier != head.identifier
}

/// Surname and name, as written.
pub(super) fn full_name(member: &Member) -> String {
    format!("{} {}", member.surname, member.name)
}
