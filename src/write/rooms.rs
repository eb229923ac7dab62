//! Rooms that a template leaves for the analyst's own texts: Markdown files beside the job, or words of the template.
//!
//! In: the manuscript's texts, and what a template says at `room(…)`. Out: the text of a room, or the name of the file to
//! create. A text is a small template of its own, so that numbers in it are bound to computed values; it is read apart
//! from the chapter, so that a list that it leaves open ends with it.

use std::cell::RefCell;
use std::sync::Arc;

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, State};

use super::arguments::text_of;
use super::facts::Fault;
use super::manuscript::{Manuscript, Text, Texts, stem, template_name};
use super::objects::{PrintedObject, raise};
use super::tokens::{BlockCall, Printed, clean};
use crate::diagnostic::Code;
use crate::domain::table::slug;

/// Adds `room("prompt", "name", each)`: the text that the analyst wrote, else a box that names the file to write.
///
/// `{% call room("…") %}text{% endcall %}` puts a text of the template itself in the box's place.
pub(super) fn register(env: &mut Environment<'static>, manuscript: &Arc<Manuscript>) {
    let manuscript = manuscript.clone();
    let room = move |state: &mut State, prompt: String, name: Option<Value>, each: Option<Value>, kwargs: Kwargs| {
        let asked = Room { prompt, stem: named_stem(name, each)?, caller: kwargs.get("caller")? };
        kwargs.assert_all_used()?;
        asked.answer(&manuscript.texts, state)
    };
    env.add_function("room", room);
}

/// What a template asks for.
struct Room {
    prompt: String,
    /// Stem of the file that the text may stand in.
    stem: Option<String>,
    /// The text between `{% call room(…) %}` and `{% endcall %}`.
    caller: Option<Value>,
}

impl Room {
    fn answer(self, texts: &Texts, state: &mut State) -> Result<Value, Error> {
        let Room { prompt, stem, caller } = self;
        if let Some((stem, text)) = stem.as_ref().and_then(|stem| texts.by_stem.get_key_value(stem)) {
            let rendered = render(state, stem, text)?;
            return Ok(PrintedObject::value(Printed::Block(BlockCall::Written { stem: stem.clone(), rendered })));
        }
        if let Some(caller) = caller {
            let text = caller.call(state, &[])?;
            if text.as_str().is_some_and(|text| !text.trim().is_empty()) {
                return Ok(text);
            }
        }
        let file = stem.map(|stem| format!("{}/{stem}.md", texts.folder));
        Ok(PrintedObject::value(Printed::Block(BlockCall::Room { prompt: clean(&prompt), file })))
    }
}

fn named_stem(name: Option<Value>, each: Option<Value>) -> Result<Option<String>, Error> {
    let Some(name) = name.filter(|name| !name.is_none()) else { return Ok(None) };
    let name = text_of(&name)?;
    if name.is_empty() || slug(&name) != name {
        let message = say!("write-cannot-be-name-room-becomes", name);
        let fault = Fault::new(Code::TemplateError, message);
        return Err(raise(fault.help(say!("write-use-lower-case-letters-z"))));
    }
    let each = each.filter(|each| !each.is_none()).map(|each| text_of(&each)).transpose()?;
    Ok(Some(stem(&name, each.as_deref())))
}

thread_local! {
    /// Texts that are being rendered, each within the one before.
    static OPEN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Renders a text with the variables of the template that it stands in. One that leaves room for itself would never end.
fn render(state: &State, stem: &str, text: &Text) -> Result<String, Error> {
    if OPEN.with_borrow(|open| open.iter().any(|open| open == stem)) {
        let fault = Fault::new(Code::TemplateError, say!("write-text-leaves-room-for-itself", file = text.file));
        return Err(raise(fault.help(say!("write-take-the-room-out-of-it"))));
    }
    OPEN.with_borrow_mut(|open| open.push(stem.to_string()));
    let rendered = render_one(state, stem, text);
    OPEN.with_borrow_mut(Vec::pop);
    rendered
}

fn render_one(state: &State, stem: &str, text: &Text) -> Result<String, Error> {
    let name = template_name(stem);
    let markdown = clean(&text.markdown);
    let template = state.env().template_from_named_str(&name, &markdown)?;
    let seen = template.undeclared_variables(false).into_iter();
    let values: Vec<(String, Value)> =
        seen.filter_map(|variable| state.lookup(&variable).map(|value| (variable, value))).collect();
    template.render(Value::from_pairs(values))
}
