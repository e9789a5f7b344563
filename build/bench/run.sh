#!/bin/sh
# Measurements and long runs. Usage: build/bench/run.sh bench [OPTIONS] | soak [MINUTES]
#   bench  compares with the yardsticks and rewrites docs/performance.md; --help lists the options
#   soak   the kill tests 20 times over, 100,000 random acts of lending, 10,000 guesses at a PIN, then each fuzz target for MINUTES (10 when not given)
set -eu
cd "$(dirname "$0")"

bench() { exec go run . "$@"; }

soak() {
  cd ../..
  echo "soak: kill tests"
  go test -tags webkit2_41 -count 20 -timeout 0 -run '[Kk]ill' ./app/...
  echo "soak: 100,000 random acts of lending against a model"
  SHUTING_WALK=100000 go test -tags webkit2_41 -count 1 -timeout 0 -run 'L46' ./app/circulation
  echo "soak: 10,000 guesses at a PIN"
  SHUTING_GUESSES=10000 go test -tags webkit2_41 -count 1 -timeout 0 -run 'L55_g' ./app/patrons
  grep -rl --include='*_test.go' '^func Fuzz' app | xargs -n 1 dirname | sort -u | while read -r package; do
    grep -h '^func Fuzz' "$package"/*_test.go | sed 's/^func \(Fuzz[A-Za-z0-9_]*\).*/\1/' | while read -r target; do
      echo "soak: $target in $package for ${1:-10} minutes"
      go test -run '^$' -fuzz "^$target\$" -fuzztime "${1:-10}m" "./$package" </dev/null
    done
  done
}

what="${1:-}"
[ $# -eq 0 ] || shift
case "$what" in
  bench | soak) "$what" "$@" ;;
  *) echo "run.sh: bench or soak" >&2; exit 2 ;;
esac
