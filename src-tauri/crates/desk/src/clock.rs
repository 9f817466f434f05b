// SPDX-License-Identifier: EUPL-1.2
//! Clocks that are wrong (ADR 0016): compared with the centre's at each exchange and with what others write, told, written down as a
//! fact, and never in anybody's way.

use crate::desk::{Desk, STOPPED};
use crate::error::DeskError;
use serde::{Deserialize, Serialize};
use sportello_domain::desk::{ClockCompared, DeskStory};
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{CommandId, DeskId, OperatorId};
use sportello_domain::meta::Topic;
use sportello_domain::office::Site;
use sportello_domain::time::{Hlc, Timestamp};
use sportello_store::{Author, Reads, StoreError, WriteTx};

/// A clock that is wrong by more than this is told, milliseconds.
pub(crate) const WRONG: i64 = 5 * 60_000;
/// So long a neighbour's wrong clock is spoken of, milliseconds.
const REMEMBERED: i64 = 24 * 3_600_000;
/// What was last written down: how far the clock was ahead; nothing, or 0, when it was right.
const NOTED: &str = "clock_noted";
const PEER: &str = "clock_peer";

/// Somebody wrote what lies far ahead of this desk's clock: theirs is ahead, or this one behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PeerAhead {
    pub desk: DeskId,
    /// Milliseconds.
    pub ahead: i64,
    /// When it was seen, by this desk's clock.
    pub at: Timestamp,
}

/// Remembers that a desk writes far ahead of this one's clock.
pub(crate) fn note_peer(
    tx: &mut WriteTx<'_>,
    desk: DeskId,
    clock: Hlc,
    now: Timestamp,
) -> Result<(), StoreError> {
    let ahead = i64::try_from(clock.millis())
        .unwrap_or(i64::MAX)
        .saturating_sub(now.0);
    tx.set_meta(PEER, &PeerAhead { desk, ahead, at: now })
}

/// Who writes far ahead of this desk's clock, as far as that is worth a word.
pub(crate) fn peer(reads: &Reads<'_>, now: Timestamp) -> Result<Option<PeerAhead>, StoreError> {
    let noted: Option<PeerAhead> = reads.get_meta(PEER)?;
    Ok(noted.filter(|peer| (now.0 - peer.at.0).abs() < REMEMBERED))
}

/// How far this desk's clock stands before what this desk itself wrote last, when that is far, milliseconds: it went backwards.
pub(crate) fn went_back(reads: &Reads<'_>, now: Timestamp) -> Result<Option<i64>, StoreError> {
    let last = reads.last_written()?;
    Ok(last.map(|at| at.0 - now.0).filter(|back| *back > WRONG))
}

/// What came of comparing the clock with the centre's: what the desk writes is put in order by it, and a clock that is wrong, or right
/// again, is a fact.
pub(crate) fn compared(
    desk: &Desk,
    tx: &mut WriteTx<'_>,
    skew: Option<i64>,
    may_write: bool,
) -> Result<(), DeskError> {
    let Some(skew) = skew else { return Ok(()) };
    let ahead = if skew.abs() > WRONG { skew } else { 0 };
    tx.set_clock_offset(ahead)?;
    let noted: i64 = tx.get_meta(NOTED)?.unwrap_or(0);
    let news = (ahead == 0) != (noted == 0) || (ahead - noted).abs() > WRONG;
    let stopped = tx.is_restored() || tx.get_meta::<Option<String>>(STOPPED)?.flatten().is_some();
    if !news || !may_write || stopped {
        return Ok(());
    }
    // Before the office's sites have come nobody can say where it is told.
    let Some(site) = tx.state::<Site>(desk.site())? else {
        return Ok(());
    };
    tx.set_meta(NOTED, &ahead)?;
    let author = Author {
        actor: OperatorId::default(),
        command: desk.ports().id::<CommandId>(),
        now: desk.now(),
    };
    let fact = NewEvent::new(
        Topic::Quartiere(site.quartiere),
        DeskStory::of(desk.id()),
        ClockCompared { ahead },
    );
    tx.append(&author, &[fact], &mut || desk.ports().bytes())?;
    desk.nudge.notify_one();
    Ok(())
}
