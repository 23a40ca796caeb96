import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Engine } from '../test/support/engine';
import { chain, chatVideoNode } from '../test/support/engineWorkflow';
import { listening } from '../test/support/listening';

/** What a sample of a relay says must come out; fields that are not named here are the item's. */
export interface Expected {
	status?: string;
	/** `BASE` stands for the origin of the base URL; `data:…` means that the file itself comes out. */
	videoUrl?: string;
	progress?: number[];
	/** Part of what the error says. */
	reasonIncludes?: string;
	/** What must not come out. */
	notStatus?: string;
	notVideo?: string;
	/** `completed` is the last entry of the log, and no other one. */
	noEarlyCompleted?: boolean;
	/** The task's, of the body of a task endpoint. */
	id?: string;
	[field: string]: unknown;
}

/** One entry of the index of samples that are played through the node. */
export interface PlayedSample {
	file: string;
	/** A body of the POST, as a success or not; a whole completion; the body of a task endpoint. */
	kind: 'stream' | 'failure' | 'completion_json' | 'status_json';
	httpStatus: number;
	contentType: string | null;
	expected: Expected;
}

const node = 'Chat Video';

/**
 * Answers the node with a sample, by a server of its own and through n8n's engine, and gives the
 * fields by the names the sample uses.
 */
export async function playSample(
	engine: Engine,
	sample: PlayedSample,
	body: string,
): Promise<Record<string, unknown>> {
	await using server = await listening(createServer(answerWith(sample, body)));
	const base = `http://127.0.0.1:${server.port}`;
	const parameters = toParameters(sample);
	const run = await engine.run(
		chain(chatVideoNode({ parameters, onError: 'continueRegularOutput' })),
		{ credentials: { chatVideoApi: { baseUrl: base, apiKey: randomUUID() } } },
	);
	const [item] = run.items(node);
	return item === undefined ? {} : toFields(item, base);
}

function toParameters({ kind, expected }: PlayedSample): IDataObject {
	const isFile = expected.videoUrl?.startsWith('data:') === true;
	const rest = { simplify: false, downloadVideo: isFile };
	if (kind === 'status_json') {
		return { operation: 'get', taskId: expected.id ?? 'task_0', ...rest, options: { wait: false } };
	}
	// A sample is all there is: nobody else knows its task.
	return { operation: 'generate', prompt: 'A sample', ...rest, options: { recover: false } };
}

const answerWith =
	({ kind, httpStatus, contentType, file }: PlayedSample, body: string) =>
	(request: IncomingMessage, response: ServerResponse): void => {
		request.resume();
		const isAsked = kind === 'status_json' ? /^\/v1\/videos\/[^/]+$/ : /\/chat\/completions$/;
		if (!isAsked.test(request.url ?? '')) {
			response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
			return;
		}
		const type = file.endsWith('.json') ? 'application/json' : 'text/event-stream';
		response.writeHead(httpStatus, { 'content-type': contentType ?? type }).end(body);
	};

function toFields({ json, binary }: INodeExecutionData, base: string): Record<string, unknown> {
	const log = Array.isArray(json.progressLog) ? (json.progressLog as IDataObject[]) : [];
	const stages = log.map(({ stage }) => stage);
	const isFailed = json.error !== undefined;
	const url = typeof json.videoUrl === 'string' ? json.videoUrl : undefined;
	const [file] = Object.values(binary ?? {});
	return {
		...json,
		id: json.taskId,
		status: isFailed ? 'failed' : json.status,
		videoUrl: url?.replace(base, 'BASE') ?? (file && `data:${file.mimeType};base64,…`),
		progress: log.flatMap(({ percent }) => (percent === undefined ? [] : [percent])),
		reason: isFailed ? [json.error, json.reason].filter(Boolean).join(' ') : undefined,
		noEarlyCompleted: !stages.slice(0, -1).includes('completed') && stages.at(-1) === 'completed',
	};
}
