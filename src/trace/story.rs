//! Small hand-made stories for the tests of trace and export.

use crate::{
    claim::{Claim, RelationKind},
    id::{AgentId, ArticleId, ClaimId, MentionId, SnapshotId},
    lexicon::Lexicon,
    mention::{
        AgentKind, Article, Certainty, ClaimRef, Denies, Layer, Link, Mention, MentionRecord,
        Modality, Polarity, Speech, Stance, Tense,
    },
    resolve::quantity,
    span::{Passage, Span},
    trace::{Facts, Opposition, Related, Relative, TracedRef},
};

/// A mention under construction.
pub(crate) struct Telling(MentionRecord);

/// Starts a mention of `claim` in an article of `outlet` ("" is unknown) on a day ("" is unknown).
pub(crate) fn tell(claim: &str, outlet: &str, date: &str, stance: Stance, quote: &str) -> Telling {
    let known = (!outlet.is_empty()).then(|| outlet.to_owned());
    let path = format!("articles/{}-{date}.txt", crate::id::slug(outlet));
    let snapshot = SnapshotId::of(&path);
    let span = Span::new(100, 100 + quote.len());
    let article = Article {
        id: ArticleId::from_local(crate::id::slug(&path)),
        path,
        outlet: known.clone(),
        outlet_id: known.as_deref().map(AgentId::named),
        published: date.parse().ok(),
        headline: None,
        url: None,
        authors: Vec::new(),
        credit: None,
        snapshot: snapshot.clone(),
    };
    let mention = Mention {
        id: MentionId::new(&snapshot, span),
        layer: Layer::Body,
        content: Passage {
            text: quote.to_owned(),
            start: span.start,
            end: span.end,
        },
        parts: Vec::new(),
        sentence: span,
        speech: Speech::None,
        chain: Vec::new(),
        stance,
        denies: None,
        modality: Modality {
            certainty: Certainty::Certain,
            polarity: Polarity::Positive,
            tense: Tense::NonFuture,
        },
        quantities: Vec::new(),
        events: Vec::new(),
        signature: String::new(),
        confidence: 0.9,
        rule: "test".to_owned(),
    };
    let telling = Telling(MentionRecord {
        mention,
        article,
        claim: Some(ClaimRef {
            id: ClaimId::from_local(claim),
            label: claim.to_owned(),
        }),
    });
    telling.link(
        known.as_deref().unwrap_or("unknown"),
        AgentKind::Outlet,
        None,
    )
}

impl Telling {
    fn link(mut self, source: &str, kind: AgentKind, cue: Option<&str>) -> Self {
        let chain = &mut self.0.mention.chain;
        let id = if kind == AgentKind::Unnamed {
            AgentId::unnamed(&self.0.article.snapshot, source)
        } else {
            AgentId::named(source)
        };
        chain.push(Link {
            depth: chain.len(),
            source: source.to_owned(),
            kind,
            id,
            surface: None,
            start: None,
            end: None,
            cue: cue.map(|cue| Passage {
                text: cue.to_owned(),
                start: 0,
                end: cue.len(),
            }),
            addressee: None,
            during: None,
        });
        self
    }

    /// Adds a person to the chain.
    pub(crate) fn person(self, name: &str, cue: &str) -> Self {
        self.link(name, AgentKind::Person, Some(cue))
    }

    /// Adds an outlet to the chain.
    pub(crate) fn cites(self, outlet: &str, cue: &str) -> Self {
        self.link(outlet, AgentKind::Outlet, Some(cue))
    }

    /// Adds a source of any kind to the chain.
    pub(crate) fn says(self, kind: AgentKind, name: &str, cue: &str) -> Self {
        self.link(name, kind, Some(cue))
    }

    /// Sets the outlet that the article credits.
    pub(crate) fn credit(mut self, outlet: &str) -> Self {
        self.0.article.credit = Some(outlet.to_owned());
        self
    }

    /// Sets where the quotation stands.
    pub(crate) fn at(mut self, start: usize) -> Self {
        let content = &mut self.0.mention.content;
        content.start = start;
        content.end = start + content.text.len();
        self.0.mention.id = MentionId::new(&self.0.article.snapshot, content.span());
        self
    }

    /// Sets what is denied.
    pub(crate) fn denies(mut self, denies: Denies) -> Self {
        self.0.mention.denies = Some(denies);
        self
    }

    /// Reads the quantities of the quotation.
    pub(crate) fn figures(mut self) -> Self {
        let content = &self.0.mention.content;
        let whole = Span::new(0, content.text.len());
        let mut found = quantity::quantities(&content.text, whole, Lexicon::shipped());
        for quantity in &mut found {
            quantity.start += content.start;
            quantity.end += content.start;
        }
        self.0.mention.quantities = found;
        self
    }

    /// Sets the speaker's certainty and tense.
    pub(crate) fn modal(mut self, certainty: Certainty, tense: Tense) -> Self {
        self.0.mention.modality.certainty = certainty;
        self.0.mention.modality.tense = tense;
        self
    }

    /// Sets headline and address.
    pub(crate) fn headline(mut self, headline: &str, url: &str) -> Self {
        self.0.article.headline = Some(headline.to_owned());
        self.0.article.url = Some(url.to_owned());
        self
    }

    /// Returns the record.
    pub(crate) fn done(self) -> MentionRecord {
        self.0
    }
}

/// Makes the facts of a claim from its mentions.
pub(crate) fn facts(claim: &str, tellings: Vec<Telling>) -> Facts {
    let records: Vec<MentionRecord> = tellings.into_iter().map(Telling::done).collect();
    Facts {
        query: claim.to_owned(),
        matched: 1.0,
        claim: Claim {
            id: ClaimId::from_local(claim),
            label: claim.to_owned(),
            text: claim.to_owned(),
            quantities: Vec::new(),
            mentions: records
                .iter()
                .map(|record| record.mention.id.clone())
                .collect(),
            forwards: Vec::new(),
        },
        records,
        oppositions: Vec::new(),
        related: Vec::new(),
        family: Vec::new(),
        passages: std::collections::BTreeMap::new(),
        copies: Vec::new(),
        reprints: std::collections::BTreeSet::new(),
        affiliations: Vec::new(),
        covered: Vec::new(),
        days: crate::reliance::DAYS,
    }
}

impl Facts {
    /// Adds a claim through which this one is disputed.
    pub(crate) fn opposed(
        mut self,
        claim: &str,
        contradicts: bool,
        tellings: Vec<Telling>,
    ) -> Self {
        let claim = TracedRef {
            id: ClaimId::from_local(claim),
            label: claim.to_owned(),
        };
        self.related.push(Related {
            claim: claim.clone(),
            relation: if contradicts {
                RelationKind::Contradicts
            } else {
                RelationKind::Entails
            },
            why: "by hand".to_owned(),
        });
        self.oppositions.push(Opposition {
            claim,
            contradicts,
            records: tellings.into_iter().map(Telling::done).collect(),
        });
        self
    }
}

impl Facts {
    /// Adds a variant of the claim.
    pub(crate) fn variant(mut self, claim: &str, tellings: Vec<Telling>) -> Self {
        self.family.push(Relative {
            claim: TracedRef {
                id: ClaimId::from_local(claim),
                label: claim.to_owned(),
            },
            records: tellings.into_iter().map(Telling::done).collect(),
        });
        self
    }
}

/// A story with chains, a hedge, denials of three kinds, a reprint, and unknown outlet and date.
pub(crate) fn harbour() -> Facts {
    const CLAIM: &str = "Up to 40 ferries will stop running before the winter";
    facts(
        CLAIM,
        vec![
            tell(CLAIM, "Coast Wire", "2023-10-02", Stance::Reports, "as many as 40 ferries will stop before winter")
                .person("Ada Holm", "said")
                .headline("Ferries to stop, port official warns", "https://coast.example/ferries?id=1&x=\"2\""),
            tell(CLAIM, "Island Post", "2023-10-03", Stance::Reports, "up to 40 ferries would stop running before the winter")
                .cites("Coast Wire", "reported")
                .person("Ada Holm", "said")
                .says(AgentKind::Document, "a draft timetable", "shows"),
            tell(CLAIM, "Daily Anchor", "2023-10-04", Stance::Hedges, "40 ferries may be taken out of service")
                .says(AgentKind::Unnamed, "a senior port official", "claimed"),
            tell(CLAIM, "", "", Stance::Asserts, "Up to 40 ferries will stop running").credit("Coast Wire"),
            tell(CLAIM, "Daily Anchor", "2023-10-04", Stance::Disputes, "forty ferries will be stopped")
                .at(900)
                .person("Bo Lind", "denied")
                .denies(Denies::Number),
        ],
    )
    .opposed(
        "All ferries keep running through the winter",
        true,
        vec![
            tell("all", "Harbour Radio", "2023-10-05", Stance::Reports, "every ferry keeps running all winter long, whatever the papers print about it this week")
                .says(AgentKind::Organisation, "Port Authority", "announced"),
            tell("all", "Island Post", "2023-10-06", Stance::Disputes, "every ferry keeps running"),
        ],
    )
    .opposed(
        "Ferries will stop running",
        false,
        vec![
            tell("stop", "Harbour Radio", "2023-10-05", Stance::Disputes, "any ferry would be stopped")
                .at(400)
                .says(AgentKind::Organisation, "Port Authority", "rejected reports that"),
            tell("stop", "Island Post", "2023-10-06", Stance::Reports, "some ferries stop").at(700),
        ],
    )
}
