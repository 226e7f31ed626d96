#!/usr/bin/env bash
# An installed copy is found by find_package(verbale), the example in docs/ builds against it and runs,
# and the installed program finds its packs.
#   find_package.sh BUILD_DIR SOURCE_DIR
set -euo pipefail
build=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" >"$work/log" || { cat "$work/log"; exit 1; }
cmake -S "$source/docs/example" -B "$work/example" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" >"$work/log" \
  && cmake --build "$work/example" >>"$work/log" || { cat "$work/log"; exit 1; }

"$work/example/example" "$work/prefix/share/verbale/packs/ict-security" \
  "$source/data/replies/SAMPLE-2017.txt" >"$work/printed"
grep -q "^  Armenia, '2006-10'$" "$work/printed" || { echo "the example printed:"; cat "$work/printed"; exit 1; }

cd "$work"
env -u VERBALE_GRAPH -u VERBALE_PACKS "$work/prefix/bin/verbale" build --quiet "$source/data/replies"
test -d "$work/verbale.graph"
env -u VERBALE_GRAPH -u VERBALE_QUERIES "$work/prefix/bin/verbale" ask ratifications --treaty 'Budapest Convention' \
  | grep -q "^Armenia" || { echo "ask finds no question or no answer"; exit 1; }
echo "find_package, example and installed program work"
