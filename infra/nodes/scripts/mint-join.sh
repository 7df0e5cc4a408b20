#!/usr/bin/env bash
# Offers to join, as SSM SecureStrings: a token for workers, token and certificates for control planes.
# A timer renews them every hour; token and uploaded certificates end after two.
# The runner's kubeconfig goes the same way; what its group may do, the platform stack says.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/driftless/node.env
# shellcheck source=aws.sh
. /usr/local/lib/driftless/aws.sh
export KUBECONFIG=/etc/kubernetes/admin.conf
LIFETIME=2h

token=$(kubeadm token create --ttl "$LIFETIME" --description 'minted by driftless')
ca_hash=sha256:$(openssl x509 -pubkey -noout -in /etc/kubernetes/pki/ca.crt |
  openssl pkey -pubin -outform der | sha256sum | cut -d' ' -f1)
worker=$(jq -n --arg endpoint "$API_HOST:6443" --arg caHash "$ca_hash" '{endpoint: $endpoint, caHash: $caHash, token: input}' <<<"\"$token\"")
put_parameter "$WORKER_PARAMETER" <<<"$worker" >/dev/null

certificate_key=$(kubeadm init phase upload-certs --upload-certs 2>/dev/null | tail -n 1)
jq -s '.[0] + {certificateKey: .[1], encryption: .[2]}' <<<"$worker \"$certificate_key\" \"$(base64 -w 0 /etc/kubernetes/apiserver/encryption.yaml)\"" |
  put_parameter "$CONTROL_PLANE_PARAMETER" >/dev/null

kubeadm kubeconfig user --client-name driftless-runner --org driftless:deployers --validity-period "$LIFETIME" \
  --config <(kubectl -n kube-system get configmap kubeadm-config -o jsonpath='{.data.ClusterConfiguration}') 2>/dev/null |
  put_parameter "$RUNNER_PARAMETER" >/dev/null
