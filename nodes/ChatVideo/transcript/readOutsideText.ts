import { isAttached } from '../chat/attachments';
import type { Delta, TaskReport } from '../chat/deltas';
import type { Output } from '../chat/outputs';
import type { Facts } from './facts';
import { fail } from './failure';
import { addPercent, addStage } from './stages';
import { nameTask, readTaskIds } from './taskNames';
import { kindOfUrl } from './urls';
import { addDownload, addGif, addPoster, addUrl, addVideo, readLooseUrls } from './videos';

/** What a delta names outside its text; most name nothing. */
export function readOutsideText(
	before: Facts,
	{ outputs, taskIds, looseUrls, task }: Delta,
): Facts {
	let facts = before;
	if (outputs.length > 0) facts = readOutputs(facts, outputs);
	if (taskIds.length > 0) facts = readTaskIds(facts, taskIds);
	if (looseUrls.length > 0) facts = readLooseUrls(facts, looseUrls);
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
	const named = task.taskId === '' ? facts : nameTask(facts, task.taskId);
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
