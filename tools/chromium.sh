#!/usr/bin/env bash
# Prints the path of a Chromium: CHROMIUM, one in PATH, Playwright's own, else Debian's (as root) or Playwright's is installed.
set -euo pipefail
cd "$(dirname "$0")/.."

found() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        if [ -n "$name" ] && command -v "$name"; then return; fi
    done
    .venv/bin/python - <<'PYTHON'
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    path = playwright.chromium.executable_path
print(path) if os.access(path, os.X_OK) else sys.exit(1)
PYTHON
}

install() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
    else
        .venv/bin/python -m playwright install chromium
    fi
}

found || { echo "Chromium을 설치합니다." >&2; install >&2 || true; found; } || {
    echo "Chromium을 찾지도 설치하지도 못했습니다. 설치한 뒤 CHROMIUM 변수에 그 경로를 적어 다시 실행하십시오." >&2
    exit 1
}
