import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import { type PolicyStatement, policyDocument } from '../storage/policy-document';

export interface NodeRoleProps {
  readonly name: string;
  readonly statements: readonly PolicyStatement[];
}

/** What machines of one purpose may do in AWS: exactly the statements. */
export class NodeRole extends Construct {
  readonly profileName: string;

  constructor(scope: Construct, id: string, { name, statements }: NodeRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'role', {
      name,
      assumeRolePolicy: policyDocument({
        Sid: 'Ec2',
        Effect: 'Allow',
        Principal: { Service: 'ec2.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    });
    new IamRolePolicy(this, 'policy', {
      name: 'node',
      role: role.id,
      policy: policyDocument(...statements),
    });
    this.profileName = new IamInstanceProfile(this, 'profile', { name, role: role.name }).name;
  }
}
