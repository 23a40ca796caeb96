import type { Situation } from './situations';
import type { Wire } from './wire';

/** Any request that reached the relay. */
export interface SeenRequest {
	method: string;
	/** With its query. */
	path: string;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** Milliseconds since 1970. */
	at: number;
	body?: string;
	/** The response's status, once it is known. */
	status?: number;
}

/** How a connection's response came to its end. */
export interface Closing {
	by: 'client' | 'relay';
	/** Milliseconds since 1970. */
	at: number;
}

/** One `POST /v1/chat/completions`. */
export interface Turn {
	index: number;
	/** How often the same body has been sent by now, from 1. */
	attempt: number;
	at: number;
	headers: Record<string, string>;
	rawBody: string;
	/** Parsed, or undefined if it is not JSON. */
	body: unknown;
	/** The last user message; empty if the request was refused before it was read. */
	prompt: string;
	/** `image_url` parts of it. */
	images: string[];
	/** What happened to it; a refusal of the relay itself is a `status` situation too. */
	situation: Situation;
	/** A generation was paid for. */
	billed: boolean;
	taskId?: string;
	sid?: string;
	/** The video that is modified. */
	sourceSid?: string;
	videoUrl?: string;
	posterUrl?: string;
	/** The whole assistant text, as it would be if nothing came in between. */
	transcript?: string;
	/** All of the transcript left this relay, and it has a video. */
	finished: boolean;
	status?: number;
	/** Bytes of the response body. */
	bytesSent: number;
	/** When the last of them left, in milliseconds since 1970. */
	sentAt?: number;
	/** The whole body of a stream, as it would be if nothing came in between. */
	wire?: Wire;
	/** Set once the client closed a response that the relay had not ended. */
	closedByClient?: { at: number };
	/** Resolves when the response is over. */
	closed: Promise<Closing>;
}

/** A generation that was paid for. */
export interface Bill {
	taskId: string;
	prompt: string;
	/** Of the turn. */
	index: number;
}
