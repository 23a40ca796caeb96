import type { Random } from './random';

/** What one turn is about: everything its transcript, its task and its files are made of. */
export interface Scene {
	chatId: string;
	/** Seconds since 1970. */
	created: number;
	model: string;
	prompt: string;
	orientation: 'portrait' | 'landscape';
	taskId: string;
	sid: string;
	/** The video that is modified. */
	sourceSid?: string;
	links: { web: string; source: string };
	urls: { video: string; preview: string; download: string; poster: string; gif: string };
	progress: number[];
	queueDots: number;
}

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ulidLetters = '0123456789abcdefghjkmnpqrstvwxyz';
const hex = '0123456789abcdef';

/** The clock of the reference call: a relay with the same seed says the same in any year. */
const firstCreated = 1_760_338_775;
const secondsBetweenTurns = 97;

/** The planner reads the orientation out of the prompt; portrait is what it takes without a word about it. */
const landscape = /横屏|横版|横向|landscape|horizontal|16\s*[:：]\s*9/i;

/** Percents as relays print them: few, rising, never 100. */
const percents = (random: Random): number[] => {
	const drawn = Array.from({ length: random.between(1, 6) }, () => random.between(20, 95));
	return [...new Set(drawn)].sort((a, b) => a - b);
};

const uuid = (random: Random) =>
	[8, 4, 4, 4, 12].map((length) => random.letters(hex, length)).join('-');

/** The Veo relays name a task by its model; the reference does not. */
const taskIdOf = (idStyle: 'ulid' | 'uuid', model: string, random: Random) =>
	idStyle === 'ulid' ? `task_01k${random.letters(ulidLetters, 23)}` : `${model}:${uuid(random)}`;

/** Draws what is drawn and addresses what is addressed; the same values for the same random. */
export function drawScene(
	turn: { index: number; model: string; prompt: string; sourceSid?: string },
	origins: { task: string; media: string },
	idStyle: 'ulid' | 'uuid',
	random: Random,
): Scene {
	const created = firstCreated + turn.index * secondsBetweenTurns;
	const date = new Date(created * 1000).toISOString().slice(0, 10).replaceAll('-', '');
	const file = (ending: string) => `${date}/${random.letters(hex, 30)}.${ending}`;
	const taskId = taskIdOf(idStyle, turn.model, random);
	const video = file('mp4');

	return {
		chatId: `chatcmpl-89${random.letters(alphanumeric, 27)}`,
		created,
		model: turn.model,
		prompt: turn.prompt,
		orientation: landscape.test(turn.prompt) ? 'landscape' : 'portrait',
		taskId,
		sid: `s_${random.letters(hex, 32)}`,
		...(turn.sourceSid === undefined ? {} : { sourceSid: turn.sourceSid }),
		links: { web: `${origins.task}/web/${taskId}`, source: `${origins.task}/source/${taskId}` },
		urls: {
			video: `${origins.media}/cdn/${video}`,
			preview: `${origins.media}/cdn/${file('mp4')}`,
			download: `${origins.media}/cdn/download/${video}`,
			poster: `${origins.media}/cdn/${file('webp')}`,
			gif: `${origins.media}/cdn/${file('gif')}`,
		},
		progress: percents(random),
		queueDots: random.between(3, 7),
	};
}
