// SPDX-License-Identifier: EUPL-1.2
//! Identifiers. Each is a UUID in a type of its own, so that a household can never be passed where a desk is meant.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// The administration that an installation serves (Comune).
    OfficeId,
    /// A place where people are served (sede).
    SiteId,
    /// One PC at a site (postazione).
    DeskId,
    /// A person who works at a desk (operatore).
    OperatorId,
    /// A household (nucleo familiare); never derived from a tax code.
    HouseholdId,
    /// A member of a household (componente).
    MemberId,
    /// One voucher round (campagna).
    CampaignId,
    /// A household's right in a campaign (diritto).
    EntitlementId,
    /// Something the desk does for people (servizio).
    ServiceId,
    /// An appointment (appuntamento).
    AppointmentId,
    /// One hand-over of vouchers (consegna).
    DeliveryId,
    /// One list of Servizi Sociali as it was taken in (importazione).
    ImportId,
    /// What a supervisor must look at (anomalia); it follows from what it is.
    CaseId,
    /// An order to erase (ordine di cancellazione).
    ErasureId,
    /// Looks that a desk noted together (accessi).
    LooksId,
    /// A paper by which one desk hands an entitlement to another (tagliando di affidamento).
    SlipId,
    /// The end of a desk's day (chiusura di giornata).
    ClosingId,
    /// Forms for when the PC is dead (modulistica cartacea).
    PaperKitId,
    /// Deliveries drawn for verification calls (campione); they are drawn with it.
    SampleId,
    /// An objective sheet that is followed (scheda obiettivo del PEG); it follows from its code.
    PlanId,
    /// Sent with each command by whoever asks: the same id twice is the same act, done once.
    CommandId,
}

/// An identifier that follows from what it names, so that two desks that derive it offline derive the same one.
///
/// UUID version 8 (RFC 9562 §5.8) over the first 16 bytes of BLAKE3 of `context` and `parts`.
pub fn derived(context: &str, parts: &[&[u8]]) -> Uuid {
    let mut hasher = blake3::Hasher::new_derive_key(context);
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

impl EntitlementId {
    /// One entitlement per household and campaign: its identifier follows from the two.
    pub fn of(campaign: CampaignId, household: HouseholdId) -> Self {
        Self(derived(
            "sportello 2026 entitlement",
            &[campaign.0.as_bytes(), household.0.as_bytes()],
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entitlement_id_follows_from_campaign_and_household() {
        let (c, d) = (CampaignId(Uuid::from_u128(1)), CampaignId(Uuid::from_u128(2)));
        let h = HouseholdId(Uuid::from_u128(3));
        assert_eq!(EntitlementId::of(c, h), EntitlementId::of(c, h));
        assert_ne!(EntitlementId::of(c, h), EntitlementId::of(d, h));
        assert_eq!(EntitlementId::of(c, h).0.get_version_num(), 8);
    }

    #[test]
    fn parts_cannot_run_into_each_other() {
        assert_ne!(derived("t", &[b"ab", b"c"]), derived("t", &[b"a", b"bc"]));
    }
}
