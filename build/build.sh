#!/bin/sh
# Builds the page and the program, each only when something changed.
# Usage: build/build.sh [page] [program] [dev] [dist]   (default: page program)
#   page     frontend/dist
#   program  build/bin/shuting      the production program
#   dev      build/bin/shuting-dev  serves the real bindings to a browser; for tests only
#   dist     build/dist/            Linux and Windows programs with their sums
set -eu
cd "$(dirname "$0")/.."

# Names the exact state this was built from; a tree without history is "unknown".
version() { git describe --tags --always --dirty 2>/dev/null || printf 'unknown'; }

flags() { printf '%s' "-s -w -X main.version=$(version)"; }

page() {
  built="frontend/dist/index.html"
  if [ -f "$built" ] && [ -z "$(find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune -o \
      -path frontend/dist-looks -prune -o -type f -newer "$built" -print -quit)" ]; then
    return 0
  fi
  (cd frontend && node_modules/.bin/vite build --logLevel warn)
  # Vite keeps the times of files it copies; the stamp must be newer than every source.
  touch "$built" frontend/dist/.gitkeep
}

program() {
  go build -trimpath -tags desktop,production,webkit2_41 -ldflags "$(flags)" -o build/bin/shuting .
}

dev() {
  go build -tags dev,webkit2_41 -o build/bin/shuting-dev .
}

dist() {
  program
  rm -rf build/dist
  mkdir -p build/dist
  name="shuting-$(version)"
  cp build/bin/shuting "build/dist/$name-linux-$(go env GOARCH)"
  # A window program; for its commands it takes the console it was started from.
  CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -trimpath -tags desktop,production \
    -ldflags "$(flags) -H windowsgui" -o "build/dist/$name-windows-amd64.exe" .
  (cd build/dist && sha256sum -- * >SHA256SUMS)
  ls -l build/dist
}

[ $# -gt 0 ] || set -- page program
for part in "$@"; do
  case "$part" in
    page | program | dev | dist) "$part" ;;
    *) echo "build.sh: unknown part $part" >&2; exit 2 ;;
  esac
done
