import type { Dispatcher } from 'undici';
import symbols from 'undici/lib/core/symbols.js';

/** What is known here of undici's HTTP/1 parser, one for each connection. */
interface Parser {
	/** Its reader does not keep up. */
	paused: boolean;
	ptr: number;
	llhttp: Record<'llhttp_resume', (ptr: number) => void> &
		Record<(typeof leniencies)[number], (ptr: number, isLenient: number) => void>;
	/** 200 and more once the head of the answer is read. */
	statusCode: number;
	/** Names and values by turns. */
	headers: readonly Buffer[];
	contentLength: string;
	resume(): void;
	onHeadersComplete(status: number, ...rest: readonly unknown[]): unknown;
	onBody(bytes: Buffer): unknown;
	/** @param unread what it stopped at */
	createError(code: number, unread: Buffer): Error;
	/** Signals the end of input; returns the error if the message is incomplete. */
	finish(): Error | null;
}

type Connected = Dispatcher & Record<symbol, Record<symbol, Parser | null> | null>;

/** What browsers take of an answer that is not quite HTTP: it is paid for all the same. */
const leniencies = [
	'llhttp_set_lenient_headers',
	'llhttp_set_lenient_chunked_length',
	'llhttp_set_lenient_transfer_encoding',
	'llhttp_set_lenient_optional_cr_before_lf',
	'llhttp_set_lenient_spaces_after_chunk_size',
] as const;

/**
 * Mends two faults of undici 7, and reads what is not quite HTTP. What cannot be read at all, as a
 * body that is in no chunks although its head says so, is given on as it is: it may name a task.
 *
 * undici takes a 100 that nobody asked for, as some gateways send it, for a broken answer, whose
 * task would be lost; here it is one more answer that says to wait.
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

const isEncoding = (header: Buffer): boolean => /^transfer-encoding$/i.test(header.toString());

function mend(parser: Parser): void {
	for (const leniency of leniencies) parser.llhttp[leniency](parser.ptr, 1);
	const onHead = parser.onHeadersComplete.bind(parser);
	parser.onHeadersComplete = (status, ...rest) => {
		// What is in chunks has no other length, whatever its head says.
		if (parser.headers.some(isEncoding)) parser.contentLength = '';
		return onHead(status === 100 ? pleaseWait : status, ...rest);
	};
	const createError = parser.createError.bind(parser);
	parser.createError = (code, unread) => {
		if (parser.statusCode >= 200 && unread.length > 0) parser.onBody(unread);
		return createError(code, unread);
	};
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
