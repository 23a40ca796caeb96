import type { Beat } from '../beat';
import type { Scene } from '../scene';
import type { Dialect, Story } from '../situations';
import { bareScript } from './bare';
import { markdownScript } from './markdown';
import { sora2apiScript } from './sora2api';
import { submittedScript } from './submitted';
import { veoScript } from './veo';

/** How a dialect writes a turn. */
interface Script {
	write: (scene: Scene, story: Story) => Beat[];
	/** What its task ids look like. */
	ids: 'ulid' | 'uuid';
	/** Whether its text ends with a video; `submitted` leaves that to the task endpoints. */
	completes: boolean;
}

const reference = markdownScript({
	quote: '>',
	lineEnd: '\n',
	preview: '数据预览',
	raw: '原始数据',
	queued: '排队中',
	generating: '\n> 生成中',
	progress: '>🏃\u200d 进度',
	done: '生成完成 ✅',
	play: '在线播放▶️',
	failed: '生成失败 ❌',
	reason: '失败原因：',
	sid: (sid) => sid,
	poster: true,
});

const english = markdownScript({
	quote: '>',
	lineEnd: '\n',
	preview: 'Data Preview',
	raw: 'Raw Data',
	queued: 'Queuing',
	generating: '\n> Generating',
	progress: '>🏃 Progress',
	done: 'Generation Complete ✅',
	play: 'Play Online▶️',
	failed: 'Generation failed ❌',
	reason: 'Failure reason: ',
	sid: (sid) => sid,
	poster: false,
});

const spaced = markdownScript({
	quote: '> ',
	lineEnd: '  \n',
	preview: '数据预览',
	raw: '原始数据',
	queued: '排队中',
	generating: ' 生成中',
	progress: '> 🏃\u200d 进度',
	done: '生成完成 ✅',
	play: '在线播放▶️',
	failed: '生成失败 ❌',
	reason: '失败原因：',
	sid: (sid) => `\`${sid}\``,
	poster: true,
});

const veo = veoScript({
	created: '视频生成任务已创建',
	taskId: '任务ID',
	links: '为了防止任务中断，可以从以下链接持续获取任务进度:',
	preview: '数据预览',
	raw: '原始数据',
	waiting: '等待处理中',
	kind: '类型: 文本视频生成',
	started: '🎬 开始生成视频',
	previewDone: '✅ 预览视频已生成',
	watchPreview: '📺 在线预览',
	improving: '🔄 正在优化视频质量',
	done: '🎉 高质量视频已生成',
	watch: '▶️ 在线观看',
	download: '⏬ 下载视频',
	failed: '生成失败 ❌',
	reason: '失败原因：',
});

const veoEnglish = veoScript({
	created: 'Video generation task created',
	taskId: 'Task ID',
	links:
		'To prevent task interruption, the task progress can be obtained from the following links:',
	preview: 'Data Preview',
	raw: 'Source Data',
	waiting: 'Waiting for processing',
	kind: 'Type: text to video',
	started: '🎬 Video generation started',
	previewDone: '✅ Preview video generated',
	watchPreview: '📺 Online Preview',
	improving: '🔄 Optimizing video quality',
	done: '🎉 High-quality video generated',
	watch: '▶️ Watch Online',
	download: '⏬ Download Video',
	failed: 'Generation failed ❌',
	reason: 'Failure reason: ',
});

/** One row for each family of relays. */
export const scripts: Record<Dialect, Script> = {
	reference: { write: reference, ids: 'ulid', completes: true },
	english: { write: english, ids: 'ulid', completes: true },
	spaced: { write: spaced, ids: 'ulid', completes: true },
	veo: { write: veo, ids: 'uuid', completes: true },
	veoEnglish: { write: veoEnglish, ids: 'uuid', completes: true },
	submitted: { write: submittedScript, ids: 'uuid', completes: false },
	sora2api: { write: sora2apiScript, ids: 'ulid', completes: true },
	bare: { write: bareScript, ids: 'ulid', completes: true },
};
