import type { Headers } from '../chat/headerTasks';
import type { RequestHelper } from './n8n/client';

// Types alone: no module of Node is loaded for them, which n8n Cloud does not allow.
export type Readable = import('node:stream').Readable;
export type Lookup = import('node:net').LookupFunction;

/** A request for an HTTP client. Header names are lower case. */
export interface HttpRequest {
	/** Goes out as it is written, wherever HTTP allows that: a signed link holds for one spelling. */
	url: string;
	method: 'GET' | 'POST';
	headers: Readonly<Record<string, string>>;
	body?: string;
	/** Ends it in every phase, with its reason. */
	signal: AbortSignal;
	/** Bytes of a file that are read while earlier ones are stored. */
	readAhead?: number;
}

export interface HttpBody extends AsyncIterable<Uint8Array> {
	/** Ends the connection; needed when it is not read to its end. */
	destroy(): void;
}

/** An answer whose head is here; its body may take as long as a video. */
export interface HttpAnswer {
	statusCode: number;
	headers: Headers;
	body: HttpBody;
	/** Headers after the body, filled when it ends; where the client gives them. */
	trailers?: Headers;
	/** Who answered in the host's place, as a subject for sentences. */
	by?: string;
}

/**
 * All that this node wants of an HTTP client. It follows no redirect, sends nothing twice, and
 * keeps no time but the one it takes to connect.
 */
export interface HttpClient {
	/**
	 * Sends one request and gives the head of the answer, whatever its status.
	 *
	 * @param onSent called before the first byte leaves; a rejection without it, or with `Unsent`,
	 * means that none did
	 */
	send(request: HttpRequest, onSent: () => void): Promise<HttpAnswer>;
	/** What n8n stores files from; flows as fast as it is read. */
	toStream(pieces: AsyncIterable<Uint8Array>): Readable;
	/** Ends all connections, whatever is still on them. */
	close(): void;
}

/** What decides how connections are made; each client uses what it needs. */
export interface ClientOptions {
	ignoreSslIssues: boolean;
	/** Name lookup of n8n's egress filter, which refuses addresses the instance forbids. */
	lookup?: Lookup | undefined;
	/** n8n's own client, which asks that filter itself. */
	request: RequestHelper;
}

/** What a folder of this one must have to serve as the HTTP client of a build. */
export interface ClientModule {
	createClient(options: ClientOptions): HttpClient;
}
