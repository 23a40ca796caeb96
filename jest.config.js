/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	transform: { '\\.ts$': '<rootDir>/test/support/transform.js' },
	testTimeout: 30_000,
	reporters: ['default', '<rootDir>/test/support/tally.js'],
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageProvider: 'v8',
	coverageReporters: ['text', 'lcovonly'],
};
