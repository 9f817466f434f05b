// SPDX-License-Identifier: EUPL-1.2
//! The screen in the waiting room: numbers and desks, and nothing that says who anybody is.

use super::Ask;
use crate::error::DeskError;
use crate::view::{DisplayCall, DisplayView};
use sportello_domain::appointment::AppointmentStatus;

/// Calls that are shown, those of before included.
const SHOWN: usize = 8;

pub(super) fn display(ask: &Ask<'_>) -> Result<DisplayView, DeskError> {
    let site = ask.site(None)?;
    let today = ask.reads.board(site.id, ask.now.day())?;
    let waiting = today
        .iter()
        .filter(|found| found.status == AppointmentStatus::Presented)
        .count();
    let mut calls: Vec<DisplayCall> = today
        .into_iter()
        .filter_map(|found| {
            Some(DisplayCall {
                ticket: found.ticket?,
                desk: ask.directory.name(found.desk?).name,
                at: found.called_at?,
                calls: found.calls,
                current: found.status == AppointmentStatus::Called,
            })
        })
        .collect();
    calls.sort_by_key(|call| (!call.current, std::cmp::Reverse(call.at), call.ticket));
    calls.truncate(SHOWN);
    Ok(DisplayView {
        site: site.name,
        now: ask.now.rome(),
        calls,
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
    })
}
