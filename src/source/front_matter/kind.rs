//! What a document is, and the files that it is also given as.

/// What the author asked a document to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A Markdown page worth giving.
    Article,
    /// A folder of chapters.
    Book,
    /// A part of a book.
    Chapter,
    /// Somebody else's page, with why it helps.
    Link,
    /// A file to download, with a landing page.
    File,
    /// A page of the site that is not given to people.
    Page,
    /// The profile of an author.
    Author,
    /// An unlisted page with the pieces picked for one person or one event.
    Handout,
}

impl Kind {
    /// The kinds of resources, in the order in which lists show them.
    pub const RESOURCES: [Kind; 4] = [Kind::Article, Kind::Book, Kind::Link, Kind::File];

    /// The word for one: `article`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Book => "book",
            Kind::Chapter => "chapter",
            Kind::Link => "link",
            Kind::File => "file",
            Kind::Page => "page",
            Kind::Author => "author",
            Kind::Handout => "handout",
        }
    }

    /// The word for many, as in the address of their list: `articles`.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Article => "articles",
            Kind::Book => "books",
            Kind::Chapter => "chapters",
            Kind::Link => "links",
            Kind::File => "files",
            Kind::Page => "pages",
            Kind::Author => "authors",
            Kind::Handout => "handouts",
        }
    }

    /// Whether a document of this kind is a resource: something to give.
    pub fn is_resource(self) -> bool {
        Kind::RESOURCES.contains(&self)
    }

    /// Whether a document of this kind can be given to somebody: a resource, or a part of one.
    pub fn is_given(self) -> bool {
        self.is_resource() || self == Kind::Chapter
    }
}

/// A file that a book or an article is also given as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BookFormat {
    /// An e-book.
    Epub,
    /// Pages to print, or to read on a large screen.
    Pdf,
}

impl BookFormat {
    /// All of them, in the order in which pages show them.
    pub const ALL: [BookFormat; 2] = [BookFormat::Epub, BookFormat::Pdf];

    /// The word for it: `epub`.
    pub fn name(self) -> &'static str {
        match self {
            BookFormat::Epub => "epub",
            BookFormat::Pdf => "pdf",
        }
    }
}
