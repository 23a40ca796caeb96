process.env.CHAT_VIDEO_BUILD = 'cloud';

/** The build for n8n Cloud in a real n8n: what differs below `transport/` must not be seen above it. */
module.exports = {
	...require('./jest.e2e.config'),
	testMatch: ['package', 'webhook', 'retry', 'stop', 'downstream', 'models', 'proxy', 'policy'].map(
		(name) => `<rootDir>/test/e2e/${name}.e2e.ts`,
	),
};
