// SPDX-License-Identifier: EUPL-1.2
//! Which database stands behind a centre: a file in its folder, or a PostgreSQL server.

use crate::error::CentralError;
use crate::postgres::PostgresVault;
use crate::sqlite::SqliteVault;
use crate::vault::Vault;
use std::path::{Path, PathBuf};

/// The file in the centre's folder.
pub(crate) const FILE: &str = "central.db";

/// What it is called after it was moved to a server.
pub(crate) const MOVED: &str = "central.db.moved";

/// Where a centre keeps what desks hand over. Its key stays in its folder in any case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Database {
    /// In the SQLite file `central.db` of its folder.
    #[default]
    File,
    /// In a PostgreSQL database.
    Server(Server),
}

/// A PostgreSQL database, or one of an engine that speaks its language.
#[derive(Clone, PartialEq, Eq)]
pub struct Server {
    /// `postgresql://user:password@host:port/database`. To another computer it takes TLS, and the server's certificate is
    /// verified; only `?sslmode=disable` goes without.
    pub url: String,
    /// The one authority (PEM) that may have signed the server's certificate; the computer's own trusted ones unless given.
    pub authority: Option<PathBuf>,
}

impl Server {
    /// The database at an address, with the authorities that the computer trusts.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            authority: None,
        }
    }
}

/// The address may hold a password: it is never shown.
impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").finish_non_exhaustive()
    }
}

impl Database {
    /// Opens it; makes its tables when it has none.
    pub(crate) fn open(&self, folder: &Path) -> Result<Box<dyn Vault>, CentralError> {
        self.refuse_moved(folder)?;
        Ok(match self {
            Self::File => Box::new(SqliteVault::open(&folder.join(FILE))?),
            Self::Server(server) => Box::new(PostgresVault::open(server)?),
        })
    }

    /// Whether it has the tables of a centre already.
    pub(crate) fn is_there(&self, folder: &Path) -> Result<bool, CentralError> {
        self.refuse_moved(folder)?;
        Ok(match self {
            Self::File => folder.join(FILE).is_file(),
            Self::Server(server) => PostgresVault::has_tables(server)?,
        })
    }

    /// Where a database was moved away from, nobody begins another one by mistake.
    fn refuse_moved(&self, folder: &Path) -> Result<(), CentralError> {
        if *self == Self::File && folder.join(MOVED).is_file() && !folder.join(FILE).is_file() {
            return Err(CentralError::Moved);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_in_an_address_is_never_shown() {
        let server = Database::Server(Server::new(
            "postgresql://sportello:segreta@db.example.it/sportello",
        ));
        assert_eq!(format!("{server:?}"), "Server(Server { .. })");
    }
}
