import type { Scene } from './scene';
import type { TaskEndpoint } from './taskBehaviour';

/** How far a task is. */
export type TaskState =
	{ kind: 'pending'; percent: number } | { kind: 'done' } | { kind: 'failed'; reason: string };

type Body = (scene: Scene, state: TaskState) => unknown;

const webPage: Body = ({ taskId }) =>
	`<!DOCTYPE html>\n<html><head><title>${taskId}</title></head><body><pre>${taskId}</pre></body></html>\n`;

const dimensions = {
	portrait: { width: 352, height: 640 },
	landscape: { width: 640, height: 352 },
};

/** The body at the transcript's own 原始数据 link. */
const sourceBody: Body = (scene, state) => {
	if (state.kind === 'pending') {
		return {
			id: scene.taskId,
			running: true,
			status: 'video_generating',
			video_generation_status: 'MEDIA_GENERATION_STATUS_RUNNING',
			upsample_status: null,
		};
	}
	if (state.kind === 'failed') {
		return {
			id: scene.taskId,
			running: false,
			status: 'failed',
			video_generation_status: 'MEDIA_GENERATION_STATUS_FAILED',
			error_message: state.reason,
		};
	}
	return {
		completed_at: (scene.created + 90) * 1000,
		created_at: scene.created * 1000,
		id: scene.taskId,
		images: [],
		max_retries: 3,
		req: { model: scene.model, prompt: scene.prompt },
		retry_count: 0,
		running: false,
		status: 'completed',
		video_generation_status: 'MEDIA_GENERATION_STATUS_SUCCESSFUL',
		video_url: scene.urls.video,
	};
};

const shareStatus = { pending: 'processing', done: 'completed', failed: 'failed' };

const shareBody: Body = (scene, state) => ({
	id: scene.taskId,
	content: {
		status: shareStatus[state.kind],
		progress: state.kind === 'pending' ? state.percent : 100,
		...(state.kind === 'failed' ? { failure_reason: state.reason } : {}),
		...(state.kind === 'done'
			? {
					url: scene.urls.video,
					gif_url: scene.urls.gif,
					draft_info: { downloadable_url: scene.urls.download },
				}
			: {}),
	},
});

const moderation = (scene: Scene, passed: boolean) => ({
	code: null,
	type: passed ? 'passed' : 'rejected',
	task_id: scene.taskId,
	is_output_rejection: !passed,
	results_by_frame_index: {},
});

/** The reference host's `/v1/video/query`. */
const queryBody: Body = (scene, state) => {
	const input = {
		size: 'small',
		model: 'sy_ore',
		images: [],
		prompt: scene.prompt,
		orientation: scene.orientation,
	};
	const id = `${scene.model}:${scene.taskId}`;
	const updated = { status_update_time: (scene.created + 90) * 1000 };

	if (state.kind === 'done') {
		const { video, gif, poster, download } = scene.urls;
		return {
			id,
			...dimensions[scene.orientation],
			detail: {
				id: scene.taskId,
				url: video,
				input,
				status: 'completed',
				gif_url: gif,
				draft_info: { kind: 'sora_draft', url: video, downloadable_url: download },
				thumbnail_url: poster,
			},
			status: 'completed',
			video_url: video,
			thumbnail_url: poster,
			...updated,
		};
	}
	const failed = state.kind === 'failed';
	const status = failed ? 'failed' : 'pending';
	return {
		id,
		detail: {
			id: scene.taskId,
			input,
			status,
			pending_info: {
				id: scene.taskId,
				type: 'video_gen',
				prompt: scene.prompt,
				status: failed ? 'failed' : 'processing',
				generations: [],
				progress_pct: failed ? 1 : state.percent / 100,
				failure_reason: failed ? state.reason : null,
				moderation_result: moderation(scene, !failed),
			},
		},
		status,
		...updated,
	};
};

const videosStatus = { pending: 'in_progress', done: 'completed', failed: 'failed' };

/** `/v1/videos/{id}`. */
const videosBody: Body = (scene, state) => ({
	id: scene.taskId,
	size: scene.orientation === 'portrait' ? '720x1280' : '1280x720',
	model: scene.model,
	object: 'video',
	status: videosStatus[state.kind],
	seconds: scene.model.includes('pro') ? '15' : '10',
	progress: state.kind === 'pending' ? state.percent : 100,
	...(state.kind === 'done' ? { video_url: scene.urls.video } : {}),
	...(state.kind === 'failed'
		? { error: { code: 'video_generation_failed', message: state.reason } }
		: {}),
	...(scene.sourceSid ? { remixed_from_video_id: scene.sourceSid } : {}),
	created_at: scene.created,
	...(state.kind === 'pending' ? {} : { completed_at: scene.created + 90 }),
});

const generationsStatus = { pending: 'IN_PROGRESS', done: 'SUCCESS', failed: 'FAILURE' };

/** `/v2/videos/generations/{id}`. A failed task says "100%" too. */
const generationsBody: Body = (scene, state) => ({
	task_id: scene.taskId,
	platform: 'openai',
	action: 'videos',
	status: generationsStatus[state.kind],
	fail_reason: state.kind === 'failed' ? state.reason : '',
	submit_time: scene.created,
	start_time: scene.created + 10,
	finish_time: state.kind === 'pending' ? 0 : scene.created + 90,
	progress: `${state.kind === 'pending' ? state.percent : 100}%`,
	data: state.kind === 'done' ? { output: scene.urls.video } : null,
	search_item: '',
});

/** Each endpoint has its own words for the same facts. */
export const taskBodies: Record<TaskEndpoint, Body> = {
	web: webPage,
	source: sourceBody,
	share: shareBody,
	query: queryBody,
	videos: videosBody,
	generations: generationsBody,
};
