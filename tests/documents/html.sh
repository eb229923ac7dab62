#!/usr/bin/env bash
# The three sample reports in headless Chromium: WCAG 2.1 AA by axe-core at phone, tablet and desk width and on paper,
# the keyboard's way through the page, sorting and copying, and the page without script.
#
#   tests/documents/html.sh FOLDER…     each a run's folder with a report.html (default: output/*/*)
#
# Needs node and Chromium; installs what is absent: two npm packages into the build's folder, Chromium from Debian.
set -euo pipefail
cd "$(dirname "$0")/../.."

here=$PWD/tests/documents
tools=${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/kvalis-target}/html-check
packages=(playwright-core@1.65.1 axe-core@4.14.1)

mkdir -p "$tools"
tools=$(cd "$tools" && pwd)
if ! grep -qxF "${packages[*]}" "$tools/installed" 2>/dev/null; then
  npm install --prefix "$tools" --no-save --no-audit --no-fund --ignore-scripts "${packages[@]}" >&2
  printf '%s\n' "${packages[*]}" > "$tools/installed"
fi
if ! command -v chromium >/dev/null; then
  apt-get update -qq && apt-get install -y -qq chromium >&2
fi

if [ $# -eq 0 ]; then set -- output/*/*/; fi
KVALIS_TOOLS=$tools KVALIS_CHROMIUM=$(command -v chromium) node "$here/html.mjs" "$@"
