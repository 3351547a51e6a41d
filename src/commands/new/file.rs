//! The file that a new landing page gives away.

use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::commands::outcome::Failure;
use crate::commands::workspace::Workspace;
use crate::commands::write;
use crate::diagnostics::io_reason;
use crate::library::slug;
use crate::source::walk::is_markdown;

/// A file that is there.
#[derive(Debug)]
pub struct Given {
    path: PathBuf,
    /// Its path below content/, if it lies there.
    inside: Option<String>,
}

impl Given {
    /// Looks at the file that was named.
    ///
    /// # Errors
    /// None was named, it is not there, it is private, or it would not be a file to give.
    pub fn find(workspace: &Workspace, path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Err(Failure::usage(
                "a new file needs the file to give",
                "add it: --file path/to/estimate.pdf",
            ));
        };
        let real = path.canonicalize().map_err(|error| {
            let message = format!("{} cannot be read: {}", path.display(), io_reason(&error));
            Failure::usage(message, "give the path of a file that is there")
        })?;
        let is_file = real.is_file();
        if !is_file || is_markdown(&real.to_string_lossy()) {
            let what = if is_file { "Markdown" } else { "no file" };
            let message = format!("{} is {what}", path.display());
            let help =
                "give a document such as a PDF; Markdown in content/ is an article by itself";
            return Err(Failure::usage(message, help));
        }
        let within = |part: &str| {
            let folder = workspace.folders.part(part).canonicalize().ok()?;
            real.strip_prefix(folder).ok().map(Path::to_owned)
        };
        if within("private").is_some() {
            let message = format!(
                "{} lies in private/, which is never published",
                path.display()
            );
            let help = "copy it out of private/ first if it may be public";
            return Err(Failure::usage(message, help));
        }
        let inside = within("content").map(|path| path.to_string_lossy().replace('\\', "/"));
        Ok(Given { path: real, inside })
    }

    /// Puts a copy into `folder`, unless the file lies in content/ already or a copy is there.
    /// Gives what to write after `file:` in a page of that folder.
    ///
    /// # Errors
    /// Another file has its name, or it cannot be copied.
    pub fn put(&self, folder: &Path) -> Result<String, Failure> {
        if let Some(inside) = &self.inside {
            return Ok(format!("@/{}", escaped(inside)));
        }
        let name = name(&self.path);
        let to = folder.join(&name);
        write::make_folder(folder)?;
        match self.copy(&to) {
            Ok(()) => Ok(escaped(&name)),
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                Err(write::failed(&to, &error))
            }
            Err(_) if same(&self.path, &to) => Ok(escaped(&name)),
            Err(_) => Err(Failure::usage(
                format!("{} is there already and is another file", write::shown(&to)),
                "rename your file, then try again",
            )),
        }
    }

    fn copy(&self, to: &Path) -> std::io::Result<()> {
        let mut from = File::open(&self.path)?;
        let mut new = OpenOptions::new().write(true).create_new(true).open(to)?;
        std::io::copy(&mut from, &mut new).map(drop)
    }
}

fn same(a: &Path, b: &Path) -> bool {
    match (std::fs::read(a), std::fs::read(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

/// The name of the copy: the file's own, unless it would be hidden, taken for the settings of a
/// book, or hard to write as an address.
fn name(path: &Path) -> String {
    let own = path.file_name().unwrap_or_default().to_string_lossy();
    let is_simple = own.starts_with(char::is_alphanumeric)
        && own
            .chars()
            .all(|c| c.is_alphanumeric() || " -_.()".contains(c));
    let is_special = matches!(
        own.to_lowercase().as_str(),
        "book.yaml" | "book.yml" | "book.toml" | "desktop.ini" | "thumbs.db"
    );
    if is_simple && !is_special {
        return own.into_owned();
    }
    let part = |part: Option<&std::ffi::OsStr>| slug(&part.unwrap_or_default().to_string_lossy());
    let stem = match part(path.file_stem()) {
        stem if stem.is_empty() => "file".to_owned(),
        stem if is_special => format!("{stem}-file"),
        stem => stem,
    };
    match part(path.extension()) {
        extension if extension.is_empty() => stem,
        extension => format!("{stem}.{extension}"),
    }
}

/// A path as a link has it: the marks that mean something in an address are escaped.
fn escaped(path: &str) -> String {
    path.replace('%', "%25")
        .replace('#', "%23")
        .replace('?', "%3F")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_a_name_that_is_fit_for_an_address() {
        let name = |path: &str| name(Path::new(path));
        assert_eq!(name("/a/My plan (2).pdf"), "My plan (2).pdf");
        assert_eq!(name("/a/été.pdf"), "été.pdf");
        assert_eq!(name("/a/50% off?.PDF"), "50-off.pdf");
        assert_eq!(name("/a/.hidden"), "hidden");
        assert_eq!(name("/a/book.yaml"), "book-file.yaml");
    }
}
