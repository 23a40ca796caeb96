import { clock } from './clock';
import type { Turn } from '../relay/turn';
import { offsetOf, type Wire } from '../relay/wire';
import type { Position } from '../relay/situations';

/** What of a generation certainly reached the client before anything broke. */
export interface Delivered {
	taskId: boolean;
	video: boolean;
}

/** What came so shortly before the end may lie unread in the socket; real ms. */
const lastMoment = 50 * clock.speed;

/**
 * Reads what the relay sent with code of its own: whole events, and of the one that was cut what
 * its text had brought. What follows an event that is an error, or no JSON, nobody has to read.
 *
 * @param stoppedAt when Stop was pressed
 */
export function delivered(turn: Turn, stoppedAt = Infinity): Delivered {
	const { taskId = '', videoUrl = '' } = turn;
	const { text, whole } = toText(turn);
	const unread = Math.min(timedOutAt(turn), stoppedAt) - (turn.sentAt ?? 0) < lastMoment;
	if (!turn.billed || unread) return { taskId: false, video: false };
	return {
		taskId: text.includes(taskId),
		video: whole && turn.finished && text.includes(videoUrl),
	};
}

/** A client that closes sooner, in its first request, has read why. */
const soonest = 9_000; // ms of the fast clock; no timeout of a schedule is shorter

const timedOutAt = ({ closedByClient, at: askedAt, attempt }: Turn): number =>
	closedByClient === undefined || (attempt === 1 && closedByClient.at - askedAt < soonest)
		? Infinity
		: closedByClient.at;

function toText(turn: Turn): { text: string; whole: boolean } {
	const { situation, wire, transcript = '' } = turn;
	if (situation.kind === 'completion') return { text: transcript, whole: true };
	if (situation.kind !== 'generate' || wire === undefined) return { text: '', whole: false };
	const sent = Math.min(turn.bytesSent, at(wire, situation.cutAt), at(wire, situation.silentAt));
	const events = new TextDecoder()
		.decode(wire.bytes.subarray(0, sent))
		.replace(/^\uFEFF/, '')
		.replaceAll('\r', '')
		.split('\n\n')
		.map((event) => event.replace(/^: .*$/gm, '').replace(/^data: ?/gm, ''))
		.filter((event) => event.trim() !== '');
	let text = '';
	for (const event of events) {
		if (/^\[DONE\s*\]$/.test(event)) break;
		const said = whole(event);
		if (said === undefined) return { text: text + cut(event), whole: false };
		text += said;
	}
	return { text, whole: true };
}

const at = (wire: Wire, position: Position | undefined): number =>
	position === undefined ? Infinity : offsetOf(wire, position);

/** The text of an event; `undefined` when it is none, or an error. */
function whole(event: string): string | undefined {
	try {
		const { error, choices = [] } = JSON.parse(event);
		if (error !== undefined) return undefined;
		const said = choices[0]?.delta ?? choices[0]?.message ?? {};
		return `${said.content ?? ''}${said.reasoning_content ?? ''}`;
	} catch {
		return undefined;
	}
}

/** As much of an event's text as was there, without half an escape at its end. */
function cut(event: string): string {
	const [, said = ''] =
		/"(?:content|reasoning_content)":\s*"((?:[^"\\]|\\(?:u[0-9a-f]{4}|[^u]))*)/i.exec(event) ?? [];
	return JSON.parse(`"${said.replaceAll('\n', '')}"`) as string;
}
