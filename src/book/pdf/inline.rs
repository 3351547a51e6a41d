//! What stands within a line: words, emphasis, links, notes, small pictures.

use super::code::{literal, one_line, printable};
use super::facts::{inside, is_reference, text_of};
use super::writer::{Line, Writer, is_block, is_hidden};
use crate::book::{Element, Node};

/// Typst takes no longer address.
const LONGEST_ADDRESS: usize = 8000;
/// Code with spaces that is no longer than this keeps together.
const FEW_WORDS: usize = 20;
/// What a note is referred to by is no longer than this, in characters: `12`, `[3]`, `†`.
const LONGEST_MARK: usize = 4;
/// Stands in the code after each note, so that the next one knows of it.
const AFTER_NOTE: &str = "/**/";
/// Points in a pixel.
pub(super) const PIXEL: f64 = 0.75;

impl<'a> Writer<'a> {
    /// Everything in `nodes`, in one line.
    pub fn inline(&mut self, nodes: &'a [Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text(text),
                Node::Element(element) if is_hidden(element) => {}
                Node::Element(element) => self.enter(element, |w| w.inline_element(element)),
            }
        }
    }

    fn inline_element(&mut self, element: &'a Element) {
        if element
            .attribute("id")
            .is_some_and(|id| self.facts.targets.contains(id))
        {
            self.due_space();
            self.place(element);
        }
        match element.name.as_str() {
            "em" | "i" | "cite" | "dfn" | "var" => self.call("emph", element),
            "strong" | "b" => self.call("strong", element),
            "code" | "samp" | "tt" => self.inline_code(element),
            "kbd" => self.call("key", element),
            "mark" => self.call("marked", element),
            "small" => self.call("small", element),
            "q" => self.call("quote", element),
            "sub" => self.call("sub", element),
            "sup" => self.superscript(element),
            "del" | "s" | "strike" => self.lined(Line::Through, "strike", element),
            "ins" | "u" => self.lined(Line::Under, "underline", element),
            "a" => self.link(element),
            "img" => self.small_picture(element),
            "br" => {
                self.space = false;
                self.out.push_str("linebreak();");
                self.fresh = true;
            }
            "wbr" => self.out.push_str("z;"),
            // A reading in brackets; `<rp>` has brackets for those who set none.
            "rp" => {}
            "rt" if text_of(&element.children).trim().is_empty() => {}
            "rt" => {
                self.text(" (");
                self.inline(&element.children);
                self.text(")");
            }
            name => {
                // A block where none should be: its words, apart from those around it.
                self.space |= is_block(name);
                self.inline(&element.children);
                self.space |= is_block(name);
            }
        }
    }

    /// `name` called with what is in the element.
    fn call(&mut self, name: &str, element: &'a Element) {
        self.due_space();
        let open = format!("{name}({{");
        self.around(&open, "});", |w| w.inline(&element.children));
    }

    fn lined(&mut self, line: Line, name: &str, element: &'a Element) {
        if self.line.is_some_and(|outer| outer != line) {
            return self.inline(&element.children);
        }
        let outer = self.line.replace(line);
        self.call(name, element);
        self.line = outer;
    }

    fn inline_code(&mut self, element: &'a Element) {
        let text = printable(&text_of(&element.children)).replace(['\n', '\t'], " ");
        if text.trim().is_empty() {
            self.space = true;
            return;
        }
        let shown = self.shown(&text);
        if super::code::pieces(&text, self.long_word).len() == 1 {
            let few = text.contains(' ') && text.chars().count() <= FEW_WORDS;
            return self.word(&format!(
                "{}({shown})",
                if few { "short-code" } else { "c" }
            ));
        }
        self.due_space();
        self.fresh = false;
        self.around("long-code({", "});", |w| w.pieces(&text));
    }

    /// A note's number is raised anyway: `<sup>` around it adds nothing.
    fn superscript(&mut self, element: &'a Element) {
        let only = match element.children.as_slice() {
            [Node::Element(only)] => is_reference(only),
            _ => false,
        };
        match only {
            true => self.inline(&element.children),
            false => self.call("super", element),
        }
    }

    fn link(&mut self, element: &'a Element) {
        if is_reference(element) && self.reference(element) {
            return;
        }
        match self.destination(element) {
            Some(to) if !self.linked => {
                self.linked = true;
                self.call_link(&to, |w| w.inline(&element.children));
                self.linked = false;
            }
            _ => self.inline(&element.children),
        }
    }

    /// A link to `to` around what `write` writes.
    pub fn call_link(&mut self, to: &str, write: impl FnOnce(&mut Self)) {
        self.due_space();
        self.around(&format!("link({to},{{"), "});", write);
    }

    /// Where a link leads, as code; none if that is nowhere.
    pub fn destination(&self, element: &Element) -> Option<String> {
        if let Some(id) = inside(element) {
            let known = self.facts.targets.contains(id);
            return known.then(|| format!("label({})", literal(id)));
        }
        let address = one_line(element.attribute("href")?);
        let scheme = address.split_once(':')?.0.to_ascii_lowercase();
        let safe = matches!(
            scheme.as_str(),
            "http" | "https" | "mailto" | "tel" | "ftp" | "geo"
        );
        (safe && address.len() <= LONGEST_ADDRESS).then(|| literal(&address))
    }

    /// A reference becomes the note itself at the foot of the page; once more for the same note,
    /// its number again. False if there is no such note, or this is in it.
    fn reference(&mut self, element: &'a Element) -> bool {
        let Some(id) = inside(element) else {
            return false;
        };
        let Some((&id, &note)) = self.facts.notes.get_key_value(id) else {
            return false;
        };
        if self.open_notes.contains(&id) || self.stray.contains(&id) {
            return false;
        }
        let name = literal(&format!("note {id}"));
        if text_of(&element.children).trim().chars().count() > LONGEST_MARK {
            // These are words that the number does not stand for.
            self.inline(&element.children);
        }
        if !self.space && self.out.ends_with(AFTER_NOTE) {
            self.out.push_str("between-notes;");
        }
        if let Some(number) = self.notes.get(id) {
            self.word(&format!("note-again({name},\"{number}\")"));
            self.out.push_str(AFTER_NOTE);
            return true;
        }
        self.numbered += 1;
        let number = self.numbered;
        self.notes.insert(id, number);
        self.space = false;
        self.open_notes.push(id);
        self.out
            .push_str(&format!("note({name},\"{number}\",{{\"\";"));
        let line = self.line.take();
        let linked = std::mem::take(&mut self.linked);
        self.line(|w| w.enter(note, |w| w.loose(&note.children)));
        (self.line, self.linked) = (line, linked);
        self.out.push_str("});");
        self.out.push_str(AFTER_NOTE);
        self.fresh = false;
        self.open_notes.pop();
        true
    }

    /// A picture among words is as large as it is, but no wider than the line.
    fn small_picture(&mut self, element: &'a Element) {
        let Some((number, size)) = self.pictures.of(element) else {
            return self.lost_picture(element);
        };
        let width = (size.0 * PIXEL).min(self.width);
        let code = self.picture_code("inline-picture", element, number, width);
        self.word(&code);
    }

    /// A call that shows a picture `width` points wide.
    pub fn picture_code(
        &mut self,
        call: &str,
        element: &'a Element,
        number: usize,
        width: f64,
    ) -> String {
        let mut alt = one_line(element.attribute("alt").unwrap_or_default());
        let width = (width * 100.0).round() / 100.0;
        if alt.is_empty() && self.linked {
            // A link that says nothing is worse than one that says the name of a file.
            let src = element.attribute("src").unwrap_or_default();
            alt = one_line(src.rsplit('/').next().unwrap_or(src));
            self.silent
                .push(element.attribute("src").unwrap_or_default());
        }
        if alt.is_empty() {
            if element.attribute("role").is_none() {
                self.silent.extend(element.attribute("src"));
            }
            return format!("silent({call}(pictures.at({number}),width:{width}pt))");
        }
        let alt = literal(&alt);
        format!("{call}(pictures.at({number}),width:{width}pt,alt:{alt})")
    }

    /// What the picture shows, in words, where the picture itself is not to be had.
    pub fn lost_picture(&mut self, element: &'a Element) {
        let alt = one_line(element.attribute("alt").unwrap_or_default());
        if alt.is_empty() {
            return;
        }
        self.due_space();
        self.fresh = false;
        self.around("lost-picture({", "});", |w| w.line(|w| w.text(&alt)));
    }
}
