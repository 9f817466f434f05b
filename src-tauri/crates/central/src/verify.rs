// SPDX-License-Identifier: EUPL-1.2
//! Going through everything that is kept: chains, signatures, certificates.

use crate::erase::{Named, is_of};
use crate::error::CentralError;
use crate::office::{Central, Office};
use crate::replace::read;
use crate::rules::is_centre;
use crate::vault::{LogRow, SegmentRow, Vault};
use serde::Serialize;
use sportello_domain::meta::Topic;
use sportello_protocol::wire::{LogName, Segment};
use sportello_protocol::{Body, Link, Record, WriterKeys};
use std::collections::{HashMap, HashSet};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    /// Desks with a certificate.
    pub desks: u64,
    /// Logs gone through.
    pub logs: u64,
    /// Records gone through.
    pub records: u64,
    /// Signatures of writers gone through.
    pub signatures: u64,
    /// Records kept and not accepted.
    pub refused: u64,
    /// Other branches of logs, kept as evidence.
    pub forks: u64,
    /// Segments that revoked desks brought after what was accepted of them.
    pub late: u64,
    /// Records whose bodies were erased.
    pub erased: u64,
    /// Logs of which no more is taken, with the reason.
    pub stopped: Vec<String>,
    /// What does not hold. Empty when all is well.
    pub problems: Vec<String>,
}

impl Central {
    /// Goes through everything that is kept.
    pub fn verify(&self) -> Result<VerifyReport, CentralError> {
        verify(self.vault(), &self.office()?)
    }
}

/// Goes through everything in a vault of this office.
pub(crate) fn verify(vault: &dyn Vault, office: &Office) -> Result<VerifyReport, CentralError> {
    let counts = vault.counts()?;
    let mut report = VerifyReport {
        refused: counts.refused,
        ..VerifyReport::default()
    };
    let lost = vault.state().lost;
    if lost > 0 {
        report.problems.push(format!(
            "{lost} records are gone that desks had handed over: the write-ahead log was damaged or taken away, and a copy of it was \
             kept if there was one; desks send them again at their next exchange"
        ));
    }
    let mut revoked = HashMap::new();
    for desk in vault.desks()? {
        if let Some((key, signed)) = &desk.enrolled {
            report.desks += 1;
            match signed.verify(office.id(), &office.key.public()) {
                Ok(certificate) if certificate.key == *key && certificate.desk_id() == desk.id => {
                    if certificate.revoked {
                        revoked.insert(desk.id, certificate);
                    }
                }
                Ok(_) => report
                    .problems
                    .push(format!("desk {}: the certificate is another desk's", desk.id)),
                Err(error) => report.problems.push(format!("desk {}: {error}", desk.id)),
            }
        }
    }
    for (log, head) in vault.forks()? {
        let certificate = revoked.get(&log.desk_id());
        let accepted = certificate
            .zip(log.topic())
            .and_then(|(of, topic)| of.accepted_until(topic));
        if accepted.is_some_and(|until| head.seq > until) {
            report.late += 1;
        } else {
            report.forks += 1;
        }
    }
    let erasures = vault.erasures()?;
    let mut records: HashMap<LogName, Named> = HashMap::new();
    for (log, seq, body) in erasures.records {
        records.entry(log).or_default().add(seq, body);
    }
    let orders = Orders {
        records,
        households: erasures.households.into_iter().collect(),
    };
    for log in vault.logs()? {
        report.logs += 1;
        let name = format!("log {}/{}", log.name.desk_id(), log.name.topic);
        if let Some(code) = &log.stopped {
            report.stopped.push(format!("{name}: {code}"));
        }
        if let Err(problem) = verify_log(vault, office, &log, &orders, &mut report)? {
            report.problems.push(format!("{name}: {problem}"));
        }
    }
    Ok(report)
}

/// What orders of erasure name.
struct Orders {
    records: HashMap<LogName, Named>,
    households: HashSet<[u8; 16]>,
}

impl Orders {
    fn name(&self, log: &LogName, seq: u64, record: &Record) -> bool {
        is_of(record, &self.households) || self.records.get(log).is_some_and(|named| named.has(seq, record))
    }
}

fn verify_log(
    vault: &dyn Vault,
    office: &Office,
    log: &LogRow,
    orders: &Orders,
    report: &mut VerifyReport,
) -> Result<Result<(), String>, CentralError> {
    let Some(topic): Option<Topic> = log.name.topic() else {
        return Ok(Err("unknown topic".into()));
    };
    let Some(keys) = writer_keys(vault, office, log)? else {
        return Ok(Err("its writer is not known".into()));
    };
    let (mut seq, mut link) = (0, Link::genesis(office.id(), log.name.desk_id(), topic));
    loop {
        let rows = vault.segments(&log.name, seq, 4 << 20)?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if row.from != seq + 1 || row.before != link {
                return Ok(Err(format!("record {} does not follow record {seq}", row.from)));
            }
            let SegmentRow {
                log,
                from,
                records,
                head,
                ..
            } = row;
            let segment = Segment {
                log,
                from,
                records,
                head,
            };
            if let Err(error) = segment.check(office.id(), &keys, link) {
                return Ok(Err(format!("after record {seq}: {error}")));
            }
            (seq, link) = (segment.head.seq, segment.head.link());
            for (record, at) in segment.records.iter().zip(segment.from..) {
                if matches!(record.body, Body::Erased { .. }) {
                    report.erased += 1;
                } else if orders.name(&segment.log, at, record) {
                    return Ok(Err(format!("record {at} has a body that an order erased")));
                }
            }
            report.records += segment.records.len() as u64;
            report.signatures += 1;
        }
    }
    if (seq, link) == (log.seq, log.link) {
        Ok(Ok(()))
    } else {
        Ok(Err(format!(
            "it ends at record {seq} and should at record {}",
            log.seq
        )))
    }
}

/// The keys with which a log is signed; none for a log of nobody.
pub(crate) fn writer_keys(
    vault: &dyn Vault,
    office: &Office,
    log: &LogRow,
) -> Result<Option<WriterKeys>, CentralError> {
    let desk = log.name.desk_id();
    if is_centre(office.id(), desk) {
        return Ok(Some(office.key.public().into()));
    }
    let Some((_, signed)) = vault.desk(desk)?.and_then(|row| row.enrolled) else {
        return Ok(None);
    };
    Ok(Some(read(office, &signed)?.writer_keys()))
}
