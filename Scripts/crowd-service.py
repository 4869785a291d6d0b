#!/usr/bin/env python3
"""Uploads to `docket serve`: one after the other, then many at once. Each is answered or told to come again; none is lost.

  Scripts/crowd-service.py --docket .build/release/docket --uploads 200 --most 50 --rounds 5
"""
import argparse, http.client, json, re, shutil, subprocess, sys, tempfile, threading, time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("--docket", required=True)
arguments.add_argument("--uploads", type=int, default=200, help="at once")
arguments.add_argument("--most", type=int, default=50, help="the queue")
arguments.add_argument("--rounds", type=int, default=3)
arguments.add_argument("--alone", type=int, default=60, help="uploads one after the other, before")
options = arguments.parse_args()
docket = str(Path(options.docket).resolve())
place = Path(tempfile.mkdtemp(prefix="docket-crowd-"))
office = place / "office"
subprocess.run([docket, "init", str(office)], check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
said = open(place / "said", "w+")
service = subprocess.Popen([docket, "serve", "--port", "0", "--most", str(options.most)], cwd=office, stderr=said)
port = None
while port is None:
    time.sleep(0.05)
    found = re.search(r"127\.0\.0\.1:(\d+)/", (place / "said").read_text())
    port = int(found[1]) if found else None
invoices = [p for p in sorted(ROOT.glob("Corpus/digital/*/document.pdf")) if "bundle" not in str(p)][:30]
count, lock, ids = 0, threading.Lock(), []


def body():
    global count
    with lock:
        count += 1
        number = count
    return invoices[number % len(invoices)].read_bytes() + f"\n% {number}\n".encode()


def upload(data):
    began = time.time()
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    client.request("POST", "/documents?name=a.pdf", data)
    answer = client.getresponse()
    answer.read()
    if answer.status in (200, 202):
        ids.append(answer.headers["Docket-Document"])
    client.close()
    return answer.status, time.time() - began


def share(values, part):
    values = sorted(values)
    return f"{values[min(len(values) - 1, int(len(values) * part))] * 1000:.0f} ms"


def resources():
    status = Path(f"/proc/{service.pid}/status").read_text()
    memory = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024
    threads = re.search(r"Threads:\s+(\d+)", status)[1]
    files = len(list(Path(f"/proc/{service.pid}/fd").iterdir()))
    return f"{memory} MB, {files} open files, {threads} threads"


alone = [upload(body())[1] for _ in range(options.alone)][5:]
print(f"one after the other: p50 {share(alone, .5)} p95 {share(alone, .95)}; {resources()}")
for round in range(options.rounds):
    results, bodies = [], [body() for _ in range(options.uploads)]
    threads = [threading.Thread(target=lambda data=data: results.append(upload(data))) for data in bodies]
    began = time.time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    by = {}
    for status, _ in results:
        by[status] = by.get(status, 0) + 1
    print(f"{options.uploads} at once: {by} in {time.time() - began:.1f} s; {resources()}")
    if sum(by.get(status, 0) for status in (200, 202, 429)) != options.uploads:
        print("an upload had another answer")
        sys.exit(1)
service.terminate()
code = service.wait(60)
status = json.loads(subprocess.run([docket, "status", "--json"], cwd=office, capture_output=True, text=True).stdout)
print(f"ended with {code}; {len(ids)} answered, {len(set(ids))} documents, workspace: {status['arrived']} arrived, "
      f"adds up: {status['adds_up']}")
shutil.rmtree(place)
sys.exit(0 if len(set(ids)) == len(ids) <= status["arrived"] and status["adds_up"] and code == 0 else 1)
