import { isAttached } from '../chat/attachments';
import { isRecord, parseJson, textOf, type JsonRecord } from '../chat/json';
import type { TaskReport } from '../chat/deltas';
import { stateOf } from '../chat/states';
import type { Output } from '../chat/outputs';
import { findTaskIds, taskIdsOf } from '../chat/taskIds';
import { attributesOf } from './attributesOf';
import { grammar, ofPages, type Fact, type Row } from './grammar';
import { isAsserted, isReserved } from './isAsserted';
import { isFile } from './isFile';
import { places } from './patterns';
import {
	cleanUrl,
	isDownloadTwin,
	isWebAddress,
	kindOfUrl,
	parseSidOf,
	parseTaskIdOf,
	parseTaskPage,
} from './urls';

/** How far a generation is, as the progress log says it. */
export type StageName =
	'submitted' | 'queued' | 'generating' | 'progress' | 'completed' | 'failed' | 'recovering';

/** One step of a generation, in their order. */
export interface Stage {
	stage: StageName;
	/** 0-100, never decreasing. */
	percent?: number;
	message?: string;
}

/** A file that may be the result. */
export interface Video {
	url: string;
	/** The same file as an attachment, when the relay gives both. */
	downloadUrl: string;
	posterUrl: string;
	gifUrl: string;
	/** Files named between the same two stages are of equal rank; a later group replaces it. */
	group: number;
	/** Named as a preview: the better video was still being made. */
	preview: boolean;
	/** A URL that stands alone: neither label nor tag says that it is the result. */
	bare: boolean;
	/** A bare one that is no word of a sentence: alone on its line, or announced as a video. */
	alone: boolean;
}

/** Why there is no video, in the relay's words. */
export interface Failure {
	reason: string;
	/** The body of a fence after the reason. */
	detail: string;
}

/** What the lines of a transcript say. Absent text is empty. */
export interface Facts {
	/** The task of the result: of several, the last that the text names. */
	taskId: string;
	/** Every task that was named, in the order in which they came. */
	taskIds: readonly string[];
	/** Links outside the text, as in what could not be parsed: for an error, never a result. */
	looseUrls: readonly string[];
	/** The result's own id, which a modification refers to. */
	sid: string;
	/** The id of the video that was modified. */
	sourceSid: string;
	prompt: string;
	orientation: string;
	duration: number | undefined;
	previewUrl: string;
	sourceUrl: string;
	stages: readonly Stage[];
	videos: readonly Video[];
	/** Images that came before the video they belong to. */
	posterUrl: string;
	gifUrl: string;
	group: number;
	inPreview: boolean;
	fenced: boolean;
	failure: Failure | undefined;
	/** The task that is known has failed, and the next may be another, whose line may be lost. */
	triesAgain: boolean;
	/** Within `<video>`, where an address may be the text. */
	inVideo: boolean;
	/** Within `<think>`, where a model speaks of links that are somebody else's. */
	inThought: boolean;
	/** Of the `<a>` that is open. */
	anchorUrl: string;
}

/** Before the first line. */
export const emptyFacts: Facts = {
	taskId: '',
	taskIds: [],
	looseUrls: [],
	sid: '',
	sourceSid: '',
	prompt: '',
	orientation: '',
	duration: undefined,
	previewUrl: '',
	sourceUrl: '',
	stages: [],
	videos: [],
	posterUrl: '',
	gifUrl: '',
	group: 0,
	inPreview: false,
	fenced: false,
	failure: undefined,
	triesAgain: false,
	inVideo: false,
	inThought: false,
	anchorUrl: '',
};

/** Most stages and files kept of one transcript; real ones have a dozen. */
const mostStages = 1_000;
const mostVideos = 100;
const mostIds = 100;

interface Match {
	fact: Fact;
	values: readonly string[];
	start: number;
	/** Where the words end that say it, before what they say of it. */
	said: number;
	end: number;
}

/** What counts only where it is meant: words for what becomes of a video are in prompts and help too. */
const stated: ReadonlySet<Fact> = new Set([
	'announced',
	'status',
	'completed',
	'previewed',
	'failed',
	'retrying',
]);

/** What counts for more where it is all there is on its line. */
const mayStandAlone: ReadonlySet<Fact> = new Set(['link', 'url', 'path']);

/** Reads one line: every row of the grammar over it, what they found applied from left to right. */
export function readLine(facts: Facts, line: string): Facts {
	if (!/[\p{L}\p{N}❌/]/u.test(line)) return facts;
	const json = line.trimStart().startsWith('{') ? parseJson(line) : undefined;
	if (isRecord(json)) return readJson(facts, json);
	let end = 0;
	let read = facts;
	let found = false;
	for (const match of matchesIn(line, grammar)) {
		if (match.start < end) continue;
		const { fact, values } = match;
		const isMeant = !stated.has(fact) || isAsserted(line, match.start, match.said);
		end = isMeant ? match.end : match.said;
		if (!isMeant) continue;
		found ||= fact !== 'quotation';
		read = applied[fact](read, values, mayStandAlone.has(fact) && aloneOn(line, match));
	}
	return found ? read : readPlainLine(facts, line);
}

/** JSON in a line of its own is an error or a plan; its words are not the relay's. */
function readJson(facts: Facts, json: JsonRecord): Facts {
	const { error } = json;
	if (error === undefined || error === null) {
		return readTaskIds(readPlan(facts, json), taskIdsOf(json));
	}
	const { code, message } = isRecord(error) ? error : { code: undefined, message: error };
	const words = [textOf(code), textOf(message) ?? textOf(json.message)];
	return fail(facts, words.filter((word) => word !== undefined).join(': '));
}

/** Whether a link is all there is on its line, or what words for a video announce. */
function aloneOn(line: string, { start, end }: Match): boolean {
	const before = line.slice(Math.max(0, start - 40), start);
	return (
		announcement.test(before) &&
		!ofPages.test(before) &&
		!/将|將|\bwill\b/i.test(before) &&
		!/[\p{L}\p{N}]/u.test(line.slice(end, end + 20)) &&
		!isReserved(line, start)
	);
}

const announcement =
	/^[\s\p{P}\p{S}\p{M}\p{Cf}]*(?:\d{1,2}[.)、]\s*)?$|(?:视频|視頻|影片|動画|video|播放|下载|下載|download|结果|結果|result|成品)[^:：]{0,20}[:：][\s\p{P}\p{S}]*$/iu;

function matchesIn(line: string, rows: readonly Row[]): Match[] {
	const matches: Match[] = [];
	for (const row of rows) addMatches(row, line, matches);
	return matches.length > 1 ? matches.sort((a, b) => a.start - b.start) : matches;
}

/** `exec` again and again is what `matchAll` does with a copy of the pattern for each line. */
function addMatches(
	{ fact, pattern, at, within, takes }: Row,
	line: string,
	matches: Match[],
): void {
	if (within?.test(line) === false) return;
	pattern.lastIndex = 0;
	for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
		const { index: start } = match;
		if (at !== undefined && !isAt(at, line, start)) {
			pattern.lastIndex = start + 1;
			continue;
		}
		if (takes !== undefined) {
			const said = pattern.lastIndex;
			const value = line.slice(takes === 'rest' ? said : start);
			matches.push({ fact, values: [value], start, said, end: line.length });
			return;
		}
		const values = match.slice(1).filter((value) => value !== undefined);
		matches.push({ fact, values, start, said: pattern.lastIndex, end: pattern.lastIndex });
	}
}

const isAt = (at: keyof typeof places, line: string, index: number): boolean =>
	places[at].some((place) => {
		place.lastIndex = index;
		return place.test(line);
	});

/** A line that says nothing else is the reason of a failure that was named without one. */
function readPlainLine(facts: Facts, line: string): Facts {
	if (facts.failure === undefined || facts.failure.reason !== '') return facts;
	return fail(facts, line);
}

/** A fence of JSON: the planner's parameters, or the details of a failure. */
export function readFence(facts: Facts, source: string): Facts {
	if (facts.failure !== undefined) {
		return { ...facts, failure: { ...facts.failure, detail: source.trim() } };
	}
	const value = parseJson(source);
	return isRecord(value) ? readPlan(facts, value) : facts;
}

/** What a planner understood; the first plan is the one. */
function readPlan(facts: Facts, value: JsonRecord): Facts {
	if (facts.fenced) return facts;
	const seconds = Number.parseFloat(textOf(value.duration) ?? '');
	return {
		...facts,
		fenced: true,
		prompt: textOf(value.prompt) ?? facts.prompt,
		orientation: textOf(value.orientation) ?? facts.orientation,
		sourceSid: textOf(value.sid) ?? facts.sourceSid,
		duration: Number.isFinite(seconds) ? seconds : facts.duration,
	};
}

/** Files that a relay names outside its text; a field or a type says that one is the video. */
export const readOutputs = (facts: Facts, outputs: readonly Output[]): Facts =>
	outputs.reduce((read, { url, type, taskId }) => {
		if (isAttached(url)) return addVideo(read, url, 'labelled');
		if (type === 'other' || !/^(?:https?:\/\/|\/[^/])[^\s<>]+$/i.test(url)) return read;
		const named = taskId.startsWith('s_') && read.sid === '' ? { ...read, sid: taskId } : read;
		const kind = kindOfUrl(url);
		if (kind === 'page') return addUrl(named, url, 'bare');
		if (kind === 'gif') return addGif(named, url);
		const isImage = type === 'image' || (type === '' && kind === 'image');
		return isImage ? addPoster(named, url) : addVideo(named, url, 'labelled');
	}, facts);

/** What the body of a task endpoint says. */
export function readTaskReport(facts: Facts, task: TaskReport): Facts {
	const named = task.taskId === '' ? facts : applied.taskId(facts, [task.taskId]);
	if (task.state === 'failed') return fail(named, task.reason);
	const staged = addStage(named, { stage: task.state });
	if (task.state === 'queued') return staged;
	if (task.state === 'generating') return addPercent(staged, task.percent ?? -1);
	const { posterUrl, videoUrl, downloadUrl, gifUrl } = task;
	const withPoster = posterUrl === '' ? staged : addPoster(staged, posterUrl);
	const withVideo = addVideo(withPoster, videoUrl, 'labelled');
	const withTwin = downloadUrl === '' ? withVideo : addDownload(withVideo, downloadUrl);
	return gifUrl === '' ? withTwin : addGif(withTwin, gifUrl);
}

/** Tasks that a relay names outside its text; one in the text says more. */
export const readTaskIds = (facts: Facts, ids: readonly string[]): Facts =>
	ids.reduce((read, id) => addTaskId(applied.videoId(read, [id]), id), facts);

/** Links that a relay sends outside its text, without a word of what they are. */
export const readLooseUrls = (facts: Facts, urls: readonly string[]): Facts => ({
	...facts,
	looseUrls: [...new Set([...facts.looseUrls, ...urls])].slice(0, mostVideos),
});

const addTaskId = (facts: Facts, id: string): Facts =>
	facts.taskIds.includes(id) || facts.taskIds.length >= mostIds
		? facts
		: { ...facts, taskIds: [...facts.taskIds, id] };

/** @param alone whether it is all there is on its line */
type Application = (facts: Facts, values: readonly string[], alone?: boolean) => Facts;

/** What each fact does to what is known so far. */
const applied: Record<Fact, Application> = {
	taskId: (facts, [named = '']) => {
		const id = trimEnd(named, noId);
		const known = { ...facts, taskId: id, triesAgain: false };
		return addStage(addTaskId(known, id), { stage: 'submitted' });
	},
	// Some relays call the task's id so; where that is known, it is another's.
	videoId: (facts, [id = '']) => (facts.taskId === '' ? applied.taskId(facts, [id]) : facts),
	sid: (facts, [sid = '']) => ({ ...facts, sid }),
	prompt: (facts, [prompt = '']) =>
		facts.prompt === '' ? { ...facts, prompt: prompt.trim() } : facts,
	previewLink: (facts, [url = '']) => addTaskPage({ ...facts, previewUrl: url }, url),
	sourceLink: (facts, [url = '']) => addTaskPage({ ...facts, sourceUrl: url }, url),
	page: (facts, [url = '']) => readNames(facts, url),
	poster: (facts, [url = '']) =>
		kindOfUrl(url) === 'video' ? addUrl(facts, url, 'labelled') : addPoster(facts, cleanUrl(url)),
	pictureLink: (facts, [alt = '', src = '', url = '']) => ({
		...readPicture({ ...facts, anchorUrl: url }, src, alt),
		anchorUrl: facts.anchorUrl,
	}),
	video: (facts, [url = '']) =>
		kindOfUrl(url) === 'image' ? addPoster(facts, cleanUrl(url)) : addUrl(facts, url, 'labelled'),
	announced: (facts, [url = '']) =>
		isOwnPath(url)
			? facts
			: applied[facts.inThought ? 'url' : 'video'](facts, [trimEnd(url, punctuation)]),
	download: (facts, [url = '']) => addUrl(facts, url, 'download'),
	link: (facts, [url = ''], alone) =>
		addUrl(facts, url, kindOfUrl(url) === 'video' ? 'labelled' : 'bare', alone),
	url: (facts, [url = ''], alone) =>
		addUrl(facts, trimEnd(url, punctuation), facts.inVideo ? 'labelled' : 'bare', alone),
	path: (facts, [url = ''], alone) =>
		facts.inVideo || isOwnFile(url)
			? addUrl(facts, url, facts.inVideo ? 'labelled' : 'bare', alone)
			: facts,
	tag: (facts, [tag = '']) => readTag(facts, tag),
	closingTag: (facts, [name = '']) => ({ ...facts, ...closed(name.toLowerCase()) }),
	queued: (facts) => addStage(facts, { stage: 'queued' }),
	generating: (facts) => addStage(facts, { stage: 'generating' }),
	percent: (facts, [percent]) => addPercent(facts, Number(percent)),
	fraction: (facts, [part]) => addPercent(facts, Math.round(Number(part) * 1_000) / 10),
	percentLink: (facts, [percent, url = '']) =>
		addUrl(addPercent(facts, Number(percent)), url, 'labelled'),
	status: (facts, [word = '']) => {
		const stage = stateOf(word);
		return stage === 'unknown' || stage === 'failed' ? facts : addStage(facts, { stage });
	},
	previewed: (facts) => ({ ...nextGroup(facts), inPreview: true }),
	completed: (facts) => addStage({ ...facts, inPreview: false }, { stage: 'completed' }),
	retrying: (facts) =>
		addStage({ ...facts, failure: undefined, triesAgain: true }, { stage: 'generating' }),
	failed: (facts, [reason = '']) => fail(facts, reason),
	reason: (facts, [reason = '']) => (facts.failure === undefined ? facts : fail(facts, reason)),
	quotation: (facts) => facts,
};

function addTaskPage(facts: Facts, url: string): Facts {
	const page = parseTaskPage(url);
	if (page === undefined) return facts;
	const isNext = facts.triesAgain && findTaskIds(page.id).some((id) => !facts.taskIds.includes(id));
	const known = facts.taskId === '' || isNext ? applied.taskId(facts, [page.id]) : facts;
	return page.kind === 'preview'
		? { ...known, previewUrl: known.previewUrl || url }
		: { ...known, sourceUrl: known.sourceUrl || url };
}

function closed(name: string): Partial<Facts> {
	if (name === 'a') return { anchorUrl: '' };
	return name === 'video' ? { inVideo: false } : { inThought: false };
}

/** A path on the relay's own disk is no address of it. */
const isOwnPath = (path: string): boolean =>
	/^\/(?:app|dev|etc|home|mnt|opt|root|usr|var|users|workspace)\//i.test(path);

/** Where the relay keeps files of its own. */
const isOwnFile = (path: string): boolean =>
	(kindOfUrl(path) === 'video' && !isOwnPath(path)) ||
	/^\/(?:[\w-]+\/){0,4}(?:files?|videos?|images?|media|content|download|uploads?|tmp|cache|assets|static)(?:[/?]|$)/i.test(
		path,
	);

/** What a tag says by its attributes. */
function readTag(facts: Facts, tag: string): Facts {
	const { name, alt = '', mediaId = '', ...addresses } = attributesOf(tag);
	const [src, href, poster] = [
		toAddress(addresses.src ?? addresses.data),
		toAddress(addresses.href),
		toAddress(addresses.poster),
	];
	if (name.startsWith('think')) return { ...facts, inThought: true };
	if (name === 'a') return { ...addUrl(facts, href, 'bare', true), anchorUrl: href };
	if (name === 'img') return readPicture(facts, src, alt);
	const named = mediaId === '' ? facts : applied.videoId(facts, [mediaId]);
	const shown = poster === '' ? named : addPoster(named, cleanUrl(poster));
	if (isFrame(name))
		return src === '' ? shown : readLooseUrls(addUrl(shown, src, 'bare', true), [src]);
	const read = src === '' ? shown : addUrl(shown, src, 'labelled');
	return { ...read, inVideo: true };
}

/** What shows a file or a player's page alike. */
const isFrame = (name: string): boolean => /^(?:iframe|embed|object)$/.test(name);

/** An attribute may hold anything: what does not lead to the web is no address. */
const toAddress = (value = ''): string =>
	isAttached(value) || isWebAddress(cleanUrl(value)) ? value : '';

/** A picture that links to a video shows it. */
function readPicture(facts: Facts, src: string, alt: string): Facts {
	const { anchorUrl } = facts;
	const leads =
		kindOfUrl(anchorUrl) === 'video' ||
		/video|视频|視頻|影片|動画|cover|封面|poster|play|播放/i.test(alt);
	const shown = src === '' ? facts : applied.poster(facts, [src]);
	return anchorUrl === '' || !leads ? shown : addUrl(shown, anchorUrl, 'labelled');
}

/** What a link names besides its file. */
function readNames(facts: Facts, url: string): Facts {
	if (parseTaskPage(url) !== undefined) return addTaskPage(facts, url);
	const sid = facts.sid === '' ? parseSidOf(url) : undefined;
	const task = parseTaskIdOf(url);
	const named = sid === undefined ? facts : { ...facts, sid };
	return task === undefined ? named : applied.videoId(named, [task]);
}

function addUrl(
	facts: Facts,
	source: string,
	label: 'labelled' | 'download' | 'bare',
	alone = false,
): Facts {
	const url = cleanUrl(source);
	const named = readNames(facts, url);
	const kind = kindOfUrl(url);
	if (url === '' || kind === 'page' || kind === 'torn') return named;
	if (kind === 'image') return label === 'bare' ? addPoster(named, url) : named;
	if (kind === 'gif') return addGif(named, url);
	if (label === 'download' || isDownloadTwin(url)) return addDownload(named, url);
	if (label === 'bare' && facts.inThought) return readLooseUrls(named, [url]);
	return addVideo(named, url, label, alone);
}

function addVideo(facts: Facts, url: string, label: 'labelled' | 'bare', alone = false): Facts {
	const known = facts.videos.find((video) => video.url === url || video.downloadUrl === url);
	// Some relays show a link first and say later what it is.
	if (known?.bare === true && label === 'labelled') {
		const { posterUrl, gifUrl, group, inPreview } = facts;
		const labelled = {
			...known,
			posterUrl: known.posterUrl || posterUrl,
			gifUrl: known.gifUrl || gifUrl,
			group,
			preview: inPreview,
			bare: false,
		};
		const others = facts.videos.filter((video) => video !== known);
		return { ...facts, posterUrl: '', gifUrl: '', videos: [...others, labelled] };
	}
	if (known !== undefined || facts.videos.length >= mostVideos) return facts;
	const video: Video = {
		url,
		downloadUrl: '',
		posterUrl: facts.posterUrl,
		gifUrl: facts.gifUrl,
		group: facts.group,
		preview: facts.inPreview,
		bare: label === 'bare',
		alone,
	};
	return { ...facts, posterUrl: '', gifUrl: '', videos: [...facts.videos, video] };
}

/** A download link is the twin of the link before it, or, alone, the video itself. */
function addDownload(facts: Facts, url: string): Facts {
	const last = facts.videos.at(-1);
	const twin = last?.group === facts.group && last.downloadUrl === '' && isFile(last);
	if (!twin || last.url === url) return addVideo(facts, url, 'labelled');
	return { ...facts, videos: [...facts.videos.slice(0, -1), { ...last, downloadUrl: url }] };
}

function addGif(facts: Facts, url: string): Facts {
	const last = facts.videos.at(-1);
	if (last === undefined) return { ...facts, gifUrl: facts.gifUrl || url };
	return { ...facts, videos: [...facts.videos.slice(0, -1), { ...last, gifUrl: url }] };
}

const addPoster = (facts: Facts, url: string): Facts =>
	kindOfUrl(url) === 'gif' ? addGif(facts, url) : { ...facts, posterUrl: facts.posterUrl || url };

/** A stage counts once, however often it is repeated. */
function addStage(facts: Facts, stage: Stage): Facts {
	const last = facts.stages.findLast(({ stage: name }) => name !== 'progress');
	const grouped = nextGroup(facts);
	if (last?.stage === stage.stage || facts.stages.length >= mostStages) return grouped;
	return { ...grouped, stages: [...facts.stages, stage] };
}

function addPercent(facts: Facts, percent: number): Facts {
	const last = facts.stages.findLast((stage) => stage.percent !== undefined)?.percent ?? -1;
	if (!(percent > last) || percent > 100 || facts.stages.length >= mostStages) return facts;
	return { ...nextGroup(facts), stages: [...facts.stages, { stage: 'progress', percent }] };
}

/** What was said between two videos makes the later one a better one, not a further one. */
function nextGroup(facts: Facts): Facts {
	const used = facts.videos.at(-1)?.group === facts.group;
	return used ? { ...facts, group: facts.group + 1, posterUrl: '', gifUrl: '' } : facts;
}

const tellsTask: ReadonlySet<Fact> = new Set(['taskId', 'videoId', 'previewLink', 'sourceLink']);
const taskRows = grammar.filter(({ fact }) => tellsTask.has(fact));

/** What failed takes the rest of its line for its reason; a task that is named there counts. */
const readTask = (facts: Facts, reason: string): Facts =>
	facts.taskId === ''
		? matchesIn(reason, taskRows).reduce(
				(read, { fact, values }) => applied[fact](read, values),
				facts,
			)
		: facts;

function fail(before: Facts, words: string): Facts {
	const facts = readTask(before, words);
	const said = words
		.replace(/^了?[\s>❌!！*,，:：。-]+/u, '')
		.replace(/^(?:(?:失败|错误)?原因|(?:failure )?reason|错误|error)\**\s*[:：]\**\s*/i, '');
	const reason = trimEnd(said, noReason);
	const failure = {
		reason: reason || (facts.failure?.reason ?? ''),
		detail: facts.failure?.detail ?? '',
	};
	const message = failure.reason === '' ? {} : { message: failure.reason };
	const stages = facts.stages.at(-1)?.stage === 'failed' ? facts.stages.slice(0, -1) : facts.stages;
	return { ...nextGroup(facts), failure, stages: [...stages, { stage: 'failed', ...message }] };
}

const punctuation = /[.,:;!?*_~]/;
const noReason = /[\s*\x60]/;
const noId = /[.:]/;

/** A pattern with `+$` would take quadratic time on a long run of such characters. */
function trimEnd(text: string, unwanted: RegExp): string {
	let end = text.length;
	while (end > 0 && unwanted.test(text.charAt(end - 1))) end -= 1;
	return text.slice(0, end);
}
