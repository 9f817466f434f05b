// SPDX-License-Identifier: EUPL-1.2
//! Whether the desks that wrote what is here are those of the office, and the centre signed for what this desk handed over.

use super::Ask;
use crate::error::DeskError;
use sportello_domain::ids::DeskId;
use sportello_protocol::{Link, SignedCertificate};
use std::collections::BTreeSet;

/// What does not hold, one sentence each.
pub(super) fn faults(ask: &Ask<'_>) -> Result<Vec<String>, DeskError> {
    let mut faults = Vec::new();
    let office = ask.reads.identity()?.office;
    // The centre writes under the office's own identifier and key.
    let mut authors = BTreeSet::from([DeskId(office.0)]);
    for row in ask.reads.certificates()? {
        let signed = minicbor::decode::<SignedCertificate>(&row.bytes).ok();
        match signed.and_then(|signed| signed.verify(office, &ask.desk.office_key()).ok()) {
            Some(certificate) if certificate.desk_id() == row.desk => {
                if row.desk == ask.desk.id() && certificate.key != ask.desk.key().public() {
                    faults.push(format!("desk {}: the certificate is for another key", row.desk));
                }
                authors.insert(row.desk);
            }
            _ => faults.push(format!(
                "desk {}: the certificate is not signed by the office",
                row.desk
            )),
        }
    }
    for head in ask.reads.heads()? {
        if !authors.contains(&head.log.desk_id()) {
            faults.push(format!(
                "log {}/{}: nobody vouches for its desk",
                head.log.desk_id(),
                head.log.topic
            ));
        }
    }
    for log in ask.reads.own_logs()? {
        let Some(acknowledged) = log.acknowledged.filter(|found| found.link != Link([0; 32])) else {
            continue;
        };
        if ask.reads.link_at(&log.log, acknowledged.seq)? != Some(acknowledged.link) {
            faults.push(format!(
                "log {}/{}: the centre signed for another record {}",
                log.log.desk_id(),
                log.log.topic,
                acknowledged.seq
            ));
        }
    }
    Ok(faults)
}
