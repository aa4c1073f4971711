#!/bin/sh
# Answers with how many bytes it was sent.
size="$(wc -c)"
printf 'Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s' ${#size} "$size"
