/**
 * `pnpm test` runs `code`, in parallel, and then `resilience`, one after the other since its tests
 * hold pages to a deadline; both need nothing but Node. `browser` and `terraform` need tools,
 * and have verbs of their own.
 */
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  // Workspace packages resolve to their TypeScript source, so no build comes before a test.
  testEnvironmentOptions: {
    customExportConditions: ['driftless-source', 'node', 'node-addons', 'require', 'default'],
  },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  modulePathIgnorePatterns: ['/dist/'],
};

const project = (displayName, testMatch) => ({ ...base, displayName, testMatch });

module.exports = {
  reporters: [
    'default',
    ...(process.env.TEST_REPORTS ? ['<rootDir>/.ci/summary-reporter.js'] : []),
  ],
  // Of tests that run side by side in one file: those of `resilience` wait, and are held to a deadline.
  maxConcurrency: 2,
  projects: [
    project('code', [
      '<rootDir>/{proto,services,infra}/**/*.test.ts',
      '<rootDir>/test/{interop,pages,workspace}/**/*.test.ts',
    ]),
    project('terraform', ['<rootDir>/test/terraform/**/*.test.ts']),
    project('browser', ['<rootDir>/test/browser/**/*.test.ts']),
    project('resilience', ['<rootDir>/test/resilience/**/*.test.ts']),
  ],
};
