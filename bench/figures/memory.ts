import { setTimeout as wait } from 'node:timers/promises';
import type { ClientName } from '../clients';
import { openClient } from '../clients/openClient';
import { repeat, settle } from '../cpu';
import type { Figure } from './figure';

const streams = 500;

/** KB that one stream keeps while it waits, of many at once. */
export const memory: Figure = async ({ wire, of }) => {
	const client = await openClient(of.client as ClientName);
	const open = async (count: number): Promise<void> => {
		const already = await waitingAt(wire);
		for (let each = 0; each < count; each += 1) {
			client.read(`${wire}/waiting/reference`).catch(() => {});
		}
		while ((await waitingAt(wire)) < already + count) await wait(20);
		await wait(500);
	};
	// Code and tables are no stream's own: they come with the first ones, and are there by now.
	await repeat(10, () =>
		Promise.all(Array.from({ length: 50 }, () => client.read(`${wire}/trickling/reference`))),
	);
	await open(20);
	const before = await held();
	await open(streams);
	const after = await held();
	return {
		rss: (after.rss - before.rss) / streams / 1024,
		heap: (after.heap - before.heap) / streams / 1024,
	};
};

async function waitingAt(wire: string): Promise<number> {
	return ((await (await fetch(`${wire}/now`)).json()) as { waiting: number }).waiting;
}

async function held(): Promise<{ rss: number; heap: number }> {
	for (let time = 0; time < 3; time += 1) {
		await settle();
	}
	const { rss, heapUsed, external } = process.memoryUsage();
	return { rss, heap: heapUsed + external };
}
