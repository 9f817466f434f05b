// SPDX-License-Identifier: EUPL-1.2
//! What an order would name: the records that say something of a person, each with what remains of it.

use crate::book::{self, blob};
use crate::{Reads, Result, StoreError, WriteTx, journal, projection};
use sportello_domain::erasure::{self, BodyMark, ErasedRecord, Remains};
use sportello_domain::event::Event;
use sportello_domain::ids::{AppointmentId, CampaignId, CaseId, EntitlementId, ErasureId, HouseholdId};
use sportello_domain::meta::{EntityKind, EntityRef};
use sportello_protocol::{Head, adopted};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What of some things would be erased.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Erasable {
    /// The records that say something of a person.
    pub records: Vec<ErasedRecord>,
    /// Bytes of their bodies.
    pub bytes: u64,
}

impl Reads<'_> {
    /// What of a thing would be erased: the records that are here with their bodies and say something of a person. A record that
    /// nobody here can read is not among them.
    pub fn erasable(&self, thing: impl Into<EntityRef>, into: &mut Erasable) -> Result<()> {
        let Some(stored) = projection::load(self.conn, thing.into())? else {
            return Ok(());
        };
        for place in stored.common.places.list() {
            let record = journal::get(self.conn, place)?
                .ok_or_else(|| StoreError::damaged("a record of the journal is missing"))?;
            let head = Head::from_bytes(&record.head)?;
            let Ok(event) = record.event(&head) else { continue };
            let remains = match &event {
                Event::RecordAdopted(adopted) => adopted::remains(adopted)?
                    .map_or(Remains::Nothing, |left| Remains::Facts(Box::new(left.into()))),
                event => erasure::remains(event),
            };
            let remains = match remains {
                Remains::All => continue,
                Remains::Nothing => None,
                Remains::Facts(left) => Some(serde_json::from_slice(
                    &left.encode().map_err(sportello_protocol::RecordError::Encode)?,
                )?),
            };
            let name = book::name_of(self.conn, place)?;
            into.records.push(ErasedRecord {
                desk: name.desk_id(),
                topic: book::topic_of(&name)?,
                seq: place.seq(),
                body: Some(BodyMark::of(&record.body.fingerprint().0)),
                remains,
            });
            into.bytes += u64::from(record.body.fingerprint().1);
        }
        Ok(())
    }

    /// The entitlements of a campaign with their households, in the order of the households.
    pub fn entitled_in(&self, campaign: CampaignId) -> Result<Vec<(HouseholdId, EntitlementId)>> {
        self.all(
            "SELECT household, id FROM entitlement WHERE campaign = ?1 ORDER BY household",
            [blob(&campaign.0)],
            |row| {
                Ok((
                    HouseholdId(Uuid::from_bytes(row.get(0)?)),
                    EntitlementId(Uuid::from_bytes(row.get(1)?)),
                ))
            },
        )
    }

    /// Things of erased households about which something came after this desk's order, with that order.
    pub fn erasure_late(&self) -> Result<BTreeMap<ErasureId, Vec<EntityRef>>> {
        let listed: Vec<(u8, [u8; 16])> = self.all("SELECT kind, id FROM erasure_late", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        let mut late: BTreeMap<ErasureId, Vec<EntityRef>> = BTreeMap::new();
        for (kind, id) in listed {
            let id = Uuid::from_bytes(id);
            let households: Vec<HouseholdId> = if kind == EntityKind::Appointment.number() {
                self.state::<sportello_domain::appointment::Appointment>(AppointmentId(id))?
                    .and_then(|appointment| appointment.household)
                    .into_iter()
                    .collect()
            } else if kind == EntityKind::Case.number() {
                match self.state::<sportello_domain::exceptions::Case>(CaseId(id))? {
                    Some(case) => self.touched_by(&case)?.households,
                    None => Vec::new(),
                }
            } else {
                self.state::<sportello_domain::entitlement::Entitlement>(EntitlementId(id))?
                    .map(|entitlement| entitlement.household)
                    .into_iter()
                    .collect()
            };
            let mut order = None;
            for household in households {
                order = order.or(self.erased_by(household)?);
            }
            if let (Some(order), Some(kind)) = (order, EntityKind::from_number(kind)) {
                late.entry(order).or_default().push(EntityRef::new(kind, id));
            }
        }
        Ok(late)
    }
}

impl WriteTx<'_> {
    /// Forgets what came late: it was looked through.
    pub fn erasure_late_done(&mut self) -> Result<()> {
        self.conn
            .prepare_cached("DELETE FROM erasure_late")?
            .execute([])?;
        Ok(())
    }
}
