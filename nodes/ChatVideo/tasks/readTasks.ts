import type { WireChunk } from '../chat/wireChunk';
import { isRecord, textOf } from '../chat/json';
import { parseStatus, type TaskStatus } from './status';

/**
 * Some relays answer with the body of a task endpoint instead of a chat: such a chunk becomes one
 * that tells the same as a transcript does. All others stay as they are.
 */
export async function* readTasks(
	chunks: AsyncIterable<readonly WireChunk[]>,
): AsyncGenerator<readonly WireChunk[], void, undefined> {
	for await (const batch of chunks) yield batch.map(toChatChunk);
}

function toChatChunk(chunk: WireChunk): WireChunk {
	if (chunk.choices !== undefined || !isRecord(chunk) || Object.keys(chunk).length === 0)
		return chunk;
	const found = parseStatus(chunk);
	const status = found?.state === 'unknown' ? undefined : found; // its id may be anything's
	const data: unknown = chunk.data;
	const taskId =
		status?.taskId || textOf(chunk.task_id) || (isRecord(data) && textOf(data.task_id));
	const lines = [
		...(taskId ? [`> ID: \`${taskId}\``] : []),
		...(status === undefined ? [] : tell(status)),
	];
	if (lines.length === 0) return chunk;
	return { ...chunk, choices: [{ delta: { content: lines.join('\n') + '\n' } }] };
}

function tell({ state, reason, percent, posterUrl, videoUrl, downloadUrl }: TaskStatus): string[] {
	if (state === 'failed') return ['> 生成失败 ❌', `> 失败原因：${reason}`];
	if (state === 'queued') return ['> 排队中.'];
	if (state === 'generating') return [percent === undefined ? '> 生成中.' : `> 进度 ${percent}..`];
	if (state !== 'completed') return [];
	return [
		'> 生成完成 ✅',
		...(posterUrl === '' ? [] : [`![${posterUrl}](${posterUrl})`]),
		`[在线播放▶️](${videoUrl})`,
		...(downloadUrl === '' ? [] : [`[下载视频](${downloadUrl})`]),
	];
}
