// The reader of books: settings, contents, place, keys. Everything is listened for on the
// document, and setting up again does no harm, so that a page may change under it.

const root = document.documentElement;
const one = (selector) => document.querySelector(selector);
const all = (selector) => document.querySelectorAll(selector);

// What the browser keeps. It may be forbidden to, and hold anything; the page goes on without.
const recall = (key) => {
  try {
    return { ...JSON.parse(localStorage.getItem(key)) };
  } catch {
    return {};
  }
};
const keep = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch { /* It is known until the page is left. */ }
};

const SETTINGS = "goodturn-reader";
const PLACE = `goodturn-book:${one("[data-book]")?.dataset.book}`;
let settings, place;

const read = () => (Array.isArray(place.read) ? place.read : []);

const know = (more) => {
  if (Object.keys(more).every((name) => place[name] === more[name])) return;
  place = { ...place, ...more };
  keep(PLACE, place);
};

// Colours and text size, also of the browser's own frame.
const look = () => {
  for (const name of ["theme", "size"]) {
    if (settings[name]) root.dataset[name] = settings[name];
    else delete root.dataset[name];
  }
  for (const meta of all("meta[name=theme-color]")) {
    meta.dataset.own ??= meta.content;
    meta.content = settings.theme ? getComputedStyle(document.body).backgroundColor : meta.dataset.own;
  }
};

// Ticks beside the chapters that were read, and the way back into the book.
const setUp = () => {
  const links = all("a[data-chapter]");
  for (const link of links) {
    const tick = link.querySelector(".tick");
    const isRead = read().includes(link.dataset.chapter);
    if (isRead && !tick) link.append(one("#reader_tick").content.cloneNode(true));
    if (!isRead) tick?.remove();
  }
  const resume = one(".resume");
  const last = [...links].find((link) => link.dataset.chapter === place.at);
  if (resume) resume.hidden = !last;
  if (!resume || !last) return;
  const words = resume.querySelector("[data-text]");
  const number = last.previousElementSibling?.textContent ?? "";
  const title = `${number} ${last.firstChild.textContent}`.trim();
  const text = words.dataset.text.replace("{title}", () => title);
  if (words.textContent !== text) words.textContent = text;
  resume.querySelector("a").href = last.href + (place.on ? `#${encodeURIComponent(place.on)}` : "");
};

// How far the chapter is read, and which section of it is.
const follow = () => {
  const chapter = one("[data-open]")?.dataset.open;
  const text = one(".doc-body .prose");
  if (!chapter || !text) return;
  const { top, height } = text.getBoundingClientRect();
  const share = Math.min(Math.max((innerHeight - top) / height, 0), 1);
  const bar = one(".reader-progress");
  if (bar) {
    bar.value = +bar.dataset.from + share * bar.dataset.words;
    one(".reader-percent").textContent = `${Math.floor((100 * bar.value) / bar.max)} %`;
  }
  let on = "";
  for (const heading of text.querySelectorAll(":is(h2, h3, h4, h5, h6)[id]")) {
    if (heading.getBoundingClientRect().top > innerHeight * 0.35) break;
    on = heading.id;
  }
  for (const link of all(".toc a")) {
    if (link.getAttribute("href") === `#${on}`) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
  know({ at: chapter, on });
  if (share < 1 || read().includes(chapter)) return;
  know({ read: [...read(), chapter] });
  setUp();
};

let isAsked = false;
const soon = () => {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    follow();
  });
};

// Shows the open chapter in the contents.
const reveal = () => {
  const box = one(".book-panel-body");
  const line = box?.querySelector("[aria-current]");
  if (!line) return;
  const off = line.getBoundingClientRect().top - box.getBoundingClientRect().top;
  if (off < 0 || off > box.clientHeight - 40) box.scrollTop += off - box.clientHeight / 3;
};

const open = async (name) => {
  const dialog = document.getElementById(name);
  if (!dialog || dialog.open) return;
  for (const other of all("dialog[open]")) other.close();
  for (const input of dialog.querySelectorAll("[name=theme], [name=size]")) {
    input.checked = input.value === (settings[input.name] ?? "");
  }
  for (const input of dialog.querySelectorAll("[name=keys]")) input.checked = settings.keys !== false;
  dialog.showModal();
  if (!dialog.dataset.script) return;
  try {
    // At once: what is typed while the search is fetched is not to be typed over.
    dialog.querySelector("input").select();
    (await import(dialog.dataset.script)).search(dialog);
  } catch {
    const told = dialog.querySelector("[role=status]");
    told.textContent = told.dataset.failed;
  }
};

const forget = (button) => {
  place = {};
  try {
    localStorage.removeItem(PLACE);
  } catch { /* Nothing was kept. */ }
  setUp();
  const told = button.parentElement.querySelector("[data-told]");
  if (told) told.textContent = told.dataset.told;
  else one(".lead-act a")?.focus();
};

const begin = () => {
  settings = recall(SETTINGS);
  place = recall(PLACE);
  look();
  setUp();
  follow();
  reveal();
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-opens], [data-forget]");
  if (button?.dataset.opens) open(button.dataset.opens);
  else if (button) forget(button);
  // What is beside a dialog is the dialog itself.
  if (target.nodeName === "DIALOG") target.close();
  const panel = one(".book-panel details");
  if (panel?.open && (!panel.contains(target) || target.closest("a"))) panel.open = false;
});

document.addEventListener("change", ({ target }) => {
  const form = target.closest("#reader_settings form");
  if (!form) return;
  const { theme, size, keys } = form.elements;
  settings = { theme: theme.value, size: size.value, keys: keys.checked };
  keep(SETTINGS, settings);
  look();
});

// Opening the contents on a phone: the bar goes to the top, so that there is room below it.
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches(".book-panel details[open]")) return;
  scrollBy(0, Math.max(one(".reader-bar").getBoundingClientRect().top, 0));
  reveal();
}, true);

// Letters that are written, and arrows that move something else.
const isTaken = ({ target }) => target.closest?.("input, textarea, select, audio, video, [contenteditable]");
const scrolls = (node) => node && node.scrollWidth > node.clientWidth;

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const panel = one(".book-panel details[open]");
  if (key === "Escape" && panel) {
    panel.open = false;
    panel.firstElementChild.focus();
  }
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (one("dialog[open]") || isTaken(event)) return;
  const isArrow = key === "ArrowLeft" || key === "ArrowRight";
  let act;
  if (isArrow && !event.shiftKey && !scrolls(target.closest?.("pre, .table")) && !scrolls(root)) {
    const link = one(`link[rel=${(key === "ArrowRight") === (root.dir !== "rtl") ? "next" : "prev"}]`);
    if (link) act = () => location.assign(link.href);
  }
  const names = { "/": "reader_search", s: "reader_search", "?": "reader_keys" };
  if (settings.keys !== false && document.getElementById(names[key])) act = () => open(names[key]);
  if (!act) return;
  event.preventDefault();
  act();
});

addEventListener("scroll", soon, { passive: true });
addEventListener("resize", soon);
// Another page of the book was open meanwhile.
addEventListener("storage", begin);
addEventListener("pageshow", ({ persisted }) => persisted && begin());
new MutationObserver(setUp).observe(document.body, { childList: true, subtree: true });
begin();
