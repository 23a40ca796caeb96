import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { Certificate } from './makeCertificate';
import { digest } from './digest';
import { listen, type Listening } from './listen';
import { readBody } from './readBody';
import type { Upload } from './Upload';

export interface YouTube extends Listening {
	/** Videos that came as a whole, by their titles. */
	readonly videos: Upload[];
	/** The tokens that were shown, once for each request. */
	readonly tokens: string[];
}

/** A resumable upload that has begun. */
interface Session {
	title: string;
	type: string;
	size: number;
	pieces: Buffer[];
}

/** YouTube's resumable upload: a video is announced, then comes in pieces that must join without a gap. */
export async function startYouTube(host: string, certificate: Certificate): Promise<YouTube> {
	const videos: Upload[] = [];
	const tokens: string[] = [];
	const sessions: Session[] = [];
	const server = createServer(certificate, (request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '', `https://${host}`);
		void readBody(request).then((body) => {
			response.setHeader('content-type', 'application/json');
			if (request.method === 'POST' && pathname === '/upload/youtube/v3/videos') {
				tokens.push(request.headers.authorization ?? '');
				const place = sessions.push(announced(request, body)) - 1;
				response.setHeader('location', `https://${host}${pathname}?upload_id=${place}`).end('{}');
				return;
			}
			const session = sessions[Number(searchParams.get('upload_id') ?? Number.NaN)];
			if (!session || request.headers['content-range'] !== rangeOf(session, body)) {
				response.writeHead(400).end('{"error":{"message":"a piece that does not fit"}}');
				return;
			}
			session.pieces.push(body);
			const { title: name, type } = session;
			if (lengthOf(session) < session.size) {
				response.writeHead(308, { range: `bytes=0-${lengthOf(session) - 1}` }).end();
				return;
			}
			videos.push({ name, type, digest: digest(Buffer.concat(session.pieces)) });
			response.end(JSON.stringify({ id: 'video-1', kind: 'youtube#video' }));
		});
	});
	return { ...(await listen(server)), videos, tokens };
}

const announced = ({ headers }: IncomingMessage, body: Buffer): Session => ({
	title: (JSON.parse(body.toString()) as { snippet: { title: string } }).snippet.title,
	type: String(headers['x-upload-content-type']),
	size: Number(headers['x-upload-content-length']),
	pieces: [],
});

const lengthOf = ({ pieces }: Session): number =>
	pieces.reduce((sum, { length }) => sum + length, 0);

/** The only range that may come next. */
function rangeOf(session: Session, { length }: Buffer): string {
	const start = lengthOf(session);
	return `bytes ${start}-${start + length - 1}/${session.size}`;
}
