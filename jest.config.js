/**
 * One project per verb: `pnpm test` runs `code`, which needs nothing but Node;
 * the others need a tool (a browser) or more time and have verbs of their own.
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
  projects: [
    project('code', [
      '<rootDir>/{proto,services,infra}/**/*.test.ts',
      '<rootDir>/test/{faults,interop,pages,workspace}/**/*.test.ts',
    ]),
    project('browser', ['<rootDir>/test/browser/**/*.test.ts']),
    project('rolling', ['<rootDir>/test/rolling/**/*.test.ts']),
  ],
};
