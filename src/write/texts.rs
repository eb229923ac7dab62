//! The analyst's own texts: Markdown files beside the job that stand where a template leaves room.
//!
//! In: the files' texts, read by `run`, and what a template says at `room(…)`. Out: the text of a room, or the name of
//! the file to create. A text is a small template of its own, so that numbers in it are bound to computed values; it
//! is read apart from the chapter, so that a list that it leaves open ends with it.

use std::collections::BTreeMap;

use minijinja::value::{Kwargs, Value};
use minijinja::{Error, State};

use super::facts::Fault;
use super::functions::text_of;
use super::objects::{PrintedObject, raise};
use super::tokens::{BlockCall, Printed, clean};
use crate::diagnostic::Code;
use crate::domain::table::slug;

/// Begins the engine's name of a text; no template's name can, for it is not a path.
const PREFIX: &str = "text:";

/// A file that the analyst wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// As the analyst would open it, for messages.
    pub file: String,
    pub markdown: String,
}

/// The texts of a job by file stem, and the folder where more of them can be put.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// The folder's own name, never a path of the machine.
    pub folder: String,
    pub by_stem: BTreeMap<String, Text>,
}

/// File stem of a room: `avvikelser`, or `avvikelser--vuxna` for a value of `each`.
pub fn stem(name: &str, each: Option<&str>) -> String {
    each.map_or_else(|| name.to_string(), |value| format!("{name}--{}", slug(value)))
}

/// Name of a text in the template engine.
pub fn template_name(stem: &str) -> String {
    format!("{PREFIX}{stem}")
}

/// The stem of a text, if the engine's name is that of one.
pub fn stem_of(template: &str) -> Option<&str> {
    template.strip_prefix(PREFIX)
}

impl Texts {
    /// `room("prompt", "name", each)`: the text that the analyst wrote, else a box that names the file to write.
    ///
    /// `{% call room("…") %}text{% endcall %}` puts a text of the template itself in the box's place.
    pub fn room(
        &self,
        state: &mut State,
        prompt: String,
        name: Option<Value>,
        each: Option<Value>,
        kwargs: &Kwargs,
    ) -> Result<Value, Error> {
        let stem = named_stem(name, each)?;
        if let Some((stem, text)) = stem.as_ref().and_then(|stem| self.by_stem.get_key_value(stem)) {
            let rendered = render(state, stem, text)?;
            return Ok(PrintedObject::value(Printed::Block(BlockCall::Written { stem: stem.clone(), rendered })));
        }
        if let Some(caller) = kwargs.get::<Option<Value>>("caller")? {
            let text = caller.call(state, &[])?;
            if text.as_str().is_some_and(|text| !text.trim().is_empty()) {
                return Ok(text);
            }
        }
        let file = stem.map(|stem| format!("{}/{stem}.md", self.folder));
        Ok(PrintedObject::value(Printed::Block(BlockCall::Room { prompt: clean(&prompt), file })))
    }
}

fn named_stem(name: Option<Value>, each: Option<Value>) -> Result<Option<String>, Error> {
    let Some(name) = name.filter(|name| !name.is_none()) else { return Ok(None) };
    let name = text_of(&name)?;
    if name.is_empty() || slug(&name) != name {
        let message = format!("`{name}` cannot be the name of a room: it becomes the name of a file");
        let fault = Fault::new(Code::TemplateError, message);
        return Err(raise(fault.help("use lower-case letters a–z, digits, `-` and `_`")));
    }
    let each = each.filter(|each| !each.is_none()).map(|each| text_of(&each)).transpose()?;
    Ok(Some(stem(&name, each.as_deref())))
}

/// Renders a text with the variables of the template that it stands in.
fn render(state: &State, stem: &str, text: &Text) -> Result<String, Error> {
    let name = template_name(stem);
    let markdown = clean(&text.markdown);
    let template = state.env().template_from_named_str(&name, &markdown)?;
    let seen = template.undeclared_variables(false).into_iter();
    let values: Vec<(String, Value)> =
        seen.filter_map(|variable| state.lookup(&variable).map(|value| (variable, value))).collect();
    template.render(Value::from_pairs(values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_room_is_its_name_and_the_value_of_each() {
        assert_eq!(stem("avvikelser", None), "avvikelser");
        assert_eq!(stem("avvikelser", Some("Barn och unga")), "avvikelser--barn-och-unga");
        assert_eq!(stem_of(&template_name("a")), Some("a"));
        assert_eq!(stem_of("avdelningar/avdelning.md"), None);
    }
}
