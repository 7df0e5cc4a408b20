#!/usr/bin/env bash
# File modes and owners that kubeadm leaves wider than the CIS benchmark allows (1.1.x, 4.1.x).
set -euo pipefail
shopt -s nullglob

for file in /etc/kubernetes/manifests/*.yaml /etc/kubernetes/*.conf /var/lib/kubelet/config.yaml \
  /{usr/lib,lib,etc}/systemd/system/kubelet.service.d/10-kubeadm.conf; do
  chown root:root "$file"
  chmod 600 "$file"
done
if [[ -d /etc/kubernetes/pki ]]; then
  chown -R root:root /etc/kubernetes/pki
  find /etc/kubernetes/pki -type f -name '*.key' -exec chmod 600 {} +
fi
if [[ -d /var/lib/etcd/data ]]; then
  id etcd >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin etcd
  chown etcd:etcd /var/lib/etcd/data
  chmod 700 /var/lib/etcd/data
fi
