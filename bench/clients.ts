import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Dispatcher } from 'undici';

/** The same question of every client. */
export const ask = {
	model: 'sora-2',
	messages: [{ role: 'user', content: 'A calico kitten asleep in the sun' }],
	stream: true,
} as const;

export const apiKey = 'sk-benchmark';

/** Reads the answer of a relay to its end: its text, or how many bytes there were. */
type Client = (baseUrl: string) => Promise<string | number>;

const request = {
	method: 'POST',
	headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
	body: JSON.stringify(ask),
} as const;

const endpoint = (baseUrl: string): string => `${baseUrl}/v1/chat/completions`;

interface Undici {
	request(
		url: string,
		options: Omit<Dispatcher.RequestOptions, 'origin' | 'path'> & { dispatcher?: Dispatcher },
	): Promise<Dispatcher.ResponseData>;
	Agent: new (options: { pipelining: number }) => Dispatcher;
}

/** Loads a package or a file when it is called, from this repository. */
export const load = createRequire(__filename);

/** As its users load it, and not its few modules that the node has. */
export const loadUndici = (): Undici => load('undici') as Undici;

/** The reference: bytes are counted and thrown away. */
export const raw = (): Client => readRaw(loadUndici());

/** The same with a connection for every request, as the node must have. */
export function rawWithOwnConnection(): Client {
	const undici = loadUndici();
	return readRaw(undici, new undici.Agent({ pipelining: 0 }));
}

const readRaw =
	(undici: Undici, dispatcher?: Dispatcher): Client =>
	async (baseUrl) => {
		const options = { ...request, ...(dispatcher && { dispatcher }) };
		const { body } = await undici.request(endpoint(baseUrl), options);
		let bytes = 0;
		for await (const piece of body as AsyncIterable<Uint8Array>) bytes += piece.length;
		return bytes;
	};

interface OpenAI {
	chat: { completions: { create(request: object): Promise<AsyncIterable<WireChunk>> } };
}

interface WireChunk {
	choices: Array<{ delta?: { content?: string | null } }>;
}

/** The `openai` SDK, from the folder of what is compared. */
export function openai(): Client {
	const loadPeer = createRequire(join(__dirname, '..', 'bench', 'package.json'));
	const { OpenAI } = loadPeer('openai') as { OpenAI: new (options: object) => OpenAI };
	return async (baseUrl) => {
		const client = new OpenAI({ baseURL: `${baseUrl}/v1`, apiKey, maxRetries: 0 });
		let text = '';
		for await (const chunk of await client.chat.completions.create(ask)) {
			text += chunk.choices[0]?.delta?.content ?? '';
		}
		return text;
	};
}

/** The node's own way from the socket to the finished result, ledger and timeouts included. */
export async function node(): Promise<Client> {
	const [{ createLedger }, { submit }, { createClient }] = await Promise.all([
		import('../nodes/ChatVideo/call/ledger'),
		import('../nodes/ChatVideo/call/submit'),
		import('../nodes/ChatVideo/transport/node/client'),
	]);
	const client = createClient({ ignoreSslIssues: false });
	const { model, messages } = ask;
	return async (baseUrl) => {
		const turn = {
			...request,
			url: endpoint(baseUrl),
			model,
			prompt: messages[0].content,
			messages,
			maxSize: 0,
		};
		const submission = {
			turn,
			baseUrl,
			apiKey,
			call: { run: 0, item: 0, digest: 'digest', wording: '', execution: '' },
			timeout: 1_800_000,
			idleTimeout: 300_000,
			recover: true,
			submitAgain: false,
			maxTries: 3,
		};
		const result = await submit(submission, {
			client,
			ledger: createLedger({}),
			cancel: undefined,
			saved: () => Promise.resolve(),
			allows: () => Promise.resolve(true),
			onTask: () => {},
			onProgress: () => {},
		});
		return 'transcript' in result ? (result.transcript ?? '') : '';
	};
}
