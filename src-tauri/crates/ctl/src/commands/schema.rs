// SPDX-License-Identifier: EUPL-1.2
//! `schema`: the two doors described for others.

use crate::access;
use crate::args::Schema;
use crate::failure::Failure;
use crate::out::Out;

/// Prints the JSON Schema, or writes the TypeScript types.
pub fn run(out: Out, what: &Schema) -> Result<(), Failure> {
    let Some(folder) = &what.typescript else {
        return out.data(&sportello_desk::schema::json_schema());
    };
    let failed = |source| Failure::File {
        path: folder.clone(),
        source,
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let path = folder.join("types.ts");
    let module = sportello_desk::schema::typescript();
    // A file that is as it should be keeps its date: what is built from it is not built again.
    if std::fs::read(&path).ok().as_deref() != Some(module.as_bytes()) {
        access::write_file(&path, module.as_bytes())?;
        readable(&path).map_err(failed)?;
    }
    out.answer(&serde_json::json!({ "file": path }), &path.display().to_string())
}

/// Types speak of nobody: they may be read like every other source.
fn readable(path: &std::path::Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))?;
    }
    let _ = path;
    Ok(())
}
