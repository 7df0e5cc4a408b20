#!/usr/bin/env bash
# Saves a snapshot of etcd to S3, and what it takes to read it again: the cluster's own keys.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/driftless/node.env
# shellcheck source=aws.sh
. /usr/local/lib/driftless/aws.sh
MARK=/var/lib/driftless/last-backup

report_age() {
  local age=$(((EPOCHSECONDS - $(stat -c %Y "$MARK" 2>/dev/null || echo 0)) / 60))
  put_metric EtcdBackupAgeMinutes "$age" None
}
trap report_age EXIT

umask 077
install -d /var/lib/driftless
# On the root volume, whose budget has room for it: on etcd's own it could fill the database's disk.
work=$(mktemp -d /var/lib/driftless/backup.XXXXXX)
trap 'rm -rf "$work"; report_age' EXIT
pki=/etc/kubernetes/pki/etcd
etcdctl --endpoints https://127.0.0.1:2379 --cacert "$pki/ca.crt" --cert "$pki/server.crt" --key "$pki/server.key" \
  snapshot save "$work/snapshot.db" >/dev/null
# A snapshot that cannot be read is no backup.
etcdutl snapshot status "$work/snapshot.db" >/dev/null
tar -C /etc/kubernetes -czf "$work/identity.tar.gz" apiserver/encryption.yaml \
  pki/{ca,front-proxy-ca,etcd/ca}.{crt,key} pki/sa.{key,pub}
prefix=$(hostname)/$(date -u +%Y/%m/%d/%H%M%S)
for file in identity.tar.gz snapshot.db; do
  put_object "$work/$file" "$BACKUP_BUCKET" "$prefix/$file"
done
touch "$MARK"
