//! The promise: whatever happens to a library, every address that was ever published leads to
//! what it led to, and a build without changes changes nothing.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// What happens to a library between two builds. Numbers choose a document, a name or a bit,
/// whichever there are.
#[derive(Clone, Debug)]
enum Event {
    Write(usize, usize),
    Move(usize, usize),
    Reslug(usize, usize),
    Edit(usize, u32),
    Alias(usize, usize),
    DropAliases(usize),
    Retire(usize),
    Replace(usize, usize),
    Draft(usize),
    Delete,
    Build,
}

fn event() -> impl Strategy<Value = Event> {
    let n = || 0..24usize;
    prop_oneof![
        4 => (n(), n()).prop_map(|(a, b)| Event::Write(a, b)),
        4 => (n(), n()).prop_map(|(a, b)| Event::Move(a, b)),
        4 => (n(), n()).prop_map(|(a, b)| Event::Reslug(a, b)),
        2 => (n(), 0..64u32).prop_map(|(a, b)| Event::Edit(a, b)),
        2 => (n(), n()).prop_map(|(a, b)| Event::Alias(a, b)),
        1 => n().prop_map(Event::DropAliases),
        1 => n().prop_map(Event::Retire),
        1 => (n(), n()).prop_map(|(a, b)| Event::Replace(a, b)),
        1 => n().prop_map(Event::Draft),
        1 => Just(Event::Delete),
        8 => Just(Event::Build),
    ]
}

/// A library with the truth about it that no build is told: which document is which.
#[derive(Clone, Default)]
struct Library {
    documents: Vec<(usize, Document)>,
    written: usize,
    /// The files of the last build. Nothing else may take their place before the next one: that
    /// would be an edit, however large.
    built: BTreeMap<String, usize>,
}

impl Library {
    fn apply(&mut self, event: &Event) {
        let count = self.documents.len();
        let path = |at: usize| format!("{}/{}.md", ["a", "b", "c"][at % 3], at / 3);
        let address = |at: usize| format!("/{at}/");
        let free = |path: &str, document: usize| {
            let was = self.built.get(path);
            self.documents.iter().all(|(_, one)| one.source != path)
                && was.is_none_or(|was| *was == document)
        };
        match *event {
            Event::Write(at, slug) if free(&path(at), 0) => {
                self.written += 1;
                let mut new = document(&path(at), &address(slug));
                new.print = xxhash_rust::xxh3::xxh3_64(&self.written.to_le_bytes());
                self.documents.push((self.written, new));
            }
            Event::Move(which, to)
                if count > 0 && free(&path(to), self.documents[which % count].0) =>
            {
                self.documents[which % count].1.source = path(to);
            }
            Event::Reslug(which, slug) if count > 0 => {
                self.documents[which % count].1.address = address(slug);
            }
            Event::Edit(which, bit) if count > 0 => {
                self.documents[which % count].1.print ^= 1 << bit;
            }
            Event::Alias(which, alias) if count > 0 => {
                let aliases = &mut self.documents[which % count].1.aliases;
                aliases.push(address(alias));
            }
            Event::DropAliases(which) if count > 0 => {
                self.documents[which % count].1.aliases.clear();
            }
            Event::Retire(which) if count > 0 => {
                self.documents[which % count].1.standing = Standing::Retired;
            }
            Event::Replace(which, by) if count > 0 => {
                let target = Target::Claim(by % count);
                self.documents[which % count].1.standing = Standing::ReplacedBy(target);
            }
            Event::Draft(which) if count > 0 => {
                self.documents[which % count].1.standing = Standing::Hidden(Hidden::Draft);
            }
            // Indices of replacements would shift: the last one only.
            Event::Delete => {
                self.documents.pop();
            }
            _ => {}
        }
    }

    fn build(&self, lock: &Lock) -> Reconciled {
        let documents: Vec<Document> = self.documents.iter().map(|(_, one)| one.clone()).collect();
        run(lock, &documents)
    }
}

/// What was published: each address and short address, with the document that it was given out
/// for.
type Promises = BTreeMap<String, usize>;

/// Where every address that a build answers leads.
fn answers(library: &Library, done: &Reconciled) -> BTreeMap<String, Destination> {
    let mut answers = BTreeMap::new();
    for (at, (_, document)) in library.documents.iter().enumerate() {
        if !matches!(document.standing, Standing::Hidden(_)) {
            answers.insert(done.ids[at].address(), done.destinations[at].clone());
            if done.destinations[at] == Destination::Claim(at) {
                answers.insert(document.address.clone(), Destination::Claim(at));
            }
        }
    }
    for redirect in &done.redirects {
        let before = answers.insert(redirect.from.clone(), redirect.to.clone());
        assert_eq!(before, None, "a redirect where there is a page");
    }
    answers
}

/// Builds; where nothing is wrong, checks and renews the promises. False where a build fails, as
/// it must where a promise would be broken.
fn publish(
    library: &mut Library,
    lock: &mut Lock,
    promises: &mut Promises,
) -> Result<bool, TestCaseError> {
    let done = library.build(lock);
    if any_error(&done.diagnostics) {
        return Ok(false);
    }
    let answers = answers(library, &done);
    for (address, document) in promises.iter() {
        let claim = library
            .documents
            .iter()
            .position(|(one, _)| one == document);
        let Some(claim) = claim else {
            return Err(TestCaseError::fail(format!(
                "{address}: its document is gone in silence"
            )));
        };
        prop_assert_eq!(
            answers.get(address),
            Some(&done.destinations[claim]),
            "{} does not lead to document {}",
            address,
            document
        );
    }
    for (at, (document, one)) in library.documents.iter().enumerate() {
        if !matches!(one.standing, Standing::Hidden(_)) {
            promises.insert(one.address.clone(), *document);
            promises.insert(done.ids[at].address(), *document);
        }
    }
    for entry in done.lock.entries() {
        let at = done.ids.iter().position(|id| *id == entry.id);
        if let Some((document, _)) = at.and_then(|at| library.documents.get(at)) {
            promises.insert(entry.address.clone(), *document);
        }
    }
    let text = done.lock.to_string();
    let read = Lock::parse(&text).map_err(|problems| TestCaseError::fail(shown(&problems)))?;
    prop_assert_eq!(&read, &done.lock);
    let again = library.build(&read);
    prop_assert_eq!(
        again.lock.to_string(),
        text,
        "the second build changed the lock"
    );
    prop_assert_eq!(again.ids, done.ids);
    prop_assert_eq!(again.redirects, done.redirects);
    let paths = library.documents.iter();
    library.built = paths
        .map(|(document, one)| (one.source.clone(), *document))
        .collect();
    *lock = read;
    Ok(true)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_address_ever_published_leads_to_its_document(
        events in proptest::collection::vec(event(), 0..60)
    ) {
        let (mut library, mut lock, mut promises) =
            (Library::default(), Lock::default(), Promises::new());
        let mut good = library.clone();
        for event in &events {
            if !matches!(event, Event::Build) {
                library.apply(event);
            } else if publish(&mut library, &mut lock, &mut promises)? {
                good = library.clone();
            } else {
                // The author takes back what the build complained about.
                library = good.clone();
            }
        }
    }

    #[test]
    fn moving_one_step_at_a_time_never_fails(
        events in proptest::collection::vec(event(), 0..40)
    ) {
        // One move, rename or edit between builds is always understood: no error at all.
        let (mut library, mut lock, mut promises) =
            (Library::default(), Lock::default(), Promises::new());
        for event in events.iter().filter(|event| matches!(event, Event::Write(..) | Event::Move(..) | Event::Edit(..))) {
            // Few bits are edited, so that no document drifts out of sight.
            library.apply(&match *event {
                Event::Edit(which, bit) => Event::Edit(which, bit % 8),
                ref other => other.clone(),
            });
            // Each document has an address of its own.
            for (number, document) in &mut library.documents {
                document.address = format!("/{number}/{}", document.source.replace(".md", "/"));
            }
            prop_assert!(publish(&mut library, &mut lock, &mut promises)?);
        }
    }
}
