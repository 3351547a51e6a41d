//! Tables: one caption, one head, rows that have cells, and cells that do not overlap.

use std::collections::BTreeSet;

use super::super::arena::Id;
use super::nodes::{element, is_shown};
use super::{Place, Rewriter, with_paragraphs};
use crate::book::{Element, Node};

/// The most columns that a cell may span.
const WIDEST: usize = 100;

/// A cell that is being made.
struct Cell {
    element: Element,
    columns: usize,
    /// As written: 0 is "to the end of the group".
    rows: usize,
}

/// A cell in its place.
struct Settled {
    element: Element,
    /// The column that it begins in.
    column: usize,
    columns: usize,
    rows: usize,
}

/// A group of rows.
struct Group {
    name: &'static str,
    rows: Vec<Vec<Settled>>,
}

impl Rewriter<'_> {
    /// A table; what no table may hold comes before it.
    pub(super) fn table(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let html = self.html;
        let ids = self.ids(id);
        let attributes = self.attributes(id, "table");
        let mut inner = Vec::new();
        let mut groups: Vec<Group> = Vec::new();
        for child in html.children(id) {
            let name = match html.name(*child) {
                "caption" if inner.is_empty() => {
                    self.caption(*child, place, &mut inner);
                    continue;
                }
                "thead" if !groups.iter().any(|group| group.name == "thead") => "thead",
                "tfoot" if !groups.iter().any(|group| group.name == "tfoot") => "tfoot",
                "thead" | "tbody" | "tfoot" => "tbody",
                _ => {
                    let before = self.flow(&[*child], with_paragraphs(place));
                    out.extend(before);
                    continue;
                }
            };
            let own = self.own_id(*child);
            self.waiting.extend(own);
            let rows = self.rows(*child, place);
            if !rows.is_empty() {
                groups.push(Group { name, rows });
            }
        }
        if groups.is_empty() {
            // A caption alone is a paragraph.
            let caption = inner.into_iter().flat_map(|node| match node {
                Node::Element(caption) => caption.children,
                text => vec![text],
            });
            self.finish("p", caption.collect(), ids, Vec::new(), out);
            return;
        }
        let cells = groups.iter().flat_map(|group| group.rows.iter().flatten());
        let begun: BTreeSet<usize> = cells.map(|cell| cell.column).collect();
        for wanted in ["thead", "tbody", "tfoot"] {
            let (chosen, rest): (Vec<Group>, Vec<Group>) =
                groups.into_iter().partition(|group| group.name == wanted);
            inner.extend(chosen.into_iter().map(|group| group_element(group, &begun)));
            groups = rest;
        }
        self.finish("table", inner, ids, attributes, out);
    }

    fn caption(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let ids = self.own_id(id).into_iter().collect();
        let mut line = Vec::new();
        self.phrasing(self.html.children(id), place, &mut line);
        let attributes = self.attributes(id, "caption");
        self.paragraph("caption", line, ids, attributes, out);
    }

    /// The rows of a group that have cells.
    fn rows(&mut self, group: Id, place: Place) -> Vec<Vec<Settled>> {
        let html = self.html;
        let place = Place {
            paragraphs: false,
            headings: false,
            ..place
        };
        let mut rows = Vec::new();
        for row in html.children(group) {
            if html.name(*row) != "tr" {
                continue;
            }
            let own = self.own_id(*row);
            self.waiting.extend(own);
            let cells = html.children(*row).iter().copied();
            let cells = cells.filter(|cell| matches!(html.name(*cell), "th" | "td"));
            let cells: Vec<Cell> = cells.map(|cell| self.cell(cell, place)).collect();
            if !cells.is_empty() {
                rows.push(cells);
            }
        }
        settle_spans(rows)
    }

    fn cell(&mut self, id: Id, place: Place) -> Cell {
        let html = self.html;
        let ids = self.ids(id);
        let children = self.flow(html.children(id), place);
        // A heading that says nothing is none.
        let is_heading = html.name(id) == "th" && children.iter().any(is_shown);
        let name = if is_heading { "th" } else { "td" };
        let mut attributes = self.attributes(id, name);
        let align = html.attribute(id, "align").unwrap_or_default();
        let align = align.to_ascii_lowercase();
        if matches!(align.as_str(), "left" | "center" | "right")
            && !attributes.iter().any(|(name, _)| name == "class")
        {
            attributes.insert(0, ("class".to_owned(), align));
        }
        if let Some(scope) = html.attribute(id, "scope").filter(|_| is_heading)
            && matches!(scope, "col" | "row" | "colgroup" | "rowgroup")
        {
            attributes.push(("scope".to_owned(), scope.to_owned()));
        }
        let mut element = Element {
            name: name.to_owned(),
            attributes,
            children,
        };
        self.give_ids(&mut element, ids);
        let number = |name| {
            let value = html.attribute(id, name)?;
            value.trim().parse::<usize>().ok()
        };
        Cell {
            element,
            columns: number("colspan").unwrap_or(1).clamp(1, WIDEST),
            rows: number("rowspan").unwrap_or(1),
        }
    }
}

/// Cuts the spans of cells so that none overlaps another and none leaves its group (the table
/// model of HTML, "forming a table", without its errors).
fn settle_spans(rows: Vec<Vec<Cell>>) -> Vec<Vec<Settled>> {
    let count = rows.len();
    // For each column, how many rows from here on a cell from above still fills.
    let mut filled: Vec<usize> = Vec::new();
    let mut settled = Vec::new();
    for (at, row) in rows.into_iter().enumerate() {
        let is_free = |filled: &[usize], column: usize| filled.get(column).is_none_or(|n| *n == 0);
        let mut column = 0;
        let mut cells = Vec::new();
        for cell in row {
            while !is_free(&filled, column) {
                column += 1;
            }
            let width = (1..cell.columns)
                .find(|further| !is_free(&filled, column + further))
                .unwrap_or(cell.columns);
            let height = match cell.rows {
                0 => count - at,
                rows => rows.min(count - at),
            };
            if filled.len() < column + width {
                filled.resize(column + width, 0);
            }
            for slot in filled.iter_mut().skip(column).take(width) {
                *slot = height;
            }
            cells.push(Settled {
                element: cell.element,
                column,
                columns: width,
                rows: height,
            });
            column += width;
        }
        for slot in &mut filled {
            *slot = slot.saturating_sub(1);
        }
        settled.push(cells);
    }
    settled
}

/// A group as an element. A column that no cell of the table begins in says nothing, and HTML wants
/// none: spans go without it. `begun` are the columns that cells begin in.
fn group_element(group: Group, begun: &BTreeSet<usize>) -> Node {
    let cell = |cell: Settled| {
        let mut element = cell.element;
        let columns = begun.range(cell.column..cell.column + cell.columns).count();
        for (name, span) in [("colspan", columns), ("rowspan", cell.rows)] {
            if span > 1 {
                element.attributes.push((name.to_owned(), span.to_string()));
            }
        }
        Node::Element(element)
    };
    let row = |row: Vec<Settled>| element("tr", row.into_iter().map(cell).collect());
    element(group.name, group.rows.into_iter().map(row).collect())
}
