#!/bin/sh
# Makes what `make run` and `make test` need: Python packages, the app's packages, the built app.
# What is there already is left alone; a second call takes a moment. Usage: setup.sh run|test
set -eu
cd "$(dirname "$0")/.."
what="$1"
export UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '%s\n' "$*" >&2; }
sum() { cat "$@" | sha256sum | cut -c1-16; }

need() { # need PROGRAM PACKAGE…: installs Debian packages when root, names them when not
    program="$1"; shift
    command -v "$program" >/dev/null 2>&1 && return 0
    [ -x "$program" ] && return 0
    install_packages "$@"
}

install_packages() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "installing $*"
        [ -n "${updated:-}" ] || { apt-get update -qq >/dev/null; updated=1; }
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    else
        say "Please install these Debian packages first: $*"
        exit 1
    fi
}

need python3 python3 python3-venv
need node nodejs
need npm npm
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "Python 3.11 or newer is needed."; exit 1; }
node -e 'const [a,b]=process.versions.node.split(".");process.exit(a>20||(a==20&&b>=19)?0:1)' ||
    { say "Node 20.19 or newer is needed."; exit 1; }
python3 -c 'import ensurepip, venv' 2>/dev/null || install_packages python3-venv

if [ "$what" = test ]; then
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || install_packages postgresql
    need chromium chromium
    fc-list 2>/dev/null | grep -qi cjk || install_packages fontconfig fonts-noto-cjk
fi

# Python. The packages for testing hold those for running, so one environment serves both.
if [ ! -x .venv/bin/python ]; then
    say "making .venv"
    python3 -m venv .venv
fi
lock=requirements.txt
[ "$what" = test ] && lock=requirements-dev.txt
want="$(sum "$lock" requirements-uv.txt)"
for done in .venv/stamp-*; do
    [ "$done" = ".venv/stamp-test-$(sum requirements-dev.txt requirements-uv.txt)" ] && want=""
    [ "$done" = ".venv/stamp-$what-$want" ] && want=""
done
if [ -n "$want" ]; then
    say "installing Python packages"
    .venv/bin/python -m pip install -q --require-hashes -r requirements-uv.txt
    .venv/bin/uv pip install -q --python .venv/bin/python --require-hashes -r "$lock"
    rm -f ".venv/stamp-$what-"*
    : > ".venv/stamp-$what-$want"
fi

# The app.
want="$(sum pwa/package-lock.json pwa/package.json)"
if [ ! -e "pwa/node_modules/.stamp-$want" ]; then
    say "installing the app's packages"
    (cd pwa && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
    : > "pwa/node_modules/.stamp-$want"
fi
want="$( (find pwa/src pwa/build pwa/public data/words -type f | LC_ALL=C sort | xargs cat; cat pwa/index.html pwa/vite.config.ts pwa/package-lock.json) | sha256sum | cut -c1-16)"
if [ ! -e "pwa/dist/.stamp-$want" ]; then
    say "building the app"
    (cd pwa && npm run --silent build >&2)
    : > "pwa/dist/.stamp-$want"
fi
