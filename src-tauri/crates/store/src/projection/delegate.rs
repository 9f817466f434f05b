// SPDX-License-Identifier: EUPL-1.2
//! Who collected for others. It follows from an entitlement's deliveries; one person who collected for many is found by it.

use super::difference;
use crate::Result;
use crate::book::blob;
use rusqlite::Connection;
use sportello_domain::entitlement::{Collector, Entitlement};
use sportello_domain::ids::{CampaignId, DeliveryId, EntitlementId};
use sportello_domain::tax_code::TaxCode;
use uuid::Uuid;

/// A delivery that somebody collected with a delega.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DelegateRow {
    pub campaign: CampaignId,
    /// The delegate.
    pub who: String,
    pub at: i64,
    pub delivery: DeliveryId,
    pub entitlement: EntitlementId,
}

/// How a delegate is known: by the tax code without omocodia where a sound one was given, else by the number of the document. None
/// where there is neither.
fn who(collector: &Collector) -> Option<String> {
    let Collector::Delegate {
        tax_code, document, ..
    } = collector
    else {
        return None;
    };
    if let Some(code) = tax_code.as_deref().and_then(|code| TaxCode::parse(code).ok()) {
        return Some(format!("cf {}", code.search_key()));
    }
    let number: String = document.number.chars().filter(|c| c.is_alphanumeric()).collect();
    (!number.is_empty()).then(|| format!("doc {}", number.to_uppercase()))
}

pub(super) fn rows(entitlement: &Entitlement) -> Vec<DelegateRow> {
    entitlement
        .deliveries
        .iter()
        .filter(|delivery| delivery.reversal.is_none())
        .filter_map(|delivery| {
            Some(DelegateRow {
                campaign: entitlement.campaign,
                who: who(&delivery.collector)?,
                at: delivery.at.0,
                delivery: delivery.id,
                entitlement: entitlement.id,
            })
        })
        .collect()
}

pub(super) fn replace(conn: &Connection, old: &[DelegateRow], new: &[DelegateRow]) -> Result<()> {
    let (gone, come) = difference(old, new);
    for row in gone {
        conn.prepare_cached(
            "DELETE FROM delegate WHERE campaign = ?1 AND who = ?2 AND at = ?3 AND delivery = ?4 AND entitlement = ?5",
        )?
        .execute(row.key())?;
    }
    for row in come {
        conn.prepare_cached(
            "INSERT OR REPLACE INTO delegate (campaign, who, at, delivery, entitlement) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(row.key())?;
    }
    Ok(())
}

impl DelegateRow {
    fn key(&self) -> (&[u8], &str, i64, &[u8], &[u8]) {
        (
            blob(&self.campaign.0),
            &self.who,
            self.at,
            blob(&self.delivery.0),
            blob(&self.entitlement.0),
        )
    }
}

/// Reads `campaign, who, at, delivery, entitlement`.
pub(crate) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<DelegateRow> {
    let id = |at: usize| -> rusqlite::Result<Uuid> { Ok(Uuid::from_bytes(row.get(at)?)) };
    Ok(DelegateRow {
        campaign: CampaignId(id(0)?),
        who: row.get(1)?,
        at: row.get(2)?,
        delivery: DeliveryId(id(3)?),
        entitlement: EntitlementId(id(4)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sportello_domain::entitlement::{Document, DocumentKind};

    #[test]
    fn a_delegate_is_the_same_however_the_code_or_the_number_is_written() {
        let document = |number: &str| Document {
            kind: DocumentKind::IdentityCard,
            number: number.into(),
        };
        let by = |tax_code: Option<&str>, number: &str| {
            who(&Collector::Delegate {
                name: "Verdi Anna".into(),
                tax_code: tax_code.map(str::to_owned),
                document: document(number),
                delegator_document: document("CA00000AA"),
            })
        };
        let code = by(Some("CCCFBA85D03L219P"), "AA 1");
        assert_eq!(code, by(Some("CCCFBA85D03L21VE"), "BB 2"), "omocodia undone");
        assert_eq!(by(None, "ca 12345-ab"), by(None, "CA12345AB"));
        assert_ne!(by(None, "CA12345AB"), code);
        assert_eq!(by(Some("scritto male"), " - "), None);
        let member = Collector::Member {
            member: None,
            document: document("CA1"),
        };
        assert_eq!(who(&member), None);
    }
}
