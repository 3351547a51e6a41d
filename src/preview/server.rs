//! The server: who asks, for what, and from where it is answered.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use tokio::sync::Semaphore;

use super::address::{self, Goal};
use super::answer::{Asked, Whole, answer};
use super::events::{Herald, News};
use super::shelf::Shelf;
use super::stage::{Stage, View};
use super::{events, files, host, media, pages};
use crate::config::Folders;
use crate::diagnostics::{Diagnostic, any_error};
use crate::site::{Content, Output, Site};

/// Where the preview is found when no port is asked for.
pub const PORT: u16 = 4114;

/// How many ports are tried in turn, before the system may choose any.
const TRIED: u16 = 20;

/// How many threads may wait for files at most.
const BLOCKING: usize = 64;

/// The folder of addresses that are the preview's own, not the site's.
const OWN: &str = "/_goodturn/";

const PREVIEW: &str = concat!(
    "(() => {\n",
    include_str!("line.js"),
    include_str!("patch.js"),
    include_str!("refresh.js"),
    include_str!("panel.js"),
    include_str!("preview.js"),
    "})();\n"
);
const WORKER: &str = concat!(include_str!("line.js"), include_str!("worker.js"));

/// What the server must know besides the site.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the parts of the library lie.
    pub folders: Folders,
    /// Whether browsers follow to the piece that was saved.
    pub follow: bool,
    /// The stack of each thread that renders, in bytes.
    pub stack: usize,
}

/// A server that has its port and does not answer yet.
pub struct Server {
    listener: TcpListener,
    host: String,
}

impl Server {
    /// Takes a port: the one asked for, else the first free one from [`PORT`] on, else any.
    ///
    /// # Errors
    /// The host is no address of this machine, or the port asked for is taken.
    pub fn bind(host: &str, port: Option<u16>) -> io::Result<Server> {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let listener = match port {
            Some(port) => TcpListener::bind((host, port))?,
            None => (PORT..PORT + TRIED)
                .chain([0])
                .map(|port| TcpListener::bind((host, port)))
                .find(|bound| !matches!(bound, Err(error) if is_taken(error)))
                .unwrap_or_else(|| Err(io::ErrorKind::AddrInUse.into()))?,
        };
        listener.set_nonblocking(true)?;
        let host = host.to_owned();
        Ok(Server { listener, host })
    }

    /// The port that was taken.
    ///
    /// # Errors
    /// The system does not say.
    pub fn port(&self) -> io::Result<u16> {
        Ok(self.listener.local_addr()?.port())
    }

    /// The address of a path as a browser on this machine asks for it.
    ///
    /// # Errors
    /// The system does not say which port was taken.
    pub fn url(&self, path: &str) -> io::Result<String> {
        let address = self.listener.local_addr()?;
        let host = match self.host.parse::<IpAddr>() {
            Ok(ip) if ip.is_unspecified() => "localhost".to_owned(),
            Ok(ip) => SocketAddr::new(ip, 0)
                .to_string()
                .trim_end_matches(":0")
                .to_owned(),
            Err(_) => self.host.clone(),
        };
        Ok(format!("http://{host}:{}{path}", address.port()))
    }

    /// Answers from the newest view of a stage until the program is interrupted (Ctrl-C). Open
    /// connections are not waited for.
    ///
    /// # Errors
    /// No thread or no connection can be had from the system.
    pub fn run(self, stage: Arc<Stage>, settings: Settings) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(BLOCKING)
            .thread_stack_size(settings.stack)
            .enable_all()
            .build()?;
        let ended = runtime.block_on(async {
            tokio::select! {
                ended = self.answer(stage, settings) => ended,
                interrupted = tokio::signal::ctrl_c() => interrupted,
            }
        });
        runtime.shutdown_background();
        ended
    }

    async fn answer(self, stage: Arc<Stage>, settings: Settings) -> io::Result<()> {
        let herald = Herald {
            root: settings.folders.root.clone(),
            run: format!("{:016x}", fastrand::u64(..)),
            follow: settings.follow,
        };
        let run = herald.run.clone();
        let desk = Desk {
            news: herald.announce(Arc::clone(&stage)).await,
            run,
            stage,
            shelf: Arc::new(Shelf::new(&settings.folders.root)),
            folders: settings.folders,
            host: self.host,
            renders: Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from)),
        };
        let listener = tokio::net::TcpListener::from_std(self.listener)?.tap_io(|stream| {
            // Without it the end of a small answer may wait for the browser. It works as well.
            let _ = stream.set_nodelay(true);
        });
        let router = Router::new().fallback(respond).with_state(Arc::new(desk));
        axum::serve(listener, router).await
    }
}

fn is_taken(error: &io::Error) -> bool {
    // Windows keeps some ports to itself.
    matches!(
        error.kind(),
        io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied
    )
}

/// What every answer needs.
struct Desk {
    stage: Arc<Stage>,
    news: News,
    /// A word that no other run of the program has.
    run: String,
    shelf: Arc<Shelf>,
    folders: Folders,
    host: String,
    /// As many pages are rendered at once as there are cores, whatever is asked for.
    renders: Semaphore,
}

/// What became of a path of the plan.
enum Made {
    Whole(Whole),
    /// The file is not there any more.
    Gone,
    /// It cannot be rendered.
    Broken(Vec<Diagnostic>),
}

async fn respond(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    if !host::is_ours(&request, &desk.host) {
        return plain(StatusCode::FORBIDDEN, NOT_OURS);
    }
    if !matches!(request.method, Method::GET | Method::HEAD) {
        let allowed = [(header::ALLOW, HeaderValue::from_static("GET, HEAD"))];
        let told = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
        return (allowed, told).into_response();
    }
    let Some(path) = address::decode(request.uri.path()) else {
        return plain(
            StatusCode::BAD_REQUEST,
            "No address of a site looks like this.\n",
        );
    };
    let view = desk.stage.view();
    let prefix = match &view.site {
        Some(site) => site.library().base.prefix.clone(),
        None => String::new(),
    };
    let asked = Asked {
        headers: &request.headers,
        head: request.method == Method::HEAD,
        prefix: &prefix,
    };
    // Under every folder: a page that was loaded before `base_url` changed still finds them.
    if let Some((_, name)) = path.rsplit_once(OWN)
        && let Some(response) = desk.own(name, &asked).await
    {
        return response;
    }
    let mut response = desk.page(&view, &path, request.uri.query(), &asked).await;
    let number = format!("{}-{}", desk.run, view.number);
    if let Ok(number) = HeaderValue::from_str(&number) {
        response.headers_mut().insert("goodturn-view", number);
    }
    response
}

const NOT_OURS: &str = "This preview answers only to the names of this machine: an IP address, \
localhost, or the name given with --host.\nTo reach it by another name, start it with \
`goodturn serve --host NAME`.\n";

impl Desk {
    /// What is not part of the site: the preview's scripts and its news.
    async fn own(&self, name: &str, asked: &Asked<'_>) -> Option<Response> {
        let script = match name {
            "preview.js" => PREVIEW,
            "worker.js" => WORKER,
            "events" if asked.head => return Some(StatusCode::OK.into_response()),
            "events" => return Some(events::stream(self.news.clone())),
            _ => return None,
        };
        let whole = Whole::Bytes(Bytes::from_static(script.as_bytes()));
        let media = "text/javascript; charset=utf-8";
        Some(answer(asked, StatusCode::OK, media, whole).await)
    }

    /// What the site has at a path, as `view` shows it.
    async fn page(
        &self,
        view: &View,
        path: &str,
        query: Option<&str>,
        asked: &Asked<'_>,
    ) -> Response {
        let Some(site) = &view.site else {
            return self.nothing_yet(view, asked).await;
        };
        match address::find(site.plan(), asked.prefix, path) {
            Goal::Path(path) => match self.make(site, &path).await {
                Made::Whole(whole) => {
                    if matches!(whole, Whole::Page(_)) {
                        self.stage.look_at(&path);
                    }
                    let media = media::of(&path, site.plan().get(&path));
                    answer(asked, StatusCode::OK, &media, whole).await
                }
                Made::Gone => self.not_found(site, asked).await,
                Made::Broken(problems) => self.broken(&problems, asked).await,
            },
            Goal::Elsewhere(to) => elsewhere(&to, query),
            Goal::Nothing => self.not_found(site, asked).await,
        }
    }

    /// Renders a path of the plan, or opens its file, where waiting does no harm.
    async fn make(&self, site: &Arc<Site>, path: &str) -> Made {
        // The semaphore is never closed.
        let _turn = self.renders.acquire().await;
        let (site, path, folders) = (Arc::clone(site), path.to_owned(), self.folders.clone());
        let shelf = Arc::clone(&self.shelf);
        let made = tokio::task::spawn_blocking(move || make(&site, &path, &folders, &shelf)).await;
        made.unwrap_or_else(|_| {
            let problem = "rendering this page ended all of a sudden";
            let help = "please report it, with the file of this page";
            Made::Broken(vec![Diagnostic::error(problem).help(help)])
        })
    }

    /// The site's own page for what is not there.
    async fn not_found(&self, site: &Arc<Site>, asked: &Asked<'_>) -> Response {
        let whole = match self.make(site, "404.html").await {
            Made::Whole(whole) => whole,
            Made::Broken(problems) => return self.broken(&problems, asked).await,
            Made::Gone => {
                let text = "The library has nothing at this address.";
                Whole::Page(pages::note("This page is not here", text).into_bytes())
            }
        };
        answer(asked, StatusCode::NOT_FOUND, HTML, whole).await
    }

    /// A page cannot be rendered: its problems in its place.
    async fn broken(&self, problems: &[Diagnostic], asked: &Asked<'_>) -> Response {
        let heading = "This page cannot be shown";
        let page = pages::errors(heading, &self.folders.root, problems, false);
        let whole = Whole::Page(page.into_bytes());
        answer(asked, StatusCode::INTERNAL_SERVER_ERROR, HTML, whole).await
    }

    /// Nothing could be loaded since the start: everything that is wrong.
    async fn nothing_yet(&self, view: &View, asked: &Asked<'_>) -> Response {
        let heading = match any_error(&view.problems) {
            true => "The library cannot be shown yet",
            false => "The library is being read",
        };
        let page = pages::errors(heading, &self.folders.root, &view.problems, true);
        let whole = Whole::Page(page.into_bytes());
        answer(asked, StatusCode::SERVICE_UNAVAILABLE, HTML, whole).await
    }
}

const HTML: &str = "text/html; charset=utf-8";

fn make(site: &Site, path: &str, folders: &Folders, shelf: &Shelf) -> Made {
    if let Some(Output::Face(id, face)) = site.plan().get(path) {
        return match shelf.get(site, *id, *face) {
            Ok(bytes) => Made::Whole(Whole::Bytes(bytes)),
            Err(problems) => Made::Broken(problems),
        };
    }
    let is_page = media::is_html(&media::of(path, site.plan().get(path)));
    match site.render(path) {
        Err(problems) => Made::Broken(problems),
        Ok(Content::Bytes(bytes)) if is_page => Made::Whole(Whole::Page(bytes)),
        Ok(Content::Bytes(bytes)) => Made::Whole(Whole::Bytes(bytes.into())),
        Ok(Content::File(disk)) => match files::open(folders, &disk) {
            Ok((file, metadata)) if !is_page => Made::Whole(Whole::File(file, metadata)),
            Ok((mut file, _)) => {
                let mut html = Vec::new();
                match io::Read::read_to_end(&mut file, &mut html) {
                    Ok(_) => Made::Whole(Whole::Page(html)),
                    Err(_) => Made::Gone,
                }
            }
            Err(_) => Made::Gone,
        },
    }
}

/// Another address has what was asked for. It is asked again each time: tomorrow there may be
/// another library on this port.
fn elsewhere(to: &str, query: Option<&str>) -> Response {
    let to = match query {
        Some(query) => format!("{to}?{query}"),
        None => to.to_owned(),
    };
    match HeaderValue::from_str(&to) {
        Ok(to) => (
            StatusCode::PERMANENT_REDIRECT,
            [
                (header::LOCATION, to),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            ],
        )
            .into_response(),
        Err(_) => plain(
            StatusCode::BAD_REQUEST,
            "No address of a site looks like this.\n",
        ),
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, Body::from(text)).into_response()
}
