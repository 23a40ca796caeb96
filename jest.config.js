/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// Not build/, which has another package in it.
	roots: ['test', 'nodes', 'credentials'].map((folder) => `<rootDir>/${folder}`),
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	transform: { '\\.ts$': '<rootDir>/test/support/transform.js' },
	testTimeout: 30_000,
	// Half of the processors: the relay and n8n's engine share them, and some tests hold a stopwatch.
	maxWorkers: '50%',
	reporters: ['default', '<rootDir>/test/support/tally.js'],
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageProvider: 'v8',
	coverageReporters: ['text', 'lcovonly'],
};
