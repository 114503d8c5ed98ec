#!/bin/sh
# Have another generation of the index serve: use-generation.sh [NAME]
#
# Without a name it lists those that there are. A server that runs moves to it by itself. Stop the timer of the builds
# first, and put right what was wrong with the documents: the next build makes a new generation of them as they are.
set -eu
: "${INDEX:=/var/lib/inspection-assistant/index}"
cd "$INDEX"
if [ $# -eq 0 ]; then
    for manifest in */manifest.json; do
        generation=$(dirname "$manifest")
        [ "$generation" = "$(cat current)" ] && echo "$generation (serves)" || echo "$generation"
    done
    exit
fi
[ -f "$1/manifest.json" ] || { echo "There is no generation called $1 in $INDEX." >&2; exit 1; }
echo "$1" >unfinished-current
chown --reference=. unfinished-current
chmod 640 unfinished-current
mv unfinished-current current
echo "Now $1 serves."
