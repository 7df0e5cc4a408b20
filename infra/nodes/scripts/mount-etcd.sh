#!/usr/bin/env bash
# Puts the etcd volume under /var/lib/etcd. A volume that has a file system is never formatted.
set -euo pipefail
LABEL=etcd
WAIT_SECONDS=600

mountpoint -q /var/lib/etcd && exit 0

# The volume: the one with our label, or the one disk that holds nothing at all.
find_device() {
  blkid -L "$LABEL" && return
  lsblk -dnpo NAME,TYPE | awk '$2 == "disk" {print $1}' | while read -r disk; do
    [[ -z $(lsblk -nro FSTYPE,PARTTYPE "$disk" | tr -d ' \n') && -z $(blkid -p "$disk") ]] && echo "$disk"
  done | head -n 1
}

# Terraform attaches it after the machine has started.
for ((waited = 0; waited < WAIT_SECONDS; waited += 5)); do
  device=$(find_device || true)
  [[ -n $device ]] && break
  sleep 5
done
if [[ -z ${device:-} ]]; then
  echo "no etcd volume after $WAIT_SECONDS s: attach it (terraform apply) and start driftless-start again" >&2
  exit 1
fi
blkid -L "$LABEL" >/dev/null || mkfs.ext4 -q -L "$LABEL" "$device"
install -d -m 700 /var/lib/etcd
grep -q "^LABEL=$LABEL " /etc/fstab || echo "LABEL=$LABEL /var/lib/etcd ext4 defaults,noatime 0 2" >>/etc/fstab
mount /var/lib/etcd
