//! A pair of propositions as numbers: what a trained model decides by.
//!
//! The numbers depend on the pair alone; those of the left and of the right stand side by side, so
//! that the mirror image of a pair has the mirrored numbers.

use super::{
    feature::{Feature, Features},
    proposition::{Core, Proposition},
    similarity::{self, Overlap, share},
    vector::cosine,
};

/// What is the same from both sides.
const COMMON: usize = 38;
/// What is told of each side.
const SIDE: usize = 16;
/// Numbers of a pair: of both, of the left, of the right.
pub(super) const NUMBERS: usize = COMMON + 2 * SIDE;

/// Returns the numbers of a pair.
pub(super) fn numbers(left: &Proposition, right: &Proposition, known: &Features) -> [f32; NUMBERS] {
    let mut numbers = [0.0; NUMBERS];
    let (a, b) = (&left.core, &right.core);
    let plain = similarity::overlap(a, b, known);
    let bare = similarity::overlap_bare(a, b, known);
    let all = similarity::overlap_all(left, right, known);
    let (figures, times) = (Figures::of(a, b), meeting(&a.times, &b.times));
    let (left_all, right_all) = (&left.direction, &right.direction);
    let [left_core, left_context] = left.directions(known);
    let [right_core, right_context] = right.directions(known);
    let acting = meeting(&a.acting, &b.acting);
    let given = similarity::given_differ(a, b);
    let (around, beside) = (
        Context::of(left, right, known),
        Context::of(right, left, known),
    );
    let subject = cosine(left_context, right_context);
    let common: [f32; COMMON] = [
        cosine(left_core, right_core),
        cosine(left_all, right_all),
        cosine(left_core, right_all).max(cosine(left_all, right_core)),
        plain.left.min(plain.right),
        plain.left.max(plain.right),
        bare.left.min(bare.right),
        bare.left.max(bare.right),
        all.left.min(all.right),
        all.left.max(all.right),
        (plain.shared / 20.0).min(2.0),
        (all.shared / 20.0).min(2.0),
        few(plain.shared_words),
        few(plain.shared_names),
        truth(plain.shared_names == 0 && plain.left_names > 0 && plain.right_names > 0),
        truth(a.negative == b.negative),
        truth(a.negative && b.negative),
        truth(a.prospect == b.prospect),
        truth(plain.opposed),
        truth(a.undoing == b.undoing),
        truth(a.bare == b.bare && a.bare.len() > 1),
        acting.max(0.0),
        (-acting).max(0.0),
        times.max(0.0),
        (-times).max(0.0),
        truth(given),
        figures.agreeing,
        figures.differing,
        figures.excluded,
        truth(a.amounts.is_empty() && b.amounts.is_empty()),
        truth(plain.left >= 0.999 && plain.right >= 0.999),
        truth(!left.context.is_empty() && !right.context.is_empty()),
        subject,
        around.names.min(beside.names),
        around.names.max(beside.names),
        around.words.max(beside.words),
        few(partial(a, b, known)),
        truth(similarity::bare_is_same(a, b, known)),
        truth(similarity::same_figure(a, b, known)),
    ];
    numbers[..COMMON].copy_from_slice(&common);
    let sides = [
        side(left, right, &plain, figures.left_alone, &around, known),
        side(
            right,
            left,
            &plain.mirrored(),
            figures.right_alone,
            &beside,
            known,
        ),
    ];
    numbers[COMMON..].copy_from_slice(sides.as_flattened());
    numbers
}

/// The numbers of one side, seen as the left one.
fn side(
    left: &Proposition,
    right: &Proposition,
    common: &Overlap,
    alone: usize,
    context: &Context,
    known: &Features,
) -> [f32; SIDE] {
    let core = &left.core;
    let untold = core.acting.iter().filter(|id| !told(right, **id)).count();
    [
        common.left,
        few(common.left_names),
        few(common.left_words),
        truth(common.left_veiled),
        covered(core, &right.core, known),
        few(alone),
        truth(core.negative),
        truth(core.future),
        truth(core.possible),
        truth(core.prospect),
        (core.total / 30.0).min(2.0),
        (left.all_total / 40.0).min(2.0),
        truth(left.all.len() > core.content.len() + 2),
        few(context.unexplained),
        context.covered,
        few(untold),
    ]
}

/// Returns the numbers of the mirrored pair.
pub(super) fn mirrored(numbers: &[f32; NUMBERS]) -> [f32; NUMBERS] {
    let mut mirrored = *numbers;
    mirrored[COMMON..COMMON + SIDE].copy_from_slice(&numbers[COMMON + SIDE..]);
    mirrored[COMMON + SIDE..].copy_from_slice(&numbers[COMMON..COMMON + SIDE]);
    mirrored
}

fn truth(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

fn few(count: usize) -> f32 {
    count.min(4) as f32 / 4.0
}

/// 1 where two lists share something, -1 where both say something and share nothing, else 0.
fn meeting(left: &[u32], right: &[u32]) -> f32 {
    match (
        left.is_empty() || right.is_empty(),
        left.iter().any(|id| right.contains(id)),
    ) {
        (true, _) => 0.0,
        (_, true) => 1.0,
        _ => -1.0,
    }
}

/// Says whether a proposition speaks of something, or its article does.
fn told(proposition: &Proposition, id: u32) -> bool {
    proposition.all.binary_search(&id).is_ok() || proposition.context.binary_search(&id).is_ok()
}

/// What the article of the other side tells of a side.
struct Context {
    /// Share of the names of this side's article that are names of the other's.
    names: f32,
    /// Share of the words of this side's article that the other's has.
    words: f32,
    /// Names of the statement that neither the other statement nor its article knows.
    unexplained: usize,
    /// Share of the statement that the other statement or its article tells.
    covered: f32,
}

impl Context {
    fn of(side: &Proposition, other: &Proposition, known: &Features) -> Self {
        let is_name = |id: &&u32| known.get(**id).is_name();
        let shared = |of_names: bool| {
            let (mut part, mut whole) = (0.0, 0.0);
            for id in side.context.iter().filter(|id| is_name(id) == of_names) {
                let weight = known.get(*id).weight;
                whole += weight;
                part += weight * truth(other.context.binary_search(id).is_ok());
            }
            share(part, whole)
        };
        let (mut part, mut whole) = (0.0, 0.0);
        for id in &side.core.content {
            let weight = known.get(*id).weight;
            whole += weight;
            part += weight * truth(told(other, *id));
        }
        let names = side.core.content.iter().filter(is_name);
        Self {
            names: shared(true),
            words: shared(false),
            unexplained: names.filter(|id| !told(other, **id)).count(),
            covered: share(part, whole),
        }
    }
}

/// Counts names of several words of which the other side has some ("Hargen Steel", "Hargen").
pub(super) fn partial(left: &Core, right: &Core, known: &Features) -> usize {
    fn names<'a>(
        from: &'a Core,
        to: &'a Core,
        known: &'a Features,
    ) -> impl Iterator<Item = &'a str> {
        let alone = from
            .content
            .iter()
            .filter(|id| to.content.binary_search(id).is_err());
        alone.filter_map(|id| known.get(*id).text.strip_prefix('@'))
    }
    let meets = |a: &str, b: &str| {
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        long.split('-').any(|word| word == short)
    };
    names(left, right, known)
        .filter(|a| names(right, left, known).any(|b| meets(a, b)))
        .count()
}

/// How near the directions of two propositions are.
pub(super) fn nearness(left: &Proposition, right: &Proposition) -> f32 {
    cosine(&left.direction, &right.direction)
}

/// How much of a side has a counterpart in the other: words that stand only in one count as far
/// as another word is near them.
fn covered(from: &Core, to: &Core, known: &Features) -> f32 {
    let (mut part, mut whole) = (0.0, 0.0);
    for id in &from.content {
        let feature = known.get(*id);
        if feature.is_mark() {
            continue;
        }
        whole += feature.weight;
        let near = if to.content.binary_search(id).is_ok() {
            1.0
        } else {
            let near = |other: &u32| similarity_of(*id, *other, known);
            to.content.iter().map(near).fold(0.0, f32::max)
        };
        part += near * feature.weight;
    }
    share(part, whole)
}

fn similarity_of(one: u32, other: u32, known: &Features) -> f32 {
    likeness(known.get(one), known.get(other))
}

/// How near two features are by themselves.
pub(super) fn likeness(one: &Feature, other: &Feature) -> f32 {
    match (&one.unit, &other.unit) {
        (Some(a), Some(b)) => cosine(a, b),
        _ => 0.0,
    }
}

/// How the figures of two cores stand to each other.
#[derive(Default)]
struct Figures {
    agreeing: f32,
    /// Of one unit, with another value.
    differing: f32,
    /// Of one value, with bounds that exclude each other.
    excluded: f32,
    left_alone: usize,
    right_alone: usize,
}

impl Figures {
    fn of(left: &Core, right: &Core) -> Self {
        let alone = |from: &Core, to: &Core| {
            let amounts = from.amounts.iter().filter(|amount| !amount.is_small());
            amounts
                .filter(|amount| !to.amounts.iter().any(|other| amount.agrees(other)))
                .count()
        };
        let pairs =
            || (left.amounts.iter()).flat_map(|a| right.amounts.iter().map(move |b| (a, b)));
        let agreeing = pairs().filter(|(a, b)| a.agrees(b)).count();
        let excluded = pairs().any(|(a, b)| a.value == b.value && a.comparable(b) && a.excludes(b));
        let (left_alone, right_alone) = (alone(left, right), alone(right, left));
        let differing = left_alone > 0
            && right_alone > 0
            && pairs().any(|(a, b)| a.value != b.value && a.comparable(b));
        Self {
            agreeing: few(agreeing),
            differing: truth(differing),
            excluded: truth(excluded),
            left_alone,
            right_alone,
        }
    }
}
