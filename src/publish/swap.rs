//! Putting the finished stage in the place of the output.

use std::fs;
use std::io;
use std::path::Path;

use super::Error;
use super::disk;
use super::stage::Places;

/// How an old site is swapped for the new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Method {
    /// In one step where the file system can do that, otherwise in two.
    #[default]
    Exchange,
    /// In two steps: the old one aside, the new one into place. A run that is killed between them
    /// leaves no output, and the next run puts the old one back.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "chosen by tests; otherwise fallen back to")
    )]
    TwoSteps,
}

/// Where the old site is after the swap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Old {
    /// There was none.
    None,
    /// Where the stage was.
    InSite,
    /// Under the name kept for it.
    InPrevious,
}

/// Swaps. After an error the output is what it was before.
pub(super) fn swap(places: &Places, method: Method) -> Result<Old, Error> {
    let failed = |source| Error::Swap {
        out: places.out.clone(),
        source,
    };
    if !disk::exists(&places.out)? {
        fs::rename(&places.site, &places.out).map_err(failed)?;
        return Ok(Old::None);
    }
    if method == Method::Exchange {
        match exchange(&places.site, &places.out) {
            Ok(true) => return Ok(Old::InSite),
            Ok(false) => {}
            Err(error) => return Err(failed(error)),
        }
    }
    fs::rename(&places.out, &places.previous).map_err(failed)?;
    if let Err(error) = fs::rename(&places.site, &places.out) {
        // Should this fail as well, the next run does it.
        let _ = fs::rename(&places.previous, &places.out);
        return Err(failed(error));
    }
    Ok(Old::InPrevious)
}

/// Lets two folders change places in one step. `false`: this file system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    // The kernel or the file system does not know the call or the flag, or a sandbox forbids it.
    // `PERM` may also be what an ordinary rename would meet; then that says so.
    const CANNOT: [Errno; 5] = [
        Errno::INVAL,
        Errno::NOSYS,
        Errno::OPNOTSUPP,
        Errno::NOTSUP,
        Errno::PERM,
    ];
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(error) if CANNOT.contains(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}
