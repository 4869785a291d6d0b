#!/usr/bin/env python3
"""Causes faults one by one, types what Docket prints, and looks whether that mends them.

    Scripts/faults.py [--docket PROGRAM] [NAME…]

Each fault has a workspace of its own, with a backup of before. `typed` are mended by the command that the error, or
`docket explain` of the run that failed, names; `by hand` by what its words say to do. Run as root, the program itself
runs as nobody, so that permissions count.
"""
import argparse, fcntl, glob, json, os, re, shutil, signal, sqlite3, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FAULTS = []


class Place:
    """A workspace with one delivered document, a backup of it, and a second document in the inbox."""

    def __init__(self, docket, scratch, template=None):
        self.docket, self.scratch = docket, scratch
        self.office, self.safe = f"{scratch}/office", f"{scratch}/safe"
        self.environment = {"PATH": os.environ["PATH"], "HOME": scratch, "LC_ALL": "C.UTF-8"}
        self.limits = ""
        if template:
            shutil.copytree(template, scratch, dirs_exist_ok=True)
        own(scratch)

    def run(self, *words, inside=True):
        command = ["bash", "-c", f"{self.limits} exec \"$@\"", "bash", self.docket, *words]
        if os.getuid() == 0:
            command = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", *command]
        folder = self.office if inside and os.path.isdir(self.office) else self.scratch
        done = subprocess.run(command, cwd=folder, env=self.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout, done.stderr

    def invoice(self, number):
        text = open(f"{ROOT}/Corpus/structured/cii-de-1/document.xml").read()
        self.write(f"inbox/{number}.xml", re.sub("<ram:ID>[^<]*", f"<ram:ID>{number}", text, count=1))

    def path(self, name): return f"{self.office}/{name}"

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as file: file.write(text if isinstance(text, bytes) else text.encode())
        own(self.office)

    def edit(self, name, old, new):
        text = open(self.path(name)).read()
        assert old in text, f"{old} is not in {name}"
        self.write(name, text.replace(old, new, 1))

    def sql(self, text):
        with sqlite3.connect(self.path(".docket/store.sqlite")) as store:
            store.executescript(text)
        store.close()
        own(self.path(".docket"))

    def blob(self):
        """Of the delivered document."""
        return sorted(glob.glob(self.path(".docket/blobs/*/*")))[0]


def own(path):
    if os.getuid() == 0 and os.path.exists(path):
        subprocess.run(["chown", "-R", "65534:65534", path], check=True)


def fault(code, by_hand=None, look=("run",), then=("run",), calm=0):
    """`look` is the command that meets it, `by_hand` what a person does, `then` what must end with `calm` afterwards."""
    def register(cause):
        FAULTS.append((cause.__name__.replace("_", "-"), cause, code, by_hand, look, then, calm))
        return cause
    return register


# Files that people write

@fault("no-workspace", look=("run", "--workspace", "."))
def no_workspace(place): os.unlink(place.path("docket.yaml"))

@fault("unknown-pipeline")
def no_pipeline(place): os.unlink(place.path("pipelines/office.yaml"))

@fault("bad-configuration", by_hand=lambda place: place.edit("pipelines/office.yaml", "sources: [", "sources:"))
def bad_yaml(place): place.edit("pipelines/office.yaml", "sources:", "sources: [")

@fault("bad-configuration", by_hand="spelling")
def wrong_contract(place): place.edit("pipelines/office.yaml", "accepts: [", "accepts: [invoise, ")

@fault("bad-configuration", by_hand="spelling")
def wrong_policy(place): place.edit("pipelines/office.yaml", "policy: careful", "policy: carefull")

@fault("bad-configuration", by_hand="spelling")
def wrong_key(place): place.edit("pipelines/office.yaml", "routes:", "rutes:")

@fault("bad-configuration", by_hand="spelling")
def wrong_setting(place): place.edit("docket.yaml", "languages:", "langages:")

@fault("bad-configuration", by_hand=lambda place: place.edit("docket.yaml", "workers: 0", "workers: 1"))
def wrong_number(place): place.write("docket.yaml", open(place.path("docket.yaml")).read() + "workers: 0\n")

@fault("bad-configuration", by_hand=lambda place: place.environment.pop("DOCKET_SHARE"))
def no_share(place): place.environment["DOCKET_SHARE"] = "/nowhere"


# The machine

def put_reader(place): shutil.copy(os.path.join(place.bin, "docket-reader"), f"{place.scratch}/bin/")

@fault("reader-missing", by_hand=put_reader)
def no_reader(place):
    os.makedirs(f"{place.scratch}/bin")
    place.bin = os.path.dirname(place.docket)
    place.docket = shutil.copy(place.docket, f"{place.scratch}/bin/docket")
    place.environment["DOCKET_SHARE"] = ROOT

@fault("ocr-language-missing", by_hand=lambda place: place.edit("docket.yaml", "[kat]", "[eng]"))
def no_language(place):
    place.edit("docket.yaml", "[eng]", "[kat]")
    place.write("inbox/scan.png", open(sorted(glob.glob(f"{ROOT}/Corpus/scans/*/document.*"))[0], "rb").read())

def unlimited(place): place.limits = ""

@fault(("disk-full", "file-system"), by_hand=unlimited)
def full_disk(place): place.limits = "trap '' XFSZ; ulimit -f 2;"

@fault(("disk-full", "file-system"), by_hand=unlimited, look=("backup", "elsewhere"), then=("backup", "elsewhere"))
def full_disk_of_backups(place): place.limits = "trap '' XFSZ; ulimit -f 3;"


# Sources and destinations

@fault(("file-system", "arrival-unreadable"), by_hand=lambda place: os.chmod(place.path("inbox"), 0o755))
def unreadable_inbox(place): os.chmod(place.path("inbox"), 0)

@fault("arrival-unreadable", by_hand=lambda place: os.chmod(place.path("inbox/B-2.xml"), 0o644))
def unreadable_file(place): os.chmod(place.path("inbox/B-2.xml"), 0)

@fault(("file-system", "arrival-unreadable"), by_hand=lambda place: os.rename(place.path("away"), place.path("inbox")))
def inbox_away(place): os.rename(place.path("inbox"), place.path("away"))

@fault("arrival-unreadable", by_hand=lambda place: os.unlink(place.path("inbox/link.pdf")))
def link(place): os.symlink("/etc/hostname", place.path("inbox/link.pdf"))

@fault("file-system", by_hand=lambda place: os.chmod(place.path("out/records.jsonl"), 0o644))
def destination_closed(place): os.chmod(place.path("out/records.jsonl"), 0o444) or os.chmod(place.path("out/records.jsonl"), 0)

def open_way(place):
    os.unlink(place.path("out"))
    os.rename(place.path("out-before"), place.path("out"))

@fault(("file-system", "destination-unavailable"), by_hand=open_way)
def destination_in_the_way(place):
    os.rename(place.path("out"), place.path("out-before"))
    place.write("out", "in the way")

def move_table(place):
    os.rename(place.path("out/table.csv"), place.path("out/old.csv"))
    return [("failed", "replay")]

@fault("destination-refused", by_hand=move_table, look=("run",))
def other_columns(place):
    place.edit("pipelines/office.yaml", "deliver: [records]", "deliver: [table]")
    place.edit("pipelines/office.yaml", "destinations:\n", "destinations:\n  table: { csv: { path: out/table.csv } }\n")
    place.write("out/table.csv", "delivery,operation\r\n")


# The store

@fault("store-damaged", look=("run",))
def damaged_store(place): place.write(".docket/store.sqlite", b"x" * 8192)

@fault("store-damaged")
def emptied_store(place): place.write(".docket/store.sqlite", b"")

@fault("store-damaged")
def missing_store(place):
    for name in glob.glob(place.path(".docket/store.sqlite*")): os.unlink(name)

@fault("chain-broken", look=("verify",), then=("verify",))
def changed_event(place): place.sql("UPDATE event SET actor = 'nobody' WHERE sequence = 1")

@fault("inconsistent", look=("verify",), then=("verify",))
def lost_document(place):
    place.sql("PRAGMA foreign_keys = OFF; UPDATE document SET arrival = 9 WHERE arrival = 1;")

@fault("store-too-new", by_hand=lambda place: place.sql("DELETE FROM migration WHERE version = 999"))
def newer_store(place): place.sql("INSERT INTO migration VALUES (999)")

@fault("upgrade-failed", by_hand=lambda place: place.sql("DROP TABLE seed; INSERT INTO migration VALUES (5); CREATE TABLE seed (value TEXT); INSERT INTO seed VALUES ('a')"))
def failing_upgrade(place):
    place.sql("DELETE FROM migration WHERE version >= 4; DROP TABLE seed; CREATE TABLE seed (other TEXT)")

@fault("workspace-busy", by_hand=lambda place: place.lock.close())
def locked_workspace(place):
    place.lock = open(place.path(".docket/lock"))
    fcntl.flock(place.lock, fcntl.LOCK_EX)

@fault("workspace-busy", by_hand=lambda place: place.holder.kill())
def locked_store(place):
    hold = "import sqlite3,sys,time; s=sqlite3.connect(sys.argv[1]); s.execute('BEGIN IMMEDIATE'); print(flush=True); time.sleep(600)"
    place.holder = subprocess.Popen([sys.executable, "-c", hold, place.path(".docket/store.sqlite")], stdout=subprocess.PIPE)
    place.holder.stdout.readline()

@fault("inconsistent", look=("run",))
def restore_cut_off(place): os.rename(place.path(".docket"), place.path(".docket.restoring"))


# Bytes

@fault("original-damaged", look=("verify",), then=("verify",))
def damaged_original(place): open(place.blob(), "w").write("something else")

@fault("original-damaged", look=("verify",), then=("verify",))
def missing_original(place): os.unlink(place.blob())

@fault("backup-damaged", look=("restore", "SAFE", "--force"), then=("restore", "SAFE", "--force"))
def damaged_backup(place):
    blob = sorted(glob.glob(f"{place.safe}/blobs/*/*"))[0]
    open(blob, "w").write("something else")

@fault("model-damaged", look=("verify",), then=("verify",), by_hand=lambda place: shutil.rmtree(place.path("models")))
def damaged_model(place):
    model = sorted(glob.glob(f"{ROOT}/Models/*/*/card.json"))
    model = next(m for m in model if '"docket/model/1"' in open(m).read())
    name = model.split("/")[-3]
    shutil.copytree(os.path.dirname(model), place.path(f"models/{name}/1"))
    place.write(f"models/{name}/in-use", "1\n")
    place.write(f"models/{name}/1/weights", b"something else")
    own(place.path("models"))

@fault("memory-damaged", look=("memory", "list"), then=("memory", "list"))
def damaged_memory(place):
    place.write("memory/1.facts", b"something else")
    place.write("memory/in-use", "1\n")

@fault("erasure-incomplete", look=("verify", "--forgotten"), then=("verify", "--forgotten"))
def left_behind(place):
    blob = place.blob()
    text = open(blob).read()
    assert place.run("forget", "A-1.xml", "--yes")[0] == 0
    os.makedirs(os.path.dirname(blob), exist_ok=True)
    open(blob, "w").write(text)
    own(blob)

@fault("empty-file", by_hand=lambda place: None, then=("failed", "drop", "empty.pdf"))
def empty_document(place): place.write("inbox/empty.pdf", "")


# What is done about them

def advice(text, place):
    """The commands in back quotes that a fault's words name, ready to be typed."""
    found = []
    for command in re.findall(r"`docket ([^`]*)`", text):
        words = [{"BACKUP": place.safe, "DIR": place.office}.get(word, word) for word in command.split()]
        if words and words[0] == "forget": words.append("--yes")
        if words and words[0].isalpha() and words[0] not in ("run", "explain", "watch", "train", "help"): found.append(tuple(words))
    return found


def spelling(text, place):
    """Mends a word where its file, line and column stand, as the message suggests."""
    # A line that lacks a key comes before the one that has the wrong one.
    for message in text.split("docket: ") + text.split("\n"):
        found = re.search(r"([^\s:`]+\.yaml):(\d+):(\d+).*?`([^`]+)`.*?[dD]id you mean `([^`]+)`", message, re.S)
        if found: break
    path, line, wrong, meant = found.group(1), int(found.group(2)) - 1, found.group(4), found
    path = path if os.path.isabs(path) else place.path(path)
    lines = open(path).read().split("\n")
    assert wrong in lines[line], (wrong, lines[line])
    lines[line] = lines[line].replace(wrong, meant.group(5), 1)
    place.write(os.path.relpath(path, place.office), "\n".join(lines))


def codes(code): return (code,) if isinstance(code, str) else code


def attempt(place, cause, code, by_hand, look, then, calm):
    cause(place)
    look = tuple(place.safe if word == "SAFE" else word for word in look)
    then = tuple(place.safe if word == "SAFE" else word for word in then)
    status, out, err = place.run(*look)
    said = out + err
    if not any(f"({c}" in said or f"{c}" in said for c in codes(code)):
        return "WRONG", f"not told: {status} {said.strip()[-300:]}"
    # A run that stopped tells the same afterwards.
    runs = place.run("runs", "--json", "--limit", "1")[1].strip()
    stopped = json.loads(runs.split("\n")[0]) if runs.startswith("{") else {}
    if look[0] == "run" and stopped.get("stopped_by") in codes(code):
        said += place.run("explain", stopped["run"])[1]
    typed = []
    if by_hand == "spelling":
        spelling(said, place)
    else:
        if by_hand: typed += by_hand(place) or []
        else: typed += advice(said, place)
        for words in typed: place.run(*words)
        if not by_hand and not typed: return "WRONG", "no command is named"
    if then[0] == "run": place.invoice("C-3")
    status, out, err = place.run(*then)
    if status != calm: return "WRONG", f"{' '.join(then)} ends with {status} after {typed}: {(out + err).strip()[-400:]}"
    sums = place.run("status", "--json")[1]
    if '"adds_up":true' not in sums: return "WRONG", f"the sum: {sums}"
    told = " and by its run" if "stopped" in said and stopped.get("stopped_by") in codes(code) else ""
    how = "by hand" if by_hand else "typed"
    return how, ("docket " + " ".join(typed[0])).replace(place.safe, "BACKUP").replace(place.office, "DIR") if typed else "as it says" + told


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--docket", default=None)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    built = [p for p in (f"{ROOT}/.build/release/docket", f"{ROOT}/.build/debug/docket") if os.path.exists(p)]
    docket = os.path.abspath(options.docket or max(built, key=os.path.getmtime))
    scratch = tempfile.mkdtemp(prefix="docket-faults-")
    os.chmod(scratch, 0o755)
    failures, sums = 0, {}
    try:
        template = f"{scratch}/template"
        os.makedirs(template)
        place = Place(docket, template)
        assert place.run("init", "office")[0] == 0
        place.edit("pipelines/office.yaml", "settle: 1s", "settle: 0s")
        place.invoice("A-1")
        status, out, err = place.run("run")
        assert status == 0 and "1 delivered" in out, out + err
        assert place.run("backup", place.safe)[0] == 0
        place.invoice("B-2")
        for name, cause, code, by_hand, look, then, calm in FAULTS:
            if options.names and name not in options.names: continue
            folder = f"{scratch}/{name}"
            os.makedirs(folder)
            place = Place(docket, folder, template)
            began = time.time()
            try: how, words = attempt(place, cause, code, by_hand, look, then, calm)
            except Exception as error: how, words = "WRONG", repr(error)
            finally:
                if hasattr(place, "holder"): place.holder.kill(); place.holder.wait()
            sums[how] = sums.get(how, 0) + 1
            failures += how == "WRONG"
            print(f"{name:24}{'/'.join(codes(code)):36}{how:9}{time.time() - began:5.1f} s  {words}", flush=True)
    finally:
        subprocess.run(["chmod", "-R", "u+rwX", scratch])
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"{sum(sums.values())} faults: " + ", ".join(f"{count} {how}" for how, count in sorted(sums.items())))
    return 1 if failures else 0


if __name__ == "__main__": sys.exit(main())
