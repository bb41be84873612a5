#!/usr/bin/env bash
# A private RabbitMQ for tests: its own node name, ports on loopback and folder.
#   eng/rabbitmq.sh install        installs Debian's package where there is none; 1 when it cannot be had
#   eng/rabbitmq.sh start FOLDER   starts it, unless it runs; waits until it answers and prints its AMQP URI
#   eng/rabbitmq.sh kill FOLDER    kills it as a power cut would
#   eng/rabbitmq.sh stop FOLDER    kills it and removes the folder
set -euo pipefail
action=$1
home=${2:-}
server=${RABBITMQ_SERVER:-/usr/lib/rabbitmq/bin/rabbitmq-server}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    grep -qsx "$port" "$home/ports" || answers "$port" || { echo "$port" >>"$home/ports"; echo "$port"; return; }
  done
}

install() {
  [ ! -x "$server" ] || return 0
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  for attempt in 1 2; do
    apt-get -o DPkg::Lock::Timeout=300 update -qq >&2 \
      && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends rabbitmq-server >&2 \
      && break
    echo "Attempt $attempt to install RabbitMQ failed." >&2
  done
  [ -x "$server" ] || return 1

  # Packages may start their service; nobody here asked for that one.
  ! command -v systemctl >/dev/null || systemctl disable --now rabbitmq-server >/dev/null 2>&1 || true
}

prepare() {
  mkdir -p "$home/data" "$home/log"
  local amqp dist epmd
  amqp=$(free_port) dist=$(free_port) epmd=$(free_port)
  cat >"$home/env" <<END
export HOME=$home RABBITMQ_NODENAME=ok$amqp@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$amqp
export RABBITMQ_DIST_PORT=$dist ERL_EPMD_PORT=$epmd ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_CONFIG_FILE=$home/rabbitmq
export RABBITMQ_MNESIA_BASE=$home/data RABBITMQ_LOG_BASE=$home/log RABBITMQ_PID_FILE=$home/pid
export RABBITMQ_ENABLED_PLUGINS_FILE=$home/plugins RABBITMQ_CONF_ENV_FILE=$home/none
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}' RABBITMQ_IO_THREAD_POOL_SIZE=4
END
  echo "[]." >"$home/plugins"
  printf 'listeners.tcp.1 = 127.0.0.1:%s\nlog.file.level = warning\n' "$amqp" >"$home/rabbitmq.conf"
}

start() {
  [ -f "$home/env" ] || prepare
  # shellcheck disable=SC1091
  . "$home/env"
  if answers "$RABBITMQ_NODE_PORT"; then
    echo "amqp://guest:guest@127.0.0.1:$RABBITMQ_NODE_PORT/"
    return 0
  fi
  setsid "$server" >"$home/log/out" 2>&1 </dev/null &
  for _ in $(seq 300); do
    if answers "$RABBITMQ_NODE_PORT"; then
      echo "amqp://guest:guest@127.0.0.1:$RABBITMQ_NODE_PORT/"
      return 0
    fi
    sleep 0.2
  done
  echo "RabbitMQ did not start; its last words:" >&2
  tail -20 "$home/log/"* >&2
  return 1
}

kill_node() {
  # shellcheck disable=SC1091
  . "$home/env"
  local pid
  pid=$(cat "$home/pid" 2>/dev/null || true)
  [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true
  for _ in $(seq 100); do
    answers "$RABBITMQ_NODE_PORT" || return 0
    sleep 0.05
  done
}

case "$action" in
  install) install ;;
  start) start ;;
  kill) kill_node ;;
  stop)
    [ -f "$home/env" ] || exit 0
    kill_node
    # shellcheck disable=SC1091
    . "$home/env"
    epmd -port "$ERL_EPMD_PORT" -kill >/dev/null 2>&1 || true
    rm -rf "$home"
    ;;
  *) echo "install, start, kill or stop" >&2; exit 2 ;;
esac
