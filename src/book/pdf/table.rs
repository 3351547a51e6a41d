//! Tables. HTML says which cells a row has and how far they reach; Typst is told where each cell
//! stands. The way from one to the other is HTML's own
//! (<https://html.spec.whatwg.org/multipage/tables.html#algorithm-for-processing-rows>).

use std::collections::HashSet;

use super::blocks::{elements, stays_whole};
use super::facts::text_of;
use super::writer::{Writer, strays};
use crate::book::Element;
use crate::diagnostics::Diagnostic;

/// A cell reaches no further than this, and a table is no wider.
const MOST_COLUMNS: usize = 60;
/// As in HTML.
const MOST_ROWS_OF_A_CELL: usize = 65534;
/// A head taller than this is not said again on each page.
const TALLEST_HEAD: usize = 4;
/// A table of no more rows stands on one page, if their words are few.
const FEW_ROWS: usize = 14;

/// A cell in its place.
#[derive(Debug)]
struct Cell<'a> {
    element: &'a Element,
    /// The row that it is in, for the row's id, if it is the first in it.
    row: Option<&'a Element>,
    x: usize,
    y: usize,
    columns: usize,
    rows: usize,
}

/// A table laid out.
#[derive(Debug, Default)]
struct Grid<'a> {
    cells: Vec<Cell<'a>>,
    columns: usize,
    rows: usize,
    /// How many rows are its head.
    head: usize,
    /// Whether it has more columns than a page can hold.
    too_wide: bool,
}

impl Grid<'_> {
    /// Whether it stands on one page.
    fn is_whole(&self) -> bool {
        let cells = self.cells.iter().map(|cell| &cell.element.children);
        self.rows <= FEW_ROWS
            && cells.clone().all(|children| stays_whole(children))
            && cells.map(|children| text_of(children).len()).sum::<usize>() <= FEW_ROWS * 60
    }
}

impl<'a> Writer<'a> {
    /// A table, with its caption above it.
    pub fn table(&mut self, element: &'a Element) {
        let caption = elements(&element.children).find(|child| child.name == "caption");
        self.table_strays(element, caption);
        let grid = lay_out(element);
        if grid.cells.is_empty() {
            return caption.map_or((), |caption| self.flow(&caption.children));
        }
        if grid.too_wide {
            return self.words_of_rows(element);
        }
        match caption.filter(|c| !text_of(&c.children).trim().is_empty()) {
            Some(caption) => self.around("captioned-table({\"\";", ");", |w| {
                w.place(caption);
                w.line(|w| w.enter(caption, |w| w.inline(&caption.children)));
                w.out.push_str("},");
                w.grid(&grid);
            }),
            None => self.around("", ";", |w| w.grid(&grid)),
        }
    }

    /// A table too wide for any page: what its rows say, each as a paragraph.
    fn words_of_rows(&mut self, table: &'a Element) {
        self.warnings.push(
            Diagnostic::warning(format!("a table has more than {MOST_COLUMNS} columns")).help(
                "the PDF shows each of its rows as a paragraph; give the table as a file instead",
            ),
        );
        let rows = elements(&table.children).flat_map(|child| match child.name.as_str() {
            "tr" => vec![child],
            "caption" => vec![child],
            _ => elements(&child.children).collect(),
        });
        for row in rows {
            self.around("p({", "});", |w| w.line(|w| w.inline(&row.children)));
        }
    }

    /// What is neither caption nor cell stands before the table, as browsers have it.
    fn table_strays(&mut self, table: &'a Element, caption: Option<&Element>) {
        let is_group = |e: &Element| matches!(e.name.as_str(), "thead" | "tbody" | "tfoot");
        let is_row = |e: &Element| e.name == "tr";
        let is_caption = |e: &Element| caption.is_some_and(|caption| std::ptr::eq(caption, e));
        self.write_strays(strays(table, |e| is_group(e) || is_row(e) || is_caption(e)));
        for child in elements(&table.children) {
            if is_group(child) {
                self.write_strays(strays(child, is_row));
                elements(&child.children)
                    .filter(|e| is_row(e))
                    .for_each(|row| self.row_strays(row));
            } else if is_row(child) {
                self.row_strays(child);
            }
        }
    }

    fn row_strays(&mut self, row: &'a Element) {
        self.write_strays(strays(row, is_cell));
    }

    fn grid(&mut self, grid: &Grid<'a>) {
        let size = match grid.columns {
            0..=4 => 9.2,
            5..=6 => 8.4,
            7..=9 => 7.4,
            _ => 6.2,
        };
        self.out.push_str(&format!(
            "rows({size}pt,{},{},",
            grid.is_whole(),
            grid.columns
        ));
        let column = self.width / grid.columns.max(1) as f64;
        self.narrower(self.width - column + 10.0, |w| {
            let (head, body): (Vec<_>, Vec<_>) =
                grid.cells.iter().partition(|cell| cell.y < grid.head);
            if !head.is_empty() {
                let repeat = grid.head <= TALLEST_HEAD;
                w.out.push_str(&format!("head(repeat:{repeat},"));
                head.into_iter().for_each(|cell| w.cell(cell, true));
                w.out.push_str("),");
            }
            body.into_iter().for_each(|cell| w.cell(cell, false));
        });
        self.out.push(')');
    }

    fn cell(&mut self, cell: &Cell<'a>, head: bool) {
        self.out
            .push_str(&format!("cell(x:{},y:{},", cell.x, cell.y));
        if cell.columns > 1 {
            self.out.push_str(&format!("colspan:{},", cell.columns));
        }
        if cell.rows > 1 {
            self.out.push_str(&format!("rowspan:{},", cell.rows));
        }
        if let Some(side) = alignment(cell.element) {
            self.out.push_str(&format!("align:{side},"));
        }
        let bold = head || cell.element.name == "th";
        self.out.push_str("{\"\";");
        if let Some(row) = cell.row {
            self.place(row);
        }
        self.place(cell.element);
        let (open, close) = if bold { ("strong({", "});") } else { ("", "") };
        let columns = cell.columns as f64;
        let inner = self.width * columns;
        self.narrower(self.width - inner, |w| {
            w.around(open, close, |w| {
                w.large(|w| {
                    w.line(|w| w.enter(cell.element, |w| w.loose(&cell.element.children)));
                });
            });
        });
        self.out.push_str("}),");
    }
}

/// Where every cell of a table stands: its heads first, its feet last.
fn lay_out(table: &Element) -> Grid<'_> {
    let mut groups: [Vec<Vec<&Element>>; 3] = Default::default();
    let [heads, bodies, feet] = &mut groups;
    for child in elements(&table.children) {
        let rows = || {
            elements(&child.children)
                .filter(|row| row.name == "tr")
                .collect()
        };
        match child.name.as_str() {
            "thead" => heads.push(rows()),
            "tfoot" => feet.push(rows()),
            "tbody" => bodies.push(rows()),
            "tr" => bodies.push(vec![child]),
            _ => {}
        }
    }
    // Rows straight in the table are one group: a cell may reach over them.
    let [heads, bodies, feet] = groups;
    let mut grid = Grid::default();
    place_rows(&mut grid, &heads.concat());
    grid.head = grid.rows;
    let straight = elements(&table.children).any(|child| child.name == "tr");
    match straight {
        true => place_rows(&mut grid, &bodies.concat()),
        false => bodies.iter().for_each(|rows| place_rows(&mut grid, rows)),
    }
    place_rows(&mut grid, &feet.concat());
    grid
}

/// Adds a group of rows below what is there. No cell reaches out of its group.
fn place_rows<'a>(grid: &mut Grid<'a>, rows: &[&'a Element]) {
    let rows: Vec<_> = rows
        .iter()
        .filter(|row| cells(row).next().is_some())
        .collect();
    let end = grid.rows + rows.len();
    let mut taken: HashSet<(usize, usize)> = HashSet::new();
    for (y, row) in (grid.rows..).zip(rows) {
        let mut x = 0;
        for (n, element) in cells(row).enumerate() {
            while taken.contains(&(x, y)) {
                x += 1;
            }
            if x >= MOST_COLUMNS {
                grid.too_wide = true;
                break;
            }
            let columns = span(element, "colspan").min(MOST_COLUMNS - x);
            let free = (x..x + columns)
                .take_while(|&x| !taken.contains(&(x, y)))
                .count();
            let columns = free.max(1);
            let height = element
                .attribute("rowspan")
                .map_or(1, |_| span(element, "rowspan"));
            let height = match element.attribute("rowspan") {
                Some("0") => end - y,
                _ => height.min(MOST_ROWS_OF_A_CELL).min(end - y),
            };
            if height > 1 {
                taken.extend((x..x + columns).flat_map(|x| (y..y + height).map(move |y| (x, y))));
            }
            let row = (n == 0).then_some(*row);
            grid.cells.push(Cell {
                element,
                row,
                x,
                y,
                columns,
                rows: height,
            });
            x += columns;
            grid.columns = grid.columns.max(x);
        }
    }
    grid.rows = end;
}

fn cells(row: &Element) -> impl Iterator<Item = &Element> {
    elements(&row.children).filter(|cell| is_cell(cell))
}

fn is_cell(element: &Element) -> bool {
    matches!(element.name.as_str(), "td" | "th")
}

/// How far a cell reaches; 1 where that is not said or makes no sense.
fn span(cell: &Element, attribute: &str) -> usize {
    let value = cell
        .attribute(attribute)
        .and_then(|value| value.trim().parse().ok());
    value.unwrap_or(1).max(1)
}

/// How a cell is aligned, by `align`, by a style or by a class such as `align-right`.
fn alignment(cell: &Element) -> Option<&'static str> {
    let of = |name: &str| {
        cell.attribute(name)
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let said = format!(
        "{} {} {}",
        of("align"),
        of("style").replace(':', " "),
        of("class")
    );
    let words = said.split(|c: char| !c.is_ascii_alphabetic());
    words.into_iter().find_map(|word| match word {
        "right" | "end" => Some("end"),
        "center" | "centre" => Some("center"),
        "left" | "start" => Some("start"),
        _ => None,
    })
}
