// SPDX-License-Identifier: EUPL-1.2
//! What carries messages to the centre and back.

/// Where a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// A desk introduces itself.
    Enrol,
    /// A desk shows its certificate to a centre that forgot it.
    Readmit,
    /// A desk hands over what it wrote.
    Push,
    /// A desk asks for what it has not.
    Pull,
    /// A revoked desk hands in what it had not handed over.
    Late,
    /// A desk where supervisors sit asks for what waits for their decision.
    Aside,
    /// A desk asks for a certificate of another key.
    Rotate,
    /// A desk where supervisors sit asks for one in the place of another.
    Replace,
}

impl Endpoint {
    /// The path that is signed, and that follows the centre's address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Enrol => "/v1/enrol",
            Self::Readmit => "/v1/readmit",
            Self::Push => "/v1/push",
            Self::Pull => "/v1/pull",
            Self::Late => "/v1/late",
            Self::Aside => "/v1/aside",
            Self::Rotate => "/v1/rotate",
            Self::Replace => "/v1/replace",
        }
    }
}

/// A message to the centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Where it goes.
    pub endpoint: Endpoint,
    /// The packed message.
    pub body: Vec<u8>,
}

/// Whatever came back. It may be from somebody else than the centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Media type, empty when none was told.
    pub content_type: String,
    /// The content.
    pub body: Vec<u8>,
}

/// Why nothing came back. In every case it is unknown whether the centre received the message; sending it again is harmless.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// No connection: no network, no such name, nobody listens.
    #[error("the centre cannot be reached")]
    Unreachable(#[source] Option<Box<dyn std::error::Error + Send + Sync>>),
    /// Connected, and no answer in time.
    #[error("the centre does not answer in time")]
    Timeout,
    /// The centre's certificate is not one that this computer trusts.
    #[error("the centre's certificate is not trusted")]
    Certificate(#[source] Option<Box<dyn std::error::Error + Send + Sync>>),
    /// The HTTP proxy refuses.
    #[error("the proxy refuses the connection")]
    Proxy(#[source] Option<Box<dyn std::error::Error + Send + Sync>>),
    /// The connection broke while the answer was coming.
    #[error("the connection broke off")]
    Interrupted(#[source] Option<Box<dyn std::error::Error + Send + Sync>>),
    /// The centre, or what stands before it, asks to come later; after how long, when it says so.
    #[error("the centre asks to come later")]
    SlowDown(Option<std::time::Duration>),
    /// The answer is larger than any may be.
    #[error("the answer is too large")]
    TooLarge,
    /// The address, the certificate file or the proxy of the settings cannot be used.
    #[error("the connection settings cannot be used: {0}")]
    Settings(String),
}

impl TransportError {
    /// A code of the error catalogue.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::Timeout => "timeout",
            Self::Certificate(_) => "certificate",
            Self::Proxy(_) => "proxy",
            Self::Interrupted(_) => "interrupted",
            Self::SlowDown(_) => "slow_down",
            Self::TooLarge => "answer_too_large",
            Self::Settings(_) => "settings",
        }
    }
}

/// Carries a message to the centre and brings back whatever answers.
pub trait Transport: Send + Sync + 'static {
    /// Sends one message and waits for the reply.
    fn send(&self, request: Request) -> impl Future<Output = Result<Reply, TransportError>> + Send;
}
