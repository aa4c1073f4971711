#!/bin/sh
# Makes this instance a Staithe host. What the image has already is not installed again.
set -eu
umask 077
token=@TOKEN@
certificates=@CERTIFICATES@
agent_url=@AGENT_URL@
agent_sha256=@AGENT_SHA256@
set -- @ARGUMENTS@

mkdir -p /etc/staithe /var/lib/staithe/agent /opt/staithe
printf '%s\n' "$token" >/etc/staithe/join-token
if [ -n "$certificates" ]; then
  printf '%s\n' "$certificates" >/etc/staithe/ca.pem
  set -- "$@" --ca /etc/staithe/ca.pem
fi
set -- "$@" --token-file /etc/staithe/join-token

# Distributions of two families; others bring Docker, Java 17 and curl in the image.
missing() { ! command -v "$1" >/dev/null 2>&1; }
if missing docker || missing java || missing curl; then
  if ! missing dnf; then
    dnf install -y -q docker java-17-amazon-corretto-headless
  elif ! missing apt-get; then
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q docker.io openjdk-17-jre-headless curl
  fi
fi
systemctl enable --now docker

if missing staithe-agent; then
  [ -n "$agent_url" ] || { echo "the image has no staithe-agent, and the group no agentUrl" >&2; exit 1; }
  curl -fsSL --retry 5 --retry-connrefused -o /opt/staithe/agent.tar.gz "$agent_url"
  if [ -n "$agent_sha256" ]; then echo "$agent_sha256  /opt/staithe/agent.tar.gz" | sha256sum -c -; fi
  tar -xzf /opt/staithe/agent.tar.gz -C /opt/staithe
  # The archive holds bin/staithe-agent.
  ln -sf /opt/staithe/bin/staithe-agent /usr/local/bin/staithe-agent
fi

# The arguments, one a line, for a service that is started again with them after a reboot.
for argument; do printf '%s\n' "$argument"; done >/etc/staithe/arguments
cat >/opt/staithe/run <<'RUN'
#!/bin/sh
set --
while IFS= read -r argument; do set -- "$@" "$argument"; done </etc/staithe/arguments
exec staithe-agent "$@"
RUN
chmod 700 /opt/staithe/run
cat >/etc/systemd/system/staithe-agent.service <<'UNIT'
[Unit]
Description=Staithe agent
After=docker.service network-online.target
Wants=network-online.target
[Service]
Environment=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ExecStart=/opt/staithe/run
Restart=always
RestartSec=2
KillMode=process
[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable --now staithe-agent
