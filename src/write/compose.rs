//! Puts the document together: chapters rendered, read, numbered and filled with tables and figures.
//!
//! In: [`ReportInputs`]. Out: the [`Document`] that writers print, or every mistake of every chapter at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::appendix;
use super::document::{Block, Document, Inline, KeyNumber};
use super::facts::{Facts, Fault};
use super::inputs::ReportInputs;
use super::key_numbers::print_key_numbers;
use super::manuscript::template_name;
use super::markdown::{Printing, Problem, read};
use super::numbering::Numbering;
use super::sources::missing_sentence;
use super::tables::{print_data, print_table};
use super::templates::Engine;
use super::tokens::BlockCall;

use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::domain::sentence::and_list;
use crate::domain::swedish;
use crate::draw::Figure;
use crate::job::plan::{ChapterPlan, JobPlan, Plan, WhenMissing};

/// Composes the report.
///
/// Errors: `unknown-name`, `missing-value`, `template-error`, `no-such-template`, each with the template's file and
/// line; all chapters are tried.
pub fn compose(mut inputs: ReportInputs) -> Result<Document, Failure> {
    let figures = std::mem::take(&mut inputs.figures).into_iter().map(|figure| (figure.name.clone(), figure)).collect();
    let facts = Facts::of(inputs.plan, inputs.tables).delivered_by(inputs.plan, inputs.inputs).without(inputs.unread);
    let facts = Arc::new(facts);
    let engine = Engine::new(&inputs.plan.job, &facts, inputs.manuscript);
    let rendered = render(&engine, inputs.plan, &facts);
    let texts = rendered.iter().filter_map(|(_, text)| text.as_ref().ok()).map(String::as_str);
    let numbering = Numbering::of(texts, &engine.ledger);
    let mut composer = Composer {
        inputs: &inputs,
        facts: &facts,
        engine: &engine,
        numbering,
        figures,
        key_numbers: Vec::new(),
        depth: Depth::default(),
        mistakes_in_texts: Vec::new(),
    };
    let mut blocks = composer.compose(rendered).map_err(Failure::fixable)?;
    if let Some(note) = made_without(&inputs) {
        // Below the first chapter's heading, where nobody misses it.
        blocks.insert(blocks.len().min(1), note);
    }
    Ok(front_page(&inputs.plan.job, blocks, composer.figures))
}

/// What the reader must know of a report that was finished without some of its sources.
fn made_without(inputs: &ReportInputs) -> Option<Block> {
    let titles = inputs.unread.iter().filter_map(|name| inputs.plan.source(name));
    let titles: Vec<String> = titles.map(|source| format!("”{}”", source.title)).collect();
    let sources = match titles.len() {
        0 => return None,
        1 => "underlaget",
        _ => "underlagen",
    };
    let text = printed!("write-made-without-sources", sources, titles = and_list(&titles));
    Some(Block::Note(vec![Block::Paragraph(vec![Inline::Text(text)])]))
}

/// The chapters that are printed. One without a rendered text has the mistake that stopped it.
type Rendered<'a> = Vec<(&'a ChapterPlan, Result<String, Box<Diagnostic>>)>;

/// Renders the chapters. One whose source was not delivered says so in its place, or is left out.
fn render<'a>(engine: &Engine, plan: &'a Plan, facts: &Facts) -> Rendered<'a> {
    let mut rendered = Vec::new();
    for chapter in &plan.chapters {
        match (absent_of(chapter, plan, facts), chapter.when_missing) {
            (absent, _) if absent.is_empty() => rendered.push((chapter, engine.render_chapter(chapter))),
            (absent, WhenMissing::Say) => {
                rendered.push((chapter, Ok(engine.ledger.enter_text(&absent.join(" ")))));
            }
            (_, WhenMissing::LeaveOut) => {}
        }
    }
    rendered
}

/// One sentence for each needed source that was not delivered.
fn absent_of(chapter: &ChapterPlan, plan: &Plan, facts: &Facts) -> Vec<String> {
    let period = plan.job.period.name_of(plan.job.year);
    let needed =
        chapter.needs.iter().filter_map(|need| facts.source(&format!("source.{}", plan.sources[*need].name)).ok());
    needed.filter(|source| !source.delivered).map(|source| missing_sentence(source, &period)).collect()
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
    engine: &'a Engine,
    numbering: Numbering,
    figures: BTreeMap<String, Figure>,
    key_numbers: Vec<KeyNumber>,
    depth: Depth,
    /// What is wrong in the analyst's own texts, each at its own file and line.
    mistakes_in_texts: Vec<Diagnostic>,
}

/// How deep the headings stand.
#[derive(Debug, Clone, Copy, Default)]
struct Depth {
    /// Level of the last heading.
    last: u8,
    /// Level of the section that a text stands in, while one is read: its own headings stand below.
    section: Option<u8>,
}

impl Composer<'_> {
    fn compose(&mut self, rendered: Rendered) -> Result<Vec<Block>, Vec<Diagnostic>> {
        let mut mistakes = self.print_key_numbers();
        let mut blocks = Vec::new();
        for (chapter, text) in rendered {
            match text {
                Ok(text) => blocks.extend(self.chapter(chapter, &text, &mut mistakes)),
                Err(mistake) => mistakes.push(*mistake),
            }
            mistakes.append(&mut self.mistakes_in_texts);
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

    fn print_key_numbers(&mut self) -> Vec<Diagnostic> {
        let (plan, facts, engine) = (self.inputs.plan, self.facts, self.engine);
        match print_key_numbers(plan, facts, engine, self) {
            Ok(cards) => {
                self.key_numbers = cards;
                Vec::new()
            }
            Err(faults) => {
                let at = Location::File { file: plan.job.file.clone() };
                faults.into_iter().map(|fault| fault.at(at.clone())).collect()
            }
        }
    }

    fn chapter(&mut self, chapter: &ChapterPlan, text: &str, mistakes: &mut Vec<Diagnostic>) -> Vec<Block> {
        let engine = self.engine;
        let title = self.heading(1, vec![Inline::Text(chapter.title.clone())]);
        match read(text, &engine.ledger, self) {
            Ok(blocks) => std::iter::once(title).chain(blocks).collect(),
            Err(problems) => {
                mistakes.extend(problems.into_iter().map(|problem| located(problem, engine, &chapter.template, text)));
                Vec::new()
            }
        }
    }

    /// A text of the analyst's, its headings below the section that it stands in.
    fn written(&mut self, stem: &str, rendered: &str) -> Vec<Block> {
        let engine = self.engine;
        self.depth.section = Some(self.depth.last);
        let blocks = read(rendered, &engine.ledger, self);
        self.depth.section = None;
        blocks.unwrap_or_else(|problems| {
            let name = template_name(stem);
            let located = problems.into_iter().map(|problem| located(problem, engine, &name, rendered));
            self.mistakes_in_texts.extend(located);
            Vec::new()
        })
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

impl Printing for Composer<'_> {
    fn block(&mut self, call: BlockCall) -> Result<Vec<Block>, Fault> {
        Ok(match call {
            BlockCall::Table(name) => vec![self.table(&name)?],
            BlockCall::Figure(name) => vec![self.figure(&name)?],
            BlockCall::KeyNumbers => vec![Block::KeyNumbers(self.key_numbers.clone())],
            BlockCall::Room { prompt, file } => vec![Block::Room { prompt: with_file(prompt, file) }],
            BlockCall::Written { stem, rendered } => self.written(&stem, &rendered),
            BlockCall::PageBreak => vec![Block::PageBreak],
            BlockCall::Balances => appendix::balances(self.inputs.balances, self.inputs.hiding),
            BlockCall::Sources => appendix::sources(self.inputs.inputs, self.inputs.hiding),
            BlockCall::Definitions => appendix::definitions(self.inputs.plan, self.facts),
            BlockCall::Warnings => appendix::warnings(self.inputs.warnings, self.inputs.plan.protect.is_some()),
        })
    }

    fn reference(&mut self, name: &str) -> Result<Inline, Fault> {
        let never = || {
            Fault::new(Code::UnknownName, say!("write-is-referred-to-but-never", name))
                .help(say!("write-print-in-chapter-or-take", name))
        };
        let place = self.numbering.place(name).ok_or_else(never)?;
        Ok(Inline::Reference { id: place.id.clone(), text: place.text.clone() })
    }

    fn heading(&mut self, level: u8, inlines: Vec<Inline>) -> Block {
        // `#` in a template is level 2, below its chapter; in a text it is the level below its section.
        let level = self.depth.section.map_or(level, |section| section.saturating_add(level).saturating_sub(1));
        let heading = self.numbering.heading(level, inlines);
        if let (Block::Heading { level, .. }, None) = (&heading, self.depth.section) {
            self.depth.last = *level;
        }
        heading
    }
}

/// The prompt of a room, and where its text can be written.
fn with_file(prompt: String, file: Option<String>) -> String {
    match file {
        Some(file) => printed!("write-room-write-in-file", prompt, file),
        None => prompt,
    }
}

/// A mistake in a rendered text, at the line of the template that it came from.
fn located(problem: Problem, engine: &Engine, template: &str, text: &str) -> Diagnostic {
    let at = engine.locate(template, text, problem.offset, &problem.fault);
    problem.fault.at(at)
}
