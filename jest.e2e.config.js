const { transform } = require('./jest.config.js');

/** What an older n8n does not have, like data tables, or shows in other words, like its editor. */
const newestOnly = [
	'death',
	'editor',
	'pictures',
	'policy',
	'queue',
	'queueDeath',
	'sleep',
	'stop',
].map((name) => `/${name}\\.e2e\\.ts$`);

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
	// N8N_RELEASE names another of scripts/n8n/releases.ts than the first.
	testPathIgnorePatterns: process.env.N8N_RELEASE ? newestOnly : [],
	transform,
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/support/globalTeardown.ts',
	// One n8n for all, and a machine that has to carry it.
	maxWorkers: 1,
	testTimeout: 120_000,
	reporters: ['default', '<rootDir>/test/support/tally.js'],
};
