//! What templates hand to functions and filters, and what comes back of it to be printed.
//!
//! In: values of the template engine. Out: names, texts, defaults, tokens; a value that is not there is refused, never
//! taken for nothing.

use minijinja::value::{Kwargs, Value};
use minijinja::{Error, ErrorKind};

use super::facts::Fault;
use super::objects::{CellObject, PrintedObject, RowObject, raise};
use super::tokens::{Ledger, Printed};
use crate::diagnostic::Code;

/// The first argument, and the value of `each`: the second argument, or the one of that name.
pub(super) fn name_and_each(args: &[Value], kwargs: &Kwargs) -> Result<(String, Option<String>), Error> {
    let name = args.first().ok_or_else(|| Error::from(ErrorKind::MissingArgument))?;
    if args.len() > 2 {
        return Err(Error::from(ErrorKind::TooManyArguments));
    }
    let each = match args.get(1) {
        Some(value) => Some(text_of(value)?),
        None => text_argument(kwargs, "each")?,
    };
    Ok((text_of(name)?, each))
}

/// A named argument as text; an undefined variable is refused, not taken for nothing.
pub(super) fn text_argument(kwargs: &Kwargs, key: &'static str) -> Result<Option<String>, Error> {
    if !kwargs.has(key) {
        return Ok(None);
    }
    text_of(&kwargs.get::<Value>(key)?).map(Some)
}

pub(super) fn text_of(value: &Value) -> Result<String, Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    Ok(match value.downcast_object_ref::<RowObject>() {
        Some(row) => row.name(),
        None => value.to_string(),
    })
}

/// What the template says where there is no value.
pub(super) fn default_of(kwargs: &Kwargs) -> Result<Option<Value>, Error> {
    if kwargs.has("default") { kwargs.get("default").map(Some) } else { Ok(None) }
}

/// The token of anything that can be printed; what cannot be is refused.
pub(super) fn printed_token(value: &Value, ledger: &Ledger) -> Result<String, Error> {
    if let Some(text) = value.as_str() {
        return Ok(if value.is_safe() { text.to_string() } else { ledger.enter_text(text) });
    }
    let printed = if let Some(object) = value.downcast_object_ref::<PrintedObject>() {
        object.0.clone()
    } else if let Some(cell) = value.downcast_object_ref::<CellObject>() {
        cell.printed().map_err(raise)?
    } else if let Some(row) = value.downcast_object_ref::<RowObject>() {
        row.printed()
    } else if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    } else if value.is_number() {
        Printed::Text(value.to_string().replace('.', ",").replace('-', "\u{2212}"))
    } else {
        let message = say!("write-cannot-be-printed-text", kind = value.kind());
        return Err(raise(Fault::new(Code::TemplateError, message)));
    };
    Ok(ledger.enter(printed))
}
