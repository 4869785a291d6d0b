#!/usr/bin/env bash
# Takes backups while runs go on and are killed, lets the work end, restores each backup over it, lets the work end
# again, and compares: the sum adds up, nothing is delivered twice, and the records are those of a run left in peace.
#
#   Scripts/backup-test.sh DOCUMENTS [BACKUPS]
#
# DOCUMENTS is a folder of documents of all kinds; BACKUPS is 5 unless given. The program is $DOCKET, or the newest
# build of this checkout.
set -u
documents=$(realpath "${1:?usage: backup-test.sh DOCUMENTS [BACKUPS]}")
backups=${2:-5}
root=$(cd "$(dirname "$0")/.." && pwd)
docket=${DOCKET:-$(ls -t "$root"/.build/release/docket "$root"/.build/debug/docket 2>/dev/null | head -1)}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
count=$(find "$documents" -type f | wc -l)
[ "$count" -gt 0 ] || { echo "backup-test: no document in $documents" >&2; exit 64; }
echo "$count documents, $backups backups, $docket"

offer() { # into the inbox of a workspace, by a copy aside and a rename
  cp -r "$documents" "$scratch/$1/.offered" && mv "$scratch/$1/.offered" "$scratch/$1/inbox/again$RANDOM"
}
outcome() { # states, records and deliveries of a workspace, by content
  "$docket" records export --canonical --workspace "$scratch/$1" > "$scratch/$1.records"
  grep -o '"part":[^,]*\|"sha256":"[^"]*"' "$scratch/$1/out/records.jsonl" | paste -d' ' - - | sort > "$scratch/$1.delivered"
}
for name in calm wild; do
  "$docket" init "$scratch/$name" >/dev/null 2>&1 || exit 1
  sed -i 's/settle: 1s/settle: 0s/' "$scratch/$name/pipelines/office.yaml"
  offer "$name"
done
began=$(date +%s%N)
"$docket" run --workspace "$scratch/calm" > "$scratch/calm.log" 2>&1
whole=$((($(date +%s%N) - began) / 1000000))
tail -1 "$scratch/calm.log"
outcome calm

for round in $(seq "$backups"); do
  "$docket" run --workspace "$scratch/wild" > "$scratch/wild.log" 2>&1 &
  pid=$!
  sleep "$(printf '%d.%03d' $((whole / backups / 2000)) $((whole / backups / 2 % 1000)))"
  "$docket" backup "$scratch/safe" --workspace "$scratch/wild" | cut -c1-100
  kill -9 "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
done
"$docket" run --workspace "$scratch/wild" > "$scratch/wild.log" 2>&1
outcome wild

failures=0
check() { if [ "$1" != "$2" ]; then echo "WRONG: $3: $1 instead of $2"; failures=$((failures + 1)); else echo "ok: $3"; fi; }
check "$(sha256sum < "$scratch/wild.records")" "$(sha256sum < "$scratch/calm.records")" "the killed runs' records"
check "$(sha256sum < "$scratch/wild.delivered")" "$(sha256sum < "$scratch/calm.delivered")" "the killed runs' deliveries"
before=$(sha256sum < "$scratch/wild/out/records.jsonl")
for name in $(ls "$scratch/safe/snapshots"); do
  "$docket" restore "$scratch/safe" --at "$name" --force --workspace "$scratch/wild" 2>/dev/null || failures=$((failures + 1))
  # What came in after the backup has left the inbox: its senders offer it again, and all else too.
  offer wild
  "$docket" run --workspace "$scratch/wild" > "$scratch/wild.log" 2>&1
  "$docket" verify --workspace "$scratch/wild" > "$scratch/verify.log" 2>&1
  check $? 0 "$name: $(head -1 "$scratch/verify.log")"
  "$docket" status --json --workspace "$scratch/wild" | grep -q '"adds_up":true'
  check $? 0 "$name: the sum adds up"
  outcome wild
  # Of bytes that arrived twice one document has a record.
  check "$(sort -u "$scratch/wild.records" | sha256sum)" "$(sort -u "$scratch/calm.records" | sha256sum)" "$name: the same $(wc -l < "$scratch/calm.records") records"
  check "$(sha256sum < "$scratch/wild/out/records.jsonl")" "$before" "$name: nothing delivered twice, of $(wc -l < "$scratch/wild.delivered")"
  rm -rf "$scratch"/wild/.docket.before-restore-*
done
[ "$failures" = 0 ]
