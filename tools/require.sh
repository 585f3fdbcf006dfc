#!/usr/bin/env bash
# `require.sh python` prints the path of a Python of 3.11 or newer; `require.sh node` is silent. Without them: a sentence, and failure.
set -euo pipefail

python() {
    local name
    for name in python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    echo "Python 3.11 이상(venv 포함)이 필요합니다. 설치한 뒤 다시 실행하십시오. (Debian: apt-get install python3 python3-venv)" >&2
    return 1
}

node() {
    if ! command -v npm >/dev/null || ! command node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null; then
        echo "Node.js 18 이상과 npm이 필요합니다. 설치한 뒤 다시 실행하십시오. (Debian: apt-get install nodejs npm)" >&2
        return 1
    fi
}

"$1"
