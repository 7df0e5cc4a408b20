#!/usr/bin/env bash
# Drains this worker when EC2 announces that it will go: spot interruption, rebalancing, scaling in.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/driftless/node.env
# shellcheck source=aws.sh
. /usr/local/lib/driftless/aws.sh
# Of the two minutes' notice, some are for shutting down.
DRAIN_SECONDS=90

announced() {
  imds spot/instance-action >/dev/null 2>&1 && return
  imds events/recommendations/rebalance >/dev/null 2>&1 && return
  [[ $(imds autoscaling/target-lifecycle-state 2>/dev/null) == Terminated ]]
}

until announced; do sleep 5; done
echo "this machine is about to be taken away: draining"
/usr/local/lib/driftless/drain-node.sh "$DRAIN_SECONDS" || true
# After a rebalancing hint no hook waits yet: then the answer is an error, and harmless.
aws_call autoscaling / -o /dev/null -d Action=CompleteLifecycleAction -d Version=2011-01-01 \
  --data-urlencode "AutoScalingGroupName=$WORKER_GROUP" -d LifecycleHookName=drain \
  -d LifecycleActionResult=CONTINUE --data-urlencode "InstanceId=$(imds instance-id)" || true
sleep infinity
