// SPDX-License-Identifier: EUPL-1.2
//! A desk of the demonstration, open, with its clock and whoever sits there.

use super::clock::HandClock;
use super::plan::Case;
use crate::failure::Failure;
use sportello_central::{Central, NewDesk};
use sportello_desk::view::EnrolRequest;
use sportello_desk::{Desk, DeskError, Home, Outcome, Session};
use sportello_domain::command::{Command, Passphrase};
use sportello_domain::demo::DemoRng;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::household::Household;
use sportello_domain::ids::{CampaignId, CommandId, DeskId};
use sportello_domain::office::{Role, Site};
use sportello_sync::{HttpOptions, HttpTransport};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::task::JoinSet;

/// Everybody's passphrase: a demonstration has no secrets.
pub const PASSPHRASE: &str = "dimostrazione";
/// The work of a passphrase (scrypt, log2 N): there is nothing to protect, and the window opens at once.
const WORK: u8 = 10;
/// After so many rounds of exchanges something is wrong.
const ROUNDS: u32 = 20;

/// Somebody who works in the demonstration.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// What is typed to log in.
    pub username: &'static str,
    /// Name.
    pub name: &'static str,
    /// What the person may do.
    pub role: Role,
}

/// An open desk.
#[derive(Debug)]
pub struct Station {
    /// Its name.
    pub name: &'static str,
    /// Its site, once it knows it.
    pub site: Site,
    /// The desk.
    pub desk: Arc<Desk>,
    /// Its clock.
    pub clock: HandClock,
    /// Who sits there.
    pub session: Session,
    /// Where it lives.
    pub dir: PathBuf,
}

/// A desk to be made.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Code of its site.
    pub site: &'a str,
    /// Its name.
    pub name: &'static str,
    /// Supervisors sit there.
    pub supervises: bool,
    /// Its first operator.
    pub person: Person,
}

impl Station {
    /// Adds a desk at the centre and enrols it over HTTP.
    pub async fn enrol(
        central: &Central,
        url: &str,
        dir: &Path,
        wanted: Wanted<'_>,
        clock: HandClock,
    ) -> Result<Self, Failure> {
        let invitation = central.add_desk(&NewDesk {
            supervises: wanted.supervises,
            ..NewDesk::new(wanted.site, wanted.name)
        })?;
        let site = central.sites()?.into_iter().find(|site| site.code == wanted.site);
        let site = site.ok_or_else(|| Failure::Demo(format!("there is no site {}", wanted.site)))?;
        let request = EnrolRequest {
            server: url.to_owned(),
            code: invitation.code.to_string(),
            custom_ca: None,
            proxy: None,
            username: wanted.person.username.to_owned(),
            name: wanted.person.name.to_owned(),
            role: wanted.person.role,
            passphrase: Passphrase(PASSPHRASE.to_owned()),
        };
        let transport = HttpTransport::new(
            &HttpOptions {
                url: url.to_owned(),
                ..HttpOptions::default()
            },
            None,
        );
        let transport = transport.map_err(DeskError::from)?;
        let home = Home::new(dir);
        let (desk, _) =
            sportello_desk::enrol_over(&home, clock.ports(), &request, &transport, Some(WORK)).await?;
        let session = desk.authenticate(wanted.person.username, PASSPHRASE)?;
        Ok(Self {
            name: wanted.name,
            site,
            desk,
            clock,
            session,
            dir: dir.to_owned(),
        })
    }

    /// Does a command, whoever sits there.
    pub fn execute(&self, command: &Command) -> Result<Outcome, DeskError> {
        self.desk
            .execute(&self.session, CommandId(uuid::Uuid::now_v7()), command)
    }

    /// The entitlements that nothing was handed over for and that one desk holds, shuffled.
    pub fn cases(
        &self,
        campaign: CampaignId,
        holder: DeskId,
        rng: &mut DemoRng,
    ) -> Result<Vec<Case>, Failure> {
        let mut cases = self.desk.store().read(|reads| {
            let mut cases = Vec::new();
            for found in reads.entitlement_states(campaign)? {
                if found.custody.holder != holder || found.status() != EntitlementStatus::Due {
                    continue;
                }
                if let Some(household) = reads.state::<Household>(found.household)? {
                    let case = Case {
                        entitlement: found.id,
                        household: found.household,
                        amount: found.amount(),
                        applicant: household.data.applicant_name(),
                    };
                    cases.push((household.data.list_ref, case));
                }
            }
            Ok::<_, DeskError>(cases)
        })?;
        // By practice number, so that the same seed always shuffles the same way.
        cases.sort_by(|a, b| a.0.cmp(&b.0));
        for last in (1..cases.len()).rev() {
            cases.swap(last, rng.index(last + 1));
        }
        Ok(cases.into_iter().map(|(_, case)| case).collect())
    }
}

/// Exchanges at all desks, until nothing moves any more.
pub async fn exchange(stations: &[Station]) -> Result<(), Failure> {
    for _ in 0..ROUNDS {
        let mut under_way = JoinSet::new();
        for station in stations {
            let desk = station.desk.clone();
            under_way.spawn(async move { desk.sync_once().await });
        }
        let mut moved = 0;
        while let Some(done) = under_way.join_next().await {
            let report = done.map_err(|error| Failure::Demo(error.to_string()))??;
            if let Some(found) = report.troubles.first() {
                return Err(Failure::Troubled(found.trouble.code().to_owned()));
            }
            moved += report.pushed + report.pulled + report.remaining;
            if let Some(error) = report.error {
                return Err(DeskError::from(error).into());
            }
        }
        if moved == 0 {
            return Ok(());
        }
    }
    Err(Failure::NeverQuiet)
}
