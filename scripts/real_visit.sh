#!/bin/sh
# One visit on real data: a form, thousands of stores, a report of 45 answers with original phone photos,
# its tasks closed. Starts empty instances and prints each call with its status and time.
#
# Usage: scripts/real_visit.sh DATA_FOLDER [sqlite|postgresql]     (both when left out)
#   DATA_FOLDER holds chicago/form.csv, chicago/stores.csv and photos/phone/*.jpg.
#   sqlite: SQLite and a folder. postgresql: a PostgreSQL and a SeaweedFS started for this run.
set -eu
cd "$(dirname "$0")/.."
[ -d "${1:-}/chicago" ] || { echo "Usage: scripts/real_visit.sh DATA_FOLDER [sqlite|postgresql]" >&2; exit 2; }
scripts/setup.sh test
for parts in ${2:-sqlite postgresql}; do
    .venv/bin/python -m scripts.real_visit "$1" "$parts"
done
