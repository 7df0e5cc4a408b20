"""moto's server with the gaps closed that our stacks meet; ends when its standard input does.

Usage: python mock_aws.py PORT    (MOTO_AMIS_PATH names the machine images it offers)

1. A policy `Deny` with a condition always denies, so "TLS only" would lock everybody out.
2. Lifecycle rules lose NewerNoncurrentVersions.
3. A security group rule of a protocol without ports is a server error.
4. The description of a rule whose source is a group is not returned.
5. A launch template's own tags come back among those of its data.
6. Deleting the last version of a key with delete markers is a server error.
7. An auto-scaling group forgets the service-linked role it was given.
8. A DNS zone with a VPC is not private, and its VPCs are returned under names that no client reads.
"""

import os
import sys
import threading

from moto.autoscaling.models import FakeAutoScalingGroup
from moto.autoscaling.responses import AutoScalingResponse
from moto.ec2.models.launch_templates import LaunchTemplateVersion
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.route53.models import FakeZone
from moto.route53.responses import Route53
from moto.s3.models import FakeBucket, FakeDeleteMarker
from moto.s3.responses import S3Response


def replace(owner, name):
    """Replaces a method by the decorated function, which gets the original first."""

    def decorate(function):
        original = getattr(owner, name)
        setattr(owner, name, lambda self, *args, **kwargs: function(original, self, *args, **kwargs))

    return decorate


@replace(IAMPolicyStatement, "is_action_permitted")
def _(original, self, *args, **kwargs):
    if self._statement.get("Effect") == "Deny" and self._statement.get("Condition"):
        return PermissionResult.NEUTRAL
    return original(self, *args, **kwargs)


@replace(FakeBucket, "set_lifecycle")
def _(original, self, rules):
    original(self, rules)
    for kept, rule in zip(self.rules, rules):
        kept.newer = (rule.get("NoncurrentVersionExpiration") or {}).get("NewerNoncurrentVersions")


@replace(S3Response, "serialized")
def _(original, self, action_result):
    result = getattr(action_result, "result", None)
    if isinstance(result, dict) and "TransitionDefaultMinimumObjectSize" in result:
        rules = self.backend.get_bucket(self.bucket_name).rules
        newer = {rule.id: getattr(rule, "newer", None) for rule in rules}
        for rule in result["Rules"]:
            if newer.get(rule.get("ID")) and "NoncurrentVersionExpiration" in rule:
                rule["NoncurrentVersionExpiration"]["NewerNoncurrentVersions"] = int(newer[rule["ID"]])
    return original(self, action_result)


@replace(SecurityGroupRule, "__init__")
def _(original, self, ec2_backend, ip_protocol, group_id, from_port, to_port, *args, **kwargs):
    if ip_protocol and from_port is None and to_port is None:
        from_port = to_port = "-1"  # as AWS stores and returns it
    original(self, ec2_backend, ip_protocol, group_id, from_port, to_port, *args, **kwargs)


SecurityGroupRule.description = property(
    lambda self: self.ip_range.get("Description") or self.source_group.get("Description")
)


@replace(LaunchTemplateVersion, "__init__")
def _(original, self, template, number, data, description):
    if "TagSpecifications" in data:
        kept = [t for t in data["TagSpecifications"] if t.get("ResourceType") != "launch-template"]
        data["TagSpecifications"] = kept
    original(self, template, number, data, description)


FakeDeleteMarker.dispose = lambda self, *args, **kwargs: None


@replace(AutoScalingResponse, "create_auto_scaling_group")
def _(original, self):
    answer = original(self)
    role = self._get_param("ServiceLinkedRoleARN")
    group: FakeAutoScalingGroup = self.autoscaling_backend.autoscaling_groups[
        self._get_param("AutoScalingGroupName")
    ]
    if role:
        group.service_linked_role_arn = role
    return answer


@replace(Route53, "_get_bool_param")
def _(original, self, name, *default):
    # A zone that is made for a VPC is private, whether the request says so or not.
    if name == "HostedZoneConfig.PrivateZone" and self._get_param("VPC.VPCId"):
        return True
    return original(self, name, *default)


@replace(FakeZone, "add_vpc")
def _(original, self, vpc_id, vpc_region):
    vpc = original(self, vpc_id, vpc_region)
    vpc.update({"VPCId": vpc_id, "VPCRegion": vpc_region})
    return vpc


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    from moto.server import main

    threading.Thread(target=end_with_parent, daemon=True).start()
    main(["-H", "127.0.0.1", "-p", sys.argv[1]])
