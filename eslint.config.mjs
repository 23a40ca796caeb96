import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

const node = './nodes/ChatVideo';

/** What each layer may not know; docs/architecture.md shows the same as a picture. */
const layers = [
	{ target: `${node}/chat`, except: ['./chat'] },
	{ target: `${node}/transcript`, except: ['./chat', './transcript'] },
	{ target: `${node}/tasks`, except: ['./chat', './transcript', './tasks', './result.ts'] },
	{ target: `${node}/transport`, except: ['./chat', './transport'] },
].map((zone) => ({ ...zone, from: node }));

/** The operations call these files, which must not import them. */
const below = [
	'item',
	'ledger',
	'media',
	'output',
	'recovery',
	'result',
	'session',
	'submit',
	'toConversation',
	'turn',
];
const floor = {
	target: below.map((name) => `${node}/${name}.ts`),
	from: ['operations', 'methods', 'run.ts'].map((name) => `${node}/${name}`),
};

/** What is made of the layers and knows n8n no more than they do. */
const core = [
	'joinCall',
	'ledger',
	'recovery',
	'result',
	'submit',
	'toConversation',
	'turn',
	'withoutKey',
	'written',
];

const pure = ['chat', 'transcript', 'tasks'].map((layer) => `nodes/ChatVideo/${layer}/**/*.ts`);

export default [
	{ ignores: ['dist/', 'build/', 'out/', 'coverage/', 'test/fixtures/'] },
	...configWithoutCloudSupport,
	{
		files: ['nodes/**/*.ts'],
		rules: { 'import-x/no-restricted-paths': ['error', { zones: [...layers, floor] }] },
	},
	{
		files: [
			...pure,
			'nodes/ChatVideo/transport/**/*.ts',
			...core.map((name) => `nodes/ChatVideo/${name}.ts`),
		],
		rules: { 'no-restricted-imports': ['error', { paths: ['n8n-workflow', 'n8n-core'] }] },
	},
	{
		files: pure,
		rules: {
			'no-restricted-imports': [
				'error',
				{ paths: ['n8n-workflow', 'n8n-core', 'undici'], patterns: ['undici/*', 'node:*'] },
			],
			'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'setImmediate', 'fetch'],
		},
	},
	{
		// The rules are about nodes; these are programs around one.
		files: ['test/**/*.ts', 'examples/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts'],
		rules: {
			'@n8n/community-nodes/require-node-api-error': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
		},
	},
];
