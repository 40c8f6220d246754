#!/bin/sh
# Turns requirements*.in into lock files with hashes, for every platform.
set -eu
cd "$(dirname "$0")/.."
for name in requirements requirements-dev; do
    .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
        "$name.in" -o "$name.txt"
done
