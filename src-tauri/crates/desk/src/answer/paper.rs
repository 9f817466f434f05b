// SPDX-License-Identifier: EUPL-1.2
//! Kits of numbered forms, and the form that is about to be typed in.

use super::Ask;
use crate::error::DeskError;
use crate::view::{
    FormEntryRow, FormOperator, FormRow, FormState, FormTwiceRow, KitPerson, PaperFormView, PaperKitRow,
    PaperKitsView,
};
use sportello_domain::campaign::Campaign;
use sportello_domain::context::Ctx;
use sportello_domain::entitlement::Entitlement;
use sportello_domain::household::Household;
use sportello_domain::paper::{self, FormCode, PaperKit, kit_code};
use sportello_domain::refusal::Rejection;

pub(super) fn kits(ask: &Ask<'_>) -> Result<PaperKitsView, DeskError> {
    let kits = ask
        .reads
        .paper_kits()?
        .into_iter()
        .map(|kit| row(ask, kit))
        .collect::<Result<_, _>>()?;
    let mut twice = Vec::new();
    for found in ask.reads.forms_twice()? {
        let mut entries = Vec::new();
        for entry in found.entries {
            let right = ask.reads.state::<Entitlement>(entry.entitlement)?;
            let household = right.as_ref().map(|right| right.household);
            let known = household.map(|id| ask.reads.state::<Household>(id)).transpose()?;
            entries.push(FormEntryRow {
                household,
                name: known
                    .flatten()
                    .map(|h| h.data.applicant_name())
                    .unwrap_or_default(),
                at: entry.at,
                entered_at: entry.entered_at,
                entered_by: ask.operator_name(entry.entered_by)?,
                desk: ask.directory.name(entry.desk),
            });
        }
        twice.push(FormTwiceRow {
            kit: found.kit,
            number: found.number,
            code: FormCode::of(found.kit, found.number).to_string(),
            voided: found.voided,
            entries,
        });
    }
    Ok(PaperKitsView { kits, twice })
}

fn row(ask: &Ask<'_>, kit: PaperKit) -> Result<PaperKitRow, DeskError> {
    let twice: Vec<u16> = kit.twice().into_iter().map(|(number, _)| number).collect();
    let state = |number: u16| {
        if twice.contains(&number) {
            FormState::Twice
        } else if kit.entry(number).is_some() {
            FormState::Entered
        } else if kit.voided(number).is_some() {
            FormState::Voided
        } else {
            FormState::Open
        }
    };
    let forms = (1..=kit.forms)
        .map(|number| FormRow {
            number,
            code: FormCode::of(kit.id, number).to_string(),
            state: state(number),
        })
        .collect();
    let campaign = ask.reads.state::<Campaign>(kit.campaign)?;
    Ok(PaperKitRow {
        code: kit_code(kit.id),
        desk: ask.directory.name(kit.desk),
        campaign_name: campaign.map(|campaign| campaign.name).unwrap_or_default(),
        operator: ask.operator_name(kit.by)?,
        forms,
        open: u16::try_from(kit.open_forms().len()).unwrap_or(u16::MAX),
        kit,
    })
}

pub(super) fn form(ask: &Ask<'_>, code: &str) -> Result<PaperFormView, DeskError> {
    let missing = || DeskError::from(Rejection::NotFound { what: "form" });
    let code = FormCode::parse(code).ok_or_else(missing)?;
    let kit = ask
        .reads
        .kits_by_code(code.kit())?
        .into_iter()
        .find(|kit| (1..=kit.forms).contains(&code.number()))
        .ok_or_else(missing)?;
    let ctx = Ctx {
        now: ask.now,
        desk: ask.desk.id(),
        site: ask.desk.site(),
        operator: ask.session.operator(),
        role: ask.session.role(),
    };
    let problem = paper::enterable(&ctx, &kit, code.number(), ask.now.rome())
        .err()
        .map(|rejection| DeskError::from(rejection).problem(ask.language()));
    let operators = ask
        .reads
        .operators()?
        .into_iter()
        .map(|operator| FormOperator {
            id: operator.id,
            name: operator.name,
        })
        .collect();
    Ok(PaperFormView {
        people: people(ask, &kit)?,
        number: code.number(),
        code: code.to_string(),
        problem,
        operators,
        kit: row(ask, kit)?,
    })
}

/// Who stood on a kit's list, as they stand now, by name.
pub(super) fn people(ask: &Ask<'_>, kit: &PaperKit) -> Result<Vec<KitPerson>, DeskError> {
    let denomination = ask
        .reads
        .state::<Campaign>(kit.campaign)?
        .map_or(1, |campaign| campaign.denomination.0.max(1));
    let mut people = Vec::new();
    for id in &kit.entitlements {
        let Some(right) = ask.reads.state::<Entitlement>(*id)? else {
            continue;
        };
        // Somebody who was erased is on no list any more.
        let Some(household) = ask.reads.state::<Household>(right.household)? else {
            continue;
        };
        people.push(KitPerson {
            entitlement: *id,
            household: right.household,
            name: household.data.applicant_name(),
            remaining: right.remaining(),
            vouchers: (right.remaining().0 / denomination).unsigned_abs(),
            status: right.status(),
            here: right.custody.holder == ask.desk.id(),
        });
    }
    people.sort_by_cached_key(|person| {
        (
            sportello_domain::text::search_key(&person.name),
            person.entitlement,
        )
    });
    Ok(people)
}
