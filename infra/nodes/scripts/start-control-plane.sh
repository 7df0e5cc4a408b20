#!/usr/bin/env bash
# Creates the cluster, or joins it as a further control plane. Run again on a member, it only hardens files.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/driftless/node.env
# shellcheck source=aws.sh
. /usr/local/lib/driftless/aws.sh
HERE=/usr/local/lib/driftless
CONFIG=/etc/kubernetes/apiserver
WAIT_SECONDS=1800

prepare() {
  install -d -m 700 "$CONFIG" /var/log/kubernetes/audit
  install -m 600 /etc/driftless/config/audit-policy.yaml /etc/driftless/config/authentication.yaml "$CONFIG"
}

# Secrets at rest: secretbox first, so that new ones are encrypted; identity last, so that old ones are readable.
create_encryption_config() {
  [[ -s $CONFIG/encryption.yaml ]] && return
  (
    umask 077
    head -c 32 /dev/urandom | base64 -w 0 | jq -R '{
      apiVersion: "apiserver.config.k8s.io/v1", kind: "EncryptionConfiguration",
      resources: [{resources: ["secrets"], providers: [
        {secretbox: {keys: [{name: "first", secret: .}]}}, {identity: {}}]}]}' >"$CONFIG/encryption.yaml"
  )
}

# The first to write the lock creates the cluster; an interrupted creator goes on.
may_create() {
  local me
  me=$(imds instance-id)
  printf %s "$me" | put_parameter "$INIT_LOCK_PARAMETER" create >/dev/null 2>&1 && return
  [[ $(get_parameter "$INIT_LOCK_PARAMETER") == "$me" ]]
}

create() {
  create_encryption_config
  # Until the load balancer has seen the API server healthy, the name leads to this machine.
  echo "127.0.0.1 $API_HOST # driftless-init" >>/etc/hosts
  kubeadm init --config /etc/driftless/config/kubeadm.yaml
  # In place: the file may be a mount, which cannot be replaced.
  sed '/# driftless-init$/d' /etc/hosts >/run/driftless-hosts && cat /run/driftless-hosts >/etc/hosts
}

join() {
  local waited offer
  for ((waited = 0; ; waited += 15)); do
    offer=$(get_parameter "$CONTROL_PLANE_PARAMETER" 2>/dev/null) && break
    if ((waited >= WAIT_SECONDS)); then
      echo "no offer to join in $CONTROL_PLANE_PARAMETER after $WAIT_SECONDS s: the creator named in $INIT_LOCK_PARAMETER failed; if it is gone, delete that parameter and start driftless-start here again" >&2
      exit 1
    fi
    sleep 15
  done
  (umask 077 && jq -er .encryption <<<"$offer" | base64 -d >"$CONFIG/encryption.yaml")
  # What a former member left cannot be joined with; the others have it all.
  rm -rf /var/lib/etcd/data
  (umask 077 && jq --arg ip "$(imds local-ipv4)" '{
    apiVersion: "kubeadm.k8s.io/v1beta4", kind: "JoinConfiguration",
    nodeRegistration: {criSocket: "unix:///run/containerd/containerd.sock"},
    controlPlane: {localAPIEndpoint: {advertiseAddress: $ip, bindPort: 6443}, certificateKey: .certificateKey},
    discovery: {bootstrapToken: {token, apiServerEndpoint: .endpoint, caCertHashes: [.caHash]}}}' <<<"$offer" >/run/driftless-join.json)
  kubeadm join --config /run/driftless-join.json
  rm /run/driftless-join.json
}

"$HERE/mount-etcd.sh"
prepare
if [[ ! -f /etc/kubernetes/kubelet.conf ]]; then
  # What an interrupted attempt left would stop the next one.
  [[ ! -d /etc/kubernetes/manifests ]] || kubeadm reset --force --cleanup-tmp-dir || true
  prepare
  if may_create; then create; else join; fi
fi
"$HERE/harden-files.sh"
"$HERE/install-etcd-tools.sh"
"$HERE/mint-join.sh"
