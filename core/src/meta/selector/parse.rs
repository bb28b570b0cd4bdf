//! Reads the text form of a selector: `app in (shop,cart),!legacy`.

use std::collections::BTreeSet;

use super::{Operator, Requirement, SelectorError};
use crate::field::FieldError;
use crate::meta::label_key_problems;
use crate::object::FieldPath;
use crate::version::KubeVersion;

/// Until this minor version a second comma was passed over together with the first one.
const COMMAS_SINCE: u16 = 35;

pub(super) fn parse(text: &str, version: KubeVersion) -> Result<Vec<Requirement>, SelectorError> {
    // upstream: apimachinery pkg/labels/selector.go (Parser.parse)
    let mut parser = Parser { tokens: tokens(text), place: 0, version };
    let mut requirements = Vec::new();
    loop {
        let token = parser.ahead();
        match token.as_value() {
            Kind::Identifier | Kind::DoesNotExist => {}
            Kind::End => return Ok(requirements),
            _ => return Err(token.unexpected(", expected: !, identifier, or 'end of string'")),
        }
        let requirement = parser.requirement();
        let wrapped = |error| SelectorError::new(format!("unable to parse requirement: {error}"));
        requirements.push(requirement.map_err(wrapped)?);
        let token = parser.next();
        match token.as_value() {
            Kind::End => return Ok(requirements),
            Kind::Comma => {
                let ahead = parser.ahead();
                if !matches!(ahead.as_value(), Kind::Identifier | Kind::DoesNotExist) {
                    return Err(ahead.unexpected(", expected: identifier after ','"));
                }
            }
            _ => return Err(token.unexpected(", expected: ',' or 'end of string'")),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    End,
    Close,
    Comma,
    DoesNotExist,
    DoubleEquals,
    Equals,
    GreaterThan,
    Identifier,
    In,
    LessThan,
    NotEquals,
    NotIn,
    Open,
}

#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    kind: Kind,
    text: &'a str,
}

impl Token<'_> {
    /// The kind where a key or value may stand: there, `in` and `notin` are names like others.
    fn as_value(self) -> Kind {
        match self.kind {
            Kind::In | Kind::NotIn => Kind::Identifier,
            kind => kind,
        }
    }

    fn unexpected(self, expected: &str) -> SelectorError {
        SelectorError::new(format!("found '{}'{expected}", self.text))
    }
}

const END: Token<'static> = Token { kind: Kind::End, text: "" };

/// The tokens up to the end of the text, or to a zero byte, which counts as that.
fn tokens(text: &str) -> Vec<Token<'_>> {
    // upstream: apimachinery pkg/labels/selector.go (Lexer)
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let symbols = [
            ("==", Kind::DoubleEquals),
            ("!=", Kind::NotEquals),
            ("=", Kind::Equals),
            ("!", Kind::DoesNotExist),
            ("(", Kind::Open),
            (")", Kind::Close),
            (",", Kind::Comma),
            (">", Kind::GreaterThan),
            ("<", Kind::LessThan),
        ];
        let symbol = symbols.into_iter().find(|(symbol, _)| rest.starts_with(symbol));
        let (kind, length) = match symbol {
            Some((symbol, kind)) => (kind, symbol.len()),
            None => (Kind::Identifier, rest.find(ends_word).unwrap_or(rest.len())),
        };
        if length == 0 {
            return tokens;
        }
        let (word, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let kind = match (kind, word) {
            (Kind::Identifier, "in") => Kind::In,
            (Kind::Identifier, "notin") => Kind::NotIn,
            (kind, _) => kind,
        };
        tokens.push(Token { kind, text: word });
        // A zero byte behind a token goes with it.
        rest = behind.strip_prefix('\0').unwrap_or(behind);
    }
}

fn ends_word(letter: char) -> bool {
    matches!(letter, '=' | '!' | '(' | ')' | ',' | '>' | '<' | ' ' | '\t' | '\r' | '\n' | '\0')
}

struct Parser<'a> {
    tokens: Vec<Token<'a>>,
    place: usize,
    version: KubeVersion,
}

impl<'a> Parser<'a> {
    fn ahead(&self) -> Token<'a> {
        self.tokens.get(self.place).copied().unwrap_or(END)
    }

    fn next(&mut self) -> Token<'a> {
        let token = self.ahead();
        self.place += 1;
        token
    }

    fn requirement(&mut self) -> Result<Requirement, SelectorError> {
        let mut token = self.next();
        let negated = token.kind == Kind::DoesNotExist;
        if negated {
            token = self.next();
        }
        if token.as_value() != Kind::Identifier {
            return Err(token.unexpected(", expected: identifier"));
        }
        let key = token.text;
        let wrong = label_key_problems(key, self.version);
        if !wrong.is_empty() {
            let error = FieldError::invalid(FieldPath::root(), key, &wrong.join("; "));
            return Err(SelectorError::new(error.to_string()));
        }
        let is_alone = matches!(self.ahead().kind, Kind::End | Kind::Comma);
        match (negated, is_alone) {
            // What follows a negated key is looked at by the caller.
            (true, _) => Requirement::new(key, Operator::DoesNotExist, Vec::new(), self.version),
            (false, true) => Requirement::new(key, Operator::Exists, Vec::new(), self.version),
            (false, false) => {
                let operator = self.operator()?;
                let values = match operator {
                    Operator::In | Operator::NotIn => self.values()?,
                    _ => self.value()?,
                };
                Requirement::new(key, operator, values.into_iter().collect(), self.version)
            }
        }
    }

    fn operator(&mut self) -> Result<Operator, SelectorError> {
        let token = self.next();
        Ok(match token.kind {
            Kind::In => Operator::In,
            Kind::NotIn => Operator::NotIn,
            Kind::Equals => Operator::Equals,
            Kind::DoubleEquals => Operator::DoubleEquals,
            Kind::NotEquals => Operator::NotEquals,
            Kind::GreaterThan => Operator::GreaterThan,
            Kind::LessThan => Operator::LessThan,
            _ => return Err(token.unexpected(", expected: in, notin, =, ==, !=, gt, lt")),
        })
    }

    /// One value; none at all is the empty one.
    fn value(&mut self) -> Result<BTreeSet<String>, SelectorError> {
        if matches!(self.ahead().kind, Kind::End | Kind::Comma) {
            return Ok(BTreeSet::from([String::new()]));
        }
        let token = self.next();
        if token.as_value() == Kind::Identifier {
            Ok(BTreeSet::from([token.text.to_owned()]))
        } else {
            Err(token.unexpected(", expected: identifier"))
        }
    }

    /// Values in parentheses, each only once; between two commas stands the empty one.
    fn values(&mut self) -> Result<BTreeSet<String>, SelectorError> {
        let token = self.next();
        if token.kind != Kind::Open {
            return Err(token.unexpected(" expected: '('"));
        }
        let ahead = self.ahead();
        match ahead.as_value() {
            Kind::Identifier | Kind::Comma => {
                let values = self.list()?;
                self.next();
                Ok(values)
            }
            Kind::Close => {
                self.next();
                Ok(BTreeSet::from([String::new()]))
            }
            _ => Err(ahead.unexpected(", expected: ',', ')' or identifier")),
        }
    }

    /// Up to the closing parenthesis.
    fn list(&mut self) -> Result<BTreeSet<String>, SelectorError> {
        // upstream: apimachinery pkg/labels/selector.go (parseIdentifiersList)
        let mut values = BTreeSet::new();
        loop {
            let token = self.next();
            let ahead = self.ahead();
            match token.as_value() {
                Kind::Identifier => {
                    values.insert(token.text.to_owned());
                    match ahead.kind {
                        Kind::Comma => {}
                        Kind::Close => return Ok(values),
                        _ => return Err(ahead.unexpected(", expected: ',' or ')'")),
                    }
                }
                Kind::Comma => {
                    if values.is_empty() {
                        values.insert(String::new());
                    }
                    match ahead.kind {
                        Kind::Close => {
                            values.insert(String::new());
                            return Ok(values);
                        }
                        Kind::Comma => {
                            values.insert(String::new());
                            if self.version.minor() < COMMAS_SINCE {
                                self.next();
                            }
                        }
                        _ => {}
                    }
                }
                _ => return Err(token.unexpected(", expected: ',', or identifier")),
            }
        }
    }
}
