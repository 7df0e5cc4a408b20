#!/usr/bin/env bash
# Reports how full the disks are; above the limit frees what can be made again.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/driftless/node.env
# shellcheck source=aws.sh
. /usr/local/lib/driftless/aws.sh

# The fullest of the file systems that matter, in percent.
used_percent() {
  df --output=pcent / /var/lib/etcd /var/lib/containerd 2>/dev/null | tail -n +2 | tr -dc '0-9\n' | sort -n | tail -n 1
}

if (($(used_percent) >= DISK_MAX_PERCENT)); then
  journalctl -q --vacuum-size=200M
  apt-get clean
  if command -v crictl >/dev/null; then crictl rmi --prune >/dev/null || true; fi
  if command -v snap >/dev/null; then
    snap list --all | awk '/disabled/ {print $1, $3}' | while read -r name revision; do snap remove "$name" --revision "$revision"; done
  fi
fi
used=$(used_percent)
echo "disk: $used % used"
put_metric DiskUsedPercent "$used" Percent "$ROLE"
