#!/usr/bin/env bash
# Takes etcdctl and etcdutl out of the etcd image that runs here: the same version, no further source.
set -euo pipefail
command -v etcdctl >/dev/null && command -v etcdutl >/dev/null && exit 0
image=$(sed -n 's/^ *image: *//p' /etc/kubernetes/manifests/etcd.yaml)
at=$(mktemp -d)
ctr -n k8s.io images mount "$image" "$at" >/dev/null
install -m 755 "$at"/usr/local/bin/{etcdctl,etcdutl} /usr/local/bin/
ctr -n k8s.io images unmount --rm "$at" >/dev/null
rmdir "$at"
