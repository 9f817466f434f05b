// SPDX-License-Identifier: EUPL-1.2
//! Who comes without an appointment to ask something: people in no list.

use super::{Planner, Step};
use crate::demo::clock::{later, moment};
use chrono::{Datelike, NaiveDate};
use sportello_domain::queue::Priority;
use sportello_domain::time::Timestamp;

impl Planner<'_> {
    /// Somebody comes to ask something. A visit of its own; no case is spent on it, it bears the first one's.
    fn passer(&mut self, at: Timestamp, priority: Option<Priority>) -> Option<usize> {
        let of_no_case = self.plan.visits.first()?.clone();
        self.plan.visits.push(of_no_case);
        let visit = self.plan.visits.len() - 1;
        self.act(at, visit, Step::WalkIn(priority));
        Some(visit)
    }

    /// Some each day, more in the first hours, while the counter serves appointments: they wait.
    pub(super) fn passers(&mut self, day: NaiveDate) {
        let opening = moment(day.year(), day.month(), day.day(), 9, 0);
        for _ in 0..self.rng.between(2, 5) {
            let hour = self.rng.weighted(&[40, 30, 20, 10]);
            let came = later(
                opening,
                i64::try_from(hour).unwrap_or(0) * 3_600 + self.seconds(0, 3_500),
            );
            let priority = match self.rng.weighted(&[88, 5, 4, 3]) {
                1 => Some(Priority::Age),
                2 => Some(Priority::Disability),
                3 => Some(Priority::Pregnancy),
                _ => None,
            };
            let Some(visit) = self.passer(came, priority) else {
                return;
            };
            let (shortest, longest) = if priority.is_some() {
                (20, 300)
            } else {
                (60, 1_500)
            };
            let called = later(came, self.seconds(shortest, longest));
            self.act(called, visit, Step::Call);
            let answered = later(called, self.seconds(120, 600));
            self.act(answered, visit, Step::Answer);
        }
    }

    /// One was answered, one goes before others, one waits.
    pub(super) fn passers_of_today(&mut self) {
        let now = self.stage.now;
        if let Some(visit) = self.passer(later(now, -55 * 60), None) {
            self.act(later(now, -43 * 60), visit, Step::Call);
            self.act(later(now, -38 * 60), visit, Step::Answer);
        }
        self.passer(later(now, -8 * 60), None);
        self.passer(later(now, -4 * 60), Some(Priority::Pregnancy));
    }
}
