//! What a page shows of its site: the name in its title and at its top, the way to the article.
//!
//! It reads the words of a page and never guesses a name from an address.

use scraper::Html;

use super::{
    blocks::{Block, Tag},
    select, text_of,
};
use crate::lexicon::Lexicon;

/// The marks that stand between a headline and the name of a site.
const MARKS: [&str; 12] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", ": ", "_", "|",
];

/// So many blocks at the top of a page are looked at for its name.
const TOP: usize = 12;

/// The line above the text that is a part of the title, else the longest of them.
pub(super) fn titled<'b>(
    blocks: &'b [Block],
    title: Option<&str>,
    sites: &[&str],
    first: usize,
    own: &impl Fn(&&Block) -> bool,
    lexicon: &Lexicon,
) -> Option<&'b Block> {
    let title = title?;
    let parts: Vec<&str> = MARKS
        .iter()
        .flat_map(|mark| title.split(mark))
        .chain(
            MARKS[..10]
                .iter()
                .filter_map(|mark| Some(title.split_once(mark)?.1)),
        )
        .chain(
            MARKS[..10]
                .iter()
                .filter_map(|mark| Some(title.rsplit_once(mark)?.0)),
        )
        .chain([title])
        .filter(|part| !sites.iter().any(|site| super::same(site, part)))
        .collect();
    let fits = |block: &&Block| {
        let long = block.text.chars().count() >= 8 && block.text.len() <= title.len() + 4;
        long && own(block) && parts.iter().any(|part| super::same(part, &block.text))
    };
    // A name at the top may be the first of two parts: the one of the headline's level counts.
    let is_h1 = |block: &&Block| block.tag == Tag::Heading(1);
    // Of several the one that is no name of a site, then the longest, then the nearest.
    let rank = |block: &&Block| (!is_outlet(&block.text, lexicon), block.text.len());
    let above = blocks[..first].iter().filter(fits).max_by_key(rank);
    above
        .or_else(|| blocks.iter().filter(is_h1).find(fits))
        .or_else(|| {
            let all = blocks.iter().filter(fits);
            all.max_by_key(|block| block.text.len())
        })
}

/// The name of the site, which stands before or behind the headline in the title.
pub(super) fn of_title<'t>(
    title: Option<&'t str>,
    headline: &str,
    lexicon: &Lexicon,
) -> Option<&'t str> {
    let title = title?.trim();
    let fits = |name: &&str| {
        (1..=6).contains(&name.split_whitespace().count())
            && name.chars().count() >= 3
            && !lexicon
                .markup
                .nothing
                .outlets
                .contains(&name.to_lowercase())
    };
    let near = |part: &str| super::same(part, headline) || shares(part, headline);
    let behind = MARKS
        .iter()
        .filter(|mark| **mark != ": ")
        .filter_map(|mark| {
            let (first, rest) = title.split_once(mark)?;
            near(first).then_some(rest)
        });
    let last = |rest: &'t str| {
        let parts = MARKS[..9]
            .iter()
            .filter_map(|mark| Some(rest.rsplit_once(mark)?.1));
        parts.min_by_key(|part| part.len()).unwrap_or(rest).trim()
    };
    let before = MARKS.iter().filter_map(|mark| {
        let (site, rest) = title.split_once(mark)?;
        super::same(rest, headline).then_some(site.trim())
    });
    let longer = MARKS[..9].iter().filter_map(|mark| {
        let (first, site) = title.rsplit_once(mark)?;
        near(first).then_some(site.trim())
    });
    longer.chain(behind.map(last)).chain(before).find(fits)
}

/// Says whether a part of a title is the headline with a word or two more or less.
fn shares(part: &str, headline: &str) -> bool {
    let words = |text: &str| -> std::collections::BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (part, headline) = (words(part), words(headline));
    let least = part.len().min(headline.len());
    least >= 3 && part.intersection(&headline).count() * 4 >= least * 3
}

/// The last step of the way to the article that is neither the article nor the front page.
pub(super) fn crumb(
    page: &Html,
    headline: Option<&str>,
    sites: &[&str],
    lexicon: &Lexicon,
) -> Option<String> {
    let ways = "[aria-label*='breadcrumb' i], [class*='breadcrumb' i], .crumbs, [itemtype$='BreadcrumbList']";
    let way = select(page, ways).into_iter().next()?;
    let steps = scraper::Selector::parse("a, li").expect("selectors are constants");
    let mut names: Vec<String> = Vec::new();
    for step in way.select(&steps).take(20).filter_map(text_of) {
        let name = step.trim_matches(['>', '›', '»', '/', '|', ' ']).to_owned();
        if !name.is_empty() && names.last() != Some(&name) {
            names.push(name);
        }
    }
    names.retain(|name| is_section(name, headline, sites, lexicon));
    names.pop()
}

/// Says whether a step on the way to an article is a section of the site.
pub(super) fn is_section(
    name: &str,
    headline: Option<&str>,
    sites: &[&str],
    lexicon: &Lexicon,
) -> bool {
    let is_article =
        headline.is_some_and(|headline| shares(name, headline) || super::same(name, headline));
    let is_site = sites.iter().any(|site| super::same(site, name));
    name.split_whitespace().count() <= 4
        && name.chars().any(char::is_alphabetic)
        && !is_article
        && !is_site
        && !lexicon
            .markup
            .nothing
            .sections
            .contains(&name.to_lowercase())
        && !is_outlet(name, lexicon)
}

/// The name of the site at the top of its page, and the section that stands behind it:
/// "The Valley Times > Courts".
pub(super) fn masthead(
    head: &[Block],
    own: impl Fn(&Block) -> bool,
    lexicon: &Lexicon,
) -> Option<(String, Option<String>)> {
    let lines = head
        .iter()
        .filter(|block| own(block) && block.words() <= 14);
    lines.take(TOP).find_map(|block| {
        let mut parts = block
            .text
            .split(['|', '>', '»', '›', '·', '•', '—', '–', ','])
            .flat_map(|part| part.split(" - "))
            .flat_map(|part| part.split(" / "))
            .map(str::trim);
        let name = title_cased(parts.next()?);
        let name = is_outlet(name, lexicon).then(|| name.to_owned())?;
        let leads = block.text.contains(['>', '»', '›']);
        let section = parts
            .next()
            .filter(|part| leads && is_section(part, None, &[&name], lexicon));
        Some((name, section.map(str::to_owned)))
    })
}

/// The words with a capital at the start of a line: "PORT HERALD" of "PORT HERALD online".
fn title_cased(line: &str) -> &str {
    let small = |word: &str| {
        word.starts_with(char::is_lowercase) && !matches!(word, "of" | "the" | "and" | "for")
    };
    let mut end = line.len();
    let mut words = line.split(' ').rev();
    if let Some(last) = words.next().filter(|word| small(word)) {
        end -= last.len();
    }
    line[..end].trim_end()
}

/// Says whether words are an outlet's name, or written like one.
pub(super) fn is_outlet(name: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    if lexicon.furniture.hit(name, |_| true).is_some() {
        return false;
    }
    if lexicon.outlets.is_name(name) {
        return !lexicon.outlets.is_word(name);
    }
    let capital = |word: &&str| {
        word.starts_with(char::is_uppercase)
            || matches!(
                *word,
                "of" | "the" | "and" | "&" | "for" | "de" | "la" | "del"
            )
    };
    let media = |word: &&str| {
        let lower = word.to_lowercase();
        lexicon.roles.outlet_words.contains(&lower) || lexicon.markup.mastheads.contains(&lower)
    };
    (2..=5).contains(&words.len()) && words.iter().all(capital) && words.iter().any(media)
}
