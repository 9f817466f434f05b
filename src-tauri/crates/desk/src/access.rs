// SPDX-License-Identifier: EUPL-1.2
//! Who gets in: with a passphrase, or with the desk's recovery key when it is forgotten. And the key slots behind it, which are
//! files: a slot changes together with the record that says so, or not at all.

use crate::desk::{Desk, RECORDS_LOST};
use crate::error::DeskError;
use crate::execute::{operators_topic, stopped};
use crate::home::{Home, Settings};
use crate::ports::Ports;
use crate::session::Session;
use sportello_domain::command::Passphrase;
use sportello_domain::event::NewEvent;
use sportello_domain::ids::CommandId;
use sportello_domain::office::{Operator, PassphraseSet, PassphraseSetBy};
use sportello_store::keys::{KeyRing, PlacedSlot, SealedSlot, SlotOwner};
use sportello_store::{Author, DbKey};
use std::sync::Arc;

/// No passphrase is shorter: with the slots' work (scrypt) ten characters chosen by a person are guessed one by one only.
pub(crate) const MIN_PASSPHRASE: usize = 10;

pub(crate) fn check_passphrase(passphrase: &Passphrase) -> Result<(), DeskError> {
    if passphrase.0.chars().count() < MIN_PASSPHRASE {
        return Err(DeskError::about("passphrase_too_short", "least", &MIN_PASSPHRASE));
    }
    Ok(())
}

pub(crate) fn owner_of(operator: &Operator) -> SlotOwner {
    SlotOwner {
        operator: operator.id,
        username: operator.username.clone(),
        role: operator.role,
    }
}

/// What an enrolled desk knows before anybody logs in.
fn enrolled(home: &Home) -> Result<Settings, DeskError> {
    home.settings()?.ok_or(DeskError::plain("not_enrolled"))
}

impl Desk {
    /// Opens the desk in `home` for an operator. After some wrong passphrases in a row the next try has to wait.
    pub fn login(
        home: &Home,
        ports: Ports,
        username: &str,
        passphrase: &str,
    ) -> Result<(Arc<Self>, Session), DeskError> {
        let settings = enrolled(home)?;
        let ring = home.keys(settings.work_factor);
        let open = || ring.unlock(username, passphrase);
        let (owner, db_key) = home.attempts().open(username, &ports, open)?;
        let desk = Self::open(home, ports, settings, db_key)?;
        let known = desk
            .store()
            .read(|reads| reads.state::<Operator>(owner.operator))?;
        let session = desk.admit(known)?;
        Ok((desk, session))
    }

    /// Another operator at a desk that is open, or the same one after the screen was locked.
    pub fn authenticate(&self, username: &str, passphrase: &str) -> Result<Session, DeskError> {
        let (owner, _) = self.unlock(username, passphrase)?;
        self.admit(
            self.store()
                .read(|reads| reads.state::<Operator>(owner.operator))?,
        )
    }

    /// Opens the desk in `home` with its recovery key, for an operator whose passphrase is forgotten: gives the person another
    /// one, leaves a trace of it, and logs the person in. Only who is known and not barred gets in.
    ///
    /// At a desk that may not write any more (revoked, restored) there is no log left for a trace: it is opened to be read.
    pub fn recover(
        home: &Home,
        ports: Ports,
        recovery_key: &Passphrase,
        username: &str,
        new: &Passphrase,
    ) -> Result<(Arc<Self>, Session), DeskError> {
        let settings = enrolled(home)?;
        check_passphrase(new)?;
        // No wait here: a recovery key is a random number of 256 bits, which nobody guesses.
        let db_key = home
            .keys(settings.work_factor)
            .unlock_with_recovery(&recovery_key.0)?;
        let desk = Self::open(home, ports, settings, db_key)?;
        let session = desk.give_back(username, new)?;
        Ok((desk, session))
    }

    /// The same at a desk that is open.
    pub fn recover_open(
        &self,
        recovery_key: &Passphrase,
        username: &str,
        new: &Passphrase,
    ) -> Result<Session, DeskError> {
        check_passphrase(new)?;
        self.key_ring().unlock_with_recovery(&recovery_key.0)?;
        self.give_back(username, new)
    }

    /// Gives somebody a slot on the strength of the recovery key.
    fn give_back(&self, username: &str, new: &Passphrase) -> Result<Session, DeskError> {
        let session = self.admit(self.store().read(|reads| reads.operator_by_username(username))?)?;
        let mut slot = Slot::seal(self, session.person().clone(), new)?;
        let written = self.store().write(|tx| {
            slot.place()?;
            if stopped(tx)?.is_some() || tx.identity().desk != self.id() {
                return Ok(());
            }
            let trace = NewEvent::new(
                operators_topic(self, tx)?,
                session.operator(),
                PassphraseSet {
                    by: PassphraseSetBy::RecoveryKey,
                },
            );
            let author = Author {
                actor: session.operator(),
                command: self.ports().id::<CommandId>(),
                now: self.now(),
            };
            tx.append(&author, &[trace], &mut || self.ports().bytes())?;
            Ok::<_, DeskError>(())
        });
        slot.settle(written.is_ok());
        written?;
        self.wrote(&[session.operator().into()]);
        Ok(session)
    }

    /// A session for somebody who has proved who they are.
    fn admit(&self, known: Option<Operator>) -> Result<Session, DeskError> {
        let Some(operator) = known else {
            // Not the person's fault: the file has lost what said who they are.
            let lost = self.store().read(|reads| reads.lost_records())?;
            return Err(if lost > 0 {
                DeskError::Stopped(RECORDS_LOST.to_owned())
            } else {
                DeskError::plain("unknown_operator")
            });
        };
        not_barred(&operator)?;
        Ok(Session::new(operator, self.settings().language))
    }

    /// Opens somebody's slot, unless it is too early to try again.
    pub(crate) fn unlock(&self, username: &str, passphrase: &str) -> Result<(SlotOwner, DbKey), DeskError> {
        let ring = self.key_ring();
        let open = || ring.unlock(username, passphrase);
        self.home().attempts().open(username, self.ports(), open)
    }

    pub(crate) fn key_ring(&self) -> KeyRing {
        self.home().keys(self.settings().work_factor)
    }
}

/// An operator who may log in.
pub(crate) fn not_barred(operator: &Operator) -> Result<(), DeskError> {
    if operator.active {
        Ok(())
    } else {
        Err(DeskError::plain("operator_barred"))
    }
}

/// A key slot on its way to an operator. It is sealed before the write, because that is slow on purpose; it is put in place
/// within the write, once the rules have agreed and before the record is durable; and when the write comes to nothing it is put
/// back as it was.
#[derive(Debug)]
pub(crate) struct Slot {
    operator: Operator,
    sealed: SealedSlot,
    placed: Option<PlacedSlot>,
}

impl Slot {
    /// Seals a slot with a passphrase that is being chosen.
    pub(crate) fn seal(desk: &Desk, operator: Operator, passphrase: &Passphrase) -> Result<Self, DeskError> {
        check_passphrase(passphrase)?;
        let sealed = desk
            .key_ring()
            .seal(&owner_of(&operator), &passphrase.0, desk.db_key())?;
        Ok(Self {
            operator,
            sealed,
            placed: None,
        })
    }

    /// Whose it is.
    pub(crate) fn operator(&self) -> &Operator {
        &self.operator
    }

    /// Puts it in place. To be called within the write, of which there is one at a time: two slots for one person do not meet.
    pub(crate) fn place(&mut self) -> Result<(), DeskError> {
        self.placed = Some(self.sealed.place()?);
        Ok(())
    }

    /// The write is done, or came to nothing.
    pub(crate) fn settle(self, written: bool) {
        let Some(placed) = self.placed else { return };
        let settled = if written { placed.keep() } else { placed.put_back() };
        if let Err(error) = settled {
            // What was told to the person holds all the same; the next change of this slot clears up.
            tracing::warn!(code = error.code(), written, "a key slot could not be cleared up");
        }
    }
}
