// SPDX-License-Identifier: EUPL-1.2
//! A desk changes its key (ADR 0018): the same desk and the same logs, another key to sign with. Nothing that was written is signed anew:
//! the certificate says up to which record of each log the old key vouches.
//!
//! The new key is on disk before it is asked for, and the old one signs until the new certificate is: whenever the power goes, the desk
//! has the key that the centre knows, or asks again for the same.

use crate::desk::{DESK_KEY, Desk, Happening};
use crate::directory::keep_certificate;
use crate::error::DeskError;
use crate::exchange::PROTOCOL;
use crate::session::Session;
use crate::view::KeyView;
use serde::{Deserialize, Serialize};
use sportello_domain::office::Role;
use sportello_domain::refusal::Rejection;
use sportello_protocol::version::WITH_KEYS;
use sportello_protocol::{Certificate, DeskKey, SignedCertificate};
use sportello_store::Reads;
use sportello_sync::{AnswerError, ExchangeError, Transport};
use std::sync::{Arc, PoisonError};

/// The key that was asked for and is not certified yet, as far as is known here.
const NEXT: &str = "desk_key_next";
/// The keys that the desk had: they sign nothing any more, and open what was sealed by somebody who did not know of the change yet.
const EARLIER: &str = "desk_keys_earlier";
/// For so long: a stick or a slip is not on its way for longer.
const KEPT_FOR: i64 = 30 * 24 * 3_600_000;
/// So many, the last ones, whatever the clock says: it may be a year off, and what they open the file holds anyway.
const KEPT_ALWAYS: usize = 8;

/// Refusals by which it is sure that the centre has not changed the key: it is not asked for again by itself. `malformed` is not among
/// them: it is what a request looks like that was damaged on its way, and the one before it may have arrived.
const REFUSALS: [&str; 7] = [
    "desks_outdated",
    "key_taken",
    "key_replaced",
    "fork",
    "revoked",
    "not_found",
    "method",
];

/// A key that the desk had.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Earlier {
    seed: String,
    /// When another came in its place, by this desk's clock, milliseconds since 1970.
    until: i64,
}

/// Those that are still kept.
fn kept(mut earlier: Vec<Earlier>, now: i64) -> Vec<Earlier> {
    let last = earlier.split_off(earlier.len().saturating_sub(KEPT_ALWAYS));
    earlier.retain(|known| known.until.saturating_add(KEPT_FOR) > now);
    earlier.extend(last);
    earlier
}

/// The keys of an open desk.
#[derive(Clone, Debug)]
pub(crate) struct OwnKeys {
    /// It signs.
    pub current: DeskKey,
    /// It was asked for.
    pub next: Option<DeskKey>,
    earlier: Vec<DeskKey>,
    /// The desk's certificate, which it shows to whoever does not know it.
    pub certificate: Option<SignedCertificate>,
}

impl OwnKeys {
    /// As they are kept; `lost` where the desk's own key is not. `now` is the desk's clock, milliseconds since 1970.
    pub fn read<E: From<sportello_store::StoreError>>(
        reads: &Reads<'_>,
        now: i64,
        lost: impl Fn() -> E,
    ) -> Result<Self, E> {
        let own = reads.certificate(reads.identity()?.desk)?;
        let earlier: Vec<Earlier> = reads.get_meta(EARLIER)?.unwrap_or_default();
        Ok(Self {
            current: key_of(reads.get_meta::<String>(DESK_KEY)?.as_deref()).ok_or_else(lost)?,
            next: key_of(reads.get_meta::<String>(NEXT)?.as_deref()),
            earlier: kept(earlier, now)
                .iter()
                .filter_map(|known| key_of(Some(&known.seed)))
                .collect(),
            certificate: own.and_then(|row| minicbor::decode(&row.bytes).ok()),
        })
    }

    /// The keys with which something may be sealed for this desk: its own, one that the centre may have certified already, and those
    /// that it had.
    pub fn opening(&self) -> Vec<DeskKey> {
        let mut keys = vec![self.current.clone()];
        keys.extend(self.next.iter().chain(&self.earlier).cloned());
        keys
    }
}

fn key_of(seed: Option<&str>) -> Option<DeskKey> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(seed?, &mut bytes).ok()?;
    Some(DeskKey::from_seed(&bytes))
}

impl Desk {
    /// Changes this desk's key, over HTTP. See [`Desk::rotate_key_over`].
    pub async fn rotate_key(self: &Arc<Self>, session: &Session) -> Result<KeyView, DeskError> {
        let transport = Arc::new(self.transport()?);
        self.rotate_key_over(session, transport).await
    }

    /// Changes this desk's key: hands over what waits, then asks the centre for a certificate of another key. Where the answer is lost
    /// the desk asks again by itself, with the next exchange.
    pub async fn rotate_key_over<T: Transport>(
        self: &Arc<Self>,
        session: &Session,
        transport: Arc<T>,
    ) -> Result<KeyView, DeskError> {
        let needed = self.role_for_keys();
        if session.role() < needed {
            return Err(Rejection::RoleTooLow { needed }.into());
        }
        self.may_write()?;
        // What the centre has is what the old key goes on vouching for, also where a neighbour has it.
        let report = self.sync_over(transport.clone()).await?;
        if let Some(error) = report.error {
            return Err(error.into());
        }
        self.may_write()?;
        if self.store().read(|reads| reads.get_meta::<u16>(PROTOCOL))? < Some(WITH_KEYS) {
            return Err(DeskError::plain("centre_outdated"));
        }
        let desk = self.clone();
        tokio::task::spawn_blocking(move || desk.prepare_key())
            .await
            .map_err(|_| DeskError::plain("interrupted"))??;
        self.finish_rotation(transport.as_ref()).await?;
        self.stir();
        Ok(self.key_view())
    }

    /// Who may change the key: administrators where they sit. At the other desks there are none, and it harms nobody.
    fn role_for_keys(&self) -> Role {
        if self.supervises() {
            Role::Administrator
        } else {
            Role::Operator
        }
    }

    /// Which key this desk has.
    pub fn key_view(&self) -> KeyView {
        let directory = self.directory();
        let known = directory.desk(self.id());
        KeyView {
            desk: directory.name(self.id()),
            number: known.map_or(1, crate::directory::Neighbour::key_number),
            since: known.map(crate::directory::Neighbour::key_since),
        }
    }

    /// The key that will be asked for is on disk before anybody hears of it.
    fn prepare_key(&self) -> Result<(), DeskError> {
        self.store().write(|tx| {
            if tx.get_meta::<String>(NEXT)?.is_none() {
                tx.set_meta(NEXT, &hex::encode(self.ports().bytes::<32>()))?;
            }
            Ok::<_, DeskError>(())
        })?;
        self.read_keys()
    }

    /// Where a key was asked for and the answer never came: asks again, with the same key. Until that is settled nothing is exchanged,
    /// because the desk cannot know with which key it is believed.
    pub(crate) async fn finish_rotation<T: Transport>(
        self: &Arc<Self>,
        transport: &T,
    ) -> Result<(), ExchangeError> {
        let _alone = self.rotating.lock().await;
        let Some(next) = self.own_keys().next else {
            return Ok(());
        };
        let waiting = self
            .store()
            .read(|reads| reads.unsent())
            .map_err(|error| ExchangeError::Local(Box::new(error)))?;
        let presence = sportello_sync::errands::presence(self.now().0, waiting, env!("CARGO_PKG_VERSION"));
        let asked = sportello_sync::errands::rotate(transport, &self.sync_identity(), &next, presence).await;
        // Whoever signs now with the old key is waited for.
        let signing = self.signing.clone().write_owned().await;
        let desk = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let _signing = signing;
            match asked {
                Ok((certificate, signed)) => desk.take_key(&next, &certificate, &signed).map(Ok),
                Err(error) => {
                    if is_refusal(&error) {
                        desk.drop_next()?;
                    }
                    Ok(Err(error))
                }
            }
        })
        .await;
        match done {
            Ok(Ok(settled)) => settled,
            Ok(Err(error)) => Err(ExchangeError::Local(Box::new(error))),
            Err(error) => Err(ExchangeError::Local(Box::new(error))),
        }
    }

    /// The certificate of the new key may come on another way than the answer (a stick, a relay): then it is taken from there.
    pub(crate) fn take_certified_key(&self) -> Result<(), DeskError> {
        let keys = self.own_keys();
        let (Some(next), Some(signed)) = (keys.next, keys.certificate) else {
            return Ok(());
        };
        match signed.verify(self.settings().office, &self.office_key()) {
            Ok(certificate) if certificate.key == next.public() => {
                self.take_key(&next, &certificate, &signed)
            }
            _ => Ok(()),
        }
    }

    /// Changes the file, at once or not at all.
    fn take_key(
        &self,
        next: &DeskKey,
        certificate: &Certificate,
        signed: &SignedCertificate,
    ) -> Result<(), DeskError> {
        let now = self.now().0;
        let number = self.store().write(|tx| {
            if tx.identity().desk != self.id() {
                return Err(DeskError::plain("identity_renewed"));
            }
            keep_certificate(tx, certificate, signed)?;
            let (new, old) = (hex::encode(next.seed()), tx.get_meta::<String>(DESK_KEY)?);
            if let Some(seed) = old.filter(|old| *old != new) {
                let mut earlier: Vec<Earlier> = tx.get_meta(EARLIER)?.unwrap_or_default();
                earlier.push(Earlier { seed, until: now });
                tx.set_meta(EARLIER, &kept(earlier, now))?;
                tx.set_meta(DESK_KEY, &new)?;
            }
            tx.delete_meta(NEXT)?;
            Ok::<_, DeskError>(certificate.key_number())
        })?;
        tracing::info!(number, "this desk has another key");
        self.read_keys()?;
        self.read_directory()?;
        self.tell(Happening::Changed(Vec::new()));
        Ok(())
    }

    fn drop_next(&self) -> Result<(), DeskError> {
        self.store().write(|tx| tx.delete_meta(NEXT))?;
        self.read_keys()
    }

    /// Reads the keys anew from the file.
    pub(crate) fn read_keys(&self) -> Result<(), DeskError> {
        let now = self.now().0;
        let lost = || DeskError::plain("stored_value");
        let read = self.store().read(|reads| {
            // A file that became another desk's has that desk's keys.
            let ours = reads.identity()?.desk == self.id();
            ours.then(|| OwnKeys::read(reads, now, lost)).transpose()
        })?;
        let Some(read) = read else { return Ok(()) };
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = read;
        Ok(())
    }

    /// The keys that this desk has.
    pub(crate) fn own_keys(&self) -> OwnKeys {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Whether an answer shows that the key was not changed.
fn is_refusal(error: &ExchangeError) -> bool {
    matches!(error, ExchangeError::Answer(AnswerError::Refused(problem)) if REFUSALS.contains(&problem.code.as_str()))
}

/// What has to go with an identity: nobody believes these keys of the desk that comes after.
pub(crate) const OF_AN_IDENTITY: [&str; 2] = [NEXT, EARLIER];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_keys_are_kept_whatever_the_clock_says_and_older_ones_for_their_time() {
        let key = |day: i64| Earlier {
            seed: day.to_string(),
            until: day * 24 * 3_600_000,
        };
        let days = |now: i64, all: i64| -> Vec<String> {
            let all = (1..=all).map(key).collect();
            let kept = kept(all, now * 24 * 3_600_000);
            kept.into_iter().map(|known| known.seed).collect()
        };
        assert_eq!(days(366, 2), ["1", "2"], "the clock is a year ahead");
        assert_eq!(days(32, 10).len(), 8, "the first two are older than 30 days");
        assert_eq!(days(32, 11).len(), 9, "the third is not");
    }
}
