// Bringing a page up to date in place.
//
// What scripts and readers did to the live page must stay: an open <details>, a chosen theme,
// typed text. So the old source is compared with the new source, and only what differs between
// them is done to the live page. Nothing that is the same in both is touched.

// Elements that cannot be mended from the outside: they are replaced as a whole.
const WHOLE = new Set(["TEMPLATE", "OBJECT", "VIDEO", "AUDIO"]);

// More pairs than this are not compared one by one.
const MANY = 4e6;

// The document of a source, without the preview's own script.
const parse = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  page.querySelector("script[data-mark]")?.remove();
  page.normalize();
  return page;
};

// What runs on a page. Data in a <script> (JSON-LD) does not.
const programs = (page) => [...page.scripts]
  .filter(({ type }) => !type || /module|javascript|ecmascript|importmap/i.test(type))
  .map((script) => script.outerHTML).join("\n");

const isStyle = (node) => node.nodeName === "LINK" && node.relList.contains("stylesheet");

// Ways for two nodes to be the same, the strictest first.
const KEYS = [
  (node) => node.outerHTML ?? `${node.nodeName} ${node.data}`,
  (node) => `${node.nodeName} ${node.id} ${node.rel ?? ""} ${node.getAttribute?.("class")}`,
  (node) => `${node.nodeName} ${node.id} ${node.rel ?? ""}`,
];

// Pairs the nodes of two lists, in order: the longest common subsequence by `key`.
const common = (a, b, key, pairs) => {
  const x = a.map(key), y = b.map(key);
  let from = 0, i = a.length, j = b.length;
  while (from < i && from < j && x[from] === y[from]) pairs.set(a[from], b[from++]);
  while (i > from && j > from && x[i - 1] === y[j - 1]) pairs.set(a[--i], b[--j]);
  const rows = i - from, width = j - from + 1;
  if (rows * width > MANY) return;
  // best[r * width + c]: how many pairs the rests of both lists have, from r and c on.
  const best = new Uint32Array((rows + 1) * width);
  for (let r = rows - 1; r >= 0; r--) {
    for (let c = width - 2; c >= 0; c--) {
      best[r * width + c] = x[from + r] === y[from + c]
        ? best[(r + 1) * width + c + 1] + 1
        : Math.max(best[(r + 1) * width + c], best[r * width + c + 1]);
    }
  }
  for (let r = 0, c = 0; r < rows && c < width - 1;) {
    if (x[from + r] === y[from + c]) pairs.set(a[from + r++], b[from + c++]);
    else if (best[(r + 1) * width + c] >= best[r * width + c + 1]) r++;
    else c++;
  }
};

// Pairs the nodes of two lists: equal ones first, then, between those, ones that are alike.
const match = (a, b) => {
  let pairs = new Map();
  for (const key of KEYS) {
    const finer = new Map();
    let at = 0, restA = [];
    const close = (until) => {
      common(restA, b.slice(at, until), key, finer);
      restA = [];
    };
    for (const node of a) {
      const partner = pairs.get(node);
      if (!partner) {
        restA.push(node);
        continue;
      }
      const place = b.indexOf(partner, at);
      close(place);
      finer.set(node, partner);
      at = place + 1;
    }
    close(b.length);
    pairs = finer;
  }
  return pairs;
};

const patchAttributes = (was, is, live) => {
  for (const { name } of was.attributes) {
    if (!is.hasAttribute(name)) live.removeAttribute(name);
  }
  for (const { name, value } of is.attributes) {
    if (was.getAttribute(name) !== value) live.setAttribute(name, value);
  }
};

const patchChildren = (was, is, live) => {
  if (was.innerHTML === is.innerHTML) return;
  const before = [...was.childNodes], after = [...is.childNodes];
  const kept = match(before, after);
  const shown = match(before, [...live.childNodes].filter((node) => !leaving.has(node)));
  const origin = new Map([...kept].map(([old, fresh]) => [fresh, old]));
  // Found before anything is taken away.
  const gone = before.filter((old) => !kept.has(old)).map((old) => shown.get(old));
  let last = null;
  for (const fresh of after) {
    const old = origin.get(fresh);
    if (old) {
      const counterpart = shown.get(old);
      // What a script took away stays away.
      if (counterpart) last = patchNode(old, fresh, counterpart);
      continue;
    }
    const added = document.importNode(fresh, true);
    if (last) last.after(added);
    else live.prepend(added);
    last = added;
  }
  for (const node of gone) node?.remove();
};

// Gives the node that stands there afterwards.
const patchNode = (was, is, live) => {
  if (was.nodeType !== Node.ELEMENT_NODE) {
    if (was.data !== is.data) live.data = is.data;
    return live;
  }
  if (was.outerHTML === is.outerHTML) return live;
  if (WHOLE.has(was.nodeName)) {
    const whole = document.importNode(is, true);
    live.replaceWith(whole);
    return whole;
  }
  if (isStyle(live) && was.getAttribute("href") !== is.getAttribute("href")) {
    return swapStyle(live, document.importNode(is));
  }
  patchAttributes(was, is, live);
  patchChildren(was, is, live);
  return live;
};

// Style sheets that stand only until another one is loaded, and for which ones a sheet does.
const leaving = new Set();
const predecessors = new WeakMap();

// Puts a style sheet in the place of another, which stays until the new one is loaded, so that
// the page is never seen without.
const swapStyle = (old, fresh) => {
  const before = [old, ...(predecessors.get(old) ?? [])];
  predecessors.set(fresh, before);
  leaving.add(old);
  const end = { once: true };
  fresh.addEventListener("load", () => {
    for (const sheet of before) {
      leaving.delete(sheet);
      sheet.remove();
    }
  }, end);
  fresh.addEventListener("error", () => {
    leaving.delete(old);
    fresh.remove();
  }, end);
  old.after(fresh);
  return fresh;
};

// Does to the live page what changed between two sources. Gives false when that cannot be done:
// other scripts run on the new page, so it must be loaded.
const patchPage = (was, is) => {
  const before = parse(was), after = parse(is);
  if (programs(before) !== programs(after)) return false;
  patchNode(before.documentElement, after.documentElement, document.documentElement);
  return true;
};

