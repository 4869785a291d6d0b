#!/usr/bin/env bash
# Proves the README's two commands in a bare Debian 12 that has nothing but a Swift toolchain and what it needs,
# so that no package installed here by hand hides a missing install step. Needs root; about 2 GB below /tmp.
set -euo pipefail
checkout=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
targets=${*:-demo test}
[ "$(id -u)" = 0 ] || { echo "newcomer needs root (it mounts): sudo make newcomer" >&2; exit 64; }
command -v mmdebstrap >/dev/null || { apt-get update -qq && apt-get install -y -qq mmdebstrap >/dev/null; }
swift=$(dirname "$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")")

# Mounts made below live in a namespace of their own and vanish with it.
if [ "${NEWCOMER_INSIDE:-}" != 1 ]; then
  exec env NEWCOMER_INSIDE=1 unshare --mount --propagation private "$0" "$@"
fi

root=$(mktemp -d -t newcomer.XXXXXX)
trap 'rc=$?; umount -R "$root/proc" "$root/dev" "$root/swift" "$root/packages" 2>/dev/null; rm -rf --one-file-system "$root"; exit $rc' EXIT
# What swift.org lists for Debian 12, plus git and make: "a Swift toolchain".
mmdebstrap --quiet --variant=minbase --include=ca-certificates,git,make,binutils,gcc,libc6-dev,libstdc++-12-dev,libcurl4,libedit2,libncurses6,libsqlite3-0,libxml2,libz3-4,libpython3.11,tzdata,zlib1g-dev,uuid-runtime \
  bookworm "$root"

mkdir -p "$root/swift" "$root/packages"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$swift" "$root/swift"
mount -o remount,ro,bind "$root/swift"
cp -L /etc/resolv.conf "$root/etc/" 2>/dev/null || true
cp -r /etc/ssl "$root/etc/" 2>/dev/null || true
cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
# Where this machine keeps copies of the Swift packages, git is told so; elsewhere they come from the network.
git config --system --get-regexp '^url\..*insteadof$' 2>/dev/null | while read -r key original; do
  local_copy=${key#url.}
  local_copy=${local_copy%.insteadof}
  case "$local_copy" in /*)
    mountpoint -q "$root/packages" || mount --bind "$local_copy" "$root/packages"
    chroot "$root" git config --system --add "url./packages/.insteadOf" "$original" ;;
  esac
done
chroot "$root" git config --system --add safe.directory '*'

git clone -q "$checkout" "$root/docket"
for target in $targets; do
  echo "newcomer: make $target"
  chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM=dumb PATH=/swift/usr/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    CI="${CI:-}" bash -c "cd /docket && make $target"
done
echo "newcomer: $targets passed in a bare Debian 12"
