//! The keys of a head: ours with their other names, and those of other generators.

/// Each key with the other names it goes by; the first name wins where several are written.
pub(super) const KEYS: &[&[&str]] = &[
    &["title"],
    &["short_title", "linkTitle"],
    &["summary", "description", "excerpt"],
    &["date"],
    &["updated", "lastmod"],
    &["publish", "publishDate"],
    &["expires", "expiryDate"],
    &["review_by"],
    &["slug"],
    &["id"],
    &["aliases", "redirect_from"],
    &["industries", "industry"],
    &["topics", "tags"],
    &["categories", "category"],
    &["authors", "author"],
    &["general"],
    &["why"],
    &["draft"],
    &["image", "cover"],
    &["weight", "order"],
    &["lang"],
    &["link", "source_url"],
    &["file"],
    &["formats"],
    &["fonts"],
    &["split"],
    &["page"],
    &["kind"],
    &["retired"],
    &["replaced_by"],
];

/// Keys that mean something in a handout only; elsewhere they are the author's own.
pub(super) const HANDOUT_KEYS: [&str; 2] = ["line", "resources"];

/// Keys that other generators give a meaning to: kept for templates, and never taken for slips.
pub(super) const FOREIGN: &[&str] = &[
    "layout",
    "links",
    "role",
    "type",
    "url",
    "permalink",
    "permalinks",
    "published",
    "template",
    "path",
    "menu",
    "toc",
    "math",
    "keywords",
    "series",
    "tag",
    "comments",
    "params",
    "extra",
    "taxonomies",
    "name",
    "outputs",
    "cascade",
    "resources",
    "images",
    "videos",
    "markup",
    "headless",
    "build",
    "_build",
    "sitemap",
    "text",
    "subtitle",
    "edition",
    "licence",
    "license",
    "hidden",
    "status",
    "version",
];

/// Whether a key means something at the head of a file, here or with other generators.
pub(in crate::source) fn is_known(key: &str) -> bool {
    let ours = KEYS.iter().flat_map(|names| names.iter());
    ours.chain(FOREIGN)
        .any(|name| name.eq_ignore_ascii_case(key))
}
