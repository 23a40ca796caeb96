import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createArchive, type Archive } from './archive';
import { takeTurn, type ChatDesk } from './chat';
import { defaultModels } from './defaultModels';
import { lookUp } from './lookUp';
import type { MediaBehaviour, MediaBehaviours, MediaKind } from './mediaBehaviour';
import { seededRandom } from './random';
import { drawScene, type Scene } from './scene';
import type { Situation } from './situations';
import type { TaskBehaviours } from './taskBehaviour';
import { sendJson } from './sendJson';
import type { Bill, Closing, SeenRequest, Turn } from './turn';
import { watch } from './watch';
import type { Sender } from './write';

/** How a relay is started; everything has a default. */
export interface RelayOptions {
	/** 0 takes a free one. */
	port?: number;
	host?: string;
	apiKey?: string;
	/** Milliseconds between events. */
	pace?: number;
	/** Models it has a channel for, and lists. */
	models?: string[] | 'any';
	/** `verbatim` refuses a history that is not byte for byte what was sent; `any` looks for an id in it. */
	history?: 'verbatim' | 'any';
	seed?: string | number;
	/** What happens to a turn; undefined is an ordinary one. */
	situation?: (turn: Turn) => Situation | undefined;
	/** Another relay, or another origin, for the links to the task or to the files. */
	taskOrigin?: Relay | string;
	mediaOrigin?: Relay | string;
	/** Hears of a turn when its response is over. */
	onTurn?: (turn: Turn) => void;
}

/** A running relay. */
export interface Relay extends AsyncDisposable {
	/** Without `/v1` and without a slash at its end. */
	readonly url: string;
	readonly apiKey: string;
	/** Every `POST /v1/chat/completions`, refused ones too. */
	readonly turns: Turn[];
	/** Every request at all. */
	readonly requests: SeenRequest[];
	readonly bills: Bill[];
	/** How many generations were paid for. */
	readonly billed: number;
	readonly openSockets: number;
	/** What happens to the next turns that are not refused, before the `situation` option is asked. */
	next(...situations: Situation[]): void;
	/** The turn of that index, once it has arrived. */
	turn(index: number): Promise<Turn>;
	/** A task that no chat call started, to be asked for. */
	start(task?: {
		prompt?: string;
		model?: string;
		tasks?: TaskBehaviours;
		media?: MediaBehaviours;
		/** Makes it a task that failed. */
		reason?: string;
	}): Scene;
	/** The URL of a file that belongs to no turn. */
	publish(kind: MediaKind, behaviour?: MediaBehaviour): string;
	/** What can be asked for here; another relay's task or media origin keeps its own things in it. */
	readonly archive: Archive;
	/** Ends everything at once; rejects if the relay itself went wrong. */
	close(): Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<string> => {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part);
	return Buffer.concat(parts).toString();
};

/** Starts a relay on this machine that speaks the reference format for any prompt. */
export async function startRelay(options: RelayOptions = {}): Promise<Relay> {
	const { host = '127.0.0.1', port = 0, apiKey = 'test-key', models = defaultModels } = options;
	const seed = String(options.seed ?? 'relay');
	const requests: SeenRequest[] = [];
	const archive = createArchive();
	const queue: Situation[] = [];
	const sockets = new Set<Socket>();
	const running = new Set<Promise<void>>();
	const faults: unknown[] = [];
	const waiting = new Map<number, Array<(turn: Turn) => void>>();
	let closing = false;
	let url = '';
	let drawn = 0;

	const elsewhere = [options.taskOrigin, options.mediaOrigin].flatMap((origin) =>
		typeof origin === 'object' ? origin.archive : [],
	);
	const originOf = (origin: Relay | string | undefined) =>
		(typeof origin === 'object' ? origin.url : origin) ?? url;
	const origins = () => ({
		task: originOf(options.taskOrigin),
		media: originOf(options.mediaOrigin),
	});

	const desk: ChatDesk = {
		apiKey,
		models,
		history: options.history ?? 'verbatim',
		pace: options.pace ?? 0,
		seed,
		turns: [],
		bills: [],
		archives: [...new Set([archive, ...elsewhere])],
		origins,
		situation: (turn) => queue.shift() ?? options.situation?.(turn) ?? { kind: 'generate' },
	};

	const chat = async (seen: SeenRequest, sender: Sender, closed: Promise<Closing>) => {
		const { headers, at, body: rawBody = '' } = seen;
		const done = takeTurn(desk, { headers, at, rawBody }, sender, closed);
		const turn = desk.turns.at(-1);
		if (turn) {
			for (const resolve of waiting.get(turn.index) ?? []) resolve(turn);
			waiting.delete(turn.index);
			void closed.then(() => options.onTurn?.(turn));
		}
		await done;
	};

	const exchange = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const { sender, closed } = watch(response, () => closing);
		const seen: SeenRequest = {
			method: request.method ?? '',
			path: request.url ?? '',
			headers: Object.fromEntries(
				Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
			),
			at: Date.now(),
		};
		requests.push(seen);
		void closed.then(() => {
			if (response.headersSent) seen.status = response.statusCode;
		});
		const body = await readBody(request).catch(() => undefined);
		// The client went away in the middle of its own request.
		if (body === undefined) return;
		if (body !== '') seen.body = body;
		const { pathname } = new URL(`${url}${seen.path}`);
		if (pathname === '/v1/chat/completions' && seen.method === 'POST') {
			return await chat(seen, sender, closed);
		}
		await lookUp({ apiKey, models, archive }, seen, sender);
	};

	const server = createServer((request, response) => {
		const done = exchange(request, response)
			.catch((fault: unknown) => {
				faults.push(fault);
				if (response.headersSent) response.destroy();
				else sendJson(response, 500, { error: { message: `The relay itself: ${String(fault)}` } });
			})
			.finally(() => running.delete(done));
		running.add(done);
	});
	server.requestTimeout = 0;
	server.on('connection', (socket) => {
		// One that was waiting at the door when the relay closed.
		if (closing) socket.destroy();
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	server.on('clientError', (_, socket) => socket.destroy());

	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve();
		});
	});
	const { port: bound } = server.address() as AddressInfo;
	url = `http://${host}:${bound}`;

	const close = async () => {
		if (closing) return;
		closing = true;
		const closed = new Promise((resolve) => server.close(resolve));
		const gone = [...sockets].map(
			(socket) => new Promise((resolve) => socket.once('close', resolve)),
		);
		for (const socket of sockets) socket.destroy();
		await Promise.all([closed, ...gone]);
		await Promise.all(running);
		if (faults.length > 0) throw faults[0];
	};

	return {
		url,
		apiKey,
		turns: desk.turns,
		requests,
		bills: desk.bills,
		archive,
		get billed() {
			return desk.bills.length;
		},
		get openSockets() {
			return sockets.size;
		},
		next(...situations) {
			queue.push(...situations);
		},
		turn(index) {
			const arrived = desk.turns[index];
			if (arrived) return Promise.resolve(arrived);
			return new Promise((resolve) => {
				waiting.set(index, [...(waiting.get(index) ?? []), resolve]);
			});
		},
		start({ prompt = 'a task', model = 'sora-2', ...behaviours } = {}) {
			const random = seededRandom(`${seed}:task:${drawn++}`);
			const scene = drawScene({ index: 0, model, prompt }, origins(), 'ulid', random);
			for (const kept of desk.archives) kept.keep(scene, behaviours);
			return scene;
		},
		publish(kind, behaviour = {}) {
			const { urls } = drawScene(
				{ index: 0, model: '', prompt: '' },
				origins(),
				'ulid',
				seededRandom(`${seed}:file:${drawn++}`),
			);
			const { pathname } = new URL(urls[kind]);
			const medium = { path: pathname, kind, orientation: 'portrait' as const, behaviour };
			for (const kept of desk.archives) kept.publish(medium);
			return urls[kind];
		},
		close,
		[Symbol.asyncDispose]: close,
	};
}
