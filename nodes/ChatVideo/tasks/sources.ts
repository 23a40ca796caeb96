import type { TaskLinks } from '../chat/errors';
import { isOperation } from '../chat/taskIds';
import { parseTaskPage } from '../transcript/urls';

/** An address that knows of a task. The key goes to the relay's own endpoints only. */
export interface TaskSource {
	url: string;
	withKey: boolean;
	/** Where the file of a completed task is, when the answer has no address for it. */
	contentUrl?: string;
}

/**
 * Where a task can be asked for, the best first: its own data link, which is documented as the
 * way to the result when a transfer breaks, then the relay's endpoints.
 *
 * @param baseUrl without `/v1`
 */
export function toSources(baseUrl: string, task: TaskLinks, model: string): readonly TaskSource[] {
	const { taskId = '' } = task;
	const id = encodeURIComponent(taskId);
	const withModel = encodeURIComponent(`${model}:${taskId}`);
	const links = dataLinks(task).map((url) => ({ url, withKey: false }));
	if (taskId === '') return links;
	const toEndpoint = (path: string): TaskSource => ({ url: baseUrl + path, withKey: true });
	const video = toEndpoint(`/v1/videos/${id}`);
	return [
		...links,
		...(isOperation(taskId) ? [toEndpoint(`/v1beta/${taskId}`)] : []),
		toEndpoint(`/v1/video/query?id=${id}`),
		...(model === '' || taskId.includes(':')
			? []
			: [toEndpoint(`/v1/video/query?id=${withModel}`)]),
		{ ...video, contentUrl: `${video.url}/content` },
		toEndpoint(`/v2/videos/generations/${id}`),
	];
}

/** The data link, as it was given or made of the preview's, and its share. */
export function dataLinks({ sourceUrl, previewUrl = '' }: TaskLinks): string[] {
	const page = parseTaskPage(previewUrl);
	const source =
		sourceUrl ?? (page?.kind === 'preview' ? previewUrl.replace('/web/', '/source/') : undefined);
	if (source === undefined) return [];
	return source.includes('/source/')
		? [source, source.replace('/source/', '/api/share/')]
		: [source];
}
