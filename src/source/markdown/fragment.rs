//! HTML with holes: what can be rendered once, when a file is read, and what must wait until the
//! whole library is known.

/// Rendered HTML and the places in it that are filled later.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fragment {
    /// The HTML, without what goes into the holes.
    pub html: String,
    /// The holes, in order.
    pub holes: Vec<Hole>,
}

/// A place in a [`Fragment`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hole {
    /// The byte of the HTML before which the filling goes.
    pub at: u32,
    /// What goes there.
    pub what: HoleKind,
}

/// What goes into a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoleKind {
    /// The address of a link, by its number.
    Link(u32),
    /// ` width="…" height="…"` of a local picture, by the number of its link.
    Size(u32),
    /// A call without a body, by its number.
    Call(u32),
    /// The start of a call's body.
    Open(u32),
    /// The end of the innermost body.
    Close,
    /// A word of the theme in the page's language, by its key.
    Word(&'static str),
}

/// Knows what goes into the holes. Everything is appended to `out`.
pub trait Fill {
    /// The address of a link, escaped for an attribute.
    fn link(&mut self, number: u32, out: &mut String);
    /// The attributes for a picture's size, if it is known.
    fn size(&mut self, number: u32, out: &mut String);
    /// A word of the theme, escaped.
    fn word(&mut self, key: &'static str, out: &mut String);
    /// The HTML that a call stands for.
    fn call(&mut self, number: u32, body: Option<String>, out: &mut String);
}

impl Fragment {
    /// Marks a hole at the end of what is there.
    pub fn hole(&mut self, what: HoleKind) {
        let at = u32::try_from(self.html.len()).unwrap_or(u32::MAX);
        self.holes.push(Hole { at, what });
    }

    /// Adds another fragment at the end.
    pub fn append(&mut self, other: Fragment) {
        let by = u32::try_from(self.html.len()).unwrap_or(u32::MAX);
        self.html.push_str(&other.html);
        self.holes.extend(other.holes.into_iter().map(|hole| Hole {
            at: hole.at.saturating_add(by),
            what: hole.what,
        }));
    }

    /// The whole HTML. A body that is never closed ends with the fragment.
    pub fn fill(&self, with: &mut impl Fill) -> String {
        let mut out = String::with_capacity(self.html.len() + self.holes.len() * 24);
        let mut bodies: Vec<(u32, String)> = Vec::new();
        let mut at = 0;
        for hole in &self.holes {
            let upto = hole.at as usize;
            out.push_str(self.html.get(at..upto).unwrap_or_default());
            at = upto;
            match hole.what {
                HoleKind::Link(number) => with.link(number, &mut out),
                HoleKind::Size(number) => with.size(number, &mut out),
                HoleKind::Word(key) => with.word(key, &mut out),
                HoleKind::Call(number) => with.call(number, None, &mut out),
                HoleKind::Open(number) => bodies.push((number, std::mem::take(&mut out))),
                HoleKind::Close => close(&mut bodies, &mut out, with),
            }
        }
        out.push_str(self.html.get(at..).unwrap_or_default());
        while !bodies.is_empty() {
            close(&mut bodies, &mut out, with);
        }
        out
    }
}

fn close(bodies: &mut Vec<(u32, String)>, out: &mut String, with: &mut impl Fill) {
    if let Some((number, before)) = bodies.pop() {
        let body = std::mem::replace(out, before);
        with.call(number, Some(body), out);
    }
}
