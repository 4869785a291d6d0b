#!/usr/bin/env bash
# Installs the Debian package in a bare Debian 12 without Swift, and does there what a newcomer does. Needs root.
#
#     Scripts/try-package.sh .build/docket_0.1.0_amd64.deb
set -euo pipefail
package=$(readlink -f "$1")
corpus=$(cd "$(dirname "$0")/../Corpus" && pwd)
[ "$(id -u)" = 0 ] || { echo "try-package needs root (it mounts)" >&2; exit 64; }
command -v mmdebstrap >/dev/null || { apt-get update -qq && apt-get install -y -qq mmdebstrap >/dev/null; }
if [ "${TRY_INSIDE:-}" != 1 ]; then exec env TRY_INSIDE=1 unshare --mount --propagation private "$0" "$@"; fi

root=$(mktemp -d -t try-package.XXXXXX)
trap 'rc=$?; umount -R "$root/proc" "$root/dev" 2>/dev/null; rm -rf --one-file-system "$root"; exit $rc' EXIT
mmdebstrap --quiet --variant=minbase --include=ca-certificates,man-db bookworm "$root"
mkdir -p "$root/proc" "$root/dev"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
cp -L /etc/resolv.conf "$root/etc/" 2>/dev/null || true
cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
cp "$package" "$root/tmp/docket.deb"
cp -r "$corpus/digital" "$corpus/scans" "$root/tmp/"
within() { chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM=dumb PATH=/usr/sbin:/usr/bin:/sbin:/bin bash -euc "$1"; }
within 'apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq /tmp/docket.deb >/dev/null 2>&1; docket --version'
within 'docket doctor'
within 'man -P cat docket-run | sed -n 1,4p; test -s /usr/share/bash-completion/completions/docket'
within 'cd /root; docket init office >/dev/null; cd office
  cp /tmp/digital/american-en/document.pdf inbox/american.pdf; cp /tmp/scans/*-en-0/document.* inbox/
  docket run; docket status; docket verify'
within 'apt-get remove -y -qq docket >/dev/null 2>&1; ! command -v docket'
echo "try-package: $(basename "$package") works in a bare Debian 12, and can be removed"
