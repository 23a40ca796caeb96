import { standsIn } from '../../nodes/ChatVideo/chat/standsIn';

const taskId = 'task_01k7dzptgwf2z87wj2c3t36qk0';
const uuid = '8868f1c2-1111-4222-8333-444455556666';
const request = JSON.stringify({
	messages: [
		{ role: 'user', content: 'As in https://user.example/dance.mp4' },
		{ role: 'assistant', content: `> ID: \`${taskId}\`\n[a](https://cdn.example/1.mp4?sig=a%2Fb)` },
		{
			role: 'user',
			content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,YWJj/12345678' } }],
		},
	],
	extra: { task_id: uuid },
});
const isSent = standsIn(request);

it('a link is the request’s where JSON has escaped its slashes', () => {
	const escaped = String.raw`{"url":"https:\/\/user.example\/dance.mp4"}`;
	expect(standsIn(escaped)('https://user.example/dance.mp4')).toBe(true);
});

it.each([
	taskId,
	`sora-2:${taskId}`,
	uuid,
	'https://user.example/dance.mp4',
	'https://cdn.example/1.mp4?sig=a%2Fb',
	`https://data.example/source/${taskId}`,
])('%s is the request’s', (named) => {
	expect(isSent(named)).toBe(true);
});

it.each([
	'',
	'task_01k7dzptgwf2z87wj2c3t36qk1',
	taskId.slice(0, -1),
	'12345678',
	'https://cdn.example/1.mp',
	'https://cdn.example/2.mp4',
])('%j is not', (named) => {
	expect(isSent(named)).toBe(false);
});
