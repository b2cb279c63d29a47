//! Quads on their way into a new layer of the index, and layers merged into one.

use std::{
    collections::{BTreeSet, HashSet},
    io::{self, Cursor, Seek, Write},
};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    image::{Image, ImageWriter, Order},
    stack::Stack,
    taken::Taken,
    term::{DEFAULT_GRAPH, Id, Ids},
};

/// Additions to a stack and removals from it; removals take effect before additions.
pub(super) struct Batch {
    stack: Stack,
    ids: FxHashMap<Box<[u8]>, Id>,
    next_id: Id,
    added: Vec<Ids>,
    removed: Vec<Ids>,
}

impl Batch {
    /// Starts a batch on top of `stack`.
    pub(super) fn new(stack: Stack) -> Self {
        Self {
            next_id: stack.next_id(),
            stack,
            ids: FxHashMap::default(),
            added: Vec::new(),
            removed: Vec::new(),
        }
    }

    /// How many quads wait to be written.
    pub(super) fn len(&self) -> usize {
        self.added.len() + self.removed.len()
    }

    /// Adds quads.
    pub(super) fn add(&mut self, taken: &Taken) {
        let quads = self.numbered(taken);
        self.added.extend(quads);
    }

    /// Removes quads.
    pub(super) fn remove(&mut self, taken: &Taken) {
        let quads = self.numbered(taken);
        self.removed.extend(quads);
    }

    fn numbered<'a>(&mut self, taken: &'a Taken) -> impl Iterator<Item = Ids> + use<'a> {
        let ids: Vec<Id> = taken.terms().map(|term| self.number(term)).collect();
        let id = move |place: Id| ids.get(place as usize).copied().unwrap_or(DEFAULT_GRAPH);
        taken.quads().iter().map(move |quad| quad.map(&id))
    }

    fn number(&mut self, term: &[u8]) -> Id {
        if let Some(&id) = self.ids.get(term) {
            return id;
        }
        let id = self.stack.find(term).unwrap_or_else(|| {
            let id = self.next_id;
            self.next_id = id.saturating_add(1);
            id
        });
        self.ids.insert(term.into(), id);
        id
    }

    /// Writes the layer that turns the stack into what it is to be.
    pub(super) fn write<W: Write + Seek>(mut self, out: W) -> io::Result<W> {
        let first = self.stack.next_id();
        let mut terms: Vec<(Box<[u8]>, Id)> = self.ids.into_iter().collect();
        terms.retain(|(_, id)| *id >= first);
        terms.par_sort_unstable();
        let mut writer = ImageWriter::new(out, first)?;
        let mut renumbered = vec![0; terms.len()];
        for (id, (bytes, place)) in (first..).zip(&terms) {
            writer.term(bytes)?;
            renumbered[(place - first) as usize] = id;
        }
        drop(terms);
        writer.end_terms()?;
        let renumber = |id: Id| match id.checked_sub(first) {
            Some(place) if id != DEFAULT_GRAPH => {
                renumbered.get(place as usize).copied().unwrap_or(id)
            }
            _ => id,
        };
        for quads in [&mut self.added, &mut self.removed] {
            for quad in quads.iter_mut() {
                *quad = quad.map(renumber);
            }
            quads.par_sort_unstable();
            quads.dedup();
        }
        let (stack, added) = (&self.stack, &mut self.added);
        // No layer below holds a quad with a term that it does not hold.
        let is_held = |quad: &Ids| {
            let is_new = |id: &Id| *id >= first && *id != DEFAULT_GRAPH;
            !quad.iter().any(is_new) && stack.contains(*quad)
        };
        // What is removed and added again stays: it is neither.
        self.removed
            .retain(|quad| added.binary_search(quad).is_err() && is_held(quad));
        added.retain(|quad| !is_held(quad));
        write_orders(&mut writer, std::mem::take(added))?;
        writer.finish(&self.removed)
    }

    /// Writes the layer to memory.
    pub(super) fn into_image(self) -> io::Result<Image> {
        Image::in_memory(&self.write(Cursor::new(Vec::new()))?.into_inner())
    }
}

fn write_orders<W: Write + Seek>(
    writer: &mut ImageWriter<W>,
    mut quads: Vec<Ids>,
) -> io::Result<()> {
    let mut from = Order::Spog;
    for order in Order::ALL {
        for key in &mut quads {
            *key = order.key(from.quad(*key));
        }
        from = order;
        quads.par_sort_unstable();
        writer.keys(quads.iter().copied())?;
    }
    Ok(())
}

/// Merges the layers from `height` upwards into one that can stand in their place.
///
/// The lowest of them, the largest, is streamed; those above it are sorted in memory.
pub(super) fn merge<W: Write + Seek>(stack: &Stack, height: usize, out: W) -> io::Result<W> {
    let below = stack.below(height);
    let layers = stack.layers().get(height..).unwrap_or_default();
    let first = below.next_id();
    let mut writer = ImageWriter::new(out, first)?;
    let renumbered = merge_terms(layers, first, &mut writer)?;
    let renumber = |id: Id| match id.checked_sub(first) {
        Some(place) if id != DEFAULT_GRAPH => renumbered.get(place as usize).copied().unwrap_or(id),
        _ => id,
    };

    let taken: BTreeSet<Ids> = layers
        .iter()
        .flat_map(|layer| layer.removed().iter().copied())
        .collect();
    let alive = |layer: usize, quad: &Ids| {
        !taken.contains(quad)
            || !layers
                .iter()
                .skip(layer + 1)
                .any(|above| above.removed().binary_search(quad).is_ok())
    };
    let upper: Vec<Ids> = layers
        .iter()
        .enumerate()
        .skip(1)
        .flat_map(|(place, layer)| layer.keys(Order::Spog).iter().map(move |key| (place, *key)))
        .filter(|(place, quad)| alive(*place, quad))
        .map(|(_, quad)| quad)
        .collect();
    let mut removed: Vec<Ids> = taken
        .iter()
        .copied()
        .filter(|quad| below.contains(*quad))
        .collect();
    // Taken away from below and added again above: the merged layer says nothing of it.
    let restored: HashSet<Ids> = {
        let live: HashSet<&Ids> = upper.iter().collect();
        removed
            .iter()
            .filter(|quad| live.contains(*quad))
            .copied()
            .collect()
    };
    removed.retain(|quad| !restored.contains(quad));

    let mut upper: Vec<Ids> = upper
        .into_iter()
        .filter(|quad| !restored.contains(quad))
        .map(|quad| quad.map(renumber))
        .collect();
    let mut from = Order::Spog;
    for order in Order::ALL {
        for key in &mut upper {
            *key = order.key(from.quad(*key));
        }
        from = order;
        upper.par_sort_unstable();
        let lower = layers
            .first()
            .map(|layer| layer.keys(order))
            .unwrap_or_default()
            .iter()
            .filter(|key| alive(0, &order.quad(**key)))
            .map(|key| key.map(renumber));
        writer.keys(Merged {
            left: lower.peekable(),
            right: upper.iter().copied().peekable(),
        })?;
    }
    writer.finish(&removed)
}

/// Writes the terms of all layers in order and returns their new numbers by old number.
fn merge_terms<W: Write + Seek>(
    layers: &[std::sync::Arc<Image>],
    first: Id,
    writer: &mut ImageWriter<W>,
) -> io::Result<Vec<Id>> {
    let total: usize = layers.iter().map(|layer| layer.terms() as usize).sum();
    let mut renumbered = vec![0; total];
    let mut next: Vec<u32> = vec![0; layers.len()];
    let mut id = first;
    loop {
        let least = layers
            .iter()
            .zip(&next)
            .enumerate()
            .filter(|(_, (layer, local))| **local < layer.terms())
            .map(|(place, (layer, local))| (layer.term(*local).unwrap_or_default(), place))
            .min();
        let Some((bytes, place)) = least else {
            break;
        };
        writer.term(bytes)?;
        let old = layers[place].first_id() - first + next[place];
        if let Some(slot) = renumbered.get_mut(old as usize) {
            *slot = id;
        }
        next[place] += 1;
        id = id.saturating_add(1);
    }
    writer.end_terms()?;
    Ok(renumbered)
}

/// Two sorted runs as one.
struct Merged<L: Iterator<Item = Ids>, R: Iterator<Item = Ids>> {
    left: std::iter::Peekable<L>,
    right: std::iter::Peekable<R>,
}

impl<L: Iterator<Item = Ids>, R: Iterator<Item = Ids>> Iterator for Merged<L, R> {
    type Item = Ids;

    fn next(&mut self) -> Option<Ids> {
        match (self.left.peek(), self.right.peek()) {
            (Some(left), Some(right)) if right < left => self.right.next(),
            (Some(_), _) => self.left.next(),
            _ => self.right.next(),
        }
    }
}
