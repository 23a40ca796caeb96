/** The parts of a realistic transcript, each replaceable; `null` leaves one out. */
export interface Parts {
	fence?: string | null;
	id?: string | null;
	links?: string | null;
	queue?: string | null;
	working?: string | null;
	progress?: string | null;
	done?: string | null;
	sid?: string | null;
	poster?: string | null;
	play?: string | null;
}

export const task = 'task_01k9h3v8w2m4n6p8r0t2x4z6bd';
export const uuid = '5b0f7a52-6c1d-4e8f-9a3b-2c4d6e8f0a1b';
export const sid = 's_68f8b2d3e4f58191a0c9d8e7f6a5b4c3';
const sourceSid = 's_68f7a1c2d3e4819180b7c6d5e4f3a2b1';
const poster = 'https://filesystem.site/cdn/20251021/4b1d0c9e8f7a6b5c4d3e2f1a0b9c8d.webp';
export const video = 'https://filesystem.site/cdn/20251021/9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c.mp4';
const download = 'https://filesystem.site/cdn/download/20251021/9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c.mp4';
const previewUrl = `https://asyncdata.net/web/${task}`;
const sourceUrl = `https://asyncdata.net/source/${task}`;

const mark = '```';

export const fenced = (fields: object): string =>
	`${mark}json\n${JSON.stringify(fields, null, 2)}\n${mark}`;

const prompts = { chinese: '把猫换成老虎', english: 'Make the cat a tiger' };

/** What the parts say, by name. */
export const sample = {
	download,
	poster,
	previewUrl,
	prompts,
	sid,
	sourceSid,
	sourceUrl,
	task,
	uuid,
	video,
};

const languages = {
	chinese: {
		fence: fenced({ prompt: prompts.chinese, orientation: 'portrait', sid: sourceSid }),
		id: `> ID: \`${task}\``,
		links: `>[数据预览](${previewUrl}) | [原始数据](${sourceUrl})`,
		queue: '> 排队中......',
		working: '> 生成中.',
		progress: '>🏃\u200D 进度 33..58..77..',
		done: '> 生成完成 ✅',
		sid: `> sid: ${sid}`,
		poster: `![${poster}](${poster})`,
		play: `[在线播放▶️](${video})`,
	},
	english: {
		fence: fenced({ prompt: prompts.english, orientation: 'portrait', sid: sourceSid }),
		id: `> Task ID: \`${task}\``,
		links: `>[Data Preview](${previewUrl}) | [Raw Data](${sourceUrl})`,
		queue: '> Queuing......',
		working: '> Generating.',
		progress: '>🏃 Progress 33..58..77..',
		done: '> Generation Complete ✅',
		sid: `> sid: ${sid}`,
		poster: `![cover](${poster})`,
		play: `[Play Online▶️](${video})`,
	},
} satisfies Record<string, Required<Parts>>;

export type Language = keyof typeof languages;

export const bothLanguages: Language[] = ['chinese', 'english'];

/** A whole transcript in the reference's layout, with the parts that differ. */
export function compose(parts: Parts = {}, language: Language = 'chinese'): string {
	const {
		fence,
		id,
		links,
		queue,
		working,
		progress,
		done,
		sid: sidLine,
		poster: picture,
		play,
	} = {
		...languages[language],
		...parts,
	};
	const blocks = [
		[fence],
		[id, links, queue, working],
		[progress],
		[done, sidLine],
		[picture, play],
	];
	return blocks
		.map((lines) => lines.filter((line) => line !== null).join('\n'))
		.filter((block) => block !== '')
		.join('\n\n');
}

/** What is read from the transcript as it stands. */
export const whole = (language: Language = 'chinese'): Record<string, unknown> => ({
	status: 'completed',
	taskId: task,
	sid,
	sourceSid,
	prompt: prompts[language],
	orientation: 'portrait',
	previewUrl,
	sourceUrl,
	posterUrl: poster,
	videoUrl: video,
	videoUrls: [video],
	percents: [33, 58, 77],
	stages: ['submitted', 'queued', 'generating', 'completed'],
});
