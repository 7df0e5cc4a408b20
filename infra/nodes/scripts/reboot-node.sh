#!/usr/bin/env bash
# After a security update that needs it: drains this worker, restarts it, and lets pods in again.
# Control planes are left to pnpm upgrade, one by one. Disruption budgets keep two workers from going at once.
set -euo pipefail
DRAIN_SECONDS=900
MARK=/var/lib/driftless/uncordon

if [[ -f $MARK ]]; then
  KUBECONFIG=/etc/kubernetes/kubelet.conf kubectl uncordon "$(hostname)"
  rm "$MARK"
fi
[[ -f /var/run/reboot-required ]] || exit 0
install -d /var/lib/driftless
/usr/local/lib/driftless/drain-node.sh "$DRAIN_SECONDS" || {
  KUBECONFIG=/etc/kubernetes/kubelet.conf kubectl uncordon "$(hostname)"
  echo "not drained, so not restarted: the next run tries again" >&2
  exit 0
}
touch "$MARK"
systemctl reboot
