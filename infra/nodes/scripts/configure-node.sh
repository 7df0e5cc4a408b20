#!/usr/bin/env bash
# Kernel, containerd and logs as the kubelet wants them. Needs no network; run again, it changes nothing.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/driftless/node.env

# put FILE TARGET: copies when different, and says so.
put() {
  cmp -s "$1" "$2" && return
  install -D -m 644 "$1" "$2"
  echo "$2"
}

cd /etc/driftless/config
swapoff -a
sed -i '/\sswap\s/s/^[^#]/#&/' /etc/fstab
changed=$(
  put modules.conf /etc/modules-load.d/driftless.conf
  put sysctl.conf /etc/sysctl.d/90-driftless.conf
  put journald.conf /etc/systemd/journald.conf.d/driftless.conf
  put containerd.toml /etc/containerd/config.toml
  put unattended-upgrades.conf /etc/apt/apt.conf.d/60driftless
)
xargs -a modules.conf -n 1 modprobe
sysctl -q -p sysctl.conf
case $changed in *journald.conf*) systemctl restart systemd-journald ;; esac
case $changed in *containerd*) systemctl restart containerd ;; esac
systemctl enable -q --now containerd
# The runner is no node: there the package's kubelet would only fail again and again.
if [[ $ROLE == runner ]]; then systemctl disable -q --now kubelet; else systemctl enable -q kubelet; fi
# Snap keeps old revisions of everything: two are enough.
if command -v snap >/dev/null; then snap set system refresh.retain=2; fi
