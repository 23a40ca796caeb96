import type { Readable } from 'node:stream';

/** A request for an HTTP client. Header names are lower case. */
export interface HttpRequest {
	/** Goes out as it is written, wherever HTTP allows that: a signed link holds for one spelling. */
	url: string;
	method: 'GET' | 'POST';
	headers: Readonly<Record<string, string>>;
	body?: string;
	/** Ends it in every phase, with its reason. */
	signal: AbortSignal;
	/** Bytes read while earlier ones are used. */
	readAhead?: number;
}

/** An answer whose head is here; its body may take as long as a video. */
export interface HttpAnswer {
	statusCode: number;
	/** Lower-case names. */
	headers: Readonly<Record<string, string | string[] | undefined>>;
	/** Destroy it when it is not read to its end. */
	body: Readable;
}

/**
 * All that this node wants of an HTTP client. It follows no redirect, sends nothing twice, and
 * keeps no time but the one it takes to connect.
 */
export interface HttpClient {
	/**
	 * Sends one request and gives the head of the answer, whatever its status.
	 *
	 * @param onSent called before the first byte leaves; a rejection without it means that none did
	 */
	send(request: HttpRequest, onSent: () => void): Promise<HttpAnswer>;
	/** Ends all connections, whatever is still on them. */
	close(): void;
}
