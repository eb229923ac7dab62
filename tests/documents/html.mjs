// Looks at written reports as their readers do. Called by html.sh; exits 1 with a list of what is wrong.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, normalize, resolve } from "node:path";

const load = createRequire(`${process.env.KVALIS_TOOLS}/node_modules/`);
const { chromium } = load("playwright-core");
const axe = await readFile(load.resolve("axe-core/axe.min.js"), "utf8");

const WIDTHS = [320, 390, 1280];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
const wrong = [];
let checked = 0;
const hold = (condition, text) => {
  checked += 1;
  if (!condition) wrong.push(text);
};

/** The run's folder over HTTP: the clipboard wants a page that came from somewhere. */
const serve = async (folder) => {
  const server = createServer(async (request, response) => {
    const name = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)).replace(/^\/+/, "");
    const types = { html: "text/html; charset=utf-8", svg: "image/svg+xml", png: "image/png" };
    try {
      const bytes = await readFile(join(folder, name));
      response.writeHead(200, { "content-type": types[name.split(".").pop()] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { server, url: `http://127.0.0.1:${server.address().port}/report.html` };
};

const open = async (browser, url, options, name) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: false, ...options });
  const page = await context.newPage();
  page.on("console", (message) => hold(message.type() !== "error", `${name}: console: ${message.text()}`));
  page.on("pageerror", (error) => hold(false, `${name}: ${error}`));
  page.on("request", (request) => {
    const known = request.url() === url || /^(data|blob):/.test(request.url()) || request.url().endsWith("/favicon.ico");
    hold(known, `${name}: the page asks for ${request.url()}`);
  });
  await page.goto(url);
  return { context, page };
};

/** axe-core in the page; the page's own policy lets no script in, so it comes by the debugger. */
const violations = async (page, name) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }),
    RULES,
  );
  hold(violations.length === 0, violations.map(({ id, impact, nodes }) =>
    `${name}: ${id} (${impact}), ${nodes.length} times: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`).join("\n"));
};

const accessibility = async (browser, url, name) => {
  for (const width of WIDTHS) {
    const { context, page } = await open(browser, url, { viewport: { width, height: 900 } }, `${name} at ${width}`);
    await violations(page, `${name} at ${width} px`);
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    hold(content <= window, `${name} at ${width} px: the page is ${content} px wide and scrolls sideways`);
    // All data opened: what unfolds has to hold, too.
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
    await violations(page, `${name} at ${width} px, data shown`);
    const unfolded = await page.evaluate(() => document.documentElement.scrollWidth);
    hold(unfolded <= window, `${name} at ${width} px, data shown: the page scrolls sideways (${unfolded} px)`);
    const stuck = await page.evaluate(() => [...document.querySelectorAll(".scroll")]
      .filter((region) => region.scrollWidth > region.clientWidth + 1)
      .filter((region) => region.tabIndex !== 0 || !(region.getAttribute("aria-label") || region.getAttribute("aria-labelledby"))).length);
    hold(stuck === 0, `${name} at ${width} px: ${stuck} regions scroll and cannot be reached or have no name`);
    await context.close();
  }
  for (const options of [{ colorScheme: "light" }, { forcedColors: "active", reducedMotion: "reduce" }]) {
    const { context, page } = await open(browser, url, options, name);
    if (options.colorScheme) await page.emulateMedia({ media: "print" });
    await violations(page, `${name} ${options.colorScheme ? "on paper" : "in forced colours"}`);
    await context.close();
  }
};

/** What has the focus, in a word. */
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const kind = element.matches(".skip") ? "skip" : element.closest(".contents") ? "contents"
    : element.matches("button.sort") ? "sort" : element.matches("summary") ? "summary"
    : element.matches(".files button") ? "copy" : element.matches(".files a") ? "file"
    : element.matches(".scroll") ? "region" : element === document.body ? "body" : "link";
  return { kind, ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0, text: element.textContent.trim().slice(0, 40) };
});

const keyboard = async (browser, url, name) => {
  const { context, page } = await open(browser, url, {}, name);
  const kinds = [];
  for (let step = 0; step < 2000; step += 1) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (at.kind === "body") break;
    hold(at.ring, `${name}: the focus on ${at.kind} “${at.text}” cannot be seen`);
    if (kinds.at(-1) !== at.kind) kinds.push(at.kind);
  }
  hold(kinds[0] === "skip" && kinds[1] === "contents", `${name}: the keyboard comes to ${kinds.slice(0, 3)} first`);
  for (const kind of ["sort", "summary", "copy", "file"]) hold(kinds.includes(kind), `${name}: the keyboard never comes to ${kind}`);
  const order = await page.evaluate(() => {
    const stops = [...document.querySelectorAll("[tabindex]")].filter((element) => element.tabIndex > 0);
    return stops.length;
  });
  hold(order === 0, `${name}: ${order} elements change the order of the keyboard`);
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  await page.focus(".skip");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const inside = await page.evaluate(() => document.activeElement.closest("main") !== null);
  hold(inside, `${name}: the skip link does not lead into the text`);
  await context.close();
};

/** The mode in which a number copies the command that explains it. */
const origins = async (browser, url, name) => {
  const { context, page } = await open(browser, url, { permissions: ["clipboard-read", "clipboard-write"] }, name);
  const before = await page.evaluate(() => document.querySelector("main").innerText);
  const toggle = page.locator("main > .files button", { hasText: "Visa ursprung" });
  await toggle.click();
  await violations(page, `${name}, origins shown`);
  const [places, buttons] = await page.evaluate(() => [
    [...document.querySelectorAll("main [data-origin]")].filter((place) => place.textContent.trim()).length,
    document.querySelectorAll("main button.origin").length,
  ]);
  hold(places === buttons && buttons > 10, `${name}: ${buttons} of ${places} numbers can be chosen`);
  const number = page.locator(".table td.number > button.origin").first();
  const origin = await number.evaluate((button) => button.parentElement.dataset.origin);
  await number.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent.startsWith("Kopierat: kvalis explain"), null, { timeout: 3000 })
    .catch(() => hold(false, `${name}: copying an origin is not announced`));
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  hold(copied === `kvalis explain 'report.html' '${origin.replace(/'/g, "'\\''")}'`, `${name}: the command is ${copied}`);
  await toggle.click();
  const after = await page.evaluate(() => document.querySelector("main").innerText);
  hold(after === before, `${name}: the numbers do not stand as before`);
  await context.close();
};

const script = async (browser, url, name) => {
  const { context, page } = await open(browser, url, { permissions: ["clipboard-read", "clipboard-write"], acceptDownloads: true }, name);
  // Every table by every column, both ways: no row lost, totals last, groups with their rows, numbers in order.
  const faults = await page.evaluate(() => {
    const faults = [];
    const level = (row) => Number(/level-(\d)/.exec(row.cells[0].className)?.[1] ?? 0);
    const parents = (table) => {
      const found = new Map();
      let group = "";
      for (const row of table.tBodies[0].rows) {
        if (level(row) === 0) group = row.cells[0].textContent;
        found.set(`${row.cells[0].textContent}`, level(row) === 0 ? "" : group);
      }
      return JSON.stringify([...found].sort());
    };
    for (const table of document.querySelectorAll("main table")) {
      const rows = () => [...table.tBodies[0].rows];
      const texts = () => JSON.stringify(rows().map((row) => row.textContent));
      const [before, text, family] = [rows().length, texts(), parents(table)];
      const grouped = table.querySelector("tr.group") !== null;
      [...table.querySelectorAll("button.sort")].forEach((button, column) => {
        for (let press = 0; press < 2; press += 1) {
          button.click();
          const header = button.closest("th");
          const [now, direction] = [rows(), header.getAttribute("aria-sort")];
          if (table.querySelectorAll("[aria-sort]").length !== 1) faults.push("aria-sort");
          if (now.length !== before) faults.push("rows");
          if (parents(table) !== family) faults.push("groups");
          const totals = now.findIndex((row) => row.classList.contains("total"));
          if (totals >= 0 && totals !== now.length - 1) faults.push("total");
          if (!grouped && header.classList.contains("number")) {
            const parts = now.filter((row) => !row.matches(".total, .residual"));
            const values = parts.map((row) => row.cells[column].dataset.value).filter((value) => value !== undefined).map(Number);
            const sign = direction === "ascending" ? 1 : -1;
            if (values.some((value, at) => at > 0 && sign * (value - values[at - 1]) < 0)) faults.push(`order of ${table.caption.textContent}`);
          }
        }
        button.click();
        if (texts() !== text) faults.push("the third press does not restore the order");
      });
    }
    return [...new Set(faults)];
  });
  hold(faults.length === 0, `${name}: sorting: ${faults.join(", ")}`);
  const sort = page.locator(".table button.sort").first();
  await sort.click();
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent.startsWith("Sorterad efter"), null, { timeout: 3000 })
    .catch(() => hold(false, `${name}: sorting is not announced`));
  await page.locator("figure .files button", { hasText: "Kopiera data" }).first().click();
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent.includes("kopierade"), null, { timeout: 3000 })
    .catch(() => hold(false, `${name}: copying data is not announced`));
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const rows = await page.evaluate(() => document.querySelector("figure table").rows.length);
  hold(copied.split("\n").length === rows && copied.includes("\t"), `${name}: the data that are copied are not the table`);
  await page.locator("figure .files button", { hasText: "Kopiera bild" }).first().click();
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent.includes("som bild"), null, { timeout: 10000 })
    .catch(() => hold(false, `${name}: copying a picture is not announced`));
  const size = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return item.types.includes("image/png") ? (await item.getType("image/png")).size : 0;
  });
  hold(size > 5000, `${name}: the copied picture has ${size} bytes`);
  for (const kind of ["svg", "png"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`figure a[data-kind=${kind}]`).first().click()]);
    const bytes = await readFile(await download.path());
    hold(bytes.length > 1000 && download.suggestedFilename().endsWith(kind), `${name}: the saved ${kind} is empty`);
  }
  await context.close();
};

const scriptless = async (browser, url, name) => {
  const { context, page } = await open(browser, url, { javaScriptEnabled: false }, name);
  const html = await page.content();
  hold(!/<button/.test(html), `${name}: a button stands there that needs a script`);
  for (const figure of await page.locator("figure").all()) {
    if (await figure.locator("svg").count() === 0) continue;
    await figure.locator("summary").click();
    hold(await figure.locator("table").isVisible(), `${name}: data of a figure cannot be shown without script`);
    for (const kind of ["svg", "png", "csv"]) {
      const href = await figure.locator(`a[download$=".${kind}"]`).getAttribute("href");
      if (href.startsWith("data:")) continue;
      const answer = await context.request.get(new URL(href, url).href);
      hold(answer.ok(), `${name}: ${href} is not beside the report`);
    }
  }
  const origins = await page.locator("td.number[data-origin]").count();
  hold(origins > 10, `${name}: only ${origins} numbers say where they came from`);
  await context.close();
};

const browser = await chromium.launch({
  executablePath: process.env.KVALIS_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
for (const folder of process.argv.slice(2)) {
  const name = folder.replace(/\/$/, "").split("/").slice(-2).join("/");
  const { server, url } = await serve(resolve(folder));
  for (const look of [accessibility, keyboard, script, origins, scriptless]) await look(browser, url, name);
  server.close();
}
await browser.close();
console.log(`html: ${process.argv.length - 2} reports, ${checked} checks, ${wrong.length} wrong`);
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
