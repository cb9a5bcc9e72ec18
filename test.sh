#!/usr/bin/env bash
# Passes the tests: formatting, lints, licences, the tests themselves, floors under the figures.
# One command on a fresh machine with Rust: what it needs it installs, what it skips it says.
set -euo pipefail
cd "$(dirname "$0")"

step() { printf '\n== %s\n' "$*"; }

step "formatting (cargo fmt)"
cargo fmt --all --check

step "lints (cargo clippy)"
cargo clippy --workspace --all-targets --locked -- -D warnings

step "licences and bans (cargo deny; advisories are skipped: they need the network)"
if ! cargo deny --version >/dev/null 2>&1; then
    echo "cargo-deny is not installed: installing it once, into cargo's own bin folder"
    cargo install cargo-deny --locked --quiet
fi
# It looks at the crates of every platform, of which building fetches only this one's.
cargo fetch --locked --quiet
cargo deny --offline --log-level error check --hide-inclusion-graph licenses bans sources

step "numpy and schemathesis, for independent checks of the momentum arithmetic and of the API"
if command -v python3 >/dev/null 2>&1 && python3 -m venv target/python >/dev/null 2>&1; then
    for package in numpy schemathesis; do
        target/python/bin/python3 -m pip install --quiet --disable-pip-version-check "$package" ||
            echo "skipped: no package index to install $package from"
    done
    PATH="$PWD/target/python/bin:$PATH"
else
    echo "skipped: no python3 with venv; app/tests/api.rs holds the API against its document all the same"
fi

step "chromium and node, for the tests of the pages in a browser"
missing=()
command -v chromium >/dev/null 2>&1 || missing+=(chromium fonts-liberation)
command -v npm >/dev/null 2>&1 || missing+=(nodejs npm)
if ((${#missing[@]})) && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing ${missing[*]} from Debian"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || true
fi
modern='process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)'
browser=no
if ! command -v chromium >/dev/null 2>&1; then
    echo "skipped: no chromium, and none that could be installed"
elif ! command -v npm >/dev/null 2>&1 || ! node -e "$modern"; then
    echo "skipped: no npm with node 20 or later, which playwright-core needs"
elif ! npm --prefix app/browser ci --silent --prefer-offline --no-audit --no-fund; then
    echo "skipped: no registry to install playwright-core and axe-core from"
else
    browser=yes
fi

step "tests (cargo test, examples in the docs included)"
cargo test --workspace --locked

step "pages in a browser (app/browser: journeys, faults of access by axe-core, weight)"
if [ "$browser" = yes ]; then
    DEMARCHE="$(cd "${CARGO_TARGET_DIR:-target}" && pwd)/debug/demarche" CHROMIUM="$(command -v chromium)" npm --prefix app/browser test
else
    echo "skipped, for the reason above"
fi

step "floors under the figures (eval check)"
cargo run --quiet --release --locked -p eval -- check
