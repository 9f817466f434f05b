// SPDX-License-Identifier: EUPL-1.2
//! What can go wrong at the centre.

use crate::vault::VaultError;
use std::path::PathBuf;

/// Why the centre could not do something. Each message is a sentence for the one who runs it.
#[derive(Debug, thiserror::Error)]
pub enum CentralError {
    /// The vault cannot be read or written.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A file cannot be read or written.
    #[error("{path} cannot be read or written")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The office's key file is not one.
    #[error("{0} is not the office's key file; restore it from the backup")]
    KeyFile(PathBuf),
    /// Others than the owner may read the office's key.
    #[error("others may read the office's key: run `chmod 600 {0}`")]
    KeyReadable(PathBuf),
    /// A bundle cannot be read or written.
    #[error("the bundle cannot be used")]
    Bundle(#[from] sportello_protocol::bundle::BundleError),
    /// No office here yet.
    #[error("there is no office here: run `sportello-central office init` first")]
    NoOffice,
    /// The database was moved to a server.
    #[error("the database of this office was moved to a server: say which with --database-url")]
    Moved,
    /// No key in the folder.
    #[error("{0} is missing: put the office's key there first, from the safe")]
    NoKey(PathBuf),
    /// A backup would be written over a file.
    #[error("{0} is there already, and nothing is written over a backup")]
    FileExists(PathBuf),
    /// The copy of a log is no beginning of its original.
    #[error(
        "there are other records already than those to be copied (log {0}): copy into a database that is empty, or that an \
         earlier copy of the same began"
    )]
    CopyDiffers(String),
    /// What was to be copied does not hold.
    #[error("what was to be copied does not hold, and nobody can serve from the copy: {0}")]
    CopyDamaged(String),
    /// An office is here already.
    #[error("there is an office here already: {0}; nothing was changed")]
    OfficeExists(String),
    /// The sites given cannot be used.
    #[error("the sites cannot be used: {0}")]
    Sites(String),
    /// No such site.
    #[error("no site has the code {code:?}; there are: {known}")]
    UnknownSite {
        /// The code given.
        code: String,
        /// The codes there are.
        known: String,
    },
    /// The name is taken.
    #[error("a desk is named {0:?} already")]
    DeskExists(String),
    /// The name cannot be used.
    #[error("a desk's name has 1 to 40 characters, no control characters")]
    DeskName,
    /// No such desk.
    #[error("no desk has the name or identifier {0:?}")]
    UnknownDesk(String),
    /// There is nothing to be replaced.
    #[error("the desk {0:?} was never enrolled: `desk add` gives it a new code")]
    NotEnrolled(String),
    /// Only a supervising desk reads the supervisors' topic.
    #[error("only a desk added with --supervises reads the topic `supervisors`")]
    ReadsSupervisors,
    /// Another request changed the same log meanwhile, again and again.
    #[error("the log was changed by another request at the same time; try again")]
    Contended,
    /// No randomness from the computer.
    #[error("the computer gives no random bytes: {0}")]
    Random(getrandom::Error),
    /// Something written by the centre itself cannot be read.
    #[error("the vault holds something that the centre did not write: {0}")]
    Damaged(String),
    /// Cannot listen.
    #[error("cannot listen on {address}")]
    Listen {
        /// Where.
        address: String,
        /// Why.
        source: std::io::Error,
    },
    /// Certificate or key of the server cannot be used.
    #[error("the TLS certificate or key cannot be used")]
    Tls(#[source] std::io::Error),
    /// Plain HTTP beyond this computer.
    #[error(
        "{0} is not this computer's own address, and without --tls-cert and --tls-key anybody in between could read what \
         desks say; give a certificate, or listen on 127.0.0.1 behind a reverse proxy, or say --insecure-plain-http"
    )]
    PlainHttp(std::net::SocketAddr),
    /// An own record cannot be made.
    #[error("a record cannot be made")]
    Record(#[from] sportello_protocol::RecordError),
}
