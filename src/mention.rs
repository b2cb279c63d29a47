//! The central record: one occurrence of a claim, with its chain, stance and evidence.
//!
//! The types serialise to the JSON that `mentions --format jsonl` prints; the words are those of
//! the glossary. Nothing here decides anything.

use serde::{Deserialize, Serialize};

use crate::{
    id::{AgentId, ArticleId, ClaimId, DocumentId, EventId, MentionId, SnapshotId},
    lexicon::outlets::Profile,
    sketch::Sketch,
    span::{Passage, Span},
};

mod about;
mod provenance;

pub use about::{About, Hyperlink, State};
pub use provenance::Provenance;

/// Declares a closed set of terms with their names in JSON and, capitalised, in the ontology.
macro_rules! terms {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// All terms, in the order of their definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the word used in JSON and in tables.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// Returns the local name of the concept in `ontology/concepts.ttl`.
            #[must_use]
            pub fn concept(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant),)* }
            }

            /// Reads the word used in JSON.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|term| term.as_str() == word)
            }

            /// Reads the local name of the concept.
            #[must_use]
            pub fn from_concept(concept: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|term| term.concept() == concept)
            }
        }
    )*};
}

terms! {
    /// What the outlet does with the claim in a mention.
    Stance {
        /// States it in its own voice.
        Asserts = "asserts",
        /// Passes it on and vouches for it ("revealed", "pointed out").
        Endorses = "endorses",
        /// Passes it on, attributed, without comment.
        Reports = "reports",
        /// Passes it on at a distance ("alleged", scare quotes).
        Hedges = "hedges",
        /// Carries a denial of it.
        Disputes = "disputes",
        /// Says that it is shown to be false.
        Refutes = "refutes",
        /// Says what is right instead.
        Corrects = "corrects",
        /// Speaks about it without taking a side.
        Discusses = "discusses",
    }
    /// What a denial denies.
    Denies {
        /// The proposition.
        Content = "content",
        /// That it was ever said.
        Attribution = "attribution",
        /// That the event took place.
        Event = "event",
        /// The figure.
        Number = "number",
    }
    /// The part of the article a mention stands in.
    Layer {
        /// The headline.
        Headline = "headline",
        /// The standfirst or the first paragraph.
        Lead = "lead",
        /// The running text.
        Body = "body",
        /// A picture's caption.
        Caption = "caption",
    }
    /// How the content is rendered.
    Speech {
        /// Wholly in quotation marks.
        Direct = "direct",
        /// Wholly in the reporter's words.
        Indirect = "indirect",
        /// In the reporter's words with quoted fragments.
        Mixed = "mixed",
        /// The outlet's own voice: no attribution.
        None = "none",
    }
    /// What kind of thing a source is.
    AgentKind {
        /// A news organisation.
        Outlet = "outlet",
        /// A person.
        Person = "person",
        /// An institution, company, party or state.
        Organisation = "organisation",
        /// Several people named together ("the two leaders", "officials" of a named body).
        Group = "group",
        /// A document ("a draft statement").
        Document = "document",
        /// Somebody the article does not name ("a senior official").
        Unnamed = "unnamed",
    }
    /// How certain the source is.
    Certainty {
        /// Stated as a fact.
        Certain = "certain",
        /// Likely, expected.
        Probable = "probable",
        /// May, might, could.
        Possible = "possible",
        /// Cannot be told.
        Underspecified = "underspecified",
    }
    /// Whether the proposition is negated.
    Polarity {
        /// Not negated.
        Positive = "positive",
        /// Negated.
        Negative = "negative",
    }
    /// Whether the proposition is about the future.
    Tense {
        /// About what is to come.
        Future = "future",
        /// About what is or was.
        NonFuture = "non-future",
    }
    /// Which way a quantity is bounded.
    Bound {
        /// Exactly, or as far as the text says.
        Exact = "exact",
        /// "at least", "more than".
        Min = "min",
        /// "up to", "at most", "fewer than".
        Max = "max",
        /// "between … and …".
        Range = "range",
    }
}

/// The speaker's certainty, polarity and tense, an axis of its own beside the stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modality {
    /// How certain.
    pub certainty: Certainty,
    /// Negated or not.
    pub polarity: Polarity,
    /// Future or not.
    pub tense: Tense,
}

/// A quantity with its bound, as it stands in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The words, for example "up to 175,000 troops".
    pub text: String,
    /// The figure named in the text.
    pub value: f64,
    /// The least value it allows, when it has a lower bound.
    pub min: Option<f64>,
    /// The greatest value it allows, when it has an upper bound.
    pub max: Option<f64>,
    /// What is counted or measured ("troops", "USD", "percent"); empty when the text names nothing.
    pub unit: String,
    /// Which way it is bounded.
    pub bound: Bound,
    /// Whether the text says "about", "some", "nearly", "tens of thousands".
    pub approximate: bool,
    /// Offset of its first byte in the snapshot.
    #[serde(default)]
    pub start: usize,
    /// Offset behind its last byte in the snapshot.
    #[serde(default)]
    pub end: usize,
}

/// How a source is called of which the text says not even a word ("is said to").
pub const NOT_NAMED: &str = "unnamed source";

/// One link of a chain: a source that conveys what the next link says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// 0 for the outlet, one more for each hop towards the origin.
    pub depth: usize,
    /// The source's name, resolved; "unknown" when the article names no outlet.
    pub source: String,
    /// What kind of thing it is.
    pub kind: AgentKind,
    /// The source's id.
    pub id: AgentId,
    /// The source as the text has it; absent at depth 0 and where the source is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<String>,
    /// Where the surface starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// Where the surface ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// The words that mark the attribution ("said", "according to"); absent at depth 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Passage>,
    /// To whom it was said ("told Joe Biden").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<AgentId>,
    /// The event during which it was said ("told him in a call"), where the sentence names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub during: Option<EventId>,
}

impl Link {
    /// Returns the source's surface as a passage.
    #[must_use]
    pub fn surface_passage(&self) -> Option<Passage> {
        Some(Passage {
            text: self.surface.clone()?,
            start: self.start?,
            end: self.end?,
        })
    }
}

/// One occurrence of a claim in a snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Same snapshot, same span, same id.
    pub id: MentionId,
    /// The part of the article it stands in.
    pub layer: Layer,
    /// What is said; covers all parts.
    pub content: Passage,
    /// The pieces of the content, more than one when it is discontinuous.
    pub parts: Vec<Passage>,
    /// The sentence or sentences the content, cue and source stand in.
    pub sentence: Span,
    /// How the content is rendered.
    pub speech: Speech,
    /// The chain, outermost first; the first is always the outlet.
    pub chain: Vec<Link>,
    /// What the outlet does with the claim.
    pub stance: Stance,
    /// What is denied, where the stance is `disputes` or `refutes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denies: Option<Denies>,
    /// The speaker's certainty, polarity and tense.
    pub modality: Modality,
    /// Quantities in the content.
    pub quantities: Vec<Quantity>,
    /// Events the content is about.
    pub events: Vec<EventId>,
    /// The proposition in a normal form that other mentions can be compared with; see
    /// [`crate::claim::signature`].
    #[serde(default)]
    pub signature: String,
    /// How sure the extractor is, from 0 to 1.
    pub confidence: f64,
    /// Id of the rule or model that found it.
    pub rule: String,
}

impl Stance {
    /// Says whether a mention with this stance carries the claim.
    #[must_use]
    pub fn repeats(self) -> bool {
        matches!(
            self,
            Self::Asserts | Self::Endorses | Self::Reports | Self::Hedges
        )
    }

    /// Says whether a mention with this stance denies the claim or carries a denial of it.
    #[must_use]
    pub fn disputes(self) -> bool {
        matches!(self, Self::Disputes | Self::Refutes | Self::Corrects)
    }
}

impl Mention {
    /// Returns the events the claim is about or was uttered during, sorted.
    #[must_use]
    pub fn occasions(&self) -> Vec<&EventId> {
        let during = self.chain.iter().filter_map(|link| link.during.as_ref());
        let mut found: Vec<&EventId> = self.events.iter().chain(during).collect();
        found.sort();
        found.dedup();
        found
    }

    /// Returns the link nearest to the claim.
    #[must_use]
    pub fn last_link(&self) -> Option<&Link> {
        self.chain.last()
    }
}

/// A speaker or outlet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agent {
    /// The agent's id.
    pub id: AgentId,
    /// The fullest name the article gives.
    pub name: String,
    /// What kind of thing it is.
    pub kind: AgentKind,
    /// Other names the article uses.
    pub aliases: Vec<String>,
    /// Role or title ("Kremlin spokesman").
    pub role: Option<String>,
    /// For whom it speaks ("Kremlin" for its spokesman).
    pub represents: Option<AgentId>,
}

/// Something that happened at a time with participants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The event's id.
    pub id: EventId,
    /// Kind from the lexicon ("call", "summit", "attack").
    pub kind: String,
    /// A readable name ("video call, 2021-12-07").
    pub label: String,
    /// The day, when text and publication date give it.
    pub date: Option<jiff::civil::Date>,
    /// Who took part.
    pub participants: Vec<AgentId>,
    /// Where, as the text has it.
    pub place: Option<String>,
    /// The words that name it first.
    pub evidence: Passage,
    /// All words that name it or point back to it, in the order of the text.
    #[serde(default)]
    pub anchors: Vec<Passage>,
}

/// As what a document is cited.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum CitationRole {
    /// As the source of something that is said.
    #[default]
    Source,
    /// As the text that this one is taken from ("Source: Sputnik News").
    Credit,
    /// As what a hyperlink in the text leads to.
    Link,
}

/// A reference from the article to another document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// The cited document's node.
    pub document: DocumentId,
    /// The outlet or body that published or showed it, when named.
    pub publisher: Option<AgentId>,
    /// What it is called ("a draft statement"), when the text says.
    pub title: Option<String>,
    /// As what it is cited.
    #[serde(default)]
    pub role: CitationRole,
    /// Its address, where the words that cite it are linked.
    #[serde(default)]
    pub url: Option<String>,
    /// The words that cite it.
    pub evidence: Passage,
}

/// The work an outlet published, as far as the article says or the user told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The article's id.
    pub id: ArticleId,
    /// Where it was read from, as the user gave it.
    pub path: String,
    /// The outlet's name as the article has it.
    pub outlet: Option<String>,
    /// The outlet's id.
    pub outlet_id: Option<AgentId>,
    /// The day of publication.
    pub published: Option<jiff::civil::Date>,
    /// The headline.
    pub headline: Option<String>,
    /// The address it was published at.
    pub url: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The outlet or agency it credits as its source ("Source: Sputnik News").
    pub credit: Option<String>,
    /// The snapshot that was analysed.
    pub snapshot: SnapshotId,
}

/// An article as answers name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRef {
    /// The article's id.
    pub id: ArticleId,
    /// Where it was read from, as the user gave it.
    pub path: String,
    /// The outlet's name as the article has it.
    pub outlet: Option<String>,
    /// The day of publication.
    pub published: Option<jiff::civil::Date>,
    /// The headline.
    pub headline: Option<String>,
    /// The address it was published at.
    pub url: Option<String>,
}

impl From<&Article> for ArticleRef {
    fn from(article: &Article) -> Self {
        Self {
            id: article.id.clone(),
            path: article.path.clone(),
            outlet: article.outlet.clone(),
            published: article.published,
            headline: article.headline.clone(),
            url: article.url.clone(),
        }
    }
}

/// A claim as a mention names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRef {
    /// The claim's id.
    pub id: ClaimId,
    /// Its label.
    pub label: String,
}

/// A mention with the article and claim it belongs to: one line of `mentions --format jsonl`.
#[derive(Debug, Clone, PartialEq)]
pub struct MentionRecord {
    /// The mention.
    pub mention: Mention,
    /// Its article.
    pub article: Article,
    /// Its claim.
    pub claim: Option<ClaimRef>,
}

/// One line of `mentions --format jsonl`: a mention with its article and claim, without what only
/// other steps need.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of Mention")]
pub struct MentionLine<'a> {
    pub id: &'a MentionId,
    pub article: ArticleRef,
    pub layer: Layer,
    pub content: &'a Passage,
    pub parts: &'a [Passage],
    pub sentence: Span,
    pub speech: Speech,
    pub chain: &'a [Link],
    pub stance: Stance,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denies: Option<Denies>,
    pub modality: Modality,
    pub quantities: &'a [Quantity],
    pub events: &'a [EventId],
    pub claim: Option<&'a ClaimRef>,
    pub confidence: f64,
    pub rule: &'a str,
}

impl<'a> From<&'a MentionRecord> for MentionLine<'a> {
    fn from(record: &'a MentionRecord) -> Self {
        let mention = &record.mention;
        Self {
            id: &mention.id,
            article: ArticleRef::from(&record.article),
            layer: mention.layer,
            content: &mention.content,
            parts: &mention.parts,
            sentence: mention.sentence,
            speech: mention.speech,
            chain: &mention.chain,
            stance: mention.stance,
            denies: mention.denies,
            modality: mention.modality,
            quantities: &mention.quantities,
            events: &mention.events,
            claim: record.claim.as_ref(),
            confidence: mention.confidence,
            rule: &mention.rule,
        }
    }
}

/// Everything found in one article: the result of steps 2 to 5.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// The article.
    pub article: Article,
    /// Length of the snapshot in bytes.
    pub snapshot_bytes: usize,
    /// Media type of what was read, and the SHA-256 of its bytes where they are not the snapshot.
    pub encoding_format: String,
    /// SHA-256 of the bytes as read, when the snapshot is derived from them (HTML).
    pub raw_sha256: Option<String>,
    /// Where in a container it was read from.
    #[serde(default)]
    pub provenance: Option<Provenance>,
    /// Language, state and links of the text.
    #[serde(default)]
    pub about: About,
    /// Mentions, in the order of the text.
    pub mentions: Vec<Mention>,
    /// Speakers and outlets, by id.
    pub agents: Vec<Agent>,
    /// What the registry knows of the outlets among them, by id.
    #[serde(default)]
    pub outlets: Vec<Profile>,
    /// Events, by id.
    pub events: Vec<Event>,
    /// Documents cited, in the order of the text.
    pub citations: Vec<Citation>,
    /// Runs of words of the running text, by which reprints are found.
    #[serde(default)]
    pub sketch: Sketch,
    /// Where the paragraphs of the running text stand.
    #[serde(default)]
    pub paragraphs: Vec<Span>,
}
