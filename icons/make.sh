#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Draws every size from icon.svg. Needs rsvg-convert (Debian: librsvg2-bin) and icotool (Debian: icoutils).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
draw() { rsvg-convert --width "$1" --height "$1" icon.svg --output "$2"; }
draw 512 icon.png
draw 32 32x32.png
draw 128 128x128.png
draw 256 128x128@2x.png
sizes=$(mktemp -d)
trap 'rm -r "$sizes"' EXIT
# 32 first: it is the one that Tauri shows while developing.
layers=()
for size in 32 16 24 48 64; do
  draw "$size" "$sizes/$size.png"
  layers+=("$sizes/$size.png")
done
draw 256 "$sizes/256.png"
icotool --create --output=icon.ico "${layers[@]}" --raw="$sizes/256.png"
