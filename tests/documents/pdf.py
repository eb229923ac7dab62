#!/usr/bin/env python3
"""Checks a report.pdf with an independent reader (pikepdf): what PDF/UA-1 asks for and our own writer promises.

Usage: pdf.py REPORT.pdf [DATE-OF-THE-DATA]

Prints a line for every check and stops with exit code 1 if one fails. Needs `pip install pikepdf`.
"""

import re
import sys
from collections import Counter

import pikepdf

TODAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


class Checks:
    """What was looked at, and what was wrong."""

    def __init__(self):
        self.failed = 0

    def that(self, what, holds, detail=""):
        print(f"{'ok  ' if holds else 'FAIL'}  {what}{f': {detail}' if detail != '' else ''}")
        self.failed += not holds


def elements(node, path=()):
    """Every structure element below a node, with the names of those around it, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child, path)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        name = str(node.S)[1:]
        yield name, node, path
        if "/K" in node:
            yield from elements(node.K, (*path, name))


def holds_content(element):
    """True if an element holds marked content of its own, not only other elements."""
    children = element.get("/K", [])
    children = children if isinstance(children, pikepdf.Array) else [children]
    return any(not isinstance(child, pikepdf.Dictionary) for child in children)


def attributes(element):
    """The attribute dictionaries of an element as one."""
    found = element.get("/A", [])
    merged = {}
    for owner in [found] if isinstance(found, pikepdf.Dictionary) else found:
        if isinstance(owner, pikepdf.Dictionary):
            merged.update({key: owner[key] for key in owner.keys()})
    return merged


def cells(table):
    """Rows of a table as lists of (name, element)."""
    for name, row, _ in elements(table.K):
        if name == "TR":
            yield [(kind, cell) for kind, cell, path in elements(row.K) if kind in ("TH", "TD") and not path]


def bookmarks(outline):
    """Titles of the outline, depth first."""
    for item in outline:
        yield item.title
        yield from bookmarks(item.children)


def fonts(pdf):
    """Every font that a page or a form on it uses, once."""
    seen = {}

    def collect(resources, depth=0):
        for font in (resources.get("/Font", {}) or {}).values():
            seen[font.objgen] = font
        for form in (resources.get("/XObject", {}) or {}).values():
            if depth < 5 and "/Resources" in form:
                collect(form.Resources, depth + 1)

    for page in pdf.pages:
        collect(page.get("/Resources", {}))
    return list(seen.values())


def embedded(font):
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = inner.get("/FontDescriptor", {})
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def document(pdf, checks, as_of):
    root = pdf.Root
    checks.that("language", str(root.get("/Lang", "")) == "sv-SE", root.get("/Lang", "none"))
    checks.that("marked", root.get("/MarkInfo", {}).get("/Marked", False) is True)
    checks.that("title shown in the window", root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False) is True)
    with pdf.open_metadata() as metadata:
        checks.that("XMP: PDF/UA part 1", metadata.get("pdfuaid:part") == "1")
        archive = (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance"))
        checks.that("XMP: PDF/A-2a", archive == ("2", "A"), "-".join(map(str, archive)))
        checks.that("XMP: title", bool(metadata.get("dc:title")), metadata.get("dc:title"))
        stamps = [metadata.get(key) for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate")]
    info = [str(pdf.docinfo.get(key, "")) for key in ("/CreationDate", "/ModDate")]
    days = {"-".join(TODAY.match(stamp).groups()) for stamp in info if TODAY.match(stamp)}
    days |= {stamp[:10] for stamp in stamps if stamp}
    clock = [stamp for stamp in info if stamp and "000000" not in stamp]
    clock += [stamp for stamp in stamps if stamp and "T00:00:00" not in stamp]
    checks.that("no time of a clock", not clock, ", ".join(clock) or "midnight only")
    checks.that("one date, that of the data", len(days) == 1 and (as_of is None or days == {as_of}), ", ".join(sorted(days)))


def structure(pdf, checks):
    tree = list(elements(pdf.Root.StructTreeRoot.K)) if "/StructTreeRoot" in pdf.Root else []
    names = Counter(name for name, _, _ in tree)
    checks.that("structure tree", bool(tree), ", ".join(f"{count} {name}" for name, count in names.most_common()))
    loose = [name for name, element, _ in tree if name in ("Document", "Part", "Sect", "Div") and holds_content(element)]
    checks.that("text stands in paragraphs, headings, cells or items", not loose, f"{len(loose)} loose")
    figures = [element for name, element, _ in tree if name == "Figure"]
    silent = [element for element in figures if not str(element.get("/Alt", "")).strip()]
    checks.that("every figure has alternative text", not silent, f"{len(figures)} figures, {len(silent)} without")
    levels = [int(name[1]) for name, _, _ in tree if re.fullmatch("H[1-6]", name)]
    skips = [pair for pair in zip([0, *levels], levels) if pair[1] > pair[0] + 1]
    checks.that("no heading level is skipped", bool(levels) and not skips, f"{len(levels)} headings, {len(skips)} skips")
    captions = [path for name, _, path in tree if name == "Caption"]
    checks.that("captions", bool(captions) or not names["Table"], f"{len(captions)}")
    links = [element for name, element, _ in tree if name == "Link"]
    targets = {annotation.objgen for page in pdf.pages for annotation in page.get("/Annots", [])
               if annotation.Subtype == "/Link"}
    bare = [1 for page in pdf.pages for annotation in page.get("/Annots", [])
            if annotation.Subtype == "/Link" and not str(annotation.get("/Contents", "")).strip()]
    checks.that("links are in the tree and say where they lead", not bare and (bool(links) or not targets),
                f"{len(targets)} links, {len(bare)} silent")


def tables(pdf, checks):
    found = [element for name, element, _ in elements(pdf.Root.StructTreeRoot.K) if name == "Table"]
    without_column, without_row, scopeless, ragged, rows = 0, 0, 0, 0, 0
    for table in found:
        lines = list(cells(table))
        head, body = lines[0], lines[1:]
        rows += len(lines)
        without_column += not all(kind == "TH" for kind, _ in head)
        scopeless += sum("/Scope" not in attributes(cell) for line in lines for kind, cell in line if kind == "TH")
        span = [sum(int(attributes(cell).get("/ColSpan", 1)) for _, cell in line) for line in lines]
        ragged += len(set(span)) != 1
        without_row += sum(len(line) > 1 and line[0][0] != "TH" for line in body)
    checks.that("every table has a row of column headers", not without_column, f"{len(found)} tables, {rows} rows")
    checks.that("every row has its header", not without_row, f"{without_row} without")
    checks.that("every header cell has a scope", not scopeless, f"{scopeless} without")
    checks.that("rows of a table are equally long", not ragged, f"{ragged} tables differ")


def pages(pdf, checks):
    with pdf.open_outline() as outline:
        titles = list(bookmarks(outline.root))
    checks.that("bookmarks", bool(titles), f"{len(titles)}")
    used = fonts(pdf)
    foreign = [str(font.get("/BaseFont", "?")) for font in used if not embedded(font)]
    checks.that("fonts are embedded", bool(used) and not foreign, f"{len(used)} fonts{', not: ' if foreign else ''}{', '.join(foreign)}")
    mute = [font for font in used if "/ToUnicode" not in font]
    checks.that("fonts say what their glyphs mean", not mute, f"{len(mute)} without ToUnicode")
    untabbed = [page for page in pdf.pages if "/Annots" in page and page.get("/Tabs") != "/S"]
    checks.that("tab order follows the structure", not untabbed, f"{len(pdf.pages)} pages")
    active = [key for key in ("/OpenAction", "/AA", "/AcroForm") if key in pdf.Root]
    checks.that("nothing runs and nothing is filled in", not active, ", ".join(active))


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    checks = Checks()
    print(sys.argv[1])
    with pikepdf.open(sys.argv[1]) as pdf:
        document(pdf, checks, sys.argv[2] if len(sys.argv) == 3 else None)
        structure(pdf, checks)
        tables(pdf, checks)
        pages(pdf, checks)
    sys.exit(checks.failed > 0)


if __name__ == "__main__":
    main()
