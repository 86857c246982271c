#!/bin/sh
# Writes an archive of what a Redis has on its disk to the output, while it runs; docs/run.md tells how it is used and put back. It runs
# where the files of Redis are, and takes the password from REDISCLI_AUTH and the port from REDIS_PORT.
set -eu

ask() { redis-cli -e -p "${REDIS_PORT:-6379}" "$@" </dev/null; }
setting() { ask config get "$1" | tail -n 1; }

ask ping >&2
# Files that are written anew meanwhile would be copied half old and half new.
percentage=$(setting auto-aof-rewrite-percentage)
trap 'ask config set auto-aof-rewrite-percentage "$percentage" >/dev/null' EXIT
ask config set auto-aof-rewrite-percentage 0 >/dev/null
while ask info persistence | grep -Eq 'aof_rewrite_(in_progress|scheduled):1'; do sleep 1; done

# That a file grows while it is read is no failure (status 1): Redis leaves out a command that was cut.
tar -C "$(setting dir)" -czf - "$(setting appenddirname)" || [ $? -eq 1 ]
