import type { Measure, Setting } from './measure';

/** Loaded one at a time: what another one needs would stand in its memory and its time. */
const measures = {
	control: async () => (await import('./onTheWire')).control,
	reference: async () => (await import('./onTheWire')).reference,
	heldSocket: async () => (await import('./onTheWire')).heldSocket,
	memory: async () => (await import('./onTheWire')).memory,
	deltas: async () => (await import('./onTheWire')).deltas,
	manyDeltas: async () => (await import('./onTheWire')).manyDeltas,
	firstStream: async () => (await import('./firstStream')).firstStream,
	loadingNode: async () => (await import('./firstStream')).loadingNode,
	loadingUndici: async () => (await import('./firstStream')).loadingUndici,
	item: async () => (await import('./inN8n')).item,
	items: async () => (await import('./inN8n')).items,
	turns: async () => (await import('./inN8n')).turns,
	download: async () => (await import('./inN8n')).download,
} satisfies Record<Measure, () => Promise<(setting: Setting) => Promise<number[]>>>;

/** Takes the samples of one measurement, as the parent says, and sends them back. */
async function main(): Promise<void> {
	const [measure, setting] = JSON.parse(process.argv[2] ?? '') as [Measure, Setting];
	const take = await measures[measure]();
	const samples = await take(setting);
	process.send?.(samples, undefined, undefined, () => process.exit());
}

main().catch((error: Error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exit(1);
});
