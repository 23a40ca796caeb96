/** How a body begins. */
export interface Beginning {
	/** The first bytes, or all where there are fewer than enough. */
	head: Buffer;
	/** All bytes from the first on. */
	whole: AsyncIterable<Uint8Array>;
	/** What broke it off before there were enough; `whole` ends with the same. */
	broken: { cause: unknown } | undefined;
}

/** Reads a body as far as it takes to decide what it is. */
export async function readHead(
	body: AsyncIterable<Uint8Array>,
	isEnough: (head: Buffer) => boolean,
): Promise<Beginning> {
	const pieces = body[Symbol.asyncIterator]();
	const read: Uint8Array[] = [];
	let broken: { cause: unknown } | undefined;
	let isOver = false;
	while (!isOver && !isEnough(Buffer.concat(read))) {
		try {
			const { done, value } = await pieces.next();
			isOver = done === true;
			if (value !== undefined) read.push(value);
		} catch (cause) {
			isOver = true;
			broken = { cause };
		}
	}
	async function* whole(): AsyncGenerator<Uint8Array, void, undefined> {
		try {
			yield* read.splice(0); // not to keep them as long as the stream
			if (broken !== undefined) throw broken.cause;
			if (!isOver) yield* { [Symbol.asyncIterator]: () => pieces };
		} finally {
			await pieces.return?.();
		}
	}
	return { head: Buffer.concat(read), whole: whole(), broken };
}
