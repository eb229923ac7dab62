//! What templates ask of sources: were they delivered, what are they called, what is one row of them.
//!
//! In: the job's sources and the files that were read. Out: truth values, sentences and nouns. A measure of a source
//! that was not delivered has no values: `has` is false, lists are empty, and a number is refused unless the template
//! says what stands in its place.

use std::sync::Arc;

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error};

use super::arguments::{default_of, text_argument};
use super::facts::{Facts, Fault, SourceFact};
use super::objects::{PrintedObject, raise};
use super::tokens::{Printed, clean};
use crate::diagnostic::Code;
use crate::domain::words::{NounForms, not_one};

pub(super) fn register(env: &mut Environment<'static>, facts: &Arc<Facts>, period: String) {
    let known = facts.clone();
    env.add_function("delivered", move |name: String| {
        known.source(&name).map(|source| Value::from(source.delivered)).map_err(raise)
    });
    let known = facts.clone();
    env.add_function("missing", move |name: String| {
        let source = known.source(&name).map_err(raise)?;
        Ok::<_, Error>(PrintedObject::value(Printed::Text(clean(&missing_sentence(source, &period)))))
    });
    let known = facts.clone();
    env.add_function("noun", move |name: String| known.source(&name).map(noun).map_err(raise));
}

/// "Underlaget Öppna jämförelser har inte lämnats för kvalitetsår 2023."
pub(super) fn missing_sentence(source: &SourceFact, period: &str) -> String {
    if source.readable {
        printed!("write-source-not-delivered", title = source.title, period)
    } else {
        printed!("write-source-not-read", title = source.title)
    }
}

/// The forms of a source's noun. A definite form that the job does not give is not made up.
fn noun(source: &SourceFact) -> Value {
    let forms = NounForms { one: &source.noun.one, many: &source.noun.many, neuter: source.noun.neuter };
    let mut pairs = vec![
        ("one", clean(forms.one)),
        ("many", clean(forms.many)),
        ("none", clean(&not_one(forms))),
        ("article", if forms.neuter { "ett" } else { "en" }.to_string()),
    ];
    pairs.extend(source.noun.definite.as_deref().map(|form| ("definite", clean(form))));
    pairs.extend(source.noun.definite_many.as_deref().map(|form| ("definite_many", clean(form))));
    Value::from_pairs(pairs)
}

/// What a function says of a measure whose source was not delivered.
pub(super) fn answer_of_absent(function: &str, measure: &str, kwargs: &Kwargs) -> Result<Value, Error> {
    for key in ["row", "column"] {
        text_argument(kwargs, key)?;
    }
    match function {
        "has" => Ok(Value::from(false)),
        "rows" | "largest" | "highest" | "lowest" => Ok(Value::from(Vec::<Value>::new())),
        "note" => Ok(Value::from("")),
        _ => default_of(kwargs)?.ok_or_else(|| raise(no_value(measure))),
    }
}

fn no_value(measure: &str) -> Fault {
    let message = say!("write-has-no-value-to-print-source", measure);
    Fault::new(Code::MissingValue, message).help(say!("write-ask-with-delivered-source-or"))
}
