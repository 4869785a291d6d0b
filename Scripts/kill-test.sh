#!/usr/bin/env bash
# Kills runs at random moments, several at a time, and compares what is left with a run that was left in peace.
#
#   Scripts/kill-test.sh DOCUMENTS [KILLS] [PROCESSES]
#
# DOCUMENTS is a folder of documents of all kinds; KILLS is 200 unless given, PROCESSES 3. The program is
# $DOCKET, or the newest build of this checkout.
set -u
documents=$(realpath "${1:?usage: kill-test.sh DOCUMENTS [KILLS] [PROCESSES]}")
kills=${2:-200}
processes=${3:-3}
root=$(cd "$(dirname "$0")/.." && pwd)
docket=${DOCKET:-$(ls -t "$root"/.build/release/docket "$root"/.build/debug/docket 2>/dev/null | head -1)}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
count=$(find "$documents" -type f | wc -l)
[ "$count" -gt 0 ] || { echo "kill-test: no document in $documents" >&2; exit 64; }
echo "$count documents, $kills kills of $processes processes, $docket"

"$docket" init "$scratch/calm" >/dev/null 2>&1 && "$docket" init "$scratch/wild" >/dev/null 2>&1 || exit 1
# A short settle time, so that the runs work instead of waiting.
sed -i 's/settle: 1s/settle: 0s/' "$scratch"/*/pipelines/office.yaml
cp -r "$documents"/. "$scratch/calm/inbox/"
"$docket" run --workspace "$scratch/calm" >"$scratch/calm.log" 2>&1
tail -1 "$scratch/calm.log"

# Files arrive in portions, so that there is something to do in each round; the last rounds have what is left.
find "$documents" -type f | sort > "$scratch/list"
portion=$(((2 * count * processes + kills - 1) / kills))
killed=0
round=0
while [ "$killed" -lt "$kills" ] && [ "$round" -lt "$kills" ]; do
  sed -n "$((round * portion + 1)),$(((round + 1) * portion))p" "$scratch/list" | while read -r file; do
    # By a copy aside and a rename, as a careful sender does.
    name=${file#"$documents"/}
    mkdir -p "$scratch/wild/inbox/$(dirname "$name")"
    cp "$file" "$scratch/wild/inbox/$name.part" && mv "$scratch/wild/inbox/$name.part" "$scratch/wild/inbox/$name"
  done
  round=$((round + 1))
  pids=()
  for process in $(seq "$processes"); do
    "$docket" run --workspace "$scratch/wild" >"$scratch/wild.$process.log" 2>&1 &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do
    sleep "0.$(printf '%03d' $((RANDOM % 150 + 5)))"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    status=$?
    case $status in
    137) killed=$((killed + 1)) ;;
    0 | 3) ;;
    *) echo "a run ended with $status"; cat "$scratch"/wild.*.log; exit 1 ;;
    esac
  done
done
# What the kills left no time to offer.
tail -n +"$((round * portion + 1))" "$scratch/list" | while read -r file; do
  cp "$file" "$scratch/wild/inbox/${file#"$documents"/}"
done
echo "$killed runs killed"
"$docket" run --workspace "$scratch/wild" >"$scratch/wild.log" 2>&1
tail -1 "$scratch/wild.log"

failures=0
check() { if [ "$1" != "$2" ]; then echo "WRONG: $3: $1 instead of $2"; failures=$((failures + 1)); else echo "ok: $3"; fi; }
for name in calm wild; do
  "$docket" status --json --workspace "$scratch/$name" > "$scratch/$name.status" || failures=$((failures + 1))
  sed -i 's/,"oldest_waiting_s":.*/}/' "$scratch/$name.status"
  "$docket" records export --canonical --workspace "$scratch/$name" > "$scratch/$name.records"
  # What stands in the ledger, by content and place.
  grep -o '"part":[^,]*\|"sha256":"[^"]*"' "$scratch/$name/out/records.jsonl" 2>/dev/null | paste -d' ' - - | sort \
    > "$scratch/$name.delivered"
done
check "$(cat "$scratch/wild.status")" "$(cat "$scratch/calm.status")" "every document in the same state, the sum adds up"
check "$(sha256sum < "$scratch/wild.records")" "$(sha256sum < "$scratch/calm.records")" \
  "the same $(wc -l < "$scratch/calm.records") records, byte for byte"
check "$(sha256sum < "$scratch/wild.delivered")" "$(sha256sum < "$scratch/calm.delivered")" \
  "the same $(wc -l < "$scratch/calm.delivered") deliveries"
check "$(uniq -d < "$scratch/wild.delivered" | wc -l)" 0 "nothing delivered twice"
check "$(find "$scratch/wild/inbox" -type f -not -path '*/.archive/*' | wc -l)" 0 "nothing left in the inbox"
check "$(find "$scratch/wild/inbox" -type f -path '*/.archive/*' | wc -l)" "$count" "every original archived"
[ "$failures" = 0 ]
