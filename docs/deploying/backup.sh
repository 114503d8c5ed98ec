#!/bin/sh
# Back up what cannot be made again, and the index that serves: backup.sh FOLDER
#
# Server and builds may run meanwhile. Each backup is a folder of its own below FOLDER, named by the time (UTC), with
# the checksums of its files; one that did not get to its end has another name. Those older than KEEP_DAYS are removed
# once the new one is whole. It holds the secret key and the records: keep it as carefully as those.
set -eu
umask 077
: "${ETC:=/etc/inspection-assistant}" "${DOCUMENTS:=/srv/inspection-assistant/documents}"
: "${INDEX:=/var/lib/inspection-assistant/index}" "${RECORDS:=/var/lib/inspection-assistant/records}"
: "${KEEP_DAYS:=30}"
[ $# -eq 1 ] || { echo "usage: backup.sh FOLDER" >&2; exit 2; }

mkdir -p "$1"
folder=$(cd "$1" && pwd)
name=$(date -u +%Y%m%dT%H%M%SZ)
work="$folder/unfinished-$name"
mkdir "$work" "$work/documents" "$work/index" "$work/records"
trap 'rm -rf "$work"' EXIT

cp -a "$ETC" "$work/etc"

# The catalogues and every other list beside the documents. The documents themselves come from elsewhere, or are backed
# up as any files are.
(cd "$DOCUMENTS" && find . -type f -name '*.toml' -exec cp -a --parents -t "$work/documents" {} +)

# The index for everyone and, in folders of its own, that of each level of access. A generation never changes once it is
# written. Should two builds end meanwhile and remove it, this fails: run it again.
[ -f "$INDEX/current" ] || { echo "There is no index in $INDEX." >&2; exit 1; }
for pointer in "$INDEX/current" "$INDEX"/*/current; do
    [ -f "$pointer" ] || continue
    level=$(dirname "${pointer#"$INDEX/"}")
    generation=$(cat "$pointer")
    mkdir -p "$work/index/$level"
    cp -a "$INDEX/$level/$generation" "$work/index/$level/"
    echo "$generation" >"$work/index/$level/current"
done

# A database as it was at one moment, whatever is being written to it; and without what has been deleted from it.
cd "$RECORDS"
find . -type f ! -name '*-wal' ! -name '*-shm' ! -name '*-journal' >"$work/list"
while IFS= read -r file; do
    mkdir -p "$work/records/$(dirname "$file")"
    if [ "$(head -c 15 "$file" | tr -d '\0')" = "SQLite format 3" ]; then
        sqlite3 -bail -cmd ".timeout 60000" "$file" "VACUUM INTO '$work/records/$file'"
        [ "$(sqlite3 "$work/records/$file" 'PRAGMA integrity_check')" = ok ] || { echo "$file is damaged" >&2; exit 1; }
    else
        cp -a "$file" "$work/records/$file"
    fi
done <"$work/list"
rm "$work/list"

cd "$work"
find . -type f ! -name SHA256SUMS -exec sha256sum {} + >SHA256SUMS
cd "$folder"
sync
mv "$work" "$name"
trap - EXIT
find . -mindepth 1 -maxdepth 1 -type d -name '????????T??????Z' -mtime "+$KEEP_DAYS" -exec rm -rf {} +
echo "$folder/$name"
