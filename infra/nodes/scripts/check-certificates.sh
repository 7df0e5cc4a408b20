#!/usr/bin/env bash
# Reports the days until the first of this machine's certificates ends.
set -euo pipefail
shopt -s nullglob
# shellcheck source=/dev/null
. /etc/driftless/node.env
# shellcheck source=aws.sh
. /usr/local/lib/driftless/aws.sh

left=
for file in /etc/kubernetes/pki/*.crt /etc/kubernetes/pki/etcd/*.crt /var/lib/kubelet/pki/*-current.pem; do
  end=$(date -d "$(openssl x509 -noout -enddate -in "$file" | cut -d= -f2)" +%s)
  days=$(((end - EPOCHSECONDS) / 86400))
  ((days >= CERTIFICATE_MIN_DAYS)) || echo "$file ends in $days days: run pnpm upgrade, which renews it" >&2
  [[ -n $left ]] && ((days >= left)) || left=$days
done
[[ -z $left ]] || put_metric CertificateDaysLeft "$left" None
