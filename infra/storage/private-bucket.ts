import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import { type PolicyStatement, policyDocument } from './policy-document';

export interface PrivateBucketProps {
  readonly name: string;
  /** KMS key of the objects. Absent: S3's own key, the only one that access logs can be written with. */
  readonly keyArn?: string;
  /** Where accesses are logged. Absent for a log bucket: its own log would never end. */
  readonly accessLog?: PrivateBucket;
  /** After how many days an object goes. Absent: never. */
  readonly expirationDays?: number;
  /** After how many days a replaced or deleted version goes. */
  readonly oldVersionDays: number;
  /** What `terraform destroy` does: refuses; works on an empty bucket only; deletes what it holds. */
  readonly destroy: 'never' | 'when-empty' | 'with-content';
  /** Who else may do what. Default: nobody. */
  readonly statements?: readonly PolicyStatement[];
}

/** An upload that was not finished is not billed longer than this. */
const UNFINISHED_UPLOAD_DAYS = 7;

/** An S3 bucket: versioned, encrypted, reachable by TLS only, never public, with a bounded history. */
export class PrivateBucket extends Construct {
  readonly arn: string;
  private readonly bucket: S3Bucket;
  private readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    this.bucket = new S3Bucket(this, 'bucket', {
      bucket: props.name,
      forceDestroy: props.destroy === 'with-content',
      lifecycle: { preventDestroy: props.destroy === 'never' },
    });
    this.arn = this.bucket.arn;
    this.policy = this.closeToPublic(props);
    this.encrypt(props.keyArn);
    this.boundHistory(props);
    if (props.accessLog) {
      new S3BucketLoggingA(this, 'access-log', {
        bucket: this.bucket.id,
        targetBucket: props.accessLog.bucket.id,
        targetPrefix: `${props.name}/`,
        // S3 refuses a log bucket whose policy does not let it write yet.
        dependsOn: [props.accessLog.policy],
      });
    }
  }

  private closeToPublic({ statements = [] }: PrivateBucketProps): S3BucketPolicy {
    const bucket = this.bucket.id;
    const block = new S3BucketPublicAccessBlock(this, 'public-access', {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, 'ownership', {
      bucket,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    return new S3BucketPolicy(this, 'policy', {
      bucket,
      policy: policyDocument(...this.tlsOnly(), ...statements),
      // Two changes of a bucket's access at once are refused by S3.
      dependsOn: [block],
    });
  }

  private tlsOnly(): readonly PolicyStatement[] {
    const rule = {
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: [this.arn, `${this.arn}/*`],
    } as const;
    return [
      { Sid: 'TlsOnly', ...rule, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { Sid: 'Tls12', ...rule, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
    ];
  }

  private encrypt(keyArn: string | undefined): void {
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket: this.bucket.id,
      rule: [
        {
          applyServerSideEncryptionByDefault: keyArn
            ? { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn }
            : { sseAlgorithm: 'AES256' },
          // One KMS request per bucket instead of one per object.
          bucketKeyEnabled: keyArn !== undefined,
        },
      ],
    });
  }

  private boundHistory({ expirationDays, oldVersionDays }: PrivateBucketProps): void {
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket: this.bucket.id,
      versioningConfiguration: { status: 'Enabled' },
    });
    const everything = { status: 'Enabled', filter: [{ prefix: '' }] };
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: this.bucket.id,
      dependsOn: [versioning],
      rule: [
        {
          ...everything,
          id: 'old-versions',
          noncurrentVersionExpiration: [{ noncurrentDays: oldVersionDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: UNFINISHED_UPLOAD_DAYS }],
        },
        expirationDays
          ? { ...everything, id: 'expiration', expiration: [{ days: expirationDays }] }
          : // Every lock leaves a delete marker behind.
            {
              ...everything,
              id: 'delete-markers',
              expiration: [{ expiredObjectDeleteMarker: true }],
            },
      ],
    });
  }
}
