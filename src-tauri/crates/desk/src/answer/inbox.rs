// SPDX-License-Identifier: EUPL-1.2
//! The reconciliation inbox: the cases that the records hold, and where each stands.

use super::documents::code_of;
use super::{Ask, evidence, export};
use crate::error::DeskError;
use crate::messages;
use crate::query::{AssigneeFilter, InboxFilter};
use crate::view::{
    CaseActRow, CaseChoice, CaseHousehold, CasePerson, CaseRow, CaseView, InboxCounts, InboxView, KindCount,
};
use sportello_documents::lists::{Cell, Sheet};
use sportello_domain::exceptions::{Case, CaseDeed, CaseStanding, Severity};
use sportello_domain::household::Household;
use sportello_domain::ids::{CaseId, HouseholdId, OperatorId};
use sportello_domain::office::{Role, Site};
use sportello_domain::refusal::Rejection;
use sportello_domain::text;
use sportello_store::queries::{Found, Looking};
use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// So many rows at once, at most.
const MOST: u32 = 2_000;

/// A case that is here: what the records hold of it, and what was done with it.
struct Here {
    id: CaseId,
    found: Found,
    case: Option<Case>,
    /// The records hold it.
    stands: bool,
}

impl Here {
    fn standing(&self) -> CaseStanding {
        match &self.case {
            _ if self.found.settled => CaseStanding::Decided,
            Some(case) => case.standing(),
            None => CaseStanding::Open,
        }
    }

    /// Somebody still has to do something: what was put right before it was decided asks for nothing.
    fn is_open(&self) -> bool {
        self.stands && self.standing().is_open()
    }

    fn severity(&self) -> Severity {
        self.found.matter.kind.rules().severity
    }

    fn assignee(&self) -> Option<OperatorId> {
        self.case.as_ref().and_then(Case::assignee)
    }
}

/// All cases that are here.
fn all(ask: &Ask<'_>) -> Result<Vec<Here>, DeskError> {
    let looking = Looking {
        today: ask.now.day(),
        whole: ask.desk.supervises(),
    };
    let mut done: BTreeMap<CaseId, Case> = ask
        .reads
        .cases()?
        .into_iter()
        .map(|case| (case.id, case))
        .collect();
    let mut all: Vec<Here> = Vec::new();
    for found in ask.reads.find_cases(looking)? {
        let id = found.matter.id();
        all.push(Here {
            id,
            case: done.remove(&id),
            found,
            stands: true,
        });
    }
    // What was put right since is held by the records no more; what was done with it stays.
    for case in done.into_values() {
        all.push(Here {
            id: case.id,
            found: ask.reads.touched_by(&case)?,
            case: Some(case),
            stands: false,
        });
    }
    Ok(all)
}

pub(super) fn inbox(
    ask: &Ask<'_>,
    filter: &InboxFilter,
    offset: u32,
    limit: u32,
) -> Result<InboxView, DeskError> {
    let all = all(ask)?;
    let mut places = Places::new(ask)?;
    let counts = counts(ask, &all);
    let mut fitting = Vec::new();
    for here in all {
        if fits(ask, filter, &here, &mut places)? {
            fitting.push(here);
        }
    }
    fitting.sort_by_cached_key(|here| {
        (
            !here.is_open(),
            here.severity(),
            here.standing(),
            Reverse(here.found.at),
            here.id,
        )
    });
    let total = u32::try_from(fitting.len()).unwrap_or(u32::MAX);
    let page = fitting
        .iter()
        .skip(offset as usize)
        .take(limit.min(MOST) as usize);
    Ok(InboxView {
        rows: page
            .map(|here| row(ask, here, &mut places))
            .collect::<Result<_, _>>()?,
        total,
        counts,
        assignees: assignees(ask)?,
    })
}

fn counts(ask: &Ask<'_>, all: &[Here]) -> InboxCounts {
    let mut counts = InboxCounts::default();
    let mut kinds = BTreeMap::new();
    for here in all {
        let standing = here.standing();
        if !here.is_open() {
            counts.decided += u32::from(standing == CaseStanding::Decided);
            continue;
        }
        counts.open += 1;
        counts.grave += u32::from(here.severity() == Severity::Grave);
        counts.mine += u32::from(here.assignee() == Some(ask.session.operator()));
        counts.unassigned += u32::from(here.assignee().is_none());
        counts.awaiting += u32::from(standing == CaseStanding::Awaiting);
        counts.contested += u32::from(standing == CaseStanding::Contested);
        *kinds.entry(here.found.matter.kind).or_insert(0) += 1;
    }
    counts.kinds = kinds
        .into_iter()
        .map(|(kind, open)| KindCount { kind, open })
        .collect();
    counts
}

fn fits(ask: &Ask<'_>, filter: &InboxFilter, here: &Here, places: &mut Places) -> Result<bool, DeskError> {
    let found = &here.found;
    let standing = here.standing();
    let by_standing = if filter.standings.is_empty() {
        here.is_open()
    } else {
        filter.standings.contains(&standing) && (here.stands || standing == CaseStanding::Decided)
    };
    let by_assignee = match filter.assignee {
        None => true,
        Some(AssigneeFilter::Me) => here.assignee() == Some(ask.session.operator()),
        Some(AssigneeFilter::Nobody) => here.assignee().is_none(),
        Some(AssigneeFilter::Operator { operator }) => here.assignee() == Some(operator),
    };
    let day = found.at.day();
    if !by_standing
        || !by_assignee
        || !(filter.kinds.is_empty() || filter.kinds.contains(&found.matter.kind))
        || filter.from.is_some_and(|from| day < from)
        || filter.to.is_some_and(|to| day > to)
        || filter
            .campaign
            .is_some_and(|campaign| found.campaign != Some(campaign))
        || filter
            .household
            .is_some_and(|household| !found.households.contains(&household))
    {
        return Ok(false);
    }
    if filter.site.is_some() && places.site(ask, found) != filter.site {
        return Ok(false);
    }
    if filter.quartiere.is_some() && places.quartiere(ask, found)? != filter.quartiere {
        return Ok(false);
    }
    let wanted = text::search_tokens(filter.text.as_deref().unwrap_or_default());
    if wanted.is_empty() {
        return Ok(true);
    }
    let mut words = Vec::new();
    for household in &found.households {
        words.extend(text::search_tokens(&places.name(ask, *household)?));
    }
    if let Some(desk) = found.desk {
        words.extend(text::search_tokens(&ask.directory.name(desk).name));
    }
    Ok(wanted
        .iter()
        .all(|token| words.iter().any(|word| word.starts_with(token.as_str()))))
}

/// Where things are, and what people are called: looked up once.
struct Places {
    sites: Vec<Site>,
    households: HashMap<HouseholdId, (String, Option<u8>)>,
}

impl Places {
    fn new(ask: &Ask<'_>) -> Result<Self, DeskError> {
        Ok(Self {
            sites: ask.reads.sites()?,
            households: HashMap::new(),
        })
    }

    fn household(&mut self, ask: &Ask<'_>, id: HouseholdId) -> Result<&(String, Option<u8>), DeskError> {
        Ok(match self.households.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => {
                let found = ask.reads.state::<Household>(id)?;
                free.insert(found.map_or_else(
                    || (String::new(), None),
                    |h| (h.data.applicant_name(), Some(h.data.quartiere)),
                ))
            }
        })
    }

    fn name(&mut self, ask: &Ask<'_>, id: HouseholdId) -> Result<String, DeskError> {
        Ok(self.household(ask, id)?.0.clone())
    }

    #[expect(clippy::unused_self, reason = "the other places are looked up in it")]
    fn site(&self, ask: &Ask<'_>, found: &Found) -> Option<sportello_domain::ids::SiteId> {
        let of_desk = || {
            found
                .desk
                .and_then(|desk| ask.directory.desk(desk))
                .map(|desk| desk.site)
        };
        found.site.or_else(of_desk)
    }

    fn quartiere(&mut self, ask: &Ask<'_>, found: &Found) -> Result<Option<u8>, DeskError> {
        for household in &found.households {
            if let Some(quartiere) = self.household(ask, *household)?.1 {
                return Ok(Some(quartiere));
            }
        }
        let site = self.site(ask, found);
        Ok(site
            .and_then(|id| self.sites.iter().find(|site| site.id == id))
            .map(|site| site.quartiere))
    }
}

fn assignees(ask: &Ask<'_>) -> Result<Vec<CasePerson>, DeskError> {
    Ok(ask
        .reads
        .operators()?
        .into_iter()
        .filter(|operator| operator.active && operator.role >= Role::Supervisor)
        .map(|operator| CasePerson {
            id: operator.id,
            name: operator.name,
        })
        .collect())
}

fn person(ask: &Ask<'_>, id: OperatorId) -> Result<CasePerson, DeskError> {
    Ok(CasePerson {
        id,
        name: ask.operator_name(id)?,
    })
}

fn row(ask: &Ask<'_>, here: &Here, places: &mut Places) -> Result<CaseRow, DeskError> {
    let found = &here.found;
    let standing = here.standing();
    let decisions = here.case.as_ref().map(Case::decisions).unwrap_or_default();
    let kind = found.matter.kind;
    let undecided = decisions.is_empty() && !found.settled && here.stands;
    let rules = kind.rules();
    let choices = rules.decisions.iter().filter(|_| undecided);
    Ok(CaseRow {
        id: here.id,
        severity: rules.severity,
        standing,
        found: here.stands,
        at: found.at,
        desk: found.desk.map(|desk| ask.directory.name(desk)),
        site: places.site(ask, found),
        quartiere: places.quartiere(ask, found)?,
        campaign: found.campaign,
        households: found
            .households
            .iter()
            .map(|id| {
                Ok(CaseHousehold {
                    id: *id,
                    name: places.name(ask, *id)?,
                })
            })
            .collect::<Result<_, DeskError>>()?,
        assignee: here.assignee().map(|id| person(ask, id)).transpose()?,
        choices: choices
            .map(|decision| CaseChoice {
                decision: *decision,
                takes_two: kind.takes_two(*decision),
            })
            .collect(),
        signable: standing == CaseStanding::Awaiting
            && here
                .case
                .as_ref()
                .is_some_and(|case| !case.signatories().contains(&ask.session.operator())),
        decisions: decisions.iter().map(|live| live.decision).collect(),
        matter: found.matter.clone(),
    })
}

pub(super) fn case(ask: &Ask<'_>, id: CaseId) -> Result<CaseView, DeskError> {
    let here = all(ask)?
        .into_iter()
        .find(|here| here.id == id)
        .ok_or(Rejection::NotFound { what: "case" })?;
    let evidence = evidence::of(ask, &here.found.matter)?;
    Ok(CaseView {
        row: row(ask, &here, &mut Places::new(ask)?)?,
        sides: evidence.sides,
        due: evidence.due,
        delivered: evidence.delivered,
        revoked: evidence.revoked,
        acts: here
            .case
            .as_ref()
            .map(|case| acts(ask, case))
            .transpose()?
            .unwrap_or_default(),
        draft: crate::execute::case_draft(ask.reads, ask.session.operator(), id)?,
        assignees: assignees(ask)?,
    })
}

/// The cases that fit, as a table.
pub(super) fn sheet(ask: &Ask<'_>, filter: &InboxFilter) -> Result<Sheet, DeskError> {
    let word = |code: String| export::text(messages::sentence(ask.language(), &code, &[]));
    let campaigns = ask.reads.campaigns()?;
    let mut rows = Vec::new();
    for row in inbox(ask, filter, 0, MOST)?.rows {
        let names: Vec<String> = row
            .households
            .into_iter()
            .map(|household| household.name)
            .collect();
        let campaign = campaigns
            .iter()
            .find(|campaign| Some(campaign.id) == row.campaign);
        let decided: Vec<String> = row
            .decisions
            .iter()
            .map(|decision| messages::sentence(ask.language(), &code_of("case_decision", decision), &[]))
            .collect();
        rows.push(vec![
            word(code_of("case", &row.matter.kind)),
            word(code_of("case_severity", &row.severity)),
            export::text(names.join(", ")),
            export::text(row.desk.map(|desk| desk.name).unwrap_or_default()),
            row.quartiere.map_or(Cell::Empty, |q| Cell::Number(f64::from(q))),
            export::text(campaign.map(|campaign| campaign.name.clone()).unwrap_or_default()),
            Cell::DateTime(row.at.rome()),
            word(code_of("case_standing", &row.standing)),
            export::text(row.assignee.map(|person| person.name).unwrap_or_default()),
            export::text(decided.join(", ")),
        ]);
    }
    let codes = [
        "label_kind",
        "label_severity",
        "label_household",
        "label_desk",
        "label_quartiere",
        "label_campaign",
        "label_when",
        "label_status",
        "label_assignee",
        "label_decision",
    ];
    Ok(Sheet {
        title: "Anomalie".into(),
        headings: export::headings(ask, &codes),
        rows,
    })
}

/// All that was done with a case, told.
fn acts(ask: &Ask<'_>, case: &Case) -> Result<Vec<CaseActRow>, DeskError> {
    let live: Vec<_> = case.decisions().iter().map(|live| live.act.id).collect();
    case.acts
        .iter()
        .map(|act| {
            let to = match act.deed {
                CaseDeed::Assigned { to: Some(to) } => Some(ask.operator_name(to)?),
                _ => None,
            };
            Ok(CaseActRow {
                id: act.id,
                at: act.at,
                by: person(ask, act.by)?,
                desk: ask.directory.name(act.desk),
                live: live.contains(&act.id),
                deed: act.deed.clone(),
                to,
            })
        })
        .collect()
}

/// The cases of a household that it can be told of at the counter: that there is one, and where it stands.
pub(super) fn of_household(ask: &Ask<'_>, id: HouseholdId) -> Result<Vec<CaseRow>, DeskError> {
    let mut places = Places::new(ask)?;
    let mut rows = Vec::new();
    for found in ask.reads.cases_of(id)? {
        let id = found.matter.id();
        let here = Here {
            id,
            case: ask.reads.state::<Case>(id)?,
            found,
            stands: true,
        };
        rows.push(row(ask, &here, &mut places)?);
    }
    rows.sort_by_key(|row| (!row.standing.is_open(), row.severity, Reverse(row.at)));
    Ok(rows)
}
