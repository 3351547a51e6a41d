// Reads books in Chromium: with scripts and without, on a phone and in a wide window, by day, by
// night and in sepia, from left to right and from right to left, with and without a memory.
//
//     reader.mjs [WORD]…          (only the tests whose name has one of the words)
//
// GOODTURN names the program, CHROMIUM the browser. Pictures of what was seen are kept in the
// folder GOODTURN_PICTURES.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../browser/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.GOODTURN ?? join(root, "target/debug/goodturn");
const album = process.env.GOODTURN_PICTURES;

// What a careful host allows: scripts, styles and pictures of the site itself, nothing else.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'";
const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };

// The libraries: a long book in parts, a short one with traps, and one that runs from the right.

const filler = (n) => `Paragraph ${n} says what was promised, to whom, and by when it should be done. `.repeat(6);

const chapter = (n) => `# ${n % 9 === 4 ? `Chapter ${n}: what to say when somebody whom you have never met asks you for a favour on a crowded evening` : `What we learned, ${n}`}

${filler(1)}

## The beginning of ${n}

${[2, 3, 4, 5].map(filler).join("\n\n")}

## The middle of ${n}

${n === 57 ? "Here stands the heliotrope, once in the whole book.\n" : ""}
${[6, 7, 8].map(filler).join("\n\n")}

### A detail

${filler(9)}

## The end of ${n}

${filler(10)}
`;

const long = () => {
  const parts = [["Before you meet", 1, 30], ["The evening itself, from the door to the last chair", 31, 70], ["Afterwards", 71, 110]];
  const outline = parts.map(([title, from, to]) =>
    `  - part: ${title}\n    chapters:\n${Array.from({ length: to - from + 1 }, (_, at) => `      - c${from + at}.md\n`).join("")}`);
  const files = { "content/long/book.yaml": `title: The long way round\nsubtitle: A book of many evenings\nauthor: Ann\ndate: 2026-01-02\nedition: Second edition\nlicence: CC BY 4.0\nsummary: Everything that was learned in a hundred and ten evenings.\ngeneral: true\nchapters:\n  - foreword.md\n${outline.join("")}` };
  files["content/long/foreword.md"] = "# Foreword\n\nA few words before.\n";
  for (let n = 1; n <= 110; n++) files[`content/long/c${n}.md`] = chapter(n);
  return files;
};

const english = {
  "goodturn.yaml": "title: The shelf\nauthor: Ann\nlanguages:\n  de: {}\n",
  ...long(),
  "content/short/book.yaml": "title: Short\nauthor: Ann\ndate: 2026-01-03\ngeneral: true\nchapters: [a.md, b.md, c.md]\n",
  "content/short/README.md": "What this book is for, said in its foreyard.\n",
  "content/short/a.md": "# Déjà vu\n\nThe café of \\<Ann> & Bob. 日本語の本を読む。\n\n## Naïve pricing\n\nA price is a promise. Price it.\n",
  "content/short/b.md": `# Second\n\nA price stands here as well. See [the first](a.md#naïve-pricing).\n\n\`\`\`\n${"a long line of code ".repeat(30)}\n\`\`\`\n\n${filler(1)}\n`,
  "content/short/c.md": "# Third\n\nThe pricelessness of friends.\n",
};

const arabic = {
  "goodturn.yaml": "title: الرف\nauthor: آن\nlanguage: ar\n",
  "content/kitab/book.yaml": "title: الكتاب القصير\nsubtitle: عن اللقاء الأول\nauthor: آن\ndate: 2026-01-03\ngeneral: true\nchapters:\n  - part: البداية\n    chapters: [a.md, b.md]\n",
  "content/kitab/a.md": `# اللقاء الأول\n\n${"هذا نص قصير عن اللقاء الأول بين شخصين. ".repeat(40)}\n\n## السؤال\n\n${"ما الذي تحتاج إليه هذا الأسبوع؟ ".repeat(60)}\n\n## الجواب\n\n${"أحتاج إلى شخص يعرف السقوف. ".repeat(60)}\n`,
  "content/kitab/b.md": "# الرسالة\n\nاكتب رسالة قصيرة.\n",
};

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

/// A built library on a server with a strict policy.
class Shelf {
  constructor(files, prefix) {
    this.folder = mkdtempSync(join(tmpdir(), "goodturn-reader-"));
    this.prefix = prefix;
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  async open() {
    this.server = createServer((request, answer) => this.answer(request, answer)).listen(0, "127.0.0.1");
    await new Promise((ready) => this.server.once("listening", ready));
    this.url = `http://127.0.0.1:${this.server.address().port}${this.prefix}`;
    this.site = join(this.folder, "public");
    execFileSync(program, ["-q", "-C", this.folder, "build", "--base-url", this.url], { stdio: "inherit" });
    return this;
  }

  answer(request, answer) {
    const { pathname } = new URL(request.url, "http://x");
    let file = join(this.site, decodeURIComponent(pathname).slice(this.prefix.length));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!existsSync(file)) return answer.writeHead(404).end();
    answer.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream", "Content-Security-Policy": POLICY });
    answer.end(readFileSync(file));
  }

  close() {
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const tests = [];
const test = (name, run, options = {}) => tests.push({ name, run, options });

// What helps in many tests.
const theme = (page) => page.evaluate(() => document.documentElement.dataset.theme);
const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const dialog = (page, name) => page.locator(`#reader_${name}`);
const snap = async (page, name, options) => album && page.screenshot({ path: join(album, `${name}.png`), ...options });
const toEnd = (page) => page.evaluate(() => document.querySelector(".turn").scrollIntoView({ behavior: "instant" }));
const ticks = (page) => page.locator(".tick").count();

const isAccessible = async (page) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join("\n  ")}`);
  assert.deepEqual(told, [], page.url());
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.ok(!wide, `${page.url()} is wider than the window`);
};

test("without scripts a book is read from cover to cover", async ({ page, shelf }) => {
  await page.goto(`${shelf.url}long/`);
  await page.getByRole("link", { name: "Start reading" }).click();
  assert.equal(await page.locator("h1").innerText(), "Foreword");
  await page.locator(".turn-next").click();
  await page.locator(".turn-next").click();
  assert.equal(await page.locator("h1").innerText(), "What we learned, 2");
  assert.match(await page.locator(".doc-head .kicker").innerText(), /Before you meet.*Chapter 2/s);
  for (const [rel, name] of [["prev", "c1"], ["next", "c3"]]) {
    assert.ok((await page.locator(`link[rel=${rel}]`).getAttribute("href")).endsWith(`/long/${name}/`));
  }
  assert.equal(await page.locator(".book-panel [aria-current=page]").innerText(), "What we learned, 2");
  assert.equal(await page.locator(".book-panel .chapter-line").count(), 111);
  assert.equal(await page.locator(".reader-tools").isVisible(), false);
  await page.getByRole("link", { name: "The whole book on one page" }).click();
  assert.equal(await page.locator(".print-chapter").count(), 111);
}, { context: { javaScriptEnabled: false, viewport: desktop } });

test("without scripts the contents open on a phone", async ({ page, shelf }) => {
  await page.goto(`${shelf.url}long/c50/`);
  const list = page.locator(".book-panel-body");
  assert.equal(await list.isVisible(), false);
  await page.locator(".book-panel summary").click();
  assert.ok(await list.isVisible());
  await list.getByRole("link", { name: "What we learned, 3", exact: true }).click();
  assert.equal(await page.locator("h1").innerText(), "What we learned, 3");
}, { context: { javaScriptEnabled: false, viewport: phone } });

test("on a phone the contents close by Escape, beside them and by a link", async ({ page, shelf }) => {
  await page.goto(`${shelf.url}long/c80/`);
  const summary = page.locator(".book-panel summary"), list = page.locator(".book-panel-body");
  await summary.click();
  const current = list.locator("[aria-current=page]");
  assert.ok(await current.evaluate((line) => {
    const { top, bottom } = line.getBoundingClientRect();
    const box = line.closest(".book-panel-body").getBoundingClientRect();
    return top >= box.top && bottom <= box.bottom;
  }), "the open chapter is not in view");
  await snap(page, "phone-contents");
  await page.keyboard.press("Escape");
  assert.equal(await list.isVisible(), false);
  assert.ok(await summary.evaluate((node) => node === document.activeElement));
  await summary.click();
  await page.locator(".reader-percent").click();
  assert.equal(await list.isVisible(), false);
  await summary.click();
  await list.getByRole("link", { name: "What we learned, 78", exact: true }).click();
  assert.equal(await page.locator("h1").innerText(), "What we learned, 78");
  await page.goBack();
  assert.equal(await page.locator(".book-panel-body").isVisible(), false);
}, { context: { viewport: phone, hasTouch: true, isMobile: true } });

test("the open chapter and the section that is read are marked", async ({ page, shelf }) => {
  await page.goto(`${shelf.url}long/c95/`);
  const current = page.locator(".book-panel [aria-current=page]");
  assert.ok(await current.evaluate((line) => {
    const { top, bottom } = line.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }), "the open chapter is not in view");
  const section = page.locator(".toc [aria-current=location]");
  assert.equal(await section.count(), 0);
  for (const [id, title] of [["the-middle-of-95", "The middle of 95"], ["a-detail", "A detail"]]) {
    await page.evaluate((id) => document.getElementById(id).scrollIntoView({ behavior: "instant" }), id);
    await page.waitForFunction((title) => document.querySelector(".toc [aria-current=location]")?.textContent === title, title);
  }
  await snap(page, "desktop-section");
}, { context: { viewport: desktop } });

test("settings hold, from the first paint on", async ({ page, shelf }) => {
  await page.goto(`${shelf.url}short/a/`);
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector(".prose")).fontSize));
  const plain = await size();
  await page.getByRole("button", { name: "Reading settings" }).click();
  await snap(page, "settings-light");
  await dialog(page, "settings").getByLabel("Sepia").check();
  await dialog(page, "settings").getByLabel("130 %").check();
  await snap(page, "settings-sepia");
  await page.keyboard.press("Escape");
  assert.equal(await dialog(page, "settings").isVisible(), false);
  assert.equal(await theme(page), "sepia");
  assert.ok(Math.abs((await size()) - plain * 1.3) < 0.1);
  assert.equal(await page.locator("meta[name=theme-color]").first().getAttribute("content"), await paper(page));
  // What stood on <html> when <body> began.
  await page.addInitScript(() => new MutationObserver((_, watcher) => {
    if (!document.body) return;
    window.first = { ...document.documentElement.dataset };
    watcher.disconnect();
  }).observe(document, { childList: true, subtree: true }));
  for (const address of ["short/b/", "short/", "short/print/"]) {
    await page.goto(shelf.url + address);
    const { theme, size } = await page.evaluate(() => window.first);
    assert.deepEqual([theme, size], ["sepia", "2"], address);
    assert.equal(await paper(page), "rgb(244, 236, 216)");
  }
  await page.goto(`${shelf.url}short/b/`);
  await page.getByRole("button", { name: "Reading settings" }).click();
  assert.ok(await dialog(page, "settings").getByLabel("Sepia").isChecked());
  await dialog(page, "settings").getByLabel("As my device").check();
  assert.equal(await theme(page), undefined);
  assert.notEqual(await paper(page), "rgb(244, 236, 216)");
}, { context: { viewport: desktop } });

for (const colours of ["light", "dark", "sepia"]) {
  for (const [size, viewport] of Object.entries({ phone, desktop })) {
    test(`accessible: ${colours}, ${size}`, async ({ page, shelf }) => {
      await page.addInitScript((theme) => localStorage.setItem("goodturn-reader", JSON.stringify({ theme })), colours);
      const name = `${size}-${colours}`;
      await page.goto(`${shelf.url}long/c4/`);
      await snap(page, `${name}-chapter`);
      await isAccessible(page);
      await toEnd(page);
      await page.waitForSelector(".tick", { state: "attached" });
      await page.goto(`${shelf.url}long/c5/`);
      if (size === "phone") await page.locator(".book-panel summary").click();
      await snap(page, `${name}-read`);
      await isAccessible(page);
      if (size === "phone") await page.keyboard.press("Escape");
      for (const [key, open] of [["?", "keys"], ["/", "search"]]) {
        await page.keyboard.press(key);
        await dialog(page, open).waitFor();
        if (open === "search") {
          await page.keyboard.type("promis");
          await dialog(page, open).locator(".found a").first().waitFor();
        }
        await snap(page, `${name}-${open}`);
        await isAccessible(page);
        await page.keyboard.press("Escape");
      }
      await page.getByRole("button", { name: "Reading settings" }).click();
      await snap(page, `${name}-settings`);
      await isAccessible(page);
      for (const [address, kind] of [["long/", "front"], ["short/print/", "print"]]) {
        await page.goto(shelf.url + address);
        await snap(page, `${name}-${kind}`);
        await isAccessible(page);
      }
    }, { context: { viewport } });
  }
}

test("a place is kept, shown and forgotten", async ({ page, shelf }) => {
  await page.goto(`${shelf.url}long/`);
  const resume = page.locator(".resume");
  assert.equal(await resume.isVisible(), false);
  await page.goto(`${shelf.url}long/c4/`);
  const share = () => page.locator(".reader-progress").evaluate((bar) => bar.value / bar.max);
  const before = await share();
  assert.equal(await ticks(page), 0);
  await toEnd(page);
  await page.waitForSelector(".tick", { state: "attached" });
  assert.ok((await share()) > before);
  assert.match(await page.locator(".reader-percent").innerText(), /^[34] %$/);
  await page.goto(`${shelf.url}long/c5/`);
  await page.evaluate(() => document.getElementById("the-middle-of-5").scrollIntoView({ behavior: "instant" }));
  await page.waitForFunction(() => document.querySelector(".toc [aria-current]")?.textContent === "The middle of 5");
  await page.goto(`${shelf.url}long/`);
  assert.equal(await ticks(page), 1);
  assert.match(await page.locator(".contents a:has(.tick)").innerText(), /Chapter 4/);
  assert.equal(await resume.locator("a").innerText(), "Continue reading: 5 What we learned, 5");
  await snap(page, "desktop-continue");
  await resume.locator("a").click();
  assert.ok(page.url().endsWith("/long/c5/#the-middle-of-5"), page.url());
  // Another book knows nothing of it.
  await page.goto(`${shelf.url}short/`);
  assert.equal(await resume.isVisible(), false);
  await page.goto(`${shelf.url}long/`);
  await resume.getByRole("button", { name: "Forget my place" }).click();
  assert.equal(await resume.isVisible(), false);
  assert.equal(await ticks(page), 0);
  await page.reload();
  assert.equal(await resume.isVisible(), false);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("goodturn-book"))), []);
}, { context: { viewport: desktop } });

const goes = async (page, key, address) => {
  await page.keyboard.press(key);
  await page.waitForURL(`**/${address}`, { timeout: 5000 });
};
const stays = async (page, key) => {
  const before = page.url();
  await page.keyboard.press(key);
  await page.waitForTimeout(250);
  assert.equal(page.url(), before, key);
};

test("keys turn the pages, and leave what is not theirs", async ({ page, shelf }) => {
  await page.goto(`${shelf.url}short/`);
  await goes(page, "ArrowRight", "short/a/");
  await goes(page, "ArrowRight", "short/b/");
  await goes(page, "ArrowLeft", "short/a/");
  await stays(page, "ArrowLeft");
  await goes(page, "ArrowRight", "short/b/");
  for (const key of ["Control+ArrowRight", "Shift+ArrowRight", "Alt+Shift+ArrowRight", "Meta+ArrowRight"]) await stays(page, key);
  await page.locator("pre").focus();
  await stays(page, "ArrowRight");
  await page.locator(".short").focus();
  await stays(page, "ArrowRight");
  await page.keyboard.press("s");
  assert.equal(await dialog(page, "search").isVisible(), false);
  await page.locator("h1").click();
  await page.keyboard.press("?");
  assert.ok(await dialog(page, "keys").isVisible());
  await stays(page, "ArrowRight");
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  assert.ok(await dialog(page, "search").isVisible());
  await page.keyboard.type("?s/");
  assert.equal(await dialog(page, "search").locator("input").inputValue(), "?s/");
  assert.equal(await dialog(page, "keys").isVisible(), false);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Reading settings" }).click();
  await dialog(page, "settings").getByLabel("Keys of a single letter").uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  for (const key of ["s", "/", "?"]) await page.keyboard.press(key);
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await goes(page, "ArrowRight", "short/c/");
}, { context: { viewport: desktop } });

test("a dialog gives the focus back, and a click beside closes it", async ({ page, shelf }) => {
  await page.goto(`${shelf.url}short/a/`);
  const button = page.getByRole("button", { name: "Search this book" });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  assert.ok(await button.evaluate((node) => node === document.activeElement));
  await button.click();
  await page.mouse.click(5, 5);
  assert.equal(await dialog(page, "search").isVisible(), false);
}, { context: { viewport: desktop } });

test("the search finds, ranks, marks and leads there", async ({ page, shelf }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${shelf.url}short/c/`);
  assert.ok(!asked.some((path) => path.endsWith("search.js")), "the text was fetched before it was asked for");
  await page.keyboard.press("/");
  const box = dialog(page, "search"), told = box.locator("[role=status]"), found = box.locator(".found a");
  const titles = async (query, count) => {
    await box.locator("input").fill(query);
    await page.waitForFunction((count) => document.querySelectorAll(".found a").length === count, count, { timeout: 5000 });
    return box.locator(".found-title").allInnerTexts();
  };
  await box.locator("input").fill("p");
  await found.first().waitFor();
  assert.ok(asked.some((path) => path.endsWith("short/search.js")));
  // Titles before text, whole words before longer ones.
  assert.deepEqual(await titles("price", 3), ["Naïve pricing", "2 Second", "3 Third"]);
  assert.equal(await told.innerText(), "3 places");
  assert.deepEqual(await titles("NAIVE promise", 1), ["Naïve pricing"]);
  assert.equal(await told.innerText(), "1 place");
  assert.deepEqual(await titles("cafe", 1), ["1 Déjà vu"]);
  assert.equal(await found.locator(".found-text mark").innerText(), "café");
  assert.deepEqual(await titles("本", 1), ["1 Déjà vu"]);
  assert.deepEqual(await titles("foreyard", 1), ["Short"]);
  // Only the beginnings of words.
  assert.deepEqual(await titles("riends", 0), []);
  assert.match(await told.innerText(), /^Nothing found for “riends”/);
  assert.deepEqual(await titles("<Ann> & (", 1), ["1 Déjà vu"]);
  await titles("pric", 3);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.ok(await found.nth(1).evaluate((node) => node === document.activeElement));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.ok(await box.locator("input").evaluate((node) => node === document.activeElement));
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/short/a/#${encodeURIComponent("naïve-pricing")}`, { timeout: 5000 });
}, { context: { viewport: desktop } });

test("the search of a long book finds the one place", async ({ page, shelf }) => {
  await page.goto(`${shelf.url}long/`);
  await page.getByRole("button", { name: "Search this book" }).click();
  await page.keyboard.type("heliot");
  const found = dialog(page, "search").locator(".found a");
  await found.first().waitFor();
  assert.equal(await found.count(), 1);
  await found.click();
  await page.waitForURL("**/long/c57/#the-middle-of-57");
}, { context: { viewport: phone } });

test("a browser that keeps nothing is no harm", async ({ page, shelf }) => {
  await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } }));
  await page.goto(`${shelf.url}long/c4/`);
  await page.getByRole("button", { name: "Reading settings" }).click();
  await dialog(page, "settings").getByLabel("Dark").check();
  assert.equal(await theme(page), "dark");
  await dialog(page, "settings").getByRole("button", { name: "Forget my place" }).click();
  await page.keyboard.press("Escape");
  await toEnd(page);
  await page.waitForSelector(".tick", { state: "attached" });
  await goes(page, "ArrowRight", "long/c5/");
  assert.equal(await theme(page), undefined);
}, { context: { viewport: desktop } });

test("a memory full of something else is no harm", async ({ page, shelf }) => {
  for (const held of ["nonsense", "7", "null", "[1]", "\"x\"", "{\"read\":3,\"at\":{},\"size\":\"\\\"\"}"]) {
    await page.goto(`${shelf.url}long/`);
    await page.evaluate((held) => {
      localStorage.setItem("goodturn-reader", held);
      for (const link of [document.querySelector("[data-book]")]) localStorage.setItem(`goodturn-book:${link.dataset.book}`, held);
    }, held);
    await page.reload();
    await page.getByRole("button", { name: "Reading settings" }).click();
    await page.keyboard.press("Escape");
    await page.goto(`${shelf.url}long/foreword/`);
    await page.waitForSelector(".tick", { state: "attached" });
  }
}, { context: { viewport: desktop } });

test("from the right: arrows, contents and looks", async ({ page, shelf }) => {
  await page.goto(`${shelf.url}kitab/`);
  await snap(page, "rtl-front");
  await goes(page, "ArrowLeft", "kitab/a/");
  await snap(page, "rtl-chapter");
  await isAccessible(page);
  await goes(page, "ArrowLeft", "kitab/b/");
  await goes(page, "ArrowRight", "kitab/a/");
  await page.keyboard.press("/");
  await dialog(page, "search").locator("input").fill("السقوف");
  await dialog(page, "search").locator(".found mark").first().waitFor();
  await snap(page, "rtl-search");
  await isAccessible(page);
}, { context: { viewport: desktop }, shelf: "arabic" });

test("from the right, on a phone", async ({ page, shelf }) => {
  await page.goto(`${shelf.url}kitab/a/`);
  await snap(page, "rtl-phone");
  await isAccessible(page);
}, { context: { viewport: phone }, shelf: "arabic" });

test("on paper there is the book and nothing else", async ({ page, shelf }) => {
  await page.goto(`${shelf.url}short/print/`);
  await page.emulateMedia({ media: "print" });
  for (const gone of [".masthead", ".crumbs", ".colophon"]) assert.equal(await page.locator(gone).isVisible(), false, gone);
  assert.equal(await page.locator(".print-chapter").first().evaluate((node) => getComputedStyle(node).breakBefore), "page");
  if (album) await page.pdf({ path: join(album, "print.pdf"), format: "A5" });
  await page.emulateMedia({ media: "screen" });
  await page.locator(".print-chapter a", { hasText: "the first" }).click();
  assert.match(decodeURIComponent(page.url()), /\/short\/print\/#a-na/);
}, { context: { viewport: desktop } });

const wanted = process.argv.slice(2);
if (album) mkdirSync(album, { recursive: true });
const shelves = {
  english: await new Shelf(english, "/library/").open(),
  arabic: await new Shelf(arabic, "/").open(),
};
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let failed = 0, count = 0;
for (const { name, run, options } of tests) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  count++;
  const context = await browser.newContext({ colorScheme: "light", reducedMotion: "reduce", ...options.context });
  const page = await context.newPage();
  const shelf = shelves[options.shelf ?? "english"];
  const said = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => request.url().startsWith(new URL(shelf.url).origin) || said.push(`asks ${request.url()}`));
  page.setDefaultTimeout(8000);
  try {
    await run({ page, shelf, context });
    assert.deepEqual(said, []);
    console.log(`ok   ${name}`);
  } catch (error) {
    failed++;
    await snap(page, `failed-${count}`);
    console.log(`FAIL ${name}\n${error.stack}\n${said.join("\n")}`);
  }
  await context.close();
}
await browser.close();
for (const shelf of Object.values(shelves)) shelf.close();
console.log(`${count - failed} of ${count} passed`);
process.exit(failed === 0 && count > 0 ? 0 : 1);
