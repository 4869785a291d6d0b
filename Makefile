# The commands of this house; `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
RELEASE := .build/release

help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

packages: ## install the Debian packages that are missing
	@Scripts/install-packages.sh

build: packages ## the two programs, in release
	@swift build -c release --product docket
	@swift build -c release --product docket-reader

try: packages ## a record of one document as soon as can be: FILE=invoice.pdf; builds without optimizing
	@swift build --product docket
	@swift build --product docket-reader
	@.build/debug/docket extract "$(or $(FILE),Corpus/digital/american-en/document.pdf)"

demo: build ## run the main job on Corpus/: records, their evidence, the review queue, and a promise that is proven
	@swift build -c release --product CorpusMaker
	@Scripts/demo.sh $(RELEASE)/docket

test: packages ## all tests; no server needed
	@swift build --build-tests --explicit-target-dependency-import-check error
	@swift test --skip-build --parallel

lint: packages ## layout of the code, and every file people write
	@swift format lint -r --strict Sources Tests Package.swift
	@swift run -q docket check

measure: build ## figures on ../shared/data, held against the committed floors
	@Scripts/measure.py --docket $(RELEASE)/docket

measure-reader: build ## how pictures are read: Tesseract alone, both readers and the quick way, side by side
	@Scripts/measure-reader.py --docket $(RELEASE)/docket

measure-learning: build ## what is learned from 0 to all documents, cross-fitted, on ../shared/data
	@Scripts/measure-learning.py --docket $(RELEASE)/docket

models: build ## make the learned models that ship anew, into .build/models, and say whether they are the same
	@rm -rf .build/models
	@Scripts/make-models.py --docket $(RELEASE)/docket --out .build/models

measure-proof: build ## whether promises are kept, by lot, on ../shared/data and on 2,000 documents of our own making
	@swift build --product CorpusMaker
	@Scripts/measure-proof.py --docket $(RELEASE)/docket

bench: build ## speed, as ratios measured side by side in one run
	@command -v time >/dev/null || { apt-get install -y -qq time >/dev/null; }
	@swift build -c release --product CorpusMaker
	@Benchmarks/bench.sh $(RELEASE)/docket
	@Benchmarks/memory.py $(RELEASE)/docket

train-reader: ## learn the line reader's weights anew, for an hour (Training/reader/README.md)
	@Training/reader/train.sh

package: packages ## a Debian package in .build/, and whether it works in a bare Debian 12 (that needs root)
	@swift build -c release --static-swift-stdlib --scratch-path .build/static --product docket
	@swift build -c release --static-swift-stdlib --scratch-path .build/static --product docket-reader
	@Scripts/package.sh .build/static/release
	@[ "$$(id -u)" != 0 ] || Scripts/try-package.sh .build/docket_*.deb

newcomer: ## both commands of the README in a bare Debian 12 (needs root)
	@Scripts/newcomer.sh

.PHONY: help packages build try demo test lint measure measure-reader measure-learning measure-proof models bench train-reader newcomer
