// What the preview says on a page: errors over it, warnings in a badge, and that the server is
// away. One element with a shadow root and a style sheet made by script, so that neither a theme
// nor a policy for content gets in the way. It is there only while there is something to say.

const STYLE = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; pointer-events: none !important; display: block !important; color-scheme: light dark !important;
  --paper: #fffdf9; --ink: #1f2933; --soft: #55606b; --line: #d9cfc0; --code: #f5efe6; --red: #a3262a; --amber: #8a5a00; }
@media (prefers-color-scheme: dark) { :host { --paper: #1c2124; --ink: #ece7dd; --soft: #aab2b5; --line: #3d464b; --code: #121618; --red: #ff9a92; --amber: #e6b450; } }
@media print { :host { display: none !important; } }
* { box-sizing: border-box; margin: 0; padding: 0; font: inherit; color: inherit; }
.errors, .corner { font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink); text-align: start; }
[hidden] { display: none !important; }
.errors, .corner > * { pointer-events: auto; background: var(--paper); border: 1px solid var(--line); box-shadow: 0 2px 6px #0002, 0 12px 40px #0004; }
.errors { position: absolute; inset: 0 0 auto; margin: min(4vh, 32px) auto; inline-size: min(100% - 24px, 860px); max-block-size: calc(100% - min(8vh, 64px)); display: flex; flex-direction: column; border-radius: 10px; border-block-start: 4px solid var(--red); overflow: hidden; }
.errors:focus { outline: none; }
header { display: flex; align-items: center; gap: 16px; padding: 14px 20px; border-block-end: 1px solid var(--line); }
#body { display: contents; }
h2 { flex: 1; font-size: 17px; font-weight: 650; color: var(--red); }
button { padding: 5px 14px; border: 1px solid var(--line); border-radius: 6px; background: none; font-size: 14px; cursor: pointer; }
button:hover { border-color: var(--soft); }
:focus-visible { outline: 3px solid #c8663b; outline-offset: 2px; }
ol { list-style: none; overflow-y: auto; overscroll-behavior: contain; }
li { padding: 16px 20px; }
li + li { border-block-start: 1px solid var(--line); }
.message { font-weight: 600; overflow-wrap: anywhere; }
.place { color: var(--soft); font: 13px/1.6 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { margin-block-start: 8px; padding: 10px 14px; border-radius: 6px; background: var(--code); font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-x: auto; tab-size: 4; }
.hint { padding: 10px 20px; border-block-start: 1px solid var(--line); color: var(--soft); font-size: 13px; }
.corner { position: absolute; inset: auto 12px 12px auto; max-inline-size: calc(100% - 24px); max-block-size: calc(100% - 24px); display: flex; flex-direction: column; align-items: end; gap: 8px; }
.corner > * { border-radius: 8px; font-size: 13px; }
.away, summary, .again { padding: 5px 12px; }
.away { color: var(--soft); }
.again { color: var(--red); font-weight: 600; }
details { display: flex; flex-direction: column; overflow: hidden; max-inline-size: 100%; }
details[open] { inline-size: min(640px, 100%); }
details ol { max-block-size: 60vh; border-block-start: 1px solid var(--line); font-size: 14px; }
details li { padding: 12px 16px; }
summary { cursor: pointer; color: var(--amber); font-weight: 600; }
`;

const ASIDE = "goodturn-aside";

const make = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};

const counted = ({ count }, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

// One problem: what, where, and the line itself with the way out.
const item = ({ message, file, line, column, text }) => {
  const lines = text.split("\n");
  const arrow = lines.findIndex((row) => /^\s*--> /.test(row));
  // The margin is there to breathe in a terminal; here is room enough.
  const isMargin = (row) => /^\s*\|\s*$/.test(row);
  const snippet = lines.slice(arrow < 0 ? message.split("\n").length : arrow + 1)
    .filter((row) => !isMargin(row)).join("\n");
  const entry = make("li", {}, make("p", { className: "message", textContent: message }));
  const place = [file, line, column].filter(Boolean).join(":");
  if (place) entry.append(make("p", { className: "place", textContent: place }));
  if (snippet.trim()) entry.append(make("pre", { textContent: snippet, tabIndex: 0 }));
  return entry;
};

const list = ({ count, told }) => {
  const items = told.map(item);
  const left = count - told.length;
  if (left > 0) items.push(make("li", { textContent: `… and ${left} more; the terminal shows them` }));
  return make("ol", {}, ...items);
};

// show({ errors, warnings, away }): says what is new; `null` or a count of 0 says nothing.
const makePanel = () => {
  const host = document.createElement("goodturn-preview");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  host.lang = "en";
  host.dir = "ltr";

  const title = make("h2", { id: "title" });
  const close = make("button", { type: "button", textContent: "Put aside" });
  const body = make("div", { id: "body" });
  const hint = make("p", { className: "hint", textContent: "The page below is older than the files. This goes away once they are right. Escape puts it aside." });
  const errors = make("section", { className: "errors", tabIndex: -1, hidden: true }, make("header", {}, title, close), body, hint);
  errors.setAttribute("role", "alertdialog");
  errors.setAttribute("aria-labelledby", "title");
  errors.setAttribute("aria-describedby", "body");
  const away = make("p", { className: "away", hidden: true, textContent: "The preview is not running" });
  away.setAttribute("role", "status");
  const again = make("button", { type: "button", className: "again", hidden: true });
  const count = make("summary");
  const warnings = make("details", { hidden: true }, count);
  root.append(errors, make("div", { className: "corner" }, away, again, warnings));

  let shown = "";     // the errors that are there
  let told = "";      // the warnings that are there
  let before = null;  // what had the focus

  const remembered = () => { try { return sessionStorage.getItem(ASIDE); } catch { return null; } };
  const remember = (key) => { try { sessionStorage.setItem(ASIDE, key); } catch { /* not allowed here */ } };

  const open = () => {
    errors.hidden = false;
    again.hidden = true;
    // Whoever is typing goes on typing.
    if (document.activeElement?.matches("input, textarea, select, [contenteditable]")) return;
    before = document.activeElement;
    errors.focus({ preventScroll: true });
  };
  const shut = () => {
    const hadFocus = root.activeElement && errors.contains(root.activeElement);
    errors.hidden = true;
    if (hadFocus && before?.isConnected) before.focus({ preventScroll: true });
    before = null;
  };
  const putAside = () => {
    remember(shown);
    shut();
    again.hidden = false;
  };
  close.onclick = putAside;
  again.onclick = open;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !errors.hidden && !event.defaultPrevented) putAside();
  });

  const showErrors = (found) => {
    const key = found.count ? JSON.stringify(found) : "";
    if (key === shown) return;
    shown = key;
    if (!key) {
      remember("");
      again.hidden = true;
      return shut();
    }
    title.textContent = again.textContent = counted(found, "error");
    body.replaceChildren(list(found));
    if (remembered() === key) {
      shut();
      again.hidden = false;
    } else {
      open();
    }
  };

  const showWarnings = (found) => {
    const key = JSON.stringify(found);
    if (key === told) return;
    told = key;
    warnings.hidden = found.count === 0;
    count.textContent = counted(found, "warning");
    warnings.replaceChildren(count, list(found));
  };

  return ({ errors: wrong, warnings: odd, away: isAway }) => {
    // It must stand in the page before anything in it can have the focus.
    const needed = isAway || again.hidden === false || (wrong ? wrong.count : shown) || (odd ? odd.count : !warnings.hidden);
    if (needed && !host.isConnected) document.documentElement.append(host);
    away.hidden = !isAway;
    if (wrong) showErrors(wrong);
    if (odd) showWarnings(odd);
    const isSilent = [errors, away, again, warnings].every((part) => part.hidden);
    if (isSilent) host.remove();
  };
};

