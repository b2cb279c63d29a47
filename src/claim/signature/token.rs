//! Words and breaks of a gloss, without their endings of possession and contraction.
//!
//! Knows characters only, no words.

/// A piece of a gloss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A word or figure.
    Word(&'a str),
    /// The ending of a contracted negation ("n't").
    Not,
    /// A mark that ends a phrase or sentence.
    Break(char),
}

/// Divides a gloss into tokens.
pub(super) fn tokens(gloss: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(gloss.len() / 5);
    let mut characters = gloss.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        if !character.is_alphanumeric() {
            if matches!(
                character,
                ',' | ';' | ':' | '.' | '?' | '!' | '—' | '–' | '(' | ')' | '…'
            ) {
                tokens.push(Token::Break(character));
            }
            continue;
        }
        let mut end = start + character.len_utf8();
        let mut before = character;
        while let Some(&(at, next)) = characters.peek() {
            let inside = next.is_alphanumeric()
                || (joins(before, next)
                    && gloss[at + next.len_utf8()..].starts_with(|after: char| {
                        if next == '-' && before.is_ascii_digit() {
                            // "UPDATE 4-At least 31 dead"
                            after.is_alphanumeric() && !after.is_uppercase()
                        } else if next == ',' || (next == '.' && before.is_ascii_digit()) {
                            after.is_ascii_digit()
                        } else {
                            after.is_alphanumeric()
                        }
                    }));
            if !inside {
                break;
            }
            if next == '.' && !before.is_ascii_digit() && !abbreviates(&gloss[start..at]) {
                break;
            }
            end = at + next.len_utf8();
            before = next;
            characters.next();
        }
        let text = &gloss[start..end];
        if is_abbreviation(text) {
            characters.next_if(|(_, next)| *next == '.');
        }
        word(text, &mut tokens);
    }
    tokens
}

fn joins(before: char, next: char) -> bool {
    match next {
        '\'' | '’' | '-' | '&' | '.' => true,
        ',' => before.is_ascii_digit(),
        _ => false,
    }
}

/// Says whether the word so far is made of single letters ("U", "U.S").
fn abbreviates(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() == 1)
}

/// Says whether a full stop behind the word belongs to it.
fn is_abbreviation(word: &str) -> bool {
    (word.starts_with(char::is_uppercase) && abbreviates(word))
        || matches!(
            word,
            "Mr" | "Mrs"
                | "Ms"
                | "Dr"
                | "Prof"
                | "Gov"
                | "Sen"
                | "Rep"
                | "Gen"
                | "Lt"
                | "Col"
                | "Sgt"
                | "Capt"
                | "St"
                | "Jr"
                | "Sr"
                | "Rev"
        )
}

fn word<'a>(word: &'a str, tokens: &mut Vec<Token<'a>>) {
    let word = match word {
        "U.S" | "U.S.A" => "US",
        "U.K" => "UK",
        "U.N" => "UN",
        "E.U" => "EU",
        word => word,
    };
    let Some(at) = word.rfind(['\'', '’']) else {
        tokens.push(Token::Word(word));
        return;
    };
    let ending = word[at..].trim_start_matches(['\'', '’']);
    match ending {
        "t" | "T" if word[..at].ends_with(['n', 'N']) => {
            let verb = &word[..at - 1];
            if !verb.is_empty() {
                tokens.push(Token::Word(verb));
            }
            tokens.push(Token::Not);
        }
        "s" | "S" | "re" | "ve" | "ll" | "d" | "m" => tokens.push(Token::Word(&word[..at])),
        _ => tokens.push(Token::Word(word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(gloss: &str) -> Vec<&str> {
        let word = |token| match token {
            Token::Word(word) => word,
            Token::Not => "NOT",
            Token::Break(_) => "|",
        };
        tokens(gloss).into_iter().map(word).collect()
    }

    #[test]
    fn endings_are_taken_off_and_figures_stay_whole() {
        assert_eq!(
            words("The U.S. doesn't buy Iran’s 1,500 re-made jets."),
            [
                "The", "US", "does", "NOT", "buy", "Iran", "1,500", "re-made", "jets", "|"
            ]
        );
    }

    #[test]
    fn a_full_stop_without_a_space_still_ends_a_sentence() {
        assert_eq!(
            words("They left.Nobody knew"),
            ["They", "left", "|", "Nobody", "knew"]
        );
    }
}
