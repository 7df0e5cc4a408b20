import { BackgroundValue } from './background-value';

/** A value whose fetches the test answers, and a clock that the test turns. */
function setUp() {
  const pending: ((value: string) => void)[] = [];
  const clock = { now: 0 };
  const value = new BackgroundValue(
    'initial',
    1_000,
    () => new Promise<string>((resolve) => pending.push(resolve)),
    () => clock.now,
  );
  return { value, pending, clock };
}

const settled = () => new Promise(setImmediate);

describe('BackgroundValue', () => {
  it('answers at once with what is known and fetches beside it', async () => {
    const { value, pending } = setUp();
    expect(value.current()).toBe('initial');
    pending[0]?.('fetched');
    await settled();
    expect(value.current()).toBe('fetched');
  });

  it('fetches once at a time, and again only when the value is old', async () => {
    const { value, pending, clock } = setUp();
    value.current();
    value.current();
    expect(pending).toHaveLength(1);
    pending[0]?.('first');
    await settled();
    clock.now = 999;
    value.current();
    expect(pending).toHaveLength(1);
    clock.now = 1_000;
    expect(value.current()).toBe('first');
    expect(pending).toHaveLength(2);
  });
});
