// SPDX-License-Identifier: EUPL-1.2
//! How the background exchange lets time pass; and rights that this desk asked of others: somebody may be standing at the
//! counter until one comes.

use crate::desk::Desk;
use sportello_domain::ids::EntitlementId;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How the background exchange lets time pass.
pub trait Rest: Send + Sync {
    /// How long it has been since some beginning.
    fn now(&self) -> Duration;
    /// Ends after a while.
    fn sleep(&self, wait: Duration) -> impl Future<Output = ()> + Send;
}

/// The computer's own timer.
#[derive(Clone, Copy, Debug)]
pub struct Timer(Instant);

impl Default for Timer {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Rest for Timer {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    async fn sleep(&self, wait: Duration) {
        tokio::time::sleep(wait).await;
    }
}

/// What this desk asked of others and has not got yet, and since when it has been as it is.
#[derive(Debug, Default)]
pub(crate) struct Awaited {
    rights: BTreeSet<EntitlementId>,
    since: Option<Duration>,
}

impl Awaited {
    /// Looks at `now`, and says how long something has been awaited; none when nothing is. What is asked anew is awaited anew.
    pub(crate) async fn since(&mut self, desk: &Arc<Desk>, now: Duration) -> Option<Duration> {
        let reader = desk.clone();
        let asked = tokio::task::spawn_blocking(move || {
            let id = reader.id();
            reader.store().read(|reads| reads.custody_asked_by(id))
        });
        // What cannot be read now is awaited no less: the usual pace goes on.
        let Ok(Ok(asked)) = asked.await else { return None };
        let rights: BTreeSet<EntitlementId> = asked.into_iter().map(|case| case.entitlement).collect();
        if !rights.is_subset(&self.rights) {
            self.since = Some(now);
        }
        self.rights = rights;
        if self.rights.is_empty() {
            self.since = None;
        }
        self.since.map(|since| now.saturating_sub(since))
    }
}
