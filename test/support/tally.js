/** Ends a test run with one plain line, for logs that are read by programs. */
module.exports = class Tally {
	onRunComplete(_, { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests }) {
		const failed = Math.max(numFailedTests, numFailedTestSuites);
		const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
		process.stdout.write(`\n${numPassedTests} passed, ${failed} failed${skipped}\n`);
	}
};
