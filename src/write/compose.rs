//! Puts the document together: chapters rendered, read, numbered and filled with tables and figures.
//!
//! In: [`ReportInputs`]. Out: the [`Document`] that writers print, or every mistake of every chapter at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::document::{Block, Document, Inline, KeyNumber};
use super::facts::{Facts, Fault};
use super::key_numbers::print_key_numbers;
use super::markdown::{Places, Problem, read};
use super::numbering::Numbering;
use super::tables::{print_data, print_table};
use super::templates::Engine;
use super::tokens::BlockCall;
use super::{ReportInputs, appendix};
use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::domain::swedish;
use crate::draw::Figure;
use crate::job::plan::{ChapterPlan, JobPlan};

/// Composes the report.
///
/// Errors: `unknown-name`, `missing-value`, `template-error`, `no-such-template`, each with the template's file and
/// line; all chapters are tried.
pub fn compose(mut inputs: ReportInputs) -> Result<Document, Failure> {
    let figures = std::mem::take(&mut inputs.figures).into_iter().map(|figure| (figure.name.clone(), figure)).collect();
    let facts = Arc::new(Facts::of(inputs.plan, inputs.tables));
    let engine = Engine::new(&inputs.plan.job, &facts);
    let rendered = render(&engine, &inputs.plan.chapters);
    let texts = rendered.iter().filter_map(|text| text.as_ref().ok()).map(String::as_str);
    let numbering = Numbering::of(texts, &engine.ledger);
    let mut composer = Composer { inputs: &inputs, facts: &facts, numbering, figures, key_numbers: Vec::new() };
    let blocks = composer.compose(&engine, rendered).map_err(Failure::fixable)?;
    Ok(front_page(&inputs.plan.job, blocks, composer.figures))
}

/// A chapter without a rendered text has the mistake that stopped it.
type Rendered = Vec<Result<String, Box<Diagnostic>>>;

fn render(engine: &Engine, chapters: &[ChapterPlan]) -> Rendered {
    chapters.iter().map(|chapter| engine.render_chapter(chapter)).collect()
}

fn front_page(job: &JobPlan, blocks: Vec<Block>, figures: BTreeMap<String, Figure>) -> Document {
    let (first, last) = job.period.days_of(job.year);
    Document {
        title: job.title.clone(),
        organisation: job.organisation.clone(),
        period: format!("{} ({}–{})", job.period.name_of(job.year), swedish::day(first), swedish::day(last)),
        committee: job.committee.clone(),
        decision: job.decision.clone(),
        as_of: swedish::day(job.as_of),
        blocks,
        figures,
    }
}

/// What is known while the chapters are read, in order.
struct Composer<'a> {
    inputs: &'a ReportInputs<'a>,
    facts: &'a Facts,
    numbering: Numbering,
    figures: BTreeMap<String, Figure>,
    key_numbers: Vec<KeyNumber>,
}

impl Composer<'_> {
    fn compose(&mut self, engine: &Engine, rendered: Rendered) -> Result<Vec<Block>, Vec<Diagnostic>> {
        let mut mistakes = self.print_key_numbers(engine);
        let mut blocks = Vec::new();
        for (chapter, text) in self.inputs.plan.chapters.iter().zip(rendered) {
            match text {
                Ok(text) => blocks.extend(self.chapter(engine, chapter, &text, &mut mistakes)),
                Err(mistake) => mistakes.push(*mistake),
            }
        }
        // Two chapters from one template make the same mistake twice.
        let mut told = Vec::new();
        mistakes.retain(|mistake| {
            !told.contains(mistake) && {
                told.push(mistake.clone());
                true
            }
        });
        if mistakes.is_empty() { Ok(blocks) } else { Err(mistakes) }
    }

    fn print_key_numbers(&mut self, engine: &Engine) -> Vec<Diagnostic> {
        let (plan, facts) = (self.inputs.plan, self.facts);
        match print_key_numbers(plan, facts, engine, self) {
            Ok(cards) => {
                self.key_numbers = cards;
                Vec::new()
            }
            Err(faults) => {
                let at = Location::File { file: plan.job.file.clone() };
                faults.into_iter().map(|fault| diagnostic(fault, at.clone())).collect()
            }
        }
    }

    fn chapter(
        &mut self,
        engine: &Engine,
        chapter: &ChapterPlan,
        text: &str,
        mistakes: &mut Vec<Diagnostic>,
    ) -> Vec<Block> {
        let title = self.numbering.heading(1, vec![Inline::Text(chapter.title.clone())]);
        match read(text, &engine.ledger, self) {
            Ok(blocks) => std::iter::once(title).chain(blocks).collect(),
            Err(problems) => {
                mistakes.extend(problems.into_iter().map(|problem| located(problem, engine, chapter, text)));
                Vec::new()
            }
        }
    }

    fn table(&mut self, name: &str) -> Result<Block, Fault> {
        let plan = self.inputs.plan.tables.iter().find(|table| table.name == name);
        let plan = plan.ok_or_else(|| unplanned(name))?;
        let measure = self.facts.measure(&self.inputs.plan.measures[plan.measure].name, None)?;
        let place = self.numbering.next_table();
        Ok(Block::Table(Box::new(print_table(plan, measure, place)?)))
    }

    /// A chart whose table has nothing to draw keeps its number and its place, and says so.
    fn figure(&mut self, name: &str) -> Result<Block, Fault> {
        let plan = self.inputs.plan;
        let chart = plan.charts.iter().find(|chart| chart.name == name).ok_or_else(|| unplanned(name))?;
        let place = self.numbering.next_figure();
        let data = match self.figures.get(name) {
            Some(figure) => &figure.data,
            None => self.facts.measure(&plan.measures[chart.measure].name, None)?,
        };
        Ok(Block::Figure {
            name: name.to_string(),
            number: place.number,
            caption: vec![Inline::Text(chart.title.clone())],
            data: Box::new(print_data(name, &chart.title, data, &place)),
            id: place.id,
        })
    }
}

fn unplanned(name: &str) -> Fault {
    Fault::new(Code::Internal, format!("`{name}` was resolved but is not planned"))
}

impl Places for Composer<'_> {
    fn block(&mut self, call: BlockCall) -> Result<Vec<Block>, Fault> {
        Ok(match call {
            BlockCall::Table(name) => vec![self.table(&name)?],
            BlockCall::Figure(name) => vec![self.figure(&name)?],
            BlockCall::KeyNumbers => vec![Block::KeyNumbers(self.key_numbers.clone())],
            BlockCall::Room(prompt) => vec![Block::Room { prompt }],
            BlockCall::PageBreak => vec![Block::PageBreak],
            BlockCall::Balances => appendix::balances(self.inputs.balances),
            BlockCall::Sources => appendix::sources(self.inputs.inputs),
            BlockCall::Definitions => appendix::definitions(self.inputs.plan, self.facts),
            BlockCall::Warnings => appendix::warnings(self.inputs.warnings),
        })
    }

    fn reference(&mut self, name: &str) -> Result<Inline, Fault> {
        let never = || {
            Fault::new(Code::UnknownName, format!("`{name}` is referred to but never printed"))
                .help(format!("print `{name}` in a chapter, or take the reference out"))
        };
        let place = self.numbering.place(name).ok_or_else(never)?;
        Ok(Inline::Reference { id: place.id.clone(), text: place.text.clone() })
    }

    fn heading(&mut self, level: u8, inlines: Vec<Inline>) -> Block {
        self.numbering.heading(level, inlines)
    }
}

/// A mistake in a rendered text, at the line of the template that it came from.
fn located(problem: Problem, engine: &Engine, chapter: &ChapterPlan, text: &str) -> Diagnostic {
    let at = engine.locate(&chapter.template, text, problem.offset, &problem.fault);
    diagnostic(problem.fault, at)
}

/// A fault at its place.
pub fn diagnostic(fault: Fault, at: Location) -> Diagnostic {
    Diagnostic { help: fault.help, ..Diagnostic::error(fault.code, fault.message, at) }
}
