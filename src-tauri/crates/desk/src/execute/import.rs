//! STUB
use super::{Act, Deed};
use crate::error::DeskError;
use sportello_domain::command::Command;
use sportello_domain::ids::CampaignId;
pub(crate) struct Prepared;
pub(crate) fn prepare() {}
pub(super) fn prepare_command(_: &Command) -> Result<Option<Prepared>, DeskError> { Ok(None) }
pub(super) fn apply(_: &mut Act<'_, '_>, _: &Prepared, _: CampaignId, _: &str) -> Result<Deed, DeskError> { Ok(Deed::default()) }
