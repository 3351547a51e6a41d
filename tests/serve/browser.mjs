// Opens pages of a small library in Chromium, changes its files, and looks at what the pages do.
//
//     browser.mjs [restarted] [saved]
//
// Every change is made in two ways: while the preview does not run (the pages see it when it is
// back), and while it runs. Without an argument, both are tried. GOODTURN names the program,
// CHROMIUM the browser.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../browser/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.GOODTURN ?? join(root, "target/debug/goodturn");
// Pictures of what was seen are kept here, for people to look at.
const album = process.env.GOODTURN_PICTURES;
const patience = 20_000;

/// A library in a folder of its own, with its preview.
class Lab {
  constructor(files = {}, options = []) {
    this.folder = mkdtempSync(join(tmpdir(), "goodturn-serve-"));
    this.options = options;
    this.write("goodturn.yaml", "title: Shelf\nbase_url: https://shelf.example/library/\nauthor: Ann\n");
    this.write("content/slow.md", article());
    this.write("content/other.md", "---\ntitle: Other\ndate: 2026-01-01\ngeneral: true\n---\nNothing happens here.\n");
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path, text) {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  async start() {
    this.port ??= await freePort();
    const args = ["-C", this.folder, "serve", "--port", this.port, ...this.options].map(String);
    const environment = { ...process.env, SOURCE_DATE_EPOCH: "1800000000" };
    this.process = spawn(program, args, { env: environment, stdio: ["ignore", "pipe", "ignore"] });
    let said = "";
    for await (const text of this.process.stdout) {
      said += text;
      if (said.includes("Ctrl-C")) break;
    }
    this.url = `http://127.0.0.1:${this.port}/library/`;
  }

  async stop() {
    if (!this.process) return;
    const ended = once(this.process, "exit");
    this.process.kill("SIGINT");
    await ended;
    this.process = null;
  }

  async remove() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function article(change = {}) {
  const { title = "The slow season", last = "The end.", more = "" } = change;
  const filler = Array.from({ length: 60 }, (_, n) => `Paragraph number ${n} says a little.`).join("\n\n");
  return `---\ntitle: ${title}\ndate: 2026-01-02\nindustries: [hvac]\n---\n<details id="tip"><summary>A tip</summary>Ask early.</details>\n\n![Two hands](hands.svg)\n\n${filler}\n\n${last}\n${more}`;
}

const picture = (colour) => `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="${colour === "red" ? 40 : 80}"><rect width="40" height="80" fill="${colour}"/></svg>`;

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

// Ways to make a change.
const ways = {
  restarted: async (lab, edit) => {
    await lab.stop();
    edit();
    await lab.start();
  },
  saved: async (lab, edit) => edit(),
};

const tests = [];
const test = (name, run, { only = Object.keys(ways), files, options } = {}) => tests.push({ name, run, only, files, options });

// Leaves a sign on a page that is lost when it is loaded again.
const leaveSign = (page) => page.evaluate(() => { window.sign = true; });
const hasSign = (page) => page.evaluate(() => window.sign === true);
const sees = (page, text) => page.waitForFunction((text) => document.body.innerText.includes(text), text, { timeout: patience });
const panel = (page) => page.locator("goodturn-preview");
const isReady = (page) => page.waitForLoadState("networkidle").catch(() => {});

async function open(lab, context, address) {
  const page = await context.newPage();
  await page.goto(lab.url + address);
  // The line to the server never ends, so the network is never idle for long.
  await page.waitForTimeout(300);
  await leaveSign(page);
  return page;
}

test("a change of text comes in place, and everything else stays", async ({ lab, context, change }) => {
  const page = await open(lab, context, "slow/");
  await page.locator("#tip summary").click();
  await page.evaluate(() => {
    document.querySelector(".short").value = "typed";
    document.documentElement.dataset.theme = "chosen";
    document.querySelector(".prose").append(Object.assign(document.createElement("p"), { id: "by-script", textContent: "by a script" }));
    scrollTo({ top: 900, behavior: "instant" });
  });
  const before = await page.evaluate(() => scrollY);
  assert.ok(before > 500);
  await change(() => lab.write("content/slow.md", article({ last: "Another end.", more: "\n- one more\n- and two\n" })));
  await sees(page, "Another end.");
  await sees(page, "and two");
  const after = await page.evaluate(() => ({
    sign: window.sign, scroll: scrollY, open: document.querySelector("#tip").open,
    typed: document.querySelector(".short").value, theme: document.documentElement.dataset.theme,
    script: document.querySelector("#by-script")?.textContent, old: document.body.innerText.includes("The end."),
  }));
  assert.deepEqual(after, { sign: true, scroll: before, open: true, typed: "typed", theme: "chosen", script: "by a script", old: false });
  // And once more, from there.
  await change(() => lab.write("content/slow.md", article({ last: "A third end." })));
  await sees(page, "A third end.");
  assert.ok(await hasSign(page));
  assert.equal(await page.locator("#by-script").count(), 1);
  assert.ok(!await page.evaluate(() => document.body.innerText.includes("and two")));
  // What is seen is what the server has.
  const [live, fresh] = await page.evaluate(async () => {
    document.querySelector("#by-script").remove();
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    return [document.querySelector("main").textContent, page.querySelector("main").textContent];
  });
  assert.equal(live, fresh);
});

test("a change of title comes to its page and to lists", async ({ lab, context, change }) => {
  const list = await open(lab, context, "");
  const page = await open(lab, context, "slow/");
  await change(() => lab.write("content/slow.md", article({ title: "The quiet season" })));
  await page.waitForFunction(() => document.title.includes("quiet"), null, { timeout: patience });
  await sees(page, "The quiet season");
  await list.bringToFront();
  await sees(list, "The quiet season");
  assert.ok(await hasSign(page) && await hasSign(list));
});

test("a page that a change does not touch is left alone", async ({ lab, context, change }) => {
  const page = await open(lab, context, "other/");
  const watched = await open(lab, context, "slow/");
  const changes = await page.evaluateHandle(() => {
    const changes = [];
    new MutationObserver((list) => changes.push(...list.filter(({ target }) => !target.contains(document.querySelector("goodturn-preview"))).map(({ target }) => target.nodeName)))
      .observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
    return changes;
  });
  await change(() => lab.write("content/slow.md", article({ last: "Another end." })));
  await sees(watched, "Another end.");
  await page.bringToFront();
  await page.waitForTimeout(1500);
  assert.ok(await hasSign(page));
  const told = (await changes.jsonValue()).filter((name) => !["LINK", "HEAD", "IMG", "HTML"].includes(name));
  assert.deepEqual(told, []);
});

test("a style is swapped without a reload and without a flash", async ({ lab, context, change }) => {
  const page = await open(lab, context, "slow/");
  await page.evaluate(() => {
    window.bare = 0;
    const look = () => {
      if (![...document.styleSheets].some((sheet) => sheet.href)) window.bare++;
      requestAnimationFrame(look);
    };
    look();
  });
  await change(() => lab.write("static/style.css", "body { background: rgb(1, 2, 3) }"));
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)", null, { timeout: patience });
  await page.waitForFunction(() => document.querySelectorAll("link[rel~=stylesheet]").length === 1, null, { timeout: patience });
  assert.equal(await page.evaluate(() => window.bare), 0);
  assert.ok(await hasSign(page));
});

test("a picture is swapped", async ({ lab, context, change }) => {
  const page = await open(lab, context, "slow/");
  await page.waitForFunction(() => document.querySelector(".prose img").naturalHeight === 40);
  await change(() => lab.write("content/hands.svg", picture("blue")));
  await page.waitForFunction(() => document.querySelector(".prose img").naturalHeight === 80, null, { timeout: patience });
  assert.ok(await hasSign(page));
});

test("an error is shown over the page, and goes away by itself", async ({ lab, context, change, photo }) => {
  const page = await open(lab, context, "slow/");
  await change(() => lab.write("content/slow.md", article().replace("[hvac]", "[hvaac]")));
  const alert = panel(page).getByRole("alertdialog");
  await alert.waitFor({ timeout: patience });
  const text = await alert.innerText();
  for (const part of ["1 error", "unknown industry `hvaac`", "content/slow.md:4:14", "industries: [hvaac]", "did you mean `hvac`"]) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  await photo(page, "error");
  await page.keyboard.press("Escape");
  await alert.waitFor({ state: "hidden" });
  const again = panel(page).getByRole("button", { name: "1 error" });
  await photo(page, "put-aside");
  await again.click();
  await alert.waitFor();
  await page.emulateMedia({ media: "print" });
  assert.ok(!await alert.isVisible());
  await page.emulateMedia({ media: null });
  await panel(page).getByRole("button", { name: "Put aside" }).click();
  await alert.waitFor({ state: "hidden" });
  // The next other error comes up again.
  await change(() => lab.write("content/slow.md", article().replace("[hvac]", "[rooofing]")));
  await alert.waitFor({ timeout: patience });
  assert.ok((await alert.innerText()).includes("rooofing"));
  await change(() => lab.write("content/slow.md", article({ last: "Mended." })));
  await sees(page, "Mended.");
  await panel(page).waitFor({ state: "detached", timeout: patience });
  assert.ok(await hasSign(page));
});

test("a library that cannot be loaded at all shows why, and heals", async ({ lab, context, change, photo }) => {
  const page = await open(lab, context, "slow/");
  const settings = "title: Shelf\nbase_url: https://shelf.example/library/\nauthor: Ann\n";
  await change(() => lab.write("goodturn.yaml", settings + "tittle: x\n"));
  const shown = await page.waitForFunction(() => document.querySelector("goodturn-preview")?.shadowRoot.textContent.includes("tittle")
    || document.body.innerText.includes("tittle"), null, { timeout: patience });
  assert.ok(shown);
  await photo(page, "nothing");
  await change(() => lab.write("goodturn.yaml", settings.replace("Shelf", "Mended shelf")));
  await sees(page, "Mended shelf");
  await sees(page, "Paragraph number 3");
  await panel(page).waitFor({ state: "detached", timeout: patience });
});

test("warnings are a badge that unfolds", async ({ lab, context, change, photo }) => {
  const page = await open(lab, context, "slow/");
  await change(() => lab.write("content/slow.md", article().replace("industries:", "summry: red\nindustries:")));
  const badge = panel(page).locator("summary");
  await badge.waitFor({ timeout: patience });
  assert.equal(await badge.innerText(), "1 warning");
  await photo(page, "badge");
  await badge.click();
  assert.ok((await panel(page).locator("details").innerText()).includes("content/slow.md:4:1"));
  await photo(page, "badge-open");
  await change(() => lab.write("content/slow.md", article()));
  await panel(page).waitFor({ state: "detached", timeout: patience });
});

test("eight tabs stay up to date over one connection", async ({ lab, context, change }) => {
  const pages = [];
  for (let n = 0; n < 8; n++) pages.push(await open(lab, context, "slow/"));
  await change(() => lab.write("content/slow.md", article({ last: "For all of you." })));
  for (const page of pages) {
    await page.bringToFront();
    await sees(page, "For all of you.");
    assert.ok(await hasSign(page));
  }
  // A ninth one is still answered.
  await open(lab, context, "other/");
});

test("while the server is away there is a sign", async ({ lab, context, photo }) => {
  const page = await open(lab, context, "slow/");
  await lab.stop();
  const sign = panel(page).getByRole("status");
  await sign.waitFor({ timeout: patience });
  await photo(page, "away");
  await lab.start();
  await panel(page).waitFor({ state: "detached", timeout: patience });
  assert.ok(await hasSign(page));
}, { only: ["restarted"] });

test("a page that is not there comes up once it is", async ({ lab, context, change }) => {
  const page = await open(lab, context, "new-one/");
  await sees(page, "This page is not here");
  await change(() => lab.write("content/new-one.md", "---\ntitle: A new one\ngeneral: true\n---\nHere it is.\n"));
  await sees(page, "Here it is.");
});

test("the browser follows to what was saved", async ({ lab, context, change }) => {
  const hidden = await open(lab, context, "");
  const page = await open(lab, context, "other/");
  await change(() => lab.write("content/slow.md", article({ last: "Followed." })));
  await page.waitForURL("**/library/slow/", { timeout: patience });
  await sees(page, "Followed.");
  assert.ok(new URL(hidden.url()).pathname === "/library/");
}, { only: ["saved"], options: ["--follow"] });

test("a strict policy for content changes nothing", async ({ lab, context, change }) => {
  const page = await context.newPage();
  const told = [];
  page.on("console", (message) => message.type() === "error" && told.push(message.text()));
  await page.route("**/slow/", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), "content-security-policy": "default-src 'self'" } });
  });
  await page.goto(`${lab.url}slow/`);
  await page.waitForTimeout(300);
  await leaveSign(page);
  await change(() => lab.write("content/slow.md", article({ last: "Strictly." }).replace("industries:", "summry: red\nindustries:")));
  await sees(page, "Strictly.");
  assert.ok(await hasSign(page));
  await panel(page).locator("summary").waitFor({ timeout: patience });
  assert.equal(await panel(page).locator("summary").evaluate((node) => getComputedStyle(node).fontWeight), "600");
  assert.deepEqual(told.filter((text) => /policy/i.test(text)), []);
});

const chosen = process.argv.slice(2).filter((word) => word in ways);
const wanted = process.argv.slice(2).filter((word) => !(word in ways));
const profile = mkdtempSync(join(tmpdir(), "goodturn-chromium-"));
const started = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});
const browser = started.browser() ?? started;
let failed = 0, passed = 0;
for (const way of chosen.length > 0 ? chosen : Object.keys(ways)) {
  for (const { name, run, only, files, options } of tests) {
    if (!only.includes(way) || !wanted.every((word) => name.includes(word))) continue;
    const lab = new Lab({ "content/hands.svg": picture("red"), ...files }, options);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const thrown = [];
    context.on("weberror", (error) => thrown.push(error.error()));
    const photo = (page, label) => takePhotos(page, `${way}-${label}`);
    try {
      await lab.start();
      await run({ lab, context, photo, change: (edit) => ways[way](lab, edit) });
      assert.deepEqual(thrown, []);
      passed++;
      if (wanted.length > 0) console.log(`${way}: ${name}: well`);
    } catch (error) {
      failed++;
      console.error(`${way}: ${name}: ${error.stack}`);
    }
    await context.close();
    await lab.remove();
  }
}
await started.close();
rmSync(profile, { recursive: true, force: true });
console.log(`${passed} tests of the preview in the browser passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function takePhotos(page, label) {
  if (!album) return;
  mkdirSync(album, { recursive: true });
  for (const colorScheme of ["light", "dark"]) {
    for (const [size, viewport] of [["phone", { width: 390, height: 780 }], ["desktop", { width: 1280, height: 900 }]]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      await page.screenshot({ path: join(album, `${label}-${size}-${colorScheme}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: null });
}
