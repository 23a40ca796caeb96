import { isAttached } from '../chat/attachments';
import type { Delta, TaskReport } from '../chat/deltas';
import type { Output } from '../chat/outputs';
import type { Facts } from './facts';
import { fail } from './failure';
import { addPercent, addStage } from './stages';
import { nameTask, readTaskIds } from './taskNames';
import { kindOfUrl } from './urls';
import { addDownload, addGif, addPoster, addUrl, addUrls, addVideo, readLooseUrls } from './videos';

/** What a delta names outside its text; most name nothing. */
export function readOutsideText(
	before: Facts,
	{ outputs, taskIds, looseUrls, otherUrls, task }: Delta,
): Facts {
	let facts = before;
	if (outputs.length > 0) facts = readOutputs(facts, outputs);
	if (taskIds.length > 0) facts = readTaskIds(facts, taskIds);
	if (looseUrls.length > 0) facts = readLooseUrls(facts, looseUrls);
	if (otherUrls.length > 0) facts = { ...facts, otherUrls: addUrls(facts.otherUrls, otherUrls) };
	return task === undefined ? facts : readTaskReport(facts, task);
}

/** Files that a relay names outside its text; a field or a type says that one is the video. */
export const readOutputs = (facts: Facts, outputs: readonly Output[]): Facts =>
	outputs.reduce((read, { url, type, taskId }) => {
		if (isAttached(url)) return addVideo(read, url, 'labelled');
		if (type === 'other' || !/^(?:https?:\/\/|\/[^/])[^\s<>]+$/i.test(url)) return read;
		const named = taskId.startsWith('s_') && read.sid === '' ? { ...read, sid: taskId } : read;
		const kind = kindOfUrl(url);
		if (kind === 'page' || type === 'cited') return addUrl(named, url, 'bare', type === 'cited');
		if (kind === 'gif') return addGif(named, url);
		const isImage = type === 'image' || (type === '' && kind === 'image');
		return isImage ? addPoster(named, url) : addVideo(named, url, 'labelled');
	}, facts);

/** What the body of a task endpoint says. */
function readTaskReport(facts: Facts, task: TaskReport): Facts {
	const { state, percent = -1, reason = '' } = task;
	const named = task.taskId ? nameTask(facts, task.taskId) : facts;
	if (state === 'failed') return fail(named, reason);
	const staged = addStage(named, { stage: state });
	if (state === 'generating') return addPercent(staged, percent);
	return state === 'completed' ? readTaskFiles(staged, task) : staged;
}

function readTaskFiles(facts: Facts, task: TaskReport): Facts {
	const { posterUrl, videoUrl = '', downloadUrl, gifUrl } = task;
	const withPoster = posterUrl ? addPoster(facts, posterUrl) : facts;
	const withVideo = addVideo(withPoster, videoUrl, 'labelled');
	const withTwin = downloadUrl ? addDownload(withVideo, downloadUrl) : withVideo;
	return gifUrl ? addGif(withTwin, gifUrl) : withTwin;
}
