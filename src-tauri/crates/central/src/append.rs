// SPDX-License-Identifier: EUPL-1.2
//! The centre's own log: what the office itself says (its sites), under the office's identifier and key.

use crate::error::CentralError;
use crate::office::{Central, Office};
use crate::vault::{Changes, LogRow, SegmentRow};
use sportello_domain::event::NewEvent;
use sportello_domain::meta::Topic;
use sportello_domain::time::{Hlc, Timestamp};
use sportello_protocol::wire::{LogName, Segment};
use sportello_protocol::{Head, Link, Record};

/// Another process may write at the same time: so many attempts.
const ATTEMPTS: u8 = 5;

/// Writes events into the centre's own log of the office's topic.
pub(crate) fn write(central: &Central, office: &Office, events: &[NewEvent]) -> Result<(), CentralError> {
    if events.is_empty() {
        return Ok(());
    }
    let (desk, topic) = (office.as_desk(), Topic::Office);
    let name = LogName::new(desk, topic);
    for _ in 0..ATTEMPTS {
        let log = central.vault().log(&name)?;
        let before = log
            .as_ref()
            .map_or(Link::genesis(office.id(), desk, topic), |log| log.link);
        let was = log.as_ref().map_or(0, |log| log.seq);
        let mut hlc = last_hlc(central, &name, was)?;
        let (mut link, mut records) = (before, Vec::with_capacity(events.len()));
        let command = *central.random_uuid()?.as_bytes();
        let now = central.now();
        for (event, seq) in events.iter().zip(was + 1..) {
            hlc = hlc.tick(Timestamp(now));
            let head = Head {
                seq,
                hlc: hlc.0,
                at: now,
                kind: event.event.kind().to_owned(),
                version: event.event.version(),
                entity_kind: event.entity.kind.number(),
                entity: *event.entity.id.as_bytes(),
                // Nobody at a desk did it.
                actor: [0; 16],
                command,
            };
            let record = Record::seal(&head, central.random()?, &event.event)?;
            link = record.link(link);
            records.push(record);
        }
        let signed = Segment::sign(
            &office.key,
            office.id(),
            name.clone(),
            topic,
            was + 1,
            records,
            link,
        );
        let segment = SegmentRow {
            log: name.clone(),
            from: signed.from,
            before,
            records: signed.records,
            head: signed.head,
            received_at: now,
        };
        let seq = segment.head.seq;
        let row = LogRow {
            name: name.clone(),
            seq,
            link,
            stopped: None,
        };
        let changes = Changes {
            logs: vec![(was, row)],
            segments: vec![segment],
            ..Changes::default()
        };
        if central.vault().write(&changes)? {
            return Ok(());
        }
    }
    Err(CentralError::Contended)
}

fn last_hlc(central: &Central, name: &LogName, seq: u64) -> Result<Hlc, CentralError> {
    if seq == 0 {
        return Ok(Hlc::default());
    }
    let segments = central.vault().segments(name, seq - 1, 1)?;
    match segments.last().and_then(|segment| segment.records.last()) {
        Some(record) => Ok(Hlc(Head::from_bytes(&record.head)?.hlc)),
        None => Ok(Hlc::default()),
    }
}
