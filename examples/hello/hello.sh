#!/bin/sh
# A web server that says who it is. NAME: what it calls itself; PORT: where it listens; PATHS: answered beside /.
# A POST to /cgi-bin/size is answered with its length (size.sh).
for path in / ${PATHS:-}; do
  mkdir -p "/www$path"
  echo "Hello from ${NAME:-hello}, container $(hostname)" >"/www$path/index.html"
done
echo "listening on port ${PORT:-80}"
httpd -f -v -p "${PORT:-80}" -h /www &
# The first process of a container ends on SIGTERM only if it says so.
trap 'echo "asked to stop"; kill $!; exit 0' TERM
wait $!
