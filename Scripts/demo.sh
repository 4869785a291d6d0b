#!/usr/bin/env bash
# The main job on Corpus/: a fresh workspace, the post dropped in, one run, and what a person sees of it.
set -euo pipefail
docket=$(readlink -f "$1")
corpus=$(cd "$(dirname "$0")/../Corpus" && pwd)
office=$(mktemp -d)/office
trap 'rm -rf "$(dirname "$office")"' EXIT
say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }

say "docket init office && cd office"
"$docket" init "$office"
cd "$office"

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
