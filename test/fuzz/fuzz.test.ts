import fc from 'fast-check';
import { readChunks } from '../../nodes/ChatVideo/chat/chunks';
import { readDeltas, type Delta } from '../../nodes/ChatVideo/chat/deltas';
import { parseErrorBody, toErrorBody } from '../../nodes/ChatVideo/chat/errorBody';
import { ChatError } from '../../nodes/ChatVideo/chat/errors';
import { readEvents } from '../../nodes/ChatVideo/chat/events';
import { toRefusal } from '../../nodes/ChatVideo/chat/refusal';
import { toResult } from '../../nodes/ChatVideo/transcript/result';
import { parseStatus } from '../../nodes/ChatVideo/tasks/status';
import { toOutcome } from '../../nodes/ChatVideo/transcript/outcome';
import { parseTranscript } from '../../nodes/ChatVideo/transcript/parseTranscript';
import { createProgressLog } from '../../nodes/ChatVideo/transcript/progressLog';
import { transcribe, type Transcribed } from '../../nodes/ChatVideo/transcript/transcribe';
import type { Transcript } from '../../nodes/ChatVideo/transcript/transcript';
import { anyBody } from './anyBody';
import { anyStream } from './anyStream';
import { anyText } from './anyText';
import { arriving } from '../transcript/pieces';
import { seed } from '../support/seed';

/** Inputs in all; a soak takes a million. */
const count = Number(process.env.CHAT_VIDEO_FUZZ ?? 6_000);
const longest = 2_000; // ms of computing for one input of a few KB

const share = (part: number): fc.Parameters<unknown> => ({
	seed,
	numRuns: Math.ceil(count * part),
	endOnFailure: false,
});

afterAll(() => void process.stdout.write(`${count} inputs, seed ${seed}\n`));

const isAddress = (url: string): boolean => /^https?:\/\//i.test(url);

/** What must be true of any transcript, wherever it came from. */
function checkTranscript(transcript: Transcript): void {
	const outcome = toOutcome(transcript);
	const log = createProgressLog();
	log.read(transcript);
	const video = outcome.kind === 'completed' ? outcome.video : undefined;
	const result = toResult(transcript, log.entries(), video);
	JSON.stringify(result);
	const { videoUrl, downloadUrl, gifUrl, posterUrl, previewUrl, sourceUrl, taskId = 'x' } = result;
	for (const url of [videoUrl, downloadUrl, gifUrl, posterUrl, previewUrl, sourceUrl])
		if (url !== undefined && !isAddress(url)) throw new Error(`no address: ${url}`);
	if (/\s/.test(taskId)) throw new Error(`no id: ${taskId}`);
	const percents = transcript.stages.flatMap(({ percent }) => percent ?? []);
	if (percents.some((percent, index) => !(percent > (percents[index - 1] ?? -1))))
		throw new Error(`percents fall: ${percents.join()}`);
}

async function checkReading(read: () => Promise<Transcribed>): Promise<void> {
	const start = process.cpuUsage().user;
	const transcribed = await read();
	if (transcribed.kind === 'broken' && !(transcribed.cause instanceof ChatError))
		throw transcribed.cause;
	checkTranscript(transcribed.transcript);
	const spent = (process.cpuUsage().user - start) / 1_000;
	if (spent > longest) throw new Error(`it took ${spent} ms`);
}

const timeLimit = count * 20 + 30_000;

it(
	'bytes of any kind are read to an end, with no error but ours',
	async () => {
		const property = fc.asyncProperty(anyStream, (pieces) =>
			checkReading(() =>
				transcribe(readDeltas(readChunks(readEvents(arriving(pieces)))), checkTranscript),
			),
		);
		await fc.assert(property, share(0.35));
	},
	timeLimit,
);

it(
	'bytes of any kind are read the same as a text that lies there',
	async () => {
		const property = fc.asyncProperty(anyStream, (pieces) =>
			checkReading(() => parseTranscript(Buffer.concat(pieces).toString())),
		);
		await fc.assert(property, share(0.1));
	},
	timeLimit,
);

it(
	'text of any kind is folded to a transcript, with no error but ours',
	async () => {
		const property = fc.asyncProperty(anyText, (deltas) =>
			checkReading(() =>
				transcribe(arriving<readonly Delta[]>(deltas.map((d) => [d])), checkTranscript),
			),
		);
		await fc.assert(property, share(0.25));
	},
	timeLimit,
);

it(
	'a body of any kind is a status or none',
	() => {
		const property = fc.property(anyBody, (body) => {
			const status = parseStatus(body);
			if (status === undefined) return;
			const { state, videoUrl, betterUrl, downloadUrl, posterUrl, gifUrl, percent = 0 } = status;
			if ((state === 'completed') !== (videoUrl !== ''))
				throw new Error(`${state} with ${videoUrl || 'no video'}`);
			for (const url of [videoUrl, betterUrl, downloadUrl, posterUrl, gifUrl])
				if (url !== '' && !isAddress(url)) throw new Error(`no address: ${url}`);
			if (!(percent >= 0 && percent <= 100)) throw new Error(`${percent} %`);
			if (state === 'failed' && status.reason === '') throw new Error('failed for nothing');
		});
		fc.assert(property, share(0.2));
	},
	timeLimit,
);

it(
	'a body of any kind is an error in words',
	() => {
		const property = fc.property(anyBody, fc.integer({ min: 300, max: 599 }), (body, status) => {
			const { message } = toErrorBody(body);
			if (message.length > 1_000) throw new Error('too many words');
			const source = JSON.stringify(body);
			parseErrorBody(source);
			const error = toRefusal({ status, body: source, headers: {}, elapsed: 0, sent: '' });
			if (error.message === '') throw new Error('no words');
		});
		fc.assert(property, share(0.1));
	},
	timeLimit,
);
