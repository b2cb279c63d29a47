//! Who a source is: surnames, roles and pronouns are led back to names inside one article.
//!
//! What cannot be led back stays what the article calls it, scoped to the article.

use crate::{
    attribution::Attribution,
    id::{AgentId, SnapshotId},
    lexicon::{Lexicon, function::Classes},
    mention::{Agent, AgentKind},
    resolve::name::Names,
    span::Span,
    text::{Text, TokenKind},
};

/// Resolves the sources of an article, one entry per attribution, in their order.
pub(super) fn resolve(
    snapshot: &str,
    text: &Text,
    id: &SnapshotId,
    attributions: &[Attribution],
    names: &mut Names,
    lexicon: &Lexicon,
) -> Vec<AgentId> {
    let mut resolved: Vec<AgentId> = Vec::with_capacity(attributions.len());
    // Outer attributions may stand behind inner ones; pronouns need the outer speaker first.
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|&index| {
        (
            attributions[index].sentence,
            depth(attributions, index),
            index,
        )
    });
    let mut known: Vec<Option<AgentId>> = vec![None; attributions.len()];
    for (position, &index) in order.iter().enumerate() {
        let attribution = &attributions[index];
        let agent = match attribution.source {
            None => unknown(id, names),
            Some(source) => {
                let words = Description::new(snapshot, source, lexicon);
                if let Some(pronoun) = words.pronoun() {
                    let earlier = &order[..position];
                    antecedent(
                        &pronoun,
                        text,
                        attributions,
                        index,
                        earlier,
                        &known,
                        names,
                        lexicon,
                    )
                    .unwrap_or_else(|| described(&words, id, names, lexicon))
                } else {
                    let earlier = &order[..position];
                    issuer(snapshot, &words, attributions, index, &known)
                        .or_else(|| {
                            named_before(&words, attributions, index, earlier, &known, names)
                        })
                        .unwrap_or_else(|| described(&words, id, names, lexicon))
                }
            }
        };
        known[index] = Some(agent);
    }
    for agent in known {
        resolved.push(agent.unwrap_or_else(|| unknown(id, names)));
    }
    resolved
}

/// "The White House said in a statement … According to the statement": the issuer speaks on.
fn issuer(
    snapshot: &str,
    description: &Description<'_>,
    attributions: &[Attribution],
    index: usize,
    known: &[Option<AgentId>],
) -> Option<AgentId> {
    let [article, noun] = description.words.as_slice() else {
        return None;
    };
    if !article.eq_ignore_ascii_case("the")
        || !description
            .lexicon
            .roles
            .documents
            .contains(&noun.to_lowercase())
    {
        return None;
    }
    attributions[..index]
        .iter()
        .enumerate()
        .rev()
        .find_map(|(other, attribution)| {
            let near = attribution.paragraph + 3 > attributions[index].paragraph;
            let cue = attribution.cue.filter(|_| near)?;
            let behind = snapshot.get(cue.end..attribution.content_span().start)?;
            let issued = behind.contains(&format!("in a {noun}"))
                || behind.contains(&format!("in an {noun}"));
            issued.then(|| known[other].clone()).flatten()
        })
}

/// Resolves words that name somebody outside an attribution's source, such as a hearer.
pub(super) fn resolve_words(
    snapshot: &str,
    span: Span,
    id: &SnapshotId,
    names: &mut Names,
    lexicon: &Lexicon,
) -> Option<AgentId> {
    let words = Description::new(snapshot, span, lexicon);
    if words.pronoun().is_some() {
        return None;
    }
    Some(described(&words, id, names, lexicon))
}

fn depth(attributions: &[Attribution], index: usize) -> usize {
    let mut depth = 0;
    let mut at = index;
    while let Some(outer) = attributions[at].outer.filter(|_| depth < 16) {
        depth += 1;
        at = outer;
    }
    depth
}

/// The agent of attributions that leave their source out ("is said to").
fn unknown(id: &SnapshotId, names: &mut Names) -> AgentId {
    names.register(
        "unnamed source",
        AgentKind::Unnamed,
        AgentId::unnamed(id, "source"),
    )
}

/// "U.S" and "US" are one word; the stop behind is no token of a name.
fn spelled(word: &str) -> &str {
    match word {
        "U.S" => "US",
        "U.K" => "UK",
        "U.N" => "UN",
        "E.U" => "EU",
        word => word,
    }
}

/// The words of a source, split.
struct Description<'a> {
    words: Vec<&'a str>,
    lexicon: &'a Lexicon,
}

impl<'a> Description<'a> {
    fn new(snapshot: &'a str, span: Span, lexicon: &'a Lexicon) -> Self {
        let words = crate::text::tokens(snapshot, span)
            .into_iter()
            .filter(|token| token.kind != TokenKind::Punctuation || token.span.of(snapshot) == ",")
            .map(|token| spelled(token.span.of(snapshot)))
            .collect();
        Self { words, lexicon }
    }

    /// "the official", "that minister": a definite description and its last word, lower case.
    fn definite(&self) -> Option<String> {
        let [first, .., last] = self.words.as_slice() else {
            return None;
        };
        let definite = matches!(first.to_lowercase().as_str(), "the" | "that" | "this");
        (definite && self.words.len() <= 3).then(|| last.to_lowercase())
    }

    fn pronoun(&self) -> Option<String> {
        let [word] = self.words.as_slice() else {
            return None;
        };
        let lower = word.to_lowercase();
        let acronym = word.len() > 1 && word.chars().all(char::is_uppercase);
        (!acronym && self.lexicon.functions.classes(&lower).any(Classes::PRONOUN)).then_some(lower)
    }

    /// The words before an apposition, without articles and titles.
    fn head(&self) -> Vec<&'a str> {
        let end = self
            .words
            .iter()
            .position(|word| *word == ",")
            .unwrap_or(self.words.len());
        self.words[..end].to_vec()
    }
}

/// "the official", "the minister": the last speaker before whom the article calls so.
fn named_before(
    description: &Description<'_>,
    attributions: &[Attribution],
    index: usize,
    earlier: &[usize],
    known: &[Option<AgentId>],
    names: &Names,
) -> Option<AgentId> {
    let head = description.definite()?;
    if !description.lexicon.roles.persons.contains(&head) {
        return None;
    }
    if description.words.len() != 2 {
        return None;
    }
    let attribution = &attributions[index];
    let stem = role_stem(&head);
    let called = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .any(|word| role_stem(&word.to_lowercase()) == stem)
    };
    let speakers = || {
        earlier
            .iter()
            .rev()
            .filter(|&&other| attributions[other].paragraph + 3 > attribution.paragraph)
            .filter_map(|&other| Some((other, names.agents.get(known[other].as_ref()?)?)))
            .filter(|(_, agent)| {
                attribution.outer.and_then(|outer| known[outer].as_ref()) != Some(&agent.id)
            })
    };
    let has_role = |agent: &Agent, fits: &dyn Fn(&str) -> bool| {
        names
            .roles
            .iter()
            .any(|(role, who)| *who == agent.id && fits(role))
    };
    speakers()
        .find(|(_, agent)| match agent.kind {
            AgentKind::Unnamed => called(&agent.name),
            AgentKind::Person => has_role(agent, &called),
            _ => false,
        })
        .or_else(|| {
            // Any person with an office may be called "the official" where no other is.
            speakers().find(|(other, agent)| {
                head == "official"
                    && attributions[*other].outer.is_none()
                    && agent.kind == AgentKind::Person
                    && has_role(agent, &|_| true)
            })
        })
        .map(|(_, agent)| agent.id.clone())
}

/// Leads a pronoun back to the nearest fitting source.
fn antecedent(
    pronoun: &str,
    text: &Text,
    attributions: &[Attribution],
    index: usize,
    earlier: &[usize],
    known: &[Option<AgentId>],
    names: &Names,
    lexicon: &Lexicon,
) -> Option<AgentId> {
    let attribution = &attributions[index];
    let outer = attribution.outer.and_then(|outer| known[outer].clone());
    let start = attribution.source?.start;
    let fits = |agent: &Agent| match pronoun {
        "he" | "she" | "him" | "her" => {
            agent.kind == AgentKind::Person
                && gender_fits(agent, pronoun == "he" || pronoun == "him", lexicon)
        }
        "they" | "them" => matches!(
            agent.kind,
            AgentKind::Group | AgentKind::Organisation | AgentKind::Unnamed
        ),
        "it" => matches!(
            agent.kind,
            AgentKind::Organisation | AgentKind::Outlet | AgentKind::Document
        ),
        _ => false,
    };
    if matches!(pronoun, "i" | "we" | "me" | "us" | "who") {
        return None;
    }
    // A speaker inside another's statement is not that speaker, unless nobody else was named.
    let candidates = earlier
        .iter()
        .rev()
        .filter(|&&other| attributions[other].cover().start < start)
        .filter(|&&other| attributions[other].paragraph + 3 > attribution.paragraph)
        .filter_map(|&other| Some((other, known[other].as_ref()?)));
    let mut nested = None;
    for (other, id) in candidates {
        let Some(agent) = names.agents.get(id) else {
            continue;
        };
        if !fits(agent) || Some(id) == outer.as_ref() {
            continue;
        }
        let same_level = speaker_level(attributions, other, known, names)
            == speaker_level(attributions, index, known, names);
        if same_level {
            let nearer = subject_between(text, attributions, other, index, names, &fits);
            return Some(nearer.unwrap_or_else(|| id.clone()));
        }
        nested = nested.or_else(|| Some(id.clone()));
    }
    nested.or_else(|| {
        names
            .occurrences
            .iter()
            .rev()
            .filter(|(span, _)| span.end <= start && start - span.end < 400)
            .map(|(_, id)| id)
            .find(|id| {
                names.agents.get(*id).is_some_and(|agent| fits(agent))
                    && Some(*id) != outer.as_ref()
            })
            .cloned()
    })
}

/// "Ms Ode again appealed for calm. “…,” she said": the person whom a sentence between two
/// attributions starts with, in the paragraph of the later one.
fn subject_between(
    text: &Text,
    attributions: &[Attribution],
    earlier: usize,
    index: usize,
    names: &Names,
    fits: &dyn Fn(&Agent) -> bool,
) -> Option<AgentId> {
    let attribution = &attributions[index];
    let content = attribution.content_span();
    let paragraph = text.paragraphs.get(attribution.paragraph)?;
    let first = paragraph
        .sentences
        .start
        .max(attributions[earlier].sentence + 1);
    (first..attribution.sentence)
        .rev()
        .map(|sentence| text.sentences[sentence].span)
        .filter(|span| !span.overlaps(content))
        .find_map(|sentence| {
            let at = names
                .occurrences
                .partition_point(|(span, _)| span.start < sentence.start);
            names.occurrences[at..]
                .iter()
                .take_while(|(span, _)| {
                    span.start - sentence.start < 60 && span.end <= sentence.end
                })
                .map(|(_, id)| id)
                .find(|id| names.agents.get(*id).is_some_and(fits))
                .cloned()
        })
}

/// Counts the speakers outside an attribution; relaying outlets are none.
fn speaker_level(
    attributions: &[Attribution],
    index: usize,
    known: &[Option<AgentId>],
    names: &Names,
) -> usize {
    let mut level = 0;
    let mut at = attributions[index].outer;
    while let Some(outer) = at.filter(|_| level < 16) {
        let agent = known[outer].as_ref().and_then(|id| names.agents.get(id));
        if agent.is_none_or(|agent| agent.kind != AgentKind::Outlet) {
            level += 1;
        }
        at = attributions[outer].outer;
    }
    level
}

fn gender_fits(agent: &Agent, male: bool, lexicon: &Lexicon) -> bool {
    let role = agent.role.as_deref().unwrap_or_default().to_lowercase();
    let other = if male {
        &lexicon.roles.female
    } else {
        &lexicon.roles.male
    };
    !role.split_whitespace().any(|word| other.contains(word))
}

/// Finds or makes the agent that some words describe.
fn described(
    description: &Description<'_>,
    id: &SnapshotId,
    names: &mut Names,
    lexicon: &Lexicon,
) -> AgentId {
    let head = description.head();
    if let Some(person) = named_person(&head, names, lexicon) {
        return person;
    }
    // "The bank's analyst, Vera Polk": the name stands behind the function.
    let apposition: Vec<&str> = description
        .words
        .iter()
        .skip(head.len() + 1)
        .copied()
        .take_while(|word| *word != ",")
        .collect();
    if !apposition.is_empty()
        && apposition.iter().all(|word| is_capital(word))
        && let Some(person) = named_person(&apposition, names, lexicon)
    {
        names.add_role(&join(&without_articles(&head, lexicon)), &person);
        return person;
    }
    if let Some(outlet) = outlet(&head, lexicon) {
        let (name, id) = outlet;
        return names.register(&name, AgentKind::Outlet, id);
    }
    let plain = without_articles(&head, lexicon);
    if outlet_by_form(&plain, lexicon) {
        let name = join(&plain);
        return names.register(&name, AgentKind::Outlet, AgentId::named(&name));
    }
    if let Some(organisation) = known_organisation(&head, names) {
        return organisation;
    }
    if let Some(document) = known_document(&head, &plain, names, lexicon) {
        return document;
    }
    if let Some(person) = by_role(&plain, names, lexicon) {
        return person;
    }
    let name = join(&plain);
    let kind = kind(&head, &plain, lexicon);
    let scoped = matches!(kind, AgentKind::Unnamed | AgentKind::Document)
        || (kind == AgentKind::Group && !is_capital(plain.last().copied().unwrap_or_default()));
    let name = if name.is_empty() { join(&head) } else { name };
    let agent = if scoped {
        AgentId::unnamed(id, &name)
    } else {
        AgentId::named(&name)
    };
    let agent = names.register(&name, kind, agent);
    represented(&agent, &plain, names, lexicon);
    agent
}

/// "Kremlin spokesman Dmitry Peskov", "Peskov", "Mr Putin", "Russia's president Vladimir Putin".
fn named_person(head: &[&str], names: &mut Names, lexicon: &Lexicon) -> Option<AgentId> {
    let end = head
        .iter()
        .position(|word| {
            let lower = word.to_lowercase();
            !is_capital(word) && lexicon.functions.classes(&lower).any(Classes::PREPOSITION)
        })
        .unwrap_or(head.len());
    let run: Vec<&str> = head[..end]
        .iter()
        .rev()
        .take_while(|word| is_capital(word) && !is_role(word, lexicon))
        .copied()
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    if run.is_empty()
        || head
            .get(end.wrapping_sub(run.len() + 1))
            .is_some_and(|word| word.to_lowercase() == "the" && run.len() == 1)
    {
        return None;
    }
    let person = names.person(&run).cloned().or_else(|| {
        (run.len() > 1)
            .then(|| names.person(&run[run.len() - 1..]).cloned())
            .flatten()
            .filter(|id| {
                // "Russia’s Vladimir Putin": the last two words are the name.
                names.agents.get(id).is_some_and(|agent| {
                    let name: Vec<&str> = agent.name.split_whitespace().collect();
                    run.ends_with(&name)
                })
            })
    })?;
    let before = &head[..end - run.len()];
    if before
        .iter()
        .any(|word| lexicon.roles.persons.contains(&word.to_lowercase()))
    {
        let role = join(&without_articles(before, lexicon));
        names.add_role(&role, &person);
    }
    represented(&person, &without_articles(before, lexicon), names, lexicon);
    Some(person)
}

/// Notes for whom a spokesperson speaks: "Kremlin" for "Kremlin spokesman".
fn represented(agent: &AgentId, words: &[&str], names: &mut Names, lexicon: &Lexicon) {
    let Some(at) = words
        .iter()
        .position(|word| lexicon.roles.spokespersons.contains(&word.to_lowercase()))
    else {
        return;
    };
    let before: Vec<&str> = words[..at]
        .iter()
        .copied()
        .filter(|word| is_capital(word) && !matches!(*word, "'s" | "’s"))
        .collect();
    if before.is_empty() {
        return;
    }
    let name = join(&before);
    let represented = match names.person(&before).cloned() {
        Some(person) => person,
        None => names.register(&name, AgentKind::Organisation, AgentId::named(&name)),
    };
    if represented == *agent {
        return;
    }
    if let Some(agent) = names.agents.get_mut(agent) {
        agent.represents.get_or_insert(represented);
    }
}

fn outlet(head: &[&str], lexicon: &Lexicon) -> Option<(String, AgentId)> {
    let name = join(head);
    let plain = join(&without_articles(head, lexicon));
    let found = lexicon
        .outlets
        .find(&name)
        .or_else(|| lexicon.outlets.find(&plain))
        .or_else(|| {
            // "the Russian state-run news agency Sputnik News"
            (1..head.len())
                .filter(|&at| is_capital(head[at]))
                .find_map(|at| {
                    let rest = join(&head[at..]);
                    let described = head[..at].iter().any(|word| {
                        matches!(
                            word.to_lowercase().as_str(),
                            "agency"
                                | "newspaper"
                                | "broadcaster"
                                | "channel"
                                | "outlet"
                                | "tabloid"
                                | "magazine"
                                | "daily"
                                | "website"
                                | "network"
                                | "station"
                                | "site"
                                | "weekly"
                                | "paper"
                                | "service"
                        )
                    });
                    if described {
                        lexicon.outlets.find(&rest)
                    } else {
                        None
                    }
                })
        })?;
    Some((found.name.clone(), AgentId::named(&found.name)))
}

/// "Radio Lund", "the Valley Times": a name in the form of an outlet's.
fn outlet_by_form(plain: &[&str], lexicon: &Lexicon) -> bool {
    plain.len() > 1
        && plain.iter().all(|word| is_capital(word))
        && [plain.first(), plain.last()]
            .into_iter()
            .flatten()
            .any(|word| lexicon.roles.outlet_words.contains(&word.to_lowercase()))
}

/// "the Kremlin spokesman", "the US president", "Putin's aide": a person known by that role.
fn by_role(plain: &[&str], names: &Names, lexicon: &Lexicon) -> Option<AgentId> {
    let words: Vec<String> = plain.iter().map(|word| word.to_lowercase()).collect();
    let head_at = words
        .iter()
        .position(|word| lexicon.roles.persons.contains(word))?;
    if words[head_at].ends_with('s') || plain.len() > 6 {
        return None;
    }
    let head = role_stem(&words[head_at]);
    let modifiers: Vec<&String> = words
        .iter()
        .enumerate()
        .filter(|(at, w)| {
            *at != head_at && w.len() > 1 && !matches!(w.as_str(), "'s" | "’s" | "of" | "the")
        })
        .map(|(_, w)| w)
        .collect();
    let mut fitting: Vec<&AgentId> = names
        .roles
        .iter()
        .filter(|(role, _)| {
            let role: Vec<&str> = role.split(|c: char| !c.is_alphanumeric()).collect();
            role.iter().any(|word| role_stem(word) == head)
                && modifiers
                    .iter()
                    .all(|modifier| role.iter().any(|word| akin(word, modifier)))
        })
        .map(|(_, id)| id)
        .collect();
    fitting.sort();
    fitting.dedup();
    match fitting.as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    }
}

/// "the ministry" after "the Environment Ministry": the one organisation that is called so.
fn known_organisation(head: &[&str], names: &Names) -> Option<AgentId> {
    let [article, noun] = head else { return None };
    if !article.eq_ignore_ascii_case("the") {
        return None;
    }
    let noun = noun.to_lowercase();
    let mut fitting = names.agents.values().filter(|agent| {
        agent.kind == AgentKind::Organisation
            && agent.name.contains(' ')
            && agent.name.to_lowercase().split_whitespace().last() == Some(noun.as_str())
    });
    let first = fitting.next()?;
    fitting.next().is_none().then(|| first.id.clone())
}

/// "the draft" after "a draft statement": the one document of the article that is called so.
fn known_document(
    head: &[&str],
    plain: &[&str],
    names: &Names,
    lexicon: &Lexicon,
) -> Option<AgentId> {
    let [noun] = plain else { return None };
    let noun = noun.to_lowercase();
    let definite = head
        .first()
        .is_some_and(|word| word.eq_ignore_ascii_case("the"));
    if !definite || !lexicon.roles.documents.contains(&noun) {
        return None;
    }
    let mut fitting = names.agents.values().filter(|agent| {
        agent.kind == AgentKind::Document
            && agent
                .name
                .split_whitespace()
                .any(|word| word.to_lowercase() == noun)
    });
    let first = fitting.next()?;
    fitting.next().is_none().then(|| first.id.clone())
}

/// "spokesman", "spokeswoman" and "spokesperson" are one role.
fn role_stem(word: &str) -> String {
    word.trim_end_matches("woman")
        .trim_end_matches("person")
        .trim_end_matches("man")
        .to_owned()
}

/// "Russia" and "Russian", "US" and "American" modify a role alike.
fn akin(one: &str, other: &str) -> bool {
    let american = |word: &str| matches!(word, "us" | "u.s" | "usa" | "american" | "america");
    one == other
        || (american(one) && american(other))
        || (one.len() > 4 && other.len() > 4 && one.chars().take(5).eq(other.chars().take(5)))
}

fn kind(head: &[&str], plain: &[&str], lexicon: &Lexicon) -> AgentKind {
    let lower: Vec<String> = plain.iter().map(|word| word.to_lowercase()).collect();
    // The head noun stands before the first preposition.
    let end = plain
        .iter()
        .enumerate()
        .skip(1)
        .find(|(at, word)| {
            !is_capital(word)
                && lexicon
                    .functions
                    .classes(&lower[*at])
                    .any(Classes::PREPOSITION)
        })
        .map_or(plain.len(), |(at, _)| at);
    let Some(last) = lower.get(end.wrapping_sub(1)) else {
        return AgentKind::Unnamed;
    };
    let name = lower[..end].join(" ");
    let capital = plain.get(end - 1).is_some_and(|word| is_capital(word));
    let roles = &lexicon.roles;
    if roles.documents.contains(last) && !capital {
        AgentKind::Document
    } else if roles.organisations.contains(&name) || roles.organisations.contains(last) {
        AgentKind::Organisation
    } else if roles.unnamed.contains(last) {
        AgentKind::Unnamed
    } else if roles.groups.contains(last)
        || head.first().is_some_and(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "both" | "two" | "many" | "several"
            )
        })
        || plain.contains(&"and")
    {
        AgentKind::Group
    } else if roles.persons.contains(last) {
        AgentKind::Unnamed
    } else if capital {
        let acronym = plain[end - 1].chars().filter(|c| c.is_uppercase()).count() > 1;
        if acronym || plain.len() > 3 {
            AgentKind::Organisation
        } else if plain.len() > 1 {
            AgentKind::Person
        } else {
            AgentKind::Organisation
        }
    } else if last.ends_with('s') {
        AgentKind::Group
    } else {
        AgentKind::Unnamed
    }
}

fn without_articles<'a>(words: &[&'a str], lexicon: &Lexicon) -> Vec<&'a str> {
    let mut plain: Vec<&str> = words
        .iter()
        .copied()
        .skip_while(|word| {
            let lower = word.to_lowercase();
            let acronym = word.len() > 1 && word.chars().all(char::is_uppercase);
            !acronym
                && (matches!(
                    lower.as_str(),
                    "the"
                        | "a"
                        | "an"
                        | "this"
                        | "that"
                        | "our"
                        | "his"
                        | "her"
                        | "its"
                        | "their"
                        | "some"
                        | "and"
                        | "but"
                ) || lexicon.functions.classes(&lower).any(Classes::ADVERB))
        })
        .collect();
    if let Some(first) = plain.first()
        && plain.len() > 1
        && matches!(
            first.to_lowercase().as_str(),
            "mr" | "mrs" | "ms" | "miss" | "dr"
        )
    {
        plain.remove(0);
    }
    plain
}

fn join(words: &[&str]) -> String {
    words
        .join(" ")
        .replace(" ’s", "’s")
        .replace(" 's", "'s")
        .replace(" ,", ",")
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_role(word: &str, lexicon: &Lexicon) -> bool {
    let lower = word.to_lowercase();
    lexicon.roles.persons.contains(&lower)
        || lexicon.roles.titles.contains(&lower)
        || matches!(word, "'s" | "’s")
}
