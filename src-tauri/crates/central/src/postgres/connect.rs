// SPDX-License-Identifier: EUPL-1.2
//! Reaching the server: its address, TLS, a few connections that are kept open, and waiting for its answer on any thread.

use crate::database::Server;
use crate::vault::VaultError;
use deadpool_postgres::{Client, Hook, HookError, Manager, ManagerConfig, Pool, PoolError, RecyclingMethod};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::Duration;
use tokio::runtime::{Handle, Runtime};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

/// More than the centre works on at once, so that whoever only asks who is known waits for nobody.
const CONNECTIONS: usize = 12;
/// To connect, and to be lent a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// For one call, with all its attempts. A server that is silent for so long is away.
const PATIENCE: Duration = Duration::from_mins(1);

/// The connections to one database. Their traffic runs on threads of its own, so that a call may come from any thread and
/// from any runtime, and simply waits.
pub(super) struct Connections {
    pool: Pool,
    handle: Handle,
    /// Taken when this goes away.
    runtime: Option<Runtime>,
}

impl Connections {
    /// Reads the address. Nothing is connected yet.
    pub(super) fn new(server: &Server) -> Result<Self, VaultError> {
        let config = read_address(&server.url)?;
        let manager_config = ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        };
        let manager = if config.get_ssl_mode() == SslMode::Disable {
            Manager::from_config(config, NoTls, manager_config)
        } else {
            Manager::from_config(config, tls(server.authority.as_deref())?, manager_config)
        };
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .wait_timeout(Some(CONNECT))
            .create_timeout(Some(CONNECT))
            .runtime(deadpool_postgres::Runtime::Tokio1)
            .post_create(Hook::async_fn(|client, _| {
                Box::pin(async move {
                    // Nobody is told that something was kept before it is. A server may have been set to tell earlier.
                    let durable = "SELECT set_config('synchronous_commit', 'on', false) \
                                   WHERE current_setting('synchronous_commit') = 'off'";
                    client.simple_query(durable).await.map_err(HookError::Backend)?;
                    Ok(())
                })
            }))
            .build()
            .map_err(|error| VaultError::Unreachable(Some(Box::new(error))))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("database")
            .enable_all()
            .build()
            .map_err(|error| VaultError::Unreachable(Some(Box::new(error))))?;
        Ok(Self {
            pool,
            handle: runtime.handle().clone(),
            runtime: Some(runtime),
        })
    }

    /// Lends a connection.
    pub(super) async fn get(&self) -> Result<Client, VaultError> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => error.into(),
            other => VaultError::Unreachable(Some(Box::new(other))),
        })
    }

    /// How many are open.
    pub(super) fn open(&self) -> u64 {
        self.pool.status().size as u64
    }

    /// Waits until `work` is done.
    pub(super) fn wait<R>(&self, work: impl Future<Output = Result<R, VaultError>>) -> Result<R, VaultError> {
        let _timers_and_sockets = self.handle.enter();
        // Whoever calls from a task has only so many turns there until it must yield, which it cannot while it waits here.
        park_until(tokio::task::unconstrained(async {
            tokio::time::timeout(PATIENCE, work)
                .await
                .unwrap_or_else(|late| Err(VaultError::Unreachable(Some(Box::new(late)))))
        }))
    }
}

impl Drop for Connections {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // The last one to hold the centre may be a task of another runtime, which must not wait.
            runtime.shutdown_background();
        }
    }
}

impl From<tokio_postgres::Error> for VaultError {
    fn from(error: tokio_postgres::Error) -> Self {
        let away = match error.code() {
            // Class 08: connections; 57P01 to 57P03: it is being stopped or started; 53300: it takes no more.
            Some(code) => {
                code.code().starts_with("08")
                    || *code == SqlState::TOO_MANY_CONNECTIONS
                    || [
                        SqlState::ADMIN_SHUTDOWN,
                        SqlState::CRASH_SHUTDOWN,
                        SqlState::CANNOT_CONNECT_NOW,
                    ]
                    .contains(code)
            }
            None => error.is_closed() || caused_by_io(&error),
        };
        if away {
            Self::Unreachable(Some(Box::new(error)))
        } else {
            Self::Postgres(error)
        }
    }
}

fn caused_by_io(error: &(dyn std::error::Error + 'static)) -> bool {
    error
        .source()
        .is_some_and(|cause| cause.is::<std::io::Error>() || caused_by_io(cause))
}

/// The address with what holds for it unless it says otherwise.
fn read_address(url: &str) -> Result<Config, VaultError> {
    let refuse = |why: &str| VaultError::Address(why.to_owned());
    if !(url.starts_with("postgresql://") || url.starts_with("postgres://")) {
        return Err(refuse("it must begin with postgresql://"));
    }
    // The parser's own words may repeat a part of the address, and with it the password.
    let mut config: Config = url
        .parse()
        .map_err(|_| refuse("it is not of the form postgresql://user@host/database"))?;
    if config.get_hosts().is_empty() {
        return Err(refuse("it names no host"));
    }
    if config.get_ssl_mode() == SslMode::Prefer {
        // "If the server offers it" would let whoever stands in between say that it does not.
        let local = config.get_hosts().iter().all(is_local);
        config.ssl_mode(if local { SslMode::Disable } else { SslMode::Require });
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    config.application_name("sportello-central");
    Ok(config)
}

fn is_local(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse::<std::net::IpAddr>()
                    .is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

fn tls(authority: Option<&Path>) -> Result<MakeRustlsConnect, VaultError> {
    // Somebody may have chosen a provider already: that one holds.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let Some(path) = authority else {
        return MakeRustlsConnect::with_native_certs()
            .map(|(connector, _)| connector)
            .map_err(|_| VaultError::Authority("this computer trusts no authority".to_owned()));
    };
    let unusable = |why: &dyn std::fmt::Display| VaultError::Authority(format!("{}: {why}", path.display()));
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|error| unusable(&error))? {
        let certificate = certificate.map_err(|error| unusable(&error))?;
        roots.add(certificate).map_err(|error| unusable(&error))?;
    }
    if roots.is_empty() {
        return Err(unusable(&"it holds no certificate"));
    }
    let config = rustls::ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

/// Wakes a thread that waits.
struct Parked {
    thread: Thread,
    /// Said before waking: others may wake the same thread, or use up its being woken.
    woken: AtomicBool,
}

impl Wake for Parked {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// Runs a future on this thread. tokio's own way refuses where another runtime runs on the same thread, as it does in
/// whoever calls the centre from asynchronous code.
fn park_until<R>(work: impl Future<Output = R>) -> R {
    let parked = Arc::new(Parked {
        thread: std::thread::current(),
        woken: AtomicBool::new(false),
    });
    let waker = Waker::from(parked.clone());
    let mut context = Context::from_waker(&waker);
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(result) = work.as_mut().poll(&mut context) {
            return result;
        }
        while !parked.woken.swap(false, Ordering::Acquire) {
            std::thread::park();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn mode(url: &str) -> SslMode {
        read_address(url).unwrap().get_ssl_mode()
    }

    #[test]
    fn to_another_computer_only_with_tls_unless_somebody_says_otherwise() {
        assert_eq!(mode("postgresql://u@db.example.it/s"), SslMode::Require);
        assert_eq!(
            mode("postgres://u@db.example.it/s?sslmode=prefer"),
            SslMode::Require
        );
        assert_eq!(mode("postgresql://u@localhost,db.example.it/s"), SslMode::Require);
        assert_eq!(
            mode("postgresql://u@db.example.it/s?sslmode=disable"),
            SslMode::Disable
        );
        assert_eq!(mode("postgresql://u@localhost/s"), SslMode::Disable);
        assert_eq!(
            mode("postgresql://u@localhost/s?sslmode=require"),
            SslMode::Require
        );
        #[cfg(unix)]
        assert_eq!(mode("postgresql://u@/s?host=/run/postgresql"), SslMode::Disable);
    }

    #[test]
    fn an_address_that_cannot_be_used_is_refused_without_repeating_it() {
        for url in [
            "mysql://u:segreta@h/s",
            "host=h password=segreta",
            "postgresql://u:segreta@h:porta/s",
            "postgresql:///s?password=segreta",
        ] {
            let Err(error) = read_address(url) else {
                unreachable!("{url}");
            };
            let told = format!("{error} {error:?}");
            assert!(told.contains("address") && !told.contains("segreta"), "{told}");
        }
    }

    #[test]
    fn an_authority_that_is_none_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        assert!(matches!(tls(Some(&path)), Err(VaultError::Authority(_))));
        std::fs::write(&path, "no pem").unwrap();
        let told = tls(Some(&path)).err().unwrap().to_string();
        assert!(told.contains("ca.pem"), "{told}");
    }
}
