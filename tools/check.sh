#!/usr/bin/env bash
# Format, lint, types, layers, migrations, deployment settings. Every check runs, so that one look shows all that is wrong;
# types, which take longest, beside the rest.
set -uo pipefail
cd "$(dirname "$0")/.."

SECRET_KEY="$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')"
export SECRET_KEY
unset DATABASE_URL DEBUG TLS PYTHONDONTWRITEBYTECODE
failed=()

check() {
    local name="$1"
    shift
    echo "── $name"
    "$@" || failed+=("$name")
}

types="$(mktemp)"
trap 'rm -f "$types"' EXIT
.venv/bin/mypy --no-error-summary >"$types" 2>&1 &
mypy=$!

check_types() {
    wait "$mypy"
    local result=$?
    cat "$types"
    return "$result"
}

check "형식" .venv/bin/ruff format --check --quiet .
check "린트" .venv/bin/ruff check --quiet .
check "템플릿" .venv/bin/djlint templates --lint --quiet
check "스크립트와 스타일" node_modules/.bin/biome check --error-on-warnings
check "마이그레이션" .venv/bin/python manage.py makemigrations --check --dry-run
check "영어 화면의 말" .venv/bin/python tools/translations.py --check
check "배포 설정" env TLS=1 .venv/bin/python manage.py check --deploy --fail-level WARNING
[ "${1:-}" = --without-tests ] || check "층과 크기와 자물쇠 파일" .venv/bin/python -m pytest --quiet tests/test_layers.py tests/test_sizes.py tests/test_templates.py tests/test_toolchain.py
check "형 검사" check_types

if [ ${#failed[@]} -gt 0 ]; then
    printf '통과하지 못한 검사: %s\n' "$(IFS=,; echo "${failed[*]}")" >&2
    exit 1
fi
