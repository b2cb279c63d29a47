//! The extractor that the user chose for this run, by `--model`.

use std::{fs, path::Path, sync::OnceLock};

use anyhow::Context;

use crate::{attribution::Model, id::seed_hash, pipeline::Extractor, rdf::describe};

static CHOSEN: OnceLock<Extractor> = OnceLock::new();

/// Chooses for the whole run; what another extractor finds gets another run id.
pub(crate) fn choose(model: Option<&Path>) -> anyhow::Result<()> {
    let Some(path) = model else { return Ok(()) };
    let (extractor, id) = if path == "rules" {
        (Extractor::Rules, "rules".to_owned())
    } else {
        let failed = || format!("cannot read the model {}", path.display());
        let bytes = fs::read(path).with_context(failed)?;
        let model = Model::from_bytes(&bytes).with_context(failed)?;
        let id = seed_hash(&[&format!("{:08x}", crc32fast::hash(&bytes)), &model.note]);
        (Extractor::Model(model.into()), id)
    };
    // Nothing was chosen before: this is called once, first of all.
    let _ = CHOSEN.set(extractor);
    describe::name_extractor(id);
    Ok(())
}

/// Returns what was chosen, else what comes with the program.
pub(crate) fn chosen() -> Extractor {
    CHOSEN.get().cloned().unwrap_or_default()
}
