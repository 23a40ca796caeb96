import { standsIn } from './standsIn';
import { findTaskIds } from './taskIds';
import { textsOf } from './textsOf';

const idKey = /^(?:task|job|video|generation)_?id$/i;

/** An id of any form, by what stands in front of it. */
const labelled =
	/(?:\b(?:task|job|generation|video)[\s_-]*id|\b(?:task|job)|任务(?:ID)?|任務(?:ID)?)["'`“\s:：=#]{1,4}([\w:.-]{8,200})/gi;

/** An error's words about what is still going on: another task's, which a limit names. */
const ofLimit =
	/still (?:running|process|generating|in progress|queued)|already (?:running|process|generating|in progress)|in progress|concurren|limit|正在|尚未|未完成/i;

/**
 * The tasks that an error's answer names as its own: by a key, or in its words; none that stands in
 * the request.
 *
 * @param isGate the answer is a refusal, whose words about a limit name another's task
 */
export function ownTasks(body: unknown, request: string, isGate: boolean): readonly string[] {
	const isSent = standsIn(request);
	const ids = textsOf(body).flatMap(({ key, text }) => {
		if (idKey.test(key)) return /^\S+$/.test(text) && text !== '0' ? [text] : [];
		if (isGate && ofLimit.test(text)) return [];
		return [...findTaskIds(text), ...labelledIds(text)];
	});
	return [...new Set(ids)].filter((id) => !isSent(id));
}

/** Whether any task is named, whosever it is. */
export const namesTask = (body: string, request: string): boolean =>
	ownTasks(body, request, false).length > 0;

const fewestDigits = 4; // as a word has none, and a model's name few

/** Whether it may be an id, and not a word. */
export const enoughDigits = (id: string): boolean => id.replace(/\D/g, '').length >= fewestDigits;

const labelledIds = (text: string): string[] =>
	[...text.matchAll(labelled)]
		.map(([, id = '']) => id.replace(/(?<![.:-])[.:-]+$/, ''))
		.filter(enoughDigits);
