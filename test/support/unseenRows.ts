/** The rows without which everything is read as before: each of them is one too many. */
export async function unseenRows<T>(
	table: readonly T[],
	read: () => unknown,
): Promise<readonly T[]> {
	const rows = table as T[];
	const expected = JSON.stringify(await read());
	const unseen: T[] = [];
	for (const [at, row] of [...rows].entries()) {
		rows.splice(at, 1);
		if (JSON.stringify(await read()) === expected) unseen.push(row);
		rows.splice(at, 0, row);
	}
	return unseen;
}
