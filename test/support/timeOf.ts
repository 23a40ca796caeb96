const line =
	'> 🏃 进度 36..44.. [在线播放](https://a.example/b.mp4) the words of a line like any other ';
const text = line.repeat(40);
const patterns = [/\bhttps?:\/\/[^\s)\]]+/g, /(\d+)\.\./g, /\p{L}{30}/gu, /进度|生成失败|完成/g];
const usual = 11; // milliseconds of CPU for the work below, on the machine the limits were set on

/**
 * Milliseconds of computing as the usual machine takes them: not the time that others take it from
 * us, and less of it by as much as this machine is slower, now, at work of the same kind.
 */
export async function timeOf(run: () => unknown): Promise<number> {
	const before = await cpuTimeOf(match);
	const time = await cpuTimeOf(run);
	const after = await cpuTimeOf(match);
	return time / Math.max(1, (before + after) / 2 / usual);
}

function match(): void {
	for (let round = 0; round < 40; round += 1) {
		for (const pattern of patterns) text.match(pattern);
	}
}

/** Milliseconds of computing in this process. */
export async function cpuTimeOf(run: () => unknown): Promise<number> {
	const start = process.cpuUsage();
	await run();
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1_000;
}
