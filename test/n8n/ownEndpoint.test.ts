import '../support/allowLocalhost';
import type { IDataObject } from 'n8n-workflow';
import { mediaBytes } from '../relay/media';
import { DataTables } from '../support/dataTables';
import { serve } from '../support/serve';
import { useNode } from '../support/useNode';

const known = 'sk-0123456789-of-tests';
const contentOf = (turn: number): string => `/v1/videos/task_${turn}/content`;
const node = useNode();

/** A service whose files lie at its own endpoint, which wants the key. */
async function startService(answer: (authorization: string | undefined) => number = statusFor) {
	const asked: Array<string | undefined> = [];
	let turns = 0;
	const server = await serve((request, response) => {
		const { url = '', headers } = request;
		request.resume();
		if (url === '/v1/chat/completions') {
			turns += 1;
			const said = say(turns, server.url);
			const choices = [{ message: { role: 'assistant', content: said }, finish_reason: 'stop' }];
			response.writeHead(200, { 'content-type': 'application/json' });
			return response.end(JSON.stringify({ id: 'chatcmpl-1', choices }));
		}
		if (url === '/v1/videos/task_1') {
			return response.end(JSON.stringify({ id: 'task_1', status: 'completed' }));
		}
		if (!url.endsWith('/content')) return response.writeHead(404).end();
		asked.push(headers.authorization);
		const status = answer(headers.authorization);
		response.writeHead(status, { 'content-type': 'video/mp4' });
		return response.end(status === 200 ? mediaBytes('video') : headers.authorization);
	});
	const credentials = { chatVideoApi: { baseUrl: server.url, apiKey: known } };
	return { ...server, asked, credentials };
}

const say = (turn: number, url: string): string =>
	`> ID: \`task_${turn}\`\n\n[▶️ 在线播放](${url}${contentOf(turn)})`;

const statusFor = (authorization: string | undefined): number =>
	authorization === `Bearer ${known}` ? 200 : 401;

const wanted = { downloadVideo: true };
const generate = { operation: 'generate', prompt: 'A cat' };
const modify = { operation: 'modify', prompt: 'a hat' };

describe('a file at the service’s own endpoint comes with the key', () => {
	it.each<[string, number, IDataObject[]]>([
		['Generate', 1, [{ ...generate, ...wanted }]],
		['Modify', 2, [generate, { ...modify, ...wanted }]],
		['Get', 1, [{ operation: 'get', taskId: 'task_1', ...wanted }]],
		['Get Many', 1, [generate, { operation: 'getMany', state: 'all', ...wanted }]],
	])('to %s', async (_, turn, steps) => {
		await using service = await startService();
		const { credentials } = service;
		const { additionalData } = new DataTables();

		const run = await node.runChain(steps, { credentials, additionalData });

		expect(run.error()).toBeUndefined();
		const [item] = run.items(steps.length === 1 ? 'A' : 'B');
		expect(item?.json).toMatchObject({ videoUrl: service.url + contentOf(turn) });
		expect(item?.json).not.toHaveProperty('download');
		expect(item?.binary?.data).toMatchObject({ bytes: mediaBytes('video').length });
		expect(service.asked).toEqual([`Bearer ${known}`]);
	});
});

it('Parse Transcript has no key to ask for a file with', async () => {
	await using service = await startService();
	const transcript = say(1, service.url);
	const { credentials } = service;

	const run = await node.run({ operation: 'parse', transcript, ...wanted }, { credentials });

	expect(run.items('Chat Video')[0]?.json.download).toMatchObject({ video: { kind: 'download' } });
	expect(service.asked).toEqual([undefined]);
});

it('a refusal that prints the key does not show it', async () => {
	await using service = await startService(() => 403);
	const { credentials } = service;

	const run = await node.run({ ...generate, ...wanted }, { credentials });

	const [item] = run.items('Chat Video');
	expect(item?.json.download).toMatchObject({ video: { url: service.url + contentOf(1) } });
	expect(JSON.stringify(item)).not.toContain(known);
	expect(service.asked).toEqual([`Bearer ${known}`]);
});
