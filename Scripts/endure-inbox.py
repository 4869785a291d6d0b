#!/usr/bin/env python3
"""An inbox under load: files that come one by one from slow writers, or thousands at once, into a watch that is killed.

Every file must be taken in exactly once. Tells the time from a file's last close to its record, and memory, open
files and threads of `docket` over time.

  Scripts/endure-inbox.py --docket .build/release/docket --seconds 3600 --every 1 --kill 300
  Scripts/endure-inbox.py --docket .build/release/docket --at-once 10000 --kind text
"""
import argparse, json, os, random, shutil, signal, sqlite3, subprocess, sys, tempfile, threading, time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("--docket", required=True)
arguments.add_argument("--seconds", type=float, default=60, help="for how long files come")
arguments.add_argument("--every", type=float, default=1, help="seconds between two files")
arguments.add_argument("--slowest", type=float, default=5, help="seconds that the slowest writer takes")
arguments.add_argument("--kill", type=float, default=0, help="seconds between two kill -9; 0: none")
arguments.add_argument("--at-once", type=int, default=0, help="so many files dropped at once, in place of all that")
arguments.add_argument("--kind", choices=["pdf", "xml", "text"], default="pdf", help="digital invoices, or plain texts")
arguments.add_argument("--patience", type=float, default=600, help="seconds for what is left at the end")
arguments.add_argument("--keep", action="store_true", help="leave the workspace there")
options = arguments.parse_args()
docket = str(Path(options.docket).resolve())
place = Path(tempfile.mkdtemp(prefix="docket-endure-"))
office = place / "office"
subprocess.run([docket, "init", str(office)], check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
inbox = office / "inbox"
models = {
    "pdf": sorted(ROOT.glob("Corpus/digital/*/document.pdf"))[:20],
    "xml": sorted(ROOT.glob("Corpus/structured/*/document.xml")),
}.get(options.kind, [])


def content(number):
    """A file that is like no other: a comment behind the end, which no reader shows."""
    if options.kind == "text":
        return f"A note that fits no contract, number {number}.\n".encode()
    data = models[number % len(models)].read_bytes()
    return data + (f"\n% {number}\n" if options.kind == "pdf" else f"\n<!-- {number} -->\n").encode()


def name(number):
    return f"{number:06}.{'txt' if options.kind == 'text' else options.kind}"


closed, watch, samples, kills = {}, None, [], 0
ends = threading.Event()


def start():
    global watch
    watch = subprocess.Popen([docket, "watch"], cwd=office, stdout=subprocess.DEVNULL, stderr=open(place / "said", "ab"))


def write(number):
    """One of four ways: at once, slowly, aside and renamed, or written twice."""
    data, path, way = content(number), inbox / name(number), number % 4
    if way == 2:
        aside = inbox / (name(number) + ".part")
        aside.write_bytes(data)
        aside.rename(path)
    else:
        with open(path, "wb") as file:
            pieces = 1 if way == 0 else random.randint(2, 8)
            pause = random.uniform(0, options.slowest) / pieces if pieces > 1 else 0
            for at in range(pieces):
                file.write(data[len(data) * at // pieces: len(data) * (at + 1) // pieces])
                file.flush()
                time.sleep(pause if at + 1 < pieces else 0)
        if way == 3:
            with open(path, "r+b") as file:
                file.write(data[:100])
    closed[name(number)] = time.time()


def sample():
    began = time.time()
    while not ends.wait(1):
        try:
            status = Path(f"/proc/{watch.pid}/status").read_text()
            fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
            samples.append((time.time() - began, int(fields["VmRSS"].split()[0]) // 1024,
                            len(os.listdir(f"/proc/{watch.pid}/fd")), int(fields["Threads"])))
        except (OSError, KeyError):
            pass


def kill():
    global kills
    while not ends.wait(options.kill):
        watch.send_signal(signal.SIGKILL)
        watch.wait()
        kills += 1
        start()


def rows(sql):
    with sqlite3.connect(f"file:{office}/.docket/store.sqlite?mode=ro", uri=True, timeout=30) as store:
        return store.execute(sql).fetchall()


if options.at_once:
    heap = place / "heap"
    heap.mkdir()
    for number in range(options.at_once):
        (heap / name(number)).write_bytes(content(number))
start()
threads = [threading.Thread(target=sample, daemon=True)]
if options.kill:
    threads.append(threading.Thread(target=kill, daemon=True))
for thread in threads:
    thread.start()
time.sleep(2)
began = time.time()
if options.at_once:
    count = options.at_once
    for number in range(count):
        (heap / name(number)).rename(inbox / name(number))
        closed[name(number)] = time.time()
else:
    count, writers = 0, []
    while time.time() - began < options.seconds:
        writers.append(threading.Thread(target=write, args=(count,)))
        writers[-1].start()
        count += 1
        time.sleep(max(0, began + count * options.every - time.time()))
    for writer in writers:
        writer.join()
deadline = time.time() + options.patience
while time.time() < deadline:
    found = dict(rows("SELECT state, COUNT(*) FROM document WHERE parent IS NULL GROUP BY state"))
    if sum(found.values()) >= count and not found.get("queued") and not found.get("working"):
        break
    time.sleep(1)
took = time.time() - began
ends.set()
for thread in threads:
    thread.join()
watch.terminate()
exit_code = watch.wait(60)

arrived = rows("SELECT name, COUNT(*), MIN(arrived_at) FROM document WHERE parent IS NULL GROUP BY name")
records = dict(rows("SELECT name, MIN(at) FROM document JOIN record ON record.id = document.id GROUP BY name"))
delivered = [json.loads(line)["delivery"] for line in
             (office / "out/records.jsonl").read_text().splitlines()] if (office / "out/records.jsonl").exists() else []
status = json.loads(subprocess.run([docket, "status", "--json"], cwd=office, capture_output=True, text=True).stdout)
taken = sorted(at - closed[n] for n, _, at in arrived if n in closed)
known = sorted(at - closed[n] for n, at in records.items() if n in closed)


def share(values, part):
    return f"{values[min(len(values) - 1, int(len(values) * part))]:.2f}" if values else "-"


wrong = [n for n, times, _ in arrived if times != 1] + [n for n in closed if n not in {a[0] for a in arrived}]
print(f"{count} files in {took:.0f} s, {kills} kills, watch ended with {exit_code}")
print(f"taken in exactly once: {count - len(wrong)} of {count}; left in the inbox: "
      f"{sum(1 for p in inbox.iterdir() if not p.name.startswith('.'))}")
print(f"states: {({k: v for k, v in status['states'].items() if v})}, adds up: {status['adds_up']}")
print(f"delivered {len(delivered)}, of which twice: {len(delivered) - len(set(delivered))}")
print(f"seconds from close to taken in: p50 {share(taken, .5)} p95 {share(taken, .95)} most {share(taken, 1)}")
print(f"seconds from close to record ({len(known)}): p50 {share(known, .5)} p95 {share(known, .95)} "
      f"most {share(known, 1)}")
print("   second  memory MB  open files  threads")
step = max(1, len(samples) // 12)
for row in samples[::step]:
    print(f"{row[0]:9.0f}{row[1]:11}{row[2]:12}{row[3]:9}")
if options.keep:
    print(place)
else:
    shutil.rmtree(place)
sys.exit(1 if wrong or not status["adds_up"] or len(delivered) != len(set(delivered)) else 0)
