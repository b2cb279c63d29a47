//! Layers of the index seen as one set of quads: a base, and what came after it.
//!
//! A layer adds quads that the layers below do not hold and takes away quads that they do; every
//! live quad therefore comes from exactly one layer.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    image::{Image, Order},
    term::{DEFAULT_GRAPH, Id, Ids},
};

/// Which places of a quad are given.
pub(super) type Pattern = [Option<Id>; 4];

/// Layers from the base upwards; cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Stack {
    layers: Vec<Arc<Image>>,
}

impl Stack {
    pub(super) fn push(&mut self, layer: Image) {
        self.layers.push(Arc::new(layer));
    }

    /// Drops all layers from `height` upwards.
    pub(super) fn truncate(&mut self, height: usize) {
        self.layers.truncate(height);
    }

    pub(super) fn layers(&self) -> &[Arc<Image>] {
        &self.layers
    }

    /// Returns the layers below `height`.
    pub(super) fn below(&self, height: usize) -> Self {
        Self {
            layers: self.layers.iter().take(height).cloned().collect(),
        }
    }

    /// Number that the next new term gets.
    pub(super) fn next_id(&self) -> Id {
        self.layers
            .last()
            .map_or(0, |top| top.first_id().saturating_add(top.terms()))
    }

    /// How many quads there are.
    pub(super) fn len(&self) -> usize {
        let added: usize = self.layers.iter().map(|l| l.keys(Order::Spog).len()).sum();
        let removed: usize = self.layers.iter().map(|l| l.removed().len()).sum();
        added.saturating_sub(removed)
    }

    /// Finds the number of a term by its bytes.
    pub(super) fn find(&self, term: &[u8]) -> Option<Id> {
        self.layers.iter().find_map(|layer| layer.find(term))
    }

    /// Returns the bytes of a term.
    pub(super) fn term(&self, id: Id) -> Option<&[u8]> {
        let above = self.layers.partition_point(|l| l.first_id() <= id);
        // Layers without terms of their own share their first number with the next layer.
        let layers = self.layers.get(..above)?.iter().rev();
        let layer = layers.into_iter().find(|l| l.terms() > 0)?;
        layer.term(id - layer.first_id())
    }

    /// Says whether the quad is in the set.
    pub(super) fn contains(&self, quad: Ids) -> bool {
        self.scan(quad.map(Some)).next().is_some()
    }

    /// Says whether a layer above `height` takes the quad away.
    fn removed_above(&self, height: usize, quad: Ids) -> bool {
        self.layers
            .iter()
            .skip(height + 1)
            .any(|layer| layer.removed().binary_search(&quad).is_ok())
    }

    /// Returns the quads that match, each once, in an order that suits the pattern.
    pub(super) fn scan(&self, pattern: Pattern) -> Scan<'_> {
        Scan::new(self, pattern, false)
    }

    /// Returns the triples that match in any graph, each once, as quads of the default graph.
    pub(super) fn scan_union(&self, [s, p, o]: [Option<Id>; 3]) -> Scan<'_> {
        Scan::new(self, [s, p, o, None], true)
    }

    /// Returns the numbers of all graphs, the default graph left out.
    pub(super) fn graphs(&self) -> BTreeSet<Id> {
        let mut graphs = BTreeSet::new();
        for layer in &self.layers {
            let mut rest = layer.keys(Order::Gpos);
            while let Some(&[graph, ..]) = rest.first() {
                graphs.insert(graph);
                rest = rest
                    .get(rest.partition_point(|key| key[0] <= graph)..)
                    .unwrap_or_default();
            }
        }
        graphs.retain(|&g| g != DEFAULT_GRAPH && self.has_graph(g));
        graphs
    }

    /// Says whether a graph holds a quad.
    pub(super) fn has_graph(&self, graph: Id) -> bool {
        self.scan([None, None, None, Some(graph)]).next().is_some()
    }
}

/// An iterator over matching quads, merged over the layers.
pub(super) struct Scan<'a> {
    stack: &'a Stack,
    order: Order,
    pattern: Pattern,
    parts: Vec<(usize, &'a [Ids])>,
    /// The graph where it alone is looked for in keys that end with it, and something before it is
    /// not given.
    graph: Option<Id>,
    any_removed: bool,
    union: bool,
    last: Option<[Id; 3]>,
}

impl<'a> Scan<'a> {
    fn new(stack: &'a Stack, pattern: Pattern, union: bool) -> Self {
        let order = match pattern.map(|place| place.is_some()) {
            [true, false, true, _] => Order::Ospg,
            [true, ..] => Order::Spog,
            [_, true, _, true] => Order::Gpos,
            [_, true, ..] => Order::Posg,
            [_, _, true, _] => Order::Ospg,
            [_, _, _, true] => Order::Gpos,
            _ => Order::Spog,
        };
        // The values given, in the order of the key, up to the first that is not.
        let given: Vec<Id> = order
            .places()
            .into_iter()
            .map_while(|place| pattern[place])
            .collect();
        let parts = stack
            .layers
            .iter()
            .enumerate()
            .map(|(height, layer)| {
                let keys = layer.keys(order);
                let prefix = |key: &Ids| given.as_slice().cmp(&key[..given.len()]);
                let start = keys.partition_point(|key| prefix(key).is_gt());
                let rest = keys.get(start..).unwrap_or_default();
                (height, leading(rest, |key| prefix(key).is_ge()))
            })
            .filter(|(_, part)| !part.is_empty())
            .collect();
        let last = order.places()[3];
        Self {
            stack,
            order,
            pattern,
            parts,
            graph: pattern[last].filter(|_| last == 3 && given.len() < 3),
            any_removed: stack.layers.iter().any(|l| !l.removed().is_empty()),
            union,
            last: None,
        }
    }

    /// Takes the least key of all layers.
    fn pop(&mut self) -> Option<(usize, Ids)> {
        let least = match self.parts.as_slice() {
            [] => return None,
            [_] => 0,
            parts => (0..parts.len()).min_by_key(|&part| parts[part].1.first())?,
        };
        let (height, part) = self.parts.get_mut(least)?;
        let (&key, mut rest) = part.split_first()?;
        let height = *height;
        if let Some(graph) = self.graph.filter(|graph| key[3] != *graph) {
            // A name stands in thousands of graphs: on to this one, or to the next triple.
            let is_before =
                |next: &Ids| next[..3] == key[..3] && (key[3] > graph || next[3] < graph);
            rest = rest
                .get(leading(rest, is_before).len()..)
                .unwrap_or_default();
        }
        *part = rest;
        if rest.is_empty() {
            self.parts.swap_remove(least);
        }
        Some((height, key))
    }
}

/// Returns the keys at the front for which `holds`, which is false from some key on. They are few:
/// looking for their end nearby reads fewer pages of a large file than halving the whole.
fn leading(keys: &[Ids], holds: impl Fn(&Ids) -> bool) -> &[Ids] {
    let mut reach = 1;
    while keys.get(reach - 1).is_some_and(&holds) {
        reach *= 2;
    }
    let near = keys.get(..reach).unwrap_or(keys);
    let end = near.partition_point(holds);
    near.get(..end).unwrap_or_default()
}

impl Iterator for Scan<'_> {
    type Item = Ids;

    fn next(&mut self) -> Option<Ids> {
        loop {
            let (height, key) = self.pop()?;
            let quad = self.order.quad(key);
            let fits = self
                .pattern
                .iter()
                .zip(quad)
                .all(|(given, value)| given.is_none_or(|given| given == value));
            if !fits || self.any_removed && self.stack.removed_above(height, quad) {
                continue;
            }
            if !self.union {
                return Some(quad);
            }
            let [s, p, o, _] = quad;
            if self.last != Some([s, p, o]) {
                self.last = Some([s, p, o]);
                return Some([s, p, o, DEFAULT_GRAPH]);
            }
        }
    }
}
