import type { DefaultRule } from './default-rule';

const SOURCE = 'pkg/apis/autoscaling/v2/defaults.go';
const BEHAVIOR = `${SOURCE} SetDefaults_HorizontalPodAutoscalerBehavior`;
const PERIOD_SECONDS = 15;

const byPercent = { type: 'Percent', value: 100, periodSeconds: PERIOD_SECONDS };
const byPods = { type: 'Pods', value: 4, periodSeconds: PERIOD_SECONDS };
const scaleUp = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [byPods, byPercent],
};
const scaleDown = { selectPolicy: 'Max', policies: [byPercent] };

/** HorizontalPodAutoscalers; scale-up and scale-down share a type, so their rules stand one level up. */
export const autoscalingDefaults: readonly DefaultRule[] = [
  {
    field: 'autoscaling.HorizontalPodAutoscalerSpec.minReplicas',
    value: 1,
    source: `${SOURCE} SetDefaults_HorizontalPodAutoscaler`,
  },
  {
    field: 'autoscaling.HorizontalPodAutoscalerSpec.metrics',
    value: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
      },
    ],
    source: `${SOURCE} SetDefaults_HorizontalPodAutoscaler`,
  },
  ...rulesFor('scaleUp', scaleUp),
  ...rulesFor('scaleDown', scaleDown),
];

function rulesFor(
  direction: 'scaleUp' | 'scaleDown',
  rules: typeof scaleDown,
): readonly DefaultRule[] {
  const type = 'autoscaling.HorizontalPodAutoscalerBehavior';
  return [
    { field: `${type}.${direction}`, value: {}, source: BEHAVIOR },
    ...Object.entries(rules).map(([name, value]) => ({
      field: `${type}.${direction}.${name}`,
      value,
      source: BEHAVIOR,
    })),
  ];
}
