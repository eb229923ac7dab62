//! Pages of an answer: which of the saved files has a next page that nobody saved.
//!
//! In: what each file says of its next page. Out: the files whose next page is missing. A page's address names the page
//! by its number; the last page of an answer names none.

use super::records::Cell;

/// What a file says: the address of its next page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    next: Option<String>,
}

impl Page {
    /// Learns from a key of the outermost object: `next_page` in version 2, `next_url` in version 3.
    pub(super) fn learn(&mut self, key: &str, cell: &Cell) {
        if let (true, Cell::Text(address)) = (matches!(key, "next_page" | "next_url"), cell)
            && !address.trim().is_empty()
        {
            self.next = Some(address.clone());
        }
    }

    /// The address without its page, and the number of the next page.
    fn next_number(&self) -> Option<(String, u32)> {
        let address = self.next.as_deref()?;
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let (page, others): (Vec<&str>, Vec<&str>) = query.split('&').partition(|part| part.starts_with("page="));
        let number = page.first().and_then(|page| page.strip_prefix("page=")?.parse().ok())?;
        Some((format!("{path}?{}", others.join("&")), number))
    }
}

/// Indices of the files whose next page is not there.
///
/// A file that names page 3 as its next one is page 2. A next page that no file is in this way must be one of those
/// that name no next page: the last ones of their answers.
pub(super) fn without_next(pages: &[Page]) -> Vec<usize> {
    let own: Vec<(String, u32)> =
        pages.iter().filter_map(Page::next_number).map(|(address, next)| (address, next.saturating_sub(1))).collect();
    let mut last_pages = pages.iter().filter(|page| page.next.is_none()).count();
    let mut missing = Vec::new();
    for (index, page) in pages.iter().enumerate().filter(|(_, page)| page.next.is_some()) {
        if page.next_number().is_some_and(|next| own.contains(&next)) {
            continue;
        }
        match last_pages.checked_sub(1) {
            Some(rest) => last_pages = rest,
            None => missing.push(index),
        }
    }
    missing
}
