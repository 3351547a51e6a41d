//! The text of a chapter by its headings: what a search looks through.

use super::arena::{Html, Id, Kind};
use super::rules::{self, Fate};

/// What stands below one heading, or before the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading's id; none for what stands before the first heading.
    pub id: Option<String>,
    /// The heading's text.
    pub title: String,
    /// The text, with one space between words and nothing escaped.
    pub text: String,
}

/// Splits the HTML of a chapter, as the site renders it, at its headings. A heading without an id
/// is part of the text, since no link can lead there. Never fails: any text is HTML.
pub fn sections(html: &str) -> Vec<Section> {
    let html = Html::parse(html);
    let mut splitter = Splitter {
        html: &html,
        sections: vec![Section::default()],
    };
    splitter.nodes(html.top());
    let mut sections = splitter.sections;
    for section in &mut sections {
        section.title = spaced(&section.title);
        section.text = spaced(&section.text);
    }
    sections.retain(|section| section.id.is_some() || !section.text.is_empty());
    sections
}

/// The marks of footnotes, beside what no book shows either.
const MARKS: [&str; 1] = ["footnote-ref"];

struct Splitter<'a> {
    html: &'a Html,
    /// The last one is being filled.
    sections: Vec<Section>,
}

impl Splitter<'_> {
    // Trees of the arena are shallow, so this may go down by recursion.
    fn nodes(&mut self, nodes: &[Id]) {
        for id in nodes {
            self.node(*id);
        }
    }

    fn node(&mut self, id: Id) {
        match self.html.kind(id) {
            Kind::Silent => {}
            Kind::Text(text) => self.push(text),
            Kind::Element { .. } => self.element(id),
        }
    }

    fn element(&mut self, id: Id) {
        let fate = rules::fate(self.html.name(id));
        if fate == Fate::Dropped || self.is_mark(id) {
            return;
        }
        let heading = match fate {
            Fate::Heading(_) => self.html.attribute(id, "id"),
            _ => None,
        };
        if let Some(heading) = heading {
            let mut title = Splitter {
                html: self.html,
                sections: vec![Section::default()],
            };
            title.nodes(self.html.children(id));
            let title = title.sections.into_iter().map(|section| section.text);
            self.sections.push(Section {
                id: Some(heading.to_owned()),
                title: title.collect(),
                text: String::new(),
            });
            return;
        }
        let is_apart = fate.is_block() || matches!(fate, Fate::Break(_));
        if is_apart {
            self.push(" ");
        }
        self.nodes(self.html.children(id));
        if is_apart {
            self.push(" ");
        }
    }

    fn is_mark(&self, id: Id) -> bool {
        let marks = rules::ONLY_ON_SCREEN.iter().chain(&MARKS);
        marks.into_iter().any(|mark| self.html.has_class(id, mark))
    }

    fn push(&mut self, text: &str) {
        if let Some(section) = self.sections.last_mut() {
            section.text.push_str(text);
        }
    }
}

/// The words with one space between them.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> String {
        let told = |section: Section| {
            let id = section.id.unwrap_or_default();
            format!("{id}|{}|{}", section.title, section.text)
        };
        let all: Vec<String> = sections(html).into_iter().map(told).collect();
        all.join("\n")
    }

    #[test]
    fn a_chapter_is_split_at_its_headings() {
        let html = "<p>Before<br>all&amp;more</p><h2 id=a>A <em>b</em>\
            <a class=anchor href=#a>#</a></h2><ul><li>one<li>two</ul>\
            <blockquote><h3 id=b>B</h3><p>in</p></blockquote><h2>no id</h2>\
            <p>word<sup class=footnote-ref><a href=#f>1</a></sup>.</p><script>x</script>";
        insta::assert_snapshot!(told(html), @"
        ||Before all&more
        a|A b|one two
        b|B|in no id word.
        ");
    }

    #[test]
    fn nothing_gives_no_section_and_depth_is_no_harm() {
        assert_eq!(sections(""), Vec::new());
        let deep = "<blockquote>".repeat(100_000) + "in";
        assert_eq!(told(&deep), "||in");
    }
}
