import { S3Backend, type S3BackendConfig, type TerraformStack } from 'cdktf';
import type { Environment } from '../environments/environment';
import { namesOf } from '../environments/names';

/**
 * Keeps the state of `stack` in the environment's bucket, locked in S3 and in DynamoDB: Terraform
 * 1.10 and later honour the lock file, older ones the table only, and both must see each other.
 */
export function keepStateInS3(stack: TerraformStack, environment: Environment): void {
  const { accountId, region } = environment;
  const names = namesOf(environment);
  const config: S3BackendConfig & { readonly useLockfile: boolean } = {
    bucket: names.stateBucket,
    key: `${stack.node.id}.tfstate`,
    region,
    encrypt: true,
    // Without it the backend asks for S3's own key and overrides the bucket's default.
    kmsKeyId: `arn:aws:kms:${region}:${accountId}:${names.stateKeyAlias}`,
    dynamodbTable: names.lockTable,
    useLockfile: true,
  };
  new S3Backend(stack, config);
}
