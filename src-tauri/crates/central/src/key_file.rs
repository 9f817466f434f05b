// SPDX-License-Identifier: EUPL-1.2
//! The office's key in a file that only its owner reads.

use crate::error::CentralError;
use sportello_protocol::DeskKey;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

const FIRST_LINE: &str = "sportello office key v1";

/// Where it lies.
pub(crate) fn path(folder: &Path) -> PathBuf {
    folder.join("office.key")
}

/// Reads the key; none when there is no such file.
pub(crate) fn read(path: &Path) -> Result<Option<DeskKey>, CentralError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            return Err(CentralError::File {
                path: path.to_owned(),
                source,
            });
        }
    };
    refuse_readable_by_others(path)?;
    let seed = text
        .strip_prefix(FIRST_LINE)
        .and_then(|rest| hex::decode(rest.trim()).ok())
        .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
        .ok_or_else(|| CentralError::KeyFile(path.to_owned()))?;
    Ok(Some(DeskKey::from_seed(&seed)))
}

/// Writes a new key, durably, and never over an old one.
pub(crate) fn create(path: &Path, key: &DeskKey) -> Result<(), CentralError> {
    let wrap = |source| CentralError::File {
        path: path.to_owned(),
        source,
    };
    let mut file = create_private(path)?;
    writeln!(file, "{FIRST_LINE}\n{}", hex::encode(key.seed())).map_err(wrap)?;
    file.sync_all().map_err(wrap)?;
    sync_folder(path)
}

/// Makes a new file that only its owner reads.
pub(crate) fn create_private(path: &Path) -> Result<File, CentralError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path).map_err(|source| CentralError::File {
        path: path.to_owned(),
        source,
    })
}

/// Makes a new name of a file durable.
pub(crate) fn sync_folder(path: &Path) -> Result<(), CentralError> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        // A name without a folder lies in the current one.
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|source| CentralError::File {
                path: path.to_owned(),
                source,
            })?;
    }
    Ok(())
}

#[cfg(unix)]
fn refuse_readable_by_others(path: &Path) -> Result<(), CentralError> {
    use std::os::unix::fs::PermissionsExt as _;
    let facts = std::fs::metadata(path).map_err(|source| CentralError::File {
        path: path.to_owned(),
        source,
    })?;
    // The last six bits are the rights of the group and of everybody else.
    if facts.permissions().mode().trailing_zeros() >= 6 {
        Ok(())
    } else {
        Err(CentralError::KeyReadable(path.to_owned()))
    }
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere the folder's own rights hold")]
fn refuse_readable_by_others(_: &Path) -> Result<(), CentralError> {
    Ok(())
}
