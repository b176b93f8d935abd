#!/bin/sh
# Puts this folder under the user's own programs, without rights of an administrator.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
mkdir -p "$data/applications" "$HOME/.local/bin" "$data/kvalitetsapp-program"
cp -R "$here/." "$data/kvalitetsapp-program/"
ln -sf "$data/kvalitetsapp-program/kvalitetsapp" "$HOME/.local/bin/kvalitetsapp"
sed "s|^Exec=.*|Exec=\"$data/kvalitetsapp-program/kvalitetsapp\"|; \
     s|^Icon=.*|Icon=$data/kvalitetsapp-program/_internal/resources/icons/kvalitetsapp.svg|" \
    "$here/kvalitetsapp.desktop" > "$data/applications/kvalitetsapp.desktop"
echo "Kvalitetsapp is installed for $(id -un)."
