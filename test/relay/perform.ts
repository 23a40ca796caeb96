import type { Beat } from './beat';
import { breakOff } from './breakOff';
import { completion } from './completion';
import { endlessFrom } from './endless';
import { pause } from './pause';
import { readRecording } from './recording';
import { refusals } from './refusals';
import { reshape } from './reshape';
import type { Scene } from './scene';
import { scripts } from './scripts/scripts';
import { send } from './send';
import type {
	Completion,
	Generate,
	Play,
	Reset,
	Silent,
	Situation,
	Status,
	Story,
} from './situations';
import type { Turn } from './turn';
import { frame } from './wire';
import { write, type Sender } from './write';

/** One turn on stage: what it is about, who listens, and the record that is kept of it. */
export interface Performance {
	scene: Scene;
	sender: Sender;
	turn: Turn;
	/** Whether the request asked for a stream. */
	stream: boolean;
	/** Milliseconds between events, if the situation does not say. */
	pace: number;
}

const sendWhole = (
	sender: Sender,
	status: number,
	body: unknown,
	headers: Record<string, string>,
) => {
	const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
	sender.count(Buffer.byteLength(text));
	sender.response.writeHead(status, headers).end(text);
};

/** The chunks of a turn, in the dialect and shape that its situation asks for. */
const rehearse = (scene: Scene, story: Generate | Completion) => {
	const script = scripts[story.dialect ?? 'reference'];
	const shown = {
		...scene,
		...(story.progress ? { progress: story.progress } : {}),
		...(story.queueDots === undefined ? {} : { queueDots: story.queueDots }),
	};
	const written = script
		.write(shown, story)
		.flatMap((beat) => [
			...asidesBefore(beat, scene, story),
			story.endsWithPage ? pageFor(beat, scene) : beat,
		]);
	const beats = reshape(written, story);
	const transcript = beats.map(({ delta }) => delta.content ?? '').join('');
	const completes = script.completes && !story.fails && !story.endsWithPage;
	return { beats, transcript, completes };
};

const asidesBefore = ({ reaches }: Beat, { urls }: Scene, { asides = [] }: Story): Beat[] =>
	asides
		.filter(({ before }) => before === reaches)
		.map(({ text }) => ({ delta: { content: text.replaceAll('{preview}', urls.preview) } }));

const pageFor = ({ delta, ...beat }: Beat, { urls }: Scene): Beat => {
	const said = { ...delta };
	delete said.output;
	const page = new URL('/help', urls.video).href;
	const content = said.content?.replaceAll(urls.video, page).replaceAll(urls.download, page);
	return { ...beat, delta: content === undefined ? said : { ...said, content } };
};

const generate = async (on: Performance, situation: Generate): Promise<void> => {
	const { scene, sender, turn } = on;
	const { beats, transcript, completes } = rehearse(scene, situation);
	turn.transcript = transcript;
	const python = situation.python ?? situation.dialect === 'sora2api';
	const wire = frame(beats, scene, { ...situation, python });
	turn.wire = wire;
	const textEnd = wire.stages.afterResult ?? wire.stages.beforeDone ?? Infinity;
	const reached = (offset: number) => {
		if (completes && offset >= textEnd) turn.finished = true;
	};
	const trailers = Object.fromEntries(
		Object.entries(situation.trailers ?? {}).map(([name, value]) => [
			name,
			value.replace('{taskId}', scene.taskId),
		]),
	);
	const delivery = { ...situation, trailers, pace: situation.pace ?? on.pace };
	await send({ ...sender, reached }, wire, delivery, endlessFrom(wire, scene, situation.endless));
};

const complete = ({ scene, sender, turn }: Performance, situation: Generate | Completion) => {
	const { beats, transcript, completes } = rehearse(scene, situation);
	turn.transcript = transcript;
	turn.finished = completes;
	sendWhole(sender, 200, completion(scene, beats), { 'content-type': 'application/json' });
};

const playBack = async ({ sender, turn, pace }: Performance, situation: Play): Promise<void> => {
	const { wire, transcript } = readRecording(situation);
	turn.transcript = transcript;
	const reached = (offset: number) => {
		turn.finished = offset === wire.bytes.length;
	};
	await send({ ...sender, reached }, wire, { ...situation, pace: situation.pace ?? pace });
};

const refuse = async ({ sender }: Performance, situation: Status): Promise<void> => {
	if (situation.after && !(await pause(situation.after, sender.signal))) return;
	sendWhole(sender, situation.status, situation.body, {
		'content-type': situation.contentType ?? 'application/json; charset=utf-8',
		...situation.headers,
	});
};

const startOnly = async ({ sender }: Performance, { when }: Reset | Silent): Promise<void> => {
	if (when === 'beforeHeaders') return;
	sender.response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
	await write(sender, Buffer.alloc(0));
};

/** Does what a situation says to the turn's response. */
export async function perform(on: Performance, situation: Situation): Promise<void> {
	switch (situation.kind) {
		case 'generate':
			return on.stream ? await generate(on, situation) : complete(on, situation);
		case 'completion':
			return complete(on, situation);
		case 'play':
			return await playBack(on, situation);
		case 'status':
			return await refuse(on, situation);
		case 'json':
			return sendWhole(on.sender, 200, situation.body, { 'content-type': 'application/json' });
		case 'html200':
			return await refuse(on, { ...refusals.html(200), status: 200 });
		case 'reset':
			await startOnly(on, situation);
			return await breakOff(on.sender, { by: 'reset' });
		case 'silent':
			await startOnly(on, situation);
			return void (await pause(Infinity, on.sender.signal));
	}
}
