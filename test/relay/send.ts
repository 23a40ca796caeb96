import { breakOff } from './breakOff';
import { createEncoder, headers } from './createEncoder';
import { pause } from './pause';
import type { Delivery } from './situations';
import { offsetOf, type Wire } from './wire';
import { write, type Sender } from './write';

/** Bytes without end, from an offset on: an opening, then the same block for ever. */
export interface Endless {
	from: number;
	opening: Buffer;
	block: Buffer;
}

const ping = Buffer.from(': PING\n\n');

const wait = async (
	sender: Sender,
	ms: number,
	pingEvery: number | undefined,
): Promise<boolean> => {
	let left = ms;
	while (pingEvery && left > pingEvery) {
		if (!(await pause(pingEvery, sender.signal))) return false;
		if (!(await write(sender, ping))) return false;
		left -= pingEvery;
	}
	return await pause(left, sender.signal);
};

/** Offsets at which a write ends: after each event, or by the sizes asked for. */
const writeEnds = (wire: Wire, splits: number | number[] | undefined): number[] => {
	if (splits === undefined) return wire.ends;
	const sizes = [splits].flat().map((size) => Math.max(1, Math.floor(size)));
	const ends: number[] = [];
	for (let end = 0, turn = 0; end < wire.bytes.length && sizes.length > 0; turn++) {
		end += sizes[turn % sizes.length] ?? 1;
		ends.push(Math.min(end, wire.bytes.length));
	}
	return ends;
};

/** Sends a body the way a situation says, and comes back when the response is over or its reader is gone. */
export async function send(
	listener: Sender & { reached?: (offset: number) => void },
	wire: Wire,
	delivery: Delivery & { pace: number; status?: number },
	endless?: Endless,
): Promise<void> {
	const { encoding, trailers = {}, pace } = delivery;
	const encoder = encoding === undefined ? undefined : createEncoder(encoding);
	const sender = { ...listener, encoder };
	const { response, signal } = sender;
	const at = (position: Delivery['cutAt']) =>
		position === undefined ? Infinity : offsetOf(wire, position);
	const cut = at(delivery.cutAt);
	const silence = at(delivery.silentAt);
	const flood = endless?.from ?? Infinity;
	const last = Math.min(cut, silence, flood, wire.bytes.length);
	const pauses = (delivery.pauses ?? []).map(({ at: from, ms }) => ({ from: at(from), ms }));
	const eventEnds = new Set(wire.ends);

	if (delivery.headersAfter && !(await pause(delivery.headersAfter, signal))) return;
	response.writeHead(delivery.status ?? 200, {
		'content-type': delivery.contentType ?? 'text/event-stream',
		'cache-control': 'no-cache',
		'x-accel-buffering': 'no',
		...(encoding !== undefined && headers[encoding]),
		...(Object.keys(trailers).length > 0 && { trailer: Object.keys(trailers).join(', ') }),
		...delivery.headers,
	});
	response.flushHeaders();
	response.addTrailers(trailers);

	const stops = new Set(
		[...writeEnds(wire, delivery.splits), ...pauses.map(({ from }) => from), last].filter(
			(stop) => stop <= last,
		),
	);
	let offset = 0;
	for (const stop of [...stops].sort((a, b) => a - b)) {
		if (!(await write(sender, wire.bytes.subarray(offset, stop)))) return;
		offset = stop;
		sender.reached?.(offset);
		for (const { from, ms } of pauses) {
			if (from === stop && !(await wait(sender, ms, delivery.pingWhileWaiting))) return;
		}
		if (stop === last) break;
		if (pace > 0 && eventEnds.has(stop) && !(await pause(pace, signal))) return;
		// Without a turn of the event loop the kernel would join the pieces again.
		if (delivery.splits !== undefined && !(await pause(0, signal))) return;
	}

	if (last === flood && endless) {
		if (!(await write(sender, endless.opening))) return;
		while (await write(sender, endless.block)) await pause(0, signal);
		return;
	}
	if (last === cut) {
		const by = delivery.cutBy ?? 'reset';
		const delay = delivery.cutDelay;
		await breakOff(sender, delay === undefined ? { by } : { by, delay });
		return;
	}
	if (last === silence || delivery.holdAfterDone) {
		await wait(sender, Infinity, delivery.pingWhileWaiting);
		return;
	}
	response.end(await encoder?.end());
}
