#!/bin/sh
# Writes, or checks, the TypeScript face of the bound Go methods (frontend/wailsjs).
# Usage: build/bindings.sh [write|check]
#
# A program built with the tag "bindings" writes that folder below the one that
# wails.json, in the current directory, names, and ends: no window, no store.
set -eu
cd "$(dirname "$0")/.."

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
go build -tags bindings,webkit2_41 -o "$folder/bindings" .
mkdir "$folder/frontend"
cp wails.json "$folder/"
(cd "$folder" && ./bindings >bindings.log 2>&1) || { cat "$folder/bindings.log" >&2; exit 1; }

case "${1:-write}" in
  write)
    rm -rf frontend/wailsjs
    cp -R "$folder/frontend/wailsjs" frontend/wailsjs
    ;;
  check)
    diff -r frontend/wailsjs "$folder/frontend/wailsjs" ||
      { echo "bindings: frontend/wailsjs is out of date: run build/bindings.sh" >&2; exit 1; }
    ;;
  *) echo "bindings.sh: write or check" >&2; exit 2 ;;
esac
