import { standsIn } from './standsIn';
import { findTaskIds } from './taskIds';
import { taskWords } from './taskWords';
import { textsOf } from './textsOf';

/**
 * The tasks that an error's answer names as its own: by a key, or in its words; none that stands in
 * the request.
 *
 * @param isGate the answer is a refusal, whose words about a limit name another's task
 */
export function ownTasks(body: unknown, request: string, isGate: boolean): readonly string[] {
	const isSent = standsIn(request);
	const ids = textsOf(body).flatMap(({ key, text }) => {
		if (taskWords.errorKey.test(key)) return /^\S+$/.test(text) && text !== '0' ? [text] : [];
		if (isGate && taskWords.ofLimit.test(text)) return [];
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
	[...text.matchAll(taskWords.label)]
		.map(([, id = '']) => id.replace(/(?<![.:-])[.:-]+$/, ''))
		.filter(enoughDigits);
