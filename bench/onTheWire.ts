import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { node, openai, raw, rawWithOwnConnection } from './clients';
import { compare, growthOf, repeat, settle, type Effort } from './compare';
import type { Expected } from './wire';
import type { Setting } from './measure';

type Client = ReturnType<typeof raw>;

const effortFor = (quick: boolean): Effort =>
	quick ? { pairs: 3, time: 200, warmUp: 60 } : { pairs: 11, time: 4_000, warmUp: 500 };

/** The same code on both sides. */
export const control = (setting: Setting): Promise<number[]> =>
	compareOn('reference', setting, raw(), raw());

export const reference = async (setting: Setting): Promise<number[]> =>
	await compareOn('reference', setting, await node(), rawWithOwnConnection());

export const manyDeltas = async (setting: Setting): Promise<number[]> =>
	await compareOn('deltas-100000', setting, await node(), openai());

async function compareOn(
	stream: string,
	{ wire, quick }: Setting,
	client: Client,
	other: Client,
): Promise<number[]> {
	const address = `${wire}/plain/${stream}`;
	// Outside of what is measured: hashing is no client's work.
	for (const each of [client, other]) await check(await each(address), wire, stream);
	return await compare(
		() => client(address),
		() => other(address),
		effortFor(quick),
	);
}

/**
 * @throws {Error} when a client has not read what was sent
 */
async function check(read: string | number, wire: string, stream: string): Promise<void> {
	const { bytes, hash } = (await (await fetch(`${wire}/expected/${stream}`)).json()) as Expected;
	if (read === bytes) return;
	if (createHash('sha256').update(String(read)).digest('hex') === hash) return;
	throw new Error(`A client has read another text than ${stream}`);
}

export async function deltas({ wire, quick }: Setting): Promise<number[]> {
	const client = await node();
	const amounts = quick ? [100, 1_000, 10_000] : [100, 1_000, 10_000, 100_000];
	const workOf = (amount: number) => () => client(`${wire}/plain/deltas-${amount}`);
	return await growthOf(amounts, workOf, effortFor(quick));
}

/** Time from `[DONE]` on the wire to the result, while the server holds the connection. */
export async function heldSocket({ wire, quick }: Setting): Promise<number[]> {
	const [own, other] = [await node(), openai()];
	const timeOf = async (client: Client): Promise<number> => {
		await client(`${wire}/held/reference`);
		const now = process.hrtime.bigint();
		return Number(now - BigInt((await stateOf(wire)).doneAt));
	};
	await repeat(3, async () => [await timeOf(own), await timeOf(other)]);
	const ratios: number[] = [];
	while (ratios.length < (quick ? 5 : 41)) {
		const [ownTime, otherTime] = [await timeOf(own), await timeOf(other)];
		ratios.push(ownTime / otherTime);
	}
	return ratios;
}

const streams = 500;

/** KB that one stream keeps while it waits, of many at once. */
export async function memory({ wire, quick }: Setting): Promise<number[]> {
	const client = await node();
	const start = async (count: number): Promise<void> => {
		const target = (await stateOf(wire)).waiting + count;
		for (let each = 0; each < count; each += 1) client(`${wire}/waiting/reference`).catch(() => {});
		while ((await stateOf(wire)).waiting < target) await wait(20);
		await wait(500); // the last half of the last event is read
	};
	// Code and tables are no stream's own: they come with the first ones, and are there by now.
	await repeat(quick ? 3 : 10, () =>
		Promise.all(Array.from({ length: 50 }, () => client(`${wire}/trickling/reference`))),
	);
	await start(20);
	const before = await heapInUse();
	await start(streams);
	return [((await heapInUse()) - before) / streams / 1_024];
}

async function heapInUse(): Promise<number> {
	await repeat(3, settle);
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

async function stateOf(wire: string): Promise<{ doneAt: string; waiting: number }> {
	return (await (await fetch(`${wire}/state`)).json()) as { doneAt: string; waiting: number };
}
