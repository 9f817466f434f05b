// SPDX-License-Identifier: EUPL-1.2
//! The way to a relay: each request is sealed to the relay's key and sent to its one door, whatever carries it.

use crate::http::{Courier, Post};
use crate::transport::{Reply, TransportError};
use sportello_domain::ids::DeskId;
use sportello_protocol::PublicKey;
use sportello_protocol::relay::{self, Asked};
use sportello_protocol::wire::CONTENT_TYPE;
use std::sync::Arc;

/// Random bytes that were never given before.
type Entropy = Arc<dyn Fn() -> [u8; 32] + Send + Sync>;

/// Carries requests sealed to one relay.
#[derive(Clone)]
pub struct Sealed<C> {
    inner: C,
    relay: DeskId,
    key: PublicKey,
    entropy: Entropy,
}

impl<C> std::fmt::Debug for Sealed<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sealed")
            .field("relay", &self.relay)
            .finish_non_exhaustive()
    }
}

impl<C> Sealed<C> {
    /// To the relay with this key. `entropy` gives 32 random bytes each time.
    pub fn new(
        inner: C,
        relay: DeskId,
        key: PublicKey,
        entropy: impl Fn() -> [u8; 32] + Send + Sync + 'static,
    ) -> Self {
        Self {
            inner,
            relay,
            key,
            entropy: Arc::new(entropy),
        }
    }
}

impl<C: Courier> Courier for Sealed<C> {
    async fn post(&self, post: Post) -> Result<Reply, TransportError> {
        let mut asked = Asked {
            path: post.path,
            content_digest: String::new(),
            signature_input: String::new(),
            signature: String::new(),
            body: post.body,
        };
        for (name, value) in post.headers {
            match name {
                "content-digest" => asked.content_digest = value,
                "signature-input" => asked.signature_input = value,
                "signature" => asked.signature = value,
                // Of one kind always.
                _ => {}
            }
        }
        let (body, answer) = relay::seal(&asked, self.relay, &self.key, &(self.entropy)())
            .map_err(|error| TransportError::Settings(error.to_string()))?;
        let headers = vec![
            ("content-type", relay::CONTENT_TYPE.to_owned()),
            ("accept", relay::CONTENT_TYPE.to_owned()),
        ];
        let path = relay::PATH.to_owned();
        let reply = self.inner.post(Post { path, headers, body }).await?;
        // What cannot be opened was not sealed by the relay: it is handed on as it is, and nobody will take it for an answer.
        if reply.content_type != relay::CONTENT_TYPE {
            return Ok(reply);
        }
        Ok(match answer.open(&reply.body) {
            Ok(answered) => Reply {
                status: answered.status,
                content_type: CONTENT_TYPE.to_owned(),
                body: answered.body,
            },
            Err(_) => reply,
        })
    }
}
