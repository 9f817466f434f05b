// SPDX-License-Identifier: EUPL-1.2
//! The forms of a kit on paper, with who may be served and the vouchers that go with them.

use super::documents::{place, word};
use super::{Ask, paper};
use crate::error::DeskError;
use crate::query::Language;
use sportello_documents::{Document, pdf};
use sportello_domain::campaign::Campaign;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::household::Household;
use sportello_domain::ids::PaperKitId;
use sportello_domain::paper::{FormCode, PaperKit, kit_code};

pub(super) fn kit(
    ask: &Ask<'_>,
    id: PaperKitId,
    language: Language,
) -> Result<(String, Document), DeskError> {
    let kit: PaperKit = ask.need(id, "paper_kit")?;
    let campaign: Campaign = ask.need(kit.campaign, "campaign")?;
    let site = ask
        .directory
        .desk(kit.desk)
        .map_or(ask.desk.site(), |desk| desk.site);
    let mut people = Vec::new();
    // Printed again, the list has who can still be served.
    let still = |status| matches!(status, EntitlementStatus::Due | EntitlementStatus::Partial);
    for person in paper::people(ask, &kit)?.into_iter().filter(|p| still(p.status)) {
        let reference = ask
            .reads
            .state::<Household>(person.household)?
            .map(|household| household.data.list_ref)
            .unwrap_or_default();
        people.push(pdf::KitPerson {
            reference,
            name: person.name,
            vouchers: person.vouchers,
            amount_cents: person.remaining.0,
        });
    }
    let forms = kit
        .open_forms()
        .into_iter()
        .map(|number| {
            let code = FormCode::of(kit.id, number);
            pdf::KitForm {
                number,
                code: code.to_string(),
                qr: code.qr(),
            }
        })
        .collect();
    let code = kit_code(kit.id);
    let document = pdf::PaperKit {
        place: place(ask, site)?,
        code: code.clone(),
        campaign: campaign.name,
        desk: ask.directory.name(kit.desk).name,
        made_at: kit.at.rome(),
        runs: kit
            .runs
            .iter()
            .map(|run| (run.first_serial(), run.last_serial(), run.count()))
            .collect(),
        denomination_cents: campaign.denomination.0,
        documents: [
            "identity_card",
            "passport",
            "driving_licence",
            "residence_permit",
            "other",
        ]
        .map(|kind| word(language, &format!("document_{kind}")))
        .to_vec(),
        people,
        forms,
    };
    Ok((format!("moduli-{code}"), Document::PaperKit(document)))
}
