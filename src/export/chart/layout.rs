//! Places for the nodes of a picture: claims on the left, their sources in columns behind them,
//! and outlets in time, one in a row.
//!
//! Layers after Sugiyama, Tagawa and Toda ("Methods for Visual Understanding of Hierarchical System
//! Structures", 1981): crossings are lessened by sweeps of barycentres; within a layer nodes lie as
//! near to their neighbours as the order allows, which is an isotonic regression. It draws nothing.

use std::collections::BTreeMap;

use crate::export::{
    columns::{Column, is_start},
    network::{EdgeKind, Network, NodeKind},
};

/// Sweeps of the barycentre; more change little on pictures of this size.
const SWEEPS: usize = 12;
/// Sources stand in so many columns at most.
const DEEPEST: usize = 3;

/// Something that takes a place in a layer: a node, or an edge on its way past.
#[derive(Debug, Clone)]
struct Slot {
    key: Option<String>,
    height: f64,
    /// Slots of the layer to the left and to the right that edges join it with.
    left: Vec<usize>,
    right: Vec<usize>,
}

/// Where everything lies: the layer and the middle of each node, and the ways of the edges.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Layer, 0 for claims, and middle.
    pub(super) nodes: BTreeMap<String, (usize, f64)>,
    /// For each edge of the network the middles at which it passes the layers between its ends,
    /// from right to left.
    pub(super) ways: Vec<Vec<(usize, f64)>>,
    /// Layers; the last holds the outlets.
    pub(super) layers: usize,
    pub(super) height: f64,
}

/// Lays a network out; `height` tells how high a node is.
pub(super) fn layout(
    network: &Network,
    columns: &[Column],
    height: &dyn Fn(&str) -> f64,
) -> Layout {
    let depth = depths(network);
    let last = 1 + depth.values().copied().max().unwrap_or_default();
    let layer = |key: &str| depth.get(key).copied().unwrap_or(last);
    let mut layers: Vec<Vec<usize>> = vec![Vec::new(); last + 1];
    let mut slots: Vec<Slot> = Vec::new();
    let mut of_node: BTreeMap<&str, usize> = BTreeMap::new();
    let in_time = columns.iter().flat_map(|column| column.keys.iter());
    let others = network
        .nodes
        .keys()
        .filter(|key| depth.contains_key(key.as_str()));
    for key in in_time.chain(others) {
        of_node.insert(key, slots.len());
        layers[layer(key)].push(slots.len());
        slots.push(Slot {
            key: Some(key.clone()),
            height: height(key),
            left: Vec::new(),
            right: Vec::new(),
        });
    }
    let mut passing: Vec<Vec<usize>> = Vec::new();
    for edge in &network.edges {
        let mut way = Vec::new();
        let ends = (
            of_node.get(edge.from.as_str()),
            of_node.get(edge.to.as_str()),
        );
        if let (Some(&from), Some(&to)) = ends {
            let (right, left) = (layer(&edge.from), layer(&edge.to));
            let mut at = from;
            for between in (left + 1..right).rev() {
                let slot = slots.len();
                slots.push(Slot {
                    key: None,
                    height: 6.0,
                    left: Vec::new(),
                    right: vec![at],
                });
                slots[at].left.push(slot);
                layers[between].push(slot);
                way.push(slot);
                at = slot;
            }
            if left < right {
                slots[at].left.push(to);
                slots[to].right.push(at);
            }
        }
        passing.push(way);
    }
    order(&mut layers, &slots);
    let y = place(&layers, &slots);
    let mut placed = Layout {
        layers: last + 1,
        ..Layout::default()
    };
    for (number, members) in layers.iter().enumerate() {
        for &slot in members {
            placed.height = placed.height.max(y[slot] + slots[slot].height / 2.0);
            if let Some(key) = &slots[slot].key {
                placed.nodes.insert(key.clone(), (number, y[slot]));
            }
        }
    }
    let layer_of: BTreeMap<usize, usize> = (layers.iter().enumerate())
        .flat_map(|(number, members)| members.iter().map(move |&slot| (slot, number)))
        .collect();
    placed.ways = passing
        .into_iter()
        .map(|way| {
            way.into_iter()
                .map(|slot| (layer_of[&slot], y[slot]))
                .collect()
        })
        .collect();
    placed
}

/// Counts for what is not in time how far it is from the claims, along the longest way.
fn depths(network: &Network) -> BTreeMap<&str, usize> {
    let mut depth: BTreeMap<&str, usize> = (network.nodes.iter())
        .filter(|(_, node)| !is_start(node))
        .map(|(key, node)| (key.as_str(), usize::from(node.kind != NodeKind::Claim)))
        .collect();
    // Sources that cite each other in a circle would never end.
    for _ in 0..DEEPEST {
        for edge in &network.edges {
            if matches!(edge.kind, EdgeKind::Relates(_)) {
                continue;
            }
            let ends = (depth.get(edge.from.as_str()), depth.get(edge.to.as_str()));
            if let (Some(&from), Some(&to)) = ends
                && from <= to
                && from < DEEPEST
            {
                depth.insert(&edge.from, (to + 1).min(DEEPEST));
            }
        }
    }
    depth
}

/// Orders each layer by where its neighbours stand.
fn order(layers: &mut [Vec<usize>], slots: &[Slot]) {
    let mut best = layers.to_vec();
    let mut fewest = crossings(layers, slots);
    for sweep in 0..SWEEPS {
        let places = |layers: &[Vec<usize>]| -> BTreeMap<usize, f64> {
            let of_layer = |layer: &Vec<usize>| -> Vec<(usize, f64)> {
                let count = layer.len().max(1) as f64;
                (layer.iter().enumerate())
                    .map(|(place, &slot)| (slot, (place as f64 + 0.5) / count))
                    .collect()
            };
            layers.iter().flat_map(of_layer).collect()
        };
        let leftwards = sweep % 2 == 0;
        let numbers: Vec<usize> = if leftwards {
            (0..layers.len()).rev().collect()
        } else {
            (0..layers.len()).collect()
        };
        for number in numbers {
            let place = places(layers);
            let centre = |slot: usize| {
                let near = if leftwards {
                    &slots[slot].right
                } else {
                    &slots[slot].left
                };
                let near = near.iter().map(|other| place[other]);
                let (count, sum) = near.fold((0, 0.0), |(count, sum), y| (count + 1, sum + y));
                if count == 0 {
                    place[&slot]
                } else {
                    sum / f64::from(count)
                }
            };
            layers[number].sort_by(|&a, &b| centre(a).total_cmp(&centre(b)));
        }
        let found = crossings(layers, slots);
        if found < fewest {
            fewest = found;
            best = layers.to_vec();
        }
    }
    layers.clone_from_slice(&best);
}

fn crossings(layers: &[Vec<usize>], slots: &[Slot]) -> usize {
    let mut count = 0;
    for pair in layers.windows(2) {
        let place: BTreeMap<usize, usize> = (pair[0].iter().enumerate())
            .map(|(place, &slot)| (slot, place))
            .collect();
        let ends: Vec<Vec<usize>> = (pair[1].iter())
            .map(|&slot| {
                slots[slot]
                    .left
                    .iter()
                    .filter_map(|other| place.get(other).copied())
                    .collect()
            })
            .collect();
        for (at, upper) in ends.iter().enumerate() {
            for lower in &ends[at + 1..] {
                let above = |end: &usize| lower.iter().filter(|other| *other < end).count();
                count += upper.iter().map(above).sum::<usize>();
            }
        }
    }
    count
}

/// Gives every slot its middle: the outlets evenly, the others near what they are joined with.
fn place(layers: &[Vec<usize>], slots: &[Slot]) -> Vec<f64> {
    const GAP: f64 = 14.0;
    let apart = |a: usize, b: usize| {
        let gap = if slots[a].key.is_none() && slots[b].key.is_none() {
            2.0
        } else {
            GAP
        };
        f64::midpoint(slots[a].height, slots[b].height) + gap
    };
    let mut y = vec![0.0; slots.len()];
    for layer in layers {
        let mut at = 0.0;
        for (place, &slot) in layer.iter().enumerate() {
            at += if place > 0 {
                apart(layer[place - 1], slot)
            } else {
                0.0
            };
            y[slot] = at;
        }
    }
    let mean = |others: &[usize], y: &[f64]| {
        others.iter().map(|&other| y[other]).sum::<f64>() / others.len() as f64
    };
    for round in 0..4 {
        for layer in layers.iter().rev() {
            let wanted: Vec<f64> = layer
                .iter()
                .map(|&slot| {
                    let Slot { left, right, .. } = &slots[slot];
                    match (left.is_empty(), right.is_empty()) {
                        (_, false) if round == 0 => mean(right, &y),
                        (true, true) => y[slot],
                        (false, true) if round == 0 => y[slot],
                        (true, false) => mean(right, &y),
                        (false, true) => mean(left, &y),
                        (false, false) => f64::midpoint(mean(left, &y), mean(right, &y)),
                    }
                })
                .collect();
            let steps: Vec<f64> = (layer.windows(2))
                .map(|pair| apart(pair[0], pair[1]))
                .collect();
            for (&slot, place) in layer.iter().zip(nearest(&wanted, &steps)) {
                y[slot] = place;
            }
        }
    }
    let top = (0..slots.len()).map(|slot| y[slot] - slots[slot].height / 2.0);
    let top = top.fold(f64::INFINITY, f64::min);
    for place in &mut y {
        *place -= top;
    }
    y
}

/// Finds the places nearest to those wanted, by least squares, that keep these distances: an
/// isotonic regression by pooling adjacent violators, linear in their number.
fn nearest(wanted: &[f64], steps: &[f64]) -> Vec<f64> {
    let mut offset = 0.0;
    // Sum and count of each block of slots that stand as close as they may.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    let mut offsets = Vec::new();
    for (place, want) in wanted.iter().enumerate() {
        offset += if place > 0 { steps[place - 1] } else { 0.0 };
        offsets.push(offset);
        blocks.push((want - offset, 1));
        while let [.., (before, some), (sum, count)] = blocks.as_slice() {
            if before / (*some as f64) <= sum / (*count as f64) {
                break;
            }
            let joined = (before + sum, some + count);
            blocks.truncate(blocks.len() - 2);
            blocks.push(joined);
        }
    }
    let middles = blocks
        .into_iter()
        .flat_map(|(sum, count)| std::iter::repeat_n(sum / count as f64, count));
    middles
        .zip(offsets)
        .map(|(middle, offset)| middle + offset)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::nearest;

    #[test]
    fn slots_move_only_as_far_as_they_must() {
        assert_eq!(nearest(&[0.0, 100.0], &[10.0]), [0.0, 100.0]);
        assert_eq!(nearest(&[50.0, 50.0], &[10.0]), [45.0, 55.0]);
    }

    proptest! {
        #[test]
        fn distances_are_kept(wanted in prop::collection::vec(-500.0_f64..500.0, 1..20), step in 1.0_f64..50.0) {
            let steps = vec![step; wanted.len() - 1];
            let places = nearest(&wanted, &steps);
            prop_assert_eq!(places.len(), wanted.len());
            prop_assert!(places.windows(2).all(|pair| pair[1] - pair[0] > step - 1e-6));
        }
    }
}
