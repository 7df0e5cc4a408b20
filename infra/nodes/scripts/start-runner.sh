#!/usr/bin/env bash
# Gives deployments their kubeconfig, a new one every hour; it ends after two.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/driftless/node.env
# shellcheck source=aws.sh
. /usr/local/lib/driftless/aws.sh

id runner >/dev/null 2>&1 || useradd --system --create-home --shell /usr/sbin/nologin runner
install -d -o runner -g runner -m 700 /home/runner/.kube
new=$(mktemp /home/runner/.kube/config.XXXXXX)
trap 'rm -f "$new"' EXIT
get_parameter "$RUNNER_PARAMETER" >"$new"
chown runner:runner "$new"
mv "$new" /home/runner/.kube/config
