// SPDX-License-Identifier: EUPL-1.2
//! Who is at work.

use crate::query::Language;
use crate::view::SessionView;
use sportello_domain::ids::OperatorId;
use sportello_domain::office::{Operator, Role};

/// Somebody who has logged in. Made by the desk only, and handed back to it with each command and question.
#[derive(Clone, Debug)]
pub struct Session {
    operator: Operator,
    language: Language,
}

impl Session {
    pub(crate) fn new(operator: Operator, language: Language) -> Self {
        Self { operator, language }
    }

    /// The person.
    pub fn operator(&self) -> OperatorId {
        self.operator.id
    }

    /// The person, with name.
    pub fn person(&self) -> &Operator {
        &self.operator
    }

    /// What the person may do.
    pub fn role(&self) -> Role {
        self.operator.role
    }

    /// The language in which sentences are made.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The same person, in another language.
    #[must_use]
    pub fn speaking(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// As screens show it.
    pub fn view(&self) -> SessionView {
        SessionView {
            operator: self.operator.id,
            username: self.operator.username.clone(),
            name: self.operator.name.clone(),
            role: self.operator.role,
        }
    }
}
