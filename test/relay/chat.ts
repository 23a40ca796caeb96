import type { Archive } from './archive';
import { readConversation, type Conversation } from './conversation';
import { looseSource, verbatimSource, type Source } from './history';
import { perform } from './perform';
import { seededRandom } from './random';
import { refusals } from './refusals';
import { drawScene, type Scene } from './scene';
import { scripts } from './scripts/scripts';
import type { Situation, Status } from './situations';
import type { Bill, Turn } from './turn';
import type { Sender } from './write';

/** What the chat endpoint knows and keeps. */
export interface ChatDesk {
	apiKey: string;
	/** Models it serves; anything else has no channel. */
	models: string[] | 'any';
	history: 'verbatim' | 'any';
	pace: number;
	seed: string;
	turns: Turn[];
	bills: Bill[];
	/** Where tasks and files of this relay can be asked for. */
	archives: Archive[];
	origins: () => { task: string; media: string };
	/** What happens to the next turn that is not refused. */
	situation: (turn: Turn) => Situation;
}

/** What is paid for, unless the situation says otherwise: whatever may have reached a generator. */
const billedByDefault: Record<Situation['kind'], boolean> = {
	generate: true,
	completion: true,
	play: true,
	json: true,
	html200: true,
	silent: true,
	reset: false,
	status: false,
};

const parse = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

const refusal = (desk: ChatDesk, turn: Turn): Conversation | Status => {
	if (turn.headers['authorization'] !== `Bearer ${desk.apiKey}`) return refusals.unauthorized();
	const conversation = readConversation(turn.body);
	return typeof conversation === 'string' ? refusals.badRequest(conversation) : conversation;
};

const sourceOf = (desk: ChatDesk, conversation: Conversation): Source => {
	if (conversation.previous.length === 0) return { kind: 'none' };
	const finished = desk.turns.flatMap(({ transcript, ...turn }) =>
		turn.finished && turn.billed && transcript !== undefined ? { ...turn, transcript } : [],
	);
	const find = desk.history === 'verbatim' ? verbatimSource : looseSource;
	return find(conversation, finished);
};

/** Only what makes a video looks at model and history; a staged refusal or a recording takes any. */
const generates = (situation: Situation) =>
	situation.kind === 'generate' || situation.kind === 'completion';

const bill = (desk: ChatDesk, turn: Turn, scene: Scene, situation: Situation) => {
	const reason = generates(situation) && 'fails' in situation ? situation.fails?.reason : undefined;
	turn.billed = true;
	desk.bills.push({ taskId: scene.taskId, prompt: scene.prompt, index: turn.index });
	for (const archive of desk.archives) {
		archive.keep(scene, {
			...('tasks' in situation && situation.tasks ? { tasks: situation.tasks } : {}),
			...('media' in situation && situation.media ? { media: situation.media } : {}),
			...(reason === undefined ? {} : { reason }),
		});
	}
};

const answer = async (desk: ChatDesk, turn: Turn, sender: Sender): Promise<void> => {
	const conversation = refusal(desk, turn);
	const refused = 'kind' in conversation ? conversation : undefined;
	const read = 'kind' in conversation ? undefined : conversation;
	turn.prompt = read?.prompt ?? '';
	turn.images = read?.images ?? [];
	turn.situation = refused ?? desk.situation(turn);

	const source: Source =
		read && generates(turn.situation) ? sourceOf(desk, read) : { kind: 'none' };
	if (source.kind === 'mismatch') turn.situation = refusals.historyMismatch(source.message);
	if (
		read &&
		generates(turn.situation) &&
		desk.models !== 'any' &&
		!desk.models.includes(read.model)
	) {
		turn.situation = refusals.modelNotFound(read.model);
	}

	const { situation } = turn;
	const sourceSid = source.kind === 'found' ? source.sid : undefined;
	const dialect = 'dialect' in situation ? situation.dialect : undefined;
	const scene = drawScene(
		{
			index: turn.index,
			model: read?.model ?? '',
			prompt: turn.prompt,
			...(sourceSid === undefined ? {} : { sourceSid }),
		},
		desk.origins(),
		scripts[dialect ?? 'reference'].ids,
		seededRandom(`${desk.seed}:${turn.index}`),
	);

	if (sourceSid !== undefined) turn.sourceSid = sourceSid;
	if (situation.billed ?? billedByDefault[situation.kind]) {
		bill(desk, turn, scene, situation);
		turn.taskId = scene.taskId;
		turn.sid = scene.sid;
		turn.videoUrl = scene.urls.video;
		turn.posterUrl = scene.urls.poster;
	}
	await perform({ scene, sender, turn, stream: read?.stream ?? true, pace: desk.pace }, situation);
};

/** Takes a chat request down and answers it. */
export async function takeTurn(
	desk: ChatDesk,
	request: { headers: Record<string, string>; rawBody: string; at: number },
	sender: Sender,
	closed: Turn['closed'],
): Promise<void> {
	const sameBefore = desk.turns.filter(({ rawBody }) => rawBody === request.rawBody).length;
	const turn: Turn = {
		index: desk.turns.length,
		attempt: sameBefore + 1,
		...request,
		body: parse(request.rawBody),
		prompt: '',
		images: [],
		situation: { kind: 'generate' },
		billed: false,
		finished: false,
		bytesSent: 0,
		closed,
	};
	desk.turns.push(turn);
	void closed.then(({ by, at }) => {
		if (by === 'client') turn.closedByClient = { at };
		if (sender.response.headersSent) turn.status = sender.response.statusCode;
	});
	const count = (bytes: number) => {
		turn.bytesSent += bytes;
		turn.sentAt = Date.now();
		turn.status = sender.response.statusCode;
	};
	await answer(desk, turn, { ...sender, count });
}
