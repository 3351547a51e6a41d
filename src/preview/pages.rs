//! Pages of the preview's own, for what cannot be shown. They carry the script of every other
//! page, so that they give way by themselves once it can.

use crate::diagnostics::{Diagnostic, Renderer};

/// Plain, readable in light and dark, and without anything to ask for.
const STYLE: &str = ":root { color-scheme: light dark; font: 1rem/1.55 system-ui, sans-serif }
body { max-inline-size: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem }
h1 { font-size: 1.5rem; line-height: 1.25 }
pre { overflow-x: auto; padding: 1rem 1.2rem; border-inline-start: 3px solid #c8663b; \
background: #8881; font: .875rem/1.5 ui-monospace, Menlo, Consolas, monospace }";

/// A page that says what is wrong and waits for it to be mended. `told` marks a page that shows
/// everything that is wrong with the library, so that the script need not say it again.
pub fn errors(
    heading: &str,
    root: &std::path::Path,
    problems: &[Diagnostic],
    told: bool,
) -> String {
    let mut renderer = Renderer::new(root, false);
    let mut body = String::new();
    for problem in problems {
        body.push_str("<pre>");
        body.push_str(&escape(&renderer.render(problem)));
        body.push_str("</pre>\n");
    }
    let mark = match told {
        true => " data-goodturn-told",
        false => "",
    };
    page(heading, &body, mark)
}

/// A page with a heading and a sentence.
pub fn note(heading: &str, text: &str) -> String {
    page(heading, &format!("<p>{}</p>\n", escape(text)), "")
}

fn page(heading: &str, body: &str, mark: &str) -> String {
    let heading = escape(heading);
    format!(
        "<!doctype html>
<html lang=\"en\"{mark}>
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>{heading}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>{heading}</h1>
{body}<p>This page follows by itself as soon as the files are saved.</p>
</body>
</html>
"
    )
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Writing to a String cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, text);
    escaped
}
