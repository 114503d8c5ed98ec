#!/bin/sh
# Have another generation of the index serve: use-generation.sh [[LEVEL/]NAME]
#
# Without a name it lists those that there are: those for everyone, and after its name those of each level of access. A
# server that runs moves to it by itself. Stop the timer of the builds first, and put right what was wrong with the
# documents: the next build makes a new generation of them as they are.
set -eu
: "${INDEX:=/var/lib/inspection-assistant/index}"
cd "$INDEX"
if [ $# -eq 0 ]; then
    for manifest in */manifest.json */*/manifest.json; do
        [ -f "$manifest" ] || continue
        generation=$(dirname "$manifest")
        level=$(dirname "$generation")
        [ "$(basename "$generation")" = "$(cat "$level/current")" ] && echo "$generation (serves)" || echo "$generation"
    done
    exit
fi
[ -f "$1/manifest.json" ] || { echo "There is no generation called $1 in $INDEX." >&2; exit 1; }
level=$(dirname "$1")
basename "$1" >"$level/unfinished-current"
chown --reference=. "$level/unfinished-current"
chmod 640 "$level/unfinished-current"
mv "$level/unfinished-current" "$level/current"
echo "Now $1 serves."
