//! The schema of job files as the reference reads it: tables, keys, words.
//!
//! In: JSON Schema. Out: [`Table`]s of [`Key`]s, and a value's kind in words. Never a key or word of its own.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

pub struct Schema<'a> {
    root: &'a Value,
}

/// A table with fixed keys, and how often it stands in the job file.
pub struct Table<'a> {
    /// The definition's place in the schema.
    pub name: &'a str,
    pub form: Form,
    pub description: &'a str,
    pub keys: Vec<Key<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    One,
    /// One by each name.
    Named,
    List,
}

pub struct Key<'a> {
    pub name: &'a str,
    pub schema: &'a Value,
    pub required: bool,
}

impl<'a> Key<'a> {
    /// What the key's own doc comment says; a definition that several keys share does not describe any of them.
    pub fn description(&self) -> &'a str {
        described(self.schema)
    }

    /// The description without what it says of the default.
    pub fn meaning(&self) -> String {
        let text = self.description();
        match default_sentence(text) {
            Some(range) => format!("{} {}", text[..range.start].trim_end(), text[range.end..].trim_start()),
            None => text.to_string(),
        }
        .trim()
        .to_string()
    }

    /// What holds without the key; empty if nothing says so.
    pub fn default(&self) -> String {
        if self.required {
            return "**required**".to_string();
        }
        let text = self.description();
        if let Some(range) = default_sentence(text) {
            let said = text[range].trim_start_matches("Default").trim_start_matches(':').trim();
            return said.trim_end_matches('.').to_string();
        }
        match self.schema.get("default") {
            Some(Value::Array(none)) if none.is_empty() => "none".to_string(),
            Some(Value::Object(none)) if none.is_empty() => "none".to_string(),
            Some(value) => format!("`{value}`"),
            None => String::new(),
        }
    }
}

/// The sentence of a description that begins with "Default".
fn default_sentence(text: &str) -> Option<std::ops::Range<usize>> {
    let begins = |start: &usize| {
        let before = text[..*start].trim_end();
        before.is_empty() || before.ends_with(['.', ')'])
    };
    let start = text.match_indices("Default").map(|(start, _)| start).find(begins)?;
    let ends = text[start..].match_indices('.').map(|(dot, _)| start + dot + 1);
    let is_end = |end: &usize| {
        let after = text[*end..].trim_start();
        after.is_empty() || (after.len() < text[*end..].len() && after.starts_with(char::is_uppercase))
    };
    let end = ends.into_iter().find(is_end).unwrap_or(text.len());
    Some(start..end)
}

fn described(schema: &Value) -> &str {
    schema.get("description").and_then(Value::as_str).unwrap_or_default()
}

impl<'a> Schema<'a> {
    pub fn of(root: &'a Value) -> Self {
        Schema { root }
    }

    pub fn root(&self) -> Table<'a> {
        self.table("", self.root, Form::One).expect("a job file is a table")
    }

    fn resolved(&self, schema: &'a Value) -> (&'a str, &'a Value) {
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        let found = target.and_then(|target| Some((target, self.root.pointer(target)?)));
        found.unwrap_or(("", schema))
    }

    fn table(&self, name: &'a str, schema: &'a Value, form: Form) -> Option<Table<'a>> {
        let properties = schema.get("properties")?.as_object()?;
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let key =
            |(name, schema): (&'a String, &'a Value)| Key { name, schema, required: required.contains(&name.as_str()) };
        let keys = properties.iter().map(key).collect();
        Some(Table { name, form, description: described(schema), keys })
    }

    /// The table that a value is, or is made of.
    pub fn inner(&self, schema: &'a Value) -> Option<Table<'a>> {
        let (name, resolved) = self.resolved(schema);
        let others = resolved.get("additionalProperties").filter(|others| others.is_object());
        match (others, resolved.get("items")) {
            (Some(others), _) => {
                let (name, resolved) = self.resolved(others);
                self.table(name, resolved, Form::Named)
            }
            (_, Some(items)) => {
                let (name, resolved) = self.resolved(items);
                self.table(name, resolved, Form::List)
            }
            _ => self.table(name, resolved, Form::One),
        }
    }

    /// A value's kind.
    pub fn value(&self, schema: &'a Value) -> String {
        let (_, resolved) = self.resolved(schema);
        let words = self.own_words(resolved);
        if !words.is_empty() {
            return words.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<String>>().join(", ");
        }
        if let Some(options) = resolved.get("anyOf").and_then(Value::as_array) {
            return options.iter().map(|option| self.value(option)).collect::<Vec<String>>().join(" or ");
        }
        match resolved.get("type").and_then(Value::as_str).unwrap_or_default() {
            "string" => "text".into(),
            "integer" => "whole number".into(),
            "number" => "number".into(),
            "boolean" => "`true`, `false`".into(),
            "array" => self.list(resolved),
            "object" => match resolved.get("additionalProperties").filter(|others| others.is_object()) {
                Some(others) if self.inner(schema).is_none() => format!("table: name → {}", self.value(others)),
                Some(_) => "table of tables".into(),
                None => "table".into(),
            },
            kind => panic!("the reference has no word for `{kind}`"),
        }
    }

    fn list(&self, schema: &'a Value) -> String {
        let items = schema.get("items").expect("a list says what it holds");
        let many = match self.value(items).as_str() {
            "text" => "texts".to_string(),
            "number" => "numbers".to_string(),
            "table" => "tables".to_string(),
            words => words.to_string(),
        };
        match schema.get("minItems").and_then(Value::as_u64) {
            Some(least) => format!("list of {least} {many}"),
            None => format!("list of {many}"),
        }
    }

    /// The words that a value, or each value in it, may be, with what they mean.
    pub fn words(&self, schema: &'a Value) -> Vec<(&'a str, &'a str)> {
        let (_, resolved) = self.resolved(schema);
        match resolved.get("items").or(resolved.get("additionalProperties")) {
            Some(inner) => self.words(inner),
            None => self.own_words(resolved),
        }
    }

    fn own_words(&self, resolved: &'a Value) -> Vec<(&'a str, &'a str)> {
        if let Some(words) = resolved.get("enum").and_then(Value::as_array) {
            return words.iter().filter_map(|word| Some((word.as_str()?, ""))).collect();
        }
        let options = resolved.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        let told = |option: &'a Value| match option.get("const").and_then(Value::as_str) {
            Some(word) => vec![(word, described(option))],
            None => self.own_words(option),
        };
        options.flat_map(told).collect()
    }

    /// Every key in a table and in those inside it, as `definition: key`.
    pub fn keys_below(&self, key: &Key<'a>) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        let mut tables: Vec<Table> = self.inner(key.schema).into_iter().collect();
        while let Some(table) = tables.pop() {
            keys.extend(table.keys.iter().map(|key| format!("{}: {}", table.name, key.name)));
            tables.extend(table.keys.iter().filter_map(|key| self.inner(key.schema)));
        }
        keys
    }

    /// The keys of the schema that a value uses, in the same form.
    pub fn keys_used(&self, schema: &'a Value, value: &Value) -> BTreeSet<String> {
        let (name, resolved) = self.resolved(schema);
        let properties = resolved.get("properties").and_then(Value::as_object);
        let others = resolved.get("additionalProperties");
        let mut used = BTreeSet::new();
        for (key, value) in value.as_object().unwrap_or(&Map::new()) {
            let own = properties.and_then(|known| known.get(key));
            used.extend(own.map(|_| format!("{name}: {key}")));
            used.extend(own.or(others).map(|schema| self.keys_used(schema, value)).unwrap_or_default());
        }
        for value in value.as_array().into_iter().flatten() {
            used.extend(resolved.get("items").map(|items| self.keys_used(items, value)).unwrap_or_default());
        }
        used
    }
}
