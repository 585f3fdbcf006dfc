#!/usr/bin/env bash
# Installs in one go what tests need of Debian's and is not there (as root): a Chromium, LibreOffice's Calc, a PostgreSQL server.
# What else leads to them, and what to do where this cannot, is told by the script that looks for each.
set -euo pipefail

any() {
    local name
    for name in "$@"; do
        if [ -n "$name" ] && { command -v "$name" || compgen -G "$name"; } >/dev/null; then return; fi
    done
    return 1
}

[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0
missing=()
any "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}/chromium-*" || missing+=(chromium)
any "${SOFFICE:-}" soffice libreoffice || missing+=(libreoffice-calc-nogui)
any initdb "/usr/lib/postgresql/*/bin/initdb" || missing+=(postgresql)
if [ ${#missing[@]} -gt 0 ]; then
    echo "설치합니다: ${missing[*]}" >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >&2 || true
fi
