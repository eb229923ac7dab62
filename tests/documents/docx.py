#!/usr/bin/env python3
"""Checks a report.docx the way Word reads it, knowing nothing of the program that wrote it.

    python3 tests/documents/docx.py [--schema] REPORT.docx…

Standard library only: every part is well-formed; content types cover every part; every relationship resolves and is
used, every used one exists; ids and bookmarks are unique; every REF, PAGEREF and anchor has its bookmark; elements stand
in the order of ECMA-376; styles and numberings that are used are defined; every picture has a description, a PNG and a
drawing; every table a header row, a caption and a grid that its cells follow; headings leave no level out; captions are
counted without holes; the language is Swedish; nothing asks to be updated; nothing but a web page or a mailbox is
pointed at outside.

With --schema the parts are also checked against the schema of the Open XML SDK (PyPI: openxml-audit).
"""

import posixpath
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

# Sequences of ECMA-376 part 1, chapter 17, for elements whose children have an order.
BORDERS = "top start left bottom end right insideH insideV tl2br tr2bl between bar".split()
SEQUENCES = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
        snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""".split(),
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
        vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em
        lang eastAsianLayout specVanish oMath""".split(),
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange""".split(),
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign
        hideMark""".split(),
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr".split(),
    "tr": "tblPrEx trPr tc".split(),
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings""".split(),
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr""".split(),
    "tblStylePr": "pPr rPr tblPr trPr tcPr".split(),
    "styles": "docDefaults latentStyles style".split(),
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup".split(),
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl".split(),
    "lvl": """start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr""".split(),
    "num": "abstractNumId lvlOverride".split(),
    "pBdr": BORDERS,
    "tblBorders": BORDERS,
    "tcBorders": BORDERS,
    "tblCellMar": "top start left bottom end right".split(),
    "sdt": "sdtPr sdtEndPr sdtContent".split(),
    "settings": """writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries
        displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts
        embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader
        bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState
        formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge
        revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride
        styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone
        doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders
        bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing
        drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery
        doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData
        noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter
        noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent
        alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt
        showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids
        mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats
        doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults
        doNotEmbedSmartTags decimalSymbol listSeparator""".split(),
}
# The header and footer references come in any order.
ANY_ORDER = {"sectPr": {"headerReference", "footerReference"}, "tbl": {"bookmarkStart", "bookmarkEnd"}}


class Report:
    """One file and what is wrong with it."""

    def __init__(self, path):
        self.path = path
        self.problems = []
        with zipfile.ZipFile(path) as archive:
            self.say(archive.testzip(), "damaged part")
            names = archive.namelist()
            self.expect(len(names) == len(set(names)), "a part stands in the archive twice")
            self.expect(names == sorted(names), "the parts are not sorted: the bytes would differ")
            times = {info.date_time for info in archive.infolist()}
            self.expect(len(times) == 1, f"parts have different times: {times}")
            self.parts = {name: archive.read(name) for name in names}
        self.trees = {}
        for name, data in self.parts.items():
            if name.endswith((".xml", ".rels")):
                try:
                    self.trees[name] = ET.fromstring(data)
                except ET.ParseError as error:
                    self.problems.append(f"{name} is not well-formed: {error}")

    def expect(self, holds, otherwise):
        if not holds:
            self.problems.append(otherwise)

    def say(self, what, message):
        self.expect(not what, f"{message}: {what}")

    def relations(self, part):
        folder, name = posixpath.split(part)
        tree = self.trees.get(posixpath.join(folder, "_rels", name + ".rels"))
        return [] if tree is None else list(tree)

    def target(self, part, relation):
        target = relation.get("Target")
        joined = target if target.startswith("/") else posixpath.join("/", posixpath.dirname(part), target)
        return posixpath.normpath(joined).lstrip("/")

    # --- the package ---

    def check_package(self):
        types = self.trees["[Content_Types].xml"]
        endings = {node.get("Extension").lower() for node in types.findall(TYPES + "Default")}
        overrides = {node.get("PartName").lstrip("/") for node in types.findall(TYPES + "Override")}
        for name in self.parts:
            if name != "[Content_Types].xml":
                known = name in overrides or name.rpartition(".")[2].lower() in endings
                self.expect(known, f"{name} has no content type")
                plain = name.endswith(".xml") and name not in overrides
                self.expect(not plain, f"{name} has the content type of any XML")
        self.say(sorted(overrides - set(self.parts)), "content types of parts that are not there")
        reached = {"[Content_Types].xml"}
        self.follow("", reached)
        self.say(sorted(set(self.parts) - reached), "parts that nothing points at")

    def follow(self, part, reached):
        folder, name = posixpath.split(part)
        relations = self.relations(part)
        if relations:
            reached.add(posixpath.join(folder, "_rels", name + ".rels"))
        ids = [relation.get("Id") for relation in relations]
        self.expect(len(ids) == len(set(ids)), f"{part}: a relationship's id is there twice")
        for relation in relations:
            if relation.get("TargetMode") == "External":
                web = re.match(r"(https?://|mailto:)", relation.get("Target"), re.I)
                self.expect(web, f"{part} points outside at {relation.get('Target')}")
                continue
            target = self.target(part, relation)
            self.expect(target in self.parts, f"{part} points at {target}, which is not there")
            if target not in reached:
                reached.add(target)
                self.follow(target, reached)
        if part in self.trees:
            used = {
                value
                for node in self.trees[part].iter()
                for key, value in node.attrib.items()
                if key.startswith(R)
            }
            self.say(sorted(used - set(ids)), f"{part} uses relationships that it has not")

    # --- the order of elements ---

    def check_order(self):
        for name, tree in self.trees.items():
            if name.startswith("word/") and name.endswith(".xml"):
                for node in tree.iter():
                    self.check_children(name, node)

    def check_children(self, part, node):
        if not isinstance(node.tag, str) or not node.tag.startswith(W):
            return
        kind = node.tag[len(W):]
        if kind == "tc" and len(node):
            self.expect(node[-1].tag == W + "p", f"{part}: a cell does not end with a paragraph")
        if kind == "p":
            self.expect(all(child.tag != W + "pPr" for child in list(node)[1:]), f"{part}: pPr is not first in p")
        if kind == "r":
            self.expect(all(child.tag != W + "rPr" for child in list(node)[1:]), f"{part}: rPr is not first in r")
        sequence = SEQUENCES.get(kind)
        if sequence is None:
            return
        any_order = ANY_ORDER.get(kind, set())
        last = -1
        for child in node:
            if not child.tag.startswith(W):
                continue
            name = child.tag[len(W):]
            if name not in sequence:
                self.problems.append(f"{part}: {name} has no place in {kind}")
                continue
            if name in any_order:
                continue
            place = sequence.index(name)
            self.expect(place >= last, f"{part}: {name} stands too late in {kind}")
            last = max(last, place)

    # --- the text ---

    def check_text(self):
        self.text = self.trees["word/document.xml"]
        self.check_ids()
        self.check_references()
        self.check_styles()
        self.check_pictures()
        self.check_tables()
        self.check_headings()
        self.check_captions()
        self.check_fields()

    def values(self, tag, attribute, tree=None):
        return [node.get(attribute) for node in (self.text if tree is None else tree).iter(tag)]

    def unique(self, values, what):
        self.say(sorted({value for value in values if values.count(value) > 1}), f"{what} more than once")

    def check_ids(self):
        starts = self.values(W + "bookmarkStart", W + "id")
        self.unique(starts, "id of a bookmark")
        self.expect(sorted(starts) == sorted(self.values(W + "bookmarkEnd", W + "id")), "a bookmark does not end")
        names = self.values(W + "bookmarkStart", W + "name")
        self.unique(names, "name of a bookmark")
        self.say([name for name in names if len(name) > 40 or not re.fullmatch(r"\w+", name)], "names that Word refuses")
        self.unique(self.values(WP + "docPr", "id"), "id of a picture")
        self.bookmarks = set(names)

    def check_references(self):
        codes = [node.text or "" for node in self.text.iter(W + "instrText")]
        referred = [code.split()[1] for code in codes if code.split()[:1] in (["REF"], ["PAGEREF"])]
        self.say(sorted(set(referred) - self.bookmarks), "fields that refer to nothing")
        anchors = [anchor for anchor in self.values(W + "hyperlink", W + "anchor") if anchor]
        self.say(sorted(set(anchors) - self.bookmarks), "links to nothing")
        self.referred = referred

    def check_styles(self):
        styles = self.trees["word/styles.xml"]
        ids = self.values(W + "style", W + "styleId", styles)
        self.unique(ids, "id of a style")
        self.unique([(node.get(W + "type"), node.find(W + "name").get(W + "val")) for node in styles.iter(W + "style")], "name of a style")
        edges = [tree for name, tree in self.trees.items() if re.match(r"word/(header|footer)\d+\.xml", name)]
        used = set()
        for tree in [self.text, styles, *edges]:
            for tag in ["pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"]:
                used |= set(self.values(W + tag, W + "val", tree))
        self.say(sorted(used - set(ids)), "styles that are used and not defined")
        self.language = [node.get(W + "val") for node in styles.find(W + "docDefaults").iter(W + "lang")]
        self.expect(self.language == ["sv-SE"], f"the language of the styles is {self.language}")
        theme_language = self.values(W + "themeFontLang", W + "val", self.trees["word/settings.xml"])
        self.expect(theme_language == ["sv-SE"], f"the language of the settings is {theme_language}")
        numbering = self.trees.get("word/numbering.xml")
        numbers = set() if numbering is None else set(self.values(W + "num", W + "numId", numbering))
        used = set(self.values(W + "numId", W + "val")) - {"0"}
        self.say(sorted(used - numbers), "lists without numbering")
        core = self.trees["docProps/core.xml"]
        facts = {node.tag.split("}")[1]: node.text for node in core}
        self.expect((facts.get("title") or "").strip(), "the document has no title")
        self.expect(facts.get("language") == "sv-SE", "the document has no language")

    def check_pictures(self):
        relations = {relation.get("Id"): self.target("word/document.xml", relation) for relation in self.relations("word/document.xml")}
        width = max(int(node.get(W + "w")) - 1 for node in self.text.iter(W + "pgSz")) * 635
        for drawing in self.text.iter(W + "drawing"):
            properties = next(drawing.iter(WP + "docPr"))
            name = properties.get("name")
            self.expect((properties.get("descr") or "").strip(), f"{name} has no description")
            figure = name.startswith("Figur ")
            png = [relations[blip.get(R + "embed")] for blip in drawing.iter(A + "blip")]
            svg = [relations[blip.get(R + "embed")] for blip in drawing.iter(SVG + "svgBlip")]
            self.expect(png and self.parts[png[0]].startswith(b"\x89PNG"), f"{name} has no PNG")
            self.expect(svg or not figure, f"{name} has no SVG")
            self.expect(not svg or b"viewBox=" in self.parts[svg[0]][:600], f"{name} would be cut instead of scaled")
            self.expect(not svg or b"<text" not in self.parts[svg[0]], f"{name} has letters in a typeface that Word may not have")
            extent = next(drawing.iter(WP + "extent"))
            self.expect(0 < int(extent.get("cx")) <= width and int(extent.get("cy")) > 0, f"{name} is wider than the page")

    def check_tables(self):
        for index, table in enumerate(self.text.iter(W + "tbl"), 1):
            rows = table.findall(W + "tr")
            name = f"table {index}"
            caption = table.find(f"{W}tblPr/{W}tblCaption")
            self.expect(caption is not None and caption.get(W + "val"), f"{name} has no title")
            self.expect(rows and rows[0].find(f"{W}trPr/{W}tblHeader") is not None, f"{name} has no header row")
            self.expect(rows and rows[0].find(f"{W}trPr/{W}cantSplit") is not None, f"{name}: its header row can be cut")
            self.expect(len(rows) > 1, f"{name} has no rows")
            grid = [int(column.get(W + "w")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
            self.expect(all(width > 100 for width in grid), f"{name} has a column without width")
            for row in rows:
                cells = row.findall(W + "tc")
                spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in cells]
                columns = sum(1 if span is None else int(span.get(W + "val")) for span in spans)
                self.expect(columns == len(grid), f"{name}: a row has {columns} columns of {len(grid)}")
                self.expect(not row.findall(f".//{W}vMerge"), f"{name} has cells merged downwards")
                widths = [int(cell.find(f"{W}tcPr/{W}tcW").get(W + "w")) for cell in cells]
                self.expect(sum(widths) == sum(grid), f"{name}: a row is as wide as {sum(widths)}, not {sum(grid)}")

    def outline(self):
        levels = {}
        for style in self.trees["word/styles.xml"].iter(W + "style"):
            name = style.find(W + "name").get(W + "val").lower()
            if re.fullmatch(r"heading [1-9]", name):
                levels[style.get(W + "styleId")] = int(name[-1])
                level = style.find(f"{W}pPr/{W}outlineLvl")
                self.expect(level is not None and int(level.get(W + "val")) == int(name[-1]) - 1, f"{name} has no outline level")
        return levels

    def check_headings(self):
        levels = self.outline()
        last, count = 0, 0
        for paragraph in self.text.iter(W + "p"):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            level = levels.get(style.get(W + "val")) if style is not None else None
            if level:
                words = "".join(node.text or "" for node in paragraph.iter(W + "t"))
                self.expect(words.strip(), "a heading without words")
                self.expect(level <= last + 1, f"a level is left out before “{words}”")
                last, count = level, count + 1
        self.expect(count > 0, "there is no heading")

    def check_captions(self):
        counted = {}
        for paragraph in self.text.iter(W + "p"):
            codes = [node.text.split() for node in paragraph.iter(W + "instrText")]
            for code in [code for code in codes if code[:1] == ["SEQ"]]:
                words = "".join(node.text or "" for node in paragraph.iter(W + "t")).replace("\xa0", " ")
                counted[code[1]] = counted.get(code[1], 0) + 1
                start = f"{code[1]} {counted[code[1]]}. "
                self.expect(words.startswith(start), f"a caption is not counted: “{words}”, expected “{start}”")
        pictures = len([name for name in self.values(WP + "docPr", "name") if name.startswith("Figur ")])
        self.expect(counted.get("Figur", 0) >= pictures, "a picture has no caption")
        self.counted = counted

    def check_fields(self):
        for name, tree in self.trees.items():
            if not name.startswith("word/"):
                continue
            depth = 0
            for mark in self.values(W + "fldChar", W + "fldCharType", tree):
                depth += {"begin": 1, "end": -1}.get(mark, 0)
                self.expect(depth in (0, 1), f"{name}: fields inside one another")
            self.expect(depth == 0, f"{name}: a field does not end")
        settings = self.trees["word/settings.xml"]
        self.expect(settings.find(W + "updateFields") is None, "Word would ask whether to update fields")
        self.expect(settings.find(W + "attachedTemplate") is None, "a template is attached")
        footers = "".join(
            " ".join(self.values(W + "fldSimple", W + "instr", tree) + [node.text or "" for node in tree.iter(W + "instrText")])
            for name, tree in self.trees.items()
            if name.startswith("word/footer")
        )
        self.expect("NUMPAGES" in footers or "PAGE" in footers, "no page has a number")
        contents = [node.text for node in self.text.iter(W + "instrText") if (node.text or "").split()[:1] == ["TOC"]]
        self.expect(len(contents) == 1, "there is no field of contents")

    def check(self):
        self.check_package()
        self.check_order()
        self.check_text()


def against_schema(path):
    """What the Open XML SDK's schema says."""
    command = [sys.executable, "-m", "openxml_audit", "--quiet", "--format", "microsoft365", path]
    done = subprocess.run(command, capture_output=True, text=True)
    return [] if done.returncode == 0 else [f"schema: {line}" for line in (done.stdout + done.stderr).splitlines()[:40]]


def main(arguments):
    schema = "--schema" in arguments
    paths = [argument for argument in arguments if not argument.startswith("--")]
    if not paths:
        print(__doc__)
        return 2
    failed = False
    for path in paths:
        report = Report(path)
        report.check()
        problems = report.problems + (against_schema(path) if schema else [])
        for problem in problems[:40]:
            print(f"{path}: {problem}")
        if len(problems) > 40:
            print(f"{path}: {len(problems) - 40} more")
        tables = len(list(report.text.iter(W + "tbl")))
        print(f"{path}: {len(report.parts)} parts, {tables} tables, {report.counted}, {len(report.referred)} references: {len(problems)} problems")
        failed |= bool(problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
