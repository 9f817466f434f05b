// SPDX-License-Identifier: EUPL-1.2
//! Numbered forms: the kits, what of their vouchers is still set aside, and forms that were typed in twice.

use super::Reads;
use crate::Result;
use sportello_domain::ids::{CampaignId, DeskId, PaperKitId};
use sportello_domain::paper::{FormEntry, PaperKit, kit_code};
use sportello_domain::serial::Run;

/// A form that was typed in more than once, or typed in and said not to be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormTwice {
    /// The kit.
    pub kit: PaperKitId,
    /// The desk that it is bound to.
    pub desk: DeskId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The form.
    pub number: u16,
    /// It was said not to be used.
    pub voided: bool,
    /// All that was typed in.
    pub entries: Vec<FormEntry>,
}

impl Reads<'_> {
    /// Every kit that is here, the latest first.
    pub fn paper_kits(&self) -> Result<Vec<PaperKit>> {
        let mut kits: Vec<PaperKit> = self.things()?;
        kits.sort_by_key(|kit| std::cmp::Reverse((kit.at, kit.id)));
        Ok(kits)
    }

    /// The kits whose forms begin with this code; nearly always one.
    pub fn kits_by_code(&self, code: &str) -> Result<Vec<PaperKit>> {
        let mut kits = self.paper_kits()?;
        kits.retain(|kit| kit_code(kit.id) == code);
        Ok(kits)
    }

    /// The vouchers that go with a desk's kits of which forms are still open.
    pub fn with_kits(&self, desk: DeskId, campaign: CampaignId) -> Result<Vec<Run>> {
        Ok(self
            .paper_kits()?
            .into_iter()
            .filter(|kit| kit.desk == desk && kit.campaign == campaign && !kit.open_forms().is_empty())
            .flat_map(|kit| kit.runs)
            .collect())
    }

    /// Forms that were typed in twice, by whomever and wherever.
    pub fn forms_twice(&self) -> Result<Vec<FormTwice>> {
        Ok(self
            .paper_kits()?
            .iter()
            .flat_map(|kit| {
                kit.twice().into_iter().map(|(number, entries)| FormTwice {
                    kit: kit.id,
                    desk: kit.desk,
                    campaign: kit.campaign,
                    number,
                    voided: kit.voided(number).is_some(),
                    entries: entries.into_iter().cloned().collect(),
                })
            })
            .collect())
    }
}
