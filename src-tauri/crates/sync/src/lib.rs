// SPDX-License-Identifier: EUPL-1.2
//! How a desk and the centre come to have the same records.
//!
//! [`Exchange`] is a state machine without input or output: it says what to send, what to read and what to keep, and is
//! told what came of it. [`run`] (with tokio) and [`run_blocking`] (without) drive it; [`Transport`] carries its messages,
//! [`HttpTransport`] over HTTP; [`LocalLogs`] is what it needs of the desk's own file. [`bundle::take`] does the same with what
//! came on a stick, and [`relay`] is the other side for a desk that serves its seat: all through the same door (`intake`). What is
//! known to hold:
//!
//! - A record counts as handed over only when the centre signed a head at or after it and the desk's own link there is
//!   the same. A centre that forgot (restored from a backup) is noticed by the same comparison, and is sent it again.
//! - Nothing is applied before the writer's certificate, chain and signature hold.
//! - One log that cannot go on (fork, wrong signature, gap) is told and passed over; the others go on.
//! - Whatever the answer is, nothing is lost: the next exchange begins from what both sides say they have.
//! - No local transaction is open while an answer is awaited: each local step is short and complete by itself.

pub mod answer;
pub mod aside;
pub mod bundle;
pub mod driver;
pub mod enrol;
pub mod errands;
pub mod exchange;
pub mod http;
mod intake;
pub mod local;
pub mod network;
pub mod pace;
pub mod relay;
pub mod sealed;
pub mod settle;
pub mod transport;

pub use answer::AnswerError;
pub use aside::{HandedIn, fetch as fetch_aside, hand_in, hand_on};
pub use bundle::{TakeError, Taken};
pub use driver::{run, run_blocking};
pub use enrol::{Enrolment, enrol, enrol_instead};
pub use errands::Successor;
pub use exchange::{Exchange, ExchangeError, LogTrouble, Options, Peer, Report, Step, Trouble};
pub use http::{Courier, Credentials, HttpTransport, Post};
pub use local::{
    Acknowledged, Applied, DirectoryNews, Ended, Fetched, HaveLog, Identity, Known, Local, LocalDone,
    LocalLogs, OwnLog, Page, Snapshot,
};
pub use network::{HttpOptions, Network, Proxy};
pub use pace::Pace;
pub use sealed::Sealed;
pub use settle::{Settled, settle};
pub use transport::{Endpoint, Reply, Request, Transport, TransportError};
