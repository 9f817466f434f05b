// SPDX-License-Identifier: EUPL-1.2
//! Hand-over slips between two desks: making the one that is printed, and reading the one that is brought.

use crate::desk::Desk;
use crate::directory::Neighbour;
use crate::error::DeskError;
use sportello_domain::entitlement::{Entitlement, Slip, SlipRead, SlipState};
use sportello_domain::household::{Household, HouseholdData};
use sportello_domain::ids::{DeskId, EntitlementId};
use sportello_domain::meta::Topic;
use sportello_domain::refusal::Rejection;
pub(crate) use sportello_protocol::slip::Content;
use sportello_protocol::slip::{SealedSlip, ShortCode, SlipError, Terms};

/// A slip that this desk wrote and that nobody has accepted yet, as far as is known here.
pub(crate) fn open_slip(desk: &Desk, entitlement: &Entitlement) -> Option<Slip> {
    let mine = |slip: &&Slip| slip.state == SlipState::Open && slip.from == desk.id();
    entitlement.custody.slips.iter().rev().find(mine).cloned()
}

/// What is printed of a slip: the short code, and what the QR holds.
pub(crate) fn print(
    desk: &Desk,
    slip: &Slip,
    topic: Topic,
    entitlement: &Entitlement,
    household: &Household,
) -> Result<(String, String), DeskError> {
    let to = neighbour(desk, slip.to)?;
    let terms = terms(desk, entitlement.id, slip.from, slip);
    let code = ShortCode::of(&desk.key(), to.key(), &terms).map_err(refused)?;
    // Who lives there is needed to serve; how to reach them is not.
    let data = HouseholdData {
        phone: String::new(),
        email: String::new(),
        ..household.data.clone()
    };
    let content = Content {
        terms,
        topic: topic.to_string(),
        campaign: entitlement.campaign,
        household: household.id,
        due: entitlement.remaining(),
        data: serde_json::to_vec(&data)?,
    };
    let sealed = SealedSlip::seal(&desk.key(), to.key(), &content, &desk.ports().bytes()).map_err(refused)?;
    Ok((code.to_string(), sealed.qr()))
}

/// A slip for this desk, and by whom it says: nobody else can have written it.
pub(crate) enum Paper {
    /// The short code.
    Typed(EntitlementId, SlipRead),
    /// The QR.
    Scanned(Box<Content>),
}

impl Paper {
    /// Reads what was scanned or typed. A typed code says nothing of the entitlement: it is the one that is looked at.
    pub(crate) fn read(desk: &Desk, asked: Option<EntitlementId>, code: &str) -> Result<Self, DeskError> {
        if !SealedSlip::is_one(code) {
            let code = ShortCode::parse(code).map_err(refused)?;
            let id = asked.ok_or(Rejection::SlipNeedsRecords)?;
            return Ok(Self::Typed(id, typed(desk, id, &code)?));
        }
        let sealed = SealedSlip::parse(code).map_err(refused)?;
        if sealed.to() != desk.id() {
            return Err(Rejection::SlipForOther.into());
        }
        let writer = neighbour(desk, sealed.from())?;
        let content = open(desk, &sealed, &writer)?;
        believed(&writer)?;
        // Another household's paper than the one that stands at the counter.
        if asked.is_some_and(|asked| asked != content.terms.entitlement) {
            return Err(Rejection::SlipWrong.into());
        }
        Ok(Self::Scanned(Box::new(content)))
    }

    /// What it gives.
    pub(crate) fn entitlement(&self) -> EntitlementId {
        match self {
            Self::Typed(id, _) => *id,
            Self::Scanned(content) => content.terms.entitlement,
        }
    }

    /// By whom, to whom and when.
    pub(crate) fn read_as(&self) -> SlipRead {
        match self {
            Self::Typed(_, read) => *read,
            Self::Scanned(content) => SlipRead {
                from: content.terms.from,
                to: content.terms.to,
                stamp: content.terms.stamp,
            },
        }
    }
}

/// Opens what the QR held. It may be sealed to a key that this desk had when it was written, and signed by one that its writer had then.
fn open(desk: &Desk, sealed: &SealedSlip, writer: &Neighbour) -> Result<Content, DeskError> {
    let office = desk.settings().office;
    let mut why = SlipError::Wrong;
    for own in desk.own_keys().opening() {
        for theirs in writer
            .keys
            .earlier
            .iter()
            .map(|earlier| earlier.key)
            .chain([*writer.key()])
        {
            match sealed.open(office, desk.id(), &own, &theirs) {
                Ok(content) if writer.keys_at(content.terms.stamp.at().0).contains(&theirs) => {
                    return Ok(content);
                }
                Ok(_) => {}
                Err(error) => why = error,
            }
        }
    }
    Err(refused(why).into())
}

/// Whoever wrote the code is found by trying: an office has a few dozen desks.
fn typed(desk: &Desk, id: EntitlementId, code: &ShortCode) -> Result<SlipRead, DeskError> {
    if !code.may_be_for(desk.id()) {
        return Err(Rejection::SlipForOther.into());
    }
    let (to, stamp) = (desk.id(), code.stamp());
    let (directory, keys) = (desk.directory(), desk.own_keys().opening());
    let writer = directory.all().filter(|other| other.id != to).find(|other| {
        let terms = Terms {
            office: desk.settings().office,
            entitlement: id,
            from: other.id,
            to,
            stamp,
        };
        keys.iter().any(|own| {
            let theirs = other.keys_at(stamp.at().0);
            theirs.iter().any(|theirs| code.holds(own, theirs, &terms))
        })
    });
    let writer = writer.ok_or(Rejection::SlipWrong)?;
    believed(writer)?;
    Ok(SlipRead {
        from: writer.id,
        to,
        stamp,
    })
}

fn terms(desk: &Desk, entitlement: EntitlementId, from: DeskId, slip: &Slip) -> Terms {
    Terms {
        office: desk.settings().office,
        entitlement,
        from,
        to: slip.to,
        stamp: slip.stamp,
    }
}

fn neighbour(desk: &Desk, id: DeskId) -> Result<Neighbour, DeskError> {
    let found = desk.directory().desk(id).cloned();
    Ok(found.ok_or(Rejection::NotFound { what: "desk" })?)
}

fn believed(writer: &Neighbour) -> Result<(), Rejection> {
    if writer.revoked {
        return Err(Rejection::SlipOfRevoked { desk: writer.id });
    }
    Ok(())
}

fn refused(error: SlipError) -> Rejection {
    match error {
        SlipError::Mistyped => Rejection::SlipMistyped,
        SlipError::ForOther => Rejection::SlipForOther,
        SlipError::Wrong => Rejection::SlipWrong,
        SlipError::Recipient => Rejection::NotFound { what: "desk" },
    }
}
