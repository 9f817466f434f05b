// SPDX-License-Identifier: EUPL-1.2
//! How the desk stands, who else there is, and the story of the exchange.

use super::Ask;
use crate::clock::{self, WRONG};
use crate::directory::Neighbour;
use crate::error::{DeskError, problem_of};
use crate::exchange;
use crate::view::{
    Concern, DeskRow, DesksView, Fetching, LogRow, PeerClock, ReferenceView, RefusedRow, StatusView,
    SyncEntry, SyncStoryView, SyncWay, VerificationView,
};
use sportello_domain::ids::DeskId;
use sportello_domain::office::Site;
use sportello_domain::time::Timestamp;
use sportello_store::sync_book::Direction;

const DAY: i64 = 24 * 3_600_000;
const STORY: usize = 200;

/// How much it should worry that a desk was last heard of then: after a day a warning, after three an error.
fn concern(since: Option<Timestamp>, now: Timestamp, waiting: u64) -> Concern {
    match since.map(|t| now.0 - t.0) {
        Some(age) if age > 3 * DAY => Concern::Error,
        Some(age) if age > DAY => Concern::Warning,
        None if waiting > 0 => Concern::Warning,
        _ => Concern::None,
    }
}

pub(super) fn status(ask: &Ask<'_>) -> Result<StatusView, DeskError> {
    let state = ask.desk.sync_state();
    let waiting = ask.reads.unsent()?;
    let refused = exchange::refused(ask.reads)?.len() as u64;
    let unprojected = ask.reads.waiting()?.len() as u64;
    let stopped = ask
        .desk
        .stopped_in(ask.reads)?
        .map(|code| problem_of(&code, ask.language()));
    let mut level = concern(state.last_sync, ask.now, waiting);
    if refused > 0 || unprojected > 0 || state.skew.is_some_and(|skew| skew.abs() > WRONG) {
        level = level.max(Concern::Warning);
    }
    // Where the centre says that this clock is right, nothing else counts.
    let right = state.online && state.skew.is_some_and(|skew| skew.abs() <= WRONG);
    let clock_back = clock::went_back(ask.reads, ask.now)?.filter(|_| !right);
    let clock_peer = clock::peer(ask.reads, ask.now)?;
    if clock_back.is_some() || (clock_peer.is_some() && !right) {
        level = level.max(Concern::Warning);
    }
    if stopped.is_some() {
        level = Concern::Error;
    }
    let settings = ask.desk.settings();
    Ok(StatusView {
        office: settings.office_name,
        site: ask.reads.state::<Site>(ask.desk.site())?,
        desk: ask.directory.name(ask.desk.id()),
        supervises: ask.desk.supervises(),
        operator: Box::new(ask.session.person().clone()),
        now: ask.now,
        today: ask.now.day(),
        online: state.online,
        syncing: state.syncing,
        fetching: state.fetching.map(|fetched| Fetching {
            done: fetched.done,
            total: fetched.total,
        }),
        last_sync: state.last_sync,
        waiting,
        handed_in: crate::late::handed_in(ask.reads)?,
        on_stick: crate::bundle::on_stick(ask.reads)?,
        relay: Box::new(crate::relay::view(ask.desk, ask.reads, ask.language())?),
        refused,
        unprojected,
        last_error: state.last_error.map(|code| problem_of(&code, ask.language())),
        concern: level,
        not_closed: super::closing::not_closed(ask)?,
        clock_skew: state.skew,
        clock_back,
        clock_peer: clock_peer.map(|peer| {
            Box::new(PeerClock {
                desk: ask.directory.name(peer.desk),
                ahead: peer.ahead,
            })
        }),
        central_url: settings.server,
        stopped,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

pub(super) fn reference(ask: &Ask<'_>) -> Result<ReferenceView, DeskError> {
    Ok(ReferenceView {
        sites: ask.reads.sites()?,
        services: ask.reads.services()?,
        campaigns: ask.reads.campaigns()?,
        desks: desks(ask)?.desks,
        operators: ask.reads.operators()?,
    })
}

pub(super) fn desks(ask: &Ask<'_>) -> Result<DesksView, DeskError> {
    let sites = ask.reads.sites()?;
    let custody = ask.reads.custody_counts()?;
    let as_of = exchange::centre_now(ask.reads)?;
    let mut desks: Vec<DeskRow> = ask
        .directory
        .all()
        .map(|desk: &Neighbour| DeskRow {
            id: desk.id,
            name: desk.name.clone(),
            site: desk.site,
            site_name: sites
                .iter()
                .find(|s| s.id == desk.site)
                .map(|s| s.name.clone())
                .unwrap_or_default(),
            reads: desk.reads.clone(),
            revoked: desk.revoked,
            this: desk.id == ask.desk.id(),
            supervises: desk.supervises,
            seen_at: desk.seen_at,
            waiting: desk.waiting,
            skew: desk.skew,
            version: desk.version.clone(),
            custody: custody.get(&desk.id).copied().unwrap_or(0),
            replaced_by: super::late::replaced_by(ask, desk.id),
            key_number: desk.key_number(),
            key_since: desk.key_since(),
            concern: if desk.revoked {
                Concern::None
            } else {
                let skewed = if desk.skew.abs() > WRONG {
                    Concern::Warning
                } else {
                    Concern::None
                };
                concern(desk.seen_at, as_of.unwrap_or(ask.now), desk.waiting).max(skewed)
            },
        })
        .collect();
    desks.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(DesksView { desks, as_of })
}

pub(super) fn story(ask: &Ask<'_>) -> Result<SyncStoryView, DeskError> {
    let entries = ask
        .reads
        .story(STORY)?
        .into_iter()
        .map(|entry| SyncEntry {
            at: entry.at,
            took: entry.detail.parse().unwrap_or(0),
            sent: entry.sent,
            received: entry.received,
            way: match entry.direction {
                Direction::BundleOut => SyncWay::BundleOut,
                Direction::BundleIn => SyncWay::BundleIn,
                Direction::Relay => SyncWay::Relay,
                Direction::RelayServed => SyncWay::RelayServed,
                Direction::Push | Direction::Pull | Direction::Both => SyncWay::Centre,
            },
            peer: entry
                .peer
                .parse()
                .ok()
                .map(|desk| ask.directory.name(DeskId(desk)).name),
            problem: entry.error.map(|code| problem_of(&code, ask.language())),
        })
        .collect();
    let refused = exchange::refused(ask.reads)?
        .into_iter()
        .map(|note| RefusedRow {
            topic: note.topic,
            seq: note.seq,
            problem: problem_of(&note.code, ask.language()),
        })
        .collect();
    let logs = ask
        .reads
        .own_logs()?
        .into_iter()
        .map(|log| LogRow {
            acknowledged: log.acknowledged.map_or(0, |a| a.seq),
            written: log.seq,
            head: log.link.short(),
            topic: log.log.topic,
        })
        .collect();
    Ok(SyncStoryView {
        entries,
        refused,
        logs,
    })
}

pub(super) fn verify(ask: &Ask<'_>) -> Result<VerificationView, DeskError> {
    let report = ask.reads.verify()?;
    let mut faults: Vec<String> = report
        .logs
        .iter()
        .filter_map(|log| {
            let at = log.broken_at?;
            Some(format!(
                "log {}/{}: record {at} does not follow from the one before",
                log.log.desk_id(),
                log.log.topic
            ))
        })
        .collect();
    faults.extend(
        report
            .differences
            .iter()
            .map(|difference| match difference.entity {
                Some((kind, id)) => format!("{kind:?} {id}: {}", difference.what),
                None => difference.what.to_owned(),
            }),
    );
    if report.missing > 0 {
        faults.push(format!(
            "{} records without their bodies, which nobody erased",
            report.missing
        ));
    }
    faults.extend(super::signatures::faults(ask)?);
    Ok(VerificationView {
        logs: u32::try_from(report.logs.len()).unwrap_or(u32::MAX),
        records: report.records,
        entities: report.entities,
        erased: report.erased,
        unexplained: report.unexplained,
        faults,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_worries_a_little_and_three_days_much() {
        let now = Timestamp(100 * DAY);
        let ago = |ms| Some(Timestamp(now.0 - ms));
        assert_eq!(
            concern(ago(3_600_000), now, 7),
            Concern::None,
            "offline for a while is normal"
        );
        assert_eq!(concern(ago(DAY + 1), now, 0), Concern::Warning);
        assert_eq!(concern(ago(3 * DAY + 1), now, 0), Concern::Error);
        assert_eq!(concern(None, now, 0), Concern::None);
        assert_eq!(concern(None, now, 1), Concern::Warning);
    }
}
