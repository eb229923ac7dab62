//! The JSON Schema of job files, and the walker that checks a file against it.
//!
//! In: the spec's types (by schemars) and a parsed file. Out: the schema that `kvalis schema` prints, and every
//! unknown key, missing key, wrong type and bad value with its place. What the schema says is what the loader
//! accepts, because this check is the loader's own.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::spec::JobSpec;
use crate::diagnostic::{Code, Diagnostic, Location, nearest};
use crate::vocabulary::document::{Entry, LineColumn, Node, NodeValue};

/// JSON Schema (draft 2020-12) of a job file.
pub fn job_schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> = LazyLock::new(derived);
    &SCHEMA
}

fn derived() -> Value {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<JobSpec>();
    let mut schema = schema.to_value();
    say_limits(&mut schema);
    if let Value::Object(root) = &mut schema {
        root.insert("title".into(), "kvalis job file".into());
    }
    schema
}

/// TOML has no null, and an integer's format is only a remark in JSON Schema: says both in words that validate.
fn say_limits(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            drop_null(object);
            bound_integer(object);
            object.values_mut().for_each(say_limits);
        }
        Value::Array(items) => items.iter_mut().for_each(say_limits),
        _ => {}
    }
}

fn drop_null(schema: &mut Map<String, Value>) {
    if schema.get("default") == Some(&Value::Null) {
        schema.remove("default");
    }
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".into(), only);
        }
    }
    let is_null = |option: &Value| option.get("type") == Some(&Value::from("null"));
    if let Some(Value::Array(options)) = schema.get_mut("anyOf") {
        options.retain(|option| !is_null(option));
        if let [Value::Object(only)] = options.as_slice() {
            let only = only.clone();
            schema.remove("anyOf");
            schema.extend(only);
        }
    }
}

fn bound_integer(schema: &mut Map<String, Value>) {
    let (least, most): (i64, u64) = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => (i32::MIN.into(), i32::MAX as u64),
        Some("uint8") => (0, u8::MAX.into()),
        Some("uint32") => (0, u32::MAX.into()),
        Some("uint64") => (0, u64::MAX),
        _ => return,
    };
    schema.insert("minimum".into(), least.into());
    schema.insert("maximum".into(), most.into());
}

/// Everything in which the file differs from the schema, in the order of the file.
pub fn check(document: &Node, schema: &Value, file: &str) -> Vec<Diagnostic> {
    let mut checker = Checker { root: schema, file, found: Vec::new() };
    checker.node(document, schema, "", document.place);
    checker.found
}

struct Checker<'a> {
    root: &'a Value,
    file: &'a str,
    found: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    /// `name` is the dotted path for messages, `key` the place of the node's key.
    fn node(&mut self, node: &Node, schema: &'a Value, name: &str, key: LineColumn) {
        let schema = self.resolved(schema);
        if let Some(words) = self.words(schema) {
            return self.word(node, &words, name);
        }
        if let Some(options) = schema.get("anyOf").and_then(Value::as_array) {
            return self.alternatives(node, options, name, key);
        }
        match &node.value {
            _ if !self.has_type(node, schema) => self.wrong_type(node, &self.expected(schema), name),
            NodeValue::Table(entries) => self.table(entries, schema, name, key),
            NodeValue::List(items) => self.list(node, items, schema, name),
            NodeValue::Integer(number) => self.bounds(node, *number, schema, name),
            _ => {}
        }
    }

    fn resolved(&self, schema: &'a Value) -> &'a Value {
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        target.and_then(|pointer| self.root.pointer(pointer)).unwrap_or(schema)
    }

    /// The allowed words, if the schema is a closed set of texts.
    fn words(&self, schema: &'a Value) -> Option<Vec<&'a str>> {
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            return words.iter().map(Value::as_str).collect();
        }
        let options = schema.get("oneOf")?.as_array()?;
        let words = options.iter().map(|option| match option.get("const").and_then(Value::as_str) {
            Some(word) => Some(vec![word]),
            None => self.words(option),
        });
        Some(words.collect::<Option<Vec<_>>>()?.concat())
    }

    fn word(&mut self, node: &Node, words: &[&str], name: &str) {
        let listed = any_of(words);
        match &node.value {
            NodeValue::Text(text) if words.contains(&text.as_str()) => {}
            NodeValue::Text(text) => {
                let meant = did_you_mean(text, words.iter().copied());
                self.add(Code::BadValue, say!("job-must-be-one-of", name, listed, text, meant), node.place, None);
            }
            _ => self.wrong_type(node, &listed, name),
        }
    }

    fn alternatives(&mut self, node: &Node, options: &'a [Value], name: &str, key: LineColumn) {
        match options.iter().find(|option| self.has_type(node, self.resolved(option))) {
            Some(option) => self.node(node, option, name, key),
            None => {
                let expected: Vec<String> = options.iter().map(|option| self.expected(self.resolved(option))).collect();
                self.wrong_type(node, &expected.join(&say!("job-or")), name);
            }
        }
    }

    fn has_type(&self, node: &Node, schema: &Value) -> bool {
        let Some(wanted) = schema.get("type").and_then(Value::as_str) else { return true };
        match &node.value {
            NodeValue::Text(_) => wanted == "string",
            NodeValue::Integer(_) => wanted == "integer" || wanted == "number",
            NodeValue::Float(number) => wanted == "number" && number.is_finite(),
            NodeValue::Boolean(_) => wanted == "boolean",
            NodeValue::Date(_) => false,
            NodeValue::List(_) => wanted == "array",
            NodeValue::Table(_) => wanted == "object",
        }
    }

    /// What a schema asks for, in words.
    fn expected(&self, schema: &'a Value) -> String {
        if let Some(words) = self.words(schema) {
            return any_of(&words);
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("string") => say!("job-text"),
            Some("integer") => say!("job-whole-number"),
            Some("number") => say!("job-number"),
            Some("boolean") => say!("job-true-or-false"),
            Some("object") => say!("job-table"),
            Some("array") => match schema.get("items").map(|items| self.resolved(items)) {
                Some(items) if items.get("type") == Some(&"string".into()) => say!("job-list-texts"),
                Some(items) if items.get("type") == Some(&"number".into()) => say!("job-list-numbers"),
                Some(items) if items.get("type") == Some(&"object".into()) => say!("job-list-tables"),
                _ => say!("job-list"),
            },
            _ => say!("job-another-value"),
        }
    }

    fn wrong_type(&mut self, node: &Node, expected: &str, name: &str) {
        let found = match &node.value {
            NodeValue::Text(_) => say!("job-text"),
            NodeValue::Integer(_) => say!("job-whole-number"),
            NodeValue::Float(number) if !number.is_finite() => say!("job-no-finite-number"),
            NodeValue::Float(_) => say!("job-decimal-number"),
            NodeValue::Boolean(_) => say!("job-true-or-false"),
            NodeValue::Date(_) => say!("job-toml-date"),
            NodeValue::List(_) => say!("job-list"),
            NodeValue::Table(_) => say!("job-table"),
        };
        let help = matches!(&node.value, NodeValue::Date(_)).then(|| say!("job-write-date-in-quotes"));
        let found = say!("job-must-be-of-type", name, expected, found);
        self.add(Code::WrongType, found, node.place, help);
    }

    fn table(&mut self, entries: &[Entry], schema: &'a Value, name: &str, key: LineColumn) {
        let properties = schema.get("properties").and_then(Value::as_object);
        let others = schema.get("additionalProperties").filter(|others| others.is_object());
        for entry in entries {
            let inner = if name.is_empty() { entry.key.clone() } else { format!("{name}.{}", entry.key) };
            match properties.and_then(|known| known.get(&entry.key)).or(others) {
                Some(schema) => self.node(&entry.node, schema, &inner, entry.place),
                None => self.unknown_key(entry, properties, name),
            }
        }
        let required = schema.get("required").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for wanted in required.iter().filter_map(Value::as_str) {
            if !entries.iter().any(|entry| entry.key == wanted) {
                self.missing_key(wanted, properties.and_then(|known| known.get(wanted)), name, key);
            }
        }
    }

    fn unknown_key(&mut self, entry: &Entry, properties: Option<&Map<String, Value>>, name: &str) {
        let known: Vec<&str> = properties.into_iter().flat_map(Map::keys).map(String::as_str).collect();
        let meant = did_you_mean(&entry.key, known.iter().copied());
        let help = meant.is_empty().then(|| say!("job-known-keys-here", known = known.join(", ")));
        self.add(
            Code::UnknownKey,
            say!("job-unknown-key-in", key = entry.key, name = around(name), meant),
            entry.place,
            help,
        );
    }

    fn missing_key(&mut self, wanted: &str, schema: Option<&'a Value>, name: &str, key: LineColumn) {
        let help = schema.map_or_else(
            || say!("job-add-of-type", wanted, expected = say!("job-a-value")),
            |schema| self.addition(wanted, schema),
        );
        self.add(Code::MissingKey, say!("job-missing-key-in", wanted, name = around(name)), key, Some(help));
    }

    /// What a key is for, and what it may be where that is one of a few words.
    fn addition(&self, wanted: &str, schema: &'a Value) -> String {
        let resolved = self.resolved(schema);
        let text = schema.get("description").or_else(|| resolved.get("description")).and_then(Value::as_str);
        let text = text.map(|text| text.replace('\n', " ").trim_end_matches('.').to_string());
        match (text, self.words(resolved)) {
            (Some(text), Some(words)) => say!("job-add-described-word", wanted, text, expected = any_of(&words)),
            (Some(text), None) => say!("job-add-described", wanted, text),
            (None, _) => say!("job-add-of-type", wanted, expected = self.expected(resolved)),
        }
    }

    fn list(&mut self, node: &Node, items: &[Node], schema: &'a Value, name: &str) {
        let limit = |key| schema.get(key).and_then(Value::as_u64);
        let (least, most) = (limit("minItems").unwrap_or(0), limit("maxItems").unwrap_or(u64::MAX));
        let count = items.len() as u64;
        if count < least || count > most {
            let message = say!("job-must-have-values-found", name, least, count);
            self.add(Code::BadValue, message, node.place, None);
        }
        let Some(schema) = schema.get("items") else { return };
        for (index, item) in items.iter().enumerate() {
            self.node(item, schema, &format!("{name}[{}]", index + 1), item.place);
        }
    }

    fn bounds(&mut self, node: &Node, number: i128, schema: &Value, name: &str) {
        let least = schema.get("minimum").and_then(Value::as_i64).map_or(i128::MIN, i128::from);
        let most = schema.get("maximum").and_then(Value::as_u64).map_or(i128::MAX, i128::from);
        if number < least || number > most {
            let message = say!("job-must-be-whole-number-from", name, least, most, number);
            self.add(Code::BadValue, message, node.place, None);
        }
    }

    fn add(&mut self, code: Code, message: String, place: LineColumn, help: Option<String>) {
        let at = Location::JobFile { file: self.file.to_string(), line: place.line, column: place.column };
        self.found.push(Diagnostic { help, ..Diagnostic::error(code, message, at) });
    }
}

fn around(name: &str) -> String {
    if name.is_empty() { say!("job-the-job-file") } else { format!("`{name}`") }
}

fn any_of(words: &[&str]) -> String {
    match words {
        [only] => format!("`{only}`"),
        words => say!("job-one-of", words = words.join("`, `")),
    }
}

fn did_you_mean<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> String {
    nearest(word, known).map_or(String::new(), |meant| say!("job-did-you-mean", meant))
}
