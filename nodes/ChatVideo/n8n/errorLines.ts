import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import {
	ChatError,
	rowOf,
	type Billing,
	type ChatErrorFacts,
	type ErrorKind,
} from '../chat/errors';
import type { PaidFacts } from '../call/ledger';
import type { Line, Part } from './description';
import { InvalidInput } from './InvalidInput';

/** What an error has to say besides its message: what it may have cost, and what to do. */
export function linesOf(error: unknown): Line[] {
	if (error instanceof ChatError) return describe(error.kind, error.facts);
	if (error instanceof InvalidInput) return [error.advice];
	const isOfN8n = error instanceof NodeApiError || error instanceof NodeOperationError;
	return isOfN8n && error.description ? error.description.split('\n') : [];
}

/** What an earlier try of an item may have cost, where this one ended before it could ask. */
export function linesOfEarlierTry(error: unknown, paid: PaidFacts | undefined): Line[] {
	if (paid === undefined || error instanceof ChatError) return [];
	const found = partsOf(paid);
	if (found.length === 0)
		return ['An earlier try of this item was sent, and may have been charged.'];
	return [['An earlier try of this item has ', ...found]];
}

/** What another item of the run has paid for, in this try or before. */
export function linesOfOther(index: number, paid: PaidFacts): Line[] {
	const found = partsOf(paid);
	return found.length === 0 ? [] : [[`Item ${index} has `, ...found]];
}

/** A task and its videos, or what leads to them. */
function partsOf({ task = {} }: PaidFacts): Part[] {
	const { taskId, taskIds = [], sourceUrl, previewUrl, videoUrl, videoUrls = [] } = task;
	const leads = videoUrl === undefined ? [sourceUrl, previewUrl] : [videoUrl];
	const links = [...new Set([...leads, ...videoUrls])].filter((link) => link !== undefined);
	const listed = links.flatMap((link): Part[] => [', ', { link }]).slice(1);
	if (taskId === undefined) return listed;
	const name = `task ${[...new Set([taskId, ...taskIds])].join(' and ')}`;
	return listed.length === 0 ? [name] : [name, ': ', ...listed];
}

/** What it may have cost, as one sentence. */
const cost: Record<Billing, string> = {
	none: 'Nothing was started, so nothing was charged.',
	possible:
		'The service may have accepted it and charged for it, so it is not sent again automatically.',
	started: 'The service has started this video and charges for it.',
};

const freeLookUp = 'Get Video costs nothing.';

const submitAgain =
	'It is not sent again automatically. To pay for it once more, turn on the option Submit Again for one run.';

const onlyWords = 'A model that only writes text answers like this: choose one that makes videos.';

function describe(kind: ErrorKind, facts: ChatErrorFacts): Line[] {
	const { task = {}, lastWords, requestId, fromEarlierTry, isLookUp } = facts;
	const { taskId, taskIds = [], videoUrls = [] } = task;
	const isWordsAlone = lastWords !== undefined && taskId === undefined;
	const lines = [
		isWordsAlone && `Its last words: “${lastWords}”`,
		facts.chargedBefore && 'Sending it again was refused free of charge. Of the earlier call:',
		isLookUp ? freeLookUp : cost[facts.billing],
		taskId !== undefined && lineOfTask(taskId, isLastWord(kind) || isLookUp === true),
		fromEarlierTry && submitAgain,
		isWordsAlone && facts.endedByItself && onlyWords,
		!fromEarlierTry && (facts.advice ?? rowOf(kind).advice),
		taskIds.length > 1 && `All tasks that were seen: ${taskIds.join(', ')}`,
		lineOfLink('Preview', task.previewUrl),
		lineOfLink('Data link', task.sourceUrl),
		lineOfLink('Poster', task.posterUrl),
		lineOfLink(videoOf(kind), task.videoUrl),
		...videoUrls.map((link) => lineOfLink('Another link that was seen', link)),
		requestId !== undefined && `Request id: ${requestId}`,
	];
	return lines.filter((line) => line !== undefined && typeof line !== 'boolean');
}

const lineOfTask = (taskId: string, isOnlyNamed: boolean): string =>
	isOnlyNamed
		? `Task: ${taskId}`
		: `Task ${taskId}: get its result with the operation Get Video, in this node or in one that does not follow it.`;

const lineOfLink = (label: string, link: string | undefined): Line | undefined =>
	link === undefined ? undefined : [`${label}: `, { link }];

/** The relay said that there will be no video. */
const isLastWord = (kind: ErrorKind): boolean => kind === 'moderated' || kind === 'failed';

/** A turn that went wrong can still have a video: a preview, or the one that was not downloaded. */
const videoOf = (kind: ErrorKind): string =>
	kind === 'download' || kind === 'cancelled'
		? 'Video'
		: 'A link to a video arrived; it may be a preview, or cut off';
