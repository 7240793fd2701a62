#!/usr/bin/env bash
# Measure every suite of ../shared/eval and write docs/accuracy.md anew; where the suites are not there, say so and stop.
set -euo pipefail
cd "$(dirname "$0")/.."
exec "${PYTHON:-.venv/bin/python}" -m bench.accuracy "$@"
