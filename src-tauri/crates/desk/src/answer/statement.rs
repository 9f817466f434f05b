// SPDX-License-Identifier: EUPL-1.2
//! A campaign accounted for. Figures are sums over the same entries that a figure opens into.

use super::Ask;
use super::ledger::{buckets, office};
use super::stock::counts;
use crate::error::DeskError;
use crate::view::{
    StatementDay, StatementLine, StatementPlace, StatementRecord, StatementRecordsView, StatementView,
    StatementVouchers,
};
use chrono::NaiveDate;
use sportello_domain::campaign::Campaign;
use sportello_domain::entitlement::Entitlement;
use sportello_domain::household::Household;
use sportello_domain::ids::{CampaignId, DeskId, SiteId};
use sportello_domain::office::Site;
use sportello_domain::serial::{self, Run, joined, subtract};
use sportello_domain::statement::{self, Entry, Figure, Sum};
use sportello_domain::stock::{Buckets, Office};
use std::collections::{BTreeMap, HashMap};

/// No more records at once.
const PAGE: usize = 500;

/// Where and when, of what happened.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Only {
    pub site: Option<SiteId>,
    pub day: Option<NaiveDate>,
}

fn entries(ask: &Ask<'_>, campaign: CampaignId) -> Result<(Vec<Entitlement>, Vec<Entry>), DeskError> {
    let rights = ask.reads.entitlement_states(campaign)?;
    let appointments = ask.reads.campaign_appointments(campaign)?;
    let site_of = |desk: DeskId| ask.directory.desk(desk).map(|desk| desk.site);
    let entries = statement::entries(&rights, &appointments, site_of);
    Ok((rights, entries))
}

pub(super) fn statement(ask: &Ask<'_>, id: CampaignId) -> Result<StatementView, DeskError> {
    let campaign: Campaign = ask.need(id, "campaign")?;
    let (rights, entries) = entries(ask, id)?;
    let line = |(figure, sum): (Figure, Sum)| StatementLine {
        figure,
        count: sum.count,
        amount: sum.amount,
    };
    let (standing, missing_desks) = super::indicator::standing(ask, &campaign);
    let mut days = Vec::new();
    let mut names: HashMap<SiteId, String> = HashMap::new();
    for ((site, day), found) in statement::by_site_and_day(&entries) {
        let site_name = match site {
            Some(site) => name_of(ask, site, &mut names)?,
            None => String::new(),
        };
        let sum = |figure| found.sums.get(&figure).copied().unwrap_or_default();
        days.push(StatementDay {
            site,
            site_name,
            day,
            lines: Figure::ACTS.map(|figure| line((figure, sum(figure)))).to_vec(),
            vouchers: serial::count(&found.runs),
            runs: found.runs,
        });
    }
    days.sort_by(|a, b| (a.day, &a.site_name).cmp(&(b.day, &b.site_name)));
    Ok(StatementView {
        as_of: ask.now,
        standing,
        missing_desks,
        households: statement::of_households(&entries).into_iter().map(line).collect(),
        days,
        vouchers: vouchers(ask, &campaign, &rights)?,
        campaign,
    })
}

fn name_of(ask: &Ask<'_>, site: SiteId, names: &mut HashMap<SiteId, String>) -> Result<String, DeskError> {
    if let Some(name) = names.get(&site) {
        return Ok(name.clone());
    }
    let name = ask
        .reads
        .state::<Site>(site)?
        .map(|site| site.name)
        .unwrap_or_default();
    names.insert(site, name.clone());
    Ok(name)
}

/// Both sides of the equation, place by place; and what the receipts say, which is told by other records than the stock is.
fn vouchers(
    ask: &Ask<'_>,
    campaign: &Campaign,
    rights: &[Entitlement],
) -> Result<StatementVouchers, DeskError> {
    let mut out: BTreeMap<DeskId, Vec<Run>> = BTreeMap::new();
    for delivery in rights.iter().flat_map(|right| &right.deliveries) {
        if delivery
            .reversal
            .as_ref()
            .is_none_or(|reversal| !reversal.returned)
        {
            let runs = delivery.runs.iter().filter(|run| run.is_sound()).cloned();
            out.entry(delivery.desk).or_default().extend(runs);
        }
    }
    let found = buckets(ask, campaign.id)?;
    let mut places: Vec<StatementPlace> = found
        .iter()
        .map(|(desk, buckets)| {
            let by_receipts = out.get(desk).map_or(&[][..], Vec::as_slice);
            place(ask, *desk, buckets, by_receipts)
        })
        .collect();
    places.sort_by(|a, b| a.desk.name.cmp(&b.desk.name));
    let came: Vec<Run> = found.iter().flat_map(|(_, buckets)| buckets.came()).collect();
    let handed_over: Vec<Run> = out.into_values().flatten().collect();
    let desks: Vec<Buckets> = found.into_iter().map(|(_, buckets)| buckets).collect();
    let together = Office::of(&desks);
    let somewhere: Vec<Run> = together.all().into_iter().flatten().cloned().collect();
    let nowhere = joined(&subtract(&together.received, &somewhere));
    let never_received = subtract(&joined(&handed_over), &came);
    let office = office(campaign, &together);
    Ok(StatementVouchers {
        denomination: campaign.denomination,
        even: nowhere.is_empty()
            && never_received.is_empty()
            && office.received == office.accounted
            && places
                .iter()
                .all(|place| place.came == place.accounted && place.different.is_empty()),
        places,
        office,
        nowhere,
        never_received,
    })
}

fn place(ask: &Ask<'_>, desk: DeskId, buckets: &Buckets, receipts: &[Run]) -> StatementPlace {
    let came = buckets.came();
    let of_it = joined(receipts);
    let of_it = subtract(&of_it, &subtract(&of_it, &came));
    let mut different = subtract(&of_it, &buckets.delivered);
    different.extend(subtract(&buckets.delivered, &of_it));
    StatementPlace {
        desk: ask.directory.name(desk),
        counts: counts(buckets),
        came: serial::count(&came),
        accounted: buckets.all().into_iter().map(serial::count).sum(),
        by_receipts: serial::count(&of_it),
        different: joined(&different),
    }
}

pub(super) fn records(
    ask: &Ask<'_>,
    campaign: CampaignId,
    figure: Figure,
    only: Only,
    (offset, limit): (u32, u32),
) -> Result<StatementRecordsView, DeskError> {
    ask.need::<Campaign>(campaign, "campaign")?;
    let (_, entries) = entries(ask, campaign)?;
    let meant: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| entry.figure == figure)
        .filter(|entry| only.site.is_none() || entry.site == only.site)
        .filter(|entry| only.day.is_none() || entry.day == only.day)
        .collect();
    let (count, amount) = (meant.len() as u64, meant.iter().map(|entry| entry.amount).sum());
    let mut by_name = Vec::with_capacity(meant.len());
    for entry in meant {
        by_name.push((ask.reads.sort_name(entry.household)?, entry));
    }
    by_name.sort_by(|(name, entry), (other, one)| {
        (name, entry.at, entry.entitlement).cmp(&(other, one.at, one.entitlement))
    });
    let page = usize::try_from(limit).unwrap_or(PAGE).min(PAGE);
    let mut names = HashMap::new();
    let mut rows = Vec::new();
    for (_, entry) in by_name
        .into_iter()
        .skip(usize::try_from(offset).unwrap_or(usize::MAX))
        .take(page)
    {
        let household = ask.reads.state::<Household>(entry.household)?.map(|h| h.data);
        rows.push(StatementRecord {
            household: entry.household,
            name: household
                .as_ref()
                .map(|data| data.applicant_name())
                .unwrap_or_default(),
            list_ref: household.map(|data| data.list_ref).unwrap_or_default(),
            entitlement: entry.entitlement,
            appointment: entry.appointment,
            delivery: entry.delivery,
            site_name: match entry.site {
                Some(site) => name_of(ask, site, &mut names)?,
                None => String::new(),
            },
            desk: entry.desk.map(|desk| ask.directory.name(desk)),
            at: entry.at,
            amount: entry.amount,
            runs: entry.runs,
        });
    }
    Ok(StatementRecordsView {
        figure,
        count,
        amount,
        rows,
    })
}
