//! Documents that say the same in other languages.

use std::collections::HashMap;

use crate::library::document::{DocId, Document};
use crate::source::front_matter::Kind;

/// Documents that share a key are translations of each other.
pub(super) fn translations(documents: &mut [Document]) {
    let mut groups: HashMap<String, Vec<DocId>> = HashMap::new();
    let all = documents.iter().enumerate();
    for (at, document) in all.filter(|(_, document)| document.kind != Kind::Handout) {
        let key = document.source.translation_key.clone();
        groups.entry(key).or_default().push(DocId::new(at));
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        for id in &group {
            let own = documents.get(id.index()).map(|d| d.lang().to_owned());
            let others: Vec<DocId> = group
                .iter()
                .copied()
                .filter(|other| {
                    let document = documents.get(other.index());
                    document.is_some_and(|d| d.is_live() && Some(d.lang()) != own.as_deref())
                })
                .collect();
            if let Some(document) = documents.get_mut(id.index()) {
                document.translations = others;
            }
        }
    }
}
