#!/bin/sh
# machines.sh wake|release|list WORLD: machines are files in WORLD/up; other files in WORLD are what a test has set.
set -u
what=$1 world=$2
env >>"$world/seen"
echo "$0 $*" >>"$world/seen"
if [ -e "$world/hang" ]; then
  sleep 60 & echo $! >"$world/child"
  wait
fi
if [ -e "$world/refuse" ] && [ "$what" != list ]; then
  echo "no entry with $(cat "${STAITHE_JOIN_TOKEN_FILE:-/dev/null}")" >&2
  exit "$(cat "$world/refuse")"
fi
case $what in
wake)
  up=$world/up/$STAITHE_MACHINE
  stat -c %a "$STAITHE_JOIN_TOKEN_FILE" >>"$world/modes"
  cat "$STAITHE_JOIN_TOKEN_FILE" >>"$world/tokens"
  line="$STAITHE_HOST_ID $STAITHE_OWNER $STAITHE_GROUP $STAITHE_MACHINE UP"
  if (set -C && echo "$line" >"$up") 2>/dev/null; then
    echo "$STAITHE_HOST_ID" >>"$world/started"
  elif [ "$(cat "$up")" != "$line" ]; then
    echo "$STAITHE_MACHINE is somebody else's" >&2
    exit 69
  fi
  ;;
release) rm -f "$world/up/$STAITHE_MACHINE" ;;
list) for up in "$world"/up/*; do [ -e "$up" ] && cat "$up"; done; exit 0 ;;
esac
if [ -e "$world/lose" ]; then
  rm "$world/lose"
  exit 1
fi
