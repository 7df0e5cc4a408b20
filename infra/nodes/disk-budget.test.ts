import fc from 'fast-check';
import {
  etcdVolumeBudget,
  fits,
  neededMib,
  rootVolumeBudget,
  smallestVolumeGb,
} from './disk-budget';

const anyRoot = fc.record({
  rootGb: fc.integer({ min: 1, max: 500 }),
  podsPerNode: fc.integer({ min: 10, max: 250 }),
  imageCacheGb: fc.integer({ min: 1, max: 200 }),
  isControlPlane: fc.boolean(),
});

test('the smallest volume fits and one GiB less does not', () => {
  fc.assert(
    fc.property(anyRoot, (volume) => {
      const rootGb = smallestVolumeGb(rootVolumeBudget(volume));
      expect(fits(rootVolumeBudget({ ...volume, rootGb }))).toBe(true);
      expect(fits(rootVolumeBudget({ ...volume, rootGb: rootGb - 1 }))).toBe(false);
    }),
  );
});

test('a control plane needs its audit log and one snapshot more than a worker', () => {
  const volume = { rootGb: 32, podsPerNode: 60, imageCacheGb: 10, isControlPlane: false };
  const worker = neededMib(rootVolumeBudget(volume));
  expect(neededMib(rootVolumeBudget({ ...volume, isControlPlane: true })) - worker).toBe(
    11 * 100 + 2048,
  );
});

test('etcd can be defragmented on a volume of 6 GiB and not on one of 5', () => {
  expect(smallestVolumeGb(etcdVolumeBudget(1))).toBe(6);
  expect(fits(etcdVolumeBudget(5))).toBe(false);
});
