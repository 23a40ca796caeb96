import { kindOfReason, parseErrorBody } from '../chat/errorBody';
import { isRecord, textOf, type JsonRecord } from '../chat/json';
import { stateOf, type TaskState } from '../chat/states';
import { isOperation } from '../chat/taskIds';
import { entriesOf, valuesAt } from '../chat/valuesAt';
import { absoluteUrl, cleanUrl, kindOfUrl, type UrlKind } from '../transcript/urls';
import { idWrappers, paths, wrappers } from './paths';
import { statusWords } from './statusWords';

/** What a task endpoint says. Absent text is empty. */
export interface TaskStatus {
	state: TaskState;
	/** The relay's own word for it. */
	word: string;
	/** The word says that it is completed, wherever its file may be. */
	isDone: boolean;
	taskId: string;
	/** Every id in the body; relays have one of their own besides the task's. */
	ids: readonly string[];
	/** 0-100. */
	percent: number | undefined;
	/** Why it failed. */
	reason: string;
	videoUrl: string;
	/** The same video, upsampled. */
	betterUrl: string;
	downloadUrl: string;
	posterUrl: string;
	gifUrl: string;
	prompt: string;
	orientation: string;
	model: string;
	/** Seconds. */
	duration: number | undefined;
}

/**
 * Reads the body of a task endpoint. A task is completed by its video alone, whatever the word.
 *
 * @param asked the address that answered, to which links without a host belong
 * @returns `undefined` when the body does not speak of a task
 */
export function parseStatus(body: unknown, asked?: string): TaskStatus | undefined {
	if (!isRecord(body)) return undefined;
	const holders = holdersIn(body, wrappers);
	const read = (field: keyof typeof paths): string => firstText(holders, paths[field]);
	const readUrl = (field: keyof typeof paths): string => toWebUrl(read(field), asked);
	const ids = idsIn(body);
	const words = [
		...countedStates(holders),
		...withheldState(holders),
		...textsIn(holders, paths.word),
		...flagOf(body),
	];
	const number = ids.length > 0 ? words.find((word) => statusWords.number.test(word)) : undefined;
	const said = words.find((word) => !statusWords.envelope.test(word));
	const word = said ?? number ?? words[0] ?? '';
	const betterUrl = readUrl('betterUrl');
	const videoUrl = findVideo(holders, asked) || betterUrl;
	if (word === '' && videoUrl === '' && body.running === undefined) return undefined;
	const reason = readReason(holders);
	const isCounted = word === number;
	const meaning = videoUrl === '' ? meaningOf(holders, word, isCounted) : stateOf(word);
	const running = body.running === true;
	const state = toState(meaning, videoUrl, running, isOfUpsampling(holders, word, reason));
	const seconds = Number.parseFloat(read('seconds'));
	return {
		state,
		word,
		isDone: meaning === 'completed' && !running,
		taskId: ids[0] ?? '',
		ids,
		percent: percentOf(read('percent'), read('fraction'), state),
		reason: state === 'failed' ? reason || reasonIn(word) : '',
		videoUrl: state === 'completed' ? videoUrl : '',
		betterUrl,
		downloadUrl: readUrl('downloadUrl'),
		posterUrl: readUrl('posterUrl'),
		gifUrl: readUrl('gifUrl'),
		prompt: read('prompt'),
		orientation: read('orientation'),
		model: read('model'),
		duration: Number.isFinite(seconds) ? seconds : undefined,
	};
}

/** The ids by which a body names its task. */
export const idsIn = (body: JsonRecord): readonly string[] => [
	...new Set(textsIn(holdersIn(body, idWrappers), paths.taskId)),
];

/** Operations say by a flag whether they are over; while they are not, they may have no more than a name. */
function flagOf({ done, name, response, error }: JsonRecord): readonly string[] {
	if (typeof done === 'boolean') return [done ? 'done' : 'running'];
	if (!isOperation(textOf(name) ?? '')) return [];
	return [(response ?? error) == null ? 'running' : 'done'];
}

const countedStates = (holders: readonly JsonRecord[]): readonly string[] =>
	statusWords.counted
		.filter(([path, number]) => textsIn(holders, [path]).some((text) => number.test(text)))
		.map(([, , word]) => word);

/** xAI says "done" of what it does not give out. */
const withheldState = (holders: readonly JsonRecord[]): readonly string[] =>
	holders.some((holder) => paths.isAllowed.some((path) => valuesAt(holder, path).includes(false)))
		? ['moderated']
		: [];

/**
 * A task that is over with an error has failed, as operations say it; and so has one whose state is
 * a number that nobody knows.
 */
function meaningOf(holders: readonly JsonRecord[], word: string, isCounted: boolean): TaskState {
	const counted = word.startsWith('-') ? 'failed' : 'generating';
	const meaning = isCounted ? counted : stateOf(word);
	const isFaulty = textsIn(holders, paths.fault).some((text) => !statusWords.envelope.test(text));
	return isFaulty && (isCounted || meaning === 'completed') ? 'failed' : meaning;
}

/** A failed upsampling still leaves the video; "completed" without a video is not. */
function toState(
	meaning: TaskState,
	videoUrl: string,
	running: boolean,
	isOfUpsampling: boolean,
): TaskState {
	if (meaning === 'failed') return videoUrl !== '' && isOfUpsampling ? 'completed' : 'failed';
	if (meaning === 'completed' || meaning === 'unknown') {
		if (videoUrl !== '' && !running) return 'completed';
		return running ? 'generating' : 'unknown';
	}
	return meaning;
}

/** Any other failure leaves a draft, the source of a modification or a picture, if anything. */
const isOfUpsampling = (holders: readonly JsonRecord[], word: string, reason: string): boolean =>
	[word, reason].some((words) => statusWords.upsampling.test(words)) ||
	stateOf(firstText(holders, ['upsample_status'])) === 'failed';

/** `"100%"`, `81` or, where a relay counts so, a fraction of 1. */
function percentOf(percent: string, fraction: string, state: TaskState): number | undefined {
	const isFraction = percent === '' || (state === 'generating' && /^0\.\d+$/.test(percent));
	const number = isFraction
		? Number.parseFloat(percent || fraction) * 100
		: Number.parseFloat(percent);
	return number >= 0 && number <= 100 ? Math.round(number * 10) / 10 : undefined;
}

/** In the relay's words, which may be an upstream's error as JSON. */
function readReason(holders: readonly JsonRecord[]): string {
	const found =
		textsIn(holders, paths.reason).find((text) => !statusWords.envelope.test(text)) ?? '';
	const reason = parseErrorBody(found).message || found;
	if (kindOfReason(reason) !== 'failed') return reason;
	const code = textsIn(holders, paths.code).find((text) => kindOfReason(text) !== 'failed');
	return code === undefined ? reason : `${code}: ${reason}`;
}

/** A word such as `nsfw` is the reason itself. */
const reasonIn = (word: string): string =>
	kindOfReason(word) === 'failed' ? 'no reason was given' : word;

const findVideo = (holders: readonly JsonRecord[], asked: string | undefined): string =>
	textsIn(holders, paths.videoUrl)
		.map((text) => toWebUrl(text, asked))
		.find((url) => url !== '' && !notVideos.has(kindOfUrl(url))) ?? '';

const notVideos: ReadonlySet<UrlKind> = new Set(['image', 'gif', 'page', 'torn']);

function toWebUrl(value: string, asked = ''): string {
	const url = absoluteUrl(cleanUrl(value), asked);
	return /^https?:\/\/\S+$/i.test(url) ? url : '';
}

/** The body itself and what it wraps, in wrappers in each other, the outermost first. */
function holdersIn(body: JsonRecord, within: readonly string[]): readonly JsonRecord[] {
	const found = [body];
	let from = 0;
	for (let level = 0; level < deepest; level += 1) {
		const outer = found.slice(from, mostHolders);
		from = found.length;
		const inner = outer.flatMap((holder) => within.flatMap((wrapper) => valuesAt(holder, wrapper)));
		found.push(...inner.flatMap(entriesOf).filter(isRecord));
	}
	return found;
}

const deepest = 4; // wrappers in each other; relays stand in a chain of two or three
const mostHolders = 100; // of lists in lists; a task stands in one

const firstText = (holders: readonly JsonRecord[], names: readonly string[]): string =>
	textsIn(holders, names)[0] ?? '';

/** The texts of these names, each in every holder. */
const textsIn = (holders: readonly JsonRecord[], names: readonly string[]): string[] =>
	names
		.flatMap((name) => holders.flatMap((holder) => valuesAt(holder, name)))
		.map((value) => textOf(value)?.trim() ?? '')
		.filter((text) => text !== '');
