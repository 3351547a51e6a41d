//! Figures, and pictures that stand on their own.

use super::blocks::elements;
use super::facts::text_of;
use super::inline::PIXEL;
use super::writer::{Writer, is_blank};
use crate::book::{Element, Node};

/// A picture on its own is no taller than this, in points.
const TALLEST: f64 = 400.0;

impl<'a> Writer<'a> {
    pub(super) fn figure(&mut self, element: &'a Element) {
        let caption = elements(&element.children).find(|child| child.name == "figcaption");
        let Some(caption) = caption.filter(|c| !text_of(&c.children).trim().is_empty()) else {
            return self.flow(&element.children);
        };
        self.around("captioned({\"\";", "});", |w| {
            w.place(caption);
            w.line(|w| w.enter(caption, |w| w.inline(&caption.children)));
            w.out.push_str("},{\"\";");
            for child in &element.children {
                match child {
                    Node::Element(child) if std::ptr::eq(child, caption) => {}
                    child => w.flow(std::slice::from_ref(child)),
                }
            }
        });
    }

    /// A picture on its own, in the middle of the column.
    pub(super) fn large_picture(&mut self, element: &'a Element, link: Option<String>) {
        let Some((number, (width, height))) = self.pictures.of(element) else {
            return self.around("p({", "});", |w| w.line(|w| w.lost_picture(element)));
        };
        self.place(element);
        let tallest = TALLEST * width / height.max(1.0);
        let width = (width * PIXEL).min(self.width).min(tallest);
        let outer = std::mem::replace(&mut self.linked, link.is_some());
        let code = self.picture_code("picture", element, number, width);
        self.linked = outer;
        match link {
            Some(to) => self.out.push_str(&format!("link({to},{code});")),
            None => self.out.push_str(&format!("{code};")),
        }
    }
}

/// The pictures of a line that holds nothing else, each with the link around it.
pub(super) fn only_pictures(nodes: &[Node]) -> Option<Vec<(&Element, Option<&Element>)>> {
    let mut found = Vec::new();
    for node in nodes.iter().filter(|node| !is_blank(node)) {
        let Node::Element(element) = node else {
            return None;
        };
        match (element.name.as_str(), element.children.as_slice()) {
            ("img", _) => found.push((element, None)),
            ("br", _) => {}
            ("a", [Node::Element(only)]) if only.name == "img" => {
                found.push((only, Some(element)));
            }
            _ => return None,
        }
    }
    (!found.is_empty()).then_some(found)
}
