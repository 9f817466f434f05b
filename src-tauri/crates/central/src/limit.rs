// SPDX-License-Identifier: EUPL-1.2
//! How many requests somebody may make: so many a minute, and after a quiet minute as many at once.
//!
//! A limit holds for an address before anything of a request is read, and for a desk once its signature was verified: nobody
//! can use up what belongs to another desk by using its name.

use axum::http::HeaderMap;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Requests a minute; 0 for as many as they like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// For each desk.
    pub desk: u32,
    /// For each address, or each /64 of IPv6. A whole seat may stand behind one. The centre's own computer has none: a
    /// proxy there speaks for all desks.
    pub address: u32,
}

/// So many are remembered before those who have been quiet are forgotten.
const REMEMBERED: usize = 50_000;

/// Counts requests by somebody.
pub(crate) struct Limiter<K> {
    per_minute: u32,
    left: Mutex<HashMap<K, (f64, Instant)>>,
}

impl<K: Eq + Hash> Limiter<K> {
    pub(crate) fn new(per_minute: u32) -> Self {
        Self {
            per_minute,
            left: Mutex::new(HashMap::new()),
        }
    }

    /// Counts a request at a moment; where it is one too many, says how long to wait.
    pub(crate) fn admit(&self, who: K, now: Instant) -> Result<(), Duration> {
        if self.per_minute == 0 {
            return Ok(());
        }
        let whole = f64::from(self.per_minute);
        let per_second = whole / 60.0;
        let refilled = |(left, at): (f64, Instant)| {
            let since = now.saturating_duration_since(at).as_secs_f64();
            (left + since * per_second).min(whole)
        };
        let mut all = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            all.retain(|_, &mut state| refilled(state) < whole);
            if all.len() >= REMEMBERED {
                // More callers than any office has: better to begin anew than to fill the memory.
                all.clear();
            }
        }
        let state = all.entry(who).or_insert((whole, now));
        let left = refilled(*state);
        if left >= 1.0 {
            *state = (left - 1.0, now);
            Ok(())
        } else {
            *state = (left, now);
            Err(Duration::from_secs_f64((1.0 - left) / per_second))
        }
    }
}

/// Whose address counts for a request; none for the centre's own computer, unless a proxy there says for whom it asks.
pub(crate) fn asking(peer: Option<SocketAddr>, headers: &HeaderMap) -> Option<IpAddr> {
    let peer = peer?.ip().to_canonical();
    if !peer.is_loopback() {
        return Some(network(peer));
    }
    // Only the last one was written by the proxy itself; what stands before it may be anybody's.
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back()?;
    let last = forwarded.to_str().ok()?.rsplit(',').next()?.trim();
    last.parse::<IpAddr>()
        .ok()
        .map(|address| network(address.to_canonical()))
}

/// Whoever has one address of IPv6 has a /64 of them.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_minutes_worth_at_once_then_as_fast_as_it_comes_back() {
        let limiter = Limiter::new(60);
        let begin = Instant::now();
        let at = |millis| begin + Duration::from_millis(millis);
        assert_eq!((0..60).filter(|_| limiter.admit("a", begin).is_ok()).count(), 60);
        let wait = limiter.admit("a", begin).unwrap_err();
        assert!((990..=1_010).contains(&wait.as_millis()), "{wait:?}");
        assert!(
            limiter.admit("b", begin).is_ok(),
            "another one's requests are not mine"
        );
        assert!(limiter.admit("a", at(500)).is_err());
        assert!(limiter.admit("a", at(1_001)).is_ok());
        assert!(
            limiter.admit("a", at(1_002)).is_err(),
            "asking in vain costs nothing and gains nothing"
        );
        assert_eq!(
            (0..100)
                .filter(|_| limiter.admit("a", at(600_000)).is_ok())
                .count(),
            60,
            "a long rest saves up no more than a minute"
        );
    }

    #[test]
    fn without_a_limit_nobody_is_counted() {
        let limiter = Limiter::new(0);
        let now = Instant::now();
        assert!((0..10_000).all(|_| limiter.admit(1, now).is_ok()));
        assert!(limiter.left.lock().unwrap().is_empty());
    }

    #[test]
    fn the_quiet_are_forgotten_before_the_memory_is_full() {
        let limiter = Limiter::new(1);
        let now = Instant::now();
        for who in 0..=REMEMBERED {
            limiter
                .admit(who, now + Duration::from_millis(who as u64 * 10))
                .unwrap();
        }
        assert!(limiter.left.lock().unwrap().len() < 10_000);
        assert!(
            limiter.admit(REMEMBERED, now + Duration::from_secs(500)).is_err(),
            "the last one is remembered"
        );
    }

    #[test]
    fn a_request_is_its_senders_and_a_proxys_is_who_it_asks_for() {
        let headers = |values: &[&str]| {
            let mut map = HeaderMap::new();
            for value in values {
                map.append("x-forwarded-for", value.parse().unwrap());
            }
            map
        };
        let asks = |peer: &str, values: &[&str]| {
            asking(Some(peer.parse().unwrap()), &headers(values)).map(|address| address.to_string())
        };
        assert_eq!(asks("192.0.2.7:5000", &[]).as_deref(), Some("192.0.2.7"));
        assert_eq!(
            asks("192.0.2.7:5000", &["10.0.0.1"]).as_deref(),
            Some("192.0.2.7"),
            "nobody else says who he is"
        );
        assert_eq!(asks("[::ffff:192.0.2.7]:1", &[]).as_deref(), Some("192.0.2.7"));
        assert_eq!(asks("[2001:db8::1:2:3:4]:1", &[]).as_deref(), Some("2001:db8::"));
        assert_eq!(asks("127.0.0.1:5000", &[]), None);
        assert_eq!(
            asks("127.0.0.1:5000", &["1.2.3.4", "5.6.7.8, 192.0.2.9"]).as_deref(),
            Some("192.0.2.9")
        );
        assert_eq!(asks("[::1]:5000", &["unknown"]), None);
        assert_eq!(asking(None, &headers(&["1.2.3.4"])), None);
    }
}
