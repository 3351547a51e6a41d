//! The lists of a language: what there is for each industry, topic, author and kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::authors::AuthorId;
use super::document::{DocId, Document};
use super::vocabulary::{IndustryId, Vocabulary};
use crate::source::front_matter::Kind;

/// Documents in the order in which a list shows them.
pub type Shelf = Vec<DocId>;

/// A free tag, and what carries it.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    /// As the first document that carries it writes it.
    pub name: String,
    /// What carries it.
    pub shelf: Shelf,
}

/// The lists of one language.
#[derive(Clone, Debug, Default)]
pub struct Shelves {
    /// Everything, the newest first.
    pub all: Shelf,
    /// By industry, best pieces first. A sector holds what its trades hold.
    pub industries: BTreeMap<IndustryId, Shelf>,
    /// What is for everybody.
    pub general: Shelf,
    /// By the topic's slug.
    pub topics: BTreeMap<String, Topic>,
    /// By author.
    pub authors: BTreeMap<AuthorId, Shelf>,
    /// By kind.
    pub kinds: BTreeMap<Kind, Shelf>,
}

impl Shelves {
    /// What one industry has of one kind.
    pub fn industry_kind<'a>(
        &'a self,
        industry: IndustryId,
        kind: Kind,
        documents: &'a [Arc<Document>],
    ) -> impl Iterator<Item = DocId> + 'a {
        let shelf = self
            .industries
            .get(&industry)
            .map(Vec::as_slice)
            .unwrap_or_default();
        shelf
            .iter()
            .copied()
            .filter(move |id| documents[id.index()].kind == kind)
    }
}

/// Puts every listed document on its shelves. `topic_names` gives the spelling of a topic's slug.
pub(super) fn fill(
    documents: &[Document],
    vocabulary: &Vocabulary,
    topic_names: &BTreeMap<String, String>,
) -> BTreeMap<String, Shelves> {
    let mut all: BTreeMap<String, Shelves> = BTreeMap::new();
    for (at, document) in documents.iter().enumerate() {
        if document.is_listed() {
            let shelves = all.entry(document.lang().to_owned()).or_default();
            shelves.add(DocId::new(at), document, vocabulary, topic_names);
        }
    }
    for shelves in all.values_mut() {
        shelves.sort(documents);
    }
    all
}

impl Shelves {
    fn add(
        &mut self,
        id: DocId,
        document: &Document,
        vocabulary: &Vocabulary,
        topic_names: &BTreeMap<String, String>,
    ) {
        self.all.push(id);
        for industry in &document.industries {
            let sector = vocabulary.sector_of(*industry);
            for place in [*industry, sector] {
                let shelf = self.industries.entry(place).or_default();
                if shelf.last() != Some(&id) {
                    shelf.push(id);
                }
            }
        }
        if document.source.front.general {
            self.general.push(id);
        }
        for slug in &document.topics {
            let topic = self.topics.entry(slug.clone()).or_insert_with(|| Topic {
                name: topic_names
                    .get(slug)
                    .cloned()
                    .unwrap_or_else(|| slug.clone()),
                shelf: Shelf::new(),
            });
            topic.shelf.push(id);
        }
        for author in &document.authors {
            self.authors.entry(*author).or_default().push(id);
        }
        self.kinds.entry(document.kind).or_default().push(id);
    }

    fn sort(&mut self, documents: &[Document]) {
        let newest = |ids: &mut Shelf| ids.sort_by_cached_key(|id| newest_first(*id, documents));
        let best = |ids: &mut Shelf| ids.sort_by_cached_key(|id| best_first(*id, documents));
        newest(&mut self.all);
        best(&mut self.general);
        self.industries.values_mut().for_each(best);
        self.topics
            .values_mut()
            .for_each(|topic| newest(&mut topic.shelf));
        self.authors.values_mut().for_each(newest);
        self.kinds.values_mut().for_each(newest);
    }
}

type NewestFirst = (std::cmp::Reverse<i64>, DocId);

fn newest_first(id: DocId, documents: &[Document]) -> NewestFirst {
    // Documents are sorted by path, so their numbers decide between equals in a stable way.
    (std::cmp::Reverse(documents[id.index()].timestamp), id)
}

/// What the author put first, then the specific before the general, then the newest.
fn best_first(id: DocId, documents: &[Document]) -> (i64, bool, NewestFirst) {
    let front = &documents[id.index()].source.front;
    (
        front.weight.unwrap_or(0),
        front.general,
        newest_first(id, documents),
    )
}
