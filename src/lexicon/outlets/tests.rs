//! Tests of the registry: the table itself, names and addresses, files of users.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

const DATA: &str = include_str!("../data/outlets.toml");

fn name(found: Option<&Outlet>) -> &str {
    found.map_or("", |outlet| outlet.name.as_str())
}

#[test]
fn examples_of_the_data_file_hold() {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Example {
        name: Option<String>,
        country: Option<String>,
        host: Option<String>,
        url: Option<String>,
        is: String,
    }
    #[derive(Deserialize)]
    struct Examples {
        example: Vec<Example>,
    }
    let mut outlets = Outlets::default();
    outlets.extend(DATA).unwrap();
    let examples: Examples = toml::from_str(DATA).unwrap();
    assert!(examples.example.len() > 30);
    for example in examples.example {
        let fits = |outlet: &Outlet| Some(&outlet.country) == example.country.as_ref();
        let found = match (&example.name, &example.host, &example.url) {
            (Some(name), None, None) => outlets.find_with(name, &fits),
            (None, Some(host), None) => outlets.by_domain(host),
            (None, None, Some(url)) => outlets.by_address(url),
            _ => panic!("an example needs a name, a host or an address"),
        };
        let given = (&example.name, &example.host, &example.url);
        assert_eq!(name(found), example.is, "{given:?}");
    }
}

#[test]
fn the_table_is_large_and_reaches_everywhere() {
    let outlets = Outlets::shipped();
    let count = |fits: &dyn Fn(&Outlet) -> bool| outlets.iter().filter(|o| fits(o)).count();
    assert!(count(&|_| true) > 900);
    assert!(count(&|o| o.kind == OutletKind::Agency) > 140);
    assert!(count(&|o| o.kind == OutletKind::FactChecker) > 40);
    assert!(count(&|o| o.state) > 90);
    assert!(count(&|o| !o.owners.is_empty()) > 250);
    let countries: BTreeSet<&str> = outlets.iter().map(|o| o.country.as_str()).collect();
    assert!(countries.len() > 130, "{}", countries.len());
    for kind in OutletKind::ALL {
        assert!(count(&|o| o.kind == *kind) > 0, "{kind:?}");
    }
}

#[test]
fn every_outlet_has_a_language_and_an_id_of_its_own() {
    let outlets = Outlets::shipped();
    let mut ids: BTreeMap<AgentId, &str> = BTreeMap::new();
    for outlet in outlets.iter() {
        assert!(!outlet.language.is_empty(), "{}", outlet.name);
        assert!(!(outlet.state && outlet.public), "{}", outlet.name);
        assert_eq!(
            ids.insert(outlet.agent_id(), &outlet.name),
            None,
            "{}",
            outlet.name
        );
        // A name of several is not the id of one of them.
        if outlets.claimants(&outlet.name).len() > 1 {
            assert!(outlet.key.is_some(), "{} needs a key", outlet.name);
        }
    }
}

#[test]
fn owners_are_used_and_their_countries_known() {
    let outlets = Outlets::shipped();
    let owned = |name: &str| {
        outlets
            .iter()
            .flat_map(|o| &o.owners)
            .any(|o| o.name == name)
    };
    for owner in outlets.owners.values() {
        assert!(owned(&owner.name), "{} owns nothing", owner.name);
        assert!(owner.country.is_some(), "{}", owner.name);
        assert!(!(owner.state && owner.person), "{}", owner.name);
    }
    let profile = outlets.profile(outlets.find("Financial Times").unwrap());
    assert_eq!(
        profile.owners[1].0,
        outlets.find("Nikkei").unwrap().agent_id()
    );
}

#[test]
fn ordinary_words_are_marked_as_ambiguous() {
    let outlets = Outlets::shipped();
    for word in &outlets.words {
        assert!(outlets.is_ambiguous(word), "{word}");
        assert_eq!(*word, fold(word));
    }
    let marked = |name: &&Outlet| outlets.find_anywhere(&name.name).is_none();
    assert!(outlets.iter().filter(marked).count() > 20);
}

#[test]
fn names_for_running_text_hold_no_ordinary_words() {
    let outlets = Outlets::shipped();
    let names: BTreeMap<_, _> = outlets.names().collect();
    assert!(names.contains_key("Reuters") && names.contains_key("Sputnik News"));
    assert!(!names.contains_key("Time") && !names.contains_key("Sputnik"));
    assert!(outlets.is_ambiguous("Sputnik"));
}

#[test]
fn a_name_of_several_outlets_needs_evidence() {
    let outlets = Outlets::shipped();
    assert_eq!(outlets.find("The Times"), None);
    assert_eq!(outlets.find("Sky News"), None);
    let british = |outlet: &Outlet| outlet.country == "GB";
    assert_eq!(name(outlets.find_with("The Times", &british)), "The Times");
    let australian = |outlet: &Outlet| outlet.country == "AU";
    let sky = outlets.find_with("Sky News", &australian);
    assert_eq!(name(sky), "Sky News Australia");
    // Two of one country stay untold.
    let american = |outlet: &Outlet| outlet.country == "US";
    assert_eq!(outlets.find_with("The Times", &american), None);
}

#[test]
fn a_file_of_the_user_adds_and_replaces() {
    let mut outlets = Outlets::shipped();
    let before = outlets.iter().count();
    let text = r#"
owner = [{ name = "Harbour Trust", country = "IE" }]

[[outlet]]
name = "The Harbour Ledger"
aliases = ["Harbour Ledger"]
domains = ["harbourledger.ie"]
kind = "newspaper"
country = "IE"
language = "en"
owners = [{ name = "Harbour Trust", from = "1998", until = "2011-03" }, { name = "Reuters" }]

[[outlet]]
name = "Axios"
domains = ["axios.com"]
kind = "online"
country = "CA"
"#;
    outlets.extend(text).unwrap();
    assert_eq!(outlets.iter().count(), before + 1);
    assert_eq!(outlets.find("Axios").unwrap().country, "CA");
    let found = outlets.by_address("https://m.harbourledger.ie/news/1");
    assert_eq!(name(found), "The Harbour Ledger");
    let owners = outlets.profile(found.unwrap()).owners;
    assert_eq!(owners[1].0, outlets.find("Reuters").unwrap().agent_id());
}

#[test]
fn what_is_wrong_in_a_file_is_told_with_its_line() {
    let shipped = Outlets::shipped();
    let wrong = |text: &str| shipped.clone().extend(text).unwrap_err().to_string();
    let entry = |fields: &str| {
        wrong(&format!(
            "# mine\n[[outlet]]\nname = \"Brine Post\"\nkind = \"online\"\n{fields}\n"
        ))
    };
    let cases = [
        (
            entry("country = \"UK\""),
            "line 2: outlet \"Brine Post\": unknown country `UK`",
        ),
        (
            entry("country = \"GB\"\nlanguage = \"klingon\""),
            "unknown language `klingon`",
        ),
        (
            entry("country = \"GB\"\ndomains = [\"bbc.co.uk\"]"),
            "belongs to \"BBC News\" too",
        ),
        (
            entry("country = \"GB\"\ndomains = [\"co.uk\"]"),
            "`co.uk` is no domain",
        ),
        (
            entry("country = \"GB\"\ndomains = [\"www.brine.com\"]"),
            "`www.brine.com` is no domain",
        ),
        (
            entry("country = \"GB\"\naliases = [\"Reuters\"]"),
            "a name of \"Reuters\" too",
        ),
        (
            entry("country = \"GB\"\nowners = [{ name = \"Nobody\" }]"),
            "unknown owner \"Nobody\"",
        ),
        (
            entry(
                "country = \"GB\"\nowners = [{ name = \"Hearst\", from = \"2020\", until = \"2019-05\" }]",
            ),
            "\"Hearst\" owned it until 2019-05, but from 2020",
        ),
        (
            entry("country = \"GB\"\nowners = [{ name = \"Hearst\", from = \"May 2020\" }]"),
            "`May 2020` is no date",
        ),
        (
            entry("country = \"GB\"\nwikidata = \"130879\""),
            "no item of Wikidata",
        ),
        (
            entry("country = \"GB\"\ndomian = []"),
            "line 6: unknown field `domian`",
        ),
        (
            wrong("[[outlet]]\nname = \"A\"\nkind = \"blog\"\ncountry = \"GB\""),
            "line 3: unknown variant `blog`",
        ),
        (wrong("outlet = 3"), "line 1:"),
    ];
    for (error, expected) in cases {
        assert!(error.contains(expected), "{error} / {expected}");
    }
}

#[test]
fn an_unknown_outlet_is_called_by_its_registrable_domain() {
    let outlets = Outlets::shipped();
    let site = |url: &str| outlets.site(url).unwrap_or_default();
    assert_eq!(
        site("https://news.brine-post.co.uk/a/b?c=d"),
        "brine-post.co.uk"
    );
    let archived = "https://web.archive.org/web/20211212000000*/https://blog.brine.com.au/x";
    assert_eq!(site(archived), "brine.com.au");
    assert_eq!(site("https://web.archive.org/about/"), "archive.org");
}

proptest! {
    #[test]
    fn any_address_and_name_is_taken(text in "\\PC{0,60}", at in 0_usize..4) {
        let outlets = &crate::lexicon::Lexicon::shipped().outlets;
        let proxies = ["", "https://web.archive.org/web/", "https://x.cdn.ampproject.org/", "https://www.google.com/amp/"];
        let url = format!("{}{text}", proxies[at]);
        let _ = (outlets.by_address(&url), outlets.site(&url), outlets.by_domain(&text));
        let _ = (outlets.find(&text), outlets.is_word(&text));
    }
}
