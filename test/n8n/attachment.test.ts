import '../support/allowLocalhost';
import type { IDataObject } from 'n8n-workflow';
import type { Situation } from '../relay/situations';
import { useNode } from '../support/useNode';

const node = useNode();
const generate = { operation: 'generate', prompt: 'A cat in the sun', simplify: false };
const goOn = { onError: 'continueRegularOutput' as const };

const head = Buffer.from('\0\0\0\x1cftypmp42', 'latin1');
const video = Buffer.concat([head, Buffer.alloc(9_000_000, 'v')]);
const uri = (bytes: Buffer): string => `data:video/mp4;base64,${bytes.toString('base64')}`;
const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (content: string): string => event({ choices: [{ delta: { content } }] });
const stop = event({ choices: [{ delta: {}, finish_reason: 'stop' }] }) + 'data: [DONE]\n\n';
const play = (bytes: string, more: object = {}): Situation => ({ kind: 'play', bytes, ...more });
const answer = (bytes: Buffer): string => `${chunk(`[media](${uri(bytes)})`)}${stop}`;

const run = async (situation: Situation, parameters: IDataObject = {}, settings: object = goOn) => {
	node.relay.next(situation);
	const ran = await node.run({ ...generate, ...parameters }, { settings });
	const [item] = ran.items('Chat Video');
	return { ran, json: item?.json ?? {}, binary: item?.binary ?? {} };
};

describe('a video that is in the answer itself', () => {
	it.each([
		['with the file', true],
		['without the file, as it is the only copy', false],
	])('becomes the binary, and no text is megabytes long: %s', async (_, downloadVideo) => {
		const { ran, json, binary } = await run(play(answer(video)), { downloadVideo });

		expect(json).toMatchObject({ status: 'completed' });
		expect(json).not.toHaveProperty('videoUrl');
		expect(json).not.toHaveProperty('videoUrls');
		expect(json).not.toHaveProperty('download');
		expect(JSON.stringify(json).length).toBeLessThan(3_000);
		expect(json.messages).toContainEqual({
			role: 'assistant',
			content: '[media](attached-video.mp4)',
		});
		expect(binary.data).toMatchObject({ mimeType: 'video/mp4', fileName: 'video.mp4' });
		expect((await ran.binary(binary.data ?? { data: '', mimeType: '' })).equals(video)).toBe(true);
	});

	it('that is larger than Max Size is not kept, and the item says so', async () => {
		const { json, binary } = await run(play(answer(video)), { options: { maxSize: 1 } });

		expect(binary).toEqual({});
		expect(json).toMatchObject({
			status: 'completed',
			download: {
				video: { kind: 'download', message: expect.stringContaining('Max Size') as string },
			},
		});
	});

	it('that is a page is no file', async () => {
		const { json, binary } = await run(play(answer(Buffer.from('<html>no</html>'))));

		expect(binary).toEqual({});
		expect(json.download).toMatchObject({
			video: { message: 'The file in the answer is not a video' },
		});
	});

	it.each(['[media](', ''])('that is cut off with its answer is no result: %j', async (before) => {
		const whole = chunk(`${before}${uri(video)})`);
		const { json, binary } = await run(play(whole.slice(0, 5_000_000)));

		expect(binary).toEqual({});
		expect(json).toMatchObject({ errorKind: 'disconnected', billing: 'possible' });
		expect(json).not.toHaveProperty('videoUrl');
		expect(JSON.stringify(json).length).toBeLessThan(3_000);
	});

	describe('in a later try', () => {
		const parameters = { ...generate, prompt: '={{ $json.prompt }}', options: { maxTries: 1 } };
		const items = [{ json: { prompt: 'A cat' } }, { json: { prompt: 'A dog' } }];
		beforeEach(() => {
			node.relay.next(play(answer(video)));
			node.relay.next({ kind: 'status', status: 429, body: { error: { message: 'busy' } } });
		});

		it('is given again, and not paid for again', async () => {
			const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
			const ran = await node.run(parameters, { items, settings });

			expect(node.relay.billed).toBe(2);
			const [cat] = ran.items('Chat Video');
			expect(cat?.json).not.toHaveProperty('download');
			expect(
				(await ran.binary(cat?.binary?.data ?? { data: '', mimeType: '' })).equals(video),
			).toBe(true);
		});

		it('is said to be gone where n8n has kept no file', async () => {
			const { saved } = await node.run(parameters, { items });
			delete saved.executionData?.contextData['node:Chat Video']?.chatVideoFiles;

			const ran = await node.run(parameters, { items, previous: saved });

			expect(node.relay.billed).toBe(2);
			const [cat, dog] = ran.items('Chat Video');
			expect(dog?.json).toMatchObject({ status: 'completed' });
			expect(cat?.json).toMatchObject({
				status: 'completed',
				download: { video: { message: expect.stringContaining('earlier try') as string } },
			});
			expect(JSON.stringify(cat).length).toBeLessThan(3_000);
		});
	});

	it('is found by Parse Transcript too', async () => {
		const ran = await node.run(
			{ operation: 'parse', transcript: `> done\n[media](${uri(head)})`, downloadVideo: false },
			{ credentials: {} },
		);
		const [item] = ran.items('Chat Video');
		expect(item?.json).toMatchObject({ status: 'completed' });
		expect((await ran.binary(item?.binary?.data ?? { data: '', mimeType: '' })).equals(head)).toBe(
			true,
		);
	});
});
