#!/usr/bin/env bash
# All tests on SQLite, the browser's included, then those that touch the database on a PostgreSQL of our own. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."

CHROMIUM="$(tools/chromium.sh)"
export CHROMIUM
SOFFICE="$(tools/libreoffice.sh)"
export SOFFICE
unset DATABASE_URL DEBUG TLS ALLOWED_HOSTS ADMIN_PASSWORD
SECRET_KEY="$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')"
export SECRET_KEY

# With no arguments everything runs, a file of tests to a core at a time; the browser's tests share one server and stay together.
if [ $# -gt 0 ]; then
    echo "── SQLite"
    .venv/bin/python -m pytest "$@"
    echo "── PostgreSQL"
    tools/postgresql.sh .venv/bin/python -m pytest --ignore=tests/browser "$@"
    exit
fi

everywhere=(.venv/bin/python -m pytest --ignore=tests/browser --numprocesses=auto --dist=loadfile --quiet)
echo "── SQLite"
"${everywhere[@]}"
echo "── 브라우저"
.venv/bin/python -m pytest tests/browser --quiet
echo "── PostgreSQL"
tools/postgresql.sh "${everywhere[@]}"
