//! One test for each rule of [`reconcile`].

use super::*;

const WHY: &str = "/articles/why/";

fn why() -> Document {
    document("articles/why.md", WHY)
}

/// The id that `why()` gets.
fn why_id() -> ShortId {
    run(&Lock::default(), &[why()]).ids[0]
}

/// The messages about `now` in a library that was published as `before`.
fn messages(before: &[Document], now: &[Document]) -> String {
    shown(&run(&published(before), now).diagnostics)
}

#[test]
fn ids_come_from_the_path_in_any_order() {
    let documents = [why(), document("b.md", "/b/"), document("c.md", "/c/")];
    let there = run(&Lock::default(), &documents);
    let mut reversed = documents.clone();
    reversed.reverse();
    let back = run(&Lock::default(), &reversed);
    assert_eq!(there.lock, back.lock);
    let ids: Vec<ShortId> = back.ids.into_iter().rev().collect();
    assert_eq!(there.ids, ids);
}

#[test]
fn a_taken_id_is_passed_over_whoever_has_it() {
    let taken = why_id();
    let other = document("other.md", "/other/").id(taken.as_str());
    let done = run(&Lock::default(), &[why(), other]);
    assert_eq!(shown(&done.diagnostics), "");
    assert_eq!(done.ids, [ShortId::derive("articles/why.md", 1), taken]);
}

#[test]
fn editing_a_text_leaves_the_lock_alone() {
    let lock = published(&[why()]);
    let done = run(&lock, &[why().edited(u64::MAX)]);
    assert_eq!(done.lock, lock);
    assert_eq!(done.lock.to_string(), lock.to_string());
    assert_eq!(done.changes, Changes::default());
}

#[test]
fn another_slug_leaves_a_redirect() {
    let now = [why().moved("articles/why.md", "/articles/reasons/")];
    let lock = published(&[why()]);
    let done = run(&lock, &now);
    assert_eq!(shown(&done.diagnostics), "");
    assert_eq!(
        redirects(&done, &now),
        ["/articles/why/ -> /articles/reasons/"]
    );
    insta::assert_snapshot!(lines(&done.lock), @"
    /articles/reasons/ -> mjw44 articles/why.md 6e4cd284026012e6
    /articles/why/ -> mjw44
    ");
    insta::assert_snapshot!(done.changes, @"/articles/why/ moved to /articles/reasons/");
}

#[test]
fn chains_are_one_step() {
    let mut lock = published(&[why()]);
    for address in ["/b/", "/c/", "/d/"] {
        lock = run(&lock, &[why().moved("articles/why.md", address)]).lock;
    }
    let now = [why().moved("articles/why.md", "/e/")];
    assert_eq!(
        redirects(&run(&lock, &now), &now),
        [
            "/articles/why/ -> /e/",
            "/b/ -> /e/",
            "/c/ -> /e/",
            "/d/ -> /e/"
        ]
    );
}

#[test]
fn a_former_address_can_be_taken_back() {
    let lock = published(&[why()]);
    let lock = run(&lock, &[why().moved("articles/why.md", "/b/")]).lock;
    let now = [why()];
    let done = run(&lock, &now);
    assert_eq!(shown(&done.diagnostics), "");
    assert_eq!(redirects(&done, &now), ["/b/ -> /articles/why/"]);
}

#[test]
fn a_move_with_another_name_and_small_edits_asks_for_nothing() {
    let lock = published(&[why(), document("b.md", "/b/")]);
    let moved = why()
        .moved("guides/reasons.md", "/guides/reasons/")
        .edited(0b1011 << 20);
    let now = [document("b.md", "/b/"), moved, document("new.md", "/new/")];
    let done = run(&lock, &now);
    assert_eq!(shown(&done.diagnostics), "");
    assert_eq!(done.ids[1], why_id());
    assert_eq!(
        redirects(&done, &now),
        ["/articles/why/ -> /guides/reasons/"]
    );
    // The move rewrites the entry, and with it the fingerprint.
    let entry = done
        .lock
        .entries
        .iter()
        .find(|entry| entry.address == "/guides/reasons/");
    let print = entry
        .and_then(|entry| entry.origin.as_ref())
        .map(|origin| origin.fingerprint);
    assert_eq!(print, Some(Fingerprint::from_bits(now[1].print)));
}

#[test]
fn a_move_that_keeps_the_address_is_noted() {
    let lock = published(&[why()]);
    let done = run(&lock, &[why().moved("articles/2024-03-09-why.md", WHY)]);
    assert_eq!(
        (done.redirects.as_slice(), done.ids[0]),
        (&[][..], why_id())
    );
    insta::assert_snapshot!(lines(&done.lock), @"/articles/why/ -> mjw44 articles/2024-03-09-why.md 6e4cd284026012e6");
    insta::assert_snapshot!(done.changes, @"/articles/why/ now comes from articles/2024-03-09-why.md (articles/why.md before)");
}

#[test]
fn aliases_redirect_and_are_remembered() {
    let before = [why().alias("blog/why").alias("/blog/why.html").alias(WHY)];
    let done = run(&Lock::default(), &before);
    assert_eq!(shown(&done.diagnostics), "");
    let expected = [
        "/blog/why.html -> /articles/why/",
        "/blog/why/ -> /articles/why/",
    ];
    assert_eq!(redirects(&done, &before), expected);
    let now = [why()];
    assert_eq!(redirects(&run(&published(&before), &now), &now), expected);
    let shared = run(&published(&[why()]), &before);
    insta::assert_snapshot!(shared.changes, @"
    /blog/why/ now leads to /articles/why/
    /blog/why.html now leads to /articles/why/
    ");
}

#[test]
fn a_gone_document_says_which_lines_to_write() {
    let before = [why().alias("/old/"), document("b.md", "/b/")];
    insta::assert_snapshot!(messages(&before, &[document("b.md", "/b/")]), @"
    error: content/articles/why.md is gone, but was published at /articles/why/, with one more address
     --> goodturn.lock:7:1
      |
    7 | /articles/why/ -> mjw44 articles/why.md 6e4cd284026012e6
      | ^^^^^^^^^^^^^^ links to this address were given out, and must lead somewhere
      |
      = help: if another piece takes its place, write content/articles/why.md with these lines:
              ---
              id: mjw44
              replaced_by: PATH
              ---
      = help: if nothing does, write content/articles/why.md with these lines, and `reason: …` if you like; readers then see a note:
              ---
              id: mjw44
              retired: true
              ---
    ");
}

#[test]
fn a_gone_book_with_a_slug_gets_a_file_beside_its_folder() {
    let before = [document("books/serve-first", "/books/serving/")];
    insta::assert_snapshot!(messages(&before, &[]), @"
    error: content/books/serve-first is gone, but was published at /books/serving/
     --> goodturn.lock:7:1
      |
    7 | /books/serving/ -> 6s5fq books/serve-first d9beff4dd38cc504
      | ^^^^^^^^^^^^^^^ links to this address were given out, and must lead somewhere
      |
      = help: if another piece takes its place, write content/books/serve-first.md with these lines:
              ---
              id: 6s5fq
              slug: serving
              replaced_by: PATH
              ---
      = help: if nothing does, write content/books/serve-first.md with these lines, and `reason: …` if you like; readers then see a note:
              ---
              id: 6s5fq
              slug: serving
              retired: true
              ---
    ");
}

#[test]
fn what_a_gone_document_may_have_become_is_asked() {
    let maybe = why()
        .moved("guides/reasons.md", "/guides/reasons/")
        .edited(0xffff);
    insta::assert_snapshot!(messages(&[why()], &[maybe]), @"
    error: content/articles/why.md is gone, but was published at /articles/why/
     --> goodturn.lock:7:1
      |
    7 | /articles/why/ -> mjw44 articles/why.md 6e4cd284026012e6
      | ^^^^^^^^^^^^^^ links to this address were given out, and must lead somewhere
      |
      = help: if it became content/guides/reasons.md, write `id: mjw44` in the front matter of that file
      = help: if another piece takes its place, write content/articles/why.md with these lines:
              ---
              id: mjw44
              replaced_by: PATH
              ---
      = help: if nothing does, write content/articles/why.md with these lines, and `reason: …` if you like; readers then see a note:
              ---
              id: mjw44
              retired: true
              ---
    ");
}

#[test]
fn the_lines_that_were_asked_for_help() {
    let lock = published(&[why()]);
    let id = why_id();
    let other = document("b.md", "/b/");
    let became = [document("b.md", "/b/").id(id.as_str())];
    let retired = [
        why().id(id.as_str()).standing(Standing::Retired),
        other.clone(),
    ];
    let target = Standing::ReplacedBy(Target::Claim(1));
    let replaced = [why().id(id.as_str()).standing(target), other];
    for (now, expected) in [
        (became.as_slice(), vec!["/articles/why/ -> /b/"]),
        (retired.as_slice(), vec![]),
        (replaced.as_slice(), vec!["/articles/why/ -> /b/"]),
    ] {
        let done = run(&lock, now);
        assert_eq!(shown(&done.diagnostics), "");
        assert_eq!(redirects(&done, now), expected);
        assert_eq!(done.ids[0], id);
    }
}

#[test]
fn an_alias_for_a_gone_document_says_what_replaces_it() {
    let now = [document("b.md", "/b/").alias(WHY)];
    insta::assert_snapshot!(messages(&[why()], &now), @"
    error: content/articles/why.md is gone, but was published at /articles/why/
     --> goodturn.lock:7:1
      |
    7 | /articles/why/ -> mjw44 articles/why.md 6e4cd284026012e6
      | ^^^^^^^^^^^^^^ links to this address were given out, and must lead somewhere
      |
      = help: if another piece takes its place, write content/articles/why.md with these lines:
              ---
              id: mjw44
              replaced_by: b.md
              ---
      = help: if nothing does, write content/articles/why.md with these lines, and `reason: …` if you like; readers then see a note:
              ---
              id: mjw44
              retired: true
              ---
    ");
}

#[test]
fn a_new_document_at_the_address_of_a_gone_one_is_one_error() {
    let now = [document("b.md", WHY)];
    insta::assert_snapshot!(messages(&[why()], &now), @"
    error: content/articles/why.md is gone, but was published at /articles/why/
     --> goodturn.lock:7:1
      |
    7 | /articles/why/ -> mjw44 articles/why.md 6e4cd284026012e6
      | ^^^^^^^^^^^^^^ links to this address were given out, and must lead somewhere
      |
      = help: if it became content/b.md, write `id: mjw44` in the front matter of that file
      = help: content/b.md now asks for an address of it: if that is another piece, give it another slug
      = help: if another piece takes its place, write content/articles/why.md with these lines:
              ---
              id: mjw44
              replaced_by: PATH
              ---
      = help: if nothing does, write content/articles/why.md with these lines, and `reason: …` if you like; readers then see a note:
              ---
              id: mjw44
              retired: true
              ---
    ");
}

#[test]
fn a_published_document_cannot_become_a_draft() {
    let draft = why().standing(Standing::Hidden(Hidden::Draft));
    insta::assert_snapshot!(messages(&[why()], &[draft]), @"
    error: content/articles/why.md was published at /articles/why/, and is now a draft
    --> content/articles/why.md
     = help: to keep it, delete `draft: true`
     = help: to take it back, write `retired: true`; readers then see a note at its address
     = help: if another piece takes its place, write `replaced_by: PATH`
    ");
    let later = why().standing(Standing::Hidden(Hidden::Scheduled));
    insta::assert_snapshot!(messages(&[why()], &[later]), @"
    error: content/articles/why.md was published at /articles/why/, and is now scheduled for later
    --> content/articles/why.md
     = help: to keep it, set its `publish` date back to a day that is over
     = help: to take it back, write `retired: true`; readers then see a note at its address
     = help: if another piece takes its place, write `replaced_by: PATH`
    ");
}

#[test]
fn a_preview_of_such_a_draft_only_warns() {
    let lock = published(&[why()]);
    let now = [why()
        .moved("articles/why.md", "/later/")
        .standing(Standing::Shown)];
    let done = run(&lock, &now);
    assert!(!any_error(&done.diagnostics));
    assert_eq!(done.lock, lock);
    assert_eq!(redirects(&done, &now), ["/articles/why/ -> /later/"]);
    insta::assert_snapshot!(shown(&done.diagnostics), @"
    warning: content/articles/why.md was published at /articles/why/, and is now a draft or scheduled for later: only a preview can show it
    --> content/articles/why.md
     = help: to keep it, delete `draft: true` and a `publish` date to come
     = help: to take it back, write `retired: true`; readers then see a note at its address
     = help: if another piece takes its place, write `replaced_by: PATH`
    ");
}

#[test]
fn drafts_shown_in_a_preview_stay_out_of_the_lock() {
    let draft = document("draft.md", "/draft/")
        .alias("/soon/")
        .standing(Standing::Shown);
    let now = [why(), draft];
    let done = run(&Lock::default(), &now);
    assert_eq!(shown(&done.diagnostics), "");
    assert_eq!(done.lock, published(&[why()]));
    assert_eq!(redirects(&done, &now), ["/soon/ -> /draft/"]);
    assert_eq!(done.changes.added.len(), 1);
}

#[test]
fn hidden_documents_disturb_nobody() {
    let draft = document("articles/draft.md", WHY)
        .alias(WHY)
        .standing(Standing::Hidden(Hidden::Draft));
    let done = run(&Lock::default(), &[why(), draft]);
    assert_eq!(shown(&done.diagnostics), "");
    assert_eq!(done.lock, published(&[why()]));
}

#[test]
fn a_draft_never_takes_the_id_of_a_published_document() {
    let done = run(&Lock::default(), &[why()]);
    // Another path with the same first id would be needed; the same path twice will do.
    let draft = why().standing(Standing::Hidden(Hidden::Draft));
    let with_draft = run(&Lock::default(), &[draft, why()]);
    assert_eq!(with_draft.ids[1], done.ids[0]);
}

#[test]
fn retired_and_expired_documents_stay_in_the_lock() {
    let lock = published(&[why()]);
    for standing in [Standing::Retired, Standing::Expired] {
        let done = run(&lock, &[why().standing(standing).edited(u64::MAX)]);
        assert_eq!(shown(&done.diagnostics), "");
        assert_eq!(done.lock, lock);
        assert_eq!(done.changes.retired, [WHY]);
        assert_eq!(done.redirects, []);
    }
}

#[test]
fn a_replaced_document_leads_to_the_last_in_line() {
    let replaced_by = |at| Standing::ReplacedBy(Target::Claim(at));
    let now = [
        why().alias("/old/").standing(replaced_by(1)),
        document("b.md", "/b/").standing(replaced_by(2)),
        document("c.md", "/c/").alias("/b/"),
        document("d.md", "/d/").standing(Standing::ReplacedBy(Target::Url("https://example.org/"))),
    ];
    let done = run(&Lock::default(), &now);
    assert_eq!(shown(&done.diagnostics), "");
    assert_eq!(
        redirects(&done, &now),
        [
            "/articles/why/ -> /c/",
            "/b/ -> /c/",
            "/d/ -> https://example.org/",
            "/old/ -> /c/"
        ]
    );
    assert_eq!(done.destinations[0], Destination::Claim(2));
    assert_eq!(run(&done.lock, &now).lock, done.lock);
}

#[test]
fn replacements_that_lead_nowhere_are_errors() {
    let replaced_by = |at| Standing::ReplacedBy(Target::Claim(at));
    let now = [
        document("a.md", "/a/").standing(replaced_by(1)),
        document("b.md", "/b/").standing(replaced_by(0)),
        document("c.md", "/c/").standing(replaced_by(3)),
        document("d.md", "/d/").standing(Standing::Hidden(Hidden::Draft)),
        document("e.md", "/e/").standing(replaced_by(99)),
        document("f.md", "/f/").standing(replaced_by(5)),
    ];
    insta::assert_snapshot!(shown(&run(&Lock::default(), &now).diagnostics), @"
    error: content/b.md is replaced by itself in the end
    --> content/b.md
     = help: one document of the circle has to stay, or to say `retired: true`

    error: content/c.md is replaced by content/d.md, which is not published
    --> content/c.md
     = help: publish that piece first, or write `retired: true` until then

    error: content/e.md is replaced by something that is not there
    --> content/e.md
     = help: publish that piece first, or write `retired: true` until then

    error: content/f.md is replaced by itself in the end
    --> content/f.md
     = help: one document of the circle has to stay, or to say `retired: true`
    ");
}

#[test]
fn ids_in_front_matter_are_checked() {
    let now = [
        document("a.md", "/a/").id("k7mpx"),
        document("b.md", "/b/").id("k7mpx"),
        document("c.md", "/c/").id("hello"),
        document("d.md", "/d/").id("K7MPZ"),
        document("e.md", "/e/").id(why_id().as_str()),
        why(),
    ];
    insta::assert_snapshot!(messages(&[why()], &now), @"
    error: content/a.md and content/b.md both have `id: k7mpx`
    --> content/b.md
     = help: delete it in one of the two files

    error: `hello` is not a short id: `e` is not allowed in it
    --> content/c.md
     = help: a short id is 5 characters of 23456789bcdfghjkmnpqrstvwxz, such as `k7mpx`

    error: `K7MPZ` is not a short id: `K` is not allowed in it
    --> content/d.md
     = help: write `id: k7mpz`

    error: content/e.md has `id: mjw44`, but that is the id of content/articles/why.md
    --> content/e.md
     = help: delete it in content/e.md: the document then gets an id of its own
    ");
}

#[test]
fn of_two_files_with_one_id_the_lock_knows_the_right_one() {
    let now = [
        why().id(why_id().as_str()),
        document("a.md", "/a/").id(why_id().as_str()),
    ];
    let done = run(&published(&[why()]), &now);
    assert_eq!(done.ids[0], why_id());
    insta::assert_snapshot!(shown(&done.diagnostics), @"
    error: content/articles/why.md and content/a.md both have `id: mjw44`
    --> content/a.md
     = help: delete it in content/a.md: goodturn.lock gives it to content/articles/why.md
    ");
}

#[test]
fn an_id_in_front_matter_wins_over_the_path() {
    let lock = published(&[why()]);
    let id = why_id();
    // why.md was moved to b.md, and another text put in its place.
    let now = [why().id("k7mpx"), document("b.md", "/b/").id(id.as_str())];
    let done = run(&lock, &now);
    assert_eq!(done.ids, [ShortId::parse("k7mpx").unwrap(), id]);
    insta::assert_snapshot!(shown(&done.diagnostics), @"
    error: content/articles/why.md asks for /articles/why/, which was given out for content/b.md
    --> content/articles/why.md
     = help: give content/articles/why.md another address: write a line like `slug: why-2` in its front matter
    ");
}

#[test]
fn a_published_id_cannot_be_changed() {
    insta::assert_snapshot!(messages(&[why()], &[why().id("k7mpx")]), @"
    error: content/articles/why.md was published with the id mjw44, and now has `id: k7mpx`
    --> content/articles/why.md
     = help: write `id: mjw44`, or delete the line
     = help: or keep the old id alive in a new file of any name:
             ---
             id: mjw44
             replaced_by: articles/why.md
             ---
    ");
}

#[test]
fn one_address_is_for_one_document() {
    let now = [
        document("a.md", WHY),
        why(),
        document("z.md", "/Articles/WHY/"),
    ];
    insta::assert_snapshot!(messages(&[why()], &now), @"
    error: content/articles/why.md and content/a.md have the same address, /articles/why/
    --> content/a.md
     = help: give content/a.md another address: write a line like `slug: why-2` in its front matter

    error: the addresses of content/articles/why.md and content/z.md differ by capitals only: /articles/why/ and /Articles/WHY/
    --> content/z.md
     = help: give content/z.md another address: write a line like `slug: WHY-2` in its front matter
    ");
}

#[test]
fn a_former_address_is_not_for_others() {
    let lock = published(&[why()]);
    let moved = why().moved("articles/why.md", "/b/");
    let now = [moved.clone(), document("new.md", WHY)];
    insta::assert_snapshot!(shown(&run(&lock, &now).diagnostics), @"
    error: content/new.md asks for /articles/why/, which was given out for content/articles/why.md
    --> content/new.md
     = help: give content/new.md another address: write a line like `slug: why-2` in its front matter
    ");
    let lock = run(&lock, &[moved]).lock;
    assert_eq!(run(&lock, &now).diagnostics.len(), 1);
}

#[test]
fn addresses_cannot_be_swapped() {
    let before = [document("a.md", "/a/"), document("b.md", "/b/")];
    let now = [document("a.md", "/b/"), document("b.md", "/a/")];
    assert_eq!(run(&published(&before), &now).diagnostics.len(), 2);
}

#[test]
fn capitals_alone_make_no_other_address() {
    let now = [why()
        .moved("articles/why.md", "/articles/Why/")
        .alias("/Articles/why")];
    insta::assert_snapshot!(messages(&[why()], &now), @"
    error: the address of content/articles/why.md was /articles/why/, and would now be /articles/Why/
    --> content/articles/why.md
     = help: keep it with a line `slug: why` in the front matter, or choose quite another one

    warning: the alias `/Articles/why/` differs from the address /articles/Why/ by capitals only, and is left out
    --> content/articles/why.md
     = help: delete it, or set the old spelling with `slug: …`
    ");
}

#[test]
fn addresses_that_cannot_be_are_refused() {
    let now = [
        document("a.md", "/r/k7mpx/"),
        document("b.md", "/../b/"),
        document("c.md", "c/"),
        document("d.md", "/d\n/"),
    ];
    insta::assert_snapshot!(messages(&[], &now), @r#"
    error: the address "/r/k7mpx/" of content/a.md cannot be used: /r/ is kept for short addresses
    --> content/a.md
     = help: set another one with a line `slug: …` in the front matter

    error: the address "/../b/" of content/b.md cannot be used: `.`, `..` and empty parts are not allowed in it
    --> content/b.md
     = help: set another one with a line `slug: …` in the front matter

    error: the address "c/" of content/c.md cannot be used: it does not start with `/`
    --> content/c.md
     = help: set another one with a line `slug: …` in the front matter

    error: the address "/d\n/" of content/d.md cannot be used: `\n` is not allowed in it
    --> content/d.md
     = help: set another one with a line `slug: …` in the front matter
    "#);
}

#[test]
fn aliases_are_checked() {
    let now = [
        document("a.md", "/a/")
            .alias("/shared/")
            .alias("/b/")
            .alias("https://example.org/x/"),
        document("b.md", "/b/")
            .alias("/shared")
            .alias("/../x")
            .alias("/R/abc")
            .alias(WHY),
        why().moved("articles/why.md", "/reasons/"),
    ];
    insta::assert_snapshot!(messages(&[why()], &now), @"
    error: the alias `/b/` of content/a.md cannot be used: it is the address of content/b.md
    --> content/a.md
     = help: delete the alias; or, if content/a.md takes the place of that piece, write `replaced_by: a.md` there

    error: the alias `https://example.org/x/` of content/a.md cannot be used: it is a whole URL
    --> content/a.md
     = help: write the path alone: `/x/`

    error: the alias `/shared` of content/b.md cannot be used: content/a.md has the same one
    --> content/b.md
     = help: delete it in one of the two files

    error: the alias `/../x` of content/b.md cannot be used: `.`, `..` and empty parts are not allowed in it
    --> content/b.md
     = help: an address looks like `/articles/why/`

    error: the alias `/R/abc` of content/b.md cannot be used: /r/ is kept for short addresses
    --> content/b.md
     = help: choose an address outside of /r/

    error: the alias `/articles/why/` of content/b.md cannot be used: it was given out for content/articles/why.md
    --> content/b.md
     = help: delete the alias: it must go on leading to /reasons/
    ");
}

#[test]
fn a_file_moved_to_two_places_by_a_merge_is_an_error() {
    let text = "version 1\n/a/ -> k7mpx\n/b/ -> k7mpx b.md 0123456789abcdef\n\
                /c/ -> k7mpx c.md 0123456789abcdef\n";
    let lock = Lock::parse(text).unwrap();
    let now = [document("b.md", "/b/"), document("c.md", "/c/")];
    insta::assert_snapshot!(shown(&run(&lock, &now).diagnostics), @"
    error: goodturn.lock gives the id k7mpx to both content/b.md and content/c.md
    --> content/c.md
     = help: if they are one document that was moved twice, delete one of the files; if they are two, delete the line of c.md in goodturn.lock
    ");
}

#[test]
fn a_locked_build_says_what_would_change() {
    let lock = published(&[why()]);
    let now: Vec<Document> = (10..25)
        .map(|at| document(&format!("{at}.md"), &format!("/{at}/")))
        .chain([why().moved("articles/why.md", "/b/")])
        .collect();
    let done = run(&lock, &now);
    assert_ne!(done.lock, lock);
    insta::assert_snapshot!(shown(&[done.changes.refused()]), @"
    error: goodturn.lock would change, which `--locked` forbids
    --> goodturn.lock
     = help: /10/ is new, from 10.md
             /11/ is new, from 11.md
             /12/ is new, from 12.md
             /13/ is new, from 13.md
             /14/ is new, from 14.md
             /15/ is new, from 15.md
             /16/ is new, from 16.md
             /17/ is new, from 17.md
             /18/ is new, from 18.md
             /19/ is new, from 19.md
             … and 5 more new addresses
             /articles/why/ moved to /b/
     = help: run `goodturn build` without `--locked`, and commit the file
    ");
}

#[test]
fn messages_point_at_the_line_in_front_matter() {
    let text = "---\ntitle: Why\nid: hello\naliases: [/r/x]\n---\n";
    let mark = |part: &str| text.find(part).map(|start| start..start + part.len());
    let document = why().id("hello").alias("/r/x");
    let claim = Claim {
        place: Place::file("content/articles/why.md").with_text(text),
        marks: Marks {
            id: mark("hello"),
            aliases: mark("[/r/x]"),
            standing: None,
        },
        ..document.claim()
    };
    let done = reconcile(&Lock::default(), &[claim]);
    insta::assert_snapshot!(shown(&done.diagnostics), @"
    error: `hello` is not a short id: `e` is not allowed in it
     --> content/articles/why.md:3:5
      |
    3 | id: hello
      |     ^^^^^
      |
      = help: a short id is 5 characters of 23456789bcdfghjkmnpqrstvwxz, such as `k7mpx`

    error: the alias `/r/x` of content/articles/why.md cannot be used: /r/ is kept for short addresses
     --> content/articles/why.md:4:10
      |
    4 | aliases: [/r/x]
      |          ^^^^^^
      |
      = help: choose an address outside of /r/
    ");
}

#[test]
fn a_second_spelling_of_an_alias_is_kept_too() {
    let lock = published(&[why().alias("/about/")]);
    let done = run(&lock, &[why().alias("/about/").alias("/About/")]);
    assert_eq!(shown(&done.diagnostics), "");
    assert_eq!(done.changes.redirected.len(), 1);
    assert_eq!(done.redirects.len(), 2);
}
