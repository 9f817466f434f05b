// SPDX-License-Identifier: EUPL-1.2
//! The network. TLS is rustls with ring; the computer's own trusted certificates hold, and the office's own authority may be
//! added.

use crate::http::{Courier, Post};
use crate::transport::{Reply, TransportError};
use reqwest::Certificate;
use std::error::Error;
use std::time::Duration;

/// An answer is no larger, packed.
const MAX_REPLY: usize = 16 << 20;

/// How to reach the centre.
#[derive(Clone, Debug, Default)]
pub struct HttpOptions {
    /// The centre's address: `https://sportello.example.it`, with a path before `/v1` where a reverse proxy has one.
    pub url: String,
    /// Certificates (PEM) of an authority that is trusted besides the computer's own.
    pub ca_pem: Option<Vec<u8>>,
    /// The way out.
    pub proxy: Proxy,
    /// To connect, seconds; 0 for the usual 10.
    pub connect_timeout: u64,
    /// For one request with its answer, seconds; 0 for the usual 60.
    pub timeout: u64,
    /// Allow `http://` to another computer. Requests are signed, but anybody in between can read them: for tests only.
    pub allow_plain: bool,
}

/// The way out of the office's network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Proxy {
    /// What the computer's environment says (`HTTPS_PROXY`, `NO_PROXY`).
    #[default]
    Environment,
    /// None.
    None,
    /// This one: `http://proxy.example.it:3128`, with user and password before the host where it asks for them.
    Url(String),
}

/// Carries requests over the network.
pub struct Network {
    client: reqwest::Client,
    base: String,
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

impl Network {
    /// A way to the centre, by what the settings say.
    pub fn new(options: &HttpOptions) -> Result<Self, TransportError> {
        let url = reqwest::Url::parse(options.url.trim())
            .map_err(|_| settings("the centre's address is not one"))?;
        match url.scheme() {
            "https" => {}
            "http" if options.allow_plain || is_loopback(&url) => {}
            _ => return Err(settings("the centre's address must begin with https://")),
        }
        let certificates = match &options.ca_pem {
            Some(pem) => Certificate::from_pem_bundle(pem)
                .ok()
                .filter(|all| !all.is_empty())
                .ok_or_else(|| settings("the authority's certificate is not PEM"))?,
            None => Vec::new(),
        };
        let seconds = |given, usual| Duration::from_secs(if given == 0 { usual } else { given });
        let builder = || {
            // Somebody may have chosen a provider already: that one holds.
            let _ = rustls::crypto::ring::default_provider().install_default();
            let builder = reqwest::Client::builder()
                .connect_timeout(seconds(options.connect_timeout, 10))
                .timeout(seconds(options.timeout, 60))
                .redirect(reqwest::redirect::Policy::none())
                .user_agent(concat!("sportello/", env!("CARGO_PKG_VERSION")))
                .pool_idle_timeout(Duration::from_secs(90));
            match &options.proxy {
                Proxy::Environment => Ok(builder),
                Proxy::None => Ok(builder.no_proxy()),
                Proxy::Url(text) => reqwest::Proxy::all(text.trim())
                    .map(|proxy| builder.proxy(proxy))
                    .map_err(|_| settings("the proxy's address is not one")),
            }
        };
        let client = builder()?.tls_certs_merge(certificates.clone()).build();
        // A computer without any trusted certificates of its own still reaches a centre whose authority is given.
        let client = match client {
            Ok(client) => client,
            Err(_) => builder()?
                .tls_certs_only(certificates)
                .build()
                .map_err(|_| settings("no connection can be made with these settings"))?,
        };
        Ok(Self {
            client,
            base: url.as_str().trim_end_matches('/').to_owned(),
        })
    }
}

impl Courier for Network {
    async fn post(&self, post: Post) -> Result<Reply, TransportError> {
        let mut request = self.client.post(format!("{}{}", self.base, post.path));
        for (name, value) in post.headers {
            request = request.header(name, value);
        }
        let mut response = request.body(post.body).send().await.map_err(explain)?;
        let content_type = response
            .headers()
            .get("content-type")
            .and_then(|v| v.to_str().ok())
            .unwrap_or("")
            .to_owned();
        let status = response.status().as_u16();
        if status == 429 {
            // Whoever says so, the centre or a proxy before it: nothing is wrong, it is only too early.
            return Err(TransportError::SlowDown(retry_after(response.headers())));
        }
        if response
            .content_length()
            .is_some_and(|length| length > MAX_REPLY as u64)
        {
            return Err(TransportError::TooLarge);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(explain)? {
            if body.len() + chunk.len() > MAX_REPLY {
                return Err(TransportError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply {
            status,
            content_type,
            body,
        })
    }
}

/// After how long to come again. The other form, a date, would need two clocks that agree.
fn retry_after(headers: &reqwest::header::HeaderMap) -> Option<Duration> {
    let seconds = headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn settings(text: &str) -> TransportError {
    TransportError::Settings(text.to_owned())
}

fn is_loopback(url: &reqwest::Url) -> bool {
    match url.host_str() {
        Some("localhost" | "[::1]") => true,
        Some(host) => host
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|ip| ip.is_loopback()),
        None => false,
    }
}

/// Which of the few things that a person can act on it was.
fn explain(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let mut text = String::new();
    let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(inner) = cause {
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    let (tls, timeout, connect) = (is_tls(&error), error.is_timeout(), error.is_connect());
    let boxed: Option<Box<dyn Error + Send + Sync>> = Some(Box::new(error));
    match (tls, timeout, connect) {
        (true, _, _) => TransportError::Certificate(boxed),
        (_, true, false) => TransportError::Timeout,
        (_, false, true) if text.contains("tunnel") || text.contains("proxy") => TransportError::Proxy(boxed),
        (_, _, true) => TransportError::Unreachable(boxed),
        _ => TransportError::Interrupted(boxed),
    }
}

/// Whether TLS is the cause. An error of input and output does not name what it carries among its sources: it is asked.
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let carried = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    error.downcast_ref::<rustls::Error>().is_some()
        || carried.is_some_and(|inner| is_tls(inner))
        || error.source().is_some_and(is_tls)
}
