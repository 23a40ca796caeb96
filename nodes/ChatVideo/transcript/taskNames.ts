import { findTaskIds } from '../chat/taskIds';
import { trimEnd } from '../chat/trimEnd';
import type { Effect, Facts } from './facts';
import { addStage } from './stages';
import { parseSidOf, parseTaskIdOf, parseTaskPage } from './urls';

const mostIds = 100; // of one transcript

const addTaskId = (facts: Facts, id: string): Facts =>
	facts.taskIds.includes(id) || facts.taskIds.length >= mostIds
		? facts
		: { ...facts, taskIds: [...facts.taskIds, id] };

export function nameTask(facts: Facts, named: string): Facts {
	const id = trimEnd(named, /[.:]/);
	const known = { ...facts, taskId: id, triesAgain: false };
	const added = addTaskId(known, id);
	// After the end it is named once more, and nothing begins.
	return facts.stages.at(-1)?.stage === 'completed'
		? added
		: addStage(added, { stage: 'submitted' });
}

/** Some relays call the task's id a video's; where that is known, it is another's. */
export const nameVideo = (facts: Facts, id: string): Facts =>
	facts.taskId === '' ? nameTask(facts, id) : facts;

/** Tasks that are named outside of text; one in the text says more, unless it has failed. */
export const readTaskIds = (facts: Facts, ids: readonly string[]): Facts =>
	ids.reduce((read, id) => {
		const isNext = read.triesAgain && !read.taskIds.includes(id);
		return addTaskId(isNext ? nameTask(read, id) : nameVideo(read, id), id);
	}, facts);

function readTaskPage(facts: Facts, url: string): Facts {
	const page = parseTaskPage(url);
	if (page === undefined) return facts;
	const isNext = facts.triesAgain && findTaskIds(page.id).some((id) => !facts.taskIds.includes(id));
	const known = facts.taskId === '' || isNext ? nameTask(facts, page.id) : facts;
	return page.kind === 'preview'
		? { ...known, previewUrl: known.previewUrl || url }
		: { ...known, sourceUrl: known.sourceUrl || url };
}

/** What a link names besides its file. */
export function readNames(facts: Facts, url: string): Facts {
	if (parseTaskPage(url) !== undefined) return readTaskPage(facts, url);
	const sid = facts.sid === '' ? parseSidOf(url) : undefined;
	const task = parseTaskIdOf(url);
	const named = sid === undefined ? facts : { ...facts, sid };
	return task === undefined ? named : nameVideo(named, task);
}

/** What the facts that name a task do. */
export const taskEffects = {
	taskId: (facts, [id = '']) => nameTask(facts, id),
	videoId: (facts, [id = '']) => nameVideo(facts, id),
	previewLink: (facts, [url = '']) => readTaskPage({ ...facts, previewUrl: url }, url),
	sourceLink: (facts, [url = '']) => readTaskPage({ ...facts, sourceUrl: url }, url),
} satisfies Record<string, Effect>;
