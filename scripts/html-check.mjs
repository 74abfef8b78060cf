// Opens HTML reports in a browser and uses them as a person does. Arguments: folder of Playwright, browser, folder for
// screenshots, reports. Ends with 1 if anything is wrong.
import { createRequire } from "node:module";
import path from "node:path";

const [home, browserPath, shots, ...reports] = process.argv.slice(2);
const { chromium } = createRequire(path.join(home, "x.js"))("playwright-core");
let failed = 0, passed = 0;

function check(ok, what) {
  if (ok) { passed++; return; }
  failed++;
  console.error("FAILED: " + what);
}

const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: browserPath, args: quiet });

async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const name = path.basename(file);
  page.on("console", m => check(false, `${name}: the console says ${m.text()}`));
  page.on("pageerror", e => check(false, `${name}: ${e.message}`));
  page.on("request", r => check(r.url().startsWith("file:") && r.url().split("#")[0].endsWith(name), `${name}: asks for ${r.url()}`));
  await page.goto("file://" + path.resolve(file));
  return page;
}

const visible = page => page.locator("article:visible").count();

// The filter by level, rule, source and file, against what the attributes of the findings say.
async function filters(file) {
  const name = path.basename(file), page = await open(file);
  const all = await page.$$eval("article", as => as.map(a => ({ ...a.dataset })));
  check(await visible(page) === all.length && all.length > 0, `${name}: not all findings are shown at first`);
  check(await page.locator(".index a").count() === all.length, `${name}: the index is not complete`);
  const shows = async (what, fits) => {
    const want = all.filter(fits).length, got = await visible(page), listed = await page.locator(".index li:visible").count();
    check(got === want && listed === want, `${name}: ${what}: ${got} shown, ${listed} listed, want ${want}`);
    await page.click("button[type=reset]");
    const back = await page.waitForFunction(() => !document.querySelector("article[hidden]"), null, { timeout: 5000 }).catch(() => null);
    check(back, `${name}: reset after ${what}`);
  };
  for (const level of new Set(all.map(a => a.level))) {
    await page.uncheck(`input[value=${level}]`);
    await shows("without " + level, a => a.level !== level);
  }
  for (const rule of [...new Set(all.map(a => a.rule))].slice(0, 4)) {
    await page.selectOption("select[name=rule]", rule);
    await shows("rule " + rule, a => a.rule === rule);
  }
  for (const kind of [...new Set(all.flatMap(a => a.kinds.split(" ")))].filter(k => k).slice(0, 4)) {
    await page.selectOption("select[name=kind]", kind);
    await shows("source " + kind, a => a.kinds.split(" ").includes(kind));
  }
  const part = all[0].files.split("\n")[0].slice(-8).toUpperCase();
  await page.fill("input[name=file]", part);
  await shows("file " + part, a => a.files.toUpperCase().includes(part));
  await page.fill("input[name=file]", "no such file");
  check((await page.textContent("#shown")).startsWith("0 of "), `${name}: the number shown is told`);
  await shows("no file", () => false);
  await page.context().close();
}

// Traces open and close; a link to a finding shows it, whatever is filtered.
async function traces(file) {
  const name = path.basename(file), page = await open(file);
  const total = await page.locator("article details").count();
  await page.click("#close");
  check(await page.locator("article details[open]").count() === 0, `${name}: close all`);
  await page.click("#open");
  check(await page.locator("article details[open]").count() === total, `${name}: open all`);
  await page.click("#close");
  await page.fill("input[name=file]", "no such file");
  const id = await page.locator("article").last().getAttribute("id");
  await page.evaluate(h => { location.hash = h; }, id);
  const last = page.locator("#" + id);
  check(await last.waitFor({ timeout: 5000 }).then(() => true, () => false), `${name}: a linked finding stays hidden`);
  if (await last.locator("details.flow").count() > 0) {
    check(await last.locator("details.flow[open]").count() === 1, `${name}: the trace of a linked finding stays closed`);
  }
  const marked = await page.$$eval("details.flow", ds => ds.filter(d => !d.querySelector(".note")).length);
  check(marked === 0, `${name}: ${marked} traces without a note`);
  await page.context().close();
}

// Nothing reaches over the sides, in any width; dark and light can be read.
async function looks(file) {
  const name = path.basename(file, ".html");
  for (const scheme of ["light", "dark"]) {
    for (const width of [360, 800, 1280, 1920]) {
      const page = await open(file, { viewport: { width, height: 900 }, colorScheme: scheme });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      check(over <= 0, `${name}: ${over} pixels too wide at ${width}`);
      if (width !== 800) { await page.screenshot({ path: path.join(shots, `${name}-${scheme}-${width}.png`) }); }
      if (width === 1280) { await contrast(page, `${name}, ${scheme}`); }
      await page.context().close();
    }
  }
}

// Text must differ from what is behind it, as WCAG AA counts it: 4.5 to 1.
async function contrast(page, name) {
  await page.click("#open");
  const bad = await page.evaluate(() => {
    const rgb = s => (s.match(/[\d.]+/g) || []).map(Number);
    const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = e => {
      for (; e; e = e.parentElement) {
        const c = rgb(getComputedStyle(e).backgroundColor);
        if (c.length === 3 || c[3] === 1) { return c; }
      }
      return [255, 255, 255];
    };
    const seen = {};
    const walk = document.createTreeWalker(document.querySelector("body"), NodeFilter.SHOW_TEXT);
    for (let n = 0; walk.nextNode() && n < 4000; n++) {
      const e = walk.currentNode.parentElement;
      if (!walk.currentNode.data.trim() || ["SCRIPT", "OPTION"].includes(e.tagName)) { continue; }
      const a = light(rgb(getComputedStyle(e).color)), b = light(behind(e));
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) { seen[`${e.tagName}.${e.className} in .${e.parentElement.className}`] = ratio.toFixed(2); }
    }
    return seen;
  });
  check(Object.keys(bad).length === 0, `${name}: hard to read: ${JSON.stringify(bad)}`);
}

// Without scripts everything is there; on paper every trace is open.
async function without(file) {
  const name = path.basename(file, ".html");
  let page = await open(file, { javaScriptEnabled: false });
  check(await page.locator("article").count() === await visible(page) && !await page.locator("#filter").isVisible(), `${name}: without scripts`);
  await page.emulateMedia({ media: "print" });
  const closed = page.locator("article details:not([open]) .note, article details:not([open]) p");
  for (let i = 0; i < Math.min(await closed.count(), 5); i++) {
    check(await closed.nth(i).isVisible(), `${name}: on paper, without scripts, something stays closed`);
  }
  await page.context().close();
  page = await open(file);
  await page.pdf({ path: path.join(shots, name + ".pdf"), format: "A4" });
  await page.context().close();
}

for (const report of reports) {
  await filters(report);
  await traces(report);
  await looks(report);
  await without(report);
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
