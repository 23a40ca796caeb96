/**
 * No byte of the request left, although it was announced: a client that cannot watch its
 * connections learns that from how they fail.
 */
export class Unsent extends Error {
	constructor(cause: unknown) {
		super('The request was not sent', { cause });
	}
}
