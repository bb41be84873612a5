#!/usr/bin/env bash
# Starts a private PostgreSQL on a free loopback port in a temporary folder, runs a command, and removes the server again.
# The command finds it in ORDERKERNEL_POSTGRES; where no server can be had, the variable is not set and the tests say so.
# Usage: eng/postgres.sh COMMAND [ARGUMENTS]
set -uo pipefail

find_server() {
  local newest
  newest=$(ls -d /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin 2>/dev/null | sort -V | tail -1)
  [ -n "$newest" ] && { echo "$newest"; return; }
  command -v initdb >/dev/null 2>&1 && dirname "$(command -v initdb)"
}

server=$(find_server)
if [ -z "$server" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  for attempt in 1 2; do
    apt-get -o DPkg::Lock::Timeout=300 update -qq >&2 && apt-get -o DPkg::Lock::Timeout=300 install -y -qq postgresql >&2 && break
    echo "Attempt $attempt to install PostgreSQL failed." >&2
  done
  server=$(find_server)
fi
if [ -z "$server" ]; then
  echo "There is no PostgreSQL here; tests that need it are skipped." >&2
  exec "$@"
fi

# The server refuses to run as root.
as_owner=()
if [ "$(id -u)" = 0 ]; then
  getent passwd postgres >/dev/null || useradd --system --no-create-home postgres
  as_owner=(runuser -u postgres --)
fi

folder=$(mktemp -d -t orderkernel-pg-XXXXXX)
[ "$(id -u)" = 0 ] && chown postgres "$folder"
stop() {
  (cd /; "${as_owner[@]}" "$server/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1)
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

cd_start() { (cd /; "${as_owner[@]}" "$@"); }
cd_start "$server/initdb" -D "$folder/data" -A trust -U orderkernel --locale=C -E UTF8 >"$folder.log" 2>&1 || { cat "$folder.log" >&2; exit 1; }
started=
for attempt in 1 2 3 4 5; do
  port=$((20000 + (RANDOM % 20000)))
  if cd_start "$server/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c max_connections=200" start >/dev/null 2>&1; then
    started=1
    break
  fi
done
rm -f "$folder.log"
[ -n "$started" ] || { cat "$folder/log" >&2; echo "PostgreSQL did not start." >&2; exit 1; }

export ORDERKERNEL_POSTGRES="Host=127.0.0.1;Port=$port;Username=orderkernel;Database=postgres"
export ORDERKERNEL_POSTGRES_DATA="$folder/data"
export ORDERKERNEL_POSTGRES_BIN="$server"
"$@"
