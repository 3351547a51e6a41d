//! SVG drawings made safe: no DOCTYPE, no script, nothing from elsewhere.
//!
//! The drawing is parsed strictly and written anew, with the elements and attributes of SVG alone.
//! Scripts, foreign content, event handlers, and references that leave the file are left out, and
//! so are the notes of drawing programs.

use std::borrow::Cow;
use std::collections::HashSet;

use resvg::usvg::roxmltree::{Document, Node, ParsingOptions};

use crate::book::clean::xml_name;
use crate::book::markup::push_escaped;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Width and height in pixels, where the drawing has them.
type Size = Option<(u32, u32)>;

/// How deep groups may lie in each other.
const DEEPEST: usize = 200;

/// Elements that are left out with all that is in them.
const LEFT_OUT: &[&str] = &[
    "script",
    "foreignObject",
    "metadata",
    "handler",
    "listener",
    "audio",
    "video",
    "iframe",
];

/// Whether some bytes look like an SVG drawing: text whose first element is `svg`.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let options = options();
    match Document::parse_with_options(text.trim_start_matches('\u{FEFF}').trim_start(), options) {
        Ok(document) => document.root_element().tag_name().name() == "svg",
        Err(_) => text.contains("<svg"),
    }
}

/// Internal entities are expanded, with roxmltree's bounds against bombs; external ones do not
/// exist.
fn options<'a>() -> ParsingOptions<'a> {
    ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    }
}

/// The drawing written anew, and its size.
///
/// # Errors
/// In words, why it is no drawing that a book can show.
pub(super) fn clean(bytes: &[u8]) -> Result<(Vec<u8>, Size), String> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| "this drawing is not UTF-8 text".to_owned())?;
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let document = Document::parse_with_options(text, options())
        .map_err(|error| format!("this drawing is no sound XML: {error}"))?;
    let root = document.root_element();
    if root.tag_name().namespace() != Some(SVG) {
        return Err(format!(
            "this drawing does not say that it is SVG: write xmlns=\"{SVG}\" into its first tag"
        ));
    }
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    write(root, 0, &mut HashSet::new(), &mut out)?;
    out.push('\n');
    Ok((out.into_bytes(), size(root)))
}

fn write<'a>(
    node: Node<'a, '_>,
    depth: usize,
    ids: &mut HashSet<&'a str>,
    out: &mut String,
) -> Result<(), String> {
    if depth > DEEPEST {
        return Err("this drawing nests its groups too deep".to_owned());
    }
    let name = node.tag_name().name();
    out.push('<');
    out.push_str(name);
    if depth == 0 {
        out.push_str(&format!(" xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\""));
    }
    for attribute in node.attributes() {
        let prefix = match attribute.namespace() {
            None => "",
            Some(XLINK) if attribute.name() == "href" => "xlink:",
            Some(XML) if matches!(attribute.name(), "lang" | "space") => "xml:",
            Some(_) => continue,
        };
        let (name, value) = (attribute.name(), attribute.value());
        // Of an id that stands twice, browsers take the first.
        if !is_harmless(name, value) || name == "id" && !ids.insert(value) {
            continue;
        }
        out.push_str(&format!(" {prefix}{}=\"", attribute.name()));
        push_escaped(out, &with_names(name, value));
        out.push('"');
    }
    out.push('>');
    for child in node.children() {
        if child.is_text() {
            let text = child.text().unwrap_or_default();
            match name {
                // A style may ask for files from elsewhere.
                "style" if !is_harmless("style", text) => {}
                _ => push_escaped(out, text),
            }
        } else if child.is_element()
            && child.tag_name().namespace() == Some(SVG)
            && !LEFT_OUT.contains(&child.tag_name().name())
        {
            write(child, depth + 1, ids, out)?;
        }
    }
    out.push_str(&format!("</{name}>"));
    Ok(())
}

/// A value in which every id, and every reference to one, is a name of XML.
fn with_names<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    let named = |id: &str| {
        let id = xml_name(id);
        match id.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            true => id,
            false => format!("_{id}"),
        }
    };
    match (name, value.strip_prefix('#')) {
        ("id", _) => Cow::Owned(named(value)),
        ("href", Some(id)) => Cow::Owned(format!("#{}", named(id))),
        _ if !value.contains("url(#") => Cow::Borrowed(value),
        _ => {
            let mut parts = value.split("url(#");
            let mut out = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                let (id, rest) = part.split_once(')').unwrap_or((part, ""));
                out.push_str(&format!("url(#{}){rest}", named(id)));
            }
            Cow::Owned(out)
        }
    }
}

/// Whether an attribute runs nothing and asks for nothing from elsewhere.
fn is_harmless(name: &str, value: &str) -> bool {
    let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let value = value.to_ascii_lowercase();
    let leads_inside = |address: &str| {
        let address = address.trim_matches(['"', '\'']);
        address.starts_with('#')
            || [
                "data:image/png",
                "data:image/jpeg",
                "data:image/gif",
                "data:image/webp",
            ]
            .iter()
            .any(|inside| address.starts_with(inside))
    };
    match name {
        "href" | "src" => leads_inside(&value),
        name if name.len() > 2
            && name
                .get(..2)
                .is_some_and(|on| on.eq_ignore_ascii_case("on")) =>
        {
            false
        }
        "class" | "id" => true,
        _ => {
            !value.contains("@import")
                && !value.contains("javascript:")
                && value.split("url(").skip(1).all(leads_inside)
        }
    }
}

/// The size that the drawing gives itself, else that of its view box.
fn size(root: Node<'_, '_>) -> Option<(u32, u32)> {
    let number = |text: &str| {
        let number: f64 = text.trim().trim_end_matches("px").trim().parse().ok()?;
        (1.0..=100_000.0)
            .contains(&number)
            .then_some(number.round() as u32)
    };
    let side = |name: &str| root.attribute(name).and_then(number);
    if let (Some(width), Some(height)) = (side("width"), side("height")) {
        return Some((width, height));
    }
    let view: Vec<&str> = root
        .attribute("viewBox")?
        .split([' ', ',', '\t', '\n'])
        .filter(|part| !part.is_empty())
        .collect();
    match view.as_slice() {
        [_, _, width, height] => Some((number(width)?, number(height)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(svg: &str) -> String {
        let (bytes, _) = clean(svg.as_bytes()).expect("a drawing");
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn what_runs_and_what_lies_elsewhere_is_left_out() {
        let out = cleaned(
            r##"<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY c "red">]>
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:i="urn:i" width="20" height="10" onload="x()" i:kind="y">
            <script>alert(1)</script><i:view/><metadata>m</metadata>
            <image href="https://example.com/a.png"/><use href="#a"/>
            <rect id="a" fill="&c;" style="fill:url(http://example.com/b)"/></svg>"##,
        );
        for gone in [
            "DOCTYPE",
            "script",
            "alert",
            "onload",
            "example.com",
            "urn:i",
            "metadata",
        ] {
            assert!(!out.contains(gone), "{gone}: {out}");
        }
        assert!(
            out.contains("fill=\"red\"") && out.contains("href=\"#a\""),
            "{out}"
        );
    }

    #[test]
    fn a_drawing_that_is_none_is_told() {
        assert!(clean(b"<svg><p></svg>").is_err());
        assert!(clean(b"<svg width='1'/>").is_err_and(|told| told.contains("xmlns")));
        let deep = format!(
            "<svg xmlns=\"{SVG}\">{}{}</svg>",
            "<g>".repeat(300),
            "</g>".repeat(300)
        );
        assert!(clean(deep.as_bytes()).is_err());
        let sized = clean(format!("<svg xmlns=\"{SVG}\" viewBox=\"0 0 30 40\"/>").as_bytes());
        assert_eq!(sized.map(|(_, size)| size), Ok(Some((30, 40))));
    }
}
