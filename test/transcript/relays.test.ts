import fc from 'fast-check';
import { createAttachments } from '../../nodes/ChatVideo/chat/attachments';
import { readChunks } from '../../nodes/ChatVideo/chat/chunks';
import { readDeltas } from '../../nodes/ChatVideo/chat/deltas';
import { kindOfReason } from '../../nodes/ChatVideo/chat/errorBody';
import { ChatError } from '../../nodes/ChatVideo/chat/errors';
import { readEvents } from '../../nodes/ChatVideo/chat/events';
import type { JsonRecord } from '../../nodes/ChatVideo/chat/json';
import { readTasks } from '../../nodes/ChatVideo/tasks/readTasks';
import { transcribe } from '../../nodes/ChatVideo/transcript/transcribe';
import { withoutTornFiles } from '../../nodes/ChatVideo/transcript/withoutTornFiles';
import { anySizes, arriving, cut } from './pieces';
import { fixture } from '../support/fixture';
import { facts } from './summary';
import { isSoak } from '../support/sampled';
import { seed } from '../support/seed';

/** What one relay sends for one turn, as deltas, as a whole message or as another body. */
interface Sample {
	sample: string;
	/** A chunk where it has choices, an error or a body, else the delta of one. */
	deltas?: JsonRecord[];
	message?: JsonRecord;
	body?: JsonRecord;
	/** `reason` is part of it, `kind` the kind of error it makes. */
	expected: JsonRecord & { reason?: string; kind?: string };
}

const samples = fixture('relays.ndjson')
	.toString()
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line) as Sample);

const isDelta = (delta: JsonRecord): boolean =>
	['content', 'reasoning_content', 'videos', 'output'].some((name) => name in delta) &&
	!('error' in delta || 'choices' in delta);

const chunkOf = (delta: JsonRecord): JsonRecord =>
	isDelta(delta) ? { choices: [{ index: 0, delta, finish_reason: null }] } : delta;

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;

function asStream({ deltas = [] }: Sample): string {
	return [...deltas.map(chunkOf), { choices: [{ delta: {}, finish_reason: 'stop' }] }]
		.map(event)
		.join('')
		.concat('data: [DONE]\n\n');
}

/** The texts of all deltas as one message; `undefined` where there is more than texts. */
function asMessage({ deltas = [] }: Sample): JsonRecord | undefined {
	const texts: ReadonlySet<string> = new Set(['content', 'reasoning_content']);
	const isText = deltas.every((delta) =>
		Object.entries(delta).every(([name, value]) => texts.has(name) && typeof value === 'string'),
	);
	const join = (name: string): string => deltas.map((delta) => delta[name] ?? '').join('');
	return isText
		? { role: 'assistant', content: join('content'), reasoning_content: join('reasoning_content') }
		: undefined;
}

const asCompletion = (message: JsonRecord): string =>
	JSON.stringify({ object: 'chat.completion', choices: [{ message, finish_reason: 'stop' }] });

const firstForm = (sample: Sample): string => {
	if (sample.body !== undefined) return JSON.stringify(sample.body);
	return sample.message === undefined ? asStream(sample) : asCompletion(sample.message);
};

async function read(pieces: Iterable<Uint8Array>): Promise<JsonRecord> {
	const attachments = createAttachments(1024 * 1024);
	const chunks = readChunks(readEvents(arriving(pieces), attachments));
	const deltas = readTasks(readDeltas(chunks, attachments), () => false);
	const transcribed = await transcribe(deltas, undefined, 'https://relay.example/v1/chat');
	const cause = transcribed.kind === 'broken' ? transcribed.cause : undefined;
	const summary = facts(withoutTornFiles(transcribed.transcript, attachments));
	const fault =
		summary.status === 'unfinished' && cause instanceof ChatError
			? { status: 'failed', reason: cause.message, kind: cause.kind }
			: {};
	const kind = typeof summary.reason === 'string' ? { kind: kindOfReason(summary.reason) } : {};
	return { ...kind, ...summary, ...fault };
}

async function check({ expected }: Sample, pieces: Iterable<Uint8Array>): Promise<void> {
	const { reason, videoUrl, ...rest } = expected;
	const summary = await read(pieces);
	expect(summary).toMatchObject(rest);
	expect(summary.reason ?? '').toContain(reason ?? '');
	const url = String(summary.videoUrl ?? '').replace(/~\d+~$/, '…');
	expect(url).toBe(videoUrl ?? '');
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe.each(samples)('$sample', (sample) => {
	const body = firstForm(sample);

	it('is read', async () => check(sample, [encode(body)]));

	it('is read from any pieces, and with CRLF', async () => {
		await fc.assert(
			fc.asyncProperty(anySizes, fc.boolean(), async (sizes, crlf) => {
				const whole = crlf ? body.replaceAll('\n\n', '\r\n\r\n') : body;
				await check(sample, cut(encode(whole), sizes));
			}),
			{ seed, numRuns: isSoak ? 100 : 5, examples: [[[1], false]] },
		);
	});

	const message = asMessage(sample);
	if (sample.deltas !== undefined && message !== undefined) {
		it('is read from one chunk, and without a stream', async () => {
			await check(sample, [
				encode(`${event({ choices: [{ index: 0, delta: message }] })}data: [DONE]\n\n`),
			]);
			await check(sample, [encode(asCompletion(message))]);
		});
	}
});
