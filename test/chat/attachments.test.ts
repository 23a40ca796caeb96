import fc from 'fast-check';
import { createAttachments, isAttached } from '../../nodes/ChatVideo/chat/attachments';
import { readChunks } from '../../nodes/ChatVideo/chat/chunks';
import { readDeltas } from '../../nodes/ChatVideo/chat/deltas';
import { readEvents } from '../../nodes/ChatVideo/chat/events';
import { transcribe } from '../../nodes/ChatVideo/transcript/transcribe';
import { toOutcome } from '../../nodes/ChatVideo/transcript/outcome';
import { arriving, breakingOff, cut } from '../transcript/pieces';
import { seed } from '../support/seed';

const megabyte = 1024 * 1024;
const video = Buffer.concat([Buffer.from('\0\0\0\x1cftypmp42', 'latin1'), Buffer.alloc(700, '?>')]);
const uri = `data:video/mp4;base64,${video.toString('base64')}`;
const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (content: unknown): string => event({ choices: [{ delta: { content } }] });
const done = 'data: [DONE]\n\n';

async function read(bytes: AsyncIterable<Uint8Array>, largest = megabyte) {
	const attachments = createAttachments(largest);
	const deltas = readDeltas(readChunks(readEvents(bytes, attachments)), attachments);
	const { transcript } = await transcribe(deltas);
	const outcome = toOutcome(transcript);
	const url = outcome.kind === 'completed' ? outcome.video.url : '';
	return { text: transcript.text, transcript, url, file: attachments.find(url) };
}

/** A text in deltas of some characters each. */
const inDeltas = (text: string, size: number): string =>
	[...cut(text, [size])].map(chunk).join('') + done;

const rows: ReadonlyArray<[name: string, body: string, text: string]> = [
	['a link in one delta', chunk(`[media](${uri})`) + done, '[media](attached-video.mp4)'],
	[
		'an image in Markdown',
		chunk(`![video](${uri})\nok`) + done,
		'![video](attached-video.mp4)\nok',
	],
	[
		'a tag',
		chunk(`<video src="${uri}"></video>`) + done,
		'<video src="attached-video.mp4"></video>',
	],
	['an address alone', chunk(uri) + done, 'attached-video.mp4'],
	[
		'text around it',
		inDeltas(`> done\n[v](${uri})\nbye`, 64),
		'> done\n[v](attached-video.mp4)\nbye',
	],
	[
		'deltas that cut its start',
		inDeltas(`[v](${uri})`, 22),
		'[v](data:video/mp4;basattached-video.mp4)',
	],
	[
		'escaped slashes',
		chunk(`[v](${uri})`).replaceAll('/', '\\/') + done,
		'[v](attached-video.mp4)',
	],
	[
		'a parameter',
		chunk(`[v](${uri.replace(';', ';codecs=avc1;')})`) + done,
		'[v](attached-video.mp4)',
	],
	[
		'a whole completion',
		JSON.stringify({ choices: [{ message: { content: `[v](${uri})` } }] }),
		'[v](attached-video.mp4)',
	],
	['a part', chunk([{ type: 'video_url', video_url: { url: uri } }]) + done, ''],
	[
		'a file part',
		chunk([{ type: 'file', file: { file_data: uri, filename: 'a.mp4' } }]) + done,
		'',
	],
	['videos', event({ choices: [{ delta: { videos: [uri] } }] }) + done, ''],
];

describe('a video in the answer itself', () => {
	it.each(rows)('is taken out of %s, wherever the bytes are cut', async (_, body, text) => {
		const property = fc.asyncProperty(
			fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
			async (sizes) => {
				const { file, url, ...answer } = await read(arriving(cut(Buffer.from(body), sizes)));
				expect(answer.text).toBe(text);
				expect(isAttached(url)).toBe(true);
				expect(file).toMatchObject({ mimeType: 'video/mp4', isWhole: true, isTooLarge: false });
				expect(Buffer.concat(file?.pieces ?? [])).toEqual(video);
			},
		);
		await fc.assert(property, { seed, numRuns: 30, examples: [[[1]], [[1_000_000]]] });
	});

	it.each(rows)('is not whole where its bytes are cut off: %s', async (_, body) => {
		const bytes = Buffer.from(body);
		const half = bytes.subarray(0, body.indexOf('Pz4/P') + 600);
		for (const end of [arriving, breakingOff]) {
			const { file } = await read(end([half]));
			expect(file?.isWhole ?? false).toBe(false);
		}
	});

	it('may have any size that is wanted, in one event', async () => {
		const large = Buffer.alloc(30 * megabyte, 'x');
		const [start, end] = chunk('[v](data:video/webm;base64,BYTES)').split('BYTES') as [
			string,
			string,
		];
		async function* bytes() {
			yield Buffer.from(start);
			const base64 = large.toString('base64');
			for (let at = 0; at < base64.length; at += 65_536)
				yield Buffer.from(base64.slice(at, at + 65_536));
			yield Buffer.from(end + done);
		}
		const { file, text } = await read(bytes(), 64 * megabyte);
		expect(text).toBe('[v](attached-video.mp4)');
		expect(Buffer.concat(file?.pieces ?? []).equals(large)).toBe(true);
	});

	it('is not kept where it is larger than is wanted', async () => {
		const { file } = await read(arriving([Buffer.from(chunk(`[v](${uri})`) + done)]), 100);
		expect(file).toMatchObject({ isTooLarge: true, isWhole: true });
		expect(Buffer.concat(file?.pieces ?? []).length).toBeLessThan(4);
	});

	it('is not printed or copied with what holds it', async () => {
		const { file } = await read(arriving([Buffer.from(chunk(uri) + done)]));
		expect(JSON.stringify({ file }).length).toBeLessThan(200);
	});

	it('is read as often as it came', async () => {
		const twice = chunk(`[v](${uri})\n[v](${uri})`) + done;
		const { transcript } = await read(arriving([Buffer.from(twice)]));
		expect(transcript.videos).toHaveLength(2);
	});
});

it.each([
	['a picture', '![](data:image/png;base64,AAAA)'],
	['words', 'data:video/mp4 is what; base64, a comma'],
	['a mark of a file that is not there', '[v](data:video/mp4;base64,~7~)'],
])('%s is no file', async (_, content) => {
	const { file, text } = await read(arriving([Buffer.from(chunk(content) + done)]));
	expect(file).toBeUndefined();
	if (!content.includes('~')) expect(text).toBe(content);
});
