import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { keepStateInS3 } from '../state/state-backend';

/** What every stack needs. */
export interface DriftlessStackProps {
  readonly environment: Environment;
}

/**
 * Every attribute used here exists in both majors; the lock file decides which one runs.
 * See docs/adr for why this is a range.
 */
const AWS_PROVIDER_VERSION = '>= 5.100.0, < 7.0.0';

/** Tags of everything that can carry tags. */
export function tagsOf({ name, owner, costCentre }: Environment): Record<string, string> {
  return { owner, environment: name, 'cost-centre': costCentre, 'managed-by': 'driftless' };
}

/** A stack with its AWS account, tags and state. */
export abstract class DriftlessStack extends TerraformStack {
  protected readonly environment: Environment;

  constructor(scope: Construct, id: string, { environment }: DriftlessStackProps) {
    super(scope, id);
    this.environment = environment;
    new AwsProvider(this, 'aws', {
      region: environment.region,
      allowedAccountIds: [environment.accountId],
      defaultTags: [{ tags: tagsOf(environment) }],
    });
    this.addOverride('terraform.required_providers.aws.version', AWS_PROVIDER_VERSION);
    keepStateInS3(this, environment);
  }
}
