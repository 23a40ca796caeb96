import { serve } from '../support/serve';
import { useNode } from '../support/useNode';

const node = useNode();
const downloaded = (videoUrl: string, id = 't_1') => ({
	operation: 'parse',
	transcript: `> ID: \`${id}\`\n> 生成完成 ✅\n[在线播放▶️](${videoUrl})`,
	downloadVideo: true,
});

it('a status without end is read up to 1 MiB', async () => {
	let sent = 0;
	await using endless = await serve((_, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		const piece = `{"a":"${'x'.repeat(64 * 1024)}`;
		const more = (): void => {
			while (!response.destroyed) {
				sent += piece.length;
				if (!response.write(piece)) return void response.once('drain', more);
			}
		};
		more();
	});
	const options = { sourceUrl: `${endless.url}/source/t_1`, wait: false };

	const run = await node.run({ operation: 'get', taskId: 't_1', options });

	expect(run.error('Chat Video')?.message).toContain('does not know the task');
	// What is on its way in the sockets comes on top.
	expect(sent).toBeLessThan(32 * 1024 * 1024);
});

it.each([
	['a turn', { operation: 'generate', prompt: 'A cat', options: { maxTries: 1 } }],
	['a question for a task', { operation: 'get', taskId: 't_1', options: { wait: false } }],
])('a redirect of %s is not followed with the key', async (_, parameters) => {
	let followed = 0;
	await using other = await serve((__, response) => {
		followed += 1;
		response.end();
	});
	await using redirecting = await serve(({ url }, response) => {
		response.writeHead(307, { location: other.url + url }).end();
	});
	const chatVideoApi = { baseUrl: redirecting.url, apiKey: node.relay.apiKey };

	const run = await node.run(parameters, { credentials: { chatVideoApi } });

	expect(run.status).toBe('error');
	expect(followed).toBe(0);
});

it('a circle of redirects is left', async () => {
	let asked = 0;
	await using circle = await serve(({ url }, response) => {
		asked += 1;
		response.writeHead(302, { location: url }).end();
	});

	const run = await node.run(downloaded(`${circle.url}/a.mp4`));

	expect(run.json('Chat Video')[0]?.download).toMatchObject({
		video: { message: 'The link was redirected more than 5 times' },
	});
	expect(asked).toBe(6);
});

it.each(['../../../etc/passwd', '..\\..\\a', '/etc/passwd', 'a/../b', '.'.repeat(300), 'a\u0000b'])(
	'the name of a file is no path: %s',
	async (id) => {
		const run = await node.run(downloaded(node.relay.publish('video'), id), {
			binary: 'filesystem',
		});

		const { fileName = '' } = run.items('Chat Video')[0]?.binary?.data ?? {};
		expect(fileName).toMatch(/^[\w.-]{1,130}\.mp4$/);
	},
);
