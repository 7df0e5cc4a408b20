// A jest reporter: leaves how many tests passed and failed in the folder TEST_REPORTS names.
// A suite that could not run at all counts as one failure.
const { writeFileSync } = require('node:fs');
const path = require('node:path');

module.exports = class SummaryReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    const summary = { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
    writeFileSync(
      path.join(process.env.TEST_REPORTS, `${process.pid}.json`),
      JSON.stringify(summary),
    );
  }
};
