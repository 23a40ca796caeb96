/** Works through a list, a number of entries at a time; ends early when a work is not content. */
export async function sweep<T>(
	list: readonly T[],
	atATime: number,
	work: (entry: T, index: number) => Promise<boolean>,
): Promise<void> {
	const waiting = list.entries();
	let stopped = false;
	const worker = async (): Promise<void> => {
		for (const [index, entry] of waiting) {
			const content = await work(entry, index);
			stopped ||= !content;
			if (stopped) return;
		}
	};
	await Promise.all(Array.from({ length: atATime }, worker));
}
