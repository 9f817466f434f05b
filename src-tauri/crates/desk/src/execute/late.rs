// SPDX-License-Identifier: EUPL-1.2
//! What becomes of records that came late, or are another branch of a log: a supervisor's decision.

use super::{Act, Deed};
use crate::error::DeskError;
use sportello_domain::desk::{self, DeskStory, LogStretch};
use sportello_domain::event::NewEvent;
use sportello_domain::refusal::Rejection;
use sportello_protocol::{Head, adopted};
use sportello_store::StoreError;

pub(super) fn review(act: &mut Act<'_, '_>, id: &str, accept: bool, reason: &str) -> Result<Deed, DeskError> {
    // What counts is carried on in this desk's logs, and only where supervisors sit that holds.
    if !act.desk.supervises() {
        return Err(DeskError::plain("not_a_supervising_desk"));
    }
    let reads = act.tx.reads()?;
    let found = reads.asides()?.into_iter().find(|aside| aside.link == id);
    let aside = found.ok_or(Rejection::NotFound { what: "late" })?;
    let records = reads.aside_records(&aside)?;
    let whole = records.len() as u64 == aside.last + 1 - aside.first;
    if accept && !whole {
        return Err(Rejection::NotFound { what: "late" }.into());
    }
    let mut carried = Vec::new();
    for found in records.iter().filter(|_| accept) {
        let head = Head::from_bytes(&found.record.head).map_err(StoreError::from)?;
        let meta = head.meta(aside.desk, aside.topic).map_err(StoreError::from)?;
        carried.push(NewEvent {
            topic: aside.topic,
            entity: meta.entity,
            event: adopted::adopt(&found.record, aside.desk, found.before).into(),
        });
    }
    let stretch = LogStretch {
        topic: aside.topic,
        first: aside.first,
        last: aside.last,
    };
    let story = act.tx.state::<DeskStory>(aside.desk)?;
    let events = desk::review_late(
        aside.desk,
        story.as_ref(),
        stretch,
        &aside.link,
        accept.then_some(carried),
        reason,
    )?;
    Ok(Deed::of(DeskStory::of(aside.desk), events))
}
