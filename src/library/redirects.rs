//! Where replaced and former addresses lead, before and after there are documents.

use std::collections::HashMap;
use std::sync::Arc;

use super::document::{DocId, Document};
use super::lock;
use super::resolve::Part;
use crate::source::Source;
use crate::source::walk::parent;

/// Where a redirect leads.
pub(super) enum Goal {
    /// To the document of a path.
    Path(String),
    /// Out of the library.
    Url(String),
}

/// Redirects by the number of their document. One that leads out of the library is told by the
/// document that was replaced.
pub(super) fn redirects(documents: &[Document], goals: &[(String, Goal)]) -> Vec<(String, DocId)> {
    let mut by_goal: HashMap<&str, DocId> = HashMap::new();
    for (at, document) in documents.iter().enumerate() {
        by_goal.insert(&document.source.path, DocId::new(at));
        if let Some(word) = &document.source.front.replaced_by {
            by_goal.entry(&word.text).or_insert(DocId::new(at));
        }
    }
    let find = |(from, goal): &(String, Goal)| {
        let (Goal::Path(goal) | Goal::Url(goal)) = goal;
        Some((from.clone(), *by_goal.get(goal.as_str())?))
    };
    goals.iter().filter_map(find).collect()
}

/// Finds documents by path and address before they are documents.
pub(super) struct Places<'a> {
    by_place: HashMap<&'a str, usize>,
}

impl<'a> Places<'a> {
    pub fn new(kept: &'a [(Arc<Source>, Part)], addresses: &'a [String]) -> Self {
        // Asked only for what was replaced: most libraries never need it.
        let is_needed = kept
            .iter()
            .any(|(source, _)| source.front.replaced_by.is_some());
        let all = kept.iter().zip(addresses).enumerate().filter(|_| is_needed);
        let by_place = all
            .flat_map(|(at, ((source, _), address))| [(source.path.as_ref(), at), (address, at)])
            .collect();
        Places { by_place }
    }

    pub fn find<'t>(&self, from: &Source, target: &'t str) -> lock::Target<'t> {
        let path = target.split('#').next().unwrap_or(target);
        let content = path.trim_start_matches("@/");
        let beside = crate::source::book::join(parent(&from.path), path);
        let found = [content, beside.as_str(), path]
            .into_iter()
            .find_map(|path| self.by_place.get(path));
        match found {
            Some(at) => lock::Target::Claim(*at),
            None => lock::Target::Url(target),
        }
    }
}
