//! Which blocks of a page are the article: a library's judgement, mended by what the markup says.
//!
//! The library decides where the article is; here only what is surely beside it is taken out, and
//! what surely belongs to it put back.

use std::collections::BTreeMap;

use ego_tree::NodeId;
use memchr::memmem;
use scraper::Html;

use super::blocks::{Block, Blocks, Tag};

/// Less text than this is hardly an article, in bytes.
const LITTLE: usize = 250;

/// Returns for each block whether it is the article's; `judged` is the library's text.
pub(super) fn choose(page: &Html, found: &Blocks, judged: &str) -> Vec<bool> {
    let blocks = &found.blocks;
    let mut chosen = votes(blocks, judged, false);
    // Some pages hide all of themselves until a script has run.
    if size(blocks, &chosen) * 5 < judged.len() * 2 {
        chosen = votes(blocks, judged, true);
    }
    if size(blocks, &chosen) < LITTLE {
        densest(page, blocks, &mut chosen);
    }
    let before = chosen.clone();
    one_article(blocks, &mut chosen);
    beside(found, &mut chosen);
    siblings(page, blocks, &mut chosen);
    links(blocks, &mut chosen);
    let (left, voted) = (size(blocks, &chosen), size(blocks, &before));
    match left < LITTLE && left * 4 < voted {
        true => before,
        false => chosen,
    }
}

/// Letters and digits: the same text in both readings.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Chooses the blocks whose words the library chose; short ones only near the place reached.
fn votes(blocks: &[Block], judged: &str, unseen: bool) -> Vec<bool> {
    let judged = bare(judged);
    let mut reached = 0;
    let vote = |block: &Block| {
        let bare = bare(&block.text);
        if bare.is_empty() || block.hidden && !unseen {
            return false;
        }
        let ahead = memmem::find(&judged.as_bytes()[reached..], bare.as_bytes());
        let near = |at: &usize| bare.len() >= 30 || *at <= 2000;
        if let Some(at) = ahead.filter(near) {
            reached += at + bare.len();
            return true;
        }
        bare.len() >= 60 && memmem::find(judged.as_bytes(), bare.as_bytes()).is_some()
    };
    blocks.iter().map(vote).collect()
}

fn size(blocks: &[Block], chosen: &[bool]) -> usize {
    let chosen = blocks.iter().zip(chosen).filter(|(_, chosen)| **chosen);
    chosen.map(|(block, _)| block.text.len()).sum()
}

/// Chooses the paragraphs of the element that holds most of them, where the library found nothing.
fn densest(page: &Html, blocks: &[Block], chosen: &mut [bool]) {
    let fits = |block: &Block| {
        !block.hidden
            && block.beside.is_none()
            && block.link_share() < 0.5
            && (block.words() >= 12 && block.ends())
    };
    let mut weights: BTreeMap<NodeId, usize> = BTreeMap::new();
    for block in blocks.iter().filter(|block| fits(block)) {
        let ancestors = around(page, block.element).into_iter().take(2);
        for (distance, element) in ancestors.enumerate() {
            *weights.entry(element).or_default() += block.text.len() / (distance + 1);
        }
    }
    let best = weights.iter().max_by_key(|(_, weight)| **weight);
    let Some((best, _)) = best else { return };
    for (block, chosen) in blocks.iter().zip(chosen) {
        *chosen |= fits(block)
            && around(page, block.element)
                .into_iter()
                .take(3)
                .any(|e| e == *best);
    }
}

/// The element and those around it, innermost first.
fn around(page: &Html, element: NodeId) -> Vec<NodeId> {
    let node = page.tree.get(element);
    let node = node
        .into_iter()
        .flat_map(|node| std::iter::once(node).chain(node.ancestors()));
    node.map(|node| node.id()).take(40).collect()
}

/// Keeps one of several articles on a page, where each has a headline of its own.
fn one_article(blocks: &[Block], chosen: &mut [bool]) {
    let mut order: Vec<NodeId> = Vec::new();
    let mut weights: BTreeMap<NodeId, (usize, bool)> = BTreeMap::new();
    for (block, chosen) in blocks.iter().zip(&*chosen) {
        let Some(article) = block.article else {
            continue;
        };
        let entry = weights.entry(article).or_insert_with(|| {
            order.push(article);
            (0, false)
        });
        entry.0 += if *chosen && block.tag == Tag::Paragraph {
            block.text.len()
        } else {
            0
        };
        entry.1 |= matches!(block.tag, Tag::Heading(1));
    }
    order.retain(|article| weights[article].0 >= 400 && weights[article].1);
    if order.len() < 2 {
        return;
    }
    let keep = order[0];
    for (block, chosen) in blocks.iter().zip(chosen) {
        *chosen &= block
            .article
            .is_none_or(|article| article == keep || !order.contains(&article));
    }
}

/// Takes out what stands above the headline, unless it is a paragraph: menus, names and slogans.
pub(super) fn above(blocks: &[Block], chosen: &mut [bool], heading: usize) {
    let below = size(&blocks[heading..], &chosen[heading..]);
    if below * 2 < size(blocks, chosen) {
        return;
    }
    for (block, chosen) in blocks[..heading].iter().zip(chosen) {
        *chosen &= block.is_prose() && block.words() >= 20;
    }
}

/// Takes out what stands in an element beside the article, unless that holds much of the article.
fn beside(found: &Blocks, chosen: &mut [bool]) {
    let whole = size(&found.blocks, chosen);
    let outside = found.blocks.iter().zip(&*chosen);
    let outside = outside.filter(|(block, chosen)| **chosen && block.beside.is_none());
    let outside: usize = outside.map(|(block, _)| block.text.len()).sum();
    // What an article says of itself counts more than how much there is of it.
    let most = if outside >= 800 { 9 } else { 5 };
    let mut weights = vec![0usize; found.beside.len()];
    for (block, chosen) in found.blocks.iter().zip(&*chosen) {
        let mut at = block.beside;
        while let Some(index) = at.filter(|_| *chosen) {
            weights[index] += block.text.len();
            at = found.beside[index].parent;
        }
    }
    let prose = |at: &usize| {
        let block = &found.blocks[*at];
        chosen[*at] && block.beside.is_none() && block.is_prose()
    };
    let last = (0..chosen.len()).rev().find(prose).unwrap_or(0);
    for (at_block, (block, chosen)) in found.blocks.iter().zip(chosen).enumerate() {
        let mut at = block.beside;
        while let Some(index) = at.filter(|_| *chosen) {
            // A recipe may be all that a page is for: it is beside a text that goes on behind it.
            let most = match found.beside[index].what.as_str() {
                "cards" if at_block < last => 3,
                "cards" => 0,
                _ => most,
            };
            *chosen = weights[index] * 10 > whole * most;
            at = found.beside[index].parent;
        }
    }
}

/// Puts back paragraphs that stand between chosen ones in the same element.
fn siblings(page: &Html, blocks: &[Block], chosen: &mut [bool]) {
    let parent = |block: &Block| around(page, block.element).get(1).copied();
    let mut frames: BTreeMap<NodeId, (usize, usize, usize)> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate() {
        if chosen[at]
            && block.tag == Tag::Paragraph
            && let Some(parent) = parent(block)
        {
            let frame = frames.entry(parent).or_insert((at, at, 0));
            frame.1 = at;
            frame.2 += 1;
        }
    }
    for (at, block) in blocks.iter().enumerate() {
        let open = !chosen[at] && !block.hidden && block.beside.is_none();
        if !open || !matches!(block.tag, Tag::Paragraph | Tag::Quote) || block.link_share() > 0.5 {
            continue;
        }
        let frame = parent(block).and_then(|parent| frames.get(&parent));
        chosen[at] = frame.is_some_and(|(first, last, many)| {
            *many >= 3 && (*first..*last).contains(&at) && (block.words() >= 5 && block.ends())
        });
    }
}

/// Takes out what is nothing but links to something else: "Read also: …", lists of stories.
fn links(blocks: &[Block], chosen: &mut [bool]) {
    for (block, chosen) in blocks.iter().zip(chosen) {
        if block.tag == Tag::Row || !*chosen {
            continue;
        }
        let (share, words) = (block.link_share(), block.words());
        let bare = share > 0.9 && words <= 25 && !block.text.ends_with(['.', '”', '"']);
        let list = share > 0.5 && block.links.len() >= 2 && !block.text.ends_with('.');
        let label = block.links.first().is_some_and(|(range, _)| {
            let before = block.text[..range.start].trim_end();
            before.ends_with([':', '：', '»', '>']) && range.end + 2 >= block.text.len()
        });
        *chosen = !(bare || list || label && share > 0.4 && words <= 40);
    }
}
