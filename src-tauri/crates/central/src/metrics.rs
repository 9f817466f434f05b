// SPDX-License-Identifier: EUPL-1.2
//! Counters in the text format of Prometheus. Numbers only: nothing of a person, nothing of a desk.

use crate::office::Central;
use crate::routes::Route;
use crate::vault::{Changes, Counts, PresenceRow};
use sportello_protocol::wire::Segment;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the classes into which durations fall, seconds.
const BOUNDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// A desk exchanges every ten to fifteen seconds: one that was silent for so long, milliseconds, is away.
const AWAY: i64 = 5 * 60_000;

/// What is known of the requests to one address.
#[derive(Debug, Default)]
struct Requests {
    by_status: BTreeMap<u16, u64>,
    by_bound: [u64; BOUNDS.len()],
    count: u64,
    seconds: f64,
}

#[derive(Debug, Default)]
pub(crate) struct Metrics {
    /// By address; those to no address of ours under the last one.
    requests: Mutex<[Requests; Route::ALL.len() + 1]>,
    under_way: AtomicU64,
    held_back: AtomicU64,
    records_in: AtomicU64,
    records_refused: AtomicU64,
    records_out: AtomicU64,
}

/// A request that is being worked on.
pub(crate) struct UnderWay<'a>(&'a Metrics);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Relaxed);
    }
}

impl Metrics {
    pub(crate) fn begun(&self) -> UnderWay<'_> {
        self.under_way.fetch_add(1, Relaxed);
        UnderWay(self)
    }

    pub(crate) fn answered(&self, route: Option<Route>, status: u16, took: Duration) {
        let place = route.map_or(Route::ALL.len(), |route| route as usize);
        let seconds = took.as_secs_f64();
        let mut all = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(requests) = all.get_mut(place) else {
            return;
        };
        *requests.by_status.entry(status).or_default() += 1;
        requests.count += 1;
        requests.seconds += seconds;
        // Each class counts all that took no longer.
        for (_, count) in BOUNDS
            .iter()
            .zip(&mut requests.by_bound)
            .filter(|(bound, _)| seconds <= **bound)
        {
            *count += 1;
        }
    }

    pub(crate) fn held_back(&self) {
        self.held_back.fetch_add(1, Relaxed);
    }

    pub(crate) fn taken(&self, changes: &Changes) {
        let records: usize = changes.segments.iter().map(|segment| segment.records.len()).sum();
        self.records_in.fetch_add(records as u64, Relaxed);
        self.records_refused
            .fetch_add(changes.refused.len() as u64, Relaxed);
    }

    pub(crate) fn given(&self, segments: &[Segment]) {
        let records: usize = segments.iter().map(|segment| segment.records.len()).sum();
        self.records_out.fetch_add(records as u64, Relaxed);
    }
}

/// Writes families of the text format.
#[derive(Default)]
struct Page(String);

impl Page {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        // Writing into a string cannot fail.
        let _ = writeln!(
            self.0,
            "# HELP sportello_{name} {help}\n# TYPE sportello_{name} {kind}"
        );
    }

    fn value(&mut self, name: &str, labels: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.0, "sportello_{name}{labels} {value}");
    }

    fn one(&mut self, name: &str, kind: &str, help: &str, value: u64) {
        self.family(name, kind, help);
        self.value(name, "", value);
    }
}

/// All that is counted, as Prometheus reads it; `kept` is what the database says, if it does. What the process itself counts is told even where the database is away.
pub(crate) fn text(central: &Central, kept: Option<&(Counts, Vec<PresenceRow>)>) -> String {
    let mut page = Page::default();
    page.family("build_info", "gauge", "The program's version.");
    page.value(
        "build_info",
        concat!("{version=\"", env!("CARGO_PKG_VERSION"), "\"}"),
        1,
    );
    let database = central.vault().state();
    page.family("database_info", "gauge", "The kind of database.");
    page.value("database_info", &format!("{{kind=\"{}\"}}", database.kind), 1);
    page.one(
        "database_up",
        "gauge",
        "1 when the database answered just now.",
        u64::from(kept.is_some()),
    );
    page.one(
        "database_connections",
        "gauge",
        "Connections that are open.",
        database.connections,
    );
    page.one(
        "database_retries_total",
        "counter",
        "Transactions done again: others were in the way.",
        database.retries,
    );
    page.one(
        "database_lost_records",
        "gauge",
        "Records that were there before this program started, and are not any more: desks send them again.",
        database.lost,
    );
    if let Some((counts, presences)) = kept {
        kept_now(&mut page, counts, presences, central.now());
    }
    since_start(&mut page, central.metrics());
    page.0
}

fn kept_now(page: &mut Page, counts: &Counts, presences: &[PresenceRow], now: i64) {
    let seen = presences
        .iter()
        .filter(|desk| now.saturating_sub(desk.seen_at) <= AWAY);
    let waiting = presences
        .iter()
        .fold(0_u64, |sum, desk| sum.saturating_add(desk.waiting));
    page.one("desks", "gauge", "Desks enrolled and not revoked.", counts.desks);
    page.one(
        "desks_seen",
        "gauge",
        "Desks seen in the last five minutes.",
        seen.count() as u64,
    );
    page.one(
        "desks_waiting_records",
        "gauge",
        "Records that desks last said were waiting.",
        waiting,
    );
    page.one("logs", "gauge", "Logs kept.", counts.logs);
    page.one("records", "gauge", "Records kept.", counts.records);
    page.one(
        "records_refused",
        "gauge",
        "Records kept and not accepted.",
        counts.refused,
    );
    page.one(
        "aside",
        "gauge",
        "Segments set aside (other branches of logs, what revoked desks brought late): a person has to look.",
        counts.aside,
    );
}

fn since_start(page: &mut Page, metrics: &Metrics) {
    let value = |counter: &AtomicU64| counter.load(Relaxed);
    page.one(
        "requests_under_way",
        "gauge",
        "Requests being worked on.",
        value(&metrics.under_way),
    );
    page.one(
        "requests_held_back_total",
        "counter",
        "Requests told to come later (429).",
        value(&metrics.held_back),
    );
    page.one(
        "records_in_total",
        "counter",
        "Records taken in since the start.",
        value(&metrics.records_in),
    );
    page.one(
        "records_refused_total",
        "counter",
        "Of these, records kept and not accepted.",
        value(&metrics.records_refused),
    );
    page.one(
        "records_out_total",
        "counter",
        "Records given out since the start.",
        value(&metrics.records_out),
    );
    let all = metrics.requests.lock().unwrap_or_else(PoisonError::into_inner);
    let paths = || Route::ALL.iter().map(|route| route.path()).chain(["other"]);
    page.family("requests_total", "counter", "Requests answered since the start.");
    for (path, requests) in paths().zip(all.iter()) {
        for (status, count) in &requests.by_status {
            let labels = format!("{{route=\"{path}\",status=\"{status}\"}}");
            page.value("requests_total", &labels, count);
        }
    }
    page.family(
        "request_seconds",
        "histogram",
        "From a request's head to its answer.",
    );
    for (path, requests) in paths().zip(all.iter()).filter(|(_, requests)| requests.count > 0) {
        for (bound, count) in BOUNDS.iter().zip(requests.by_bound) {
            let labels = format!("{{route=\"{path}\",le=\"{bound}\"}}");
            page.value("request_seconds_bucket", &labels, count);
        }
        let labels = format!("{{route=\"{path}\",le=\"+Inf\"}}");
        page.value("request_seconds_bucket", &labels, requests.count);
        let labels = format!("{{route=\"{path}\"}}");
        page.value("request_seconds_sum", &labels, requests.seconds);
        page.value("request_seconds_count", &labels, requests.count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_of_durations_counts_all_that_took_no_longer() {
        let metrics = Metrics::default();
        for millis in [4, 5, 60, 70, 20_000] {
            metrics.answered(Some(Route::Push), 200, Duration::from_millis(millis));
        }
        metrics.answered(None, 404, Duration::ZERO);
        let under_way = metrics.begun();
        let mut page = Page::default();
        since_start(&mut page, &metrics);
        drop(under_way);
        for line in [
            "sportello_requests_under_way 1",
            "sportello_requests_total{route=\"/v1/push\",status=\"200\"} 5",
            "sportello_requests_total{route=\"other\",status=\"404\"} 1",
            "sportello_request_seconds_bucket{route=\"/v1/push\",le=\"0.005\"} 2",
            "sportello_request_seconds_bucket{route=\"/v1/push\",le=\"0.05\"} 2",
            "sportello_request_seconds_bucket{route=\"/v1/push\",le=\"0.1\"} 4",
            "sportello_request_seconds_bucket{route=\"/v1/push\",le=\"10\"} 4",
            "sportello_request_seconds_bucket{route=\"/v1/push\",le=\"+Inf\"} 5",
            "sportello_request_seconds_count{route=\"/v1/push\"} 5",
        ] {
            assert!(page.0.lines().any(|found| found == line), "{line}\n{}", page.0);
        }
        assert_eq!(metrics.under_way.load(Relaxed), 0);
    }
}
