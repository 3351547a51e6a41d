//! A whole book on one page, to print.

use tera::Value;

use crate::book::markup::{self, Links, Syntax};
use crate::book::{Chapter, Part};
use crate::config::BaseUrl;
use crate::diagnostics::Diagnostic;
use crate::library::{DocId, encode_path};
use crate::site::Site;
use crate::site::context::map;
use crate::site::pages::Head;

/// The ids that the page has of its own: no chapter may be called so.
const OWN_IDS: [&str; 2] = ["main", "contents"];

impl Site {
    /// The page that holds every chapter of a book. Search engines are led to the book.
    ///
    /// # Errors
    /// What goes wrong in a block of a chapter, or in a template.
    pub(in crate::site) fn print_page(&self, id: DocId) -> Result<String, Vec<Diagnostic>> {
        let book = self.library().document(id);
        let (front, parts) = self.book_on_site(id, &OWN_IDS)?;
        let mut head = Head::new(book.lang(), "print", &book.title, book.address.clone());
        head.robots = Some("noindex");
        head.description = book.summary.clone();
        head.crumbs = self.document_crumbs(book);
        head.crumbs.push((book.title.clone(), book.address.clone()));
        let mut context = self.context(head);
        context.insert_value("doc", self.doc(id, String::new()));
        let links = OnePage(&self.library().base);
        context.insert_value("front", chapter(&front, &links));
        let part = |part: &Part| {
            Value::from(map! {
                "title" => part.title.as_deref(),
                "chapters" => chapters(&part.chapters, &links),
            })
        };
        context.insert_value(
            "parts",
            Value::from(parts.iter().map(part).collect::<Vec<_>>()),
        );
        self.template("print.html", &context)
    }
}

/// Chapters as the template knows them: `{key, title, number, html, chapters}`. The key of one
/// that is not written yet is empty.
fn chapters(of: &[Chapter], links: &OnePage<'_>) -> Value {
    let all = of.iter().map(|one| chapter(one, links));
    Value::from(all.collect::<Vec<_>>())
}

fn chapter(of: &Chapter, links: &OnePage<'_>) -> Value {
    let mut html = String::new();
    markup::write(&of.tree, Syntax::Page, links, &mut html);
    Value::from(map! {
        "key" => of.key.as_str(),
        "title" => of.title.as_str(),
        "number" => of.number.as_deref(),
        "html" => Value::safe_string(&html),
        "chapters" => chapters(&of.children, links),
    })
}

/// The addresses on the page. Trees lead from chapter to chapter by ids that are unique in the
/// book, which is what one page needs; pictures are named by their path on the site.
struct OnePage<'a>(&'a BaseUrl);

impl Links for OnePage<'_> {
    fn href(&self, href: &str) -> Option<String> {
        Some(href.to_owned())
    }

    fn src(&self, src: &str) -> Option<String> {
        Some(self.0.path(&format!("/{}", encode_path(src))))
    }
}
