# Every target may be run first, in a fresh clone; each does what it needs before.
#   make run [ARGS="--landscape"]   the kiosk with the demo library
#   make test                       everything a change must pass
#   make accept                     the numbered lines of the issues and the tests that prove them
#   make bench, soak                measurements; the long runs
#   make screens                    pictures of every screen in every mode, into build/screens
#   make dist                       Linux and Windows programs with their sums, into build/dist
.PHONY: help setup build run test accept bench soak screens dist lint clean

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

soak: build
	@exec build/bench/run.sh soak

screens: build
	@exec $(PYTHON) build/e2e/screens/run.py $(ARGS)

dist: setup
	@build/build.sh page dist

clean:
	rm -rf build/bin build/dist build/out build/run build/screens frontend/node_modules frontend/dist-looks
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete
