#!/usr/bin/env bash
# Speed as ratios measured side by side in one run: each against a bare C loop over the same files, in CPU seconds.
#   Benchmarks/bench.sh .build/release/docket
set -euo pipefail
docket=$(readlink -f "$1")
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "$here/../.." && pwd)/shared/data
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -O2 -o "$work/poppler_loop" "$here/poppler_loop.c" $(pkg-config --cflags --libs poppler-glib)
cc -O2 -o "$work/tesseract_loop" "$here/tesseract_loop.c" -ltesseract -llept

# CPU seconds (user and system, children included) of a command; its output is thrown away.
cpu() {
  local times
  times=$( { TIMEFORMAT='%U %S'; time "$@" >/dev/null 2>&1 || true; } 2>&1 | tail -1)
  awk '{ printf "%.3f", $1 + $2 }' <<<"$times"
}
wall() {
  { TIMEFORMAT='%R'; time "$@" >/dev/null 2>&1 || true; } 2>&1 | tail -1
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", (b > 0 ? a / b : 0) }'; }
row() { printf '%-58s %8s   goal %s\n' "$1" "$2" "$3"; }

if [ -d "$data" ]; then
  digital=("$data"/einvoice/stripped/*.pdf)
  for _ in 1 2; do digital+=("${digital[@]}"); done
  bare=$(cpu "$work/poppler_loop" "${digital[@]}")
  ours=$(cpu "$docket" text --workers 1 "${digital[@]}")
  row "digital PDFs to words: CPU of a bare Poppler loop" "$(ratio "$ours" "$bare")" "<= 1.3 (${ours} s to ${bare} s)"

  scans=()
  for picture in "$data"/sroie/images/*.jpg; do scans+=("$picture"); [ ${#scans[@]} -lt 40 ] || break; done
  bare=$(OMP_THREAD_LIMIT=1 cpu "$work/tesseract_loop" "${scans[@]}")
  for mode in tesseract best fast; do
    ours=$(cpu "$docket" text --workers 1 --ocr "$mode" "${scans[@]}")
    goal=$(case $mode in tesseract) echo "<= 1.15" ;; best) echo "<= 1.6" ;; fast) echo "<= 0.6" ;; esac)
    row "upright scans, --ocr $mode: CPU of Tesseract's library alone" "$(ratio "$ours" "$bare")" "$goal (${ours} s to ${bare} s)"
  done
  one=$(wall "$docket" text --workers 1 "${scans[@]}")
  both=$(wall "$docket" text --workers 2 "${scans[@]}")
  row "scans on two workers: times as fast as on one" "$(ratio "$one" "$both")" ">= 1.8 (wall, an idle machine)"
else
  echo "bench: ../shared/data is not here; what needs it is left out"
fi

version=$(cpu bash -c "for i in 1 2 3 4 5 6 7 8 9 10; do '$docket' --version; done")
row "docket --version, ms of CPU" "$(awk -v t="$version" 'BEGIN { printf "%.0f", t * 100 }')" "<= 30"

count=${BENCH_DOCUMENTS:-1000}
maker="$(dirname "$docket")/CorpusMaker"
if [ -x "$maker" ]; then
  "$maker" --out "$work/post" --count "$count"
  "$docket" init "$work/office" >/dev/null 2>&1
  mv "$work"/post/* "$work/office/inbox/"
  sleep 1.2
  cd "$work/office"
  /usr/bin/env time -f '%U %S %M' -o "$work/times" "$docket" run >/dev/null 2>&1 || true
  read -r user system peak <"$work/times"
  row "one-page digital document, folder to record, ms of CPU" \
    "$(awk -v u="$user" -v s="$system" -v n="$count" 'BEGIN { printf "%.1f", (u + s) * 1000 / n }')" "<= 20 ($count documents)"
  row "main process, MB at most" "$((peak / 1024))" "<= 150"
fi
