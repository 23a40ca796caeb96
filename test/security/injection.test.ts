import { useNode } from '../support/useNode';

const generate = { operation: 'generate', prompt: 'A cat in the sun' };
const node = useNode();

describe('a line break cannot get into a request', () => {
	const header = (name: string, value: string) => ({
		...generate,
		options: { headers: { header: [{ name, value }] } },
	});

	it.each([
		['a header', header('X-A', 'a\r\nX-B: b'), 'Headers has a value for X-A'],
		['a line feed in a header', header('X-A', 'a\nb'), 'Headers has a value for X-A'],
		['a zero in a header', header('X-A', 'a\0b'), 'Headers has a value for X-A'],
		['the name of a header', header('X-A: b\r\nX-C', 'c'), 'Headers has a name'],
		['a second host', header('Host', 'evil.example'), 'Headers must not set Host'],
		['a second length', header('Content-Length', '0'), 'Headers must not set Content-Length'],
		['a task id', { operation: 'get', taskId: 'a\r\nX-B: b' }, 'Task ID holds a blank'],
		[
			'a task id with a version',
			{ operation: 'get', taskId: 'a HTTP/1.1' },
			'Task ID holds a blank',
		],
		[
			'a data link',
			{ operation: 'get', taskId: 'a', options: { sourceUrl: 'javascript:alert(1)' } },
			'Source URL is not an http(s) address',
		],
	])('by %s', async (_, parameters, sentence) => {
		const run = await node.run(parameters);
		expect(run.error('Chat Video')?.message).toContain(sentence);
		expect(node.relay.requests).toHaveLength(0);
	});

	it.each([
		['the key', { apiKey: 'sk-abc\r\nX-B: b' }, 'API Key of the credential'],
		['a blank in the key', { apiKey: 'sk-abc def' }, 'API Key of the credential'],
		['the host', { baseUrl: 'http://a.example\r\nX-B: b' }, 'Base URL of the credential'],
		['a host in two lines', { baseUrl: 'http://a.exa\nmple' }, 'Base URL of the credential'],
		['a path', { baseUrl: 'http://a.example/ HTTP/1.1\r\n' + 'x' }, 'Base URL of the credential'],
	])('by %s of the credential', async (_, changed, sentence) => {
		const chatVideoApi = { ...node.credentials().chatVideoApi, ...changed };
		const run = await node.run(generate, { credentials: { chatVideoApi } });
		const { message = '' } = run.error('Chat Video') ?? {};
		expect(message).toContain(sentence);
		expect(message).not.toMatch(/[\r\n]/);
		expect(JSON.stringify(run.saved)).not.toContain('sk-abc');
		expect(node.relay.requests).toHaveLength(0);
	});

	it.each(['../../v1/chat/completions', 'a/b?c=d#e', '%2e%2e', 'a\u0000b'.replace('\0', '')])(
		'and a task id leads nowhere else: %s',
		async (taskId) => {
			await node.run({ operation: 'get', taskId, options: { wait: false } });
			const asked = node.relay.requests.map(({ path }) => path);
			const id = encodeURIComponent(taskId);
			expect(asked).toEqual([
				`/v1/video/query?id=${id}`,
				`/v1/videos/${id}`,
				`/v2/videos/generations/${id}`,
			]);
		},
	);
});
