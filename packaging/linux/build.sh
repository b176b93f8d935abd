#!/bin/sh
# Makes dist/kvalitetsapp and dist/kvalitetsapp-linux.tar.gz, in an environment of its own.
set -eu
cd "$(dirname "$0")/../.."
environment=$(mktemp -d)
trap 'rm -rf "$environment"' EXIT
python3 -m venv "$environment"
"$environment/bin/pip" install -q --disable-pip-version-check --require-hashes -r requirements/package.txt
PYTHONPATH=src "$environment/bin/pyinstaller" --noconfirm --log-level WARN packaging/kvalitetsapp.spec
cp packaging/linux/kvalitetsapp.desktop packaging/linux/install.sh LICENSE dist/kvalitetsapp/
tar -C dist -czf dist/kvalitetsapp-linux.tar.gz kvalitetsapp
echo "dist/kvalitetsapp-linux.tar.gz"
