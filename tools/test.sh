#!/usr/bin/env bash
# All tests on SQLite, then on a PostgreSQL of our own those that speak to the engine; beside both those in a browser.
# Arguments go to pytest: then the tests that they choose run on both engines. `--postgresql`: everything that touches the
# database, on PostgreSQL alone. `--thorough`: what is not in every run.
# `--coverage`: all tests on SQLite, measuring which branches of the product they take.
# `--costs`: all tests, then what the dearest files cost.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/programs.sh
CHROMIUM="$(tools/chromium.sh)"
export CHROMIUM
SOFFICE="$(tools/libreoffice.sh)"
export SOFFICE
unset DATABASE_URL DEBUG TLS ALLOWED_HOSTS ADMIN_PASSWORD
unset PYTHONDONTWRITEBYTECODE # else each worker and each command that a test starts compiles everything anew
SECRET_KEY="$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')"
export SECRET_KEY

pytest=(.venv/bin/python -m pytest --quiet)
parallel=("${pytest[@]}" --ignore=tests/browser --numprocesses=auto --dist=worksteal)
mapfile -t engine < <(grep --recursive --files-with-matches --include='test_*.py' 'mark\.engine' tests)

postgresql() {
    echo "── PostgreSQL"
    tools/postgresql.sh "$@" || failed=1
}

failed=0
costs=()
if [ "${1:-}" = --costs ] && [ $# = 1 ]; then
    costs=(--costs)
    shift
fi
case "${1:-}" in
"")
    log="$(mktemp)"
    "${pytest[@]}" "${costs[@]}" tests/browser -m "not thorough" >"$log" 2>&1 &
    browser=$!
    trap 'kill "$browser" 2>/dev/null || true' EXIT
    echo "── SQLite"
    "${parallel[@]}" "${costs[@]}" -m "not thorough" || failed=1
    postgresql "${parallel[@]}" "${costs[@]}" -m "engine and not thorough" "${engine[@]}"
    echo "── 브라우저"
    wait "$browser" || failed=1
    cat "$log"
    rm "$log"
    ;;
--postgresql)
    shift
    postgresql "${parallel[@]}" "$@"
    ;;
--thorough)
    shift
    "${parallel[@]}" -m thorough "$@" || failed=1
    "${pytest[@]}" tests/browser -m thorough "$@" || failed=1
    ;;
--coverage)
    shift
    "${parallel[@]}" --cov --cov-report=term-missing:skip-covered "$@" || failed=1
    ;;
*)
    echo "── SQLite"
    "${pytest[@]}" "$@" || failed=1
    postgresql "${pytest[@]}" --ignore=tests/browser "$@"
    ;;
esac
exit "$failed"
