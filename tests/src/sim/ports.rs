// SPDX-License-Identifier: EUPL-1.2
//! What a simulated desk runs on: the office's time as its own clock shows it, and chance from the seed. Both are asked in the
//! midst of every write, which is where a power cut can be had.

use super::dice::Dice;
use super::image;
use crate::clock::DeskClock;
use sportello_desk::ports::{Entropy, Ports};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// A power cut that waits for its moment.
#[derive(Debug)]
struct Trap {
    after: usize,
    from: PathBuf,
    to: PathBuf,
}

/// Chance for one desk.
#[derive(Debug)]
pub struct Luck {
    dice: Mutex<Dice>,
    trap: Mutex<Option<Trap>>,
    sprung: AtomicBool,
}

impl Luck {
    /// Chance from a stream.
    pub fn new(dice: Dice) -> Arc<Self> {
        Arc::new(Self {
            dice: Mutex::new(dice),
            trap: Mutex::default(),
            sprung: AtomicBool::default(),
        })
    }

    /// The next time that chance was asked for `after` times, the desk's directory is copied as it lies on the disk then: what
    /// a power cut would leave.
    pub fn set_trap(&self, after: usize, from: &Path, to: &Path) {
        self.sprung.store(false, Ordering::SeqCst);
        *self.trap.lock().unwrap() = Some(Trap {
            after,
            from: from.to_owned(),
            to: to.to_owned(),
        });
    }

    /// Takes the trap away; true when it had sprung.
    pub fn take_trap(&self) -> bool {
        *self.trap.lock().unwrap() = None;
        self.sprung.swap(false, Ordering::SeqCst)
    }

    /// What a desk with this chance and this clock runs on.
    pub fn ports(self: &Arc<Self>, clock: &DeskClock) -> Ports {
        Ports {
            entropy: Arc::new(Shared(self.clone())),
            ..clock.ports()
        }
    }
}

struct Shared(Arc<Luck>);

impl Entropy for Shared {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.dice.lock().unwrap().fill(bytes);
        let mut trap = self.0.trap.lock().unwrap();
        match &mut *trap {
            Some(set) if set.after > 0 => set.after -= 1,
            Some(_) => {
                if let Some(set) = trap.take() {
                    image::copy(&set.from, &set.to);
                    self.0.sprung.store(true, Ordering::SeqCst);
                }
            }
            None => {}
        }
    }
}
