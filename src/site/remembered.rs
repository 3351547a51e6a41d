//! Components that are rendered once and remembered.
//!
//! A card is shown by every list that holds its piece and by every piece that it is related to:
//! a dozen times in a library of some size, each time the same. `{{ remembered(component="ui.card",
//! doc=card, …) }}` renders it for the first and copies it for the others.

use std::sync::{Arc, OnceLock, RwLock, Weak};

use rustc_hash::FxHashMap;
use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

/// Renders of many threads look things up at once; each shelf of the memory has its own lock.
const SHELVES: usize = 16;

/// The engine, once it exists: it holds the function that needs it.
pub(super) type Engine = Arc<OnceLock<Weak<Tera>>>;

/// Registers the function `remembered`.
///
/// It takes `component`, `doc` (a map with an `id`) and further arguments of the component; text,
/// numbers and truth values only, since they are what is remembered by. The component is given
/// `lang` besides, and nothing else of the page: what it makes must not depend on the page.
pub(super) fn register(tera: &mut Tera, engine: &Engine) {
    let memory = Memory::default();
    let engine = Arc::clone(engine);
    tera.register_function(
        "remembered",
        move |args: Kwargs, state: &State| -> TeraResult<Value> {
            let lang: String = state
                .get("lang")?
                .ok_or_else(|| Error::message("remembered: `lang` is not known here"))?;
            let key = key(&args, &lang)?;
            let revision = revision(&args)?;
            if let Some(known) = memory.get(&key, revision) {
                return Ok(known);
            }
            let tera = engine.get().and_then(Weak::upgrade);
            let tera = tera.ok_or_else(|| Error::message("remembered: asked too early"))?;
            let html = Value::safe_string(&render(&tera, &args, &lang)?);
            memory.put(key, revision, html.clone());
            Ok(html)
        },
    );
}

/// What tells one render from all others: everything that it is made from.
fn key(args: &Kwargs, lang: &str) -> TeraResult<String> {
    let doc: &Value = args.must_get("doc")?;
    let id = doc.get_from_path("id").and_then(Value::as_str);
    let id = id.ok_or_else(|| Error::message("remembered: `doc` has no `id`"))?;
    let mut key = format!("{id} {lang}");
    for (name, value) in args.iter() {
        if !value.is_map() {
            key.push_str(&format!(" {name}={value}"));
        }
    }
    Ok(key)
}

fn render(tera: &Tera, args: &Kwargs, lang: &str) -> TeraResult<String> {
    let component: &str = args.must_get("component")?;
    let mut given = Context::new();
    for (name, value) in args.iter() {
        let name = name.to_string();
        if name != "component" {
            given.insert_value(name, value.clone());
        }
    }
    let mut implicit = Context::new();
    implicit.insert("lang", lang);
    tera.render_component_with_implicits(component, &given, &implicit, None, true)
}

/// Which text of a document it is. Only the newest is remembered, or else a preview that runs
/// for days would remember them all.
fn revision(args: &Kwargs) -> TeraResult<u64> {
    let doc: &Value = args.must_get("doc")?;
    let revision = doc.get_from_path("revision");
    Ok(revision.and_then(Value::as_u64).unwrap_or_default())
}

type Shelf = RwLock<FxHashMap<String, (u64, Value)>>;

/// What was rendered, by its key.
#[derive(Default)]
struct Memory {
    shelves: [Shelf; SHELVES],
}

impl Memory {
    fn shelf(&self, key: &str) -> Option<&Shelf> {
        let hash = xxhash_rust::xxh3::xxh3_64(key.as_bytes());
        self.shelves.get(hash as usize % SHELVES)
    }

    fn get(&self, key: &str, revision: u64) -> Option<Value> {
        // A poisoned lock only means that another thread panicked: what is there is whole.
        let shelf = self
            .shelf(key)?
            .read()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let known = shelf.get(key).filter(|(of, _)| *of == revision);
        known.map(|(_, html)| html.clone())
    }

    fn put(&self, key: String, revision: u64, html: Value) {
        if let Some(shelf) = self.shelf(&key) {
            let mut shelf = shelf
                .write()
                .unwrap_or_else(|poisoned| poisoned.into_inner());
            shelf.insert(key, (revision, html));
        }
    }
}
