//! Writes reports: chapters in Markdown with minijinja become one document tree; each writer prints that tree.

pub mod document;
