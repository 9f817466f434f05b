// SPDX-License-Identifier: EUPL-1.2
//! `export` and `document`: files that the desk makes.

use super::names;
use crate::access::{self, StandardInput};
use crate::args::{Document, Export, FormatName, Global, Lang, TableName};
use crate::failure::Failure;
use crate::out::{self, Out};
use base64::Engine;
use serde_json::json;
use sportello_desk::query::{DocumentRequest, ExportTable, Language, TableFormat};
use sportello_desk::view::FileView;
use sportello_desk::{Query, View};
use std::path::{Path, PathBuf};

/// Takes a table out.
pub fn export(global: &Global, out: Out, what: &Export) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let campaign = || Ok::<_, Failure>(names::campaign(&desk, &session, what.campaign.as_deref())?.id);
    if what.table == TableName::Records {
        let view = desk.query(&session, &Query::RawRecords)?;
        return keep(out, &view, what.out.as_deref());
    }
    let table = match what.table {
        TableName::Missing => ExportTable::Missing {
            campaign: campaign()?,
        },
        TableName::Entitlements => ExportTable::Entitlements {
            campaign: campaign()?,
        },
        TableName::Deliveries => ExportTable::Deliveries {
            campaign: campaign()?,
        },
        TableName::Statement => ExportTable::Statement {
            campaign: campaign()?,
        },
        TableName::Vouchers => ExportTable::StatementVouchers {
            campaign: campaign()?,
        },
        TableName::Appointments | TableName::Records => {
            let site = names::site(&desk, &session, what.site.as_deref())?.id;
            let from = what.from.unwrap_or_else(|| desk.now().day());
            ExportTable::Appointments {
                site,
                from,
                to: what.to.unwrap_or(from),
            }
        }
    };
    let format = what
        .format
        .map_or_else(|| format_of(what.out.as_deref()), FormatName::into);
    let view = desk.query(&session, &Query::Export { table, format })?;
    keep(out, &view, what.out.as_deref())
}

/// Makes a document.
pub fn document(global: &Global, out: Out, what: &Document) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let (document, path) = match what {
        Document::Slip {
            appointment,
            thermal,
            out,
        } => (
            DocumentRequest::Slip {
                appointment: *appointment,
                thermal: *thermal,
            },
            &out.out,
        ),
        Document::Receipt {
            entitlement,
            delivery,
            copy,
            out,
        } => (
            DocumentRequest::Receipt {
                entitlement: *entitlement,
                delivery: *delivery,
                copy: *copy,
            },
            &out.out,
        ),
        Document::RefusalNote { entitlement, out } => (
            DocumentRequest::RefusalNote {
                entitlement: *entitlement,
            },
            &out.out,
        ),
        Document::Delega { entitlement, out } => (
            DocumentRequest::Delega {
                entitlement: *entitlement,
            },
            &out.out,
        ),
        Document::IndicatorReport { campaign, out } => {
            let campaign = names::campaign(&desk, &session, campaign.campaign.as_deref())?.id;
            (DocumentRequest::IndicatorReport { campaign }, &out.out)
        }
    };
    // Documents are for citizens: Italian unless another language was asked for.
    let language = global.lang.map(|lang: Lang| Language::from(lang));
    let view = desk.query(&session, &Query::Document { document, language })?;
    keep(out, &view, path.as_deref())
}

/// The kind of file that a name asks for.
pub fn format_of(path: Option<&Path>) -> TableFormat {
    let xlsx = path
        .and_then(Path::extension)
        .is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    if xlsx { TableFormat::Xlsx } else { TableFormat::Csv }
}

/// The bytes of a file that the desk made.
pub fn bytes_of(file: &FileView) -> Result<Vec<u8>, Failure> {
    base64::engine::general_purpose::STANDARD
        .decode(&file.content)
        .map_err(|error| Failure::Json(error.to_string()))
}

fn keep(out: Out, view: &View, path: Option<&Path>) -> Result<(), Failure> {
    let View::File(file) = view else {
        return out.data(view);
    };
    let bytes = bytes_of(file)?;
    if path == Some(Path::new("-")) {
        return out::raw(&bytes);
    }
    let path = path.map_or_else(|| PathBuf::from(&file.name), Path::to_owned);
    access::write_file(&path, &bytes)?;
    let value = json!({ "file": path, "media_type": file.media_type, "bytes": bytes.len() });
    out.answer(&value, &path.display().to_string())
}
