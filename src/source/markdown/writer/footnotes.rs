//! Footnotes: numbered in the order of their first use, written at the end.

use super::Writer;
use crate::source::markdown::fragment::HoleKind;

impl Writer<'_, '_> {
    pub(super) fn footnote_reference(&mut self, name: &str) {
        let number = match self.footnote_numbers.get(name) {
            Some(number) => *number,
            None => {
                self.footnote_uses.push((name.to_owned(), 0));
                let number = self.footnote_uses.len();
                self.footnote_numbers.insert(name.to_owned(), number);
                number
            }
        };
        let Some((_, uses)) = self.footnote_uses.get_mut(number - 1) else {
            return;
        };
        *uses += 1;
        let id = reference_id(number, *uses);
        self.ids.fix(&id);
        self.push(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{id}\">{number}</a></sup>"
        ));
    }

    pub(super) fn end_footnote(&mut self) {
        if let Some((name, outer)) = self.open_footnotes.pop() {
            let content = std::mem::replace(&mut self.out, outer);
            self.footnotes.entry(name).or_insert(content);
        }
    }

    pub(super) fn footnote_section(&mut self) {
        if self.footnote_uses.is_empty() {
            return;
        }
        self.block("<section class=\"footnotes\" aria-label=\"");
        self.out.hole(HoleKind::Word("footnotes"));
        self.push("\"><ol>\n");
        for (at, (name, uses)) in std::mem::take(&mut self.footnote_uses)
            .into_iter()
            .enumerate()
        {
            let number = at + 1;
            let mut content = self.footnotes.remove(&name).unwrap_or_default();
            // The way back stands in the last paragraph, not below it.
            let in_paragraph = content.html.ends_with("</p>\n");
            if in_paragraph {
                content.html.truncate(content.html.len() - "</p>\n".len());
            }
            self.ids.fix(&format!("fn-{number}"));
            self.push(&format!("<li id=\"fn-{number}\">"));
            self.out.append(content);
            for time in 1..=uses {
                self.push(&format!(
                    " <a class=\"backref\" href=\"#{}\" aria-label=\"",
                    reference_id(number, time)
                ));
                self.out.hole(HoleKind::Word("back_to_text"));
                self.push(&format!(" {number}\">↩</a>"));
            }
            self.push(if in_paragraph {
                "</p>\n</li>\n"
            } else {
                "</li>\n"
            });
        }
        self.push("</ol></section>\n");
    }
}

/// The id of the `time`th reference to a footnote.
fn reference_id(number: usize, time: usize) -> String {
    match time {
        1 => format!("fnref-{number}"),
        _ => format!("fnref-{number}-{time}"),
    }
}
