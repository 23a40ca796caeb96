import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { digest } from './digest';
import { listen, type Listening } from './listen';
import { readBody } from './readBody';
import type { Upload } from './Upload';

export interface Bucket extends Listening {
	/** What was put into it, by the whole path. */
	readonly objects: Upload[];
}

const xml = '<?xml version="1.0" encoding="UTF-8"?>';

/** The two calls of S3 that an upload takes: where the bucket is, and the object, which must have its checksum. */
export async function startBucket(): Promise<Bucket> {
	const objects: Upload[] = [];
	const server = createServer((request, response) => {
		const { method, headers } = request;
		const { pathname, searchParams } = new URL(request.url ?? '', 'http://bucket');
		void readBody(request).then((body) => {
			response.setHeader('content-type', 'application/xml');
			if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
				response.writeHead(403).end(`${xml}<Error><Code>AccessDenied</Code></Error>`);
				return;
			}
			if (method === 'GET' && searchParams.has('location')) {
				response.end(`${xml}<LocationConstraint>eu-central-1</LocationConstraint>`);
				return;
			}
			const checksum = createHash('md5').update(body).digest('base64');
			if (method !== 'PUT' || headers['content-md5'] !== checksum) {
				response.writeHead(400).end(`${xml}<Error><Code>BadDigest</Code></Error>`);
				return;
			}
			const type = headers['content-type'] ?? '';
			objects.push({ name: decodeURIComponent(pathname), type, digest: digest(body) });
			response.end();
		});
	});
	return { ...(await listen(server)), objects };
}
