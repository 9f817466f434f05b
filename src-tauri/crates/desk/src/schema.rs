// SPDX-License-Identifier: EUPL-1.2
//! The two doors described for others: TypeScript for the pages, JSON Schema for scripts.

use crate::outcome::Outcome;
use crate::query::Query;
use crate::view::{
    AppState, BundleRequest, BundleTaken, BundleWritten, EnrolRequest, EnrolView, IdentityView, KeyView,
    Progress, RelaySettings, ReplacementView, View,
};
use sportello_domain::command::Command;
use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use ts_rs::{Config, TS, TypeVisitor};

/// Collects the declaration of a type and of all that it is made of.
struct Collector<'a> {
    config: &'a Config,
    seen: HashSet<TypeId>,
    /// By name, so that the file does not change when the order of visiting does.
    declarations: BTreeMap<String, String>,
}

impl TypeVisitor for Collector<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only types that have a declaration of their own: not numbers, strings, lists.
        if T::output_path().is_none() || !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        self.declarations.insert(
            T::ident(self.config),
            format!("{docs}export {}\n", T::decl(self.config)),
        );
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// One TypeScript module with every type of the two doors and of the shell.
pub fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut all = Collector {
        config: &config,
        seen: HashSet::new(),
        declarations: BTreeMap::new(),
    };
    all.visit::<Command>();
    all.visit::<Query>();
    all.visit::<View>();
    all.visit::<Outcome>();
    all.visit::<AppState>();
    all.visit::<EnrolRequest>();
    all.visit::<EnrolView>();
    all.visit::<IdentityView>();
    all.visit::<KeyView>();
    all.visit::<ReplacementView>();
    all.visit::<Progress>();
    all.visit::<BundleRequest>();
    all.visit::<BundleWritten>();
    all.visit::<BundleTaken>();
    all.visit::<RelaySettings>();
    let mut module = String::from(
        "// SPDX-License-Identifier: EUPL-1.2\n// Generated from Rust by `cargo xtask types`: never edited by hand.\n",
    );
    for declaration in all.declarations.values() {
        module.push('\n');
        for line in declaration.lines() {
            module.push_str(line.trim_end());
            module.push('\n');
        }
    }
    module
}

/// JSON Schema (2020-12) of every command, query, outcome and view.
pub fn json_schema() -> serde_json::Value {
    serde_json::json!({
        "command": schemars::schema_for!(Command),
        "query": schemars::schema_for!(Query),
        "outcome": schemars::schema_for!(Outcome),
        "view": schemars::schema_for!(View),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_doors_is_declared_once() {
        let module = typescript();
        for name in [
            "Command",
            "Query",
            "View",
            "Outcome",
            "Entitlement",
            "HouseholdId",
            "Run",
        ] {
            let count = module.matches(&format!("export type {name} =")).count();
            assert_eq!(count, 1, "{name}");
        }
        assert!(
            !module.contains("bigint"),
            "numbers of the doors are plain JSON numbers"
        );
    }

    #[test]
    fn schemas_name_every_command() {
        let schema = json_schema()["command"].to_string();
        for name in ["confirm_delivery", "apply_import", "book_appointment"] {
            assert!(schema.contains(name), "{name}");
        }
    }
}
