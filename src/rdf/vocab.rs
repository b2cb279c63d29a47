//! The terms of `ontology/` and of the vocabularies it reuses, as constants.
//!
//! One submodule per namespace; a test compares [`cg`] with the Turtle. It never mints data IRIs.

use oxigraph::model::{NamedNode, NamedNodeRef};

use crate::{
    lexicon::outlets::OutletKind,
    mention::{AgentKind, Bound, Certainty, Denies, Layer, Polarity, Speech, Stance, Tense},
};

macro_rules! vocab {
    ($($(#[$doc:meta])* $module:ident = $namespace:literal {
        $($(#[$term_doc:meta])* $name:ident = $local:literal,)*
    })*) => {$(
        $(#[$doc])*
        pub mod $module {
            use oxigraph::model::NamedNodeRef;

            /// The namespace.
            pub const NAMESPACE: &str = $namespace;
            $(
                $(#[$term_doc])*
                pub const $name: NamedNodeRef<'static> =
                    NamedNodeRef::new_unchecked(concat!($namespace, $local));
            )*
            /// All terms above.
            pub const ALL: &[NamedNodeRef<'static>] = &[$($name,)*];
        }
    )*};
}

vocab! {
    /// The terms of claimgraph itself.
    cg = "https://w3id.org/claimgraph/ns#" {
        /// One link of a chain: a source conveys another attribution or a claim.
        ATTRIBUTION = "Attribution",
        /// A relation between two claims with its reason.
        CLAIM_RELATION = "ClaimRelation",
        /// That a cited document is an article, with the reason.
        DOCUMENT_LOCATION = "DocumentLocation",
        /// One occurrence of a claim in a snapshot.
        MENTION = "Mention",
        /// Shared wording of two articles, with its share.
        TEXT_REUSE = "TextReuse",
        /// A document that is cited but not held.
        UNLOCATED_DOCUMENT = "UnlocatedDocument",
        /// A source without a name; it stays inside its article until a person merges it.
        UNNAMED_SOURCE = "UnnamedSource",
        /// The event a mention is about.
        ABOUT = "about",
        /// A passage of the copy that the original does not have.
        ADDED = "added",
        /// To whom it was said.
        ADDRESSEE = "addressee",
        /// What kind of thing a source is.
        AGENT_KIND = "agentKind",
        /// Whether claims were looked for in the text; absent means yes.
        ANALYSED = "analysed",
        /// Whether the text gives the quantity as approximate; absent means no.
        APPROXIMATE = "approximate",
        /// Which way a quantity is bounded, where minimum and maximum do not show it.
        BOUND = "bound",
        /// The authors in the order of the byline, one a line, where there are several.
        BYLINE = "byline",
        /// Length of a snapshot in bytes.
        BYTES = "bytes",
        /// How sure the extractor is, from 0 to 1.
        CONFIDENCE = "confidence",
        /// The file, or the entry of an archive, that holds the record a snapshot was read from.
        CONTAINER = "container",
        /// The span that covers a discontinuous content.
        CONTENT = "content",
        /// Both claims cannot be true.
        CONTRADICTS = "contradicts",
        /// ISO 3166 code of the country an outlet or its owner sits in.
        COUNTRY = "country",
        /// What an attribution passes on.
        CONVEYS = "conveys",
        /// The capture of the copy that was compared.
        COPY_SNAPSHOT = "copySnapshot",
        /// The words that mark an attribution.
        CUE = "cue",
        /// A passage of the original that the copy leaves out.
        CUT = "cut",
        /// What a denial denies.
        DENIES = "denies",
        /// Hops from the outlet, which is 0.
        DEPTH = "depth",
        /// The article carries a denial of the claim.
        DISPUTES = "disputes",
        /// A web domain at which an outlet publishes.
        DOMAIN = "domain",
        /// If the subject is true, so is the object.
        ENTAILS = "entails",
        /// Kind of an event.
        EVENT_KIND = "eventKind",
        /// The words that bear something out.
        EVIDENCE = "evidence",
        /// The claim a mention expresses.
        EXPRESSES = "expresses",
        /// What derived the text from what was read, with its version.
        EXTRACTOR = "extractor",
        /// The snapshot a mention stands in.
        IN_SNAPSHOT = "inSnapshot",
        /// The part of the article a mention stands in; absent means the body.
        LAYER = "layer",
        /// The article that a cited document is.
        LOCATED_AS = "locatedAs",
        /// The claim that a former claim's id forwards to.
        MERGED_INTO = "mergedInto",
        /// Where certainty, polarity or tense differ from certain, positive, non-future.
        MODALITY = "modality",
        /// The capture of the original that was compared.
        ORIGINAL_SNAPSHOT = "originalSnapshot",
        /// What kind of news organisation an outlet is.
        OUTLET_KIND = "outletKind",
        /// Where the paragraphs of the running text stand: first byte and byte behind the last of each.
        PARAGRAPHS = "paragraphs",
        /// Where the article was read from, as the user gave it.
        PATH = "path",
        /// The public or the state pays for the outlet, but it is edited independently by law.
        PUBLIC_SERVICE = "publicService",
        /// A quantity of a mention or claim.
        QUANTITY = "quantity",
        /// What names the record in its container.
        RECORD_ID = "recordId",
        /// The record's place among the items of a list or feed, from 1.
        RECORD_ITEM = "recordItem",
        /// The line at which the record starts, from 1.
        RECORD_LINE = "recordLine",
        /// The byte at which the record starts: in the file where records are packed one by one, else in the unpacked file.
        RECORD_OFFSET = "recordOffset",
        /// Whether pieces of the text stand in another order; absent means no.
        REORDERED = "reordered",
        /// The article carries the claim.
        REPORTS = "reports",
        /// The outermost attribution of a mention's chain, the outlet's.
        ROOT_ATTRIBUTION = "rootAttribution",
        /// Id of the rule or model that found it.
        RULE = "rule",
        /// How strong a relation is, from 0 to 1.
        SCORE = "score",
        /// The sentence or sentences a mention stands in.
        SENTENCE = "sentence",
        /// Articles share passages, such as quotations, and neither is a copy of the other.
        SHARES_PASSAGES_WITH = "sharesPassagesWith",
        /// Articles share their wording, and nothing says which came first.
        SHARES_TEXT_WITH = "sharesTextWith",
        /// A claim that is ascribed to the outlet of a cited document and stands in the article it is.
        SHARED_CLAIM = "sharedClaim",
        /// How many words of the shorter article stand in the other.
        SHARED_WORDS = "sharedWords",
        /// The normal form of the proposition.
        SIGNATURE = "signature",
        /// The least hashes of a text's runs of words, by which reprints are found.
        SKETCH = "sketch",
        /// Who conveys.
        SOURCE = "source",
        /// The words that name the source.
        SOURCE_SPAN = "sourceSpan",
        /// The source is at the far end of a chain that carries the claim.
        SOURCES = "sources",
        /// How the content is rendered; absent means indirect, or own voice without a source.
        SPEECH_MODE = "speechMode",
        /// What the outlet does with the claim.
        STANCE = "stance",
        /// Whether the text is cut or masked; absent means that nothing shows it is not whole.
        STATE = "state",
        /// A state owns the owner, or owns and edits the outlet.
        STATE_RUN = "stateRun",
        /// Other outlets print its copy.
        SYNDICATES = "syndicates",
        /// The article takes its wording, whole or in part, from the other.
        SYNDICATED_FROM = "syndicatedFrom",
        /// The source at the far end of a mention's chain.
        ULTIMATE_SOURCE = "ultimateSource",
        /// The event at which it was said.
        UTTERED_DURING = "utteredDuring",
        /// The same matter with another number, scope or wording.
        VARIANT_OF = "variantOf",
    }
    /// Resource Description Framework.
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
        /// Class of a resource.
        TYPE = "type",
        /// Subject of a reified relation.
        SUBJECT = "subject",
        /// Predicate of a reified relation.
        PREDICATE = "predicate",
        /// Object of a reified relation.
        OBJECT = "object",
    }
    /// RDF Schema.
    rdfs = "http://www.w3.org/2000/01/rdf-schema#" {
        /// A remark; here the reason of a relation.
        COMMENT = "comment",
    }
    /// XML Schema datatypes.
    xsd = "http://www.w3.org/2001/XMLSchema#" {
        /// Exact decimal number.
        DECIMAL = "decimal",
        /// Binary floating point number.
        DOUBLE = "double",
        /// Whole number.
        INTEGER = "integer",
        /// True or false.
        BOOLEAN = "boolean",
        /// Calendar year.
        G_YEAR = "gYear",
        /// Calendar month.
        G_YEAR_MONTH = "gYearMonth",
        /// Calendar day.
        DATE = "date",
        /// Moment.
        DATE_TIME = "dateTime",
        /// Bytes as hexadecimal digits.
        HEX_BINARY = "hexBinary",
        /// Address.
        ANY_URI = "anyURI",
    }
    /// schema.org.
    schema = "https://schema.org/" {
        /// An article.
        NEWS_ARTICLE = "NewsArticle",
        /// The bytes of one capture.
        TEXT_OBJECT = "TextObject",
        /// A work that is a source.
        CREATIVE_WORK = "CreativeWork",
        /// An outlet.
        NEWS_MEDIA_ORGANIZATION = "NewsMediaOrganization",
        /// An institution, company, party or state.
        ORGANIZATION = "Organization",
        /// A person.
        PERSON = "Person",
        /// A proposition.
        CLAIM = "Claim",
        /// A quantity.
        QUANTITATIVE_VALUE = "QuantitativeValue",
        /// That somebody owns something for some time.
        OWNERSHIP_INFO = "OwnershipInfo",
        /// Tag of a language.
        KNOWS_LANGUAGE = "knowsLanguage",
        /// When an ownership began.
        OWNED_FROM = "ownedFrom",
        /// When an ownership ended.
        OWNED_THROUGH = "ownedThrough",
        /// An ownership, from its owner.
        OWNS = "owns",
        /// The owner today.
        PARENT_ORGANIZATION = "parentOrganization",
        /// The same thing elsewhere.
        SAME_AS = "sameAs",
        /// What is owned.
        TYPE_OF_GOOD = "typeOfGood",
        /// Headline.
        HEADLINE = "headline",
        /// Outlet that published it.
        PUBLISHER = "publisher",
        /// Day of publication.
        DATE_PUBLISHED = "datePublished",
        /// Day, and time where it is known, of the last change.
        DATE_MODIFIED = "dateModified",
        /// Language of a text.
        IN_LANGUAGE = "inLanguage",
        /// Address.
        URL = "url",
        /// Author's name.
        AUTHOR = "author",
        /// Section of the outlet.
        ARTICLE_SECTION = "articleSection",
        /// Outlet or agency credited.
        CREDIT_TEXT = "creditText",
        /// SHA-256 in hexadecimal.
        SHA256 = "sha256",
        /// Media type.
        ENCODING_FORMAT = "encodingFormat",
        /// Name or label.
        NAME = "name",
        /// Another name.
        ALTERNATE_NAME = "alternateName",
        /// Role or title.
        JOB_TITLE = "jobTitle",
        /// Wording of a claim.
        TEXT = "text",
        /// Figure of a quantity.
        VALUE = "value",
        /// Least value.
        MIN_VALUE = "minValue",
        /// Greatest value.
        MAX_VALUE = "maxValue",
        /// What is counted or measured.
        UNIT_TEXT = "unitText",
        /// Place, as the text has it.
        LOCATION = "location",
        /// Version of the software.
        SOFTWARE_VERSION = "softwareVersion",
    }
    /// PROV-O.
    prov = "http://www.w3.org/ns/prov#" {
        /// A named graph with provenance.
        BUNDLE = "Bundle",
        /// A run.
        ACTIVITY = "Activity",
        /// An agent.
        AGENT = "Agent",
        /// A program.
        SOFTWARE_AGENT = "SoftwareAgent",
        /// When it was made, or fetched.
        GENERATED_AT_TIME = "generatedAtTime",
        /// The run that made it.
        WAS_GENERATED_BY = "wasGeneratedBy",
        /// What it was made from.
        WAS_DERIVED_FROM = "wasDerivedFrom",
        /// Who was responsible.
        WAS_ASSOCIATED_WITH = "wasAssociatedWith",
        /// What the run read.
        USED = "used",
        /// The work a snapshot is a capture of.
        SPECIALIZATION_OF = "specializationOf",
        /// For whom an agent speaks.
        ACTED_ON_BEHALF_OF = "actedOnBehalfOf",
    }
    /// Web Annotation.
    oa = "http://www.w3.org/ns/oa#" {
        /// A part of a source.
        SPECIFIC_RESOURCE = "SpecificResource",
        /// Selector by bytes.
        DATA_POSITION_SELECTOR = "DataPositionSelector",
        /// Selector by characters.
        TEXT_POSITION_SELECTOR = "TextPositionSelector",
        /// Selector by the words.
        TEXT_QUOTE_SELECTOR = "TextQuoteSelector",
        /// What the part is of.
        HAS_SOURCE = "hasSource",
        /// How the part is found.
        HAS_SELECTOR = "hasSelector",
        /// First position.
        START = "start",
        /// Position behind the last.
        END = "end",
        /// The words.
        EXACT = "exact",
        /// The words before.
        PREFIX = "prefix",
        /// The words behind.
        SUFFIX = "suffix",
    }
    /// CiTO.
    cito = "http://purl.org/spar/cito/" {
        /// A citation.
        CITATION = "Citation",
        /// Who cites.
        HAS_CITING_ENTITY = "hasCitingEntity",
        /// What is cited.
        HAS_CITED_ENTITY = "hasCitedEntity",
        /// In which role.
        HAS_CITATION_CHARACTERIZATION = "hasCitationCharacterization",
        /// As the source of what is said.
        CITES_AS_SOURCE_DOCUMENT = "citesAsSourceDocument",
        /// As what the text is taken from.
        CREDITS = "credits",
        /// As what a hyperlink leads to.
        LINKS_TO = "linksTo",
    }
    /// Simple Event Model.
    sem = "http://semanticweb.cs.vu.nl/2009/11/sem/" {
        /// Something that happened.
        EVENT = "Event",
        /// Who took part.
        HAS_ACTOR = "hasActor",
        /// When.
        HAS_TIME_STAMP = "hasTimeStamp",
    }
    /// GRaSP factuality values.
    grasp = "http://groundedannotationframework.org/grasp/factuality#" {
        /// Likely.
        PROBABLE = "probable",
        /// May be.
        POSSIBLE = "possible",
        /// Cannot be told.
        UNDERSPECIFIED = "underspecified",
        /// Negated.
        NEGATIVE = "negative",
        /// About what is to come.
        FUTURE = "future",
    }
}

/// A closed set of words that stands in `ontology/concepts.ttl` as a SKOS scheme.
pub trait Concept: Copy + 'static {
    /// Local name of the scheme.
    const SCHEME: &'static str;
    /// What stands before the enum's name in the concept's local name.
    const PREFIX: &'static str = "";

    /// Returns all terms.
    fn all() -> &'static [Self];

    /// Returns the name of the term in the enum.
    fn local(self) -> &'static str;

    /// Returns the concept's IRI.
    fn iri(self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{}{}", cg::NAMESPACE, Self::PREFIX, self.local()))
    }

    /// Reads the concept's IRI.
    fn from_iri(iri: &str) -> Option<Self> {
        let local = iri
            .strip_prefix(cg::NAMESPACE)?
            .strip_prefix(Self::PREFIX)?;
        Self::all()
            .iter()
            .copied()
            .find(|term| term.local() == local)
    }
}

macro_rules! concepts {
    ($($name:ident = $scheme:literal $($prefix:literal)?;)*) => {
        $(
            impl Concept for $name {
                const SCHEME: &'static str = $scheme;
                $(const PREFIX: &'static str = $prefix;)?
                fn all() -> &'static [Self] { Self::ALL }
                fn local(self) -> &'static str { self.concept() }
            }
        )*

        /// Returns the local names of all schemes, each with the IRIs of its concepts.
        #[must_use]
        pub fn schemes() -> Vec<(&'static str, Vec<NamedNode>)> {
            vec![$(($scheme, $name::ALL.iter().map(|term| Concept::iri(*term)).collect()),)*]
        }
    };
}

concepts! {
    AgentKind = "agentKinds";
    Bound = "bounds";
    Certainty = "certainties";
    Denies = "denials" "Denies";
    Layer = "layers";
    OutletKind = "outletKinds";
    Polarity = "polarities";
    Speech = "speechModes";
    Stance = "stances";
    Tense = "tenses";
}

/// Returns the GRaSP individual of a certainty that is not the default.
#[must_use]
pub fn grasp_certainty(certainty: Certainty) -> Option<NamedNodeRef<'static>> {
    match certainty {
        Certainty::Certain => None,
        Certainty::Probable => Some(grasp::PROBABLE),
        Certainty::Possible => Some(grasp::POSSIBLE),
        Certainty::Underspecified => Some(grasp::UNDERSPECIFIED),
    }
}

/// Returns the class that a kind of agent has in the graph.
#[must_use]
pub fn agent_class(kind: AgentKind) -> NamedNodeRef<'static> {
    match kind {
        AgentKind::Outlet => schema::NEWS_MEDIA_ORGANIZATION,
        AgentKind::Person => schema::PERSON,
        AgentKind::Organisation => schema::ORGANIZATION,
        AgentKind::Group => prov::AGENT,
        AgentKind::Document => schema::CREATIVE_WORK,
        AgentKind::Unnamed => cg::UNNAMED_SOURCE,
    }
}

/// Prefixes of vocabularies and of named graphs. None may begin another: the serialiser takes
/// whichever fits first.
pub const PREFIXES: [(&str, &str); 14] = [
    ("cg", cg::NAMESPACE),
    ("cito", cito::NAMESPACE),
    ("gaf", "http://groundedannotationframework.org/gaf#"),
    ("graph", crate::id::GRAPH_BASE),
    ("np", "http://www.nanopub.org/nschema#"),
    ("oa", oa::NAMESPACE),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", prov::NAMESPACE),
    ("rdf", rdf::NAMESPACE),
    ("rdfs", rdfs::NAMESPACE),
    ("schema", schema::NAMESPACE),
    ("sem", sem::NAMESPACE),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", xsd::NAMESPACE),
];
