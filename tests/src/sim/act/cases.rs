// SPDX-License-Identifier: EUPL-1.2
//! What supervisors do with cases: given, noted, decided one or some at once, signed, opened again.

use super::{Chosen, Hand, ask};
use crate::answers::EVERY_STANDING;
use crate::sim::plan::Deed;
use sportello_desk::query::InboxFilter;
use sportello_desk::view::CaseRow;
use sportello_desk::{Command, Query, View};
use sportello_domain::exceptions::CaseStanding;

impl Hand<'_> {
    pub(super) fn case(&mut self, deed: Deed) -> Chosen {
        let standings = match deed {
            Deed::Resolve | Deed::GiveCase => Vec::new(),
            Deed::SignCase => vec![CaseStanding::Awaiting],
            Deed::ReopenCase => vec![
                CaseStanding::Decided,
                CaseStanding::Contested,
                CaseStanding::Awaiting,
            ],
            _ => EVERY_STANDING.to_vec(),
        };
        let filter = InboxFilter {
            standings,
            ..InboxFilter::default()
        };
        let inbox = ask!(
            self,
            Inbox,
            Query::Inbox {
                filter,
                offset: 0,
                limit: 200
            }
        );
        let fits = |row: &&CaseRow| match deed {
            Deed::Resolve => !row.choices.is_empty(),
            Deed::SignCase => row.signable,
            Deed::ReopenCase => !row.decisions.is_empty(),
            _ => true,
        };
        let rows: Vec<&CaseRow> = inbox.rows.iter().filter(fits).collect();
        let Some(row) = self.dice.pick(&rows).copied() else {
            return Ok(None);
        };
        let case = row.id;
        Ok(Some(match deed {
            Deed::Resolve => {
                let any = row.choices[self.dice.below(row.choices.len())];
                // What takes two people is chosen often enough for a second one to come by.
                let two = row.choices.iter().find(|choice| choice.takes_two);
                let choice = two.filter(|_| self.dice.chance(500)).copied().unwrap_or(any);
                let offered = |other: &&&CaseRow| other.choices.contains(&choice);
                let mut cases: Vec<_> = rows.iter().filter(offered).map(|row| row.id).collect();
                if self.dice.chance(700) {
                    cases = vec![case];
                }
                Command::DecideCases {
                    cases,
                    decision: choice.decision,
                    reason: "Verificato".into(),
                }
            }
            Deed::GiveCase => Command::AssignCases {
                cases: vec![case],
                to: self.dice.pick(&inbox.assignees).map(|person| person.id),
            },
            Deed::SignCase => Command::CountersignCase { case },
            Deed::ReopenCase => Command::ReopenCase {
                case,
                reason: "Fatti nuovi".into(),
            },
            _ => Command::NoteCase {
                case,
                text: "Sentito l'operatore".into(),
            },
        }))
    }
}
