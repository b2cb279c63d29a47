//! Hashes the data files that decide what is extracted, so that a run can be named by them.
//!
//! It never looks at anything else.

use std::{fs, path::Path};

fn main() {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for folder in ["src/lexicon/data", "models"] {
        let folder = Path::new(folder);
        // A missing path would make cargo run this for every build.
        if folder.exists() {
            println!("cargo:rerun-if-changed={}", folder.display());
            visit(folder, &mut hash);
        }
    }
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-env=CLAIMGRAPH_DATA_HASH={hash:016x}");
}

/// Folds names and contents of all files below `path` into `hash` (FNV-1a), in sorted order.
fn visit(path: &Path, hash: &mut u64) {
    let Ok(entries) = fs::read_dir(path) else {
        let name = path.to_string_lossy().replace('\\', "/");
        let bytes = fs::read(path).unwrap_or_default();
        for byte in name.bytes().chain(bytes).filter(|byte| *byte != b'\r') {
            *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        visit(&path, hash);
    }
}
