//! ZIP archives: folders of articles, and packed web archives (WACZ).

use std::io::{self, BufRead, BufReader, Read, Seek};

use zip::ZipArchive;

use super::{Place, Step, Stop, Walk};
use crate::article::{
    ArticleError,
    format::{self, HEAD},
    record::Limit,
};

/// Archives inside archives and streams are put aside; they may be so large.
const MAX_SPOOLED: u64 = 4 << 30;

impl Walk<'_, '_> {
    /// Takes apart an archive that comes as a stream.
    pub(super) fn spooled_zip(
        &mut self,
        input: &mut dyn BufRead,
        place: &Place,
        depth: usize,
    ) -> Step {
        let mut spool = tempfile::tempfile().map_err(|error| place.fail(error))?;
        let copied = io::copy(&mut input.take(MAX_SPOOLED + 1), &mut spool);
        if copied.map_err(|error| place.fail(error))? > MAX_SPOOLED {
            return Err(Stop::Failed(ArticleError::TooLong {
                path: place.path.as_str().into(),
                limit: MAX_SPOOLED,
            }));
        }
        self.zip(BufReader::new(spool), place, depth)
    }

    /// Takes apart an archive.
    pub(super) fn zip<R: Read + Seek>(
        &mut self,
        mut input: R,
        place: &Place,
        depth: usize,
    ) -> Step {
        let size = input
            .seek(io::SeekFrom::End(0))
            .map_err(|error| place.fail(error))?;
        let archive = ZipArchive::new(input);
        let mut archive = archive.map_err(|error| place.malformed(error.to_string()))?;
        let has = |name: &str| archive.index_for_name(name).is_some();
        if has("[Content_Types].xml") || has("mimetype") {
            return Err(Stop::Failed(ArticleError::NotText {
                path: place.path.as_str().into(),
                what: "an office file",
            }));
        }
        let web = has("datapackage.json");
        let (mut out, mut any) = (0, false);
        for index in 0..archive.len() {
            let entry = match archive.by_index(index) {
                Ok(entry) => entry,
                Err(error) => {
                    let entry = place.inner(&format!("#{index}"));
                    let Stop::Failed(error) = entry.malformed(error.to_string()) else {
                        continue;
                    };
                    self.emit(Err(error))?;
                    continue;
                }
            };
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if !entry.is_file() || !is_wanted(&name, web) {
                continue;
            }
            any = true;
            let entry_place = place.inner(&name);
            let guarded = Guarded {
                input: entry,
                out: &mut out,
                most: (size.saturating_mul(self.options.max_ratio)).max(self.options.max_bytes),
                ratio: self.options.max_ratio,
            };
            let mut input = BufReader::with_capacity(HEAD, guarded);
            match self.source(&mut input, &entry_place, depth + 1) {
                Err(Stop::Failed(error)) => self.emit(Err(error))?,
                other => other?,
            }
        }
        match any {
            true => Ok(()),
            false => Err(Stop::Failed(ArticleError::NoArticles {
                path: place.path.as_str().into(),
            })),
        }
    }
}

/// Says whether an entry may hold articles; in a web archive only its archive does.
fn is_wanted(name: &str, web: bool) -> bool {
    let name = name.replace('\\', "/");
    let hidden = |step: &str| step.starts_with('.') && step != "." && step != "..";
    if name
        .split('/')
        .any(|step| hidden(step) || step == "__MACOSX")
    {
        return false;
    }
    match web {
        true => name.starts_with("archive/") && (name.contains(".warc")),
        false => format::is_taken(&name),
    }
}

/// An entry that cannot become more than the archive may.
struct Guarded<'a, R> {
    input: R,
    out: &'a mut u64,
    most: u64,
    ratio: u64,
}

impl<R: Read> Read for Guarded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        *self.out += count as u64;
        if *self.out > self.most {
            return Err(Limit::Ratio(self.ratio).into());
        }
        Ok(count)
    }
}
