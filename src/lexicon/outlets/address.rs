//! From an address to the outlet that publishes there: sub-domains, copies in archives and caches.
//!
//! It never fetches anything.

use std::borrow::Cow;

use url::Url;

use super::{Outlet, Outlets};

/// Copies of copies are followed this far.
const MOST_COPIES: usize = 4;

impl Outlets {
    /// Finds the outlet that publishes at `host`, which may be a sub-domain.
    #[must_use]
    pub fn by_domain(&self, host: &str) -> Option<&Outlet> {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let site = psl::domain_str(&host)?;
        let mut rest = host.as_str();
        loop {
            if let Some(&index) = self.by_domain.get(rest) {
                return Some(&self.outlets[index]);
            }
            if rest.len() <= site.len() {
                return None;
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// Finds the outlet that publishes at an address, or at the address that it is a copy of.
    #[must_use]
    pub fn by_address(&self, url: &str) -> Option<&Outlet> {
        let url = self.original(url);
        self.by_domain(Url::parse(&url).ok()?.host_str()?)
    }

    /// Returns the registrable domain of the publisher at an address, by the public suffix list:
    /// what an unknown outlet is called.
    #[must_use]
    pub fn site(&self, url: &str) -> Option<String> {
        let url = Url::parse(&self.original(url)).ok()?;
        psl::domain_str(url.host_str()?).map(str::to_owned)
    }

    /// Returns the address that an address of an archive, a cache or a translator is a copy of, else
    /// the address itself.
    #[must_use]
    pub fn original<'u>(&self, url: &'u str) -> Cow<'u, str> {
        let mut url = Cow::Borrowed(url);
        for _ in 0..MOST_COPIES {
            match self.copied(&url) {
                Some(original) => url = Cow::Owned(original),
                None => break,
            }
        }
        url
    }

    fn copied(&self, url: &str) -> Option<String> {
        let parsed = Url::parse(url).ok()?;
        let host = parsed.host_str()?;
        // "www-example-com.cdn.ampproject.org/c/s/www.example.com/report"
        for proxy in [".cdn.ampproject.org", ".translate.goog"] {
            if let Some(label) = host.strip_suffix(proxy) {
                let host = label.replace("--", "\u{0}").replace('-', ".");
                let host = host.replace('\u{0}', "-");
                psl::domain_str(&host)?;
                return Some(format!("https://{host}/"));
            }
        }
        let host = host.strip_prefix("www.").unwrap_or(host);
        if host == "google.com" {
            // "google.com/amp/s/www.example.com/report", "google.com/url?q=https://…"
            if let Some(rest) = parsed.path().strip_prefix("/amp/") {
                let rest = rest.strip_prefix("s/").unwrap_or(rest);
                return address(&format!("https://{rest}"));
            }
            let named = |name: &str| name == "q" || name == "url";
            let mut values = parsed.query_pairs().filter(|(name, _)| named(name));
            return values.find_map(|(_, value)| address(&value));
        }
        if !self.archives.contains(host) {
            return None;
        }
        // What stands behind the archive's own part of the address.
        let whole = percent(&url[url.find(host)? + host.len()..]);
        if let Some(at) = whole.find("http://").or_else(|| whole.find("https://")) {
            return address(&whole[at..]);
        }
        if let Some(at) = whole.find("http:/").or_else(|| whole.find("https:/")) {
            return address(&whole[at..].replacen(":/", "://", 1));
        }
        // "web.archive.org/web/2021/example.com/report", "cache:AbC:example.com/report"
        let places = whole.split(['/', ':', '=', '?', '&', '+', ' ']);
        let mut at = 0;
        for place in places {
            let known = place.contains('.')
                && place
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
                && place.chars().any(|c| c.is_ascii_alphabetic())
                && psl::suffix(place.as_bytes()).is_some_and(|suffix| suffix.is_known());
            if known {
                return address(&format!("https://{}", &whole[at..]));
            }
            at += place.len() + 1;
        }
        None
    }
}

/// Keeps what has a host with a known suffix.
fn address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let known = psl::suffix(url.host_str()?.as_bytes())?.is_known();
    known.then(|| url.into())
}

/// Undoes the escapes that hide an address within an address.
fn percent(text: &str) -> String {
    text.replace("%3A", ":")
        .replace("%3a", ":")
        .replace("%2F", "/")
        .replace("%2f", "/")
}
