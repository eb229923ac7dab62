#!/bin/sh
# Makes the pictures of the README again from the sample jobs. Installs nothing.
# Needs: kvalis on the path (or KVALIS=…), chromium, pdftoppm, LibreOffice (soffice), ImageMagick (convert, montage).
# Run at the root of the repository: sh docs/pictures.sh
set -eu
kvalis=${KVALIS:-kvalis}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for job in analyze norrtalje riskbild; do
  if [ -n "${REPORTS:-}" ]; then cp -r "$REPORTS/$job" "$work/$job"; else
    "$kvalis" run "$job" --fresh --format html,pdf,docx,xlsx --out "$work/$job"; fi
done

small() { convert "$1" -strip -colors 64 -define png:compression-level=9 "$2"; }
pages() { # report.pdf, first and last page, picture
  rm -f "$work"/page-*.png
  pdftoppm -r 62 -f "$2" -l "$3" -png "$1" "$work/page"
  montage "$work"/page-*.png -tile x1 -geometry +8+8 -background '#d9d9d9' "$work/row.png"
  small "$work/row.png" "$4"
}

chromium --headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars --user-data-dir="$work/chromium" \
  --window-size=1280,1500 --screenshot="$work/html.png" "file://$work/analyze/report.html" >/dev/null 2>&1
small "$work/html.png" docs/rapport.png
pages "$work/analyze/report.pdf" 5 7 docs/pdf.png
mkdir "$work/office"
for file in report.docx appendix.xlsx; do
  soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf --outdir "$work/office" \
    "$work/analyze/$file" >/dev/null 2>&1
done
pages "$work/office/report.pdf" 9 11 docs/word.png
pages "$work/office/appendix.pdf" 1 3 docs/excel.png
small "$work/analyze/figures/spc_chart-avvikelser_manad.png" docs/styrdiagram.png
small "$work/norrtalje/figures/strip-ifo.png" docs/jamforelse.png
pages "$work/riskbild/report.pdf" 3 4 docs/riskbild.png
