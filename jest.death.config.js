/** Kills of a real n8n: minutes long, so a run of their own. @type {import('jest').Config} */
module.exports = {
	...require('./jest.e2e.config.js'),
	testMatch: ['<rootDir>/test/e2e/*.slow.ts'],
};
