//! STUB
use super::Ask;
use crate::error::DeskError;
use crate::view::*;
use crate::query::TableFormat;
use sportello_domain::command::FileInput;
use sportello_domain::ids::CampaignId;
use chrono::NaiveDate;
pub(super) fn preview(_: &Ask<'_>, _: CampaignId, _: &FileInput, _: Option<NaiveDate>) -> Result<ImportPreviewView, DeskError> { Err(DeskError::plain("x")) }
pub(super) fn refused(_: &Ask<'_>, _: CampaignId, _: &FileInput, _: Option<NaiveDate>, _: TableFormat) -> Result<View, DeskError> { Err(DeskError::plain("x")) }
pub(super) fn imports(_: &Ask<'_>) -> Result<ImportsView, DeskError> { Err(DeskError::plain("x")) }
