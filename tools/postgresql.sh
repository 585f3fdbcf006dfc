#!/usr/bin/env bash
# Runs a command with DATABASE_URL naming a PostgreSQL that is made for it, on a spare port, and is gone afterwards.
set -euo pipefail

server_binaries() {
    local initdb
    initdb="$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)"
    [ -n "$initdb" ] && dirname "$(readlink -f "$initdb")"
}

install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    echo "PostgreSQL을 설치합니다." >&2
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql
}

# PostgreSQL refuses to run as root.
unprivileged() {
    if [ "$(id -u)" != 0 ]; then "$@"; else (cd "$folder" && runuser -u "$owner" -- "$@"); fi
}

stop() {
    [ ! -f "$folder/data/postmaster.pid" ] || unprivileged "$binaries/pg_ctl" stop --pgdata="$folder/data" --mode=immediate --silent || true
    rm -rf "$folder"
}

binaries="$(server_binaries || { install >&2 && server_binaries; })" || {
    echo "PostgreSQL 서버(initdb, pg_ctl)를 찾지도 설치하지도 못했습니다. 설치한 뒤 다시 실행하십시오. (Debian: apt-get install postgresql)" >&2
    exit 1
}
owner=nobody
if id postgres >/dev/null 2>&1; then owner=postgres; fi
folder="$(mktemp -d)"
trap stop EXIT
trap 'exit 130' INT TERM

port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
password="$(python3 -c 'import secrets; print(secrets.token_hex(16))')"
(umask 077 && echo "$password" >"$folder/password")
if [ "$(id -u)" = 0 ]; then chown -R "$owner" "$folder"; fi

# Locale C sorts by code point, as SQLite does. What is lost in a crash is of no matter here, so nothing waits for the disk.
# What a replica of a test has missed stays: another worker's end drops its database, which is a checkpoint that recycles the log.
unprivileged "$binaries/initdb" --pgdata="$folder/data" --username=tests --pwfile="$folder/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C --no-sync >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
unprivileged "$binaries/pg_ctl" start --pgdata="$folder/data" --log="$folder/data/server.log" --wait --silent \
    --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_keep_size=1GB" || {
    echo "PostgreSQL을 시작하지 못했습니다." >&2
    cat "$folder/data/server.log" >&2
    exit 1
}

DATABASE_URL="postgres://tests:$password@127.0.0.1:$port/postgres" "$@"
