//! The checkers of e-books. A test whose tool is missing fails and says how to get it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// EPUBCheck, the W3C's own checker, must find no fatal error, no error and no warning.
pub fn epubcheck(epub: &Path) {
    let output = Command::new("java")
        .arg("-jar")
        .arg(epubcheck_jar())
        .arg(epub)
        .output()
        .expect("java is there; `bash tests/run` installs it");
    let said = String::from_utf8_lossy(&output.stderr).into_owned()
        + &String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("EPUBCheck completed"),
        "EPUBCheck did not run: {said}"
    );
    let findings: Vec<&str> = said
        .lines()
        .filter(|line| {
            ["FATAL", "ERROR", "WARNING"]
                .iter()
                .any(|level| line.starts_with(level))
        })
        .collect();
    let shown = findings.iter().take(40).copied().collect::<Vec<_>>();
    assert!(
        findings.is_empty() && output.status.success(),
        "{}: {} findings\n{}\n{said:.300}",
        epub.display(),
        findings.len(),
        shown.join("\n"),
    );
}

fn epubcheck_jar() -> PathBuf {
    if let Some(jar) = std::env::var_os("EPUBCHECK_JAR") {
        return jar.into();
    }
    // Where tests/run puts it.
    let lib = root().join("target/test-tools/python/lib");
    let pythons = std::fs::read_dir(&lib).into_iter().flatten().flatten();
    let jar = pythons
        .map(|python| python.path().join("site-packages/epubcheck/epubcheck.jar"))
        .find(|jar| jar.is_file());
    jar.expect("EPUBCheck is not there: `bash tests/run` installs it, or set EPUBCHECK_JAR")
}

/// Ace by DAISY, the checker of accessibility, must find nothing.
pub fn ace(epub: &Path) {
    let ace = std::env::var_os("ACE").map_or_else(
        || root().join("tests/browser/node_modules/@daisy/ace-cli/bin/ace.js"),
        PathBuf::from,
    );
    assert!(
        ace.is_file(),
        "Ace is not there ({}): `bash tests/run` installs it, or set ACE",
        ace.display()
    );
    let folder = tempfile::tempdir().expect("a folder");
    let chromium = chromium(folder.path());
    // Two browsers at once are more than a small machine can start in the time that Ace waits.
    static ONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(|held| held.into_inner());
    let run = || {
        let output = Command::new("node")
            .arg(&ace)
            .args(["--force", "--silent", "--outdir"])
            .arg(folder.path().join("report"))
            .arg(epub)
            .env("PUPPETEER_EXECUTABLE_PATH", &chromium)
            .env("HOME", folder.path())
            .output()
            .expect("node is there; `bash tests/run` installs it");
        let report = std::fs::read_to_string(folder.path().join("report/report.json"));
        report.map_err(|error| {
            format!(
                "Ace made no report ({error}): {}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            )
        })
    };
    // A browser that does not start in the time that Ace waits says nothing of the book.
    let report = run().or_else(|_| run()).or_else(|_| run());
    let report = report.unwrap_or_else(|told| panic!("{told}"));
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let outcome = &report["earl:result"]["earl:outcome"];
    let mut told = Vec::new();
    collect(&report["assertions"], &mut told);
    assert!(
        outcome == "pass" && told.is_empty(),
        "{outcome}\n{}",
        told.join("\n")
    );
}

/// Chromium without its sandbox, which needs rights that a machine for tests may not give.
fn chromium(folder: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let name = std::env::var("CHROMIUM").unwrap_or_else(|_| "chromium".into());
    let path = folder.join("chromium");
    std::fs::write(
        &path,
        format!("#!/bin/sh\nexec {name} --no-sandbox \"$@\"\n"),
    )
    .expect("a file");
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&path, mode).expect("a mode");
    path
}

/// What failed, with its place.
fn collect(value: &serde_json::Value, told: &mut Vec<String>) {
    if let Some(list) = value.as_array() {
        for one in list {
            collect(one, told);
        }
    }
    if value["earl:result"]["earl:outcome"] == "fail" && value["assertions"].is_null() {
        told.push(format!(
            "{}: {}",
            value["earl:test"]["dct:title"], value["earl:result"]["dct:description"]
        ));
    }
    if !value["assertions"].is_null() {
        collect(&value["assertions"], told);
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The Nu HTML checker, the W3C's own, must find no error in these pages.
pub fn nu(pages: &[PathBuf]) {
    let jar = root().join("tests/browser/node_modules/vnu-jar/build/dist/vnu.jar");
    let output = Command::new("java")
        .arg("-jar")
        .arg(&jar)
        .args(["--errors-only", "--format", "gnu"])
        .args(pages)
        .output()
        .expect("java is there; `bash tests/run` installs it");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
}

/// A PDF must be whole, as qpdf sees it.
pub fn qpdf(pdf: &Path) {
    let output = Command::new("qpdf").arg("--check").arg(pdf).output();
    let output = output.expect("qpdf runs; `bash tests/run` installs it");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}");
}

/// The text of each page of a PDF.
pub fn pages(pdf: &Path) -> Vec<String> {
    let output = Command::new("pdftotext")
        .arg("-layout")
        .arg(pdf)
        .arg("-")
        .output()
        .expect("pdftotext runs; `bash tests/run` installs it");
    assert!(output.status.success());
    let text = String::from_utf8_lossy(&output.stdout);
    let text = text.strip_suffix('\u{c}').unwrap_or(&text);
    text.split('\u{c}').map(str::to_owned).collect()
}

/// The links inside a PDF, as `page → page` with the first line of each.
#[cfg(feature = "pdf")]
pub fn links_of_pdf(pdf: &Path) -> Vec<String> {
    let file = lopdf::Document::load(pdf).expect("a PDF");
    let numbers: Vec<(u32, lopdf::ObjectId)> = file.get_pages().into_iter().collect();
    let texts = pages(pdf);
    let named = |number: u32| {
        let text = texts.get(number as usize - 1).map(String::as_str);
        let lines = text.unwrap_or_default().lines().map(str::trim);
        let heads: Vec<&str> = lines.filter(|line| !line.is_empty()).take(2).collect();
        format!("{number} {:.40}", heads.join(" / "))
    };
    let mut links = Vec::new();
    for (number, id) in &numbers {
        for annotation in file.get_page_annotations(*id).expect("annotations") {
            let Some(target) = target(&file, annotation) else {
                continue;
            };
            let to = numbers.iter().find(|(_, id)| *id == target);
            let (to, _) = to.expect("a link leads to a page of the file");
            let link = format!("{} → {}", named(*number), named(*to));
            if !links.contains(&link) {
                links.push(link);
            }
        }
    }
    links
}

/// The page that a link inside the file leads to; none for a link to the web.
#[cfg(feature = "pdf")]
fn target(file: &lopdf::Document, link: &lopdf::Dictionary) -> Option<lopdf::ObjectId> {
    let follow = |object: &lopdf::Object| Some(file.dereference(object).ok()?.1.clone());
    let mut destination = match (link.get(b"Dest"), link.get(b"A")) {
        (Ok(destination), _) => follow(destination)?,
        (_, Ok(action)) => follow(follow(action)?.as_dict().ok()?.get(b"D").ok()?)?,
        _ => return None,
    };
    if let Ok(name) = destination.as_str() {
        let names = file.catalog().ok()?.get(b"Names").ok()?;
        let names = follow(follow(names)?.as_dict().ok()?.get(b"Dests").ok()?)?;
        destination = in_tree(file, &names, name)?;
    }
    if let Ok(held) = destination.as_dict() {
        destination = follow(held.get(b"D").ok()?)?;
    }
    destination.as_array().ok()?.first()?.as_reference().ok()
}

/// What a tree of names (ISO 32000-1, section 7.9.6) has under a name.
#[cfg(feature = "pdf")]
fn in_tree(file: &lopdf::Document, tree: &lopdf::Object, name: &[u8]) -> Option<lopdf::Object> {
    let follow = |object: &lopdf::Object| Some(file.dereference(object).ok()?.1.clone());
    let node = tree.as_dict().ok()?;
    if let Ok(names) = node.get(b"Names").and_then(lopdf::Object::as_array) {
        let mut pairs = names.chunks(2);
        let pair = pairs.find(|pair| pair[0].as_str().is_ok_and(|key| key == name));
        return pair.and_then(|pair| follow(&pair[1]));
    }
    let kids = node.get(b"Kids").ok()?.as_array().ok()?;
    kids.iter()
        .find_map(|kid| in_tree(file, &follow(kid)?, name))
}
