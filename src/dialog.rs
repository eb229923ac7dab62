//! A conversation as data: questions with their choices, and answers by the questions' keys.
//!
//! In: questions, and whoever answers them: a person at a terminal (`cli/ask.rs`) or a file. Out: answers. Never: what a
//! question is about, nor a word on a terminal.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Failure, Location, nearest};

/// Something that only a person knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Question {
    /// What an answer is found by.
    pub(crate) key: String,
    pub(crate) text: String,
    /// In the order in which they are offered; none: any text is an answer.
    pub(crate) choices: Vec<Choice>,
}

/// One of the answers that a question takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Choice {
    pub(crate) answer: String,
    pub(crate) text: String,
    /// What is asked next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) then: Option<Box<Question>>,
}

/// The answers given, by the keys of their questions.
pub(crate) type Answers = BTreeMap<String, String>;

/// Who answers; `None`: they do not know, or do not want to go on.
pub(crate) trait Answerer {
    fn answer(&mut self, question: &Question) -> Result<Option<String>, Failure>;
}

impl Question {
    /// Puts the question, and those that follow from the answer.
    pub(crate) fn ask(&self, who: &mut dyn Answerer, answers: &mut Answers) -> Result<(), Failure> {
        let Some(answer) = who.answer(self)? else { return Ok(()) };
        let chosen = self.choice(&answer);
        answers.insert(self.key.clone(), answer);
        match chosen.and_then(|chosen| chosen.then.as_ref()) {
            Some(then) => then.ask(who, answers),
            None => Ok(()),
        }
    }

    pub(crate) fn choice(&self, answer: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.answer == answer)
    }

    /// The keys of this question and of all that may follow.
    fn keys(&self) -> Vec<&str> {
        let then = self.choices.iter().filter_map(|choice| choice.then.as_deref());
        std::iter::once(self.key.as_str()).chain(then.flat_map(Question::keys)).collect()
    }
}

/// Answers that somebody has written into a file beforehand.
pub(crate) struct Given {
    pub(crate) file: String,
    pub(crate) answers: Answers,
}

impl Given {
    /// Errors: `bad-value` if the text is no object of texts, `unknown-name` for an answer that no question asks for.
    pub(crate) fn read(file: &str, text: &str, questions: &[Question]) -> Result<Given, Failure> {
        let at = Location::File { file: file.to_string() };
        let answers: Answers = serde_json::from_str(text).map_err(|error| {
            let message = say!("dialog-answers-are-no-texts", error);
            Diagnostic::error(Code::BadValue, message, at.clone()).help(say!("dialog-answers-are-an-object"))
        })?;
        let keys: Vec<&str> = questions.iter().flat_map(Question::keys).collect();
        let unknown = answers.keys().filter(|key| !keys.contains(&key.as_str())).map(|key| {
            let error = Diagnostic::error(Code::UnknownName, say!("dialog-no-question", key), at.clone());
            let near = nearest(key, keys.iter().copied());
            let help = near.map_or_else(|| say!("dialog-see-questions"), |near| say!("dialog-did-you-mean", near));
            error.help(help)
        });
        let unknown: Vec<Diagnostic> = unknown.collect();
        let file = file.to_string();
        if unknown.is_empty() { Ok(Given { file, answers }) } else { Err(Failure::fixable(unknown)) }
    }
}

impl Answerer for Given {
    fn answer(&mut self, question: &Question) -> Result<Option<String>, Failure> {
        let Some(answer) = self.answers.get(&question.key) else { return Ok(None) };
        if question.choices.is_empty() || question.choice(answer).is_some() {
            return Ok(Some(answer.clone()));
        }
        let known: Vec<&str> = question.choices.iter().map(|choice| choice.answer.as_str()).collect();
        let message = say!("dialog-no-such-answer", key = question.key, answer);
        let at = Location::File { file: self.file.clone() };
        Err(Diagnostic::error(Code::BadValue, message, at)
            .help(say!("dialog-answers", known = known.join(", ")))
            .into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(key: &str, choices: &[&str], then: Option<Question>) -> Question {
        let choice = |answer: &&str| Choice {
            answer: (*answer).to_string(),
            text: String::new(),
            then: then.clone().filter(|_| *answer == "synonym").map(Box::new),
        };
        Question { key: key.into(), text: String::new(), choices: choices.iter().map(choice).collect() }
    }

    #[test]
    fn an_answer_leads_to_the_next_question_and_no_answer_to_none() {
        let first = question("fall", &["synonym", "ignore"], Some(question("fall/of", &[], None)));
        let text = r#"{ "fall": "synonym", "fall/of": "Fall" }"#;
        let mut given = Given::read("a.json", text, std::slice::from_ref(&first)).expect("answers");
        let mut answers = Answers::new();
        first.ask(&mut given, &mut answers).expect("both are answered");
        assert_eq!(answers.get("fall/of").map(String::as_str), Some("Fall"));
        let mut nobody = Given { file: String::new(), answers: Answers::new() };
        let mut none = Answers::new();
        first.ask(&mut nobody, &mut none).expect("nothing is wrong");
        assert!(none.is_empty());
    }

    #[test]
    fn an_answer_that_is_none_is_told() {
        let asked = [question("fall", &["synonym", "ignore"], None)];
        let told = |text: &str| match Given::read("a.json", text, &asked) {
            Err(failure) => failure.diagnostics[0].code,
            Ok(mut given) => given.answer(&asked[0]).expect_err("no such choice").diagnostics[0].code,
        };
        assert_eq!(told(r#"{ "fall": "kanske" }"#), Code::BadValue);
        assert_eq!(told(r#"{ "fal": "ignore" }"#), Code::UnknownName);
        assert_eq!(told("[]"), Code::BadValue);
    }
}
