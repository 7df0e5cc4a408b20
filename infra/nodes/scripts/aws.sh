#!/usr/bin/env bash
# AWS for node scripts, with curl alone: sourced, does nothing by itself.
#   AWS_ENDPOINT_URL and AWS_ACCESS_KEY_ID replace AWS and the machine's own role.
IMDS=${IMDS_ENDPOINT:-http://169.254.169.254}

# imds PATH: a value of the instance metadata; fails when there is none.
imds() {
  local token
  token=$(curl -fsS -m 5 --retry 3 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$IMDS/latest/api/token") || return
  curl -fsS -m 5 -H "X-aws-ec2-metadata-token: $token" "$IMDS/latest/meta-data/$1"
}

# The signature's keys as a curl configuration: on a command line every process could read them.
aws_credentials() {
  if [[ -n ${AWS_ACCESS_KEY_ID:-} ]]; then
    printf 'user = "%s:%s"\n' "$AWS_ACCESS_KEY_ID" "${AWS_SECRET_ACCESS_KEY:-}"
    return
  fi
  local profile
  profile=$(imds iam/security-credentials/) || return
  imds "iam/security-credentials/$profile" |
    jq -r '"user = \"\(.AccessKeyId):\(.SecretAccessKey)\"\nheader = \"x-amz-security-token: \(.Token)\""'
}

# aws_call SERVICE PATH CURL-OPTION…: a signed request; the answer goes to stdout, also of an error.
aws_call() {
  local service=$1 path=$2
  shift 2
  curl -sS -m 300 --retry 3 --fail-with-body --config <(aws_credentials) \
    --aws-sigv4 "aws:amz:$AWS_REGION:$service" "$@" \
    "${AWS_ENDPOINT_URL:-https://$service.$AWS_REGION.amazonaws.com}$path"
}

ssm() { # ACTION, request on stdin
  aws_call ssm / -H "X-Amz-Target: AmazonSSM.$1" -H 'Content-Type: application/x-amz-json-1.1' --data-binary @-
}

# get_parameter NAME: its decrypted value
get_parameter() {
  jq -n --arg name "$1" '{Name: $name, WithDecryption: true}' | ssm GetParameter | jq -er .Parameter.Value
}

# put_parameter NAME [create]: the value comes from stdin, so that it never is an argument.
put_parameter() {
  jq -Rs --arg name "$1" --arg key "$KEY_ALIAS" --argjson overwrite "$([[ ${2:-} == create ]] && echo false || echo true)" \
    '{Name: $name, Value: rtrimstr("\n"), Type: "SecureString", KeyId: $key, Overwrite: $overwrite}' | ssm PutParameter
}

put_object() { # FILE BUCKET KEY
  local hash
  hash=$(sha256sum "$1" | cut -d' ' -f1)
  aws_call s3 "/$2/$3" -H "x-amz-content-sha256: $hash" -H "x-amz-meta-sha256: $hash" -T "$1"
}

get_object() { # BUCKET KEY FILE
  aws_call s3 "/$1/$2" -o "$3"
}

# put_metric NAME VALUE UNIT [ROLE]
put_metric() {
  local dimension=()
  [[ -z ${4:-} ]] || dimension=(
    --data-urlencode MetricData.member.1.Dimensions.member.1.Name=Role
    --data-urlencode "MetricData.member.1.Dimensions.member.1.Value=$4"
  )
  aws_call monitoring / -o /dev/null \
    -d Action=PutMetricData -d Version=2010-08-01 --data-urlencode "Namespace=$METRIC_NAMESPACE" \
    --data-urlencode "MetricData.member.1.MetricName=$1" \
    --data-urlencode "MetricData.member.1.Value=$2" \
    --data-urlencode "MetricData.member.1.Unit=$3" "${dimension[@]}"
}
