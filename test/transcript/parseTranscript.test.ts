import { parseTranscript } from '../../nodes/ChatVideo/transcript/parseTranscript';
import { compose, task, video, whole } from './compose';
import { fixture } from '../support/fixture';
import { summaryOf } from './summary';

const completion = (content: string): string =>
	JSON.stringify({ id: 'x', object: 'chat.completion', choices: [{ message: { content } }] });

const chunk = (content: string): string =>
	`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

describe('the same transcript is read from', () => {
	const text = compose();
	it.each([
		['the transcript itself', text],
		['the transcript between empty lines', `\n\n${text}\n\n`],
		['the transcript after a byte order mark', `\uFEFF${text}`],
		['the body of a completion', completion(text)],
		[
			'the body of a completion on many lines',
			JSON.stringify(JSON.parse(completion(text)), null, 4),
		],
		['an event stream', `${chunk(text)}data: [DONE]\n\n`],
		['an event stream without its end', chunk(text)],
		['an event stream after empty lines', `\n\n${chunk(text)}`],
		['an event stream after a comment', `: PING\n\n${chunk(text)}`],
		['an event stream after other fields', `event: message\nid: 1\nretry: 10\n${chunk(text)}`],
		['an event stream after a byte order mark', `\uFEFF${chunk(text)}`],
	])('%s', async (_, source) => {
		expect(await summaryOf(source)).toEqual(whole());
	});
});

it.each([
	['a transcript that starts with an id', `id: \`${task}\`\n> 排队中`],
	['a transcript that starts with a colon', `: ID: \`${task}\`\n> 排队中`],
	['a transcript that starts with a tag', `<video src="${video}"></video>\n> ID: \`${task}\``],
	['a transcript that starts with a brace', `{a cat}\n> ID: \`${task}\``],
])('%s is no event stream', async (_, source) => {
	const { transcript } = await parseTranscript(source);
	expect(transcript).toMatchObject({ taskId: task, text: source });
});

it('the text is kept as it is', async () => {
	const source = `\n ${compose()}\r\n`;
	const { transcript } = await parseTranscript(source);
	expect(transcript.text).toBe(source);
});

it.each([
	[
		'a page of a gateway',
		fixture('gateway-504.html').toString(),
		'malformed: The service answered with a web page instead of a stream: “504: Gateway time-out”',
	],
	[
		'an error as JSON',
		'{"error":{"message":"quota is not enough","code":"insufficient_user_quota"}}',
		'quota: The account has not enough credit. The service answered: “quota is not enough”',
	],
	[
		'a stream that is cut',
		fixture('cut-after-task.sse').toString(),
		'disconnected: The answer of the service ended in the middle of an event',
	],
	[
		'a transcript over 4 MiB',
		'x'.repeat(4 * 1024 * 1024 + 1),
		'malformed: The service sent a transcript of over 4 MiB',
	],
])('%s is no exception: its cause is given', async (_, source, cause) => {
	expect(await summaryOf(source)).toMatchObject({ status: 'unfinished', cause });
});

it('a transcript of 4 MiB is read to its end', async () => {
	const end = `\n> ID: \`${task}\``;
	const source = `${'x '.repeat(2 * 1024 * 1024 - end.length)}${end}`;
	expect(await summaryOf(source)).toMatchObject({ taskId: task });
});

it.each(['', ' ', '\n', '{}', '{"', '[', 'data:', 'data: x\n\n', '<', '<html>', ':', '```', '> '])(
	'%j says nothing',
	async (source) => {
		expect(await summaryOf(source)).toMatchObject({
			status: 'unfinished',
			percents: [],
			stages: [],
		});
	},
);
