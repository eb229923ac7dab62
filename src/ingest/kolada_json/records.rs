//! The rows of an answer: one element of `values` at a time, flattened.
//!
//! In: tokens. Out: [`Record`]s. Keys may stand in any order; those that hold lists or objects are passed over, but for
//! `values`. An element has either cells only (a row) or, under its own `values`, a list of rows that share its cells.

use std::io::Read;

use super::pages::Page;
use super::tokens::{Bracket, DEEPEST, Problem, Token, Tokens};

/// Rows that one element may hold: three groups in Kolada; more than this is no answer of its API.
const MOST_ROWS: usize = 10_000;
/// Keys that one object may hold.
const MOST_KEYS: usize = 200;

const VALUES: &str = "values";

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Bool(bool),
    /// A list or an object.
    Nested,
}

pub(super) type Row = Vec<(String, Cell)>;

/// One element: cells that all its rows share, and the rows.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Record {
    pub shared: Row,
    pub rows: Vec<Row>,
}

/// Where in the file the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    Start,
    /// Between two keys of the outermost object; `first` before any.
    Outer {
        first: bool,
    },
    /// Between two elements of the list; in the outermost object, or on its own.
    List {
        first: bool,
        within: bool,
    },
    Done,
}

pub(super) struct Records<R: Read> {
    tokens: Tokens<R>,
    place: Position,
    page: Page,
    seen_values: bool,
}

impl<R: Read> Records<R> {
    pub(super) fn new(reader: R) -> Records<R> {
        Records { tokens: Tokens::new(reader), place: Position::Start, page: Page::default(), seen_values: false }
    }

    /// What the file says of pages, once it has been read to its end.
    pub(super) fn page(self) -> Page {
        self.page
    }

    /// The next element; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Record>, Problem> {
        loop {
            match self.place {
                Position::Start => self.start()?,
                Position::Outer { first } => self.outer_key(first)?,
                Position::List { first, within } => {
                    if let Some(record) = self.element(first, within)? {
                        return Ok(Some(record));
                    }
                }
                Position::Done => return Ok(None),
            }
        }
    }

    fn start(&mut self) -> Result<(), Problem> {
        self.place = match self.tokens.next()? {
            Token::Open(Bracket::Object) => Position::Outer { first: true },
            Token::Open(Bracket::List) => Position::List { first: true, within: false },
            Token::End => return self.tokens.wrong(say!("ingest-file-is-empty")),
            _ => return self.tokens.wrong(say!("ingest-object-or-list-was-expected")),
        };
        Ok(())
    }

    fn outer_key(&mut self, first: bool) -> Result<(), Problem> {
        let Some(key) = self.key(first)? else { return self.end() };
        self.place = Position::Outer { first: false };
        if key == VALUES {
            if self.seen_values {
                return self.tokens.wrong(say!("ingest-values-stands-twice"));
            }
            self.seen_values = true;
            match self.tokens.next()? {
                Token::Open(Bracket::List) => self.place = Position::List { first: true, within: true },
                _ => return self.tokens.wrong(say!("ingest-values-must-be-list")),
            }
            return Ok(());
        }
        let cell = self.cell(1)?;
        self.page.learn(&key, &cell);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Problem> {
        if !self.seen_values {
            return self.tokens.wrong(say!("ingest-object-has-no-list-values"));
        }
        self.nothing_more()
    }

    fn nothing_more(&mut self) -> Result<(), Problem> {
        self.place = Position::Done;
        match self.tokens.next()? {
            Token::End => Ok(()),
            _ => self.tokens.wrong(say!("ingest-something-follows-after-end")),
        }
    }

    fn element(&mut self, first: bool, within: bool) -> Result<Option<Record>, Problem> {
        let mut token = self.tokens.next()?;
        if token == Token::Close(Bracket::List) {
            if within {
                self.place = Position::Outer { first: false };
            } else {
                self.nothing_more()?;
            }
            return Ok(None);
        }
        if !first {
            self.expect_comma(&token)?;
            token = self.tokens.next()?;
        }
        self.place = Position::List { first: false, within };
        match token {
            Token::Open(Bracket::Object) => self.record().map(Some),
            Token::End => self.tokens.wrong(say!("ingest-file-ends-in-middle-list")),
            _ => self.tokens.wrong(say!("ingest-every-element-list-must-be")),
        }
    }

    fn record(&mut self) -> Result<Record, Problem> {
        let (shared, rows) = self.object(true)?;
        Ok(match rows {
            Some(rows) => Record { shared, rows },
            None => Record { shared: Vec::new(), rows: vec![shared] },
        })
    }

    /// The cells of an object that has been opened; with `rows`, the list under its `values`.
    fn object(&mut self, rows: bool) -> Result<(Row, Option<Vec<Row>>), Problem> {
        let (mut cells, mut inner): (Row, Option<Vec<Row>>) = (Vec::new(), None);
        let mut first = true;
        while let Some(key) = self.key(first)? {
            first = false;
            let is_known = cells.iter().any(|(known, _)| *known == key) || (rows && key == VALUES && inner.is_some());
            if is_known {
                return self.tokens.wrong(say!("ingest-key-stands-twice-in-one", key));
            }
            if cells.len() >= MOST_KEYS {
                return self.tokens.wrong(say!("ingest-object-has-more-than-keys", most = MOST_KEYS));
            }
            if rows && key == VALUES {
                inner = Some(self.inner_rows()?);
            } else {
                cells.push((key, self.cell(3)?));
            }
        }
        Ok((cells, inner))
    }

    fn inner_rows(&mut self) -> Result<Vec<Row>, Problem> {
        match self.tokens.next()? {
            Token::Open(Bracket::List) => {}
            _ => return self.tokens.wrong(say!("ingest-values-must-be-list")),
        }
        let mut rows = Vec::new();
        loop {
            let mut token = self.tokens.next()?;
            if token == Token::Close(Bracket::List) {
                return Ok(rows);
            }
            if !rows.is_empty() {
                self.expect_comma(&token)?;
                token = self.tokens.next()?;
            }
            match token {
                Token::Open(Bracket::Object) => rows.push(self.object(false)?.0),
                Token::End => return self.tokens.wrong(say!("ingest-file-ends-in-middle-list")),
                _ => return self.tokens.wrong(say!("ingest-every-element-values-must-be")),
            }
            if rows.len() > MOST_ROWS {
                return self.tokens.wrong(say!("ingest-element-has-more-than-values", most = MOST_ROWS));
            }
        }
    }

    /// The next key with its colon; `None` at the end of the object.
    fn key(&mut self, first: bool) -> Result<Option<String>, Problem> {
        let mut token = self.tokens.next()?;
        if token == Token::Close(Bracket::Object) {
            return Ok(None);
        }
        if !first {
            self.expect_comma(&token)?;
            token = self.tokens.next()?;
        }
        match (token, self.tokens.next()?) {
            (Token::Text(key), Token::Colon) => Ok(Some(key)),
            (Token::End, _) | (_, Token::End) => self.tokens.wrong(say!("ingest-file-ends-in-middle-object")),
            _ => self.tokens.wrong(say!("ingest-key-in-quotes-and-colon")),
        }
    }

    fn expect_comma(&self, token: &Token) -> Result<(), Problem> {
        match token {
            Token::Comma => Ok(()),
            Token::End => self.tokens.wrong(say!("ingest-file-ends-too-early")),
            _ => self.tokens.wrong(say!("ingest-comma-was-expected")),
        }
    }

    /// A value; lists and objects are passed over, as deep as is sensible.
    fn cell(&mut self, depth: usize) -> Result<Cell, Problem> {
        match self.tokens.next()? {
            Token::Text(text) => Ok(Cell::Text(text)),
            Token::Number(number) => Ok(Cell::Number(number)),
            Token::Bool(flag) => Ok(Cell::Bool(flag)),
            Token::Null => Ok(Cell::Empty),
            Token::Open(bracket) => self.pass_over(bracket, depth).map(|()| Cell::Nested),
            Token::End => self.tokens.wrong(say!("ingest-file-ends-too-early")),
            _ => self.tokens.wrong(say!("ingest-value-was-expected")),
        }
    }

    fn pass_over(&mut self, bracket: Bracket, depth: usize) -> Result<(), Problem> {
        let mut open = vec![bracket];
        while let Some(innermost) = open.last() {
            match self.tokens.next()? {
                Token::Open(bracket) => open.push(bracket),
                Token::Close(bracket) if bracket == *innermost => drop(open.pop()),
                Token::Close(_) => return self.tokens.wrong(say!("ingest-bracket-was-not-opened")),
                Token::End => return self.tokens.wrong(say!("ingest-file-ends-too-early")),
                _ => {}
            }
            if depth + open.len() > DEEPEST {
                return self.tokens.wrong(say!("ingest-more-than-levels-stand-within", deepest = DEEPEST));
            }
        }
        Ok(())
    }
}
