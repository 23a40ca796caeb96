import type { ClientName } from '../clients';
import { openClient } from '../clients/openClient';
import { compare } from '../compare';
import type { Figure } from './figure';
import { check, expectedOf } from './expected';

/** What a client computes for a stream, measured against raw bytes. */
export const cpu: Figure = async ({ wire, quick, of }) => {
	const { client: name = 'node', stream = 'reference' } = of;
	const expected = await expectedOf(wire, stream);
	const [client, raw] = [await openClient(name as ClientName), await openClient('raw')];
	const address = `${wire}/plain/${stream}`;
	// Outside of what is measured: hashing is no client's work.
	check(name, await client.read(address), expected);
	const comparison = await compare(
		() => client.read(address),
		() => raw.read(address),
		quick ? { pairs: 3, time: 200, warmUp: 60 } : { pairs: 11, time: 4_000, warmUp: 400 },
	);
	check(name, await client.read(address), expected);
	return comparison;
};
