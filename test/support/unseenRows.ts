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
	const cases = await Promise.all(
		samples.map(async (sample) => ({ sample, expected: await readWhole(sample) })),
	);
	const unseen: Row[] = [];
	for (const [at, row] of [...rows].entries()) {
		const likely = cases.filter(({ sample }) => mayShow(row, sample));
		const others = cases.filter((each) => !likely.includes(each));
		rows.splice(at, 1);
		if (!(await differs([...likely, ...others], readWhole))) unseen.push(row);
		rows.splice(at, 0, row);
	}
	return unseen;
}

async function differs<Sample>(
	cases: ReadonlyArray<{ sample: Sample; expected: string }>,
	readWhole: (sample: Sample) => Promise<string>,
): Promise<boolean> {
	for (const { sample, expected } of cases) {
		if ((await readWhole(sample)) !== expected) return true;
	}
	return false;
}
