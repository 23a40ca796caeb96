import { InvalidInput } from '../../nodes/ChatVideo/n8n/InvalidInput';
import { parseHistory } from '../../nodes/ChatVideo/operations/parseHistory';

const user = { role: 'user', content: 'A cat' };
const assistant = { role: 'assistant', content: '> ID: `x1`\r\n[▶️](https://a/b%2Fc) \n' };

describe('a history', () => {
	const pictured = {
		role: 'user',
		content: [
			{ type: 'text', text: 'A cat' },
			{ type: 'image_url', image_url: { url: 'x' } },
		],
	};

	it.each([
		['of one turn', [user, assistant]],
		['of several turns', [user, assistant, user, assistant]],
		['with a system message', [{ role: 'system', content: '' }, user, assistant]],
		['of an answer alone', [assistant]],
		['with pictures', [pictured, assistant]],
		[
			'with keys of others',
			[
				{ ...user, name: 'me' },
				{ ...assistant, id: 7 },
			],
		],
		[
			'whose answer is in parts',
			[user, { role: 'assistant', content: [{ type: 'text', text: 'x' }] }],
		],
	])('%s comes back as it is', (_, turns) => {
		expect(parseHistory(turns, 'Messages')).toBe(turns);
		expect(parseHistory(JSON.stringify(turns), 'Messages')).toEqual(turns);
	});

	it.each([
		['an object', user, 'must be an array of messages'],
		['nothing', undefined, 'must be an array of messages'],
		['null', null, 'must be an array of messages'],
		['text that is no JSON', '[{', 'must be an array of messages'],
		['JSON that is no array', '{"role":"user"}', 'must be an array of messages'],
		['an empty array', [], 'is empty, so there is no video to modify'],
		['an empty array as text', '[]', 'is empty, so there is no video to modify'],
		['a text among messages', [user, 'A cat'], 'has no role and content in message 2'],
		[
			'a message without a role',
			[{ content: 'A cat' }, assistant],
			'has no role and content in message 1',
		],
		[
			'an empty role',
			[{ role: '', content: 'A cat' }, assistant],
			'has no role and content in message 1',
		],
		[
			'a role that is no text',
			[{ role: 7, content: 'A cat' }, assistant],
			'has no role and content in message 1',
		],
		[
			'a message without content',
			[user, { role: 'assistant' }],
			'has no role and content in message 2',
		],
		[
			'content that is null',
			[user, { role: 'assistant', content: null }],
			'has no role and content in message 2',
		],
		[
			'content without parts',
			[user, { role: 'assistant', content: [] }],
			'has no role and content in message 2',
		],
		[
			'parts without a type',
			[{ role: 'user', content: [{ text: 'A cat' }] }, assistant],
			'has no role and content in message 1',
		],
		[
			'parts that are text',
			[{ role: 'user', content: ['A cat'] }, assistant],
			'has no role and content in message 1',
		],
		['no answer', [user], 'holds no assistant message, so there is no video to modify'],
		[
			'a wish at its end',
			[user, assistant, user],
			'ends with a message of the user; the last one must be the assistant’s',
		],
		[
			'an answer that is empty',
			[user, { role: 'assistant', content: ' \n' }],
			'ends with an assistant message that is empty',
		],
		[
			'over 1 MB',
			[user, { role: 'assistant', content: 'x'.repeat(1_000_000) }],
			'is over 1 MB; a conversation is a few KB a turn',
		],
	])('with %s is refused, and the refusal says how to get one', (_, value, complaint) => {
		const parse = (): unknown => parseHistory(value, 'Field "messages"');
		expect(parse).toThrow(InvalidInput);
		expect(parse).toThrow(`Field "messages" ${complaint}`);
		expect(parse).toThrow(
			expect.objectContaining({
				advice: expect.stringContaining('ends with the assistant’s answer'),
			}),
		);
	});

	it('of almost 1 MB is taken', () => {
		const turns = [user, { role: 'assistant', content: 'x'.repeat(999_900) }];
		expect(parseHistory(turns, 'Messages')).toBe(turns);
	});
});
