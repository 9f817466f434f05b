// SPDX-License-Identifier: EUPL-1.2
//! What goes into a bundle: of each log, from the first record that any of its readers may lack.

use super::Peer;
use crate::desk::Desk;
use crate::directory::Neighbour;
use crate::error::DeskError;
use crate::exchange::DIRECTORY;
use crate::view::{BundleRequest, DeskName};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_protocol::bundle::{Opening, Recipient};
use sportello_protocol::version::Versions;
use sportello_protocol::wire::{Directory, Have, LogName, Presence, Segment};
use sportello_protocol::{DeskKey, SignedCertificate};
use sportello_store::StoreError;

/// A segment of a bundle weighs about so much, bytes: what a bad block on the stick takes along.
const PAGE: usize = 1 << 20;

/// A part of a log.
pub(super) struct Planned {
    pub log: LogName,
    pub from: u64,
    pub to: u64,
}

/// What goes into a bundle, and for whom.
pub(super) struct Plan {
    pub recipients: Vec<Recipient>,
    pub desks: Vec<DeskName>,
    pub logs: Vec<Planned>,
    /// What was set aside here of revoked desks' logs, when nobody reads the file but the centre and desks where supervisors sit.
    pub asides: Vec<Segment>,
    /// Where the readers' own logs end here: each by its last record that its writer signed.
    pub ends: Vec<(LogName, u64)>,
    pub opening: Opening,
}

impl Plan {
    /// The topics of its logs.
    pub fn topics(&self) -> Vec<Topic> {
        let mut topics: Vec<Topic> = self
            .logs
            .iter()
            .filter_map(|planned| planned.log.topic())
            .chain(self.asides.iter().filter_map(|segment| segment.log.topic()))
            .chain(self.ends.iter().filter_map(|(log, _)| log.topic()))
            .collect();
        topics.sort_unstable();
        topics.dedup();
        topics
    }

    pub fn records(&self) -> u64 {
        self.logs
            .iter()
            .map(|planned| planned.to + 1 - planned.from)
            .sum()
    }
}

/// A desk that a bundle is for, with what it said that it has.
struct Reader {
    desk: DeskId,
    reads: Vec<Topic>,
    peer: Peer,
}

impl Reader {
    /// The first record of a log that it may lack; none of its own logs, and of those that it may not read.
    fn lacks(&self, log: &LogName, topic: Topic) -> Option<u64> {
        (self.reads.contains(&topic) && log.desk_id() != self.desk).then(|| self.peer.has(log) + 1)
    }
}

impl Desk {
    pub(super) fn plan_bundle(&self, request: &BundleRequest) -> Result<Plan, DeskError> {
        let directory = self.directory();
        let mut named: Vec<&Neighbour> = Vec::new();
        for id in &request.desks {
            match directory
                .desk(*id)
                .filter(|desk| !desk.revoked && desk.id != self.id())
            {
                Some(desk) if named.iter().any(|other| other.id == desk.id) => {}
                Some(desk) => named.push(desk),
                None => {
                    return Err(DeskError::about(
                        "bundle_no_such_desk",
                        "desk",
                        &directory.name(*id).name,
                    ));
                }
            }
        }
        let settings = self.settings();
        let mut recipients = vec![Recipient {
            key: self.office_key(),
            topics: Topic::ALL.to_vec(),
        }];
        recipients.extend(named.iter().map(|desk| Recipient {
            key: *desk.key(),
            topics: desk.reads.clone(),
        }));
        let (logs, asides, ends, opening) = self.store().read(|reads| {
            let mut readers = Vec::with_capacity(named.len());
            for desk in &named {
                readers.push(Reader {
                    desk: desk.id,
                    reads: desk.reads.clone(),
                    peer: if request.whole {
                        Peer::default()
                    } else {
                        Peer::read(reads, desk.id)?
                    },
                });
            }
            let heads = reads.heads()?;
            let mut logs = Vec::new();
            for head in &heads {
                let Some(topic) = head.log.topic() else { continue };
                let at_centre = if request.whole {
                    0
                } else {
                    reads.at_centre(&head.log)?
                };
                let from = readers
                    .iter()
                    .filter_map(|reader| reader.lacks(&head.log, topic))
                    .fold(at_centre + 1, u64::min);
                if from <= head.seq {
                    let (log, to) = (head.log.clone(), head.seq);
                    logs.push(Planned { log, from, to });
                }
            }
            // A desk that came back from a backup, or whose disk was cloned, sees it by what others have of its own logs.
            let mut ends = Vec::new();
            for head in &heads {
                let read = |topic| {
                    readers
                        .iter()
                        .any(|reader| reader.desk == head.log.desk_id() && reader.reads.contains(&topic))
                };
                if head.log.topic().is_some_and(read)
                    && let Some(signed) = reads.signed_head(&head.log)?
                {
                    ends.push((head.log.clone(), signed.seq));
                }
            }
            let asides = if named.iter().all(|desk| desk.supervises) {
                reads.asides_to_hand_on()?
            } else {
                Vec::new()
            };
            // What the whole office goes by comes before what builds on it.
            logs.sort_by(|a, b| (&a.log.topic, a.log.desk).cmp(&(&b.log.topic, b.log.desk)));
            let certificates: Vec<SignedCertificate> = reads
                .certificates()?
                .into_iter()
                .filter_map(|row| minicbor::decode(&row.bytes).ok())
                .collect();
            let opening = Opening {
                office: *settings.office.0.as_bytes(),
                from: *self.id().0.as_bytes(),
                presence: Presence {
                    now: self.now().0,
                    waiting: reads.unsent()?,
                    version: env!("CARGO_PKG_VERSION").to_owned(),
                    speaks: Some(Versions::OURS.newest),
                },
                have: heads
                    .into_iter()
                    .map(|head| Have {
                        log: head.log,
                        seq: head.seq,
                    })
                    .collect(),
                directory: Directory {
                    version: reads.get_meta(DIRECTORY)?.unwrap_or(0),
                    certificates,
                    presences: Vec::new(),
                },
                kept: Vec::new(),
                refused: Vec::new(),
            };
            Ok::<_, DeskError>((logs, asides, ends, opening))
        })?;
        Ok(Plan {
            desks: named.iter().map(|desk| directory.name(desk.id)).collect(),
            recipients,
            logs,
            asides,
            ends,
            opening,
        })
    }

    /// The next segment of a log: signed here when it is this desk's own, under its writer's own signature when it is not.
    pub(super) fn segment_for_bundle(
        &self,
        key: &DeskKey,
        log: &LogName,
        from: u64,
    ) -> Result<Option<Segment>, DeskError> {
        let Some(topic) = log.topic() else {
            return Ok(None);
        };
        if log.desk_id() == self.id() {
            let page = self.store().read(|reads| reads.records(log, from, PAGE))?;
            let office = self.settings().office;
            return Ok(page.map(|page| {
                let link = page.last.1;
                Segment::sign(key, office, log.clone(), topic, page.from, page.records, link)
            }));
        }
        Ok(self.signed_segment(log, from, PAGE)?)
    }

    /// The next segment of another desk's log, under its writer's own signature; none when there is none to be handed on.
    pub(crate) fn signed_segment(
        &self,
        log: &LogName,
        from: u64,
        budget: usize,
    ) -> Result<Option<Segment>, StoreError> {
        let page = self
            .store()
            .read(|reads| reads.signed_records(log, from, budget))?;
        Ok(page.map(|(page, head)| Segment {
            log: page.log,
            from: page.from,
            records: page.records,
            head,
        }))
    }
}
