import fc from 'fast-check';
import { parseHistory } from '../../nodes/ChatVideo/operations/parseHistory';
import { rebuildTurn, type TurnFields } from '../../nodes/ChatVideo/transcript/rebuild';
import { fixture } from '../support/fixture';
import { summaryOf } from './summary';
import { seed } from '../support/seed';

const anyWord = fc.stringMatching(/^[\w%~.-]{1,20}$/);
const anyUrl = (extension: string): fc.Arbitrary<string> =>
	fc
		.tuple(
			fc.domain(),
			fc.array(anyWord, { maxLength: 3 }),
			fc.stringMatching(/^(?:\?[\w=&%+,;:!*~-]{1,60})?$/),
		)
		.map(
			([host, path, query]) =>
				`https://${host}/cdn/${[...path, `x${extension}`].join('/')}${query}`,
		);

const anyFields: fc.Arbitrary<TurnFields> = fc.record({
	prompt: fc.oneof(
		fc.string({ minLength: 1, unit: 'binary' }),
		fc.constantFrom(
			'```',
			'a ``` b',
			'> sid: s_fake00',
			'生成失败 ❌',
			'[播放](https://a.example/b.mp4)',
		),
	),
	taskId: fc.oneof(
		fc.constant(''),
		fc.stringMatching(/^task_[0-9a-z]{26}$/),
		fc.tuple(fc.constantFrom('', 'veo3:', 'sora-2-pro:'), fc.uuid()).map((parts) => parts.join('')),
	),
	sid: fc.oneof(fc.constant(''), fc.stringMatching(/^s_[0-9a-f]{32}$/)),
	posterUrl: fc.oneof(fc.constant(''), anyUrl('.webp'), anyUrl('')),
	videoUrl: fc.oneof(fc.constant(''), anyUrl('.mp4'), anyUrl('')),
});

it('the transcript of a rebuilt turn says the fields it was made of', async () => {
	const property = fc.asyncProperty(anyFields, async (fields) => {
		const [user, assistant] = rebuildTurn(fields);
		const summary = await summaryOf(String(assistant?.content));
		const { prompt, taskId = '', sid = '', videoUrl = '' } = summary;
		// A lone half of a letter is no text; JSON carries it all the same.
		expect({ prompt, taskId, sid, videoUrl }).toEqual({ ...fields, posterUrl: undefined });
		if (fields.videoUrl !== '') expect(summary.posterUrl ?? '').toBe(fields.posterUrl);
		expect(user).toEqual({ role: 'user', content: fields.prompt });
	});
	await fc.assert(property, { seed, numRuns: 500 });
});

it('a rebuilt turn is a history that can be continued', () => {
	const property = fc.property(anyFields, (fields) => {
		const turn = rebuildTurn(fields);
		expect(parseHistory(turn, 'Messages')).toBe(turn);
	});
	fc.assert(property, { seed, numRuns: 50 });
});

it('a rebuilt turn has the layout of the reference', () => {
	const request = JSON.parse(fixture('reference.request.json').toString()) as {
		messages: Array<{ content: string }>;
	};
	const [first, second] = request.messages;
	const [user, assistant] = rebuildTurn({
		prompt: '生成一段高清的，牛马跳舞的视频',
		taskId: 'task_01k7dzptgwf2z87wj2c3t36qk0',
		sid: 's_68ec8accd80c8191ae1fc957af78caaa',
		posterUrl: 'https://filesystem.site/cdn/20251013/929d094fcd1844c3ee38be9476fd03.webp',
		videoUrl: 'https://filesystem.site/cdn/20251013/5781a601c5ce5e216e914fef119c99.mp4',
	});
	expect([user?.content, assistant?.content]).toEqual([first?.content, second?.content]);
});

it('what is not known is left out', async () => {
	const fields = { prompt: '', taskId: '', sid: '', posterUrl: '', videoUrl: '' };
	const [, assistant] = rebuildTurn({ ...fields, sid: 's_68f8b2d3e4f58191a0c9d8e7f6a5b4c3' });
	expect(assistant?.content).not.toMatch(/undefined|asyncdata|\]\(/);
	expect(await summaryOf(String(assistant?.content))).toMatchObject({
		sid: 's_68f8b2d3e4f58191a0c9d8e7f6a5b4c3',
	});
});
