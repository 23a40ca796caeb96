import type { HttpBody, Readable } from '../httpClient';

/**
 * Reads a stream while earlier pieces are used. A break is thrown after all that came before it,
 * which a stream of Node would drop: a task may be in that.
 */
export function readAhead(source: Readable, limit: number): HttpBody {
	const pieces: Uint8Array[] = [];
	let size = 0; // bytes that wait
	let end: { cause: unknown } | 'whole' | undefined;
	let wake = (): void => {};
	const finish = (how: NonNullable<typeof end>): void => {
		end ??= how;
		wake();
	};
	source.on('data', (piece: Uint8Array) => {
		pieces.push(piece);
		size += piece.length;
		if (size >= limit) source.pause();
		wake();
	});
	source.once('end', () => finish('whole'));
	source.on('error', (cause) => finish({ cause }));
	source.once('close', () => finish({ cause: new Error('The connection was closed') }));

	async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
		try {
			for (;;) {
				const piece = pieces.shift();
				if (piece !== undefined) {
					size -= piece.length;
					if (size < limit) source.resume();
					yield piece;
				} else if (end === undefined) {
					await new Promise<void>((resolve) => {
						wake = resolve;
					});
				} else if (end === 'whole') {
					return;
				} else {
					throw end.cause;
				}
			}
		} finally {
			source.destroy();
		}
	}
	return { [Symbol.asyncIterator]: read, destroy: () => void source.destroy() };
}
