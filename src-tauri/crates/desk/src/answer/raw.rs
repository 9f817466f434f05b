// SPDX-License-Identifier: EUPL-1.2
//! Every record that this desk holds, as it was written: one JSON object a line (<https://github.com/ndjson/ndjson-spec>), for whoever
//! wants to count for themselves. The order is by log; `hlc`, `desk`, `seq` give the order in which they are folded.

use super::Ask;
use crate::error::DeskError;
use crate::view::View;
use serde::Serialize;
use sportello_domain::meta::EntityKind;
use sportello_protocol::Head;
use sportello_store::StoreError;

/// About how many bytes are read at once.
const PAGE: usize = 4 << 20;

#[derive(Serialize)]
struct Line<'r> {
    desk: sportello_domain::ids::DeskId,
    topic: String,
    seq: u64,
    hlc: u64,
    /// Milliseconds since 1970 by the desk's clock.
    at: i64,
    kind: &'r str,
    version: u16,
    entity: uuid::Uuid,
    actor: sportello_domain::ids::OperatorId,
    /// None: erased by order.
    body: Option<serde_json::Value>,
}

pub(super) fn records(ask: &Ask<'_>) -> Result<View, DeskError> {
    let mut lines = Vec::new();
    for log in ask.reads.heads()? {
        let (desk, Some(topic)) = (log.log.desk_id(), log.log.topic()) else {
            continue;
        };
        let mut from = 1;
        while from <= log.seq {
            let Some(page) = ask.reads.records(&log.log, from, PAGE)? else {
                break;
            };
            if page.records.is_empty() {
                break;
            }
            from += page.records.len() as u64;
            for record in &page.records {
                let head = Head::from_bytes(&record.head).map_err(StoreError::from)?;
                // Who looked at whom is asked for by itself.
                if head.entity_kind == EntityKind::Looks.number() {
                    continue;
                }
                let meta = head.meta(desk, topic).map_err(StoreError::from)?;
                let body = record
                    .content()
                    .and_then(|content| serde_json::from_slice(content).ok());
                serde_json::to_writer(
                    &mut lines,
                    &Line {
                        desk,
                        topic: topic.to_string(),
                        seq: meta.seq,
                        hlc: meta.hlc.0,
                        at: meta.at.0,
                        kind: &head.kind,
                        version: head.version,
                        entity: meta.entity.id,
                        actor: meta.actor,
                        body,
                    },
                )?;
                lines.push(b'\n');
            }
        }
    }
    let name = format!("registrazioni-{}.ndjson", ask.now.day().format("%Y-%m-%d"));
    Ok(ask.file(name, "application/x-ndjson", &lines, ask.language()))
}
