#!/usr/bin/env bash
# Installs the Debian packages of packages.txt that are missing; says nothing when none is.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

missing=()
while read -r name; do
  case "$name" in "" | "#"*) continue ;; esac
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null || true)" = installed ] || missing+=("$name")
done <"$here/packages.txt"
[ ${#missing[@]} -gt 0 ] || exit 0

command -v apt-get >/dev/null || {
  echo "These packages are missing, and there is no apt-get here: ${missing[*]}" >&2
  exit 12
}
root=()
[ "$(id -u)" = 0 ] || root=(sudo)
echo "Installing ${#missing[@]} packages: ${missing[*]}" >&2
"${root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
