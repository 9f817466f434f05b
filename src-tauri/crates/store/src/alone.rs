// SPDX-License-Identifier: EUPL-1.2
//! Tells, in tests, of code that comes back to a file in the middle of reading it.
//!
//! What is read inside a reading is another snapshot: the answer could contradict itself. And where the rows are made for one
//! reading alone (a full disk, ADR 0027), the inner one would wait for the outer for ever.

use crate::Store;

/// This thread is at work on a file, until this is dropped.
#[derive(Debug)]
pub(crate) struct Alone {
    #[cfg(debug_assertions)]
    file: usize,
}

#[cfg(debug_assertions)]
thread_local! {
    static AT_WORK: std::cell::RefCell<Vec<usize>> = const { std::cell::RefCell::new(Vec::new()) };
}

#[cfg(debug_assertions)]
impl Alone {
    /// # Panics
    ///
    /// In builds with debug assertions, when this thread is already at work on this file.
    pub(crate) fn with(store: &Store) -> Self {
        let file = std::ptr::from_ref(store) as usize;
        AT_WORK.with_borrow_mut(|files| {
            assert!(
                !files.contains(&file),
                "a file is read inside a reading or writing of itself"
            );
            files.push(file);
        });
        Self { file }
    }
}

#[cfg(debug_assertions)]
impl Drop for Alone {
    fn drop(&mut self) {
        AT_WORK.with_borrow_mut(|files| files.retain(|file| *file != self.file));
    }
}

#[cfg(not(debug_assertions))]
impl Alone {
    pub(crate) fn with(_: &Store) -> Self {
        Self {}
    }
}
