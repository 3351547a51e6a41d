//! The words of a page: what is read of its HTML.

use std::cell::{Cell, RefCell};

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

/// Elements that stand inside words and lines; any other parts words.
const INLINE: [&str; 14] = [
    "a", "abbr", "b", "code", "del", "em", "i", "ins", "mark", "s", "span", "strong", "sub", "sup",
];

/// The text of a piece of HTML, without scripts and styles. Nothing is wrong enough to stop it.
pub(super) fn of_html(html: &str) -> String {
    let sink = Text {
        text: RefCell::new(String::with_capacity(html.len())),
        is_hidden: Cell::new(false),
    };
    let tokenizer = Tokenizer::new(sink, Default::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    // A script that ends pauses the tokenizer; there is nothing to run.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.text.into_inner()
}

struct Text {
    text: RefCell<String>,
    /// Within a script or a style.
    is_hidden: Cell<bool>,
}

impl TokenSink for Text {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) if !self.is_hidden.get() => {
                self.text.borrow_mut().push_str(&text);
            }
            Token::TagToken(tag) => return self.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Text {
    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        if !INLINE.contains(&tag.name.as_ref()) {
            self.text.borrow_mut().push(' ');
        }
        let raw = match tag.name.as_ref() {
            "script" => RawKind::ScriptData,
            "style" => RawKind::Rawtext,
            _ => return TokenSinkResult::Continue,
        };
        let is_start = tag.kind == TagKind::StartTag;
        self.is_hidden.set(is_start);
        match is_start {
            true => TokenSinkResult::RawData(raw),
            false => TokenSinkResult::Continue,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_what_a_reader_reads() {
        let read = |html: &str| {
            let text = of_html(html);
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            read("<p>Caf&eacute; &amp; b<em>a</em>r</p><ul><li>one<li>two</ul>"),
            "Café & bar one two"
        );
        assert_eq!(
            read("a<script>if (1 < 2) b</script>c<style>d {}</style>e"),
            "a c e"
        );
        assert_eq!(
            read("<!-- no > --><a title='x > y'>z</a> 1 < 2 <"),
            "z 1 < 2 <"
        );
        assert_eq!(read("<script>never closed"), "");
    }
}
