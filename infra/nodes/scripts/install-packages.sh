#!/usr/bin/env bash
# Installs containerd and Kubernetes from their package repositories. Run again, it changes nothing.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/driftless/node.env
export DEBIAN_FRONTEND=noninteractive

# Sources: the projects' own installation pages. A key with another fingerprint is refused.
KUBERNETES_FINGERPRINT=DE15B14486CD377B9E876E1A234654DA9A296436
DOCKER_FINGERPRINT=9DC858229FC7DD38854AE2D88D81803C0EBFCD88
MINOR=${KUBERNETES_VERSION%.*}

# add_repository NAME FINGERPRINT KEY-URL LINE
add_repository() {
  local ring=/etc/apt/keyrings/$1.gpg new
  new=$(mktemp)
  curl -fsSL --retry 5 "$3" | gpg --dearmor >"$new"
  if ! gpg --show-keys --with-colons "$new" | grep -q "^fpr:*$2:"; then
    echo "the key of $1 is not $2: nothing was installed from it; compare with the project's page" >&2
    exit 1
  fi
  install -D -m 644 "$new" "$ring"
  rm "$new"
  echo "deb [signed-by=$ring] $4" >"/etc/apt/sources.list.d/$1.list"
}

# shellcheck source=/dev/null
. /etc/os-release
apt-get update -q
apt-get install -qy ca-certificates curl gpg jq openssl nftables ethtool conntrack socat unattended-upgrades
add_repository kubernetes "$KUBERNETES_FINGERPRINT" \
  "https://pkgs.k8s.io/core:/stable:/v$MINOR/deb/Release.key" \
  "https://pkgs.k8s.io/core:/stable:/v$MINOR/deb/ /"
add_repository docker "$DOCKER_FINGERPRINT" \
  "https://download.docker.com/linux/$ID/gpg" \
  "https://download.docker.com/linux/$ID $VERSION_CODENAME stable"
apt-get update -q
apt-get install -qy --allow-change-held-packages containerd.io \
  "kubelet=$KUBERNETES_VERSION-*" "kubeadm=$KUBERNETES_VERSION-*" "kubectl=$KUBERNETES_VERSION-*"
# Only an upgrade of the cluster may move them.
apt-mark hold containerd.io kubelet kubeadm kubectl

# Ubuntu brings the Session Manager agent; Debian does not.
if ! systemctl cat amazon-ssm-agent >/dev/null 2>&1 && ! snap list amazon-ssm-agent >/dev/null 2>&1; then
  agent=$(mktemp --suffix .deb)
  curl -fsSL --retry 5 -o "$agent" \
    "https://s3.$AWS_REGION.amazonaws.com/amazon-ssm-$AWS_REGION/latest/debian_$(dpkg --print-architecture)/amazon-ssm-agent.deb"
  dpkg -i "$agent"
  rm "$agent"
fi
