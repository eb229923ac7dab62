#!/usr/bin/env bash
# What programs that are not ours make of the reports of the sample jobs: Word's parts against order and schema, the PDF's
# tags, the pages in a browser under axe, and all office files opened by LibreOffice.
#
#   tests/documents/run.sh FOLDER…     each a run's folder with a report in all formats (default: output/*/*)
#
# Installs what is absent: LibreOffice, poppler and Chromium from Debian, Python packages into an environment of its own
# beside the build, two npm packages (html.sh).
set -euo pipefail
cd "$(dirname "$0")/../.."

tools=${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/kvalis-target}/document-check
mkdir -p "$tools"
tools=$(cd "$tools" && pwd)
if [ $# -eq 0 ]; then set -- output/*/*/; fi

packages=(pikepdf==10.* openxml-audit==0.8.0)
python=$tools/venv/bin/python
if ! grep -qxF "${packages[*]}" "$tools/installed" 2>/dev/null; then
  python3 -m venv --clear "$tools/venv"
  "$python" -m pip install --quiet --disable-pip-version-check "${packages[@]}"
  printf '%s\n' "${packages[*]}" > "$tools/installed"
fi
debian=()
command -v soffice >/dev/null || debian+=(libreoffice-writer libreoffice-calc)
command -v pdfinfo >/dev/null || debian+=(poppler-utils)
command -v chromium >/dev/null || debian+=(chromium)
if [ ${#debian[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${debian[@]}" >&2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for folder in "$@"; do
  echo "-- $folder"
  "$python" tests/documents/docx.py --schema "$folder/report.docx"
  "$python" tests/documents/pdf.py "$folder/report.pdf" > "$work/pdf.txt" || { cat "$work/pdf.txt"; exit 1; }
  echo "report.pdf: $(grep -c '^ok' "$work/pdf.txt") checks hold"
  for file in report.docx appendix.xlsx; do
    soffice -env:UserInstallation="file://$work/office" --headless --convert-to pdf --outdir "$work" "$folder/$file" >"$work/office.log" 2>&1 \
      || { cat "$work/office.log"; exit 1; }
    pages=$(pdfinfo "$work/${file%.*}.pdf" | sed -n 's/^Pages: *//p')
    rm "$work/${file%.*}.pdf"
    echo "$file: LibreOffice opens it, $pages pages"
  done
done
tests/documents/html.sh "$@"
