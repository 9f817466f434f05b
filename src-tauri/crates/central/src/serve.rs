// SPDX-License-Identifier: EUPL-1.2
//! Listening, with TLS or without, until told to stop.

use crate::error::CentralError;
use crate::limit::Limits;
use crate::office::Central;
use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use hyper_util::rt::TokioTimer;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// After being told to stop, what is under way has this long to end.
const GRACE: Duration = Duration::from_secs(10);
/// For the head of a request to arrive.
const HEAD: Duration = Duration::from_secs(15);

/// The server's certificate and key, PEM files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// The certificate with its chain.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// How to listen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServeOptions {
    /// With TLS.
    pub tls: Option<Tls>,
    /// Without TLS on other addresses than this computer's own.
    pub insecure_plain_http: bool,
    /// How often desks and addresses may ask.
    pub limits: Limits,
}

impl Central {
    /// Serves on a listener until `stop` is done, then lets what is under way end.
    pub async fn serve(
        &self,
        listener: std::net::TcpListener,
        options: &ServeOptions,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), CentralError> {
        let listen = |source| CentralError::Listen {
            address: "the given socket".into(),
            source,
        };
        let address = listener.local_addr().map_err(listen)?;
        if options.tls.is_none() && !address.ip().is_loopback() && !options.insecure_plain_http {
            return Err(CentralError::PlainHttp(address));
        }
        listener.set_nonblocking(true).map_err(listen)?;
        let handle: Handle<SocketAddr> = Handle::new();
        let stopper = tokio::spawn({
            let handle = handle.clone();
            async move {
                stop.await;
                tracing::info!("stopping");
                handle.graceful_shutdown(Some(GRACE));
            }
        });
        let mut server = axum_server::from_tcp(listener).map_err(listen)?.handle(handle);
        server
            .http_builder()
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD);
        let service = self
            .router_within(options.limits)
            .into_make_service_with_connect_info::<SocketAddr>();
        tracing::info!(%address, tls = options.tls.is_some(), "listening");
        let outcome = match &options.tls {
            Some(tls) => {
                // Somebody may have chosen a provider already: that one holds.
                let _ = rustls::crypto::ring::default_provider().install_default();
                let config = RustlsConfig::from_pem_chain_file(&tls.certificate, &tls.key)
                    .await
                    .map_err(CentralError::Tls)?;
                server.acceptor(RustlsAcceptor::new(config)).serve(service).await
            }
            None => server.serve(service).await,
        };
        stopper.abort();
        outcome.map_err(listen)
    }
}
