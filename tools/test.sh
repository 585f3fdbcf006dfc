#!/usr/bin/env bash
# All tests on SQLite, the browser's included, then those that touch the database on a PostgreSQL of our own. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."

CHROMIUM="$(tools/chromium.sh)"
export CHROMIUM
unset DATABASE_URL DEBUG TLS ALLOWED_HOSTS ADMIN_PASSWORD
SECRET_KEY="$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')"
export SECRET_KEY

echo "── SQLite"
.venv/bin/python -m pytest "$@"

echo "── PostgreSQL"
tools/postgresql.sh .venv/bin/python -m pytest --ignore=tests/browser "$@"
