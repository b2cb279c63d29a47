//! Letters: newsletters and articles sent by mail.

use mail_parser::{MessageParser, PartType};

use crate::{
    article::{Supplied, fields::Fielded, record::Provenance},
    lexicon::Lexicon,
};

/// A text beside a page is read instead of it when it is so long: shorter ones only say that there
/// is a page.
const ENOUGH: usize = 400;

/// Reads a letter; the error says what is wrong with it.
pub(in crate::article) fn read(
    bytes: &[u8],
    provenance: &mut Option<Provenance>,
    path: &str,
) -> Result<Fielded, &'static str> {
    let message = MessageParser::default().parse(bytes).ok_or("no letter")?;
    let text = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text.to_string()),
        _ => None,
    });
    let page = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(text) => Some(text.to_string()),
        _ => None,
    });
    let (text, is_page) = match (text, page) {
        (Some(text), Some(_)) if text.trim().len() >= ENOUGH => (text, false),
        (_, Some(page)) => (page, true),
        (Some(text), None) => (text, false),
        (None, None) => return Err("the letter has no text"),
    };
    let date = message.date();
    let sender = message.from().and_then(|from| from.first());
    let address = sender.and_then(|sender| sender.address());
    let domain = address.and_then(|address| Some(address.rsplit_once('@')?.1));
    let known = domain.and_then(|domain| Lexicon::shipped().outlets.by_domain(domain));
    let name = sender.and_then(|sender| sender.name()).map(str::to_owned);
    let captured = date.and_then(|date| jiff::Timestamp::from_second(date.to_timestamp()).ok());
    *provenance = Some(Provenance {
        container: path.to_owned(),
        id: message.message_id().map(str::to_owned),
        captured,
        ..Provenance::default()
    });
    let day = date.and_then(|date| {
        let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
        jiff::civil::Date::new(i16::try_from(date.year).ok()?, month, day).ok()
    });
    let subject = message
        .subject()
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    Ok(Fielded {
        text,
        page: is_page,
        supplied: Supplied {
            origin: "mail",
            outlet: known.map(|outlet| outlet.name.clone()).or(name),
            headline: subject.filter(|subject| !subject.is_empty()),
            published: day,
            ..Supplied::default()
        },
        ..Fielded::default()
    })
}
