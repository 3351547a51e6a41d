//! Lists: bullets, numbers, tasks, and terms with what they mean.

use super::blocks::elements;
use super::writer::{Writer, is_blank, strays};
use crate::book::{Element, Node};

/// How much a list narrows the column, in points.
const LIST_INSET: f64 = 22.0;

impl<'a> Writer<'a> {
    pub(super) fn list(&mut self, element: &'a Element) {
        self.write_strays(strays(element, |_| true));
        let items: Vec<&Element> = elements(&element.children).collect();
        let tight = !items
            .iter()
            .any(|item| elements(&item.children).any(|e| e.name == "p"));
        let tasks = items.iter().any(|item| checkbox(item).is_some());
        let mut open = match (tasks, element.name.as_str()) {
            (true, _) => {
                let marks = items.iter().map(|item| match checkbox(item) {
                    Some(true) => "☑",
                    Some(false) => "☐",
                    None => "•",
                });
                format!("tasks({},", super::code::array(marks))
            }
            (false, "ol") => format!("enum({}", numbering(element)),
            _ => "list(".to_owned(),
        };
        open.push_str(if tight { "..near," } else { "..apart," });
        let numbered = element.name == "ol" && !tasks;
        self.narrower(LIST_INSET, |w| {
            w.around(&open, ");", |w| {
                for item in items {
                    w.item(item, numbered);
                }
            });
        });
    }

    pub(super) fn item(&mut self, item: &'a Element, numbered: bool) {
        let number = item
            .attribute("value")
            .and_then(|value| value.trim().parse::<u32>().ok());
        match number {
            Some(number) if numbered => self.out.push_str(&format!("enum.item({number},{{[];")),
            _ => self.out.push_str("{[];"),
        }
        self.place(item);
        self.enter_item(item);
        self.out.push_str(if numbered && number.is_some() {
            "}),"
        } else {
            "},"
        });
    }

    pub(super) fn enter_item(&mut self, item: &'a Element) {
        self.line(|w| {
            w.enter(item, |w| match checkbox(item) {
                Some(_) => w.without_checkbox(&item.children),
                None => w.loose(&item.children),
            });
        });
    }

    /// The item of a task: its box is its bullet already.
    pub(super) fn without_checkbox(&mut self, nodes: &'a [Node]) {
        match first_said(nodes) {
            Some((Node::Element(first), rest)) if first.name == "p" => {
                self.line(|w| match first_said(&first.children) {
                    Some((Node::Text(text), inner)) => {
                        w.text(without_box(text));
                        w.inline(inner);
                    }
                    _ => w.inline(&first.children),
                });
                self.flow(rest);
            }
            Some((Node::Text(text), rest)) => {
                self.text(without_box(text));
                self.loose(rest);
            }
            _ => self.loose(nodes),
        }
    }

    /// `<dl>`: terms with what they mean, also where `<div>`s group them.
    pub(super) fn definitions(&mut self, element: &'a Element) {
        self.write_strays(strays(element, |_| true));
        let mut lines = Vec::new();
        for child in elements(&element.children) {
            match child.name.as_str() {
                "div" => {
                    self.write_strays(strays(child, |_| true));
                    lines.extend(elements(&child.children));
                }
                _ => lines.push(child),
            }
        }
        let mut pairs: Vec<(Vec<&Element>, Vec<&Element>)> = Vec::new();
        for line in lines {
            let term = line.name == "dt";
            match pairs.last_mut() {
                Some((terms, meanings)) if term && meanings.is_empty() => terms.push(line),
                Some((_, meanings)) if !term => meanings.push(line),
                _ if term => pairs.push((vec![line], Vec::new())),
                _ => pairs.push((Vec::new(), vec![line])),
            }
        }
        self.narrower(LIST_INSET, |w| {
            w.around("terms(tight:false,", ");", |w| {
                for (terms, meanings) in pairs {
                    w.definition(&terms, &meanings);
                }
            });
        });
    }

    pub(super) fn definition(&mut self, terms: &[&'a Element], meanings: &[&'a Element]) {
        self.out.push_str("terms.item({\"\";");
        for (n, term) in terms.iter().enumerate() {
            if n > 0 {
                self.out.push_str("linebreak();");
            }
            self.place(term);
            self.line(|w| w.enter(term, |w| w.inline(&term.children)));
        }
        self.out.push_str("},{\"\";");
        for (n, meaning) in meanings.iter().enumerate() {
            if n > 0 {
                self.out.push_str("parbreak();");
            }
            self.place(meaning);
            self.line(|w| w.enter(meaning, |w| w.loose(&meaning.children)));
        }
        self.out.push_str("}),");
    }
}

/// Whether an item is a task, and whether it is done: then its text begins with a box.
fn checkbox(item: &Element) -> Option<bool> {
    let text = match first_said(&item.children)?.0 {
        Node::Text(text) => text,
        Node::Element(first) if first.name == "p" => match first_said(&first.children)?.0 {
            Node::Text(text) => text,
            Node::Element(_) => return None,
        },
        Node::Element(_) => return None,
    };
    match text.trim_start().chars().next()? {
        '☑' => Some(true),
        '☐' => Some(false),
        _ => None,
    }
}

/// The first node that is not blank, and those after it.
fn first_said(nodes: &[Node]) -> Option<(&Node, &[Node])> {
    let start = nodes.iter().position(|node| !is_blank(node))?;
    nodes.get(start..)?.split_first()
}

/// The text of a task without its box.
fn without_box(text: &str) -> &str {
    text.trim_start()
        .trim_start_matches(['☑', '☐'])
        .trim_start()
}

/// The arguments that number a list as its attributes `type`, `start` and `reversed` say.
fn numbering(element: &Element) -> String {
    let known = |style: &&str| matches!(*style, "a" | "A" | "i" | "I");
    let style = element.attribute("type").filter(known).unwrap_or("1");
    let start = element
        .attribute("start")
        .and_then(|start| start.trim().parse::<u32>().ok());
    let start = start.unwrap_or(1);
    let reversed = element.attribute("reversed").is_some();
    format!("numbering:\"{style}.\",start:{start},reversed:{reversed},")
}
