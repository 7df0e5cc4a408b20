#!/usr/bin/env bash
# Joins as a worker with the token that a control plane minted. Run again on a member, it only hardens files.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/driftless/node.env
# shellcheck source=aws.sh
. /usr/local/lib/driftless/aws.sh
WAIT_SECONDS=3600

try_join() {
  local offer
  # Asked for again before every attempt: an old token is refused, the next one is not.
  offer=$(get_parameter "$WORKER_PARAMETER" 2>/dev/null) || return
  (umask 077 && jq '{
    apiVersion: "kubeadm.k8s.io/v1beta4", kind: "JoinConfiguration",
    nodeRegistration: {criSocket: "unix:///run/containerd/containerd.sock"},
    discovery: {bootstrapToken: {token, apiServerEndpoint: .endpoint, caCertHashes: [.caHash]}}}' <<<"$offer" >/run/driftless-join.json)
  kubeadm join --config /run/driftless-join.json && return
  kubeadm reset --force --cleanup-tmp-dir
  return 1
}

for ((waited = 0; ; waited += 30)); do
  [[ -f /etc/kubernetes/kubelet.conf ]] && break
  try_join && break
  if ((waited >= WAIT_SECONDS)); then
    echo "could not join after $WAIT_SECONDS s: see journalctl -u driftless-start here and validate-cluster" >&2
    exit 1
  fi
  sleep 30
done
rm -f /run/driftless-join.json
/usr/local/lib/driftless/harden-files.sh
