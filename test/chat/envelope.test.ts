import fc from 'fast-check';
import { readChunks } from '../../nodes/ChatVideo/chat/chunks';
import { readDeltas } from '../../nodes/ChatVideo/chat/deltas';
import { learnEnvelope } from '../../nodes/ChatVideo/chat/envelope';
import { parseJson } from '../../nodes/ChatVideo/chat/json';
import { batches, drain } from './feed';

/** As the reference relay writes it, with a text that is written as it stands here. */
const eventOf = (written: string, more = ''): string =>
	`{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"${written}"},"finish_reason":null}]${more}}`;

const learn = (data: string) => learnEnvelope(data, parseJson(data) as object);

const envelope = learn(eventOf('A kitten'));

describe('an envelope is learnt', () => {
	it.each([
		['from an event of the reference', eventOf('A kitten')],
		['from an empty text', eventOf('')],
		['from a text with quotes and line breaks', eventOf('say \\"content\\":\\"x\\"\\n')],
		['with blanks, as Python writes it', '{"choices": [{"delta": {"content": "A"}}]}'],
		['with a role in each delta', '{"choices":[{"delta":{"role":"assistant","content":"A"}}]}'],
		['with fields that are null', '{"choices":[{"delta":{"content":"A","tool_calls":null}}]}'],
	])('%s', (_, data) => {
		expect(learn(data)?.open([data, data])).toBeDefined();
		expect(learn(data)?.wrap('new')).toEqual(
			expect.objectContaining({
				choices: [expect.objectContaining({ delta: expect.objectContaining({ content: 'new' }) })],
			}),
		);
	});

	it.each([
		['of an event without text', '{"choices":[{"delta":{}}]}'],
		['of two choices', '{"choices":[{"delta":{"content":"A"}},{"delta":{"content":"B"}}]}'],
		['of reasoning beside the text', '{"choices":[{"delta":{"content":"A","reasoning":"B"}}]}'],
		['of files beside the text', '{"choices":[{"delta":{"content":"A","output":[{"url":"u"}]}}]}'],
		['of a text that is told twice', '{"choices":[{"delta":{"content":"A","content":"B"}}]}'],
		['of another field of that name', '{"content":"A","choices":[{"delta":{"content":"B"}}]}'],
		['that is larger than what never changes', eventOf('A', `,"pad":"${'x'.repeat(5_000)}"`)],
	])('but not one %s', (_, data) => {
		expect(learn(data)).toBeUndefined();
	});
});

describe('events are opened together', () => {
	it('and give their texts as one', () => {
		expect(envelope?.open(['One', ' two\\n', '\\u4e2d🏃', ''].map((text) => eventOf(text)))).toBe(
			'One two\n中🏃',
		);
	});

	it('even where an emoji is cut between two of them', () => {
		expect(envelope?.open([eventOf('\\ud83c'), eventOf('\\udfc3')])).toBe('🏃');
	});

	it.each([
		['another envelope', eventOf('A').replace('chatcmpl-1', 'chatcmpl-2')],
		['another field', eventOf('A","role":"assistant')],
		['a finish reason', eventOf('A').replace('null', '"stop"')],
		['a quote that nothing writes so', eventOf('A"B')],
		['a backslash at the end', eventOf('A\\')],
		['a tab, which JSON has not', eventOf('A\tB')],
		['the end of the stream', '[DONE]'],
		['two lines', `${eventOf('A')}\n${eventOf('B')}`],
	])('but not with %s among them', (_, data) => {
		expect(envelope?.open([eventOf('A'), data, eventOf('B')])).toBeUndefined();
		expect(envelope?.open([data])).toBeUndefined();
	});
});

it('one text cannot make up for the end that another lacks', () => {
	expect(envelope?.open([eventOf('A\\'), eventOf(',"B')])).toBeUndefined();
});

it('any batches of a stream give the same text, finish reason and error', async () => {
	const events = [
		'{"choices":[{"delta":{"role":"assistant","content":""}}]}',
		...Array.from({ length: 12 }, (_, index) => eventOf(`text ${index}\\n`)),
		eventOf('other').replace('chatcmpl-1', 'chatcmpl-2'),
		...Array.from({ length: 6 }, (_, index) => eventOf(`more ${index}`)),
		'{"choices":[{"delta":{},"finish_reason":"stop"}]}',
		eventOf('never\t'),
	];
	const read = async (sizes: readonly number[]): Promise<unknown> => {
		const all: string[][] = [];
		for (let at = 0; at < events.length; at += all.at(-1)?.length ?? 1) {
			all.push(events.slice(at, at + (sizes[all.length % sizes.length] ?? 1)));
		}
		const { given, error } = await drain(
			readDeltas(readChunks(batches<readonly string[]>(...all))),
		);
		const texts = given.map(({ content }) => content).join('');
		return [texts, given.map(({ finishReason }) => finishReason).join(''), error?.message];
	};
	const whole = await read([events.length]);
	const anySizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 });
	await fc.assert(
		fc.asyncProperty(anySizes, async (sizes) => expect(await read(sizes)).toEqual(whole)),
	);
});

it('texts that arrive together in a known envelope are one chunk', async () => {
	const { given } = await drain(
		readChunks(batches<readonly string[]>([eventOf('A')], [eventOf('B'), eventOf('C')])),
	);
	expect(given.map((chunk) => JSON.stringify(chunk))).toEqual([eventOf('A'), eventOf('BC')]);
});

it('an envelope that changes with every event is not learnt for ever', async () => {
	const changing = Array.from({ length: 20 }, (_, index) => [
		eventOf('A').replace('chatcmpl-1', `chatcmpl-${index}`),
	]);
	const steady = [eventOf('B'), eventOf('C')];
	const { given } = await drain(
		readChunks(batches<readonly string[]>(...changing, steady, steady)),
	);
	expect(given).toHaveLength(20 + 4);
});
