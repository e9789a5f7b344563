#!/bin/sh
# Installs, once, the system packages that building, running and testing need.
# Quick when all are there. Usage: build/setup.sh [--front]
#   --front  also installs the page's packages (npm ci, when the lock changed)
set -eu
cd "$(dirname "$0")/.."

# Building and running (the page's sounds play through GStreamer); then testing
# in virtual screens; then the tools that tests and measurements use as judges.
PACKAGES="
  gcc libc6-dev pkg-config libgtk-3-dev libwebkit2gtk-4.1-dev git ca-certificates
  gstreamer1.0-plugins-base gstreamer1.0-plugins-good
  xvfb openbox dbus at-spi2-core gir1.2-atspi-2.0 gir1.2-gtk-3.0 python3 python3-gi
  xdotool x11-utils imagemagick chromium fonts-dejavu-core
  yaz strace zbar-tools tesseract-ocr tesseract-ocr-chi-sim
"

say() { printf '%s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

missing_packages() {
  for package in $PACKAGES; do
    case "$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null)" in
      "install ok installed") ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

system_packages() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    # Another system: what counts is that the tools are there.
    absent=""
    for tool in gcc pkg-config git Xvfb openbox dbus-daemon xdotool xprop import strace yaz-marcdump; do
      command -v "$tool" >/dev/null || absent="$absent $tool"
    done
    command -v pkg-config >/dev/null && for library in gtk+-3.0 webkit2gtk-4.1; do
      pkg-config --exists "$library" || absent="$absent $library"
    done
    [ -z "$absent" ] || fail "this system has no apt-get. Install by hand what is missing:$absent
  (on Debian and Ubuntu the packages are:$(printf '%s' "$PACKAGES" | tr -s '\n ' ' '))"
    return 0
  fi
  missing="$(missing_packages)"
  [ -n "$missing" ] || return 0
  say "setup: installing $missing"
  root=""
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "run as root, or install by hand: apt-get install $missing"
    root="sudo"
  fi
  $root env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -q && apt-get install -q -y --no-install-recommends "$@"' apt $missing ||
    fail "the packages could not be installed: $missing"
}

# at_least WANTED HAVE: whether the version HAVE is WANTED or newer.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

toolchains() {
  command -v go >/dev/null || fail "Go 1.26 or newer is needed: see https://go.dev/doc/install"
  have="$(go env GOVERSION | sed 's/^go//')"
  at_least 1.26 "$have" || fail "Go 1.26 or newer is needed, this is $have: see https://go.dev/doc/install"
  command -v node >/dev/null && command -v npm >/dev/null ||
    fail "Node 20.19 or newer with npm is needed: see https://nodejs.org/en/download"
  have="$(node --version | sed 's/^v//')"
  at_least 20.19 "$have" || fail "Node 20.19 or newer is needed, this is $have: see https://nodejs.org/en/download"
}

# The installed packages carry the sum of the lock they came from.
front() {
  sum="$(cksum <frontend/package-lock.json)"
  stamp="frontend/node_modules/.lock-sum"
  if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$sum" ]; then
    say "setup: installing the page's packages"
    (cd frontend && npm ci --no-audit --no-fund --loglevel=error)
    printf '%s' "$sum" >"$stamp"
  fi
  # The browser tests live under build/ and use the page's packages.
  ln -sfn ../../../frontend/node_modules build/e2e/chromium/node_modules
}

system_packages
toolchains
case "${1:-}" in
  --front) front ;;
  "") ;;
  *) fail "unknown argument $1" ;;
esac
