#!/usr/bin/env bash
# Makes the Debian package: docket_VERSION_ARCH.deb in .build/, with Swift's libraries inside the two programs, so that
# nothing but Debian's own packages is needed where it is installed.
#
#     Scripts/package.sh FOLDER      of the two programs, built with --static-swift-stdlib
set -euo pipefail
cd "$(dirname "$0")/.."
programs=$1
command -v dpkg-shlibdeps >/dev/null || { apt-get update -qq && apt-get install -y -qq dpkg-dev >/dev/null; }
version=$("$programs/docket" --version | sed 's/^docket //')
architecture=$(dpkg --print-architecture)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
root=$stage/docket

install -Ds "$programs/docket" "$root/usr/bin/docket"
install -Ds "$programs/docket-reader" "$root/usr/libexec/docket-reader"
mkdir -p "$root/usr/share/docket" "$root/usr/share/doc/docket" "$root/usr/share/man/man1"
cp -r Pipelines Models "$root/usr/share/docket/"
cp -r README.md CHANGELOG.md Docs "$root/usr/share/doc/docket/"
rm -rf "$root/usr/share/doc/docket/Docs/decisions"
gzip -9n "$root/usr/share/doc/docket/CHANGELOG.md"
{ echo "Docket is licensed under the Apache License 2.0, as follows."; echo; cat LICENSE; } > "$root/usr/share/doc/docket/copyright"
Scripts/man-pages.py "$programs/docket" "$root/usr/share/man/man1"
gzip -9n "$root"/usr/share/man/man1/*.1
complete() { mkdir -p "$root/$(dirname "$2")"; "$programs/docket" --generate-completion-script "$1" > "$root/$2"; }
complete bash usr/share/bash-completion/completions/docket
complete zsh usr/share/zsh/vendor-completions/_docket
complete fish usr/share/fish/vendor_completions.d/docket.fish
chmod -R u=rwX,go=rX "$root"

# Which of Debian's packages the programs are linked against; what else they need at work is named below.
mkdir -p "$stage/debian" && printf 'Source: docket\n' > "$stage/debian/control"
shared=$(cd "$stage" && dpkg-shlibdeps -O docket/usr/bin/docket docket/usr/libexec/docket-reader 2>/dev/null | sed 's/^shlibs:Depends=//')
mkdir "$root/DEBIAN"
cat > "$root/DEBIAN/control" <<CONTROL
Package: docket
Version: $version
Architecture: $architecture
Maintainer: The developers of Docket <docket@localhost>
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: $shared, libcurl4, poppler-data, tesseract-ocr-eng, tesseract-ocr-osd, fonts-urw-base35, fonts-dejavu-core, fonts-liberation
Recommends: tesseract-ocr-deu, tesseract-ocr-fra, tesseract-ocr-spa, tesseract-ocr-ita, tesseract-ocr-nld
Section: text
Priority: optional
Description: turns documents into records that other systems can trust
 Invoices, receipts, orders and other papers, as PDFs, e-mails, scans and
 photos, become records with evidence and a confidence for each value.
 What goes without a person is proven to keep a stated error rate; the rest
 waits for review on the command line. Runs offline on one small machine.
CONTROL
out=.build/docket_${version}_$architecture.deb
dpkg-deb --build --root-owner-group -Zxz "$root" "$out" >/dev/null
echo "$out $(du -h "$out" | cut -f1)"
