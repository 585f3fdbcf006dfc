#!/usr/bin/env bash
# Prints the path of a LibreOffice with its Calc: SOFFICE, one in PATH, else Debian's is installed (as root). It recalculates workbooks in tests.
set -euo pipefail

found() {
    local name
    for name in "${SOFFICE:-}" soffice libreoffice; do
        if [ -n "$name" ] && command -v "$name"; then return; fi
    done
    return 1
}

install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui
}

found || { echo "LibreOffice를 설치합니다." >&2; install >&2 || true; found; } || {
    echo "LibreOffice(Calc)를 찾지도 설치하지도 못했습니다. 설치한 뒤 SOFFICE 변수에 그 경로를 적어 다시 실행하십시오. (Debian: apt-get install libreoffice-calc-nogui)" >&2
    exit 1
}
