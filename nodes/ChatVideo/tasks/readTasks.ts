import { isRecord } from '../chat/json';
import { taskIdOf } from '../chat/taskIdOf';
import type { WireChunk } from '../chat/wireChunk';
import { parseStatus, type TaskStatus } from './status';

const mostHeld = 100; // chunks; a task has a handful of states

/**
 * Some relays answer with bodies of a task endpoint and nothing else. They are told as a transcript
 * tells them once it is sure that no chat comes: in the middle of one they would tear its text.
 *
 * @param sent the request: a task that stands in it was not started by it
 */
export async function* readTasks(
	chunks: AsyncIterable<readonly WireChunk[]>,
	sent: string,
): AsyncGenerator<readonly WireChunk[], void, undefined> {
	let held: WireChunk[] = [];
	let isChat = false;
	let broken: { cause: unknown } | undefined;
	try {
		for await (const batch of chunks) {
			const own = batch.map((chunk) => withoutForeignTask(chunk, sent));
			isChat ||= own.some(({ choices }) => choices !== undefined);
			held = isChat ? [] : [...held, ...own].slice(-mostHeld);
			yield own;
		}
	} catch (cause) {
		broken = { cause };
	}
	const told = held.flatMap((chunk) => toChatChunk(chunk, sent));
	if (told.length > 0) yield told;
	if (broken !== undefined) throw broken.cause;
}

function withoutForeignTask(chunk: WireChunk, sent: string): WireChunk {
	const id = taskIdOf(chunk);
	if (id === undefined || !sent.includes(id)) return chunk;
	return { ...chunk, task_id: undefined, data: undefined };
}

/** Ids of the answer, not of a task. */
const ofAnswer = /^(?:chatcmpl|cmpl|resp|msg)[-_]/;

function toChatChunk(chunk: WireChunk, sent: string): WireChunk[] {
	const status = isRecord(chunk) ? parseStatus(chunk) : undefined;
	if (status === undefined || status.state === 'unknown') return [];
	const { taskId } = status;
	const isNamed = taskId !== '' && !ofAnswer.test(taskId);
	if (isNamed && sent.includes(taskId)) return [];
	const lines = [...(isNamed ? [`> ID: \`${taskId}\``] : []), ...tell(status)];
	return [{ choices: [{ delta: { content: `${lines.join('\n')}\n` } }] }];
}

function tell({ state, reason, percent, posterUrl, videoUrl, downloadUrl }: TaskStatus): string[] {
	if (state === 'failed') return ['> 生成失败 ❌', `> 失败原因：${reason.replace(/\s+/g, ' ')}`];
	if (state === 'queued') return ['> 排队中.'];
	if (state === 'generating') return [percent === undefined ? '> 生成中.' : `> 进度 ${percent}..`];
	return [
		'> 生成完成 ✅',
		...(posterUrl === '' ? [] : [`![](${inMarkdown(posterUrl)})`]),
		`[在线播放▶️](${inMarkdown(videoUrl)})`,
		...(downloadUrl === '' ? [] : [`[下载视频](${inMarkdown(downloadUrl)})`]),
	];
}

/** A blank would end the link. */
const inMarkdown = (url: string): string => url.replace(/\s/g, encodeURIComponent);
