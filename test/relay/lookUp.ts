import type { Archive } from './archive';
import { defaultModels } from './defaultModels';
import { sendMedium } from './media';
import { sendJson } from './sendJson';
import type { TaskEndpoint } from './taskBehaviour';
import { sendTask } from './tasks';
import type { SeenRequest } from './turn';
import type { Sender } from './write';

interface Route {
	pattern: RegExp;
	endpoint: TaskEndpoint;
	/** Whether it asks for the key. */
	key: boolean;
}

const taskRoutes: Route[] = [
	{ pattern: /^\/web\/(.+)$/, endpoint: 'web', key: false },
	{ pattern: /^\/source\/(.+)$/, endpoint: 'source', key: false },
	{ pattern: /^\/api\/share\/(.+)$/, endpoint: 'share', key: false },
	{ pattern: /^\/v1\/video\/query$/, endpoint: 'query', key: true },
	{ pattern: /^\/v1\/videos\/(.+)$/, endpoint: 'videos', key: true },
	{ pattern: /^\/v2\/videos\/generations\/(.+)$/, endpoint: 'generations', key: true },
];

const unauthorized = {
	error: { message: 'Invalid token', message_zh: '无效的令牌', type: 'new_api_error', code: '' },
};

/** A path that is no UTF-8 names no task; that is the client's fault, not the relay's. */
const decoded = (path: string): string => {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
};

/** Answers whatever only reads: models, files, tasks. */
export async function lookUp(
	{ apiKey, models, archive }: { apiKey: string; models: string[] | 'any'; archive: Archive },
	seen: SeenRequest,
	sender: Sender,
): Promise<void> {
	const at = new URL(`http://relay${seen.path}`);
	const { response } = sender;
	const authorized = seen.headers['authorization'] === `Bearer ${apiKey}`;

	if (seen.method !== 'GET' && seen.method !== 'HEAD') {
		return sendJson(response, 405, { error: { message: `${seen.method} is not served here` } });
	}
	if (at.pathname === '/v1/models') {
		if (!authorized) return sendJson(response, 401, unauthorized);
		const data = (models === 'any' ? defaultModels : models).map((id) => ({
			id,
			object: 'model',
			created: 1_626_777_600,
			owned_by: 'custom',
			supported_endpoint_types: ['openai'],
		}));
		return sendJson(response, 200, { data, object: 'list', success: true });
	}
	const medium = archive.medium(at.pathname);
	if (medium) return await sendMedium(sender, medium, { url: at, method: seen.method });

	for (const { pattern, endpoint, key } of taskRoutes) {
		const match = pattern.exec(at.pathname);
		if (!match) continue;
		if (key && !authorized) return sendJson(response, 401, unauthorized);
		const id = match[1] === undefined ? at.searchParams.get('id') : decoded(match[1]);
		return await sendTask(sender, endpoint, archive.task(id ?? ''));
	}
	sendJson(response, 404, { error: { message: `Invalid URL (${seen.method} ${at.pathname})` } });
}
