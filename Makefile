# SPDX-License-Identifier: Apache-2.0
# The two commands of the README, and the steps they are made of. Each installs what it needs and says what it does.
.PHONY: demo test test-clients test-pages setup venv content content-check functions functions-check lint format build test-build clean test-api

PLUMB := .build/release/plumb

## demo: serve an estate in three clouds on this machine, scan it, print the report and three queries
demo: build
	@$(PLUMB) demo

# The tests that run the program wait for it, each on a thread of the pool that the others' servers need: they go by
# themselves. Only some run at once: all together on two cores would wait for each other until their limits run out.
## test: check formatting and embedded content, build, run every test
test: venv lint content-check test-build
	@echo "== Running every test"
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=16 swift test --skip-build --skip CommandTests
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=16 swift test --skip-build --filter CommandTests

## test-clients: try the twin with azure-cli and msgraph-sdk, which are too large for `make test`
test-clients: setup
	@echo "== Building plumb"
	swift build --product plumb
	@Scripts/test-clients.sh .build/debug/plumb

## test-pages: walk every page of the dashboard in Debian's Chromium; pictures in .build/pages
test-pages: setup
	@echo "== Building plumb"
	swift build --product plumb
	@Scripts/test-pages.sh .build/debug/plumb
## test-api: hold the API of `plumb serve` against its OpenAPI document with schemathesis
test-api: setup
	@echo "== Building plumb"
	swift build --product plumb
	@Scripts/test-api.sh .build/debug/plumb

setup:
	@Scripts/setup.sh

venv: setup
	@Scripts/venv.sh

## content: list the files of Content/ for embedding (run after adding or removing a file there)
content:
	@python3 Scripts/embed-content.py

content-check: setup
	@python3 Scripts/embed-content.py --check

## functions: write docs/kql-functions.md from the registry (a test says when it is stale, as functions-check does)
functions: setup
	swift run -q plumb kql functions --format markdown > docs/kql-functions.md.new
	@mv docs/kql-functions.md.new docs/kql-functions.md

functions-check: setup
	@swift run -q plumb kql functions --check docs/kql-functions.md

lint: setup
	@echo "== Checking the formatting"
	@swift format lint --strict --recursive --parallel Sources Tests Package.swift

format:
	swift format --in-place --recursive --parallel Sources Tests Package.swift

build: setup
	@echo "== Building plumb (release; the first build takes some minutes)"
	swift build -c release --product plumb --static-swift-stdlib

test-build: setup
	@echo "== Building the tests"
	swift build --build-tests

clean:
	rm -rf .build .venv
