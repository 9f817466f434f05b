// SPDX-License-Identifier: EUPL-1.2
//! Campaigns, sites, desks and operators by the names that people know them by.

use crate::failure::Failure;
use sportello_desk::view::ReferenceView;
use sportello_desk::{Desk, Query, Session, View};
use sportello_domain::campaign::Campaign;
use sportello_domain::ids::DeskId;
use sportello_domain::office::{Operator, Site};
use sportello_domain::refusal::Rejection;

fn reference(desk: &Desk, session: &Session) -> Result<ReferenceView, Failure> {
    match desk.query(session, &Query::Reference)? {
        View::Reference(view) => Ok(view),
        _ => Err(Failure::Json("an answer of another type".into())),
    }
}

/// The campaign of this name or identifier; the only one when none is named.
pub fn campaign(desk: &Desk, session: &Session, asked: Option<&str>) -> Result<Campaign, Failure> {
    let all = reference(desk, session)?.campaigns;
    let known = all.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join(", ");
    let asked = asked.unwrap_or_default().trim().to_owned();
    let fits = |c: &Campaign| {
        let named = c.name.to_lowercase() == asked.to_lowercase() || c.id.to_string() == asked.to_lowercase();
        if asked.is_empty() { all.len() == 1 } else { named }
    };
    all.iter().find(|c| fits(c)).cloned().ok_or(Failure::NotNamed {
        what: "campaign",
        asked,
        known,
    })
}

/// The site of this code or identifier; the desk's own when none is named.
pub fn site(desk: &Desk, session: &Session, asked: Option<&str>) -> Result<Site, Failure> {
    let all = reference(desk, session)?.sites;
    let known = all.iter().map(|s| s.code.as_str()).collect::<Vec<_>>().join(", ");
    let asked = asked.unwrap_or_default().trim().to_owned();
    let fits = |s: &Site| {
        let named = s.code.eq_ignore_ascii_case(&asked) || s.id.to_string() == asked.to_lowercase();
        if asked.is_empty() {
            s.id == desk.site()
        } else {
            named
        }
    };
    all.iter().find(|s| fits(s)).cloned().ok_or(Failure::NotNamed {
        what: "site",
        asked,
        known,
    })
}

/// The operator of this username. The others are not told: who works here is told on purpose only.
pub fn operator(desk: &Desk, session: &Session, asked: &str) -> Result<Operator, Failure> {
    let asked = asked.trim().to_lowercase();
    let all = reference(desk, session)?.operators;
    all.into_iter()
        .find(|operator| operator.username == asked)
        .ok_or_else(|| sportello_desk::DeskError::from(Rejection::NotFound { what: "operator" }).into())
}

/// The other desks of the office that may write, with their names.
pub fn desks(desk: &Desk) -> Vec<(DeskId, String)> {
    let (directory, own) = (desk.directory(), desk.id());
    directory
        .all()
        .filter(|other| !other.revoked && other.id != own)
        .map(|other| (other.id, other.name.clone()))
        .collect()
}

/// The other desk of this name or identifier.
pub fn desk(desk: &Desk, asked: &str) -> Result<(DeskId, String), Failure> {
    let all = desks(desk);
    let known = all
        .iter()
        .map(|(_, name)| name.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let mut all = all.into_iter();
    all.find(|(id, name)| name == asked || id.to_string() == asked)
        .ok_or_else(|| Failure::NotNamed {
            what: "desk",
            asked: asked.to_owned(),
            known,
        })
}
