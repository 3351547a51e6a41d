//! Lists and indexes: home, industries, kinds, topics and authors, cut into pages.

use std::collections::BTreeSet;

use tera::{Context, Value};

use super::Site;
use super::context::map;
use super::pages::Head;
use super::plan::{KIND_PAGE_FROM, List, ListPage, list_address, page_address};
use crate::diagnostics::Diagnostic;
use crate::library::vocabulary::IndustryId;
use crate::library::{DocId, Shelves};
use crate::source::front_matter::Kind;

/// How many pieces the home page shows as the latest, and of each kind.
const ON_HOME: usize = 6;
/// How many topics the home page shows.
const TOPICS_ON_HOME: usize = 24;
/// How many pieces of a kind an industry's page shows.
const OF_A_KIND: usize = 6;
/// How many pieces for everybody an industry's page shows.
const GENERAL: usize = 6;

impl Site {
    /// A page of a list.
    pub(super) fn list_page(&self, page: &ListPage) -> Result<String, Vec<Diagnostic>> {
        let empty = Shelves::default();
        let shelves = self.library.shelves.get(&page.lang).unwrap_or(&empty);
        let mut context = self.context(self.list_head(page, shelves));
        let intro = match page.intro {
            Some(id) => Value::safe_string(&self.body(id)?),
            None => Value::none(),
        };
        context.insert_value("intro", intro);
        let template = match &page.list {
            List::Home => self.home(&mut context, page, shelves),
            List::Industries => {
                context.insert_value("industries", self.industry_index(&page.lang));
                "industries.html"
            }
            List::Industry(id, kind) => self.industry(&mut context, page, shelves, *id, *kind),
            List::Topics | List::Authors => self.terms(&mut context, page, shelves),
            List::Kind(_) | List::Topic(_) | List::Author(_) => {
                self.plain_list(&mut context, page, shelves)
            }
        };
        self.template(template, &context)
    }

    fn list_head(&self, page: &ListPage, shelves: &Shelves) -> Head {
        let lang = &page.lang;
        let address = page_address(&self.library, lang, &page.list, page.page);
        let kind = match &page.list {
            List::Home => "home",
            List::Industries => "industries",
            List::Industry(..) => "industry",
            List::Topics | List::Authors => "terms",
            _ => "list",
        };
        let mut head = Head::new(lang, kind, &self.list_title(page, shelves), address);
        if matches!(page.list, List::Author(_)) {
            head.og_type = "profile";
        }
        let shared = self.shared.get(lang).cloned().unwrap_or_else(Value::none);
        let description = shared
            .get_from_path("description")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if page.list == List::Home {
            head.description = description.to_owned();
            head.json_ld = Some(self.site_json_ld(lang, &head.title, description));
        } else {
            head.crumbs = self.list_crumbs(page);
        }
        let industry = match page.list {
            List::Industry(id, _) => Some(id),
            _ => None,
        };
        head.feeds = self.feeds_of(lang, industry);
        head.alternates = self.list_alternates(page);
        head
    }

    fn list_title(&self, page: &ListPage, shelves: &Shelves) -> String {
        let lang = &page.lang;
        let word = |key: &str| self.theme.words.plain(lang, key).to_owned();
        let title = match &page.list {
            List::Home => {
                let shared = self.shared.get(lang);
                let title = shared
                    .and_then(|s| s.get_from_path("title"))
                    .and_then(Value::as_str);
                title.unwrap_or_default().to_owned()
            }
            List::Industries => word("industries"),
            List::Industry(id, None) => self.library.vocabulary.name(*id, lang).to_owned(),
            List::Industry(id, Some(kind)) => format!(
                "{}: {}",
                self.library.vocabulary.name(*id, lang),
                word(&format!("kinds_{}", kind.name()))
            ),
            List::Kind(kind) => word(&format!("kinds_{}", kind.name())),
            List::Topics => word("topics"),
            List::Topic(slug) => shelves
                .topics
                .get(slug)
                .map(|t| t.name.clone())
                .unwrap_or_default(),
            List::Authors => word("authors"),
            List::Author(id) => self.library.authors[id.index()].name.clone(),
        };
        match page.page {
            0 | 1 => title,
            number => {
                let number = [("page".to_owned(), number.to_string())];
                let suffix = self
                    .theme
                    .words
                    .say(lang, "page_number", &number)
                    .unwrap_or_default();
                format!("{title} · {suffix}")
            }
        }
    }

    fn list_crumbs(&self, page: &ListPage) -> Vec<(String, String)> {
        let lang = &page.lang;
        let mut crumbs = vec![self.home_crumb(lang)];
        let mut above = |list: List, title: String| {
            crumbs.push((title, list_address(&self.library, lang, &list)));
        };
        let word = |key: &str| self.theme.words.plain(lang, key).to_owned();
        let name = |id: IndustryId| self.library.vocabulary.name(id, lang).to_owned();
        match &page.list {
            List::Industry(id, kind) => {
                above(List::Industries, word("industries"));
                let sector = self.library.vocabulary.sector_of(*id);
                if sector != *id {
                    above(List::Industry(sector, None), name(sector));
                }
                if kind.is_some() {
                    above(List::Industry(*id, None), name(*id));
                }
            }
            List::Topic(_) => above(List::Topics, word("topics")),
            List::Author(_) => above(List::Authors, word("authors")),
            _ => {}
        }
        crumbs
    }

    /// The same list in the languages that have it.
    fn list_alternates(&self, page: &ListPage) -> Vec<(String, String)> {
        if page.page > 1 {
            return Vec::new();
        }
        let same = |lang: &String| {
            let address = list_address(&self.library, lang, &page.list);
            self.plan.answers(&address).then(|| (lang.clone(), address))
        };
        self.library.shelves.keys().filter_map(same).collect()
    }

    fn home(&self, context: &mut Context, page: &ListPage, shelves: &Shelves) -> &'static str {
        let lang = &page.lang;
        let kind = |(kind, shelf): (&Kind, &Vec<DocId>)| {
            let url = list_address(&self.library, lang, &List::Kind(*kind));
            Value::from(map! {
                "kind" => kind.name(),
                "url" => self.library.base.path(&url),
                "count" => shelf.len(),
                "cards" => self.cards.all(shelf.iter().take(ON_HOME).copied()),
            })
        };
        context.insert_value(
            "kinds",
            Value::from(shelves.kinds.iter().map(kind).collect::<Vec<_>>()),
        );
        context.insert_value("industries", self.industry_index(lang));
        context.insert_value("latest", self.latest(lang));
        let mut topics: Vec<_> = shelves.topics.iter().collect();
        topics.sort_by_key(|(slug, topic)| (std::cmp::Reverse(topic.shelf.len()), slug.as_str()));
        topics.truncate(TOPICS_ON_HOME);
        let topic = |(slug, topic): (&String, &crate::library::Topic)| {
            self.counted(
                lang,
                &topic.name,
                &List::Topic(slug.clone()),
                topic.shelf.len(),
            )
        };
        context.insert_value(
            "topics",
            Value::from(topics.into_iter().map(topic).collect::<Vec<_>>()),
        );
        "home.html"
    }

    /// The newest pieces of a language.
    pub(super) fn latest(&self, lang: &str) -> Value {
        let shelf = self
            .library
            .shelves
            .get(lang)
            .map(|shelves| shelves.all.as_slice());
        self.cards
            .all(shelf.unwrap_or_default().iter().take(ON_HOME * 2).copied())
    }

    /// Sectors that have something, each with its trades that have something.
    pub(super) fn industry_index(&self, lang: &str) -> Value {
        let Some(shelves) = self.library.shelves.get(lang) else {
            return Value::from(Vec::<Value>::new());
        };
        let vocabulary = &self.library.vocabulary;
        let sectors: BTreeSet<IndustryId> = shelves
            .industries
            .keys()
            .map(|id| vocabulary.sector_of(*id))
            .collect();
        let sector = |id: IndustryId| {
            let count = shelves.industries.get(&id).map_or(0, Vec::len);
            let list = List::Industry(id, None);
            let url = self
                .library
                .base
                .path(&list_address(&self.library, lang, &list));
            Value::from(map! {
                "name" => vocabulary.name(id, lang),
                "url" => url,
                "count" => count,
                "trades" => self.trades(lang, shelves, id),
            })
        };
        Value::from(sectors.into_iter().map(sector).collect::<Vec<_>>())
    }

    /// The trades of a sector that have something, by name.
    fn trades(&self, lang: &str, shelves: &Shelves, sector: IndustryId) -> Value {
        let vocabulary = &self.library.vocabulary;
        let mut trades: Vec<(&str, IndustryId, usize)> = vocabulary
            .trades(sector)
            .filter_map(|id| {
                Some((
                    vocabulary.name(id, lang),
                    id,
                    shelves.industries.get(&id)?.len(),
                ))
            })
            .collect();
        trades.sort();
        let trade = |(name, id, count)| self.counted(lang, name, &List::Industry(id, None), count);
        Value::from(trades.into_iter().map(trade).collect::<Vec<_>>())
    }

    /// A name with its address and how much it has.
    fn counted(&self, lang: &str, name: &str, list: &List, count: usize) -> Value {
        let url = self
            .library
            .base
            .path(&list_address(&self.library, lang, list));
        Value::from(map! { "name" => name, "url" => url, "count" => count })
    }

    fn industry(
        &self,
        context: &mut Context,
        page: &ListPage,
        shelves: &Shelves,
        id: IndustryId,
        kind: Option<Kind>,
    ) -> &'static str {
        let lang = &page.lang;
        let vocabulary = &self.library.vocabulary;
        let shelf = shelves
            .industries
            .get(&id)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let sector = vocabulary.sector_of(id);
        let sector_value = match sector == id {
            true => Value::none(),
            false => self.counted(
                lang,
                vocabulary.name(sector, lang),
                &List::Industry(sector, None),
                0,
            ),
        };
        let url = list_address(&self.library, lang, &List::Industry(id, None));
        context.insert_value(
            "industry",
            Value::from(map! {
                "slug" => vocabulary.get(id).slug.as_str(),
                "name" => vocabulary.name(id, lang),
                "url" => self.library.base.path(&url),
                "sector" => sector_value,
                "trades" => self.trades(lang, shelves, id),
                "count" => shelf.len(),
            }),
        );
        context.insert_value("kind", Value::from(kind.map(Kind::name)));
        let is_first = page.page == 1 && kind.is_none();
        let kinds = match is_first {
            true => self.kinds_of(lang, shelves, id),
            false => Vec::new(),
        };
        context.insert_value("kinds", Value::from(kinds));
        let general = shelves
            .general
            .iter()
            .filter(|id| !shelf.contains(id))
            .take(GENERAL)
            .copied();
        context.insert_value(
            "general",
            match is_first {
                true => self.cards.all(general),
                false => Value::from(Vec::<Value>::new()),
            },
        );
        let documents = &self.library.documents;
        let of_kind: Vec<DocId> = match kind {
            Some(kind) => shelves.industry_kind(id, kind, documents).collect(),
            None => shelf.to_vec(),
        };
        self.paged(context, page, &of_kind);
        "industry.html"
    }

    /// What an industry has, by kind.
    fn kinds_of(&self, lang: &str, shelves: &Shelves, id: IndustryId) -> Vec<Value> {
        let mut kinds = Vec::new();
        let total = shelves.industries.get(&id).map_or(0, Vec::len);
        for kind in Kind::RESOURCES {
            let ids: Vec<DocId> = shelves
                .industry_kind(id, kind, &self.library.documents)
                .collect();
            if ids.is_empty() {
                continue;
            }
            let has_page = ids.len() >= KIND_PAGE_FROM && ids.len() < total;
            let url = has_page.then(|| {
                let list = List::Industry(id, Some(kind));
                self.library
                    .base
                    .path(&list_address(&self.library, lang, &list))
            });
            kinds.push(Value::from(map! {
                "kind" => kind.name(),
                "count" => ids.len(),
                "url" => url,
                "cards" => self.cards.all(ids.into_iter().take(OF_A_KIND)),
            }));
        }
        kinds
    }

    fn terms(&self, context: &mut Context, page: &ListPage, shelves: &Shelves) -> &'static str {
        let lang = &page.lang;
        let (kind, mut terms): (&str, Vec<(String, Value)>) = match page.list {
            List::Topics => {
                let term = |(slug, topic): (&String, &crate::library::Topic)| {
                    let list = List::Topic(slug.clone());
                    (
                        topic.name.to_lowercase(),
                        self.counted(lang, &topic.name, &list, topic.shelf.len()),
                    )
                };
                ("topics", shelves.topics.iter().map(term).collect())
            }
            _ => {
                let term = |(id, shelf): (&crate::library::AuthorId, &Vec<DocId>)| {
                    let name = &self.library.authors[id.index()].name;
                    (
                        name.to_lowercase(),
                        self.counted(lang, name, &List::Author(*id), shelf.len()),
                    )
                };
                ("authors", shelves.authors.iter().map(term).collect())
            }
        };
        terms.sort_by(|a, b| a.0.cmp(&b.0));
        let title = self.list_title(page, shelves);
        context.insert_value(
            "list",
            Value::from(map! { "title" => title, "kind" => kind }),
        );
        let terms: Vec<Value> = terms.into_iter().map(|(_, term)| term).collect();
        context.insert_value("terms", Value::from(terms));
        "terms.html"
    }

    fn plain_list(
        &self,
        context: &mut Context,
        page: &ListPage,
        shelves: &Shelves,
    ) -> &'static str {
        let none = Vec::new();
        let (kind, shelf) = match &page.list {
            List::Kind(kind) => ("kind", shelves.kinds.get(kind)),
            List::Topic(slug) => ("topic", shelves.topics.get(slug).map(|topic| &topic.shelf)),
            List::Author(id) => ("author", shelves.authors.get(id)),
            _ => ("list", None),
        };
        let shelf = shelf.unwrap_or(&none);
        let author = match page.list {
            List::Author(id) => self.author(id, &page.lang),
            _ => Value::none(),
        };
        let first = ListPage {
            page: 1,
            ..page.clone()
        };
        let title = self.list_title(&first, shelves);
        context.insert_value(
            "list",
            Value::from(map! {
                "title" => title.as_str(),
                "name" => title.as_str(),
                "kind" => kind,
                "count" => shelf.len(),
            }),
        );
        context.insert_value("author", author);
        self.paged(context, page, shelf);
        "list.html"
    }

    /// The cards of one page of a list, and the way to the others.
    fn paged(&self, context: &mut Context, page: &ListPage, shelf: &[DocId]) {
        let size = self.library.config.paginate;
        let pages = shelf.len().div_ceil(size).max(1);
        let here = shelf.chunks(size).nth(page.page - 1).unwrap_or_default();
        context.insert_value("cards", self.cards.all(here.iter().copied()));
        let pager = match pages {
            1 => Value::none(),
            _ => self.pager(page, pages),
        };
        context.insert_value("pager", pager);
    }

    fn pager(&self, page: &ListPage, pages: usize) -> Value {
        let url = |number: usize| {
            self.library
                .base
                .path(&page_address(&self.library, &page.lang, &page.list, number))
        };
        let there = |number: usize| (1..=pages).contains(&number).then(|| url(number));
        let number = |number: usize| {
            Value::from(map! {
                "page" => number,
                "url" => if number == 0 { String::new() } else { url(number) },
                "current" => number == page.page,
            })
        };
        Value::from(map! {
            "page" => page.page,
            "pages" => pages,
            "previous" => there(page.page.wrapping_sub(1)),
            "next" => there(page.page + 1),
            "numbers" => shown_numbers(page.page, pages).into_iter().map(number).collect::<Vec<_>>(),
        })
    }
}

/// The numbers that a pager shows: the first, the last, those around this one; 0 is a gap.
fn shown_numbers(page: usize, pages: usize) -> Vec<usize> {
    let mut shown = Vec::new();
    for number in 1..=pages {
        if number == 1 || number == pages || number.abs_diff(page) <= 1 {
            shown.push(number);
        } else if shown.last() != Some(&0) {
            shown.push(0);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pager_is_short() {
        assert_eq!(shown_numbers(1, 3), [1, 2, 3]);
        assert_eq!(shown_numbers(5, 9), [1, 0, 4, 5, 6, 0, 9]);
    }
}
