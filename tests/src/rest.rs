// SPDX-License-Identifier: EUPL-1.2
//! A timer for background exchanges that a test lets run: minutes pass in a moment, and always in the same way.

use sportello_desk::Rest;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::oneshot;

/// Who rests until when, by the order in which they began.
type Key = (Duration, u64);

#[derive(Debug, Default)]
struct State {
    now: Duration,
    begun: u64,
    resting: BTreeMap<Key, oneshot::Sender<()>>,
}

/// A timer that stands still until everybody who rests on it is at rest, and then goes on to whoever is woken first.
#[derive(Clone, Debug, Default)]
pub struct TestTimer(Arc<Mutex<State>>);

/// Somebody at rest; no more when it is dropped.
struct Resting<'a>(&'a TestTimer, Key);

impl Drop for Resting<'_> {
    fn drop(&mut self) {
        self.0.0.lock().unwrap().resting.remove(&self.1);
    }
}

impl Rest for TestTimer {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().now
    }

    async fn sleep(&self, wait: Duration) {
        let (wake, woken) = oneshot::channel();
        let key = {
            let mut state = self.0.lock().unwrap();
            state.begun += 1;
            let key = (state.now + wait, state.begun);
            state.resting.insert(key, wake);
            key
        };
        let _resting = Resting(self, key);
        let _ = woken.await;
    }
}

impl TestTimer {
    /// Lets time pass, on a runtime with one thread; so many rest on this timer when they have nothing to do.
    pub async fn pass(&self, parties: usize, during: Duration) {
        let end = self.now() + during;
        loop {
            // Whoever was nudged or woken gets to know it.
            for _ in 0..20 {
                tokio::task::yield_now().await;
            }
            while self.0.lock().unwrap().resting.len() < parties {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            let mut state = self.0.lock().unwrap();
            let first = state.resting.first_key_value().map(|(key, _)| *key);
            let Some(key) = first.filter(|(at, _)| *at <= end) else {
                state.now = end;
                return;
            };
            state.now = key.0;
            if let Some(wake) = state.resting.remove(&key) {
                let _ = wake.send(());
            }
        }
    }
}
