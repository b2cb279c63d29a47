//! What the user chose for this run instead of what comes with the program: the model, by `--model`,
//! and the news organisations known, by `--outlets`.

use std::{fs, path::Path, sync::OnceLock};

use anyhow::{Context, anyhow};

use crate::{
    attribution::Model,
    id::{seed_hash, sha256_hex},
    lexicon::{Lexicon, outlets::Outlets},
    pipeline::Extractor,
    rdf::describe,
};

static CHOSEN: OnceLock<Extractor> = OnceLock::new();
static LEXICON: OnceLock<Lexicon> = OnceLock::new();

/// Chooses for the whole run; what is found otherwise than by what comes with the program gets
/// another run id.
pub(crate) fn choose(model: Option<&Path>, outlets: Option<&Path>) -> anyhow::Result<()> {
    let mut ids = Vec::new();
    if let Some(path) = model {
        ids.push(choose_model(path)?);
    }
    if let Some(path) = outlets {
        ids.push(choose_outlets(path)?);
    }
    if !ids.is_empty() {
        describe::name_extractor(ids.join("+"));
    }
    Ok(())
}

// Nothing was chosen before: this is called once, first of all.
fn choose_model(path: &Path) -> anyhow::Result<String> {
    let (extractor, id) = if path == "rules" {
        (Extractor::Rules, "rules".to_owned())
    } else {
        let failed = || format!("cannot read the model {}", path.display());
        let bytes = fs::read(path).with_context(failed)?;
        let model = Model::from_bytes(&bytes).with_context(failed)?;
        let id = seed_hash(&[&format!("{:08x}", crc32fast::hash(&bytes)), &model.note]);
        (Extractor::Model(model.into()), id)
    };
    let _ = CHOSEN.set(extractor);
    Ok(id)
}

fn choose_outlets(path: &Path) -> anyhow::Result<String> {
    let failed = || format!("cannot read the outlets of {}", path.display());
    let text = fs::read_to_string(path).with_context(failed)?;
    let mut outlets = Outlets::shipped();
    (outlets.extend(&text)).map_err(|error| anyhow!("{}: {error}", path.display()))?;
    let _ = LEXICON.set(Lexicon::with_outlets(outlets));
    Ok(format!("outlets-{}", sha256_hex(text.as_bytes())))
}

/// Returns what was chosen, else what comes with the program.
pub(crate) fn chosen() -> Extractor {
    CHOSEN.get().cloned().unwrap_or_default()
}

/// Returns the words that articles are read with.
pub(crate) fn lexicon() -> &'static Lexicon {
    LEXICON.get().unwrap_or_else(Lexicon::shipped)
}
