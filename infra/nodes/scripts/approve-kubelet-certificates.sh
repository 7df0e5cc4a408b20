#!/usr/bin/env bash
# Approves serving certificates of kubelets: of the node that asks, for its own addresses inside the VPC only.
set -euo pipefail
export KUBECONFIG=/etc/kubernetes/admin.conf

# Names that the node may ask for: its own and its addresses, as the API server knows them.
allowed_names() {
  kubectl get node "$1" -o json | jq -r '.metadata.name, .status.addresses[].address' | sort -u
}

requested_names() {
  openssl req -noout -text |
    sed -n '/Subject Alternative Name/{n;p;}' | tr ',' '\n' | sed -E 's/^ *(DNS|IP Address)://' | sort -u
}

kubectl get csr -o json | jq -c '.items[]
  | select(.spec.signerName == "kubernetes.io/kubelet-serving" and (.status.conditions // []) == [])
  | {name: .metadata.name, user: .spec.username, request: .spec.request,
     usages: (.spec.usages - ["digital signature", "key encipherment", "server auth"])}' |
  while read -r csr; do
    name=$(jq -r .name <<<"$csr")
    node=$(jq -r '.user | select(startswith("system:node:")) | ltrimstr("system:node:")' <<<"$csr")
    request=$(jq -r .request <<<"$csr" | base64 -d)
    subject=$(openssl req -noout -subject -nameopt RFC2253 <<<"$request")
    foreign=$(comm -23 <(requested_names <<<"$request") <(allowed_names "$node" || true))
    if [[ -n $node && -z $foreign && $subject == "subject=CN=system:node:$node,O=system:nodes" && $(jq -c .usages <<<"$csr") == '[]' ]]; then
      kubectl certificate approve "$name"
    else
      echo "not approved: $name of ${node:-an unknown user} asks for $subject ${foreign//$'\n'/ }" >&2
    fi
  done
