import type { ServerResponse } from 'node:http';
import { post } from '../../nodes/ChatVideo/transport/post';
import { createClient } from '../support/createClient';
import { createDeadline, type Deadline } from '../../nodes/ChatVideo/transport/deadline';
import { serve } from '../support/serve';

/** Keeps the process from everything else, as a busy n8n or a closed laptop does. */
function standStill(milliseconds: number): void {
	const until = Date.now() + milliseconds;
	while (Date.now() < until);
}

/** Posts to a server that answers so, with so much patience; gives what was read. */
async function read(
	answer: (response: ServerResponse) => void,
	timeouts: { timeout?: number; idleTimeout?: number },
	begin: (watch: Deadline) => void = () => {},
): Promise<string> {
	await using server = await serve((_, response) => {
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		answer(response);
	});
	const client = createClient({ ignoreSslIssues: false });
	const watch = createDeadline(timeouts);
	let text = '';
	try {
		const request = { url: server.url, headers: {}, body: '{}' };
		const bytes = await post(client, request, watch);
		begin(watch);
		for await (const piece of bytes) text += Buffer.from(piece).toString();
		return text;
	} finally {
		watch.close();
		client.close();
	}
}

describe('what came while this process stood still is read', () => {
	it.each([
		['before it is called silence', { idleTimeout: 200 }],
		['before the time is over', { timeout: 200 }],
	])('%s', async (_, timeouts) => {
		const text = await read((response) => {
			response.end('task_1', () => standStill(400));
		}, timeouts);

		expect(text).toBe('task_1');
	});

	it('before it is the silence that ends a broken answer', async () => {
		const text = await read(
			(response) => {
				response.write('x');
				setTimeout(() => {
					// Timers come next; what is written is read after them.
					setImmediate(() => {
						response.end('task_1');
						standStill(500);
					});
				}, 100);
			},
			{},
			(watch) => watch.endAfterError(),
		);

		expect(text).toBe('xtask_1');
	});

	it('and silence begins anew with it', async () => {
		const reading = read(
			(response) => {
				response.write('task_1', () => standStill(400));
			},
			{ idleTimeout: 200 },
		);

		await expect(reading).rejects.toMatchObject({ kind: 'timeout' });
	});
});
