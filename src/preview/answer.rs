//! Putting content into HTTP: `ETag` and `If-None-Match`, ranges, and the one line that a page
//! gets for the preview (RFC 9110).

use std::fs::{File, Metadata};
use std::io::{self, SeekFrom};
use std::ops::Range;
use std::time::UNIX_EPOCH;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use headers::{
    AcceptRanges, ContentLength, ContentRange, ETag, HeaderMapExt, IfNoneMatch, IfRange,
};
use http_range_header::{EndPosition, StartPosition, parse_range_header};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// How much of a file is read at a time, in bytes.
const CHUNK: usize = 64 << 10;

/// What is to be answered.
pub enum Whole {
    /// A page, to which the script is added.
    Page(Vec<u8>),
    /// These bytes.
    Bytes(Bytes),
    /// A file, which is read as it is sent.
    File(File, Metadata),
}

/// A request, as far as an answer depends on it.
pub struct Asked<'a> {
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Whether it wants the headers only.
    pub head: bool,
    /// The path of the base address, where the script is found.
    pub prefix: &'a str,
}

/// Answers with content of a media type. Only an answer of status 200 may become a part (206) or
/// "you have it" (304).
pub async fn answer(asked: &Asked<'_>, status: StatusCode, media: &str, whole: Whole) -> Response {
    let mark = whole.mark();
    let tag = format!("\"{mark}\"").parse::<ETag>().ok();
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    if let Some(tag) = &tag {
        headers.typed_insert(tag.clone());
    }
    if status == StatusCode::OK && is_known(asked.headers, tag.as_ref()) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    if let Ok(media) = HeaderValue::from_str(media) {
        headers.insert(header::CONTENT_TYPE, media);
    }
    let whole = match whole {
        Whole::Page(html) => {
            let page = Bytes::from(with_script(html, asked.prefix, &mark));
            headers.typed_insert(ContentLength(page.len() as u64));
            if !asked.head {
                *response.body_mut() = Body::from(page);
            }
            return response;
        }
        other => other,
    };
    let length = whole.length();
    headers.typed_insert(AcceptRanges::bytes());
    let part = match part(asked, status, tag.as_ref(), length) {
        Part::All => 0..length,
        Part::Bytes(part) => {
            if let Ok(range) = ContentRange::bytes(part.clone(), length) {
                headers.typed_insert(range);
            }
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            part
        }
        Part::None => {
            headers.typed_insert(ContentRange::unsatisfied_bytes(length));
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            return response;
        }
    };
    response
        .headers_mut()
        .typed_insert(ContentLength(part.end - part.start));
    if asked.head {
        return response;
    }
    match whole.body(part).await {
        Ok(body) => *response.body_mut() = body,
        Err(_) => return failed(),
    }
    response
}

/// A file that was there a moment ago cannot be read.
fn failed() -> Response {
    let mut response = Response::new(Body::from("This file cannot be read now.\n"));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

impl Whole {
    /// Hex digits that change when the content does: what an `ETag` holds.
    fn mark(&self) -> String {
        let hash = match self {
            Whole::Page(bytes) => xxh3_64(bytes),
            Whole::Bytes(bytes) => xxh3_64(bytes),
            Whole::File(_, metadata) => file_mark(metadata),
        };
        format!("{hash:016x}")
    }

    fn length(&self) -> u64 {
        match self {
            Whole::Page(bytes) => bytes.len() as u64,
            Whole::Bytes(bytes) => bytes.len() as u64,
            Whole::File(_, metadata) => metadata.len(),
        }
    }

    /// The bytes of a part, which lies inside.
    async fn body(self, part: Range<u64>) -> io::Result<Body> {
        match self {
            Whole::Page(bytes) => Ok(Body::from(bytes)),
            Whole::Bytes(bytes) => Ok(Body::from(
                bytes.slice(part.start as usize..part.end as usize),
            )),
            Whole::File(file, _) => {
                let mut file = tokio::fs::File::from_std(file);
                if part.start > 0 {
                    file.seek(SeekFrom::Start(part.start)).await?;
                }
                let part = file.take(part.end - part.start);
                Ok(Body::from_stream(ReaderStream::with_capacity(part, CHUNK)))
            }
        }
    }
}

/// A file's size and the moment it was changed, as one number: it is never read for this.
fn file_mark(metadata: &Metadata) -> u64 {
    let mut hash = Xxh3::new();
    hash.update(&metadata.len().to_le_bytes());
    let changed = metadata.modified().ok();
    let since = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    hash.update(&since.unwrap_or_default().as_nanos().to_le_bytes());
    hash.digest()
}

/// Whether the browser has this very content already.
fn is_known(headers: &HeaderMap, tag: Option<&ETag>) -> bool {
    let known = headers.typed_get::<IfNoneMatch>();
    known
        .zip(tag)
        .is_some_and(|(known, tag)| !known.precondition_passes(tag))
}

/// Which part of a content is asked for.
enum Part {
    All,
    Bytes(Range<u64>),
    /// One that lies behind its end.
    None,
}

/// The part that a request asks for. Several at once, and what cannot be read, mean everything:
/// a server may always send the whole.
fn part(asked: &Asked<'_>, status: StatusCode, tag: Option<&ETag>, length: u64) -> Part {
    let condition = asked.headers.typed_get::<IfRange>();
    let is_other = condition.is_some_and(|condition| condition.is_modified(tag, None));
    let written = asked.headers.get(header::RANGE);
    let Some(Ok(written)) = written.map(HeaderValue::to_str) else {
        return Part::All;
    };
    if is_other || asked.head || status != StatusCode::OK {
        return Part::All;
    }
    let parsed = parse_range_header(written).ok();
    let Some([range]) = parsed.as_ref().map(|parsed| parsed.ranges.as_slice()) else {
        return Part::All;
    };
    let start = match range.start {
        StartPosition::Index(start) => start,
        StartPosition::FromLast(count) => length.saturating_sub(count),
    };
    let end = match range.end {
        EndPosition::Index(last) if last < start => return Part::All,
        EndPosition::Index(last) => last.saturating_add(1).min(length),
        EndPosition::LastByte => length,
    };
    match start < end {
        true => Part::Bytes(start..end),
        false => Part::None,
    }
}

/// The page with one more line, which loads the preview's script.
fn with_script(mut html: Vec<u8>, prefix: &str, mark: &str) -> Vec<u8> {
    let line = format!(
        "<script src=\"{prefix}/_goodturn/preview.js\" data-mark=\"{mark}\" defer></script>\n"
    );
    let end = b"</body>";
    let at = html
        .windows(end.len())
        .rposition(|window| window.eq_ignore_ascii_case(end))
        .unwrap_or(html.len());
    html.splice(at..at, line.into_bytes());
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part_of(range: &'static str, length: u64) -> Option<Range<u64>> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, HeaderValue::from_static(range));
        let asked = Asked {
            headers: &headers,
            head: false,
            prefix: "",
        };
        match part(&asked, StatusCode::OK, None, length) {
            Part::All => Some(0..length),
            Part::Bytes(part) => Some(part),
            Part::None => None,
        }
    }

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        assert_eq!(part_of("bytes=0-9", 100), Some(0..10));
        assert_eq!(part_of("bytes=90-", 100), Some(90..100));
        assert_eq!(part_of("bytes=90-200", 100), Some(90..100));
        assert_eq!(part_of("bytes=-10", 100), Some(90..100));
        assert_eq!(part_of("bytes=-200", 100), Some(0..100));
        assert_eq!(part_of("bytes=100-", 100), None);
        assert_eq!(part_of("bytes=0-", 0), None);
        assert_eq!(part_of("bytes=18446744073709551615-", 100), None);
        assert_eq!(part_of("bytes=0-18446744073709551615", 100), Some(0..100));
        // Anything else is answered with everything.
        for range in ["bytes=9-0", "bytes=0-1,5-6", "lines=1-2", "bytes=x-", "0-9"] {
            assert_eq!(part_of(range, 100), Some(0..100), "{range}");
        }
    }

    #[test]
    fn the_script_stands_before_the_end_of_the_body() {
        let with = |html: &str| {
            let page = with_script(html.as_bytes().to_vec(), "/library", "12");
            String::from_utf8(page).unwrap()
        };
        let line =
            "<script src=\"/library/_goodturn/preview.js\" data-mark=\"12\" defer></script>\n";
        assert_eq!(
            with("<p></body>\n</html>"),
            format!("<p>{line}</body>\n</html>")
        );
        assert_eq!(
            with("</body><p></BODY>"),
            format!("</body><p>{line}</BODY>")
        );
        assert_eq!(with("<p>"), format!("<p>{line}"));
        assert_eq!(with(""), line);
    }
}
