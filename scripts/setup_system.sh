#!/bin/sh
# Makes sure the system packages are there: installs them when root, otherwise prints the exact command and stops.
set -eu

font=/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf
missing=""
need() { missing="$missing $1"; }

command -v tesseract >/dev/null || need tesseract-ocr
languages=$(tesseract --list-langs 2>/dev/null || true)
echo "$languages" | grep -qx vie || need tesseract-ocr-vie
echo "$languages" | grep -qx eng || need tesseract-ocr-eng
command -v pdftoppm >/dev/null || need poppler-utils
python3 -c 'import ensurepip' 2>/dev/null || need python3-venv
[ -f "$font" ] || need fonts-liberation2
[ -f /usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf ] || need fonts-dejavu-core
[ -f /usr/share/fonts/truetype/dejavu/DejaVuSerif-Italic.ttf ] || need fonts-dejavu-extra
[ -f /usr/share/fonts/truetype/freefont/FreeSerif.ttf ] || need fonts-freefont-ttf

[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
	echo "System packages are missing. Install them, then run make again:" >&2
	echo "    sudo apt-get install -y$missing" >&2
	exit 4
fi
echo "Installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 - a list of names
apt-get install -y -qq --no-install-recommends $missing >/dev/null
