import type { Scene } from './scene';

/** Words the reference's tokenizer keeps whole; every other character of Chinese is its own delta there. */
const words = ['祥云', '视频', '生成', '一个', '我们'];

const token = new RegExp(
	`\\\\u[0-9a-f]{4}|\\\\.|${words.join('|')}|[0-9]{1,3}| ?[A-Za-z]{1,8}|.`,
	'gsu',
);

/**
 * Ids come in runs of up to three digits or three letters, and a threefold letter stays together, as in the
 * reference: 68 ec 8 acc d … c aaa.
 */
const idToken = /[0-9]{1,3}|([A-Za-z])\1\1|[A-Za-z](?:(?!([A-Za-z])\2\2)[A-Za-z]){0,2}|./gs;

const pieces = (text: string, pattern: RegExp): string[] => text.match(pattern) ?? [];

/** A value between quotes, cut as a model would; the JSON escapes are already in it. */
const escaped = (value: string) => JSON.stringify(value).slice(1, -1);

/** The planner's ```json fence in token-sized pieces, cut where the reference cuts it. */
export function plan(scene: Pick<Scene, 'prompt' | 'orientation' | 'sourceSid'>): string[] {
	const fields: Array<[string, string[]]> = [
		['prompt', pieces(escaped(scene.prompt), token)],
		['orientation', [scene.orientation]],
	];
	if (scene.sourceSid) fields.push(['sid', pieces(scene.sourceSid, idToken)]);

	const lines = fields.flatMap(([name, value], index) => [
		' ',
		' "',
		name,
		'":',
		' "',
		...value,
		index < fields.length - 1 ? '",\n' : '"\n',
	]);
	return ['```', 'json', '\n', '{\n', ...lines, '}\n', '```'];
}
