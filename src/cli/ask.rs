//! Questions at a terminal: the choices stand numbered, and a number or an answer's own word is one.

use std::io::{IsTerminal, stderr, stdin};

use super::print;
use crate::diagnostic::Failure;
use crate::dialog::{Answerer, Question};

/// The person at the terminal.
pub(super) struct Terminal;

/// True where somebody can answer.
pub(super) fn is_terminal() -> bool {
    stdin().is_terminal() && stderr().is_terminal()
}

/// A question with its choices, as it is put or listed.
pub(super) fn shown(question: &Question) -> String {
    let choices = question.choices.iter().enumerate();
    let choices: String =
        choices.map(|(index, choice)| format!("  {}  {}\n", index + 1, print::visible(&choice.text))).collect();
    format!("{}\n{choices}", print::visible(&question.text))
}

impl Answerer for Terminal {
    fn answer(&mut self, question: &Question) -> Result<Option<String>, Failure> {
        print::aside(&shown(question));
        loop {
            print::aside(&say!("cli-ask-prompt"));
            let mut line = String::new();
            // Nobody is there any more: nothing is answered.
            if stdin().read_line(&mut line).map_or(0, |bytes| bytes) == 0 {
                return Ok(None);
            }
            if let Some(answer) = chosen(question, line.trim()) {
                return Ok(Some(answer));
            }
            print::aside(&format!("{}\n", say!("cli-ask-again", n = question.choices.len())));
        }
    }
}

fn chosen(question: &Question, line: &str) -> Option<String> {
    if question.choices.is_empty() {
        return (!line.is_empty()).then(|| line.to_string());
    }
    let by_number = line.parse::<usize>().ok().and_then(|number| question.choices.get(number.checked_sub(1)?));
    by_number.or_else(|| question.choice(line)).map(|choice| choice.answer.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialog::Choice;

    #[test]
    fn a_number_or_the_answer_itself_is_an_answer() {
        let choice = |answer: &str| Choice { answer: answer.into(), text: format!("text {answer}"), then: None };
        let asked = Question { key: "k".into(), text: "Fall?".into(), choices: vec![choice("yes"), choice("no")] };
        assert_eq!(shown(&asked), "Fall?\n  1  text yes\n  2  text no\n");
        let answers = ["1", "no", "0", "3", "", "x"].map(|line| chosen(&asked, line));
        assert_eq!(answers, [Some("yes".into()), Some("no".into()), None, None, None, None]);
        let free = Question { choices: Vec::new(), ..asked };
        assert_eq!((chosen(&free, "Kommunen"), chosen(&free, "")), (Some("Kommunen".into()), None));
    }
}
