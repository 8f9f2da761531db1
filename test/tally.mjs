// The last line of a CI run: how many tests passed and failed, counted from the reports that the runners wrote.
// `node test/tally.mjs REPORT...` takes vitest's and Playwright's JSON. A report that is not there counts as one
// failure, because its runner never came to an end. Ends with 1 unless something passed and nothing failed.
import { readFileSync } from 'node:fs';

/** { passed, failed } of one report, by the shape of either runner. */
function countsOf(report) {
  if ('numTotalTests' in report) {
    // A file that cannot be loaded fails as a suite without having a test.
    const unloadable = report.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    return { passed: report.numPassedTests, failed: report.numFailedTests + unloadable.length };
  }
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length };
}

let passed = 0;
let failed = 0;
for (const path of process.argv.slice(2)) {
  try {
    const counts = countsOf(JSON.parse(readFileSync(path, 'utf8')));
    passed += counts.passed;
    failed += counts.failed;
  } catch (error) {
    failed += 1;
    console.log(`${path}: no usable report (${error.code ?? error.message}), counted as one failure`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
