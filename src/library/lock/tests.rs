//! The rules of the lock, one test each, and the promise behind them: every address that was ever
//! published leads to its document.

use super::*;
use crate::diagnostics::{Renderer, any_error};

mod promise;
mod rules;
mod text;

/// A document as tests write it down.
#[derive(Clone, Debug)]
struct Document {
    source: String,
    address: String,
    id: Option<String>,
    print: u64,
    aliases: Vec<String>,
    standing: Standing<'static>,
}

fn document(source: &str, address: &str) -> Document {
    // Unrelated texts have unrelated fingerprints.
    let print = xxhash_rust::xxh3::xxh3_64(source.as_bytes());
    Document {
        source: source.to_owned(),
        address: address.to_owned(),
        id: None,
        print,
        aliases: Vec::new(),
        standing: Standing::Public,
    }
}

impl Document {
    fn id(mut self, id: &str) -> Self {
        self.id = Some(id.to_owned());
        self
    }

    fn alias(mut self, alias: &str) -> Self {
        self.aliases.push(alias.to_owned());
        self
    }

    fn standing(mut self, standing: Standing<'static>) -> Self {
        self.standing = standing;
        self
    }

    /// The same text in another file, at another address.
    fn moved(&self, source: &str, address: &str) -> Self {
        Document {
            source: source.to_owned(),
            address: address.to_owned(),
            ..self.clone()
        }
    }

    fn edited(mut self, bits: u64) -> Self {
        self.print ^= bits;
        self
    }

    fn claim(&self) -> Claim<'_> {
        Claim {
            source: &self.source,
            address: &self.address,
            id: self.id.as_deref(),
            fingerprint: Fingerprint::from_bits(self.print),
            aliases: &self.aliases,
            standing: self.standing,
            place: Place::file(format!("content/{}", self.source)),
            marks: Marks::default(),
        }
    }
}

fn run(old: &Lock, documents: &[Document]) -> Reconciled {
    let claims: Vec<Claim<'_>> = documents.iter().map(Document::claim).collect();
    reconcile(old, &claims)
}

/// The lock of a library that was published once, as read back from its file.
fn published(documents: &[Document]) -> Lock {
    let done = run(&Lock::default(), documents);
    assert!(
        !any_error(&done.diagnostics),
        "{}",
        shown(&done.diagnostics)
    );
    Lock::parse(&done.lock.to_string()).unwrap_or_else(|problems| panic!("{}", shown(&problems)))
}

fn shown(diagnostics: &[Diagnostic]) -> String {
    let mut renderer = Renderer::new("/nowhere", false);
    let texts: Vec<String> = diagnostics.iter().map(|one| renderer.render(one)).collect();
    texts.join("\n\n")
}

/// Only the lines after the header.
fn lines(lock: &Lock) -> String {
    lock.entries
        .iter()
        .map(|entry| format!("{entry}\n"))
        .collect()
}

/// Where each redirect leads, as text.
fn redirects(done: &Reconciled, documents: &[Document]) -> Vec<String> {
    let to = |to: &Destination| match to {
        Destination::Claim(at) => documents[*at].address.clone(),
        Destination::Url(url) => url.clone(),
    };
    let line = |redirect: &Redirect| format!("{} -> {}", redirect.from, to(&redirect.to));
    done.redirects.iter().map(line).collect()
}
