// Opens one page of each kind in Chromium: axe finds nothing, nothing is asked of another host,
// nothing is said on the console, and everything can be read without JavaScript.
//
//     browser.mjs URL SITE        (served.py fills them in)
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

const require = createRequire(new URL("../browser/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [url, site] = process.argv.slice(2);
const origin = new URL(url).origin;
const phone = { width: 360, height: 740 };
const desktop = { width: 1280, height: 900 };
const problems = [];

const pages = onePageOfEachKind();
const profile = mkdtempSync(join(tmpdir(), "goodturn-chromium-"));
const started = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM,
  headless: true,
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});
const browser = started.browser() ?? started;
try {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [phone, desktop]) {
      await inContext({ colorScheme, viewport }, checkPages);
    }
  }
  await inContext({ javaScriptEnabled: false, viewport: desktop }, checkWithoutScripts);
  await inContext({ viewport: desktop }, checkRedirects);
} finally {
  await started.close();
  rmSync(profile, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
console.log(`${pages.size} kinds of pages (${[...pages.keys()].join(", ")}): ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);

// The longest page of each kind, which the class of <body> names; and of each language.
function onePageOfEachKind() {
  const longest = new Map();
  for (const name of readdirSync(site, { recursive: true })) {
    if (!name.endsWith(".html")) continue;
    const html = readFileSync(join(site, name), "utf8");
    const kind = /<body class="([^"]*)"/.exec(html)?.[1] ?? "none";
    const lang = /<html lang="([^"]*)"/.exec(html)?.[1];
    const address = relative(site, join(site, name)).replace(/index\.html$/, "");
    for (const key of [kind, `home-${lang}`]) {
      if (key.startsWith("home-") && kind !== "on-home") continue;
      if (html.length > (longest.get(key)?.length ?? 0)) {
        longest.set(key, { address, length: html.length });
      }
    }
  }
  return new Map([...longest].map(([kind, { address }]) => [kind, address]));
}

async function inContext(options, check) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const where = () => `${page.url()} (${JSON.stringify(options)})`;
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== origin && !request.url().startsWith("data:")) {
      problems.push(`${where()} asks another host: ${request.url()}`);
    }
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`${where()}: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => problems.push(`${where()}: ${error}`));
  await check(page, where);
  await context.close();
}

async function checkPages(page, where) {
  // Redirects stay where they are while they are looked at.
  await page.route(/\/redirect\.js/, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  for (const [kind, address] of pages) {
    await page.goto(url + address);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, help, nodes } of violations) {
      problems.push(`${kind}: ${where()}: ${id}: ${help}\n  ${nodes.map((node) => node.html).join("\n  ")}`);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (wide) problems.push(`${kind}: ${where()} is wider than the window`);
  }
}

async function checkWithoutScripts(page, where) {
  for (const [kind, address] of pages) {
    if (kind === "on-redirect") continue;
    const answer = await page.goto(url + address);
    const text = await page.locator("main").innerText();
    const heading = await page.locator("h1").first().isVisible();
    if (!answer.ok() || text.trim().length < 20 || !heading) problems.push(`${kind}: ${where()} is empty without JavaScript`);
  }
  await page.goto(url + "check-moved/").catch(() => {});
  await page.waitForURL("**/check-moved-here/", { timeout: 5000 }).catch(() => {
    problems.push(`without JavaScript the old address stays at ${page.url()}`);
  });
}

// Short and old addresses lead on, and keep ?search and #fragment.
async function checkRedirects(page) {
  const resources = JSON.parse(readFileSync(join(site, "resources.json"), "utf8")).resources;
  const article = resources.find((resource) => resource.kind === "article");
  const cases = [
    [article.short_url, article.url],
    [url + "check-moved/", url + "check-moved-here/"],
  ];
  for (const [from, to] of cases) {
    await page.goto(`${from}?a=b#x`).catch(() => {});
    await page.waitForURL(`${to}?a=b#x`, { timeout: 5000 }).catch(() => {
      problems.push(`${from}?a=b#x leads to ${page.url()}, not to ${to}?a=b#x`);
    });
  }
}
