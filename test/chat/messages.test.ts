import { toUserMessage } from '../../nodes/ChatVideo/chat/messages';

it('a wish is a message of text', () => {
	expect(toUserMessage('A cat')).toEqual({ role: 'user', content: 'A cat' });
});

it('a wish with pictures is a message of parts, in their order', () => {
	expect(toUserMessage('A cat', ['https://a/1.png', 'data:image/png;base64,AA=='])).toEqual({
		role: 'user',
		content: [
			{ type: 'text', text: 'A cat' },
			{ type: 'image_url', image_url: { url: 'https://a/1.png' } },
			{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
		],
	});
});
