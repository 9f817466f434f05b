// SPDX-License-Identifier: EUPL-1.2
//! A network that counts what crosses it: the bodies of requests and answers, as they are on the wire inside TLS.

use sportello_sync::{Courier, Network, Post, Reply, TransportError};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Bytes that crossed.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<(AtomicU64, AtomicU64)>);

impl Meter {
    /// Bytes of requests and of answers.
    pub fn read(&self) -> (u64, u64) {
        (self.0.0.load(Relaxed), self.0.1.load(Relaxed))
    }

    /// A network that is counted here.
    pub fn around(&self, network: Network) -> Metered {
        Metered {
            network,
            meter: self.clone(),
        }
    }
}

/// A network that is counted.
#[derive(Debug)]
pub struct Metered {
    network: Network,
    meter: Meter,
}

impl Courier for Metered {
    async fn post(&self, post: Post) -> Result<Reply, TransportError> {
        let sent = post.body.len() as u64;
        let reply = self.network.post(post).await?;
        self.meter.0.0.fetch_add(sent, Relaxed);
        self.meter.0.1.fetch_add(reply.body.len() as u64, Relaxed);
        Ok(reply)
    }
}
