/** What is asked of n8n's `helpers.httpRequest`. */
export interface HelperRequest {
	url: string;
	method: 'GET' | 'POST';
	headers: Record<string, string>;
	body?: string;
	encoding: 'stream';
	returnFullResponse: true;
	ignoreHttpStatusErrors: true;
	disableFollowRedirect: true;
	timeout: number;
	skipSslCertificateValidation: boolean;
	abortSignal: AbortSignal;
}

export interface HelperAnswer {
	statusCode: number;
	headers: Record<string, string | string[] | undefined>;
	body: import('node:stream').Readable; // a type alone: n8n Cloud allows no module of Node
}

export type RequestHelper = (request: HelperRequest) => Promise<HelperAnswer>;
