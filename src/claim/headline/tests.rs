//! The learner on pairs of our own, and what holds for any text.

use proptest::prelude::*;

use super::{train::Options, *};

/// Things that headlines tell of.
const THINGS: [&str; 6] = [
    "whale swims in the harbour",
    "baker wins the lottery",
    "bridge closed by a landslide",
    "comet passes over the valley",
    "tiger escapes from the circus",
    "museum loses a golden crown",
];

fn examples() -> Vec<train::Example> {
    let lexicon = Lexicon::shipped();
    let mut examples = Vec::new();
    for (at, thing) in THINGS.iter().enumerate() {
        let other = THINGS[(at + 1) % THINGS.len()];
        let bodies = [
            (
                format!("The {other}. People came to look."),
                Stance::Unrelated,
            ),
            (
                format!("Reportedly the {thing}, sources claimed. It is unclear."),
                Stance::Discuss,
            ),
            (
                format!("The {thing}. The mayor confirmed it in a statement."),
                Stance::Agree,
            ),
            (
                format!("The {thing}, it was told. It was a hoax and false."),
                Stance::Disagree,
            ),
        ];
        for (body, stance) in bodies {
            examples.push(example(thing, &Body::read(&body, lexicon), stance, lexicon));
        }
    }
    examples
}

fn options(seed: u64) -> Options {
    Options {
        epochs: 120,
        seed,
        note: "own pairs".to_owned(),
    }
}

#[test]
fn what_is_learnt_holds_for_a_headline_never_seen() {
    let examples = examples();
    let model = train::train(&examples, &options(1), |_, _| {});
    let lexicon = Lexicon::shipped();
    let judge = |body: &str| {
        let body = Body::read(body, lexicon);
        model
            .judge("farmer finds a giant pumpkin", &body, lexicon)
            .stance
    };
    assert_eq!(
        judge("The queen opened a school. Children sang."),
        Stance::Unrelated
    );
    let refuted = "The farmer finds a giant pumpkin, it was told. It was a hoax and false.";
    assert_eq!(judge(refuted), Stance::Disagree);
    let vouched = "The farmer finds a giant pumpkin. The mayor confirmed it in a statement.";
    assert_eq!(judge(vouched), Stance::Agree);
}

#[test]
fn the_same_pairs_and_seed_give_the_same_bytes() {
    let examples = examples();
    let train = |seed| {
        let options = Options {
            epochs: 2,
            ..options(seed)
        };
        train::train(&examples, &options, |_, _| {}).to_bytes()
    };
    assert_eq!(train(3), train(3));
    assert_ne!(train(3), train(4));
}

#[test]
fn a_model_is_read_back_and_damage_is_noticed() {
    let options = Options {
        epochs: 1,
        ..options(1)
    };
    let model = train::train(&examples(), &options, |_, _| {});
    let mut bytes = model.to_bytes();
    assert_eq!(Model::from_bytes(&bytes).as_ref(), Ok(&model));
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    assert_eq!(Model::from_bytes(&bytes), Err(ModelError::Damaged));
    assert_eq!(Model::from_bytes(&bytes[..9]), Err(ModelError::Damaged));
    assert_eq!(Model::from_bytes(b"something else"), Err(ModelError::Magic));
}

#[test]
fn nothing_to_learn_from_is_no_error() {
    let model = train::train(&[], &options(1), |_, _| {});
    let body = Body::read("", Lexicon::shipped());
    let judged = model.judge("", &body, Lexicon::shipped());
    assert!((judged.probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-5);
}

#[test]
fn the_shipped_model_tells_a_refuted_headline_from_one_of_something_else() {
    let lexicon = Lexicon::shipped();
    let judge = |body: &str| {
        let body = Body::read(body, lexicon);
        let headline = "Giant whale seen in the old canal";
        Model::shipped().judge(headline, &body, lexicon).stance
    };
    let other = "The bakery opens at six on weekdays. It sells rye bread and cakes.";
    assert_eq!(judge(other), Stance::Unrelated);
    let same = "A giant whale was seen in the old canal on Monday. The whale left at night.";
    assert_ne!(judge(same), Stance::Unrelated);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_texts_are_judged_without_a_panic(
        headline in "\\PC{0,80}",
        body in "([A-Za-zé“”\"?!.,0-9 \n]|\\PC){0,200}",
    ) {
        let lexicon = Lexicon::shipped();
        let judged = Model::shipped().judge(&headline, &Body::read(&body, lexicon), lexicon);
        let sum: f32 = judged.probabilities.iter().sum();
        prop_assert!((sum - 1.0).abs() < 1e-4);
    }
}
