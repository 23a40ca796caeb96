import { setTimeout as wait } from 'node:timers/promises';
import type { ClientName } from '../clients';
import { openClient } from '../clients/openClient';
import { spreadOf } from '../spread';
import type { Figure } from './figure';

const patience = 1_500; // ms; who has not told by then waits for the socket

/** Milliseconds from `[DONE]` on the wire to the result, while the server holds the connection. */
export const held: Figure = async ({ wire, quick, of }) => {
	const client = await openClient(of.client as ClientName);
	const times: number[] = [];
	for (let run = 0; run < (quick ? 6 : 25); run += 1) {
		const read = client.read(`${wire}/held/reference`).then(() => process.hrtime.bigint());
		const came = await Promise.race([read, wait(patience)]);
		if (came === undefined) return { never: true };
		const { doneAt } = (await (await fetch(`${wire}/now`)).json()) as { doneAt: string };
		times.push(Number(came - BigInt(doneAt)) / 1e6);
	}
	return { ms: spreadOf(times.slice(2)) };
};
