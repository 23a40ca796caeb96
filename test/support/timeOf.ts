/** Milliseconds of computing, which a busy machine does not make more. */
export async function timeOf(run: () => unknown): Promise<number> {
	const start = process.cpuUsage();
	await run();
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1_000;
}
