// Usage: node .ci/count-tests.js FOLDER
// Adds up the summaries that .ci/summary-reporter.js left in a folder: prints "PASSED FAILED".
const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const folder = process.argv[2];
let passed = 0;
let failed = 0;
for (const name of readdirSync(folder)) {
  const summary = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
  passed += summary.passed;
  failed += summary.failed;
}
console.log(`${passed} ${failed}`);
