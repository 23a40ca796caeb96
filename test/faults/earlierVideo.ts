/** The video that a modification comes after; nothing of it is ever the new one's. */
export const earlierVideo = {
	taskId: 'task_01k7dzptgwf2z87wj2c3t36qk0',
	sid: 's_68ec8accd80c8191ae1fc957af78caaa',
	videoUrl: 'https://earlier.example/video.mp4',
} as const;

const { taskId, sid, videoUrl } = earlierVideo;

const answeredWith = (content: string) => [
	{ role: 'user', content: 'A calico kitten, landscape' },
	{ role: 'assistant', content },
];

/** What came before the wish. */
const conversation = answeredWith(
	`> ID: \`${taskId}\`\n> ✅ 视频生成成功，sid: ${sid}\n[在线播放▶️](${videoUrl})`,
);

/** What a modification may find in its input, and whether it is a video. */
export const inputs = {
	conversation: { status: 'completed', messages: conversation },
	fields: { status: 'completed', ...earlierVideo },
	error: { error: 'No luck', errorKind: 'failed', billing: 'started', ...earlierVideo },
	queued: { status: 'queued', ...earlierVideo, messages: conversation },
	failed: { status: 'failed', reason: 'no', ...earlierVideo },
	odd: { status: { state: 'failed' }, ...earlierVideo },
	half: { prompt: 'A calico kitten', previewUrl: `https://earlier.example/web/${taskId}` },
	declined: { messages: answeredWith(`> ID: \`${taskId}\`\n> 生成失败 ❌ 审核未通过`) },
	goesOn: { messages: answeredWith(`> ID: \`${taskId}\`\n> 排队中...\n> 进度 20..30`) },
} as const;

export type InputKind = keyof typeof inputs;

export const isVideo = (kind: InputKind): boolean => kind === 'conversation' || kind === 'fields';
