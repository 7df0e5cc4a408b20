import type { JsonObject } from '../kubernetes-object';
import type { DefaultRule } from './default-rule';

const JOB = 'pkg/apis/batch/v1/defaults.go SetDefaults_Job';
const CRON_JOB = 'pkg/apis/batch/v1/defaults.go SetDefaults_CronJob';
const MAX_INT32 = 2 ** 31 - 1;

/** Jobs and CronJobs. A CronJob's job template gets a Job's defaults only when it becomes a Job. */
export const batchDefaults: readonly DefaultRule[] = [
  {
    field: 'batch.Job.spec.completions',
    value: 1,
    when: ({ parallelism }) => parallelism === undefined,
    source: JOB,
  },
  { field: 'batch.Job.spec.parallelism', value: 1, source: JOB },
  {
    field: 'batch.Job.spec.backoffLimit',
    value: ({ backoffLimitPerIndex }: JsonObject) =>
      backoffLimitPerIndex === undefined ? 6 : MAX_INT32,
    source: JOB,
  },
  { field: 'batch.Job.spec.completionMode', value: 'NonIndexed', source: JOB },
  { field: 'batch.Job.spec.suspend', value: false, source: JOB },
  {
    field: 'batch.Job.spec.podReplacementPolicy',
    value: ({ podFailurePolicy }: JsonObject) =>
      podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed',
    source: JOB,
  },
  { field: 'batch.Job.spec.manualSelector', value: false, source: JOB },
  { field: 'batch.CronJobSpec.concurrencyPolicy', value: 'Allow', source: CRON_JOB },
  { field: 'batch.CronJobSpec.suspend', value: false, source: CRON_JOB },
  { field: 'batch.CronJobSpec.successfulJobsHistoryLimit', value: 3, source: CRON_JOB },
  { field: 'batch.CronJobSpec.failedJobsHistoryLimit', value: 1, source: CRON_JOB },
  {
    field: 'batch.PodFailurePolicyOnPodConditionsPattern.status',
    value: 'True',
    source: 'pkg/apis/batch/v1/defaults.go SetDefaults_PodFailurePolicyOnPodConditionsPattern',
  },
];
