//! Waits for changes of a library's files.
//!
//! Events of the system say when to look and, for a save, at which file; they are not believed to
//! be complete. A save is looked at as soon as its file is closed, a file that is still being
//! written when nothing more comes for a moment. notify's debouncer is not used: it leaves out the
//! very event that tells that a file was closed, and waits for a fixed time instead.
//!
//! Where events do not come (network drives, containers), everything is looked at again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Event, EventKind, RecursiveMode, Watcher};

use super::keeper::Hint;
use super::looks::LOOK;
use crate::config::Folders;
use crate::library::lock::LOCK_FILE;
use crate::source::walk;
use crate::workspace::INDUSTRIES;

/// How long it must be quiet after a file was closed or put in its place.
const AFTER_CLOSE: Duration = Duration::from_millis(3);
/// … after something was written to a file that is still open.
const AFTER_WRITE: Duration = Duration::from_millis(15);
/// … after a file was taken away: some editors do that before they write it anew.
const AFTER_REMOVE: Duration = Duration::from_millis(20);
/// … when so much changes that somebody is at work on the whole folder.
const AFTER_MANY: Duration = Duration::from_millis(120);
/// From so many files on it is not one save.
const MANY: usize = 8;
/// Nobody waits longer than this for quiet.
const LONGEST: Duration = Duration::from_secs(2);
/// Git changes many files, one after the other, while its lock is there.
const LONGEST_GIT: Duration = Duration::from_secs(20);
/// A file written into a folder that was just made may come without an event.
const LOOK_AGAIN: Duration = Duration::from_millis(150);
/// How often everything is looked at where no events come.
const POLL: Duration = Duration::from_millis(500);

/// A change of the files.
pub struct Change {
    /// What may have changed.
    pub hint: Hint,
    /// When it began.
    pub since: Instant,
}

/// Waits for changes of the files of a library.
pub struct Watch {
    folders: Folders,
    events: Receiver<notify::Result<Event>>,
    watcher: Option<notify::RecommendedWatcher>,
    /// The watched folders, with what tells them from others of the same name.
    watched: BTreeMap<PathBuf, u64>,
    poll: Option<Duration>,
    /// When to look at everything, whether or not something happens.
    again: Option<Instant>,
}

impl Watch {
    /// Watches a library. With `poll` everything is looked at twice a second as well. Gives the
    /// reason when that is done without having been asked for.
    pub fn new(folders: &Folders, poll: bool) -> (Watch, Option<String>) {
        let (send, events) = channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // Most of what is told is that we read the files ourselves.
            if !matches!(&event, Ok(event) if is_idle(&event.kind)) {
                // The other side is gone when the preview ends.
                let _ = send.send(event);
            }
        });
        let mut reason = remote_kind(&folders.root)
            .map(|kind| format!("the library lies on {kind}, which does not tell of changes"));
        let watcher = watcher.map_err(|error| reason = Some(told(&error))).ok();
        let mut watch = Watch {
            folders: folders.clone(),
            events,
            watcher,
            watched: BTreeMap::new(),
            poll: None,
            again: None,
        };
        if let Err(error) = watch.renew() {
            reason = Some(told(&error));
        }
        watch.poll = (poll || reason.is_some()).then_some(POLL);
        (watch, reason.filter(|_| !poll))
    }

    /// Waits until something changed and it is quiet again.
    pub fn wait_for_change(&mut self) -> Change {
        // A folder that cannot be watched now is tried again next time.
        let _ = self.renew();
        let mut batch = Batch::default();
        while batch.is_empty() {
            match self.wait() {
                Some(event) => batch.add(event, &self.folders),
                None => {
                    return Change {
                        hint: Hint::Everything,
                        since: Instant::now(),
                    };
                }
            }
        }
        let started = Instant::now();
        loop {
            match self.events.recv_timeout(batch.quiet) {
                Ok(event) => batch.add(event, &self.folders),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let is_git = batch.is_many() && is_git_at_work(&self.folders.root);
                    if !is_git || started.elapsed() > LONGEST_GIT {
                        break;
                    }
                }
            }
            if started.elapsed() > LONGEST && !batch.is_many() {
                break;
            }
        }
        if batch.has_new_folder {
            self.again = Some(Instant::now() + LOOK_AGAIN);
        }
        Change {
            hint: batch.hint(),
            since: started,
        }
    }

    /// The next event; nothing when it is time to look at everything.
    fn wait(&mut self) -> Option<notify::Result<Event>> {
        let until_again = self
            .again
            .map(|at| at.saturating_duration_since(Instant::now()));
        let limit = [until_again, self.poll].into_iter().flatten().min();
        let event = match limit {
            Some(limit) => self.events.recv_timeout(limit).ok(),
            // Without a watcher there is polling, so that this does not end by itself.
            None => self.events.recv().ok(),
        };
        if event.is_none() {
            self.again = None;
        }
        event
    }

    /// Watches the folders that are there now, those that were made anew as well.
    fn renew(&mut self) -> notify::Result<()> {
        let Some(watcher) = &mut self.watcher else {
            return Ok(());
        };
        let config = self.folders.config.parent().map(Path::to_owned);
        let flat = [Some(self.folders.root.clone()), config];
        let flat = flat.into_iter().flatten();
        let parts = LOOK.iter().chain(&["content"]);
        let deep = parts.map(|part| self.folders.part(part));
        let all = flat
            .map(|folder| (folder, RecursiveMode::NonRecursive))
            .chain(deep.map(|folder| (folder, RecursiveMode::Recursive)));
        let mut outcome = Ok(());
        for (folder, mode) in all {
            let now = identity(&folder);
            if now.as_ref() == self.watched.get(&folder) {
                continue;
            }
            if self.watched.remove(&folder).is_some() {
                // Its watch went with the old folder, or else it goes now.
                let _ = watcher.unwatch(&folder);
            }
            if let Some(now) = now {
                match watcher.watch(&folder, mode) {
                    Ok(()) => drop(self.watched.insert(folder, now)),
                    Err(error) => outcome = Err(error),
                }
            }
        }
        outcome
    }
}

/// Files that changed one after the other.
#[derive(Default)]
struct Batch {
    files: BTreeSet<PathBuf>,
    /// Those that were not there before.
    born: BTreeSet<PathBuf>,
    has_new_folder: bool,
    /// Something happened that names no file.
    is_vague: bool,
    quiet: Duration,
}

impl Batch {
    fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.is_vague
    }

    fn is_many(&self) -> bool {
        self.is_vague || self.has_new_folder || self.files.len() > MANY
    }

    fn add(&mut self, event: notify::Result<Event>, folders: &Folders) {
        let Ok(event) = event else {
            self.is_vague = true;
            self.quiet = AFTER_MANY;
            return;
        };
        let paths = event.paths.iter().filter(|path| concerns(path, folders));
        let paths: Vec<&PathBuf> = paths.collect();
        if event.need_rescan() {
            self.is_vague = true;
        } else if paths.is_empty() {
            return;
        }
        if let EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(RenameMode::To)) =
            event.kind
        {
            let new = paths.iter().filter(|path| !self.files.contains(**path));
            self.born.extend(new.map(|path| (*path).clone()));
        }
        self.has_new_folder |= match event.kind {
            EventKind::Create(CreateKind::Folder) => true,
            EventKind::Modify(ModifyKind::Name(_)) => paths.iter().any(|path| path.is_dir()),
            _ => false,
        };
        self.files.extend(paths.into_iter().cloned());
        self.quiet = match self.is_many() {
            true => AFTER_MANY,
            false => quiet_after(&event.kind),
        };
    }

    /// What to look at: files that came and went within the batch were only an editor's way.
    fn hint(self) -> Hint {
        if self.is_many() {
            return Hint::Everything;
        }
        let is_passing =
            |path: &PathBuf| self.born.contains(path) && std::fs::symlink_metadata(path).is_err();
        let files = self.files.iter().filter(|path| !is_passing(path));
        Hint::Files(files.cloned().collect())
    }
}

fn quiet_after(kind: &EventKind) -> Duration {
    match kind {
        EventKind::Access(_)
        | EventKind::Modify(ModifyKind::Metadata(_))
        | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => AFTER_CLOSE,
        EventKind::Remove(RemoveKind::Folder) => AFTER_MANY,
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => AFTER_REMOVE,
        _ => AFTER_WRITE,
    }
}

/// Whether an event changes nothing: a file was opened, read or closed after reading.
fn is_idle(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if *access != AccessKind::Close(AccessMode::Write))
}

/// Whether a file is one that the site is made from.
fn concerns(path: &Path, folders: &Folders) -> bool {
    if path == folders.config {
        return true;
    }
    let Ok(inside) = path.strip_prefix(&folders.root) else {
        return false;
    };
    let mut names = inside.iter();
    let Some(first) = names.next().and_then(|name| name.to_str()) else {
        return false;
    };
    match names.next() {
        None => [INDUSTRIES, LOCK_FILE, "content"].contains(&first) || LOOK.contains(&first),
        Some(_) if first == "content" => {
            let names = inside.iter().skip(1);
            let is_left_out = |name| walk::is_ignored(name, false) || is_leftover(name);
            !names.into_iter().any(is_left_out)
        }
        Some(_) => LOOK.contains(&first) && !inside.file_name().is_some_and(is_leftover),
    }
}

/// Whether a name is one that editors give to their own files.
fn is_leftover(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".swx") || name == "4913"
}

/// What tells a folder from another one of the same name.
fn identity(folder: &Path) -> Option<u64> {
    let metadata = std::fs::metadata(folder).ok().filter(|m| m.is_dir())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some(metadata.ino() ^ metadata.dev().rotate_left(32))
    }
    #[cfg(not(unix))]
    {
        let made = metadata.created().ok()?;
        let since = made.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(since.as_nanos() as u64)
    }
}

/// Whether Git is changing the files of the work tree just now.
fn is_git_at_work(root: &Path) -> bool {
    let git = root.ancestors().map(|folder| folder.join(".git"));
    let Some(git) = git.into_iter().find(|git| git.exists()) else {
        return false;
    };
    // In a further work tree it is a file that names the folder.
    let git = match std::fs::read_to_string(&git) {
        Ok(text) => PathBuf::from(text.trim_start_matches("gitdir:").trim()),
        Err(_) => git,
    };
    git.join("index.lock").exists()
}

fn told(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system watches no more folders \
             (fs.inotify.max_user_watches is too low)"
            .to_owned(),
        _ => format!("the system does not tell of changes: {error}"),
    }
}

/// The kind of a file system whose other users' changes give no events, in words.
#[cfg(target_os = "linux")]
fn remote_kind(path: &Path) -> Option<&'static str> {
    // statfs(2) lists the numbers.
    match rustix::fs::statfs(path).ok()?.f_type as u32 {
        0x6969 => Some("a network drive (NFS)"),
        0x517b | 0xff53_4d42 | 0xfe53_4d42 => Some("a network drive (SMB)"),
        0x0102_1997 => Some("a shared folder (9p)"),
        0x786f_4256 => Some("a shared folder (VirtualBox)"),
        0x6573_5546 => Some("a mounted folder (FUSE)"),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn remote_kind(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a batch of events in a library leads to. Paths are relative to it; only content/a.md
    /// is there.
    fn hint(events: &[(EventKind, &str)]) -> Option<Hint> {
        let library = tempfile::tempdir().expect("a folder");
        let root = library.path();
        std::fs::create_dir(root.join("content")).expect("a folder");
        std::fs::write(root.join("content/a.md"), "a").expect("a file");
        let folders = Folders::new(root, None);
        let mut batch = Batch::default();
        for (kind, path) in events {
            batch.add(Ok(Event::new(*kind).add_path(root.join(path))), &folders);
        }
        let hint = (!batch.is_empty()).then(|| batch.hint())?;
        Some(match hint {
            Hint::Everything => Hint::Everything,
            Hint::Files(files) => {
                let names = files.iter().filter_map(|file| file.strip_prefix(root).ok());
                Hint::Files(names.map(Path::to_owned).collect())
            }
        })
    }

    const CREATE: EventKind = EventKind::Create(CreateKind::File);
    const WRITE: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const FROM: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::From));
    const TO: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));
    const GONE: EventKind = EventKind::Remove(RemoveKind::File);

    #[test]
    fn an_editors_own_files_are_passed_over() {
        let only = |path: &str| Some(Hint::Files([PathBuf::from(path)].into()));
        let a = "content/a.md";
        assert_eq!(hint(&[(WRITE, a)]), only(a));
        // Written beside it, then put in its place.
        let new = "content/a.md.tmp123";
        let rename = [(CREATE, new), (WRITE, new), (FROM, new), (TO, a)];
        assert_eq!(hint(&rename), only(a));
        // Vim: the old file becomes a backup, which goes in the end.
        let backup = "content/a.md~";
        let vim = [
            (FROM, a),
            (TO, backup),
            (CREATE, a),
            (WRITE, a),
            (GONE, backup),
        ];
        assert_eq!(hint(&vim), only(a));
        assert_eq!(hint(&[(WRITE, "content/.a.md.swp")]), None);
        assert_eq!(hint(&[(WRITE, "notes.txt")]), None);
        assert_eq!(hint(&[(WRITE, "private/people/a.vcf")]), None);
        assert_eq!(hint(&[(WRITE, "goodturn.yaml")]), only("goodturn.yaml"));
        // What was there before and is gone counts.
        assert_eq!(hint(&[(GONE, "content/b.md")]), only("content/b.md"));
    }

    #[test]
    fn many_files_are_everything() {
        let paths: Vec<String> = (0..20).map(|at| format!("content/{at}.md")).collect();
        let events: Vec<_> = paths.iter().map(|path| (WRITE, path.as_str())).collect();
        assert_eq!(hint(&events), Some(Hint::Everything));
        let folder = EventKind::Create(CreateKind::Folder);
        assert_eq!(hint(&[(folder, "content/new")]), Some(Hint::Everything));
    }
}
