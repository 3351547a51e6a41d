//! Pictures, boxes to tick, videos and frames.

use super::super::Destination;
use super::super::arena::Id;
use super::ids::anchor;
use super::nodes::{characters, element, push_text};
use super::{Place, Rewriter};
use crate::book::{Element, Node};

impl Rewriter<'_> {
    /// A picture of the book; one of the web leaves its words.
    pub(super) fn picture(&mut self, id: Id, out: &mut Vec<Node>) {
        let html = self.html;
        let alt = html.attribute(id, "alt").unwrap_or_default();
        let alt = characters(alt);
        let src = html.attribute(id, "src").unwrap_or_default();
        let own = self.own_id(id);
        let Some(src) = self.addresses.picture(self.chapter, src) else {
            // One that is not there, or is no picture, has been told.
            match src.split_once(':') {
                Some(("data", _)) => self.result.drawings += 1,
                Some(_) => self.result.remote_pictures.push(src.to_owned()),
                None if src.starts_with("//") => self.result.remote_pictures.push(src.to_owned()),
                None => {}
            }
            anchor(own, out);
            push_text(out, &alt);
            return;
        };
        let mut attributes: Vec<(String, String)> =
            own.map(|own| ("id".to_owned(), own)).into_iter().collect();
        attributes.push(("src".to_owned(), src));
        attributes.push(("alt".to_owned(), alt));
        attributes.extend(self.attributes(id, "img"));
        out.push(Node::Element(Element {
            name: "img".to_owned(),
            attributes,
            children: Vec::new(),
        }));
    }

    /// A box to tick; other inputs go.
    pub(super) fn task_box(&self, id: Id, out: &mut Vec<Node>) {
        if self.html.attribute(id, "type") == Some("checkbox") {
            let is_done = self.html.attribute(id, "checked").is_some();
            push_text(out, if is_done { "☑" } else { "☐" });
        }
    }

    /// A video, a frame and the like: a link with its title.
    pub(super) fn embed(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let html = self.html;
        let own = self.own_id(id);
        anchor(own, out);
        let all = html.below(html.children(id));
        let sources =
            std::iter::once(id).chain(all.iter().copied().filter(|id| html.name(*id) == "source"));
        let src = sources
            .filter_map(|id| {
                html.attribute(id, "src")
                    .or_else(|| html.attribute(id, "data"))
            })
            .find(|src| !src.trim().is_empty());
        let title = ["title", "aria-label"]
            .iter()
            .find_map(|name| html.attribute(id, name))
            .map(characters);
        let title = title.filter(|title| !title.trim().is_empty());
        let is_raw = html.name(id) == "iframe";
        let Some(src) = src.filter(|_| !place.in_link) else {
            match title {
                Some(title) => push_text(out, &title),
                None if !is_raw => self.phrasing(html.children(id), place, out),
                None => {}
            }
            return;
        };
        let words = title.unwrap_or_else(|| match self.addresses.link(self.chapter, src) {
            Destination::Web(address) => address,
            _ => src.to_owned(),
        });
        let mut link = element("a", vec![Node::Text(words)]);
        if let Node::Element(link) = &mut link {
            link.attributes.push(("href".to_owned(), src.to_owned()));
        }
        out.push(link);
    }
}
