/** The rows without which every sample is read as before: each of them is one too many. */
export async function unseenRows<Row, Sample>(
	table: readonly Row[],
	samples: readonly Sample[],
	read: (sample: Sample) => unknown,
	/** Samples that are read first, as the row is likely to be seen there. */
	mayShow: (row: Row, sample: Sample) => boolean = () => true,
): Promise<Row[]> {
	const rows = table as Row[];
	const readWhole = async (sample: Sample): Promise<string> => JSON.stringify(await read(sample));
	const known = new Map<Sample, string>();
	const isSeen = async (row: Row, at: number, sample: Sample): Promise<boolean> => {
		const expected = known.get(sample) ?? (await readWhole(sample));
		known.set(sample, expected);
		rows.splice(at, 1);
		const without = await readWhole(sample);
		rows.splice(at, 0, row);
		return without !== expected;
	};
	const unseen: Row[] = [];
	for (const [at, row] of [...rows].entries()) {
		const likely = new Set(samples.filter((sample) => mayShow(row, sample)));
		const others = samples.filter((sample) => !likely.has(sample));
		if (!(await isAny([...likely, ...others], (sample) => isSeen(row, at, sample))))
			unseen.push(row);
	}
	return unseen;
}

async function isAny<Sample>(
	samples: readonly Sample[],
	fits: (sample: Sample) => Promise<boolean>,
): Promise<boolean> {
	for (const sample of samples) if (await fits(sample)) return true;
	return false;
}
