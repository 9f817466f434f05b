// SPDX-License-Identifier: EUPL-1.2
//! Series of appointments from a file, and appointments as a calendar.

use super::Ask;
use crate::error::DeskError;
use crate::view::{SeriesPreviewView, View};
use chrono::NaiveDate;
use sportello_domain::command::FileInput;
use sportello_domain::ids::{AppointmentId, ServiceId, SiteId};

pub(super) fn preview(
    _ask: &Ask<'_>,
    _file: &FileInput,
    _service: ServiceId,
    _site: SiteId,
) -> Result<SeriesPreviewView, DeskError> {
    Err(DeskError::plain("malformed_command"))
}

pub(super) fn calendar(
    _ask: &Ask<'_>,
    _appointment: Option<AppointmentId>,
    _site: Option<SiteId>,
    _from: Option<NaiveDate>,
    _to: Option<NaiveDate>,
) -> Result<View, DeskError> {
    Err(DeskError::plain("malformed_command"))
}
