//! Finds the calls that a template spells out, so that their names can be checked before any data is read.
//!
//! In: a template's source, cut by the template engine's own tokenizer. Out: each call with a literal name, its line and its
//! second argument; the templates it includes; the source without its tags. It does not evaluate anything, and passes over
//! what it does not understand.

use minijinja::machinery::{Span, Token, tokenize};
use minijinja::syntax::SyntaxConfig;

/// Parts of an expression: a table of a hundred values has some four hundred.
const MOST_PARTS: usize = 2000;

/// A call with a literal name: `table("table.x", avdelning)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    pub line: u32,
    pub function: String,
    /// The literal first argument.
    pub name: String,
    pub each: Each,
    /// The result is compared without `| number`: `value("x") > 10`.
    pub compared: bool,
}

/// What stands for the value of `each`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Each {
    Absent,
    Literal(String),
    /// A variable's name.
    Variable(String),
    /// Something that only rendering can tell.
    Unknown,
}

/// A token of the template engine, and where it stands in the source.
#[derive(Debug)]
pub(super) struct Lexeme<'a> {
    pub(super) token: Token<'a>,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A call of anything with anything.
struct Spelled<'t, 'a> {
    function: &'t Lexeme<'a>,
    arguments: Vec<&'t [Lexeme<'a>]>,
    compared: bool,
}

/// The template as the engine cuts it, without its comments; up to where the engine would refuse it.
pub(super) fn lexemes(source: &str) -> Vec<Lexeme<'_>> {
    let tokens = tokenize(source, false, SyntaxConfig::default()).map_while(Result::ok);
    let lexeme =
        |(token, at): (_, Span)| Lexeme { token, start: at.start_offset as usize, end: at.end_offset as usize };
    tokens.map(lexeme).collect()
}

/// The line of an expression that has more parts than any that is written by hand.
pub(super) fn endless_expression(source: &str) -> Option<u32> {
    let mut parts = 0;
    let endless = lexemes(source).into_iter().find(|lexeme| {
        parts = if matches!(lexeme.token, Token::TemplateData(_)) { 0 } else { parts + 1 };
        parts > MOST_PARTS
    });
    endless.map(|lexeme| line_of(source, lexeme.start))
}

/// Every call with a literal name, in order.
pub(super) fn calls(source: &str) -> Vec<Call> {
    let call = |spelled: Spelled| match spelled.arguments.as_slice() {
        [[name], rest @ ..] => Some(Call {
            line: line_of(source, spelled.function.start),
            function: spelled.function.name()?.to_string(),
            name: name.text()?.to_string(),
            each: each_of(rest),
            compared: spelled.compared,
        }),
        _ => None,
    };
    spelled(&lexemes(source)).filter_map(call).collect()
}

/// Names of the rooms that `room("prompt", "name", each)` spells out, with what stands for the value of `each`.
pub(super) fn rooms(source: &str) -> Vec<(String, Each)> {
    let room = |spelled: Spelled| match spelled.arguments.as_slice() {
        [_, [name], rest @ ..] if spelled.function.name() == Some("room") => {
            Some((name.text()?.to_string(), each_at(rest.first().copied())))
        }
        _ => None,
    };
    spelled(&lexemes(source)).filter_map(room).collect()
}

/// Names of templates that `include`, `import`, `from` and `extends` spell out, with their line.
pub(super) fn included(source: &str) -> Vec<(u32, String)> {
    let named = |words: &[Lexeme]| match words {
        [Lexeme { token: Token::BlockStart, start, .. }, word, name]
            if matches!(word.name(), Some("include" | "import" | "from" | "extends")) =>
        {
            Some((line_of(source, *start), name.text()?.to_string()))
        }
        _ => None,
    };
    lexemes(source).windows(3).filter_map(named).collect()
}

/// The source as Markdown will see it: `stand_in` for what is printed, nothing for the other tags, lines kept.
pub(super) fn without_tags(source: &str, stand_in: &str) -> String {
    let line_breaks = |text: &str| "\n".repeat(text.matches('\n').count());
    let (mut seen, mut from) = (String::with_capacity(source.len()), 0);
    for Lexeme { token, start, end } in lexemes(source) {
        let text = match token {
            Token::TemplateData(_) => &source[start..end],
            Token::VariableStart => stand_in,
            _ => continue,
        };
        seen += &line_breaks(&source[from..start]);
        seen += text;
        from = end;
    }
    seen + &line_breaks(&source[from..])
}

/// The line of a byte, from 1.
pub(super) fn line_of(source: &str, offset: usize) -> u32 {
    let lines = source.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count();
    u32::try_from(lines + 1).unwrap_or(u32::MAX)
}

impl Lexeme<'_> {
    /// The content of a quoted text.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.token {
            Token::Str(text) => Some(text),
            Token::String(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        match self.token {
            Token::Ident(name) => Some(name),
            _ => None,
        }
    }

    fn compares(&self) -> bool {
        matches!(self.token, Token::Eq | Token::Ne | Token::Lt | Token::Lte | Token::Gt | Token::Gte)
    }

    /// +1 for what opens a list of arguments or an index, −1 for what closes it.
    pub(super) fn depth(&self) -> i32 {
        match self.token {
            Token::ParenOpen | Token::BracketOpen => 1,
            Token::ParenClose | Token::BracketClose => -1,
            _ => 0,
        }
    }
}

/// The calls of functions, not of methods.
fn spelled<'t, 'a>(lexemes: &'t [Lexeme<'a>]) -> impl Iterator<Item = Spelled<'t, 'a>> {
    let call = |words: &'t [Lexeme<'a>], at: usize| match words {
        [before, function, Lexeme { token: Token::ParenOpen, .. }]
            if function.name().is_some() && !matches!(before.token, Token::Dot) =>
        {
            let (arguments, after) = arguments(&lexemes[at + 3..]);
            let compared = before.compares() || after.is_some_and(Lexeme::compares);
            Some(Spelled { function, arguments, compared })
        }
        _ => None,
    };
    lexemes.windows(3).enumerate().filter_map(move |(at, words)| call(words, at))
}

/// The arguments after an opened parenthesis, cut at commas outside parentheses of their own, and what follows the call.
fn arguments<'t, 'a>(inside: &'t [Lexeme<'a>]) -> (Vec<&'t [Lexeme<'a>]>, Option<&'t Lexeme<'a>>) {
    let (mut arguments, mut depth, mut from) = (Vec::new(), 0, 0);
    for (index, lexeme) in inside.iter().enumerate() {
        depth += lexeme.depth();
        if depth < 0 || (depth == 0 && matches!(lexeme.token, Token::Comma)) {
            arguments.push(&inside[from..index]);
            from = index + 1;
        }
        if depth < 0 {
            return (arguments, inside.get(from));
        }
    }
    (arguments, None)
}

/// The value of `each` after the name: the second argument, or the one named so.
fn each_of(arguments: &[&[Lexeme]]) -> Each {
    let named = arguments.iter().find_map(|argument| match argument {
        [Lexeme { token: Token::Ident("each"), .. }, Lexeme { token: Token::Assign, .. }, value @ ..] => Some(value),
        _ => None,
    });
    let is_named = |argument: &[Lexeme]| matches!(argument.get(1), Some(Lexeme { token: Token::Assign, .. }));
    each_at(named.or(arguments.first().copied().filter(|second| !is_named(second))))
}

fn each_at(value: Option<&[Lexeme]>) -> Each {
    match value {
        None | Some([]) => Each::Absent,
        Some([Lexeme { token: Token::Ident(name), .. }]) => Each::Variable(name.to_string()),
        Some([one]) => one.text().map_or(Each::Unknown, |text| Each::Literal(text.to_string())),
        Some(_) => Each::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(source: &str) -> Call {
        let calls = calls(source);
        assert_eq!(calls.len(), 1, "{calls:?}");
        calls[0].clone()
    }

    #[test]
    fn calls_are_found_with_line_name_and_each() {
        let call = only("a\n\n{{ table(\"table.x\", avdelning) }}");
        assert_eq!((call.line, call.function.as_str(), call.name.as_str()), (3, "table", "table.x"));
        assert_eq!(call.each, Each::Variable("avdelning".into()));
        assert_eq!(only("{{ value('b.x', row=\"a, b\", each = \"Vuxna\") }}").each, Each::Literal("Vuxna".into()));
        assert_eq!(only("{{ value('b.x', row=\"each=1\") }}").each, Each::Absent);
        assert_eq!(only("{{ table('b.x', namn ~ 'a') }}").each, Each::Unknown);
    }

    #[test]
    fn quotes_comments_methods_and_raw_text_hold_no_calls() {
        for source in [
            "{# table(\"x\") #}",
            "table(\"x\")",
            "{{ \"table('x') }}\" }}",
            "{{ row.value(\"x\") }}",
            "{% raw %}{{ table(\"x\") }}{% endraw %}",
            "{{ table(x) }}",
            "{{ table(\"x",
        ] {
            assert_eq!(calls(source), Vec::new(), "{source}");
        }
    }

    #[test]
    fn a_number_compared_as_an_object_is_noticed() {
        assert!(only("{% if value(\"x\", row=\"a\") > 10 %}").compared);
        assert!(only("{% if 10 <= value(\"x\") %}").compared);
        assert!(!only("{% if value(\"x\") | number > 10 %}").compared);
        assert!(!only("{% set a = value(\"x\") %}").compared);
    }

    #[test]
    fn rooms_are_named_with_their_value_of_each() {
        let source = "{{ room(\"Vad, säger (ni)?\", \"enkat\", avdelning) }}{{ room('a') }}{{ room('a', 'b') }}\n\
                      {{ room(\"a\", \"c\", \"Vuxna\") }}{{ room(\"a\", \"d\", x ~ y) }}{# room('a', 'e') #}";
        let named = |name: &str, each: Each| (name.to_string(), each);
        let expected = [
            named("enkat", Each::Variable("avdelning".into())),
            named("b", Each::Absent),
            named("c", Each::Literal("Vuxna".into())),
            named("d", Each::Unknown),
        ];
        assert_eq!(rooms(source), expected);
    }

    #[test]
    fn included_templates_are_named() {
        let source = "{% include \"a.md\" %}\n{%- from 'b.md' import c %}\n{% if x %}{% endif %}";
        assert_eq!(included(source), vec![(1, "a.md".to_string()), (2, "b.md".to_string())]);
    }

    #[test]
    fn without_tags_lines_stay_where_they_are() {
        let source = "a {{ x\n }} b\n{% if y %}c{% endif %}\n{# z #}<b>";
        let text = without_tags(source, "#");
        assert_eq!(text, "a #\n b\nc\n<b>");
        assert_eq!(text.find('<').map(|at| line_of(&text, at)), Some(4));
    }
}
