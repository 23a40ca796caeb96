import { createHash } from 'node:crypto';
import { envelope } from './envelope';

/** An answer, rendered before anybody asks for it. */
export interface Stream {
	/** The body up to `[DONE]`. */
	body: Buffer;
	/** What a client must have read. */
	expected: { bytes: number; events: number; hash: string };
}

const megabyte = 1024 ** 2;
const done = 'data: [DONE]\n\n';

const task = `\n\n> ID: \`task_01k7e5w9z5f2d91pekrqy59rwc\`
>[数据预览](https://asyncdata.net/web/task_01k7e5w9z5f2d91pekrqy59rwc) | [原始数据](https://asyncdata.net/source/task_01k7e5w9z5f2d91pekrqy59rwc)
> 排队中`;

const result = (origin: string): string => `\n\n> 生成完成 ✅
> sid: s_68eca3f141808191b1fd30fea1b731bd

![${origin}/poster.webp](${origin}/poster.webp)
[在线播放▶️](${origin}/video.mp4)`;

/** What a planner writes, cut into tokens as models cut it. */
const words =
	'The calico kitten wakes , stretches its paws and looks at the falling snow behind the window ; the camera glides slowly from left to right , warm light , shallow depth of field'.split(
		' ',
	);

/** What a relay tells of its work: a line of prose or of progress, a piece of it in each delta. */
const lines: readonly string[][] = [
	[
		'第#幕：清晨的阳光穿过薄雾落在湖面上，',
		'镜头缓缓推进，一只白鹭从芦苇丛中飞起，',
		'水波荡漾。\n',
	],
	['>🏃\u200D 进度 ', '#..', '44..', '61..', '69..', '81..\n'],
	[
		'Scene #: a paper boat drifts down the flooded street, past shuttered shops, ',
		'and the neon signs are mirrored in the water, pink and blue, until the rain stops\n',
	],
	['> # 生成中', '.', '.', '.', '\n'],
	[
		'第#幕：小猫追着落叶跑过石板路，远处钟声响起，行人驻足回头，',
		'风把红色的围巾吹上了屋顶，夕阳把影子拉得很长。\n',
	],
	[
		'The palette stays muted: ochre, slate and moss; film grain, # frames per second, ',
		'anamorphic lens, soft halation around the lamps, handheld but steady, no text, no watermark\n',
	],
];

const planner = [
	'```json\n',
	'{\n  "prompt": "',
	'湖边的清晨，一只小猫',
	'",\n  "orientation": "portrait"\n}\n',
	'```\n',
];

/** A transcript in so many deltas, with `middle` between the task and the result. */
function tell(
	count: number,
	middle: (index: number) => string,
	origin: string,
	more: object = {},
): Stream {
	const between = Math.max(0, count - planner.length - 2);
	const start = [...planner, `${task}\n`];
	const texts = [...start, ...Array.from({ length: between }, (_, index) => middle(index))];
	return render([...texts, result(origin)].map((content) => [content, more]));
}

/** Deltas as a stream; what else stands in an event beside its text comes as a pair with it. */
function render(deltas: ReadonlyArray<readonly [content: string, more?: object]>): Stream {
	const events = [
		envelope({ role: 'assistant', content: '' }),
		...deltas.map(([content, more]) => envelope({ content }, null, more)),
		envelope({}, 'stop'),
	];
	return toStream(
		events.join('') + done,
		deltas.map(([content]) => content).join(''),
		events.length,
	);
}

export function toStream(body: string, text: string, events: number): Stream {
	const bytes = Buffer.from(body);
	const hash = createHash('sha256').update(text).digest('hex');
	return { body: bytes, expected: { bytes: bytes.length, events, hash } };
}

const pieces = lines.flat();
const wordAt = (index: number): string => words[index % words.length] ?? '';

/** What relays print while they work, over and over: prose, dots and progress. */
export const longStream = (count: number, origin: string): Stream =>
	tell(count, (index) => pieces[index % pieces.length]?.replace('#', String(index)) ?? '', origin, {
		system_fingerprint: 'fp_44709d6fcb',
		service_tier: 'default',
		usage: null,
	});

/** One word in each delta, a line of some two dozen. */
export const tokenStream = (count: number, origin: string): Stream =>
	tell(count, (index) => (index % 24 === 23 ? '.\n' : ` ${wordAt(index)}`), origin);

/**
 * Events of 1 MiB. A transcript has an upper limit, so a tenth of each is text and the rest is
 * what some services pad their events with.
 */
export function fatStream(count: number, origin: string): Stream {
	const prose = `${words.join(' ')}.\n`;
	const text = prose.repeat(Math.ceil((megabyte * 0.1) / prose.length));
	const padding = 'aB3'.repeat(Math.ceil((megabyte - text.length) / 3));
	const fat = Array.from(
		{ length: count },
		(_, index) => [text, { obfuscation: index + padding }] as const,
	);
	return render([[`${planner.join('')}${task}\n`], ...fat, [result(origin)]]);
}
