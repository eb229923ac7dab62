//! Finds the calls that a template spells out, so that their names can be checked before any data is read.
//!
//! In: a template's source. Out: each call with a literal name, its line and its second argument; the templates it
//! includes; the source without its tags. It does not evaluate anything, and passes over what it does not understand.

/// A call with a literal name: `table("table.x", avdelning)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
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
pub enum Each {
    Absent,
    Literal(String),
    /// A variable's name.
    Variable(String),
    /// Something that only rendering can tell.
    Unknown,
}

/// A tag of a template: what stands between `{{` and `}}` or `{%` and `%}`, with the byte where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) inner: &'a str,
    pub(super) prints: bool,
    pub(super) comment: bool,
}

/// Every call with a literal name, in order.
pub fn calls(source: &str) -> Vec<Call> {
    let code = tags(source).into_iter().filter(|tag| !tag.comment);
    code.flat_map(|tag| calls_in(tag, source)).collect()
}

/// Names of the rooms that `room("prompt", "name", each)` spells out, with what stands for the value of `each`.
pub fn rooms(source: &str) -> Vec<(String, Each)> {
    let code = tags(source).into_iter().filter(|tag| !tag.comment);
    let inside = code.flat_map(|tag| calls_of(tag.inner, "room"));
    let arguments = inside.map(|inside| split_arguments(&inside[..end_of_call(inside)]));
    let room = |arguments: Vec<&str>| Some((literal(arguments.first()?)?.0, each_at(arguments.get(1).copied())));
    arguments.filter_map(room).collect()
}

/// What stands between the parenthesis of each call of `function` and the end of the tag.
fn calls_of<'a>(code: &'a str, function: &str) -> Vec<&'a str> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < code.len() {
        let name = word(&code[at..]);
        if name == function
            && let Some(inside) = code[at + name.len()..].trim_start().strip_prefix('(')
        {
            found.push(inside);
        }
        at += if name.is_empty() { step_over(&code[at..]) } else { name.len() };
    }
    found
}

/// Names of templates that `include`, `import`, `from` and `extends` spell out, with their line.
pub fn included(source: &str) -> Vec<(u32, String)> {
    let blocks = tags(source).into_iter().filter(|tag| !tag.prints && !tag.comment);
    let literal = |tag: Tag| {
        let words = tag.inner.trim_matches(['-', '+']).trim();
        let after = ["include", "import", "from", "extends"].iter().find_map(|word| words.strip_prefix(word))?;
        let (name, _) = literal(after.trim_start())?;
        Some((line_of(source, tag.start), name))
    };
    blocks.filter_map(literal).collect()
}

/// The source as Markdown will see it: `stand_in` for what is printed, nothing for the other tags, lines kept.
pub fn without_tags(source: &str, stand_in: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut from = 0;
    for tag in tags(source) {
        text.push_str(&source[from..tag.start]);
        text.push_str(if tag.prints { stand_in } else { "" });
        text.extend(source[tag.start..tag.end].chars().filter(|letter| *letter == '\n'));
        from = tag.end;
    }
    text.push_str(&source[from..]);
    text
}

/// The line of a byte, from 1.
pub fn line_of(source: &str, offset: usize) -> u32 {
    let lines = source.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count();
    u32::try_from(lines + 1).unwrap_or(u32::MAX)
}

pub(super) fn tags(source: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut from = 0;
    while let Some(start) = next_open(source, from) {
        let tag = tag_at(source, start);
        let raw = !tag.prints && !tag.comment && tag.inner.trim_matches(['-', '+', ' ']) == "raw";
        from = if raw { end_of_raw(source, tag.end) } else { tag.end };
        tags.push(tag);
    }
    tags
}

fn next_open(source: &str, from: usize) -> Option<usize> {
    let rest = source.get(from..)?;
    ["{{", "{%", "{#"].iter().filter_map(|open| rest.find(open)).min().map(|at| from + at)
}

fn end_of_raw(source: &str, from: usize) -> usize {
    source[from..].find("endraw").map_or(source.len(), |at| {
        let after = from + at;
        source[after..].find("%}").map_or(source.len(), |close| after + close + 2)
    })
}

/// The tag that begins at `start`; one that is never closed reaches to the end (the compiler will refuse it).
fn tag_at(source: &str, start: usize) -> Tag<'_> {
    let (prints, comment) = (source[start..].starts_with("{{"), source[start..].starts_with("{#"));
    let close = if prints {
        "}}"
    } else if comment {
        "#}"
    } else {
        "%}"
    };
    let body = &source[start + 2..];
    let length = if comment { body.find(close) } else { close_outside_quotes(body, close) }.unwrap_or(body.len());
    let end = (start + 2 + length + close.len()).min(source.len());
    Tag { start, end, inner: &body[..length], prints, comment }
}

fn close_outside_quotes(body: &str, close: &str) -> Option<usize> {
    let mut at = 0;
    while at < body.len() {
        if body[at..].starts_with(close) {
            return Some(at);
        }
        at += step_over(&body[at..]);
    }
    None
}

/// Length of the quoted text, or of the one character, that `text` begins with.
pub(super) fn step_over(text: &str) -> usize {
    let first = text.chars().next().map_or(1, char::len_utf8);
    literal(text).map_or(first, |(_, length)| length)
}

/// A quoted text at the beginning, and how many bytes it takes.
pub(super) fn literal(text: &str) -> Option<(String, usize)> {
    let quote = text.chars().next().filter(|letter| matches!(letter, '"' | '\''))?;
    let mut content = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => content.extend(letters.next().map(|(_, escaped)| escaped)),
            letter if letter == quote => return Some((content, at + 1)),
            letter => content.push(letter),
        }
    }
    None
}

fn calls_in<'a>(tag: Tag<'a>, source: &'a str) -> Vec<Call> {
    let code = tag.inner;
    let mut calls = Vec::new();
    let mut at = 0;
    while at < code.len() {
        let name = word(&code[at..]);
        if name.is_empty() {
            at += step_over(&code[at..]);
            continue;
        }
        let is_method = code[..at].trim_end().ends_with('.');
        let before = &code[..at];
        at += name.len();
        if !is_method && let Some(call) = call(name, before, &code[at..]) {
            calls.push(Call { line: line_of(source, tag.start + 2 + at), ..call });
        }
    }
    calls
}

fn word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
    &text[..end]
}

/// A call of `function` whose arguments begin `after`.
fn call(function: &str, before: &str, after: &str) -> Option<Call> {
    let inside = after.trim_start().strip_prefix('(')?;
    let (name, length) = literal(inside.trim_start())?;
    let arguments = &inside.trim_start()[length..];
    let end = end_of_call(arguments);
    let compared = is_comparison(before.trim_end(), arguments.get(end + 1..).unwrap_or("").trim_start());
    Some(Call { line: 0, function: function.to_string(), name, each: each_of(&arguments[..end]), compared })
}

fn is_comparison(before: &str, after: &str) -> bool {
    let operators = ["==", "!=", "<=", ">=", "<", ">"];
    operators.iter().any(|operator| after.starts_with(operator) || before.ends_with(operator))
}

/// Where the parenthesis of a call closes.
fn end_of_call(arguments: &str) -> usize {
    let (mut depth, mut at) = (1, 0);
    while at < arguments.len() {
        match arguments.as_bytes()[at] {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
        at += step_over(&arguments[at..]);
    }
    arguments.len()
}

/// The second argument, or the one named `each`.
fn each_of(arguments: &str) -> Each {
    let parts = split_arguments(arguments);
    let named = parts.iter().find_map(|part| part.strip_prefix("each")?.trim_start().strip_prefix('='));
    let second = parts.first().copied().filter(|part| !is_named(part));
    each_at(named.or(second))
}

fn each_at(argument: Option<&str>) -> Each {
    match argument.map(str::trim) {
        None | Some("") => Each::Absent,
        Some(text) => match literal(text) {
            Some((value, length)) if length == text.len() => Each::Literal(value),
            _ if word(text) == text => Each::Variable(text.to_string()),
            _ => Each::Unknown,
        },
    }
}

fn is_named(part: &str) -> bool {
    let name = word(part);
    let after = part[name.len()..].trim_start();
    !name.is_empty() && after.starts_with('=') && !after.starts_with("==")
}

/// The arguments after the first, cut at commas outside quotes and parentheses.
fn split_arguments(arguments: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut from, mut at) = (Vec::new(), 0, None, 0);
    while at < arguments.len() {
        match arguments.as_bytes()[at] {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b',' if depth == 0 => {
                parts.extend(from.map(|from: usize| arguments[from..at].trim()));
                from = Some(at + 1);
            }
            _ => {}
        }
        at += step_over(&arguments[at..]);
    }
    parts.extend(from.map(|from| arguments[from..].trim()));
    parts
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
        assert_eq!(
            rooms(source),
            [
                named("enkat", Each::Variable("avdelning".into())),
                named("b", Each::Absent),
                named("c", Each::Literal("Vuxna".into())),
                named("d", Each::Unknown),
            ]
        );
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
