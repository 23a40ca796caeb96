import type { TaskLinks } from '../chat/errors';
import type { Message } from '../chat/messages';
import type { VideoResult } from './result';

/** What is left of an earlier turn when its transcript was not kept; each may be unknown. */
export type TurnFields = TaskLinks & Pick<VideoResult, 'prompt' | 'orientation'>;

/**
 * Rebuilds a turn in the reference's layout, so that the relay finds the video by its ids. The
 * transcript itself is always better: it goes back as it was.
 */
export const rebuildTurn = (fields: TurnFields): readonly Message[] => [
	{ role: 'user', content: fields.prompt ?? '' },
	{ role: 'assistant', content: rebuildAnswer(fields) },
];

const fence = '```';

/** The assistant's part of it. */
export function rebuildAnswer(fields: TurnFields): string {
	const { prompt = '', taskId = '', sid = '', posterUrl = '', videoUrl = '' } = fields;
	const { previewUrl, sourceUrl } = fields;
	const orientation = fields.orientation || 'portrait'; // what relays assume
	const planned = JSON.stringify({ prompt, orientation }, null, 2);
	const task =
		taskId === ''
			? []
			: [
					`> ID: \`${taskId}\``,
					`>[数据预览](${previewUrl || `https://asyncdata.net/web/${taskId}`}) | [原始数据](${sourceUrl || `https://asyncdata.net/source/${taskId}`})`,
				];
	const lines = [
		`${fence}json`,
		planned,
		fence,
		'',
		...task,
		'> 排队中......',
		'> 生成中.',
		'',
		'>🏃\u200D 进度 76..',
		'',
		'> 生成完成 ✅',
		...(sid === '' ? [] : [`> sid: ${sid}`]),
		'',
		...(posterUrl === '' ? [] : [`![${posterUrl}](${posterUrl})`]),
		...(videoUrl === '' ? [] : [`[在线播放▶️](${videoUrl})`]),
	];
	return lines.join('\n');
}

/**
 * The conversation with this turn's answer at its end. The answer goes back as it was; one without
 * text, as of relays that name the video outside of it, is rebuilt from its ids and links.
 */
export function toConversation(
	messages: readonly Message[],
	{ transcript = '', ...result }: Omit<VideoResult, 'messages'>,
): readonly Message[] {
	const content = transcript.trim() === '' ? rebuildAnswer(result) : transcript;
	return [...messages, { role: 'assistant', content }];
}
