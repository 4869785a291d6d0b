#!/usr/bin/env bash
# Kills `docket run` again and again while it delivers to SQLite, and counts what is in the tables afterwards:
#   Scripts/kill-deliveries.sh [DOCKET] [DOCUMENTS]
# Each document must be there once, with its rows, and the database whole.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
docket=$(realpath "${1:-$here/.build/debug/docket}")
count=${2:-200}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$docket" init "$work/office" >/dev/null 2>&1
cd "$work/office"
sed -i 's|records: { jsonl.*|records: { sqlite: { path: out/ledger.sqlite } }|' pipelines/office.yaml
sample=$here/Corpus/structured/cii-de-1/document.xml
number=$(grep -o '<ram:ID>[^<]*' "$sample" | head -1 | cut -d'>' -f2)
for i in $(seq "$count"); do sed "s|<ram:ID>$number<|<ram:ID>K-$i<|" "$sample" >"inbox/$i.xml"; done
sleep 1.1
kills=0
for _ in $(seq 60); do
  "$docket" run >/dev/null 2>&1 &
  pid=$!
  sleep "0.$((RANDOM % 9 + 1))"
  if [ $kills -lt 25 ] && kill -9 $pid 2>/dev/null; then
    wait $pid 2>/dev/null || true
    kills=$((kills + 1))
  else
    wait $pid || true
    "$docket" status --json | grep -q "\"delivered\":$count" && break
  fi
done
python3 - "$count" <<'P'
import sqlite3, sys
db = sqlite3.connect("out/ledger.sqlite")
ask = lambda sql: db.execute(sql).fetchone()[0]
table = ask("SELECT table_name FROM docket_delivery LIMIT 1")
rows, numbers = ask(f"SELECT COUNT(*) FROM {table}"), ask(f"SELECT COUNT(DISTINCT number) FROM {table}")
keys, whole = ask("SELECT COUNT(*) FROM docket_delivery"), ask("PRAGMA integrity_check")
lonely = ask(f"SELECT COUNT(*) FROM {table}_lines WHERE docket_id NOT IN (SELECT docket_id FROM {table})")
print(f"{rows} rows, {numbers} numbers, {keys} deliveries of {sys.argv[1]}; {lonely} rows without a record; {whole}")
sys.exit((rows, numbers, keys, lonely, whole) != (int(sys.argv[1]),) * 3 + (0, "ok"))
P
echo "killed $kills times"
