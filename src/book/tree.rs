//! The cleaned document tree of a chapter: what the reader, the EPUB and the PDF are made from.
//!
//! It is HTML with nothing left to guess: only elements and attributes from a short list, no
//! script, no style, ids that are unique in the book, links and pictures that are settled.

/// A piece of a chapter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// An element with what is in it.
    Element(Element),
    /// Text, with nothing escaped.
    Text(String),
}

/// An element of HTML.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Element {
    /// Its name in lower case, such as `blockquote`.
    pub name: String,
    /// Its attributes in a stable order, with nothing escaped.
    pub attributes: Vec<(String, String)>,
    /// What is in it.
    pub children: Vec<Node>,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}
