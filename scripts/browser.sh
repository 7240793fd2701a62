#!/usr/bin/env bash
# Headless Chromium for the browser tests: through apt-get where that is allowed, else one line that says why they are skipped.
set -u
for name in chromium chromium-browser google-chrome; do command -v "$name" >/dev/null 2>&1 && exit 0; done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing Chromium for the browser tests"
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core) >/dev/null 2>&1
  command -v chromium >/dev/null 2>&1 && exit 0
  echo "browser tests will be skipped: apt-get could not install chromium"
  exit 0
fi
echo "browser tests will be skipped: no chromium here, and installing it needs root and apt-get"
