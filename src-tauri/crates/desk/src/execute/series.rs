// SPDX-License-Identifier: EUPL-1.2
//! A series of appointments, taken in as it was looked at.

use super::agenda::custody_for;
use super::{Act, Deed};
use crate::error::DeskError;
use crate::series::{Fate, Series};
use sportello_domain::appointment::Attendee;
use sportello_domain::ids::{ServiceId, SiteId};
use sportello_domain::meta::{EntityRef, Topic};
use sportello_domain::office::Site;
use sportello_domain::refusal::Rejection;

pub(super) fn apply(
    act: &mut Act<'_, '_>,
    series: &Series,
    service: ServiceId,
    site: SiteId,
    digest: &str,
) -> Result<Deed, DeskError> {
    if series.digest != digest {
        return Err(DeskError::plain("import_other_file"));
    }
    let ctx = act.ctx;
    let planned = {
        let reads = act.tx.reads()?;
        // A household's appointments are written where it is; anybody else's where the site is.
        let mut topic = |attendee: &Attendee, site: SiteId| -> Result<Topic, DeskError> {
            let found = match attendee {
                Attendee::Household(household, _) => reads.topic_of(*household)?,
                Attendee::Person(_) => reads
                    .state::<Site>(site)?
                    .map(|site| Topic::Quartiere(site.quartiere)),
            };
            Ok(found.ok_or(Rejection::NotFound { what: "household" })?)
        };
        series.plan(&reads, &ctx, service, site, &mut topic)?
    };
    let mut deed = Deed::default();
    for row in planned {
        let Fate::New(events, right) = row.fate else {
            continue;
        };
        deed.subject.get_or_insert(EntityRef::from(row.id));
        deed.events.extend(events);
        if let Some(site) = row.site {
            deed.events.extend(custody_for(act, right, site)?);
        }
    }
    if deed.events.is_empty() {
        return Err(DeskError::plain("series_nothing"));
    }
    Ok(deed)
}
