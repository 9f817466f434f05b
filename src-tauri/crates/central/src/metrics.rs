// SPDX-License-Identifier: EUPL-1.2
//! Counters in the text format of Prometheus. Numbers only: nothing of a person, nothing of a desk.

use crate::error::CentralError;
use crate::office::Central;
use crate::vault::Changes;
use sportello_protocol::wire::Segment;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

#[derive(Debug, Default)]
pub(crate) struct Metrics {
    requests: AtomicU64,
    refused_requests: AtomicU64,
    failed_requests: AtomicU64,
    records_in: AtomicU64,
    records_out: AtomicU64,
}

impl Metrics {
    pub(crate) fn answered(&self, status: u16) {
        self.requests.fetch_add(1, Relaxed);
        match status {
            400..=499 => self.refused_requests.fetch_add(1, Relaxed),
            500.. => self.failed_requests.fetch_add(1, Relaxed),
            _ => 0,
        };
    }

    pub(crate) fn taken(&self, changes: &Changes) {
        let records: usize = changes.segments.iter().map(|segment| segment.records.len()).sum();
        self.records_in.fetch_add(records as u64, Relaxed);
    }

    pub(crate) fn given(&self, segments: &[Segment]) {
        let records: usize = segments.iter().map(|segment| segment.records.len()).sum();
        self.records_out.fetch_add(records as u64, Relaxed);
    }
}

/// All that is counted, as Prometheus reads it.
pub(crate) fn text(central: &Central) -> Result<String, CentralError> {
    let counts = central.vault().counts()?;
    let metrics = central.metrics();
    let mut text = String::new();
    let mut line = |name: &str, kind: &str, help: &str, value: u64| {
        // Writing into a string cannot fail.
        let _ = writeln!(
            text,
            "# HELP sportello_{name} {help}\n# TYPE sportello_{name} {kind}\nsportello_{name} {value}"
        );
    };
    line("desks", "gauge", "Desks enrolled and not revoked.", counts.desks);
    line("logs", "gauge", "Logs kept.", counts.logs);
    line("records", "gauge", "Records kept.", counts.records);
    line(
        "records_refused",
        "gauge",
        "Records kept and not accepted.",
        counts.refused,
    );
    line(
        "forks",
        "gauge",
        "Contradicting heads kept as evidence: a person has to look.",
        counts.forks,
    );
    line(
        "requests_total",
        "counter",
        "Requests answered since the start.",
        metrics.requests.load(Relaxed),
    );
    line(
        "requests_refused_total",
        "counter",
        "Requests refused (4xx).",
        metrics.refused_requests.load(Relaxed),
    );
    line(
        "requests_failed_total",
        "counter",
        "Requests failed (5xx).",
        metrics.failed_requests.load(Relaxed),
    );
    line(
        "records_in_total",
        "counter",
        "Records taken in since the start.",
        metrics.records_in.load(Relaxed),
    );
    line(
        "records_out_total",
        "counter",
        "Records given out since the start.",
        metrics.records_out.load(Relaxed),
    );
    Ok(text)
}
