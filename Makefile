# The two commands are `make run` and `make test`; README.md says more.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test test-postgresql test-thorough coverage check format setup tools static database screenshot benchmark benchmark-city benchmark-budgets translations lock audit licences sbom release-fixture

export PORT ?= 8000
PYTHON := .venv/bin/python
PIP_INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
MANAGE := $(PYTHON) manage.py

help:
	@echo "make run    설치하고 http://127.0.0.1:$(PORT) 에서 서비스를 시작합니다 (PORT로 바꿉니다)"
	@echo "make test   브라우저와 PostgreSQL까지 갖추어 모든 시험을 합니다"
	@echo "make test-postgresql  데이터베이스를 쓰는 모든 시험을 PostgreSQL에서 합니다"
	@echo "make test-thorough  매번 하지 않는, 오래 걸리는 시험을 합니다"
	@echo "make coverage  시험이 지나지 않은 갈래를 보입니다"
	@echo "make check  형식·린트·층·마이그레이션·배포 설정을 검사합니다"
	@echo "make format 코드의 형식을 맞춥니다"
	@echo "make setup  설치만 합니다"
	@echo "make audit  꾸러미의 알려진 결함을 찾습니다 (DATABASE=폴더 로 바깥에 나가지 않고)"
	@echo "make sbom   구성 목록(CycloneDX)을 var/에 씁니다"

run: setup static database
	@exec $(PYTHON) tools/run.py

test: tools static
	@tools/test.sh $(ARGS)

test-postgresql: tools static
	@tools/test.sh --postgresql $(ARGS)

test-thorough: tools static
	@tools/test.sh --thorough $(ARGS)

coverage: tools static
	@tools/test.sh --coverage $(ARGS)

check: tools
	@tools/check.sh $(ARGS)

format: tools
	@.venv/bin/ruff check --fix --quiet . && .venv/bin/ruff format --quiet .
	@node_modules/.bin/biome check --write --log-level=warn

setup: .venv/.run node_modules/.run var/secret_key

tools: setup .venv/.test node_modules/.test

.venv/.run: requirements/run.txt
	@[ -x $(PYTHON) ] || "$$(tools/require.sh python)" -m venv .venv
	@echo "Python 꾸러미를 설치합니다."
	@$(PIP_INSTALL) $<
	@touch $@

.venv/.test: requirements/test.txt .venv/.run
	@echo "시험 도구를 설치합니다."
	@$(PIP_INSTALL) $<
	@touch $@

node_modules/.run: package-lock.json .npmrc
	@tools/require.sh node
	@echo "화면 자산을 설치합니다."
	@npm ci --omit=dev --ignore-scripts --loglevel=error
	@touch $@

node_modules/.test: node_modules/.run
	@npm install --no-save --ignore-scripts --loglevel=error
	@touch $@

var/secret_key: | .venv/.run
	@mkdir -p var
	@umask 077 && $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(64))" > $@

static: setup
	@$(PYTHON) tools/static.py

database: setup
	@$(PYTHON) tools/database.py

screenshot: tools static
	@CHROMIUM="$$(tools/chromium.sh)" $(PYTHON) tools/screenshot.py docs

# benchmarks/README.md tells what is measured.
# Small forms of what takes longer alone; each goes on where another has missed its bar.
benchmark: tools static var/dash/.installed
	@failed=0; export CHROMIUM="$$(tools/chromium.sh)"; \
	measure() { echo; echo "── $$*"; "$$@" || failed=1; }; \
	for measured in first_visit pages beside_dash documents; do measure $(PYTHON) benchmarks/$$measured.py; done; \
	measure $(PYTHON) benchmarks/budget_import.py --without-stock; \
	measure env $(SMALL_CITY) $(PYTHON) benchmarks/city.py; \
	measure tools/postgresql.sh env SECONDS=3 $(PYTHON) benchmarks/nodes.py; \
	measure env CHANGES=$${CHANGES:-1000} SECRET_KEY=benchmark $(PYTHON) -m pytest -q -m thorough tests/test_remembered_pages.py -k any_order; \
	exit $$failed

# The whole city takes minutes to make (CITY_DATABASE names one that is there).
SMALL_CITY := BUREAUS=8 DIVISIONS=40 YEARS=2 FIGURES=20000 PAGES=200 ROUNDS=3
benchmark-city: tools static
	@$(PYTHON) benchmarks/city.py

# Beside the environment of the tests, where Dash's plugin of pytest would be loaded.
var/dash/.installed: requirements/benchmark.txt .venv/.run
	@$(PIP_INSTALL) $< --target var/dash --upgrade
	@touch $@

benchmark-budgets: setup
	@$(PYTHON) benchmarks/budget_import.py $(ROWS)
	@$(PYTHON) benchmarks/cross_tab.py $(ROWS)

# Compiles pyproject.toml's dependencies anew; `make lock ARGS=--upgrade` also takes newer versions.
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header --no-annotate
lock: .venv/.run
	@[ -x .venv/bin/uv ] || $(PYTHON) -m pip install --quiet --disable-pip-version-check uv
	@$(LOCK) $(ARGS) pyproject.toml --output-file requirements/run.txt
	@$(LOCK) $(ARGS) pyproject.toml --group test --group dev --constraint requirements/run.txt --output-file requirements/test.txt
	@$(LOCK) $(ARGS) --group pyproject.toml:benchmark --constraint requirements/run.txt --output-file requirements/benchmark.txt
	@npm install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error

# docs/operations.md tells where DATABASE comes from. Ends with 1 for known faults, with 2 if anything could not be looked at.
audit: tools
	@$(PYTHON) tools/audit.py $(DATABASE)

# After a change of a locale/en/LC_MESSAGES/django.po: writes its .mo, and says which words have no English (docs/languages.md).
translations: setup
	@$(PYTHON) tools/translations.py

licences: setup
	@$(PYTHON) tools/supply.py licences

# The database of this release, which later ones must be able to migrate (tests/core/backup/test_last_release.py).
release-fixture: setup
	@$(PYTHON) tools/release_fixture.py sqlite
	@tools/postgresql.sh $(PYTHON) tools/release_fixture.py postgresql

sbom: setup
	@$(PYTHON) tools/supply.py sbom
