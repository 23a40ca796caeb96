import type { INodeProperties } from 'n8n-workflow';
import { operations } from '../../nodes/ChatVideo/operations';
import { toWording } from '../../nodes/ChatVideo/operations/wording';
import { expectRefusal } from '../support/expectRefusal';
import { useNode } from '../support/useNode';

const usual = {
	body: '{}',
	downloadPoster: false,
	downloadTimeout: 3_600,
	failOnDownload: false,
	headers: {},
	idleTimeout: 300,
	ignoreSslIssues: false,
	keepTrack: true,
	maxConcurrency: 1,
	maxSize: 1_024,
	maxTries: 3,
	recover: true,
	sleepWhileWaiting: false,
	sourceUrl: '',
	submitAgain: false,
	timeout: 1_800,
	wait: true,
};

const fieldsOf = (operation: keyof typeof operations): INodeProperties[] =>
	operations[operation].fields;

function optionsOf(operation: keyof typeof operations): INodeProperties[] {
	const collection = fieldsOf(operation).find(({ name }) => name === 'options');
	return (collection?.options ?? []) as INodeProperties[];
}

describe('the options', () => {
	const forFiles =
		'downloadPoster,downloadTimeout,failOnDownload,idleTimeout,ignoreSslIssues,maxSize';
	const ofGet = ['sourceUrl', 'wait'];
	const ofTurns = Object.keys(usual).filter((name) => !ofGet.includes(name));

	it.each([
		['generate', ofTurns],
		['modify', ofTurns],
		['get', [...forFiles.split(','), 'sourceUrl', 'timeout', 'wait']],
		['parse', forFiles.split(',')],
	] as const)('of %s are all in the panel, with what is usual', (operation, names) => {
		const shown = optionsOf(operation).map(({ name, default: value }) => [name, value]);

		expect(shown).toEqual(names.map((name) => [name, usual[name as keyof typeof usual]]));
	});

	it.each(['generate', 'modify', 'get', 'parse'] as const)(
		'of %s are in the order of the alphabet, with the unit of every number',
		(operation) => {
			const titles = optionsOf(operation).map(({ displayName }) => displayName);

			expect(titles).toEqual([...titles].sort((a, b) => (a < b ? -1 : 1)));
			const amounts = optionsOf(operation).filter(({ name }) => /timeout|size/i.test(name));
			for (const { displayName } of amounts) expect(displayName).toMatch(/\((?:Seconds|MB)\)$/);
		},
	);
});

describe('an option that cannot be used', () => {
	const node = useNode();
	const flags = ['downloadPoster', 'failOnDownload', 'ignoreSslIssues', 'keepTrack', 'recover'];
	const counts = ['maxConcurrency', 'maxTries'];
	const times = ['downloadTimeout', 'idleTimeout', 'timeout'];
	const text = JSON.stringify('soon');

	it.each([
		...[...flags, 'submitAgain'].map((name) => [name, `must be true or false, not ${text}`]),
		...counts.map((name) => [name, `must be a whole number above 0, not ${text}`]),
		...times.map((name) => [name, `must be a number of seconds above 0, not ${text}`]),
		['maxSize', `must be a number of megabytes above 0, not ${text}`],
		['body', 'must be a JSON object'],
	])('is refused before anything is sent: %s', async (name, sentence) => {
		const run = await node.run({
			operation: 'generate',
			prompt: 'A cat',
			options: { [name]: 'soon' },
		});

		expectRefusal(run, sentence);
		const title = optionsOf('generate').find((option) => option.name === name)?.displayName ?? '';
		expect(run.error()?.message.startsWith(`${title.replace(/ \(.*/, '')} must`)).toBe(true);
		expect(node.relay.requests).toHaveLength(0);
	});

	it.each([
		['sourceUrl', 'Source URL is not an http(s) address'],
		['wait', 'Wait must be true or false'],
	])('is refused by Get as well: %s', async (name, sentence) => {
		const run = await node.run({ operation: 'get', taskId: 'task_1', options: { [name]: 'soon' } });

		expectRefusal(run, sentence);
		expect(node.relay.requests).toHaveLength(0);
	});

	it.each([undefined, null, ''])('is none that an expression leaves empty: %p', async (value) => {
		const options = Object.fromEntries(Object.keys(usual).map((name) => [name, value]));

		const run = await node.run({ operation: 'generate', prompt: 'A cat', options });

		expect(run.status).toBe('success');
		expect(node.relay.turns[0]?.body).toEqual({
			model: 'sora-2',
			messages: [{ role: 'user', content: 'A cat' }],
			stream: true,
		});
	});

	it.each([
		['two videos', '{"n": 2}'],
		['no video', { n: 0 }],
		['a number as text', { n: '1' }],
		['two by an expression', '={{ { n: 1 + 1 } }}'],
		['two by an expression in text', '={"n": {{ 1 + 1 }}}'],
		['two after one', '{"n": 1, "n": 2}'],
		['a number that is none', { n: null }],
		['several', { n: [1, 2] }],
		['a half', { n: 1.5 }],
		['more than one, in other words', '{"\\u006e": 4}'],
	])('is a body that asks for %s', async (_, body) => {
		const run = await node.run({ operation: 'generate', prompt: 'A cat', options: { body } });

		expectRefusal(run, 'Body must not set n to');
		expect(node.relay.requests).toHaveLength(0);
	});

	it.each([{ n: 1 }, '{"n": 1.0}', '={{ { n: 1 } }}'])(
		'is not a body that asks for one video: %j',
		async (body) => {
			await node.run({ operation: 'generate', prompt: 'A cat', options: { body } });

			expect(node.relay.turns[0]?.body).toMatchObject({ n: 1 });
		},
	);
});

describe('what another call is', () => {
	const changes = new Set([
		...['operation', 'model', 'prompt', 'images', 'aspectRatio', 'duration', 'body'],
		...['history', 'messages', 'previousPrompt', 'previousSid', 'previousTaskId'],
		...['previousPosterUrl', 'previousVideoUrl'],
	]);
	const shown = (['generate', 'modify'] as const).flatMap((operation) => [
		...fieldsOf(operation).filter(({ name }) => !['options', 'notice'].includes(name)),
	]);
	const names = [...new Set(['operation', ...shown.map(({ name }) => name)])];
	const wordingWith = (name: string, value: string): string =>
		toWording({ model: '={{ $json.model }}', [name]: value });

	it.each(names)('the parameter %s is recognized by what it changes', (name) => {
		expect(wordingWith(name, '=a') !== wordingWith(name, '=b')).toBe(changes.has(name));
	});

	it.each(Object.keys(usual))('the option %s is recognized by what it changes', (name) => {
		const wordingOf = (value: string): string =>
			toWording({ model: '={{ $json.model }}', options: { [name]: value } });

		expect(wordingOf('=a') !== wordingOf('=b')).toBe(changes.has(name));
	});

	it('has no name that the panel does not show', () => {
		expect(
			[...changes].filter((name) => ![...names, ...Object.keys(usual)].includes(name)),
		).toEqual([]);
	});
});
