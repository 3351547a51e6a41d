// The search in a book. It is loaded, as the text of the book is, when it is first opened.

const SHOWN = 50;
const AROUND = 90;
// Scripts that write without spaces: a word may begin anywhere.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

// Letters without case and accents.
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  .replace(/[ßæœøłđðþıς]/g, (letter) => PLAIN[letter]);

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

// Where a word begins in a folded text, and where it stands whole.
const LETTER = "[\\p{L}\\p{N}]";
const pattern = (word) => new RegExp(UNSPACED.test(word) ? escaped(word) : `(?<!${LETTER})${escaped(word)}`, "gu");
const wholly = (word) => new RegExp(`(?<!${LETTER})${escaped(word)}(?!${LETTER})`, "u");

const wordsOf = (query) => [...new Set(fold(query).match(/[\p{L}\p{N}]+/gu) ?? [])];

// The book, folded once.
let book;
const load = async (address) => {
  const { chapters, sections } = (await import(address)).default;
  const titles = chapters.map(([, title]) => fold(title));
  return sections.map(([chapter, id, title, text]) => ({
    href: chapters[chapter][0] + (id && `#${encodeURIComponent(id)}`),
    title: title || chapters[chapter][1],
    chapter: title ? chapters[chapter][1] : "",
    text,
    // The best place first: the section's own title, its chapter's, its text.
    places: title ? [fold(title), titles[chapter], fold(text)] : [titles[chapter], "", fold(text)],
  }));
};

const WORTH = [20, 6, 1];

// How well a section answers; 0 if a word is not in it.
const worth = ({ places }, words) => {
  let sum = 0;
  for (const { begun, whole } of words) {
    let found = 0;
    places.forEach((place, at) => {
      const count = place.match(begun)?.length ?? 0;
      if (!count) return;
      // A word that stands often says more, but less and less so, and less in a long text.
      const often = (1 + Math.log(count)) / (1 + Math.log10(1 + place.length / 1000));
      found += WORTH[at] * often * (whole.test(place) ? 1.5 : 1);
    });
    if (!found) return 0;
    sum += found;
  }
  return sum;
};

const find = (query) => {
  const words = wordsOf(query).map((word) => ({ begun: pattern(word), whole: wholly(word) }));
  if (words.length === 0) return [];
  const phrase = pattern(fold(query.trim()));
  return book.map((section) => ({ section, worth: worth(section, words) }))
    .filter((found) => found.worth)
    .map(({ section, worth }) => ({ section, worth: worth * (section.places.some((place) => place.match(phrase)) ? 1.5 : 1) }))
    .sort((a, b) => b.worth - a.worth)
    .map(({ section }) => section);
};

// Where the words stand in a text as it is written, as pairs of start and end.
const marks = (text, words) => {
  let folded = "";
  const at = [];
  let place = 0;
  for (const letter of text) {
    const plain = fold(letter);
    for (let n = 0; n < plain.length; n++) at.push(place);
    folded += plain;
    place += letter.length;
  }
  at.push(place);
  const found = words.flatMap((word) => [...folded.matchAll(pattern(word))]
    .map(({ index }) => [at[index], at[index + word.length]]));
  return found.sort((a, b) => a[0] - b[0]);
};

// A text with its words marked, cut around the first of them if it is long.
const marked = (text, words, isCut) => {
  const found = marks(text, words);
  let from = 0, to = text.length;
  if (isCut) {
    const first = found[0]?.[0] ?? 0;
    from = first < AROUND ? 0 : text.indexOf(" ", first - AROUND) + 1 || first;
    if (from > first) from = first;
    to = Math.min(to, from + 2.5 * AROUND);
  }
  const parts = from > 0 ? ["… "] : [];
  let done = from;
  for (const [start, end] of found) {
    if (start < done || start >= to) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, end);
    parts.push(text.slice(done, start), mark);
    done = end;
  }
  parts.push(text.slice(done, Math.max(to, done)), to < text.length ? " …" : "");
  return parts;
};

const element = (name, kind, ...content) => {
  const node = document.createElement(name);
  node.className = kind;
  node.append(...content);
  return node;
};

const line = (section, words) => {
  const link = element("a", "found-link", element("span", "found-title", ...marked(section.title, words)));
  link.href = section.href;
  if (section.chapter) link.append(" ", element("span", "found-chapter", section.chapter));
  link.append(" ", element("span", "found-text", ...marked(section.text, words, true)));
  return element("li", "", link);
};

const answer = (dialog) => {
  if (!book) return;
  const query = dialog.querySelector("input").value;
  const told = dialog.querySelector("[role=status]");
  const words = wordsOf(query);
  const found = find(query);
  dialog.querySelector(".found").replaceChildren(...found.slice(0, SHOWN).map((section) => line(section, words)));
  if (words.length === 0) told.textContent = "";
  else if (found.length === 0) told.textContent = told.dataset.none.replace("{query}", () => query.trim());
  else told.textContent = found.length === 1 ? told.dataset.one : told.dataset.other.replace("{n}", found.length);
};

// From the field into the answers and back, as in a list; Enter takes the first.
const move = (event, dialog) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Enter" && event.target.name === "query" && !event.isComposing) {
    event.preventDefault();
    dialog.querySelector(".found a")?.click();
    return;
  }
  const stops = [dialog.querySelector("input"), ...dialog.querySelectorAll(".found a")];
  const at = stops.indexOf(document.activeElement);
  if (!step || at < 0 || event.isComposing) return;
  event.preventDefault();
  stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
};

const listen = (dialog) => {
  dialog.addEventListener("input", () => answer(dialog));
  dialog.addEventListener("keydown", (event) => move(event, dialog));
  // An answer may be on this very page.
  dialog.addEventListener("click", ({ target }) => target.closest("a") && dialog.close());
};

const known = new WeakSet();

/// Makes a dialog that was just opened answer.
export const search = async (dialog) => {
  if (!known.has(dialog)) {
    known.add(dialog);
    listen(dialog);
  }
  if (book) return answer(dialog);
  const told = dialog.querySelector("[role=status]");
  told.textContent = told.dataset.wait;
  book = await load(dialog.dataset.index);
  answer(dialog);
};
