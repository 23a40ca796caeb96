import type { Dispatcher } from 'undici';
import symbols from 'undici/lib/core/symbols.js';

/** What is known here of undici's HTTP/1 parser, one for each connection. */
interface Parser {
	/** Its reader does not keep up. */
	paused: boolean;
	ptr: number;
	llhttp: { llhttp_resume(ptr: number): void };
	resume(): void;
	onHeadersComplete(status: number, ...rest: readonly unknown[]): unknown;
	/** Signals the end of input; returns the error if the message is incomplete. */
	finish(): Error | null;
}

type Connected = Dispatcher & Record<symbol, Record<symbol, Parser | null> | null>;

/**
 * Mends two faults of undici 7. It takes a 100 that nobody asked for, as some gateways send it, for
 * a broken answer, whose task would be lost; here it is one more answer that says to wait.
 *
 * It also asserts that a connection ends only while its reader keeps up. A file that is stored
 * slower than it comes makes that untrue, and an assertion in a socket's event can be caught by
 * nobody: it would end n8n's process (nodejs/undici#5360). undici 8 does it right, but needs a
 * later Node than n8n does. Here the parser goes on before it is given the end; what it gives
 * out then waits in the body, as it should.
 */
export function mendParser<Client extends Dispatcher>(client: Client): Client {
	return client.on('connect', (_, targets) => {
		const parser = (targets.at(-1) as Connected)[symbols.kSocket]?.[symbols.kParser];
		if (parser) mend(parser);
	});
}

const pleaseWait = 102;

function mend(parser: Parser): void {
	const onHead = parser.onHeadersComplete.bind(parser);
	parser.onHeadersComplete = (status, ...rest) =>
		onHead(status === 100 ? pleaseWait : status, ...rest);
	const finish = parser.finish.bind(parser);
	parser.finish = () => {
		if (parser.paused) parser.resume();
		if (parser.paused) {
			parser.llhttp.llhttp_resume(parser.ptr);
			parser.paused = false;
		}
		return finish();
	};
}
