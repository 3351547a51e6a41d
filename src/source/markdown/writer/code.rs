//! Blocks of code, and the lines of Rust in them that mdBook does not show.

use std::borrow::Cow;

use pulldown_cmark::CodeBlockKind;

use super::Writer;
use crate::source::markdown::calls::unmask;

impl Writer<'_, '_> {
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_code = true;
        let info = match kind {
            CodeBlockKind::Fenced(info) => unmask(info).0.into_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        let Some(language) = language(&info) else {
            return self.block("<pre tabindex=\"0\"><code>");
        };
        if self.input.settings.hides_lines && language == "rust" {
            self.rust = Some(String::new());
        }
        self.block("<pre tabindex=\"0\"><code class=\"language-");
        self.push_attribute(language);
        self.push("\">");
    }

    pub(super) fn end_code_block(&mut self) {
        self.in_code = false;
        if let Some(code) = self.rust.take() {
            let shown: String = code.split_inclusive('\n').filter_map(shown).collect();
            self.plain.push_str(&shown);
            self.push_escaped(&shown);
        }
        self.push("</code></pre>\n");
    }
}

/// The language that the words behind a fence begin with: `rust` in `rust,ignore`.
fn language(info: &str) -> Option<&str> {
    let word = info.split_whitespace().next()?;
    match word.split_once(',') {
        Some((language, _)) if !language.is_empty() => Some(language),
        _ => Some(word),
    }
}

/// A line of Rust as a reader sees it, if at all: `# ` hides it, `##` stands for one `#`.
fn shown(line: &str) -> Option<Cow<'_, str>> {
    let code = line.trim_start_matches([' ', '\t']);
    let Some(rest) = code.strip_prefix('#') else {
        return Some(Cow::Borrowed(line));
    };
    if rest.starts_with('#') {
        let indent = line.get(..line.len() - code.len()).unwrap_or_default();
        return Some(Cow::Owned(format!("{indent}{rest}")));
    }
    match rest.trim_end_matches(['\r', '\n']) {
        "" => None,
        rest if rest.starts_with(' ') => None,
        _ => Some(Cow::Borrowed(line)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_hidden_as_mdbook_has_it() {
        for (line, expected) in [
            ("let x = 1;\n", Some("let x = 1;\n")),
            ("# fn main() {\n", None),
            ("  # hidden", None),
            ("#\r\n", None),
            ("#[derive(Debug)]\n", Some("#[derive(Debug)]\n")),
            ("#![no_std]\n", Some("#![no_std]\n")),
            ("  ## shown\n", Some("  # shown\n")),
            ("let s = \"# \";", Some("let s = \"# \";")),
            ("\n", Some("\n")),
        ] {
            assert_eq!(shown(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn a_language_stands_before_its_attributes() {
        assert_eq!(language("rust,ignore"), Some("rust"));
        assert_eq!(language("ruby startline=3"), Some("ruby"));
        assert_eq!(language(",x"), Some(",x"));
        assert_eq!(language(" "), None);
    }
}
