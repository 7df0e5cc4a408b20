#!/usr/bin/env bash
# restore-etcd.sh SNAPSHOT: replaces this member's etcd data by a snapshot, for a cluster that has lost its majority.
# The old data stays beside it. Afterwards the other control planes are replaced and join anew.
set -euo pipefail
DATA=${ETCD_DATA:-/var/lib/etcd/data}
MANIFEST=${ETCD_MANIFEST:-/etc/kubernetes/manifests/etcd.yaml}
WAIT_SECONDS=${ETCD_STOP_SECONDS:-120}

snapshot=${1:?usage: restore-etcd.sh SNAPSHOT, a file of the backup bucket}
[[ $snapshot != --help ]] || { sed -n '2,3s/^# //p' "$0"; exit 0; }
damaged() {
  rm -rf "$DATA.restored"
  echo "$snapshot is damaged: nothing was changed; take an older one" >&2
  exit 1
}

etcdutl snapshot status "$snapshot" >/dev/null || damaged

argument() { sed -n "s/^ *- --$1=//p" "$MANIFEST"; }
name=$(argument name)
peer=$(argument initial-advertise-peer-urls)
# Beside the old data, and with the hash at the snapshot's end checked, before anything is touched.
rm -rf "$DATA.restored"
etcdutl snapshot restore "$snapshot" --data-dir "$DATA.restored" --name "$name" \
  --initial-cluster "$name=$peer" --initial-advertise-peer-urls "$peer" \
  --bump-revision 1000000000 --mark-compacted >/dev/null || damaged

# Whether some process still has this member's database open.
in_use() {
  [[ -n $(find /proc/[0-9]*/fd -lname "$DATA/member/snap/db" -print -quit 2>/dev/null) ]]
}

# Without their manifests the kubelet stops both.
manifests=$(dirname "$MANIFEST")
aside=$(mktemp -d)
mv "$manifests"/{etcd,kube-apiserver}.yaml "$aside/"
for ((waited = 0; waited < WAIT_SECONDS; waited++)); do
  in_use || break
  sleep 1
done
if in_use; then
  mv "$aside"/*.yaml "$manifests/"
  echo "etcd did not stop within $WAIT_SECONDS s: nothing was changed; see whether the kubelet runs" >&2
  exit 1
fi
[[ ! -e $DATA ]] || mv "$DATA" "$DATA.before-$(date -u +%Y%m%d%H%M%S)"
mv "$DATA.restored" "$DATA"
if id etcd >/dev/null 2>&1; then chown etcd:etcd "$DATA"; fi
chmod 700 "$DATA"
mv "$aside"/*.yaml "$manifests/"
rmdir "$aside"
echo "restored $snapshot; the API server is back when its pod is Ready"
