// SPDX-License-Identifier: EUPL-1.2
//! Every address of the centre. The router is made from this list, requests are counted by it, and the OpenAPI document is
//! held to it.

use crate::door::Door;
use crate::http;
use axum::Router;
use axum::routing::{MethodRouter, get, post};

/// The OpenAPI document, but for the program's version.
const DOCUMENT: &str = include_str!("openapi.json");

/// An address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Enrol,
    Readmit,
    Push,
    Pull,
    Late,
    Aside,
    Rotate,
    Replace,
    Health,
    Metrics,
    OpenApi,
}

impl Route {
    pub(crate) const ALL: [Self; 11] = [
        Self::Enrol,
        Self::Readmit,
        Self::Push,
        Self::Pull,
        Self::Late,
        Self::Aside,
        Self::Rotate,
        Self::Replace,
        Self::Health,
        Self::Metrics,
        Self::OpenApi,
    ];

    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Enrol => "/v1/enrol",
            Self::Readmit => "/v1/readmit",
            Self::Push => "/v1/push",
            Self::Pull => "/v1/pull",
            Self::Late => "/v1/late",
            Self::Aside => "/v1/aside",
            Self::Rotate => "/v1/rotate",
            Self::Replace => "/v1/replace",
            Self::Health => "/healthz",
            Self::Metrics => "/metrics",
            Self::OpenApi => "/openapi.json",
        }
    }

    /// The address of a request, if it is one of ours.
    pub(crate) fn of(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|route| route.path() == path)
    }

    fn door(self) -> MethodRouter<Door> {
        match self {
            Self::Enrol => post(http::enrol),
            Self::Readmit => post(http::readmit),
            Self::Push => post(http::push),
            Self::Pull => post(http::pull),
            Self::Late => post(http::late),
            Self::Aside => post(http::aside),
            Self::Rotate => post(http::rotate),
            Self::Replace => post(http::replace),
            Self::Health => get(http::health),
            Self::Metrics => get(http::show_metrics),
            Self::OpenApi => get(http::show_document),
        }
    }
}

/// The router with every address.
pub(crate) fn router() -> Router<Door> {
    Route::ALL.into_iter().fold(Router::new(), |router, route| {
        router.route(route.path(), route.door())
    })
}

/// The OpenAPI document.
pub(crate) fn document() -> String {
    DOCUMENT.replacen(
        r#""version": "0.0.0""#,
        concat!(r#""version": ""#, env!("CARGO_PKG_VERSION"), r#"""#),
        1,
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    #[test]
    fn the_document_has_every_address_and_no_other() {
        let document: Value = serde_json::from_str(&document()).unwrap();
        assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
        let written: BTreeSet<&str> = document["paths"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(written, Route::ALL.map(Route::path).into());
        for route in Route::ALL {
            assert_eq!(Route::of(route.path()), Some(route));
        }
        assert_eq!(Route::of("/v1/nothing"), None);
    }

    #[test]
    fn what_the_document_refers_to_is_there() {
        let document: Value = serde_json::from_str(&document()).unwrap();
        let mut open = vec![&document];
        let mut references = 0;
        while let Some(value) = open.pop() {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                assert!(
                    document.pointer(reference.trim_start_matches('#')).is_some(),
                    "{reference}"
                );
                references += 1;
            }
            match value {
                Value::Object(map) => open.extend(map.values()),
                Value::Array(items) => open.extend(items),
                _ => {}
            }
        }
        assert!(references > 50);
    }
}
