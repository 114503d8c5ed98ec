#!/bin/sh
# Put back what a backup holds: restore.sh BACKUP [etc] [documents] [index] [records]
#
# It puts things into folders that are there, with the owners that the set-up gave them, and makes none of them.
# Name the parts to put back; all of them where none is named. Stop the server before its records are put back. Nothing
# of what was there is lost but a generation of the same name: records are kept in a folder whose name ends in the time,
# and a list beside the documents under its own name with ".~1~" after it.
set -eu
: "${ETC:=/etc/inspection-assistant}" "${DOCUMENTS:=/srv/inspection-assistant/documents}"
: "${INDEX:=/var/lib/inspection-assistant/index}" "${RECORDS:=/var/lib/inspection-assistant/records}"
[ $# -ge 1 ] || { echo "usage: restore.sh BACKUP [etc] [documents] [index] [records]" >&2; exit 2; }

from=$(cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- etc documents index records
for part in "$@"; do
    case $part in
    etc) folder=$ETC ;;
    documents) folder=$DOCUMENTS ;;
    index) folder=$INDEX ;;
    records) folder=$RECORDS ;;
    *) echo "Nothing was restored: restore.sh knows no part called $part." >&2; exit 2 ;;
    esac
    [ -d "$folder" ] || { echo "Nothing was restored: there is no $folder. Make it as the set-up says." >&2; exit 2; }
done
(cd "$from" && sha256sum --check --quiet SHA256SUMS) || { echo "Nothing was restored: $from is damaged." >&2; exit 1; }

# What a folder of the backup holds, into a folder that keeps its own owner and permissions.
put() {
    find "$from/$1" -mindepth 1 -maxdepth 1 -exec cp -a --backup=numbered -t "$2" {} +
}

# Have a generation serve: readers find the old pointer or the new one, never half of one.
point() {
    echo "$2" >"$1/unfinished-current"
    chown --reference="$INDEX" "$1/unfinished-current"
    chmod 640 "$1/unfinished-current"
    mv "$1/unfinished-current" "$1/current"
}

for part in "$@"; do
    case $part in
    etc) put etc "$ETC" ;;
    documents) put documents "$DOCUMENTS" ;;
    index)
        for pointer in "$from/index/current" "$from/index"/*/current; do
            [ -f "$pointer" ] || continue
            level=$(dirname "${pointer#"$from/index/"}")
            generation=$(cat "$pointer")
            to="${INDEX:?}/$level"
            [ -d "$to" ] || { mkdir "$to" && chown --reference="$INDEX" "$to" && chmod --reference="$INDEX" "$to"; }
            rm -rf "$to/unfinished-$generation"
            cp -a "$from/index/$level/$generation" "$to/unfinished-$generation"
            chown -R --reference="$INDEX" "$to/unfinished-$generation"
            rm -rf "${to:?}/$generation"
            mv "$to/unfinished-$generation" "$to/$generation"
            point "$to" "$generation"
        done
        ;;
    records)
        before="$RECORDS.before-$(date -u +%Y%m%dT%H%M%SZ)"
        mv "$RECORDS" "$before"
        cp -a "$from/records" "$RECORDS"
        chown -R --reference="$before" "$RECORDS"
        chmod --reference="$before" "$RECORDS"
        echo "The records that were there are in $before"
        ;;
    esac
    echo "Restored: $part"
done
