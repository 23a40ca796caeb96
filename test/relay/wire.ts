import type { Beat } from './beat';
import { chunk } from './chunk';
import type { Scene } from './scene';
import type { Framing, Position, Stage } from './situations';

/** A response body before it travels. */
export interface Wire {
	bytes: Buffer;
	/** Offsets at which an event ends. */
	ends: number[];
	stages: Partial<Record<Stage, number>>;
}

/** In the order they are reached. */
export const stages: readonly Stage[] = [
	'start',
	'beforeTask',
	'afterTask',
	'afterProgress',
	'midResult',
	'afterResult',
	'beforeDone',
];

/** Where a position is; a stage that a turn does not have is where the next one is. */
export function offsetOf(wire: Wire, at: Position): number {
	if (typeof at === 'number') return Math.min(Math.max(at, 0), wire.bytes.length);
	const found = stages.slice(stages.indexOf(at)).find((stage) => wire.stages[stage] !== undefined);
	return (found && wire.stages[found]) ?? wire.bytes.length;
}

/** JSON as Python's `json.dumps` prints it. A line break cannot stand inside a JSON string, so all of them are layout. */
const pythonJson = (value: unknown) =>
	JSON.stringify(value, null, 1)
		.replace(/(?<=[[{])\n\s*|\n\s*(?=[\]}])/g, '')
		.replace(/\n\s*/g, ' ')
		.replace(
			/[\u0080-\uffff]/g,
			(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);

const json = (value: unknown, framing: Framing): string => {
	if (framing.python) return pythonJson(value);
	if (framing.prettyPrinted && !framing.packing) return JSON.stringify(value, null, 2);
	return JSON.stringify(value);
};

/** One event with what separates it from the next. */
const event = (payload: string, framing: Framing): string => {
	const { noSpace, prettyPrinted, packing } = framing;
	const start = packing === 'lines' ? '' : noSpace ? 'data:' : 'data: ';
	const body = prettyPrinted === 'prefixed' ? payload.replaceAll('\n', `\n${start}`) : payload;
	const text = `${start}${body}${packing ? '\n' : '\n\n'}`;
	return framing.crlf ? text.replaceAll('\n', '\r\n') : text;
};

/** Inside the video's URL, where a cut hurts most. */
const middle = (text: string, url: string): number => {
	const at = text.indexOf(url);
	return Buffer.byteLength(
		at < 0 ? text.slice(0, text.length / 2) : text.slice(0, at + url.length - 9),
	);
};

/** Puts `text` between two events, at or after `at`; what follows moves on, or is dropped. */
const insert = (wire: Wire, at: Position, text: string, rest: 'kept' | 'dropped'): Wire => {
	const wanted = offsetOf(wire, at);
	const boundary = wanted === 0 ? 0 : (wire.ends.find((end) => end >= wanted) ?? wire.bytes.length);
	const added = Buffer.from(text);
	const tail = rest === 'kept' ? wire.bytes.subarray(boundary) : Buffer.alloc(0);
	const bytes = Buffer.concat([wire.bytes.subarray(0, boundary), added, tail]);
	const moved = (offset: number) => (offset < boundary ? offset : offset + added.length);

	return {
		bytes,
		ends: [...wire.ends.filter((end) => end <= boundary), boundary + added.length]
			.concat(wire.ends.filter((end) => end > boundary).map(moved))
			.filter((end) => end <= bytes.length),
		stages: Object.fromEntries(
			Object.entries(wire.stages)
				.map(([stage, offset]) => [stage, moved(offset)] as const)
				.filter(([, offset]) => offset <= bytes.length),
		),
	};
};

/** Every event of a turn as one body, with its landmarks. */
export function frame(beats: Beat[], scene: Scene, framing: Framing): Wire {
	const parts: Buffer[] = [];
	const ends: number[] = [];
	const stages: Wire['stages'] = { start: 0 };
	let length = 0;

	const write = (text: string) => {
		const bytes = Buffer.from(text);
		parts.push(bytes);
		length += bytes.length;
		ends.push(length);
	};
	const lineEnd = framing.crlf ? '\r\n' : '\n';
	const pingEvery = framing.packing === 'lines' ? 0 : framing.pingEvery;
	let events = 0;
	const writeEvent = (payload: string) => {
		write((length === 0 && framing.bom ? '\ufeff' : '') + event(payload, framing));
		events += 1;
		if (pingEvery && events % pingEvery === 0) write(`: PING${lineEnd}${lineEnd}`);
	};

	for (const beat of beats) {
		const payload = json(chunk(scene, beat, framing), framing);
		if (beat.reaches) stages[beat.reaches] = length;
		if (beat.result) stages.midResult = length + middle(event(payload, framing), scene.urls.video);
		for (const each of withOtherChoice(scene, beat, framing, payload)) writeEvent(each);
		if (framing.noise !== undefined && !framing.packing) write(framing.noise);
	}
	if (framing.usageChunk) writeEvent(json(usage(scene), framing));
	stages.beforeDone = length;
	const { prettyPrinted, packing } = framing;
	const done = prettyPrinted === 'documented' && !packing ? '[DONE\n]' : '[DONE]';
	if (!framing.omitDone) writeEvent(done);

	return withFaults({ bytes: Buffer.concat(parts, length), ends, stages }, scene, framing);
}

/** The events of a beat, where two choices speak. */
const withOtherChoice = (
	scene: Scene,
	beat: Beat,
	framing: Framing,
	payload: string,
): readonly string[] => {
	if (framing.twoChoices === undefined) return [payload];
	const other = otherChoice(scene, beat, framing);
	if (framing.twoChoices === 'after') return [payload, json(other, framing)];
	if (framing.twoChoices === 'before') return [json(other, framing), payload];
	const own = chunk(scene, beat, framing);
	return [json({ ...own, choices: [...other.choices, ...own.choices] }, framing)];
};

/** Of another generation: the same words, with an id and a link of its own, after its index. */
const otherChoice = (scene: Scene, beat: Beat, framing: Framing) => {
	const other = scene.taskId.slice(0, -1) + (scene.taskId.endsWith('0') ? '1' : '0');
	const content = beat.delta.content
		?.replaceAll(scene.taskId, other)
		.replaceAll('/cdn/', '/cdn/other-');
	const said = { ...beat, delta: { ...(content != null && { content }) } };
	const own = chunk(scene, said, framing);
	const index = framing.indexAs === 'text' ? '1' : 1;
	return {
		...own,
		choices: own.choices.map((choice) => Object.assign({ index }, choice, { index })),
	};
};

const usage = ({ chatId, created, model }: Scene) => ({
	id: chatId,
	object: 'chat.completion.chunk',
	created,
	model,
	system_fingerprint: null,
	choices: [],
	usage: { prompt_tokens: 300, completion_tokens: 280, total_tokens: 580 },
});

/** Broken JSON and error events come after the good body is laid out, so that their positions mean what they say. */
function withFaults(wire: Wire, scene: Scene, framing: Framing): Wire {
	const { malformedAt, errorEvent } = framing;
	const broken =
		malformedAt === undefined
			? wire
			: insert(
					wire,
					malformedAt,
					event(`{"id":"${scene.chatId}","choices":[{"ind`, framing),
					'kept',
				);
	if (!errorEvent) return broken;

	const said = event(json({ error: errorEvent.error }, framing), framing);
	const done = errorEvent.then === 'done' ? event('[DONE]', framing) : '';
	const rest = errorEvent.then === 'rest' ? 'kept' : 'dropped';
	return insert(broken, errorEvent.at, said + done, rest);
}
