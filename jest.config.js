/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// Not build/, which has another package in it.
	roots: ['test', 'nodes', 'credentials'].map((folder) => `<rootDir>/${folder}`),
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	transform: { '\\.ts$': '<rootDir>/test/support/transform.js' },
	testSequencer: '<rootDir>/test/support/longestFirst.js',
	testTimeout: 30_000,
	maxWorkers: '100%',
	// n8n-core leaves 50 MB behind in each file of tests that loads it, and the collector slows all the others.
	workerIdleMemoryLimit: '300MB',
	reporters: ['default', '<rootDir>/test/support/tally.js'],
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageProvider: 'v8',
	coverageReporters: ['text', 'lcovonly'],
};
