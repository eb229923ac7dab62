// What the report gains with a script: tables that sort, figures and tables that copy. Everything is read without it.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const status = document.createElement("p");
  status.className = "status";
  status.setAttribute("role", "status");
  document.body.append(status);
  let away;
  const say = (text) => {
    // The same words twice are announced twice only if they went away between.
    status.textContent = "";
    clearTimeout(away);
    setTimeout(() => { status.textContent = text; }, 50);
    away = setTimeout(() => { status.textContent = ""; }, 8000);
  };
  const button = (text, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };

  // --- sorting: within groups only; residual rows after the others, totals last
  const level = (row) => Number(/level-(\d)/.exec(row.cells[0]?.className)?.[1] ?? 0);
  const rank = (row) => (row.classList.contains("total") ? 2 : row.classList.contains("residual") ? 1 : 0);
  const families = (rows) => {
    const found = [];
    for (const row of rows) {
      const last = found.at(-1);
      if (last && level(row) > level(last[0])) last.push(row); else found.push([row]);
    }
    return found;
  };
  const key = (row, column) => {
    const cell = row.cells[column];
    if (!cell) return null;
    if (!cell.classList.contains("number")) return cell.textContent.trim();
    return cell.dataset.value === undefined ? null : Number(cell.dataset.value);
  };
  const compare = (one, two) =>
    typeof one === "number" && typeof two === "number" ? one - two : String(one).localeCompare(String(two), "sv", { numeric: true });
  const sorted = (rows, column, direction) => {
    const groups = families(rows).map(([head, ...rest]) => [head, ...(rest.length ? sorted(rest, column, direction) : [])]);
    if (!groups.some(([head]) => head.classList.contains("group"))) {
      groups.sort(([one], [two]) => {
        const [a, b] = [key(one, column), key(two, column)];
        if (rank(one) !== rank(two)) return rank(one) - rank(two);
        // What is missing is neither small nor large.
        if (a === null || b === null) return (a === null) - (b === null);
        return direction * compare(a, b);
      });
    }
    return groups.flat();
  };
  const sortable = (table) => {
    const body = table.tBodies[0];
    const printed = body ? [...body.rows] : [];
    if (printed.length < 3) return;
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, column) => {
      const name = header.textContent.trim();
      const numeric = header.classList.contains("number");
      const sort = button("", "", () => {
        const states = numeric ? ["descending", "ascending", null] : ["ascending", "descending", null];
        const next = states[(states.indexOf(header.getAttribute("aria-sort")) + 1) % 3];
        headers.forEach((other) => other.removeAttribute("aria-sort"));
        if (next) header.setAttribute("aria-sort", next);
        body.append(...(next ? sorted(printed, column, next === "ascending" ? 1 : -1) : printed));
        const order = { ascending: "stigande", descending: "fallande" }[next];
        say(next ? `Sorterad efter ${name}, ${order}.` : "Tabellen står i rapportens ordning.");
      });
      sort.className = "sort";
      sort.append(...header.childNodes);
      header.append(sort);
    });
  };

  // --- copying
  const copyText = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copy");
  };
  const cellText = (cell) => {
    const text = cell.textContent.replace(/\s+/g, " ").trim();
    // Digits that belong together, and the minus that a spreadsheet knows.
    return cell.matches("td.number") ? text.replace(/(\d) (?=\d)/g, "$1").replace(/\u2212/g, "-") : text;
  };
  const tabbed = (table) => all("tr", table).map((row) => [...row.cells].map(cellText).join("\t")).join("\n");
  const drawing = (svg) => {
    const copy = svg.cloneNode(true);
    const { width, height } = svg.viewBox.baseVal;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    return { copy, width, height };
  };
  const withFonts = (copy) => {
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = (document.querySelector("style")?.textContent.match(/@font-face\s*\{[^}]*\}/g) ?? []).join("\n");
    copy.prepend(style);
    return copy;
  };
  const picture = async (svg) => {
    const { copy, width, height } = drawing(svg);
    const image = new Image();
    const text = new XMLSerializer().serializeToString(withFonts(copy));
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("png"))), "image/png"));
  };
  const told = (act, done, failed) => () => act().then(() => say(done), () => say(failed));
  const save = (name, blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  // --- origins: a number becomes a button that copies the command that explains it
  const quoted = (text, windows) => (windows ? `"${text.replace(/"/g, '\\"')}"` : `'${text.replace(/'/g, "'\\''")}'`);
  const command = (origin) => {
    const path = location.protocol === "file:" ? decodeURIComponent(location.pathname) : "report.html";
    const windows = /^\/[A-Za-z]:/.test(path);
    return `kvalis explain ${quoted(windows ? path.slice(1) : path, windows)} ${quoted(origin, windows)}`;
  };
  const tell = (origin) => {
    const text = command(origin);
    copyText(text).then(() => say(`Kopierat: ${text}`), () => say(text));
  };
  const open = (place) => {
    const own = [...place.childNodes].filter((node) => !node.dataset?.origin);
    if (!place.textContent.trim() || place.querySelector(":scope > button.origin")) return;
    const made = button("", "", () => tell(place.dataset.origin));
    made.className = "origin";
    made.title = `Ursprung: ${place.dataset.origin}`;
    place.prepend(made);
    made.append(...own);
  };
  const originsIn = (root, label) => {
    const toggle = button("Visa ursprung", label, () => {
      const shown = toggle.getAttribute("aria-pressed") === "true";
      toggle.setAttribute("aria-pressed", String(!shown));
      if (shown) all("button.origin", root).forEach((made) => made.replaceWith(...made.childNodes));
      else all("[data-origin]", root).forEach(open);
      say(shown ? "Talen visas som vanligt." : "Välj ett tal för att kopiera kommandot som visar dess ursprung.");
    });
    toggle.setAttribute("aria-pressed", "false");
    return toggle;
  };
  const main = document.querySelector("main");
  if (main?.querySelector("[data-origin]")) {
    const tools = document.createElement("p");
    tools.className = "files";
    tools.append(originsIn(main, "Visa ursprung för alla tal"));
    main.prepend(tools);
  }

  for (const figure of all("figure")) {
    const [svg, files, table] = ["svg", ".files", "table"].map((selector) => figure.querySelector(selector));
    const name = figure.querySelector("figcaption .number")?.textContent.replace(".", "").trim() ?? "Figur";
    if (!svg || !files || !table) continue;
    if (navigator.clipboard?.write && window.ClipboardItem) {
      const copy = () => navigator.clipboard.write([new ClipboardItem({ "image/png": picture(svg) })]);
      files.append(button("Kopiera bild", `Kopiera bild av ${name}`, told(copy, `${name} är kopierad som bild.`, `${name} gick inte att kopiera.`)));
    }
    files.append(button("Kopiera data", `Kopiera data till ${name}`, told(() => copyText(tabbed(table)), `Data till ${name} är kopierade.`, `Data till ${name} gick inte att kopiera.`)));
    // The drawing is in this file: it can be saved even when the report was sent without its folder.
    for (const link of all("a[data-kind]", files)) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const text = () => new XMLSerializer().serializeToString(drawing(svg).copy);
        const blob = link.dataset.kind === "svg" ? Promise.resolve(new Blob([text()], { type: "image/svg+xml" })) : picture(svg);
        blob.then((made) => save(link.getAttribute("download"), made), () => say(`${name} gick inte att spara.`));
      });
    }
  }
  for (const block of all(".table")) {
    const table = block.querySelector("table");
    const name = table.caption?.querySelector(".number")?.textContent.replace(".", "").trim() || "tabellen";
    const tools = document.createElement("p");
    tools.className = "files";
    tools.append(button("Kopiera tabell", `Kopiera tabell: ${name}`, told(() => copyText(tabbed(table)), "Tabellen är kopierad.", "Tabellen gick inte att kopiera.")));
    if (block.querySelector("[data-origin]")) tools.append(originsIn(block, `Visa ursprung: ${name}`));
    block.append(tools);
  }
  all("main table").forEach(sortable);

  // --- a region that needs no scrolling is no stop for the keyboard
  const regions = all(".scroll");
  const stops = () => {
    for (const region of regions) {
      if (region.scrollWidth > region.clientWidth + 1) region.tabIndex = 0; else region.removeAttribute("tabindex");
    }
  };
  stops();
  addEventListener("resize", stops);
  all("details").forEach((details) => details.addEventListener("toggle", stops));
})();
