import { textsOf } from './textsOf';

/** An answer outside 2xx, as far as it decides what it may have cost. */
export interface GateAnswer {
	status: number;
	body: string;
	/** Milliseconds from the written request to the head of the answer. */
	elapsed: number;
}

const soon = 10_000; // ms; a gate turns away at the door, what took longer did something

/** Statuses by which a request is turned away unread; any other may follow a start. */
const turnedAway: ReadonlySet<number> = new Set([
	301, 302, 307, 308, 400, 401, 402, 403, 404, 405, 407, 413, 415, 422, 426, 429, 431,
]);

/** What made nothing has no output to speak of: moderation of it comes after the work. */
const ofOutput =
	/\boutput\b|\boutput[_-](?:moderation|filter|content|video|safety|check|audit|block|flag|violat)|\b(?:generated|produced|rendered|resulting|finished)\s+(?:\w+\s+)?(?:video|content|result|clip|image|frame|media|file)|\b(?:video|result|clip|generation)s?\s+(?:was|were|has been|have been|is|are|got)\s+(?:\w+\s+)?(?:flagged|blocked|rejected|filtered|moderated|removed|withheld|generated|discarded)|\b(?:post|after)[- _]?generat|生成(?:的|后|后的|出的|完成)|输出|輸出|成片|(?:视频|影片)(?:内容)?(?:审核|违规|審核|違規)/i;

/** Why a 503 did not even try. */
const refusals =
	/no (?:available|enabled|usable|active|healthy|free) (?:channels?|accounts?|keys?|tokens?|upstream|providers?|capacity)|(?:channels?|accounts?|providers?) (?:is |are )?(?:not available|unavailable|exhausted|disabled)|无可用|沒有可用|没有可用|無可用|暂无可用|saturat|饱和|飽和|overload|过载|過載|(?:over|at|out of|no|insufficient) capacity|maintenance|维护|維護|queue is full|队列已?满|\bbusy\b|繁忙|too many requests|rate limit/i;

/** What stands where a gateway hides that the request got further, in whatever words beside it. */
const troubles =
	/status[ _]?code|\bupstream[ _](?!load|saturat)|service (?:is )?(?:temporarily |currently )?unavailable|bad gateway|gateway time|internal (?:server )?error|INTERNAL_ERROR|hang up|\bE(?:CONN|PIPE|TIMEDOUT|AI_|NOTFOUND|HOST|NET)|\bother side\b|fetch failed|\bEOF\b|do[_ ]request|request failed|stream|time[d]?[ -]?out|deadline|\b(?:reset|closed|broken|aborted|terminated|interrupted|disconnect\w*|lost)\b|connection|超时|逾時|连接|連接|<\w/i;

/**
 * Whether a refusal certainly cost nothing. It is the only place that decides so; what is not
 * certain may have been charged. A task that the answer names is looked for elsewhere.
 */
export function isFree({ status, body, elapsed }: GateAnswer): boolean {
	if (elapsed > soon) return false;
	const texts = textsOf(body);
	if (texts.some(({ text }) => ofOutput.test(text))) return false;
	if (status !== 503) return turnedAway.has(status);
	const words = texts.filter(({ key }) => key !== 'type').map(({ text }) => text);
	return words.some((text) => refusals.test(text)) && !words.some((text) => isTrouble(text));
}

/** The proxy that has no relay to ask says so in words that are its own. */
const isTrouble = (text: string): boolean =>
	troubles.test(text.replaceAll(/no healthy upstream/gi, ''));
