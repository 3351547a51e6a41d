//! HTML as a tree: whatever the author wrote, read as a browser reads it.
//!
//! html5ever tells a [`TreeSink`] what to do; here that is a list of nodes that name each other
//! by number, so that a tree of any depth is dropped without recursion.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::collections::HashMap;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, create_element};
use html5ever::{Attribute, LocalName, QualName, TokenizerResult, local_name, ns};

/// How deep elements may lie in each other. What lies deeper is taken out of its element: a
/// parser takes time by the square of the depth, and no reader shows a hundred levels.
const DEEPEST: u32 = 100;

/// The number of a node.
pub(super) type Id = usize;

/// What a node is.
pub(super) enum Kind {
    /// The document, a comment and other things that are not shown.
    Silent,
    /// Text, with nothing escaped.
    Text(String),
    /// An element.
    Element {
        /// Its name and namespace.
        name: QualName,
        /// Its attributes.
        attributes: Vec<Attribute>,
    },
}

/// A node with its place in the tree.
struct Data {
    kind: Kind,
    parent: Option<Id>,
    children: Vec<Id>,
    depth: u32,
}

/// A tree of HTML.
pub(super) struct Html {
    nodes: Vec<Data>,
    /// Whether anything lay too deep and was taken out of its element.
    pub flattened: bool,
}

impl Html {
    /// Reads the inside of a `<div>`. Never fails: any text is HTML.
    pub fn parse(text: &str) -> Html {
        let arena = Arena::default();
        let name = QualName::new(None, ns!(html), local_name!("div"));
        let context = create_element(&arena, name, Vec::new());
        let options = TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        };
        let builder = TreeBuilder::new_for_fragment(arena, context, None, options);
        let shallow = Shallow {
            builder,
            taken_out: RefCell::default(),
        };
        let tokenizer = Tokenizer::new(shallow, Default::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(text));
        // A script that ends pauses the tokenizer; there is nothing to run.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        tokenizer.end();
        let flattened = !tokenizer.sink.taken_out.borrow().is_empty();
        let nodes = tokenizer.sink.builder.sink.nodes.into_inner();
        Html { nodes, flattened }
    }

    /// The nodes at the top.
    pub fn top(&self) -> &[Id] {
        // A fragment is read into an element `html` of its own below the document.
        self.children(Arena::DOCUMENT)
            .first()
            .map_or(&[], |html| self.children(*html))
    }

    /// What is in a node.
    pub fn children(&self, id: Id) -> &[Id] {
        self.nodes
            .get(id)
            .map_or(&[], |node| node.children.as_slice())
    }

    /// What a node is.
    pub fn kind(&self, id: Id) -> &Kind {
        self.nodes.get(id).map_or(&Kind::Silent, |node| &node.kind)
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The name of an element; empty for any other node. An element of SVG or MathML inside such
    /// a drawing or formula keeps its name: nobody looks below the outermost.
    pub fn name(&self, id: Id) -> &str {
        match self.kind(id) {
            Kind::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    /// The value of an element's attribute.
    pub fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        let Kind::Element { attributes, .. } = self.kind(id) else {
            return None;
        };
        let found = attributes
            .iter()
            .find(|attribute| &*attribute.name.local == wanted);
        found.map(|attribute| &*attribute.value)
    }

    /// Whether an element has a class.
    pub fn has_class(&self, id: Id, class: &str) -> bool {
        self.classes(id).any(|found| found == class)
    }

    /// The classes of an element.
    pub fn classes(&self, id: Id) -> impl Iterator<Item = &str> {
        self.attribute(id, "class")
            .unwrap_or_default()
            .split_whitespace()
    }

    /// The nodes below the top ones included, parents before children.
    pub fn below(&self, top: &[Id]) -> Vec<Id> {
        let mut open: Vec<Id> = top.iter().rev().copied().collect();
        let mut found = Vec::new();
        while let Some(id) = open.pop() {
            found.push(id);
            open.extend(self.children(id).iter().rev());
        }
        found
    }

    /// All text below a node.
    pub fn text(&self, id: Id) -> String {
        let mut text = String::new();
        for id in self.below(&[id]) {
            if let Kind::Text(part) = self.kind(id) {
                text.push_str(part);
            }
        }
        text
    }
}

/// Takes elements out that lie too deep, before they can make the parser slow: such an element is
/// ended as soon as it has started, and its own end is then left out.
struct Shallow {
    builder: TreeBuilder<Id, Arena>,
    /// How many elements of each name were ended early.
    taken_out: RefCell<HashMap<LocalName, usize>>,
}

impl TokenSink for Shallow {
    type Handle = Id;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Id> {
        let Token::TagToken(tag) = token else {
            return self.builder.process_token(token, line);
        };
        if tag.kind == TagKind::EndTag {
            if let Some(count) = self.taken_out.borrow_mut().get_mut(&tag.name)
                && *count > 0
            {
                *count -= 1;
                return TokenSinkResult::Continue;
            }
            return self.builder.process_token(Token::TagToken(tag), line);
        }
        let end = Tag {
            kind: TagKind::EndTag,
            name: tag.name.clone(),
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        let is_leaf = tag.self_closing || is_void(&tag.name);
        let result = self.builder.process_token(Token::TagToken(tag), line);
        // Elements whose content is raw text hold no others, so they cannot make it deeper.
        if !is_leaf
            && matches!(result, TokenSinkResult::Continue)
            && self.builder.sink.newest_depth() > DEEPEST
        {
            *self
                .taken_out
                .borrow_mut()
                .entry(end.name.clone())
                .or_default() += 1;
            return self.builder.process_token(Token::TagToken(end), line);
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Whether an element has no end tag.
fn is_void(name: &str) -> bool {
    const VOID: [&str; 14] = [
        "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta",
        "source", "track", "wbr",
    ];
    VOID.contains(&name)
}

/// The nodes while they are read.
struct Arena {
    nodes: RefCell<Vec<Data>>,
}

impl Default for Arena {
    fn default() -> Self {
        Arena {
            nodes: RefCell::new(vec![Data::new(Kind::Silent)]),
        }
    }
}

impl Data {
    fn new(kind: Kind) -> Self {
        Data {
            kind,
            parent: None,
            children: Vec::new(),
            depth: 0,
        }
    }
}

impl Arena {
    const DOCUMENT: Id = 0;

    fn add(&self, kind: Kind) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Data::new(kind));
        nodes.len() - 1
    }

    /// How deep the element lies that was made last.
    fn newest_depth(&self) -> u32 {
        self.nodes.borrow().last().map_or(0, |node| node.depth)
    }

    fn detach(&self, id: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(parent) = nodes.get_mut(id).and_then(|node| node.parent.take()) else {
            return;
        };
        if let Some(parent) = nodes.get_mut(parent)
            && let Some(at) = parent.children.iter().rposition(|child| *child == id)
        {
            parent.children.remove(at);
        }
    }

    /// Puts a node or text below `parent`, before the child at `at`.
    fn insert(&self, parent: Id, at: usize, child: NodeOrText<Id>) {
        let child = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                if self.extends_text(parent, at, &text) {
                    return;
                }
                self.add(Kind::Text(text.to_string()))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes.get(parent).map_or(0, |node| node.depth);
        if let Some(node) = nodes.get_mut(child) {
            node.parent = Some(parent);
            node.depth = depth + 1;
        }
        if let Some(node) = nodes.get_mut(parent) {
            node.children.insert(at.min(node.children.len()), child);
        }
    }

    /// Adds text to the text before it, if that is text.
    fn extends_text(&self, parent: Id, at: usize, text: &str) -> bool {
        let mut nodes = self.nodes.borrow_mut();
        let before = at.checked_sub(1).and_then(|before| {
            let parent = nodes.get(parent)?;
            parent.children.get(before).copied()
        });
        match before.and_then(|before| nodes.get_mut(before)) {
            Some(Data {
                kind: Kind::Text(known),
                ..
            }) => {
                known.push_str(text);
                true
            }
            _ => false,
        }
    }

    fn parent(&self, id: Id) -> Option<Id> {
        self.nodes.borrow().get(id)?.parent
    }

    fn count(&self, id: Id) -> usize {
        self.nodes
            .borrow()
            .get(id)
            .map_or(0, |node| node.children.len())
    }
}

/// The name of an element, lent to the parser.
#[derive(Debug)]
struct Name<'a>(Ref<'a, QualName>);

impl html5ever::interface::ElemName for Name<'_> {
    fn ns(&self) -> &html5ever::Namespace {
        &self.0.ns
    }
    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

/// What the parser is told of a node that has no name; it asks for none.
static NAMELESS: QualName = QualName {
    prefix: None,
    ns: ns!(html),
    local: local_name!("div"),
};

impl TreeSink for Arena {
    type Handle = Id;
    type Output = Self;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        Self::DOCUMENT
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Name<'a> {
        let nodes = self.nodes.borrow();
        Name(Ref::map(nodes, |nodes| {
            match nodes.get(*target).map(|node| &node.kind) {
                Some(Kind::Element { name, .. }) => name,
                _ => &NAMELESS,
            }
        }))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        self.add(Kind::Element { name, attributes })
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.add(Kind::Silent)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.add(Kind::Silent)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.insert(*parent, self.count(*parent), child);
    }

    fn append_based_on_parent_node(&self, element: &Id, before: &Id, child: NodeOrText<Id>) {
        match self.parent(*element) {
            Some(_) => self.append_before_sibling(element, child),
            None => self.append(before, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        // A template is left out with all that is in it.
        *target
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, new: NodeOrText<Id>) {
        if let NodeOrText::AppendNode(id) = &new {
            self.detach(*id);
        }
        let Some(parent) = self.parent(*sibling) else {
            return;
        };
        let at = self
            .nodes
            .borrow()
            .get(parent)
            .and_then(|node| node.children.iter().rposition(|child| child == sibling));
        self.insert(parent, at.unwrap_or_default(), new);
    }

    fn add_attrs_if_missing(&self, target: &Id, attrs: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(Data {
            kind: Kind::Element { attributes, .. },
            ..
        }) = nodes.get_mut(*target)
        {
            for new in attrs {
                if !attributes.iter().any(|known| known.name == new.name) {
                    attributes.push(new);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let children = match self.nodes.borrow_mut().get_mut(*node) {
            Some(node) => std::mem::take(&mut node.children),
            None => return,
        };
        for child in children {
            self.append(new_parent, NodeOrText::AppendNode(child));
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, _: &Id) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(html: &Html, ids: &[Id]) -> String {
        let shown = ids.iter().map(|id| match html.kind(*id) {
            Kind::Silent => String::new(),
            Kind::Text(text) => text.clone(),
            Kind::Element { name, .. } => {
                let inner = shape(html, html.children(*id));
                format!("{}({inner})", name.local)
            }
        });
        shown.collect()
    }

    fn parsed(text: &str) -> String {
        let html = Html::parse(text);
        shape(&html, html.top())
    }

    #[test]
    fn html_is_read_as_a_browser_reads_it() {
        assert_eq!(parsed("<p>a<p>b<b>c"), "p(a)p(bb(c))");
        assert_eq!(parsed("<b>x<p>y</b>z"), "b(x)p(b(y)z)");
        assert_eq!(parsed("<table>x<tr><td>y"), "xtable(tbody(tr(td(y))))");
        assert_eq!(parsed("a<!-- b --><script>c</script>"), "ascript(c)");
        assert_eq!(parsed(""), "");
    }

    #[test]
    fn what_lies_too_deep_is_taken_out_of_its_element() {
        let text = "<blockquote>".repeat(100_000) + "deep";
        let html = Html::parse(&text);
        assert!(html.flattened);
        let deepest = html.nodes.iter().map(|node| node.depth).max();
        assert!(deepest <= Some(DEEPEST + 2), "{deepest:?}");
        assert!(html.below(html.top()).len() >= 100_000);
        let sane = "<blockquote><p>x</blockquote>".repeat(1_000);
        assert!(!Html::parse(&sane).flattened);
    }

    #[test]
    fn a_heap_of_open_tags_takes_little_time() {
        for tag in [
            "<div>",
            "<b>",
            "<ul><li>",
            "<table><tr><td>",
            "<a href=x><p>",
            "<b><div></b>",
        ] {
            let html = Html::parse(&tag.repeat(20_000));
            let deepest = html.nodes.iter().map(|node| node.depth).max();
            assert!(deepest < Some(400), "{tag}: {deepest:?}");
        }
    }
}
