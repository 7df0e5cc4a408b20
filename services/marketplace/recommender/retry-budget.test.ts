import fc from 'fast-check';
import { RetryBudget } from './retry-budget';

describe('RetryBudget', () => {
  it('lets a few calls in a row retry, then no more', () => {
    const budget = new RetryBudget();
    const retries = Array.from({ length: 20 }, () => budget.spend()).filter(Boolean).length;
    expect(retries).toBe(5);
  });

  it('keeps attempts at 1.2 a call on average when half of them fail', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.boolean()), (failures) => {
        const budget = new RetryBudget();
        const calls = 1_000;
        let attempts = 0;
        for (let call = 0; call < calls; call += 1) {
          budget.earn();
          let mayTry = true;
          for (let attempt = 0; attempt < 3 && mayTry; attempt += 1) {
            attempts += 1;
            mayTry = failures.next().value === true && budget.spend();
          }
        }
        expect(attempts / calls).toBeLessThanOrEqual(1.2);
      }),
      { numRuns: 20 },
    );
  });

  it('is full again after calls without failures', () => {
    const budget = new RetryBudget();
    while (budget.spend());
    for (let call = 0; call < 1_000; call += 1) budget.earn();
    expect(Array.from({ length: 20 }, () => budget.spend()).filter(Boolean)).toHaveLength(5);
  });
});
