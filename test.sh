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

step "numpy, for the independent check of the momentum arithmetic"
if command -v python3 >/dev/null 2>&1 && python3 -m venv target/python >/dev/null 2>&1 &&
    target/python/bin/pip install --quiet --disable-pip-version-check numpy; then
    PATH="$PWD/target/python/bin:$PATH"
else
    echo "skipped: no python3 with venv, or no package index to install numpy from"
fi

step "tests (cargo test, examples in the docs included)"
cargo test --workspace --locked

step "floors under the figures (eval check)"
cargo run --quiet --release --locked -p eval -- check
