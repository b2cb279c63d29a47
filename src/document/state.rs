//! In which language a text is, and whether it is whole.
//!
//! It says what it found; that other languages are not analysed is the pipeline's to act on.

use super::{BlockKind, Conflict, Found, Metadata, classify::Classified};
use crate::{
    article::{Key, RawArticle},
    diagnostic::Diagnostic,
    lexicon::Lexicon,
    mention::State,
    span::Span,
};

/// So many bytes of a text are looked at for its language.
const ENOUGH: usize = 20_000;
/// Shorter texts are in the language that is stated, if any is.
const LITTLE: usize = 120;

/// Notes language and state, and what is to be said about them.
pub(super) fn judge(
    raw: &RawArticle,
    all: &[Classified<'_>],
    lexicon: &Lexicon,
    metadata: &mut Metadata,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let text = &raw.snapshot.text;
    let body: Vec<Span> = all
        .iter()
        .filter(|c| c.kind == BlockKind::Body)
        .map(|c| c.line.span)
        .collect();
    let all_stated = stated(raw);
    let stated = all_stated.first().cloned();
    let seen = detect(text, &body);
    let by_words = |code: String| Found {
        value: code,
        origin: "text",
        place: "words".to_owned(),
        span: None,
    };
    if let (Some((code, true)), Some(stated)) = (&seen, &stated)
        && *code != stated.value
    {
        let message = format!(
            "is in \"{code}\" by its words, in \"{}\" by its {}",
            stated.value,
            stated.source()
        );
        diagnostics.push(Diagnostic::note("N-LANGUAGE-CONFLICT", &raw.path, message));
    }
    metadata.language = match (seen, stated) {
        // Where words and page agree, the page says it.
        (Some((code, _)), Some(stated)) if code == stated.value => Some(stated),
        (Some((code, true)), _) => Some(by_words(code)),
        (_, Some(stated)) => Some(stated),
        (Some((code, false)), None) => (code == "en").then(|| by_words(code)),
        (None, None) => None,
    };
    if let Some(language) = &metadata.language
        && let Some(other) = all_stated.iter().find(|s| s.value != language.value)
    {
        metadata.conflicts.push(Conflict {
            key: Key::Language,
            values: vec![language.clone(), other.clone()],
        });
    }
    if let Some(language) = metadata
        .language
        .as_ref()
        .filter(|language| language.value != "en")
    {
        let message = format!("is in \"{}\"; only English is analysed", language.value);
        diagnostics.push(Diagnostic::warning("W-NOT-ANALYSED", &raw.path, message));
    }
    let masks = lexicon.states.masks(text);
    let last = body.last().map(|span| span.of(text));
    if masks > 0 {
        metadata.state = State::Masked;
        let message = format!("has {masks} places where words are masked");
        diagnostics.push(Diagnostic::warning("W-MASKED", &raw.path, message));
    } else if let Some(words) = &raw.page.cut {
        metadata.state = State::Cut;
        let message = format!("is cut: its page says \"{words}\"");
        diagnostics.push(Diagnostic::warning("W-CUT", &raw.path, message));
    } else if let Some(line) = all.iter().rev().take(6).find(|c| {
        let short = c.line.words <= 40 && c.kind != BlockKind::Headline;
        short && lexicon.states.cuts(c.line.span.of(text))
    }) {
        metadata.state = State::Cut;
        let message = format!("is cut: it says \"{}\"", line.line.span.of(text));
        diagnostics.push(Diagnostic::warning("W-CUT", &raw.path, message));
    } else if last.is_some_and(|last| lexicon.states.ends(last)) {
        metadata.state = State::Cut;
        diagnostics.push(Diagnostic::warning(
            "W-CUT",
            &raw.path,
            "is cut: its last paragraph does not end",
        ));
    }
    diagnostics
}

/// The languages that the page or who supplied it names, as codes of two letters, best first.
fn stated(raw: &RawArticle) -> Vec<Found<String>> {
    let found = |value: &str, origin, place: &str| {
        Some(Found {
            value: code(value)?,
            origin,
            place: place.to_owned(),
            span: None,
        })
    };
    let supplied = raw.supplied.iter();
    let supplied = supplied.filter_map(|s| found(s.language.as_deref()?, s.origin, ""));
    let stated = raw
        .page
        .stated
        .iter()
        .filter(|stated| stated.key == Key::Language);
    let stated = stated.filter_map(|s| found(&s.value, s.origin, &s.place));
    supplied.chain(stated).collect()
}

/// "en-GB", "en_US" and "English" are "en".
fn code(language: &str) -> Option<String> {
    let language = language.trim().to_lowercase();
    let first = language.split(['-', '_', ',', ' ', ';']).next()?;
    let named = |name: &str| {
        whatlang::Lang::all()
            .iter()
            .find(|lang| lang.eng_name().eq_ignore_ascii_case(name))
            .map(|lang| short(*lang))
    };
    match first.len() {
        2 => Some(first.to_owned()),
        3 => whatlang::Lang::from_code(first).map(short),
        _ => named(first),
    }
}

/// The language of the running text, and whether its words leave no doubt.
fn detect(text: &str, body: &[Span]) -> Option<(String, bool)> {
    let mut words = String::new();
    for span in body {
        words.push_str(span.of(text));
        words.push('\n');
        if words.len() > ENOUGH {
            break;
        }
    }
    let mut end = words.len().min(ENOUGH);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    words.truncate(end);
    let info = whatlang::detect(&words)?;
    let sure = info.is_reliable() && words.len() >= LITTLE;
    Some((short(info.lang()), sure))
}

/// The code of two letters, where there is one.
fn short(language: whatlang::Lang) -> String {
    const CODES: &str = "epo eo eng en rus ru cmn zh spa es por pt ita it ben bn fra fr deu de ukr uk kat ka ara ar \
        hin hi jpn ja heb he yid yi pol pl amh am jav jv kor ko nob no dan da swe sv fin fi tur tr nld nl hun hu \
        ces cs ell el bul bg bel be mar mr kan kn ron ro slv sl hrv hr srp sr mkd mk lit lt lav lv est et tam ta \
        vie vi urd ur tha th guj gu uzb uz pan pa aze az ind id tel te pes fa mal ml ori or mya my nep ne sin si \
        khm km tuk tk aka ak zul zu sna sn afr af lat la slk sk cat ca tgl tl hye hy";
    let code = language.code();
    let mut codes = CODES.split_whitespace();
    while let (Some(long), Some(short)) = (codes.next(), codes.next()) {
        if long == code {
            return short.to_owned();
        }
    }
    code.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_codes_of_two_letters() {
        for (name, two) in [
            ("en-GB", "en"),
            ("en_US", "en"),
            ("English", "en"),
            ("deu", "de"),
            ("ru", "ru"),
        ] {
            assert_eq!(code(name).as_deref(), Some(two), "{name}");
        }
        assert_eq!(code("klingon"), None);
    }

    #[test]
    fn the_words_of_a_text_tell_its_language() {
        let german = "Der Bürgermeister sagte am Montag, dass die Brücke bis zum Herbst gesperrt bleibt, weil die Arbeiten länger dauern als geplant. Die Kosten steigen damit auf drei Millionen.";
        let english = "The mayor said on Monday that the bridge would stay closed until autumn because the work takes longer than planned, and that the costs would rise to three million.";
        for (text, language) in [(german, "de"), (english, "en")] {
            let found = detect(text, &[Span::new(0, text.len())]);
            assert_eq!(found, Some((language.to_owned(), true)));
        }
        assert_eq!(detect("", &[]), None);
    }
}
