process.env.CHAT_VIDEO_BUILD = 'cloud';

/** What runs the built node, on the build for n8n Cloud. */
const tests = [
	'run',
	'{call,faults,methods,n8n,operations}/**/*',
	'security/{hostileRelay,injection,limits,policy}',
	'transport/deadline',
];

/** @type {import('jest').Config} */
module.exports = {
	...require('./jest.config'),
	testMatch: ['cloud/*.cloud.ts', ...tests.map((test) => `${test}.test.ts`)].map(
		(file) => `<rootDir>/test/${file}`,
	),
	// As gulpfile.js does it.
	moduleNameMapper: { '^(.*)/node/(client|decode|environment|timer)$': '$1/n8n/$2' },
};
