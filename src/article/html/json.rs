//! JSON as pages carry it: wrapped in comments, with raw line breaks in strings, trailing commas,
//! single quotes, or cut off.
//!
//! It never fails: what cannot be read ends the object it stands in.

use serde_json::{Map, Value};

/// Objects and lists nested deeper than this are left out.
const MAX_DEPTH: usize = 64;

/// A script's value, and whether it was JSON by the book.
pub(super) fn read(script: &str) -> Option<(Value, bool)> {
    let script = script.trim();
    if let Ok(value) = serde_json::from_str(script) {
        return Some((value, true));
    }
    // Not the bracket of "<![CDATA[".
    let starts = |at: &usize| {
        let next = script[at + 1..].trim_start().chars().next();
        script[*at..].starts_with('{') || matches!(next, Some('{' | '[' | '"' | '\'' | ']'))
    };
    let mut brackets = script.match_indices(['{', '[']).map(|(at, _)| at);
    let start = brackets.find(starts)?;
    let mut reader = Reader {
        rest: &script[start..],
        ended: false,
    };
    let mut values = Vec::new();
    // Some pages write several objects behind each other.
    while values.len() < 64 {
        let Some(value) = reader.value(0) else { break };
        values.push(value);
        reader.skip();
        while let Some(rest) = reader.rest.strip_prefix([',', ';']) {
            reader.rest = rest;
            reader.skip();
        }
        if !reader.rest.starts_with(['{', '[']) {
            break;
        }
    }
    match values.len() {
        0 => None,
        1 => values.pop().map(|value| (value, false)),
        _ => Some((Value::Array(values), false)),
    }
}

struct Reader<'a> {
    rest: &'a str,
    /// Whether the script ended or made no sense inside a value.
    ended: bool,
}

impl Reader<'_> {
    /// Passes over white space and comments.
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let end = if self.rest.starts_with("/*") {
                self.rest.find("*/").map(|at| at + 2)
            } else if self.rest.starts_with("//") {
                self.rest.find('\n')
            } else if self.rest.starts_with("<!--") {
                self.rest.find("-->").map(|at| at + 3)
            } else {
                return;
            };
            self.rest = &self.rest[end.unwrap_or(self.rest.len())..];
        }
    }

    fn eat(&mut self, sign: char) -> bool {
        self.skip();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip();
        match self.rest.chars().next() {
            Some('{') if depth < MAX_DEPTH => Some(self.object(depth)),
            Some('[') if depth < MAX_DEPTH => Some(self.list(depth)),
            Some('"' | '\'') => Some(Value::String(self.string())),
            Some('{' | '[' | '}' | ']' | ',' | ':') | None => {
                self.ended = true;
                None
            }
            Some(_) => Some(self.word()),
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        self.eat('{');
        let mut object = Map::new();
        while !self.ended {
            self.skip();
            if self.eat('}') {
                break;
            }
            if self.eat(',') {
                continue;
            }
            let key = match self.rest.chars().next() {
                Some('"' | '\'') => self.string(),
                Some(_) => match self.word() {
                    Value::String(key) if !key.is_empty() => key,
                    _ => {
                        self.ended = true;
                        break;
                    }
                },
                None => {
                    self.ended = true;
                    break;
                }
            };
            if !self.eat(':') {
                self.ended = true;
                break;
            }
            match self.value(depth + 1) {
                Some(value) => {
                    object.entry(key).or_insert(value);
                }
                None => {
                    // `"key": ,` says nothing; the object goes on.
                    self.skip();
                    self.ended = !self.rest.starts_with([',', '}']);
                }
            }
        }
        Value::Object(object)
    }

    fn list(&mut self, depth: usize) -> Value {
        self.eat('[');
        let mut items = Vec::new();
        while !self.ended {
            self.skip();
            if self.eat(']') {
                break;
            }
            if self.eat(',') {
                continue;
            }
            items.extend(self.value(depth + 1));
        }
        Value::Array(items)
    }

    /// A string; a quotation mark ends it only where a value can end.
    fn string(&mut self) -> String {
        let mut chars = self.rest.char_indices();
        let quote = chars.next().map_or('"', |(_, quote)| quote);
        let mut text = String::new();
        while let Some((at, sign)) = chars.next() {
            match sign {
                '\\' => match chars.next() {
                    Some((_, 'n' | 'r' | 't')) => text.push(' '),
                    Some((at, 'u')) => text.push(self.escaped(at, &mut chars)),
                    Some((_, sign)) => text.push(sign),
                    None => break,
                },
                _ if sign == quote => {
                    let behind = &self.rest[at + 1..];
                    let next = behind.trim_start().chars().next();
                    if matches!(next, None | Some(',' | '}' | ']' | ':' | '/')) {
                        self.rest = behind;
                        return text;
                    }
                    text.push(sign);
                }
                sign if sign.is_control() => text.push(' '),
                sign => text.push(sign),
            }
        }
        self.rest = "";
        self.ended = true;
        text
    }

    /// The letter of `\u12ab`, also of a pair of them.
    fn escaped(&self, at: usize, chars: &mut std::str::CharIndices<'_>) -> char {
        let unit = |at: usize| u32::from_str_radix(self.rest.get(at..at + 4)?, 16).ok();
        let Some(high) = unit(at + 1) else {
            return '\u{fffd}';
        };
        let mut skip = |many: usize| {
            for _ in 0..many {
                chars.next();
            }
        };
        skip(4);
        if !(0xd800..0xdc00).contains(&high) {
            return char::from_u32(high).unwrap_or('\u{fffd}');
        }
        let low = (self.rest.get(at + 5..at + 7) == Some("\\u"))
            .then(|| unit(at + 7))
            .flatten();
        match low {
            Some(low @ 0xdc00..0xe000) => {
                skip(6);
                char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
                    .unwrap_or('\u{fffd}')
            }
            _ => '\u{fffd}',
        }
    }

    /// A number, `true`, or a name without quotation marks.
    fn word(&mut self) -> Value {
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '}' | ']' | ':' | '{' | '[');
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        serde_json::from_str(word).unwrap_or_else(|_| Value::String(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_json_is_read_by_the_book() {
        assert_eq!(read(" {\"a\": [1]} "), Some((json!({"a": [1]}), true)));
        assert_eq!(read("no json"), None);
    }

    #[test]
    fn broken_json_gives_what_can_be_read() {
        for (script, value) in [
            ("<!-- {\"a\": 1} -->", json!({"a": 1})),
            ("/*<![CDATA[*/ {\"a\": 1,} /*]]>*/;", json!({"a": 1})),
            (
                "{\"a\": \"one\ntwo\", // why\n \"b\": 2}",
                json!({"a": "one two", "b": 2}),
            ),
            ("{'a': 'it', b: true}", json!({"a": "it", "b": true})),
            (
                "{\"a\": \"He said \"no\" twice\", \"b\": 2}",
                json!({"a": "He said \"no\" twice", "b": 2}),
            ),
            ("{\"a\": {\"b\": \"cut of", json!({"a": {"b": "cut of"}})),
            ("{\"a\": , \"b\": 2}", json!({"b": 2})),
            ("{\"a\": \"\\ud83d\\ude00\\u00e9\", }", json!({"a": "😀é"})),
            ("{\"a\": 1}{\"b\": 2}", json!([{"a": 1}, {"b": 2}])),
        ] {
            assert_eq!(read(script), Some((value, false)), "{script}");
        }
    }

    #[test]
    fn deep_nesting_ends() {
        assert!(read(&"[".repeat(100_000)).is_some());
        assert!(read(&"{\"a\":".repeat(100_000)).is_some());
    }

    proptest! {
        #[test]
        fn any_script_is_survived(script in "[\\[{\"':,\\\\u0-9a-d/*é \n}\\]-]{0,80}") {
            let _ = read(&script);
        }
    }
}
