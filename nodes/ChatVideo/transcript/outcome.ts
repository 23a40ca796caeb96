import { eventWords } from '../chat/eventWords';
import type { Facts, Video } from './facts';
import type { Transcript } from './transcript';
import { namesOneFile, withoutEscapes } from './urls';
import { isFile } from './videos';

/** What became of a generation, as far as its transcript says. */
export type Outcome =
	| { kind: 'completed'; video: Video; videos: readonly Video[] }
	| { kind: 'failed'; reason: string }
	/** There may be a preview, delivered before the better video that never came. */
	| { kind: 'unfinished' };

/**
 * Without a video there is no success, whatever the words say; with one there is, even when words
 * of failure stand before it. The last labelled group of videos wins, and its first video is the
 * result.
 */
export function toOutcome(
	transcript: Facts & Partial<Pick<Transcript, 'text' | 'reasoning' | 'finishReason' | 'isOver'>>,
): Outcome {
	const labelled = transcript.videos.filter(({ bare, preview }) => !bare && !preview);
	const group = labelled.at(-1)?.group;
	const videos = labelled.filter((video) => video.group === group);
	const [video] = videos;
	if (video !== undefined) {
		if (isDraft(transcript, video)) return { kind: 'unfinished' };
		return { kind: 'completed', video, videos };
	}

	const bare = findBare(transcript);
	if (bare[0] !== undefined) return { kind: 'completed', video: bare[0], videos: bare };

	const reason = findReason(transcript);
	if (reason === undefined) return { kind: 'unfinished' };
	const preview = transcript.videos.findLast((candidate) => candidate.preview);
	if (preview !== undefined) return { kind: 'completed', video: preview, videos: [preview] };
	return { kind: 'failed', reason };
}

/** Why there will be no better video than there is; `undefined` while there may be one. */
function findReason({ failure, finishReason = '' }: Parameters<typeof toOutcome>[0]) {
	if (failure !== undefined) return failure.reason || 'no reason was given';
	return eventWords.filtered.test(finishReason) ? 'content_filter' : undefined;
}

/** While an answer goes on, work that is named after a link means that a better one will come. */
const isDraft = ({ isOver, group, stages }: Parameters<typeof toOutcome>[0], video: Video) =>
	isOver === false && video.group < group && !/^(?:completed|failed)$/.test(lastStage(stages));

const lastStage = (stages: Facts['stages']): string => stages.at(-1)?.stage ?? '';

/**
 * A URL without a label is a result only where the text says it is done, or where nothing follows
 * it and it is no word of a sentence: users put URLs into their prompts, planners repeat
 * them, and notices name the relay's site. One whose path does not even say that it is a video is
 * the last resort: it ends an answer that is over, and nothing else can be the result.
 */
function findBare(transcript: Parameters<typeof toOutcome>[0]): readonly Video[] {
	const { group } = transcript;
	const all = transcript.videos.filter(({ bare, preview }) => bare && !preview);
	const files = all.filter(isFile);
	const done = isDone(transcript);
	const alone = files.filter((video) => video.alone);
	const ofLast = alone.filter((video) => video.group === (done ? alone.at(-1)?.group : group));
	if (ofLast.length > 0) return ofLast;
	if (done && files.length > 0) return files.slice(-1);
	const last = findLast(transcript, all);
	return last === undefined || files.length > 0 ? [] : [last];
}

/** The last of the links that do not say that they are a video, where it can be nothing else. */
function findLast(
	transcript: Parameters<typeof toOutcome>[0],
	all: readonly Video[],
): Video | undefined {
	const { text = '', reasoning = '', group, isOver, failure, taskId } = transcript;
	const last = all.at(-1);
	if (last === undefined || isOver === false || last.group !== group || failure !== undefined) {
		return undefined;
	}
	const said = text || reasoning;
	if (isDone(transcript)) return last.alone || endsWith(said, last) ? last : undefined;
	// Where a task is known, it can be asked for what its video is.
	const isOnly = all.length === 1 && taskId === '';
	if (!isOnly || !last.alone || !endsWith(said, last)) return undefined;
	return isAllOf(said, last) || namesOneFile(last.url) ? last : undefined;
}

const isAllOf = (text: string, { url }: Video): boolean => text.trim() === url;

/** Marks and tags may close after it. */
const endsWith = (text: string, { url }: Video): boolean =>
	withoutEscapes(text.trimEnd())
		.replace(/(?:[\s)\]>"'\x60.。*]|<\/\w{1,10}>){1,20}$/u, '')
		.endsWith(withoutHost(url));

/** As it stands in the text: the relay may have left its own host out. */
const withoutHost = (url: string): string => url.replace(/^https?:\/\/[^/?#]*/i, '');

const isDone = ({ stages }: Facts): boolean => stages.some(({ stage }) => stage === 'completed');
