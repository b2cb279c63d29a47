//! The store's folder: what lies where, and writes that are whole or absent after a crash.

use std::{
    ffi::OsString,
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use super::StoreError;
use crate::id::{SnapshotId, sha256_hex};

const FORMAT: &str = "claimgraph store 1\n";

/// How often a writer looks whether the other one is gone.
const LOCK_POLL: Duration = Duration::from_millis(50);

/// Makes a [`StoreError`] of an [`io::Error`], naming the file.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> StoreError + '_ {
    move |source| StoreError::Io {
        path: path.to_owned(),
        source,
    }
}

/// A store's folder.
#[derive(Debug, Clone)]
pub(super) struct Files {
    root: PathBuf,
}

impl Files {
    /// Opens an existing store.
    pub(super) fn open(root: &Path) -> Result<Self, StoreError> {
        let files = Self {
            root: root.to_owned(),
        };
        let path = files.format();
        match fs::read(&path) {
            Ok(bytes) if bytes == FORMAT.as_bytes() => Ok(files),
            Ok(_) => Err(StoreError::Format { path }),
            Err(error) if is_absent(&error) => Err(StoreError::NoStore {
                path: root.to_owned(),
            }),
            Err(error) => Err(at(&path)(error)),
        }
    }

    /// The folder itself.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Opens or makes a store and takes the writer's lock, waiting for `patience`.
    pub(super) fn open_to_write(
        root: &Path,
        patience: Duration,
    ) -> Result<(Self, File), StoreError> {
        let files = Self {
            root: root.to_owned(),
        };
        let is_new = match Self::open(root) {
            Ok(_) => false,
            Err(StoreError::NoStore { .. }) => true,
            Err(error) => return Err(error),
        };
        if is_new {
            files.refuse_foreign_folder()?;
            fs::create_dir_all(root).map_err(at(root))?;
        }
        let lock = files.lock(patience)?;
        if is_new {
            write_whole(&files.format(), FORMAT.as_bytes())?;
        }
        Ok((files, lock))
    }

    /// A folder with anything in it but what an interrupted start left is not ours to fill.
    fn refuse_foreign_folder(&self) -> Result<(), StoreError> {
        let entries = match fs::read_dir(&self.root) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(at(&self.root)(error)),
        };
        let names = entries
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<io::Result<Vec<_>>>()
            .map_err(at(&self.root))?;
        // Another process may have made the store in the meantime.
        let is_ours = |name: &OsString| name == "lock" || name == "FORMAT.tmp";
        if names.iter().any(|name| name == "FORMAT") || names.iter().all(is_ours) {
            return Ok(());
        }
        Err(StoreError::NotAStore {
            path: self.root.clone(),
        })
    }

    fn lock(&self, patience: Duration) -> Result<File, StoreError> {
        let path = self.root.join("lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(at(&path))?;
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) if waited < patience => {
                    std::thread::sleep(LOCK_POLL);
                    waited += LOCK_POLL;
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(StoreError::Busy {
                        path: self.root.clone(),
                    });
                }
                Err(TryLockError::Error(error)) => return Err(at(&path)(error)),
            }
        }
    }

    fn format(&self) -> PathBuf {
        self.root.join("FORMAT")
    }

    pub(super) fn manifest(&self) -> PathBuf {
        self.root.join("manifest")
    }

    pub(super) fn index(&self) -> PathBuf {
        self.root.join("index")
    }

    pub(super) fn snapshot(&self, id: &SnapshotId) -> PathBuf {
        self.addressed("snapshots", id.as_str(), "txt")
    }

    pub(super) fn graph(&self, hash: &str) -> PathBuf {
        self.addressed("graphs", hash, "nq")
    }

    fn addressed(&self, folder: &str, hash: &str, extension: &str) -> PathBuf {
        self.root
            .join(folder)
            .join(hash.get(..2).unwrap_or("xx"))
            .join(format!("{hash}.{extension}"))
    }

    /// Reads a file that is named by its hash; `Ok(None)` when the hash is another.
    pub(super) fn read_addressed(path: &Path, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let bytes = fs::read(path).map_err(at(path))?;
        Ok((sha256_hex(&bytes) == hash).then_some(bytes))
    }
}

/// Says whether the error means that there is no such file.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Writes files so that after a crash each is whole or absent; what is there already stays.
///
/// All are durable when this returns.
pub(super) fn write_addressed(files: &[(PathBuf, &[u8])]) -> Result<(), StoreError> {
    let mut written = Vec::new();
    for (path, bytes) in files {
        if fs::read(path).is_ok_and(|present| present == *bytes) {
            continue;
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) {
            fs::create_dir_all(folder).map_err(at(folder))?;
            for above in folder.ancestors().skip(1).take(2) {
                sync_folder(above)?;
            }
        }
        written.push((path, begin(path, bytes)?));
    }
    for (path, file) in &written {
        file.sync_all().map_err(at(path))?;
    }
    for (path, _) in &written {
        fs::rename(temporary(path), path).map_err(at(path))?;
        sync_parent(path)?;
    }
    Ok(())
}

/// Replaces a file in one step, durable when this returns.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let file = begin(path, bytes)?;
    file.sync_all().map_err(at(path))?;
    fs::rename(temporary(path), path).map_err(at(path))?;
    sync_parent(path)
}

fn begin(path: &Path, bytes: &[u8]) -> Result<File, StoreError> {
    let temporary = temporary(path);
    let written = File::create(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        Ok(file)
    });
    written.map_err(|error| {
        // The half-written file is of no use; the store is as it was whether this works or not.
        let _ = fs::remove_file(&temporary);
        at(path)(error)
    })
}

fn temporary(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".tmp");
    name.into()
}

fn sync_parent(path: &Path) -> Result<(), StoreError> {
    path.parent().map_or(Ok(()), sync_folder)
}

/// Makes the names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    // Only Unix lets a folder be opened and synchronised; elsewhere renames are durable enough.
    #[cfg(unix)]
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(at(folder))?;
    let _ = folder;
    Ok(())
}
