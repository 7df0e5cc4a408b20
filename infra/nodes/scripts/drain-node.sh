#!/usr/bin/env bash
# Moves this node's pods elsewhere, keeping to disruption budgets, with the kubelet's own rights.
# drain-node.sh SECONDS: gives up after so long and says which pods are left.
set -euo pipefail
export KUBECONFIG=/etc/kubernetes/kubelet.conf
deadline=$((EPOCHSECONDS + ${1:?usage: drain-node.sh SECONDS}))
node=$(hostname)

# Pods that another node can run: no mirrors of static pods, no DaemonSets, nothing that has ended.
movable() {
  kubectl get pods -A --field-selector "spec.nodeName=$node" -o json | jq -r '.items[]
    | select(.metadata.annotations["kubernetes.io/config.mirror"] | not)
    | select(any(.metadata.ownerReferences[]?; .kind == "DaemonSet") | not)
    | select(.status.phase == "Pending" or .status.phase == "Running")
    | "\(.metadata.namespace) \(.metadata.name)"'
}

evict() { # NAMESPACE NAME
  jq -n --arg namespace "$1" --arg name "$2" \
    '{apiVersion: "policy/v1", kind: "Eviction", metadata: {namespace: $namespace, name: $name}}' |
    kubectl create --raw "/api/v1/namespaces/$1/pods/$2/eviction" -f - >/dev/null 2>&1 || true
}

kubectl cordon "$node"
while left=$(movable) && [[ -n $left ]]; do
  if ((EPOCHSECONDS >= deadline)); then
    printf 'not drained in time, still here:\n%s\n' "$left" >&2
    exit 1
  fi
  while read -r namespace name; do evict "$namespace" "$name"; done <<<"$left"
  sleep 3
done
