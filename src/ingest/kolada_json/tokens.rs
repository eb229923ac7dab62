//! JSON, token by token: exact numbers, bounded memory, and the line and column of what is wrong.
//!
//! In: bytes in UTF-8, with or without a byte order mark. Out: tokens. Never: a tree, a text or number without bound.
//! Written here because numbers must be the same to the last bit as those of the long csv, and a hostile file must not
//! take more memory than a row. Source: RFC 8259 (2017).

use std::io::{self, Read};

/// Bytes of one text; Kolada's longest description has some two thousand.
const LONGEST_TEXT: usize = 1 << 16;
/// Bytes of one number.
const LONGEST_NUMBER: usize = 64;
/// Levels that may stand within one another.
pub(super) const DEEPEST: usize = 32;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Open(Bracket),
    Close(Bracket),
    Colon,
    Comma,
    Text(String),
    Number(f64),
    Bool(bool),
    Null,
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    Object,
    List,
}

/// What is wrong, and where.
#[derive(Debug)]
pub(super) enum Problem {
    /// The machine could not read.
    Io(io::Error),
    /// Not JSON, or not of the form that is expected.
    Form { what: String, line: u64, column: u64 },
}

/// The bytes of a file, hashed as they are read.
pub(super) struct Tokens<R: Read> {
    bytes: io::Bytes<io::BufReader<R>>,
    peeked: Option<u8>,
    started: bool,
    line: u64,
    column: u64,
}

impl<R: Read> Tokens<R> {
    pub(super) fn new(reader: R) -> Tokens<R> {
        Tokens {
            bytes: io::BufReader::with_capacity(1 << 16, reader).bytes(),
            peeked: None,
            started: false,
            line: 1,
            column: 0,
        }
    }

    /// A problem at this place.
    pub(super) fn wrong<T>(&self, what: impl Into<String>) -> Result<T, Problem> {
        Err(Problem::Form { what: what.into(), line: self.line, column: self.column })
    }

    /// The next token; [`Token::End`] when only space is left.
    pub(super) fn next(&mut self) -> Result<Token, Problem> {
        if !self.started {
            self.started = true;
            self.skip_mark()?;
        }
        let byte = loop {
            match self.byte()? {
                None => return Ok(Token::End),
                Some(b' ' | b'\t' | b'\r' | b'\n') => {}
                Some(byte) => break byte,
            }
        };
        match byte {
            b'{' => Ok(Token::Open(Bracket::Object)),
            b'}' => Ok(Token::Close(Bracket::Object)),
            b'[' => Ok(Token::Open(Bracket::List)),
            b']' => Ok(Token::Close(Bracket::List)),
            b':' => Ok(Token::Colon),
            b',' => Ok(Token::Comma),
            b'"' => self.text().map(Token::Text),
            b'-' | b'0'..=b'9' => self.number(byte).map(Token::Number),
            b't' => self.word("rue", Token::Bool(true)),
            b'f' => self.word("alse", Token::Bool(false)),
            b'n' => self.word("ull", Token::Null),
            0xFE | 0xFF | 0 => self.wrong(say!("ingest-file-is-not-utf-8")),
            _ => self.wrong(say!("ingest-value-was-expected-here")),
        }
    }

    fn skip_mark(&mut self) -> Result<(), Problem> {
        if self.peek()? == Some(0xEF) {
            for expected in [0xEF, 0xBB, 0xBF] {
                if self.byte()? != Some(expected) {
                    return self.wrong(say!("ingest-file-does-not-begin-json"));
                }
            }
            self.column = 0;
        }
        Ok(())
    }

    fn peek(&mut self) -> Result<Option<u8>, Problem> {
        if self.peeked.is_none() {
            self.peeked = self.bytes.next().transpose().map_err(Problem::Io)?;
        }
        Ok(self.peeked)
    }

    fn byte(&mut self) -> Result<Option<u8>, Problem> {
        let byte = self.peek()?;
        self.peeked = None;
        match byte {
            Some(b'\n') => (self.line, self.column) = (self.line + 1, 0),
            Some(_) => self.column += 1,
            None => {}
        }
        Ok(byte)
    }

    fn word(&mut self, rest: &str, token: Token) -> Result<Token, Problem> {
        for expected in rest.bytes() {
            if self.byte()? != Some(expected) {
                return self.wrong(say!("ingest-only-true-false-and-null"));
            }
        }
        Ok(token)
    }

    fn number(&mut self, first: u8) -> Result<f64, Problem> {
        let mut text = String::from(char::from(first));
        while let Some(byte @ (b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) = self.peek()? {
            self.byte()?;
            text.push(char::from(byte));
            if text.len() > LONGEST_NUMBER {
                return self.wrong(say!("ingest-number-is-longer-than-characters", longest = LONGEST_NUMBER));
            }
        }
        match text.parse::<f64>() {
            _ if !is_json_number(&text) => self.wrong(say!("ingest-this-is-not-number")),
            Ok(number) if number.is_finite() => Ok(number),
            _ => self.wrong(say!("ingest-number-is-too-large")),
        }
    }

    fn text(&mut self) -> Result<String, Problem> {
        let mut text = Vec::new();
        loop {
            match self.byte()? {
                None => return self.wrong(say!("ingest-file-ends-in-middle-text")),
                Some(b'"') => break,
                Some(b'\\') => self.escaped(&mut text)?,
                Some(0..0x20) => return self.wrong(say!("ingest-text-holds-control-character-or")),
                Some(byte) => text.push(byte),
            }
            if text.len() > LONGEST_TEXT {
                return self.wrong(say!("ingest-text-is-longer-than-bytes", longest = LONGEST_TEXT));
            }
        }
        String::from_utf8(text).or_else(|_| self.wrong(say!("ingest-text-is-not-utf-8")))
    }

    fn escaped(&mut self, text: &mut Vec<u8>) -> Result<(), Problem> {
        let letter = match self.byte()? {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => self.escaped_letter()?,
            _ => return self.wrong(say!("ingest-unknown-character-follows")),
        };
        text.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        Ok(())
    }

    /// `\u00e5`, or the two halves of a letter beyond.
    fn escaped_letter(&mut self) -> Result<char, Problem> {
        let first = self.four_digits()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first).map_or_else(|| self.wrong(say!("ingest-half-letter-stands-alone")), Ok);
        }
        if (self.byte()?, self.byte()?) != (Some(b'\\'), Some(b'u')) {
            return self.wrong(say!("ingest-half-letter-stands-alone"));
        }
        let second = self.four_digits()?;
        let joined = 0x10000 + ((first - 0xD800) << 10) + second.wrapping_sub(0xDC00);
        let is_second = (0xDC00..0xE000).contains(&second);
        char::from_u32(joined)
            .filter(|_| is_second)
            .map_or_else(|| self.wrong(say!("ingest-half-letter-stands-alone")), Ok)
    }

    fn four_digits(&mut self) -> Result<u32, Problem> {
        let mut code = 0;
        for _ in 0..4 {
            match self.byte()?.and_then(|byte| char::from(byte).to_digit(16)) {
                Some(digit) => code = code * 16 + digit,
                None => return self.wrong(say!("ingest-four-hexadecimal-digits-must-follow")),
            }
        }
        Ok(code)
    }
}

/// What RFC 8259 calls a number: no leading zero or plus, digits on both sides of the point.
fn is_json_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (number, exponent) =
        text.split_once(['e', 'E']).map_or((text, None), |(number, exponent)| (number, Some(exponent)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimals) = number.split_once('.').map_or((number, None), |(whole, decimals)| (whole, Some(decimals)));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && decimals.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}
