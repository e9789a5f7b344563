# Every target may be run first, in a fresh clone; each does what it needs before.
#   make run [ARGS="--landscape"]   the kiosk with the demo library
#   make test                       everything a change must pass
#   make accept                     the numbered lines of the issues and the tests that prove them
#   make bench, soak                measurements; the long runs (make soak-window: only 2,000 visits in the window)
#   make sizes                      sizes of the controls in mm, into docs/accessibility.md
#   make screens                    pictures of every screen in every mode, into build/screens
#   make dist                       Linux and Windows programs with their sums, into build/dist
.PHONY: help setup build run test accept bench soak soak-window sizes screens dist lint clean

PYTHON := /usr/bin/python3
ARGS ?=

help:
	@sed -n 's/^#  *//p' Makefile

setup:
	@build/setup.sh --front

build: setup
	@build/build.sh page program

run: build
	@exec $(PYTHON) build/run.py $(ARGS)

test: setup
	@exec $(PYTHON) build/test.py

accept: setup
	@exec $(PYTHON) build/accept.py

lint: setup
	@exec $(PYTHON) build/test.py --lint

bench: build
	@cd build/bench && exec go run . $(ARGS)

soak: soak-window
	@exec build/bench/run.sh soak

soak-window: build
	@exec $(PYTHON) build/e2e/window/soak.py $(ARGS)

sizes: build
	@exec $(PYTHON) build/e2e/window/sizes.py $(ARGS)

screens: build
	@exec $(PYTHON) build/e2e/screens/run.py $(ARGS)

dist: setup
	@build/build.sh page dist

clean:
	rm -rf build/bin build/dist build/out build/run build/screens frontend/node_modules frontend/dist-looks
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete
