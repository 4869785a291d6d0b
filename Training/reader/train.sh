#!/usr/bin/env bash
# Everything from the development documents to Models/reader: see README.md beside this file.
# Usage: train.sh [--data FOLDER] [--work FOLDER] [--minutes N] [more options of train.py]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=$root/../shared/data work=$root/.reader minutes=60
while [ $# -gt 0 ]; do
  case $1 in
    --data) data=$2; shift 2 ;;
    --work) work=$2; shift 2 ;;
    --minutes) minutes=$2; shift 2 ;;
    *) break ;;
  esac
done
mkdir -p "$work"

if [ ! -x "$work/python/bin/python" ]; then
  python3 -m venv "$work/python"
  "$work/python/bin/pip" install -q -r "$here/requirements.txt"
fi
python=$work/python/bin/python

if [ ! -e "$work/unpacked" ]; then
  # Typefaces and word lists are unpacked here, not installed: what Docket draws with must not change by it.
  mkdir -p "$work/packages"
  (cd "$work/packages" && xargs apt-get download -qq < <(cat "$here/fonts.txt" "$here/dictionaries.txt"))
  mkdir -p "$work/unpacked.new"
  for package in "$work"/packages/*.deb; do dpkg -x "$package" "$work/unpacked.new"; done
  mv "$work/unpacked.new" "$work/unpacked"
fi
[ -e "$work/fonts/index.json" ] || "$python" "$here/fonts.py" "$work/unpacked" "$work/fonts" 2>"$work/fonts.log"
[ -e "$work/words.json" ] || "$python" "$here/words.py" "$work/unpacked/usr/share/dict" "$root/Pipelines" "$work" "$data/tickets/truth.jsonl"
[ -e "$work/lines-test.npz" ] || "$python" "$here/pages.py" "$data" "$work"

"$python" "$here/train.py" "$work" "$work/out" --minutes "$minutes" "$@"
"$python" "$here/measure.py" "$work" "$work/out/weights.pt" --truth "$data/sroie/truth.jsonl" --json "$work/out/report.json"
"$python" "$here/export.py" "$work/out/weights.pt" "$work/out/weights.bin" --fixture "$work/out/reader-lines.json" --fonts "$work/unpacked"
echo "To ship: Models/reader/N/ takes $work/out/weights.bin and a card; Tests/DocketParsersTests/Fixtures takes reader-lines.json."
