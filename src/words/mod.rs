//! Every text that a person reads, found by its key.
//!
//! In: `en/*.ftl`, what the command line says, and `sv/*.ftl`, what a report prints in Swedish whoever runs the program;
//! both are Fluent (projectfluent.org), one file a room. Out: `say!` and `printed!`, which fill a text's `{ $names }`,
//! and `word!`, which hands out a heading or a verdict as it stands.
//! Never: a text that is put together of words in code. A bug's message (`Failure::internal`) is for us and stays there.
//!
//! The key is `room-what-it-says`; a text that depends on a number chooses by it itself (`{ $rows -> [one] … }`).
//! `tests/suite/words.rs` holds that keys, names and calls agree, for every language that has a folder here.

use std::borrow::Cow;
use std::fmt::Display;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// What the command line says.
const ENGLISH: &[&str] = &[
    include_str!("en/cli.ftl"),
    include_str!("en/diagnostic.ftl"),
    include_str!("en/dialog.ftl"),
    include_str!("en/diff.ftl"),
    include_str!("en/draw.ftl"),
    include_str!("en/explain.ftl"),
    include_str!("en/help.ftl"),
    include_str!("en/ingest.ftl"),
    include_str!("en/job.ftl"),
    include_str!("en/measure.ftl"),
    include_str!("en/normalise.ftl"),
    include_str!("en/protect.ftl"),
    include_str!("en/published.ftl"),
    include_str!("en/run.ftl"),
    include_str!("en/store.ftl"),
    include_str!("en/write.ftl"),
];

/// What is printed in a report.
const SWEDISH: &[&str] = &[
    include_str!("sv/cli.ftl"),
    include_str!("sv/diff.ftl"),
    include_str!("sv/domain.ftl"),
    include_str!("sv/draw.ftl"),
    include_str!("sv/ingest.ftl"),
    include_str!("sv/inspect.ftl"),
    include_str!("sv/measure.ftl"),
    include_str!("sv/normalise.ftl"),
    include_str!("sv/protect.ftl"),
    include_str!("sv/run.ftl"),
    include_str!("sv/write.ftl"),
];

static SAID: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::new("en", ENGLISH));
static PRINTED: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::new("sv", SWEDISH));

/// A text for the person at the command line: `say!("room-what-it-says", name, other = value)`.
macro_rules! say {
    (@ $name:ident) => { &$name as &dyn std::fmt::Display };
    (@ $name:ident $value:expr) => { &$value as &dyn std::fmt::Display };
    ($key:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::words::said($key, &[$((stringify!($name), say!(@ $name $($value)?))),*])
    };
}

/// A text of the report, written as `say!`.
macro_rules! printed {
    ($key:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::words::printed($key, &[$((stringify!($name), say!(@ $name $($value)?))),*])
    };
}

/// A word of the report as it stands in its file: nothing is filled in, and nothing is copied.
macro_rules! word {
    ($key:literal) => {
        $crate::words::word($key)
    };
}

/// A name in a text, and what stands there.
type Named<'a> = (&'static str, &'a dyn Display);

/// What `say!` calls.
pub(crate) fn said(key: &str, values: &[Named]) -> String {
    SAID.text(key, values)
}

/// What `printed!` calls.
pub(crate) fn printed(key: &str, values: &[Named]) -> String {
    PRINTED.text(key, values)
}

/// What [`word!`] calls.
pub(crate) fn word(key: &'static str) -> &'static str {
    PRINTED.word(key)
}

/// The texts of one language.
struct Catalogue(FluentBundle<FluentResource>);

impl Catalogue {
    fn new(language: &str, files: &[&str]) -> Catalogue {
        let language = language.parse().expect("the names of our languages are well formed");
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // The marks that keep left-to-right names apart in right-to-left text would stand in every message.
        bundle.set_use_isolating(false);
        for file in files {
            let texts = FluentResource::try_new((*file).to_string()).expect("a test holds that each file can be read");
            bundle.add_resource(texts).expect("a test holds that each key stands once");
        }
        Catalogue(bundle)
    }

    /// A text of one line without names, as it stands; the key itself if it is none, which a test rules out.
    fn word(&'static self, key: &'static str) -> &'static str {
        let pattern = self.0.get_message(key).and_then(|message| message.value());
        match pattern.map(|pattern| self.0.format_pattern(pattern, None, &mut Vec::new())) {
            Some(Cow::Borrowed(text)) => text,
            _ => key,
        }
    }

    /// The text of a key; the key itself if it had none, which a test rules out.
    fn text(&self, key: &str, values: &[Named]) -> String {
        let Some(pattern) = self.0.get_message(key).and_then(|message| message.value()) else {
            return key.to_string();
        };
        let values: FluentArgs = values.iter().map(|(name, value)| (*name, filled(value.to_string()))).collect();
        self.0.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    }
}

/// A whole number is handed over as one, so that a text can choose by it; everything else as it is shown.
fn filled(shown: String) -> FluentValue<'static> {
    match shown.parse::<u32>() {
        Ok(number) if number.to_string() == shown => FluentValue::from(number),
        _ => FluentValue::from(shown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_can_be_read() {
        LazyLock::force(&SAID);
        LazyLock::force(&PRINTED);
    }

    #[test]
    fn a_text_is_filled_and_chooses_by_number() {
        let catalogue =
            Catalogue::new("en", &["rows = { $n ->\n    [one] one row\n   *[other] { $n } rows\n } of { $file }"]);
        let rows = |n: &str| catalogue.text("rows", &[("n", &n), ("file", &"007")]);
        assert_eq!(rows("1"), "one row of 007");
        assert_eq!(rows("0"), "0 rows of 007");
        assert_eq!(rows("9007199254740993"), "9007199254740993 rows of 007", "no digit is lost");
        assert_eq!(catalogue.text("no-such-key", &[]), "no-such-key");
    }
}
