#!/usr/bin/env bash
# The main job on Corpus/: a fresh workspace, the post dropped in, one run, and what a person sees of it. Then an office
# that answers, proves its promise, and has records go by themselves.
set -euo pipefail
docket=$(readlink -f "$1")
corpus=$(cd "$(dirname "$0")/../Corpus" && pwd)
office=$(mktemp -d)/office
trap 'rm -rf "$(dirname "$office")"' EXIT
say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }

say "docket init office && cd office"
cd "$(dirname "$office")"
"$docket" init office
cd office

# The documents of some of the corpus's groups, into the inbox.
drop() {
  local group case document
  for group in "$@"; do
    for case in "$corpus/$group"/*/; do
      for document in "$case"document.*; do
        cp "$document" "inbox/$(basename "$case").${document##*.}"
      done
    done
  done
  ls inbox | wc -l | sed 's/$/ files in the inbox/'
}

say "cp ~/post/* inbox/"
drop $(ls "$corpus" | grep -v -e hostile -e '\.')

say "docket run"
"$docket" run || [ $? = 3 ]

say "docket status"
"$docket" status

say "docket records list | head"
"$docket" records list | sed -n 1,12p

delivered=$(sed -n 1p out/records.jsonl | sed -E 's/.*"name": ?"([^"]+)".*/\1/')
first=$("$docket" records list --json | sed -n 's/.*"decision":"deliver".*"id":"\([0-9a-f]*\)".*/\1/p' | sed -n 1p)
if [ -n "$first" ]; then
  say "docket records show ${first:0:8}      # a delivered record, each value with its evidence"
  "$docket" records show "$first" | sed -n 1,40p
fi

say "docket review list | head             # what waits for a person, and why"
"$docket" review list | sed -n 1,12p

say "docket explain ID"
waiting=$("$docket" review list --json | sed -n 's/.*"document":"\([0-9a-f]*\)".*/\1/p' | sed -n 1p)
[ -z "$waiting" ] || "$docket" explain "$waiting" | sed -n 1,30p

say "docket prove                          # what is missing until records may go without a person"
"$docket" prove

say "cp ~/hostile/* inbox/                 # damaged, encrypted, endless, disguised: each costs itself alone"
drop hostile
say "docket run"
"$docket" run || [ $? = 3 ]
say "docket failed list"
"$docket" failed list | sed -n 1,12p

# A year of a small office's post, of our own making, with what a person would answer about it.
maker=$(dirname "$docket")/CorpusMaker
[ -x "$maker" ] || exit 0
work=$(dirname "$office")
"$maker" --out "$work/year" --count 180 --seed 7
"$maker" --out "$work/next" --count 60 --seed 8
cd "$work"
say "docket init shop && cd shop; promise: at most 5 % of records wrong"
"$docket" init shop >/dev/null
cd shop
mkdir -p policies
cat > policies/shop.v1.yaml <<'YAML'
format: docket/policy/1
policy: shop
version: 1
promise: { wrong_at_most: { records: 5% }, certainty: 95% }
hold_for: 0s
YAML
sed -i 's/^policy: .*/policy: shop@1/' pipelines/*.yaml
cp "$work"/year/*.pdf inbox/
say "docket run                            # nothing is proven yet: all of it waits"
"$docket" run
say "docket review apply answers.jsonl     # a person answers about each of them"
name_and() { sed -E "s/.*\"$1\": ?\"([^\"]*)\".*\"$2\": ?$3.*/\\1\t\\2/"; }
name_and file fields '(\{.*\})\}' < "$work/year/truth.jsonl" | sort > "$work/truth"
"$docket" review export | sed -E 's/.*"document":"([^"]*)","name":"([^"]*)".*/\2\t\1/' | sort > "$work/waiting"
join -t $'\t' "$work/waiting" "$work/truth" \
  | sed -E 's/^[^\t]*\t([^\t]*)\t(.*)$/{"document": "\1", "answers": \2, "accept_rest": true}/' > "$work/answers.jsonl"
"$docket" review apply "$work/answers.jsonl" --yes 2>&1 | sed '/: held$/d'
say "docket prove"
"$docket" prove
cp "$work"/next/*.pdf inbox/
say "docket run                            # new post: what is proven goes without a person"
"$docket" run
say "docket status"
"$docket" status
