/** What comes of a body that may break off: its end is an end either way, and `onBreak` hears of the break. */
export async function* untilBreak(
	body: AsyncIterable<Uint8Array>,
	onBreak: (cause: unknown) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
	try {
		yield* body;
	} catch (cause) {
		onBreak(cause);
	}
}
