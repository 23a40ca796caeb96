import '../support/allowLocalhost';
import { setTimeout as wait } from 'node:timers/promises';
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { mediaBytes } from '../relay/media';
import type { MediaBehaviour, MediaKind } from '../relay/mediaBehaviour';
import { startRelay } from '../relay/relay';
import type { Situation } from '../relay/situations';
import type { BinaryStorage } from '../support/engineHost';
import type { EngineRun } from '../support/engineRun';
import { chatVideoNode } from '../support/engineWorkflow';
import { inLoop, loopNodes } from '../support/loopNode';
import { itemsOf, useNode } from '../support/useNode';

const generate = { operation: 'generate', prompt: 'A cat in the sun', downloadVideo: true };
const node = useNode({}, { nodes: loopNodes });

/** The next turn's files behave so. */
const withMedia = (each: Partial<Record<MediaKind, MediaBehaviour>>): void => {
	const situation: Situation = { kind: 'generate', media: { each } };
	node.relay.next(situation);
};

const withVideo = (video: MediaBehaviour): void => withMedia({ video });

const itemOf = (run: EngineRun) => run.items('Chat Video')[0];

const binaryOf = (run: EngineRun, field = 'data'): IBinaryData | undefined =>
	itemOf(run)?.binary?.[field];

const bytesOf = async (run: EngineRun, field = 'data'): Promise<Buffer> =>
	await run.binary(binaryOf(run, field) ?? { data: '', mimeType: '' });

const gets = (path: string): number =>
	node.relay.requests.filter((seen) => seen.path === path).length;

const pathOf = (url: unknown): string => new URL(String(url)).pathname;

describe('Download Video', () => {
	it.each<BinaryStorage>(['memory', 'filesystem'])(
		'puts the file in the item, with all that later nodes want to know (%s)',
		async (binary) => {
			const run = await node.run(generate, { binary });

			const [turn] = node.relay.turns;
			expect(itemOf(run)?.json).toMatchObject({ status: 'completed', videoUrl: turn?.videoUrl });
			expect(itemOf(run)?.json).not.toHaveProperty('download');
			expect(itemOf(run)?.pairedItem).toEqual({ item: 0 });
			expect(binaryOf(run)).toMatchObject({
				fileName: `${turn?.taskId}.mp4`,
				mimeType: 'video/mp4',
				fileType: 'video',
				fileExtension: 'mp4',
				fileSize: '12.1 kB',
				bytes: 12_080,
			});
			expect((await bytesOf(run)).equals(mediaBytes('video'))).toBe(true);
			expect(Object.keys(itemOf(run)?.binary ?? {})).toEqual(['data']);
		},
	);

	it('is on for a new video, for a changed one, and for one that is asked for', async () => {
		const asUsual = { downloadVideo: undefined };

		const run = await node.runChain([
			{ operation: 'generate', prompt: 'A cat', ...asUsual },
			{ operation: 'modify', prompt: 'a hat', ...asUsual },
			{ operation: 'get', taskId: '={{ $json.taskId }}', ...asUsual },
		]);

		for (const name of ['A', 'B', 'C']) {
			expect(run.items(name)[0]?.binary?.data).toMatchObject({ mimeType: 'video/mp4' });
		}
	});

	it('is off for a transcript', async () => {
		const { url } = node.relay;

		const run = await node.run({
			operation: 'parse',
			transcript: `> ID: \`task_1\`\n\n[▶️ 在线播放](${url}/cdn/a.mp4)`,
			downloadVideo: undefined,
		});

		expect(itemOf(run)?.json.videoUrl).toBe(`${url}/cdn/a.mp4`);
		expect(node.relay.requests).toHaveLength(0);
	});

	it('downloads nothing when it is off', async () => {
		const run = await node.run({ ...generate, downloadVideo: false });

		expect(itemOf(run)?.binary).toBeUndefined();
		expect(node.relay.requests).toHaveLength(1);
	});

	it('gives every item its own file, in the field of its own', async () => {
		const items = itemsOf({ wish: 'A cat', field: 'a' }, { wish: 'A cat, landscape', field: 'b' });
		const fields = { prompt: '={{ $json.wish }}', binaryField: '={{ $json.field }}' };

		const run = await node.run({ ...generate, ...fields }, { items });

		const files = run.items('Chat Video').map(({ binary = {} }) => binary);
		expect(files.map((binary) => Object.keys(binary))).toEqual([['a'], ['b']]);
		const bytes = await Promise.all(
			[files[0]?.a, files[1]?.b].map((file) => file && run.binary(file)),
		);
		expect(bytes[0]?.equals(mediaBytes('video', 'portrait'))).toBe(true);
		expect(bytes[1]?.equals(mediaBytes('video', 'landscape'))).toBe(true);
	});

	it('names the file so that every file system takes it', async () => {
		node.relay.next({ kind: 'generate', dialect: 'veo' });

		const run = await node.run({
			...generate,
			model: { __rl: true, mode: 'id', value: 'veo3-pro' },
		});

		const { taskId = '' } = node.relay.turns[0] ?? {};
		expect(taskId).toMatch(/^veo3-pro:/);
		expect(binaryOf(run)?.fileName).toBe(`${taskId.replace(':', '_')}.mp4`);
	});

	it('names it by the sid where there is no task id', async () => {
		node.relay.next({ kind: 'generate', withoutTask: true });

		const run = await node.run(generate);

		expect(binaryOf(run)?.fileName).toBe(`${node.relay.turns[0]?.sid}.mp4`);
	});

	it('gives the type that the server says, and its ending', async () => {
		withVideo({ contentType: 'video/webm' });

		const run = await node.run(generate);

		expect(binaryOf(run)).toMatchObject({
			mimeType: 'video/webm',
			fileName: `${node.relay.turns[0]?.taskId}.webm`,
		});
	});

	it('gives the host of the files neither the key nor a header of the options', async () => {
		await using media = await startRelay();
		await using relay = await startRelay({ mediaOrigin: media });
		const credentials = { chatVideoApi: { baseUrl: relay.url, apiKey: relay.apiKey } };
		const headers = { header: [{ name: 'X-Forwarded-Host', value: 'sora.example' }] };

		const run = await node.run(
			{ ...generate, options: { headers, downloadPoster: true } },
			{ credentials },
		);

		expect((await bytesOf(run)).equals(mediaBytes('video'))).toBe(true);
		expect(relay.requests).toHaveLength(1);
		expect(relay.requests[0]?.headers).toHaveProperty('x-forwarded-host');
		expect(media.requests).toHaveLength(2);
		for (const seen of media.requests) {
			expect(seen.headers).not.toHaveProperty('authorization');
			expect(seen.headers).not.toHaveProperty('x-forwarded-host');
			expect(JSON.stringify(seen)).not.toContain(relay.apiKey);
		}
	});

	it('works for a modification', async () => {
		const run = await node.runChain([
			{ ...generate, downloadVideo: false },
			{ operation: 'modify', prompt: 'a hat', downloadVideo: true, binaryField: 'film' },
		]);

		const [item] = run.items('B');
		expect(item?.binary?.film?.fileName).toBe(`${node.relay.turns[1]?.taskId}.mp4`);
	});

	it('works for a task that is asked for', async () => {
		const { taskId, urls } = node.relay.start();

		const run = await node.run({
			operation: 'get',
			taskId,
			downloadVideo: true,
			options: { downloadPoster: true },
		});

		expect(itemOf(run)?.json.videoUrl).toBe(urls.video);
		expect((await bytesOf(run)).equals(mediaBytes('video'))).toBe(true);
		expect((await bytesOf(run, 'poster')).equals(mediaBytes('poster'))).toBe(true);
	});

	it('has nothing to download while a task is not done', async () => {
		const { taskId } = node.relay.start({ tasks: 'pending' });

		const run = await node.run({
			operation: 'get',
			taskId,
			downloadVideo: true,
			options: { wait: false, failOnDownload: true },
		});

		expect(run.error()).toBeUndefined();
		expect(itemOf(run)?.json).not.toHaveProperty('download');
		expect(itemOf(run)?.binary).toBeUndefined();
	});

	it('works for a transcript, without a credential', async () => {
		await node.run({ ...generate, downloadVideo: false });
		const [turn] = node.relay.turns;

		const run = await node.run(
			{
				operation: 'parse',
				transcript: turn?.transcript,
				downloadVideo: true,
				options: { downloadPoster: true },
			},
			{ credentials: {}, settings: { credentials: {} } },
		);

		expect(binaryOf(run)?.fileName).toBe(`${turn?.taskId}.mp4`);
		expect((await bytesOf(run)).equals(mediaBytes('video'))).toBe(true);
		expect((await bytesOf(run, 'poster')).equals(mediaBytes('poster'))).toBe(true);
	});

	it('has nothing to download for a transcript without a video', async () => {
		const run = await node.run({
			operation: 'parse',
			transcript: '> ID: `task_01k7dzptgwf2z87wj2c3t36qk0`\n> 排队中......',
			downloadVideo: true,
			options: { downloadPoster: true, failOnDownload: true },
		});

		expect(itemOf(run)?.json).toMatchObject({ status: 'unfinished' });
		expect(itemOf(run)?.json).not.toHaveProperty('download');
		expect(itemOf(run)?.binary).toBeUndefined();
	});
});

describe('Download Poster', () => {
	const poster = { ...generate, downloadVideo: false, options: { downloadPoster: true } };

	it('puts the picture in its own field', async () => {
		const run = await node.run(poster);

		expect(Object.keys(itemOf(run)?.binary ?? {})).toEqual(['poster']);
		expect(binaryOf(run, 'poster')).toMatchObject({
			fileName: `${node.relay.turns[0]?.taskId}.webp`,
			mimeType: 'image/webp',
			bytes: 1_670,
		});
		expect((await bytesOf(run, 'poster')).equals(mediaBytes('poster'))).toBe(true);
	});

	it('that is not a picture becomes a note next to the video', async () => {
		withMedia({ poster: { answer: 'html' } });

		const run = await node.run({ ...poster, downloadVideo: true });

		expect(Object.keys(itemOf(run)?.binary ?? {})).toEqual(['data']);
		expect(itemOf(run)?.json.download).toEqual({
			poster: {
				kind: 'download',
				message: 'The link leads to text/html, not to an image; it may have expired',
				url: node.relay.turns[0]?.posterUrl,
			},
		});
	});
});

describe('a download that does not come about', () => {
	const options = { idleTimeout: 0.3, maxSize: 1 };
	const size = 2 * 1024 ** 2;

	it.each<[string, MediaBehaviour, string, string]>([
		['an expired link', { answer: 'forbidden' }, 'download', 'The server answered 403'],
		['a web page', { answer: 'html' }, 'download', 'The link leads to text/html'],
		['a file over the limit', { size }, 'download', 'The file has 2 MB, and Max Size is 1 MB'],
		[
			'more than the limit',
			{ size, withoutLength: true },
			'download',
			'larger than Max Size, 1 MB',
		],
		['silence', { silentAt: 5_000 }, 'timeout', 'The server sent nothing for 0.3 s'],
		['a break', { cutAt: 5_000 }, 'download', 'broke the connection off before the end'],
		['a circle', { redirects: Infinity }, 'download', 'redirected more than 5 times'],
		['a way into this machine', { redirects: 1, redirectTo: 'file://' }, 'unsafeUrl', 'file://'],
	])('keeps the item and its links, and says why: %s', async (_, behaviour, kind, words) => {
		for (const binary of ['memory', 'filesystem'] as const) {
			withVideo(behaviour);

			const run = await node.run({ ...generate, options }, { binary });

			const turn = node.relay.turns.at(-1);
			expect(run.status).toBe('success');
			expect(itemOf(run)?.binary).toBeUndefined();
			expect(itemOf(run)?.json).toMatchObject({
				status: 'completed',
				taskId: turn?.taskId,
				videoUrl: turn?.videoUrl,
				download: {
					video: { kind, message: expect.stringContaining(words) as string, url: turn?.videoUrl },
				},
			});
			expect(itemOf(run)?.json).not.toHaveProperty('error');
		}
	});

	it('fails the item where that is wanted, with all that was paid for', async () => {
		withVideo({ answer: 'forbidden' });
		const wish = { ...generate, options: { failOnDownload: true } };

		const run = await node.run(wish);

		const [turn] = node.relay.turns;
		const error = run.error('Chat Video');
		expect(error?.name).toBe('NodeApiError');
		expect(error?.message).toBe(
			'The video is made, but its file was not downloaded: The server answered 403: the link may have expired [item 0]',
		);
		for (const fact of [
			turn?.taskId,
			`Video: <a href="${turn?.videoUrl}"`,
			`Poster: <a href="${turn?.posterUrl}"`,
			`Preview: <a href="${node.relay.url}/web/${turn?.taskId}"`,
			'that costs nothing',
		]) {
			expect(error?.description).toContain(fact);
		}
	});

	it('gives the same facts to the error output', async () => {
		withVideo({ answer: 'forbidden' });

		const run = await node.run(
			{ ...generate, options: { failOnDownload: true } },
			{ settings: { onError: 'continueErrorOutput' } },
		);

		const [turn] = node.relay.turns;
		expect(run.json('Chat Video', 1)[0]).toMatchObject({
			errorKind: 'download',
			billing: 'started',
			taskId: turn?.taskId,
			sid: turn?.sid,
			videoUrl: turn?.videoUrl,
			posterUrl: turn?.posterUrl,
		});
	});

	it('does not fail for the other items', async () => {
		withVideo({ answer: 'forbidden' });
		const items = itemsOf({}, {});

		const run = await node.run(generate, { items });

		const files = run.items('Chat Video').map(({ binary }) => Object.keys(binary ?? {}));
		expect(files).toEqual([[], ['data']]);
	});
});

describe('trying again', () => {
	const wish = { ...generate, options: { failOnDownload: true } };

	it('by Retry On Fail downloads again and does not pay again', async () => {
		let asked = 0;
		withVideo({
			get answer() {
				asked += 1;
				return asked === 1 ? 'forbidden' : 'file';
			},
		});

		const run = await node.run(wish, {
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});

		const [turn] = node.relay.turns;
		expect(run.status).toBe('success');
		expect((await bytesOf(run)).equals(mediaBytes('video'))).toBe(true);
		expect(itemOf(run)?.json.taskId).toBe(turn?.taskId);
		expect(gets(pathOf(turn?.videoUrl))).toBe(2);
		expect(node.relay.turns).toHaveLength(1);
		expect(node.relay.billed).toBe(1);
	});

	it('by Retry Execution does the same', async () => {
		const behaviour: MediaBehaviour = { answer: 'html' };
		withVideo(behaviour);
		const first = await node.run(wish, { binary: 'filesystem' });
		expect(first.status).toBe('error');
		behaviour.answer = 'file';

		const run = await node.run(wish, { previous: first.saved, binary: 'filesystem' });

		expect(run.status).toBe('success');
		expect((await bytesOf(run)).equals(mediaBytes('video'))).toBe(true);
		expect((itemOf(run)?.json.messages as IDataObject[]).at(-1)?.content).toBe(
			node.relay.turns[0]?.transcript,
		);
		expect(node.relay.turns).toHaveLength(1);
	});
});

describe('a link that is good for one download', () => {
	const ends = ['forbidden', 'html', 'notFound', 'reset', 'silent'] as const;
	/** Each of them ends in a way of its own. */
	const once = (_: unknown, at: number): MediaBehaviour => {
		let asked = 0;
		return {
			get answer() {
				return (asked += 1) === 1 ? 'file' : (ends[at % ends.length] ?? 'file');
			},
		};
	};
	const refused: Situation = { kind: 'status', status: 403, body: { error: { message: 'no' } } };
	const items = itemsOf({ prompt: 'A' }, { prompt: 'B' }, { prompt: 'C' }, { prompt: 'D' });
	const parameters = { ...generate, prompt: '={{ $json.prompt }}', downloadPoster: true };
	const retryOnFail = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const expiring = (count: number): void =>
		node.relay.next(
			...Array.from({ length: count }, (_, at): Situation => ({
				kind: 'generate',
				media: { each: { video: once(_, at), poster: once(_, at + 1) } },
			})),
		);
	const refuseNext = (): void => node.relay.next(refused);
	const expectFiles = async (run: EngineRun): Promise<void> => {
		expect(run.error()).toBeUndefined();
		for (const { json, binary } of run.items('Chat Video')) {
			expect(json).not.toHaveProperty('download');
			expect((await run.binary(binary?.data as IBinaryData)).equals(mediaBytes('video'))).toBe(
				true,
			);
		}
		const bills = node.relay.bills.map(({ prompt }) => prompt);
		expect(bills).toEqual([...new Set(bills)]);
	};

	describe.each<BinaryStorage>(['memory', 'filesystem'])('(%s)', (binary) => {
		it.each(['stopWorkflow', 'continueRegularOutput'] as const)(
			'is followed once where Retry On Fail runs all items again: %s',
			async (onError) => {
				const plan = [() => expiring(1), refuseNext];
				// What n8n takes for a failure of the node is an error in the first item.
				for (const next of onError === 'stopWorkflow' ? plan : plan.toReversed()) next();

				const run = await node.run(parameters, {
					items: items.slice(0, 2),
					binary,
					settings: { ...retryOnFail, onError },
				});

				await expectFiles(run);
				expect(run.items('Chat Video')).toHaveLength(2);
			},
		);

		it('is followed once where Retry does', async () => {
			expiring(2);
			refuseNext();
			const first = await node.run(parameters, { items: items.slice(0, 3), binary });
			expect(first.status).toBe('error');

			await expectFiles(
				await node.run(parameters, {
					items: items.slice(0, 3),
					binary,
					previous: first.saved,
					retryOf: first.id,
				}),
			);
		});

		it('is followed once in a loop, and its file is not kept beyond the run', async () => {
			expiring(3);
			refuseNext();

			const run = await node.engine.run(inLoop(chatVideoNode({ ...retryOnFail, parameters })), {
				items,
				binary,
				credentials: node.credentials(),
			});

			await expectFiles(run);
			expect(node.relay.billed).toBe(4);
			expect(run.saved.executionData?.contextData['node:Chat Video']).toMatchObject({
				chatVideoFiles: {},
			});
		});
	});

	it('is followed again where n8n has deleted the file of the execution that is retried', async () => {
		expiring(1);
		refuseNext();
		const first = await node.run(parameters, { items: items.slice(0, 2), binary: 'filesystem' });
		const kept = JSON.stringify(first.saved).replaceAll(/filesystem-v2:[^"]+/g, '$&-gone');

		const run = await node.run(parameters, {
			items: items.slice(0, 2),
			binary: 'filesystem',
			previous: JSON.parse(kept) as EngineRun['saved'],
			retryOf: first.id,
		});

		expect(run.error()).toBeUndefined();
		expect(itemOf(run)?.json.download).toMatchObject({
			video: { message: expect.stringContaining('expired') as string },
		});
		expect(node.relay.billed).toBe(2);
	});
});

describe('Stop', () => {
	it.each<BinaryStorage>(['memory', 'filesystem'])(
		'ends a download at once (%s)',
		async (binary) => {
			withVideo({ silentAt: 5_000 });
			const stop = new AbortController();
			const running = node.run(generate, { signal: stop.signal, binary });
			const turn = await node.relay.turn(0);
			while (gets(pathOf(turn.videoUrl)) === 0) await wait(5);
			await wait(50);

			const stoppedAt = Date.now();
			stop.abort();
			const run = await running;

			expect(run.status).toBe('canceled');
			expect(Date.now() - stoppedAt).toBeLessThan(2_000);
			while (node.relay.openSockets > 0 && Date.now() - stoppedAt < 2_000) await wait(5);
			expect(node.relay.openSockets).toBe(0);
		},
	);
});

describe('a storage that never answers', () => {
	const options = { downloadTimeout: 0.2 };
	const head = Buffer.from('\0\0\0\x1cftypmp42', 'latin1');
	const attached = `[media](data:video/mp4;base64,${head.toString('base64')})`;
	const inAnswer: Situation = {
		kind: 'play',
		bytes: `data: ${JSON.stringify({ choices: [{ delta: { content: attached } }] })}\n\ndata: [DONE]\n\n`,
	};

	it.each<[string, Situation, IDataObject]>([
		['a file of the web', { kind: 'generate' }, {}],
		['a poster', { kind: 'generate' }, { downloadPoster: true }],
		['a file of the answer itself', inAnswer, {}],
	])('holds no item longer than Download Timeout: %s', async (_, situation, more) => {
		node.relay.next(situation);
		node.relay.next({ kind: 'generate' });
		const run = await node.run(
			{ ...generate, options: { ...options, ...more } },
			{ binary: 'silent', items: itemsOf({}, {}) },
		);

		expect(run.error()).toBeUndefined();
		expect(run.items('Chat Video').map(({ json }) => json)).toMatchObject([
			{ status: 'completed', download: { video: { kind: 'timeout' } } },
			{ status: 'completed', download: { video: { kind: 'timeout' } } },
		]);
		expect(node.relay.openSockets).toBe(0);
	});

	it('is ended by Stop', async () => {
		const stop = new AbortController();
		const running = node.run(generate, { signal: stop.signal, binary: 'silent' });
		const turn = await node.relay.turn(0);
		while (gets(pathOf(turn.videoUrl)) === 0) await wait(5);
		await wait(50);
		stop.abort();

		expect((await running).status).toBe('canceled');
	});
});

describe('the policy of this n8n', () => {
	const parse = (videoUrl: string) => ({
		operation: 'parse',
		transcript: `> 生成完成 ✅\n[在线播放▶️](${videoUrl})`,
		downloadVideo: true,
	});
	const byName = (url: string): string => url.replace('127.0.0.1', 'localhost');

	it('holds for the link', async () => {
		const run = await node.run(parse(node.relay.publish('video')), { blockPrivateAddresses: true });

		expect(itemOf(run)?.json.download).toMatchObject({ video: { kind: 'unsafeUrl' } });
		expect(node.relay.requests).toHaveLength(0);
	});

	it('allows what the administrator allows', async () => {
		const url = byName(node.relay.publish('video'));

		const run = await node.run(parse(url), { blockPrivateAddresses: true });

		expect((await bytesOf(run)).equals(mediaBytes('video'))).toBe(true);
	});

	it('holds for where a link that is allowed leads', async () => {
		const url = node.relay.publish('video', { redirects: 1, redirectTo: node.relay.url });

		const run = await node.run(parse(byName(url)), { blockPrivateAddresses: true });

		expect(itemOf(run)?.json.download).toMatchObject({
			video: {
				kind: 'unsafeUrl',
				message: `This n8n does not allow connections to ${new URL(node.relay.url).host}`,
			},
		});
		expect(node.relay.requests).toHaveLength(1);
	});
});

describe('a wish that cannot be met', () => {
	it.each<[string, IDataObject, string]>([
		['an empty field', { binaryField: ' ' }, 'Put Output File in Field is empty'],
		[
			'the field of the poster',
			{ binaryField: 'poster', options: { downloadPoster: true } },
			'Put Output File in Field is "poster", where Download Poster puts the poster',
		],
		['no size', { options: { maxSize: 0 } }, 'Max Size must be a number of megabytes above 0'],
	])('gets a sentence and costs nothing: %s', async (_, parameters, sentence) => {
		const run = await node.run({ ...generate, ...parameters });

		expect(run.error()?.message).toContain(sentence);
		expect(run.error()?.message).toContain('[item 0]');
		expect(node.relay.requests).toHaveLength(0);
	});
});
