// The script that the preview adds to every page: it keeps the page as the files are.

const own = document.currentScript;
const ours = (name) => new URL(name, own.src).href;
const here = () => location.href.split("#")[0];
const tagOf = (answer) => answer.headers.get("etag")?.replace(/^(W\/)?"|"$/g, "");

// The source of the live page, the mark of its content and the view that it shows.
let mark = own.dataset.mark;
let source = null;
let seen = null;

// What is to be done as soon as somebody looks.
let pending = null;
let isBusy = false;

const show = makePanel();
// A page that consists of the errors need not show them once more.
const saysItself = () => document.documentElement.hasAttribute("data-goodturn-told");
const none = { count: 0, told: [] };

let newest = null;
const showProblems = () => {
  const { errors, warnings, away } = newest;
  show({ errors: saysItself() ? none : errors, warnings, away });
};

const hear = (news) => {
  if (news.away) return show({ away: true });
  newest = news;
  showProblems();
  later(news);
};

const later = ({ run, view, files = [], saved = null, anew = false }) => {
  pending = {
    view: `${run}-${view}`,
    files: [...(pending?.files ?? []), ...files],
    saved: saved ?? pending?.saved,
    anew: anew || Boolean(pending?.anew),
  };
  work();
};

const work = async () => {
  if (isBusy) return;
  isBusy = true;
  while (pending && !document.hidden) {
    const now = pending;
    pending = null;
    try {
      await follow(now);
    } catch {
      // The server went away meanwhile. When it is back, everything is looked at anew.
      pending = { ...now, ...pending, anew: true };
      break;
    }
  }
  isBusy = false;
};

const follow = async ({ view, files, saved, anew }) => {
  if (saved && pathOf(saved) !== pathOf(location.href)) {
    location.assign(saved);
    return;
  }
  if (view === seen && !anew && files.length === 0) return;
  if (needsLoading(files)) return location.reload();
  if (!await renew()) return location.reload();
  // It may have become a page of errors, or ceased to be one.
  showProblems();
  seen = view;
  const paths = new Set(files.map(pathOf));
  // A style sheet may be brought in by another.
  const hasStyles = files.some((file) => file.endsWith(".css"));
  const isStyle = (path) => hasStyles && path.endsWith(".css");
  if (anew || files.length > 0) refresh((path) => anew || paths.has(path) || isStyle(path), view);
};

// Scripts run once, and a font that was used stays.
const needsLoading = (files) => {
  const paths = new Set(files.map(pathOf));
  const isFont = /\.(woff2?|ttf|otf)$/i;
  return [...document.scripts].some((script) => script.src && paths.has(pathOf(script.src)))
    || files.some((file) => isFont.test(file));
};

// Brings the page up to date; gives false where it has to be loaded.
const renew = async () => {
  const headers = { "If-None-Match": `"${mark}"` };
  const answer = await fetch(here(), { headers, cache: "no-store" });
  const fresh = tagOf(answer);
  if (answer.status === 304 || fresh === mark) return true;
  const isPage = answer.headers.get("content-type")?.startsWith("text/html");
  if (!fresh || !isPage || answer.redirected || source === null) return false;
  const html = await answer.text();
  if (!patchPage(source, html)) return false;
  source = html;
  mark = fresh;
  return true;
};

// The source of the live page lies in the browser's cache, from which it was loaded.
const findSource = async () => {
  const answer = await fetch(here(), { cache: "force-cache" });
  const html = await answer.text();
  // If it was changed in this very moment, the page as it stands is the best that is known.
  const isIt = tagOf(answer) === mark;
  source = isIt ? html : document.documentElement.outerHTML;
  if (isIt) seen = answer.headers.get("goodturn-view");
};

// Every tab has a line of its own where they cannot share one.
const alone = () => connect(ours("events"), hear);

const together = () => {
  const worker = new SharedWorker(ours("worker.js"), { name: "goodturn" });
  const tab = worker.port;
  const come = () => {
    tab.postMessage("hello");
    if (!document.hidden) tab.postMessage("seen");
  };
  let works = false;
  worker.onerror = () => works || alone();
  tab.onmessage = ({ data }) => {
    works = true;
    hear(data);
  };
  addEventListener("pagehide", () => tab.postMessage("bye"));
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    // The page slept while the reader was elsewhere.
    seen = null;
    come();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) tab.postMessage("seen");
  });
  come();
};

document.addEventListener("visibilitychange", work);
findSource().catch(() => {}).then(window.SharedWorker ? together : alone);
