import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

const node = './nodes/ChatVideo';

/** What each folder may import of the others; docs/architecture.md shows the same as a picture. */
const layers = {
	chat: [],
	transcript: ['chat'],
	tasks: ['chat', 'transcript'],
	transport: ['chat'],
	call: ['chat', 'transcript', 'tasks', 'transport'],
	n8n: ['chat', 'transcript', 'transport', 'call'],
	operations: ['chat', 'transcript', 'tasks', 'transport', 'call', 'n8n'],
	methods: ['chat', 'transport', 'call', 'n8n', 'operations'],
};

const zones = Object.entries(layers).map(([folder, below]) => ({
	target: `${node}/${folder}`,
	from: node,
	except: [folder, ...below].map((name) => `./${name}`),
}));

/** Read text and say what it means: no n8n, no undici, no Node, no timers. */
const pure = ['chat', 'transcript', 'tasks'];
const timers = ['setTimeout', 'setInterval', 'setImmediate'];
/** Know the world, and not n8n. */
const withoutN8n = ['transport', 'call'];

const filesOf = (folders) => folders.map((folder) => `nodes/ChatVideo/${folder}/**/*.ts`);
const n8nPackages = ['n8n-workflow', 'n8n-core'];

export default [
	{ ignores: ['dist/', 'build/', 'out/', 'coverage/', 'test/fixtures/'] },
	...configWithoutCloudSupport,
	{
		files: ['nodes/**/*.ts'],
		rules: { 'import-x/no-restricted-paths': ['error', { zones }] },
	},
	{
		files: filesOf(withoutN8n),
		rules: { 'no-restricted-imports': ['error', { paths: n8nPackages }] },
	},
	{
		files: ['nodes/**/*.ts'],
		ignores: ['nodes/ChatVideo/transport/node/*.ts'],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{ patterns: [{ group: ['undici', 'undici/*'] }] },
			],
			'no-restricted-globals': ['error', ...timers],
		},
	},
	{
		files: filesOf(pure),
		rules: {
			'no-restricted-imports': [
				'error',
				{ paths: [...n8nPackages, 'undici'], patterns: ['undici/*', 'node:*'] },
			],
			'no-restricted-globals': ['error', ...timers, 'fetch'],
		},
	},
	{
		// The rules are about nodes; these are programs around one.
		files: ['test/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts'],
		rules: {
			'@n8n/community-nodes/require-node-api-error': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
		},
	},
];
