//! The attributes that an element keeps.

use super::super::arena::Id;
use super::super::rules;
use super::Rewriter;
use super::nodes::characters;

impl Rewriter<'_> {
    /// The attributes of an element that is called `name` from now on, without its id.
    pub(super) fn attributes(&self, id: Id, name: &str) -> Vec<(String, String)> {
        let mut kept = Vec::new();
        let mut keep = |name: &str, value: &str| kept.push((name.to_owned(), value.to_owned()));
        let classes: Vec<&str> = self
            .html
            .classes(id)
            .filter(|class| rules::classes(name).contains(class))
            .collect();
        if !classes.is_empty() {
            keep("class", &classes.join(" "));
        }
        for attribute in rules::text_attributes(name) {
            if let Some(value) = self.html.attribute(id, attribute)
                && !value.trim().is_empty()
            {
                keep(attribute, &characters(value));
            }
        }
        for (attribute, least, greatest) in rules::number_attributes(name) {
            let value = self.html.attribute(id, attribute);
            let value = value.and_then(|value| value.trim().parse::<i64>().ok());
            if let Some(value) = value.filter(|value| (least..=greatest).contains(&value)) {
                keep(attribute, &value.to_string());
            }
        }
        if let Some(lang) = self.html.attribute(id, "lang")
            && rules::is_language(lang)
        {
            keep("lang", lang);
        }
        if let Some(dir) = self.html.attribute(id, "dir") {
            let dir = dir.to_ascii_lowercase();
            if matches!(dir.as_str(), "ltr" | "rtl" | "auto") {
                keep("dir", &dir);
            }
        }
        kept
    }
}
