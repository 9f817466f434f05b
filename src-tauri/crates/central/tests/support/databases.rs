// SPDX-License-Identifier: EUPL-1.2
//! An empty database of either kind for one test.
//!
//! The server is the one that `SPORTELLO_TEST_POSTGRES` names (`cargo xtask test` starts one), or else a private one that
//! runs for as long as a test of this process needs it. Without PostgreSQL's programs the test fails: nothing is passed over.

#[path = "../../../xtask/src/cluster.rs"]
pub mod cluster;

use cluster::{Cluster, VARIABLE};
use sportello_central::{Central, Database, Server};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Weak};
use tempfile::TempDir;

/// Which kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Server,
}

/// A database and the folder of a centre that uses it.
pub struct TestDatabase {
    pub folder: TempDir,
    pub database: Database,
    on_server: Option<OnServer>,
}

struct OnServer {
    server: String,
    name: String,
    /// Stopped when the last test that uses it is done.
    _cluster: Option<Arc<Cluster>>,
}

impl TestDatabase {
    pub fn new(kind: Kind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let on_server = (kind == Kind::Server).then(OnServer::new);
        let database = on_server
            .as_ref()
            .map_or(Database::File, |on| Database::Server(Server::new(on.url())));
        Self {
            folder,
            database,
            on_server,
        }
    }

    /// The centre on it, opened once more each time.
    pub fn central(&self) -> Central {
        Central::open_on(self.folder.path(), &self.database).unwrap()
    }

    pub fn kind(&self) -> Kind {
        match self.database {
            Database::File => Kind::File,
            Database::Server(_) => Kind::Server,
        }
    }

    /// Does something to it behind the centre's back.
    pub fn sql(&self, statements: &str) {
        match &self.on_server {
            Some(on) => sql(&on.url(), statements).unwrap(),
            None => rusqlite::Connection::open(self.folder.path().join("central.db"))
                .unwrap()
                .execute_batch(statements)
                .unwrap(),
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl OnServer {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let (server, cluster) = if let Ok(server) = std::env::var(VARIABLE) {
            (server, None)
        } else {
            let cluster = shared();
            (cluster.url("postgres"), Some(cluster))
        };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("sportello_test_{}_{number}", std::process::id());
        sql(&server, &format!("CREATE DATABASE {name}")).unwrap();
        Self {
            server,
            name,
            _cluster: cluster,
        }
    }

    fn url(&self) -> String {
        let (scheme, rest) = self.server.split_once("://").unwrap();
        let (host, rest) = rest.split_once('/').unwrap();
        let query = rest.find('?').map_or("", |at| &rest[at..]);
        format!("{scheme}://{host}/{}{query}", self.name)
    }
}

impl Drop for OnServer {
    fn drop(&mut self) {
        let _ = sql(&self.server, &format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

fn shared() -> Arc<Cluster> {
    static SHARED: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    shared.upgrade().unwrap_or_else(|| {
        let cluster = Arc::new(Cluster::start(&[]).unwrap_or_else(|error| panic!("{error}")));
        *shared = Arc::downgrade(&cluster);
        cluster
    })
}

/// Does statements at an address, on a thread of its own: a test may be asynchronous or not.
pub fn sql(url: &str, statements: &str) -> Result<(), tokio_postgres::Error> {
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let mut config: tokio_postgres::Config = url.parse()?;
            // A server that is stuck fails the test instead of holding it up.
            config.options("-c statement_timeout=30s");
            let (client, connection) = config.connect(tokio_postgres::NoTls).await?;
            let connection = tokio::spawn(connection);
            let done = client.batch_execute(statements).await;
            drop(client);
            let _ = connection.await;
            done
        })
    };
    std::thread::scope(|scope| scope.spawn(work).join().unwrap())
}
