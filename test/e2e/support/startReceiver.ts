import { createServer, type IncomingMessage } from 'node:http';
import { digest } from './digest';
import { listen, type Listening } from './listen';
import { readBody } from './readBody';
import type { Upload } from './Upload';

/** A form with files. */
interface Form {
	path: string;
	fields: Record<string, string>;
	files: Record<string, Upload>;
}

export interface Receiver extends Listening {
	/** What was posted to it. */
	readonly forms: Form[];
}

/** Takes every form, and answers as it is set to. */
export async function startReceiver(answer: object = {}): Promise<Receiver> {
	const forms: Form[] = [];
	const server = createServer((request, response) => {
		void readForm(request).then(
			(form) => {
				forms.push(form);
				response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
			},
			(error: Error) => response.writeHead(400).end(error.message),
		);
	});
	return { ...(await listen(server)), forms };
}

async function readForm(request: IncomingMessage): Promise<Form> {
	const form: Form = { path: request.url ?? '', fields: {}, files: {} };
	const headers = { 'content-type': request.headers['content-type'] ?? '' };
	const entries = await new Response(await readBody(request), { headers }).formData();
	for (const [name, value] of entries) {
		if (typeof value === 'string') form.fields[name] = value;
		else form.files[name] = await toUpload(value);
	}
	return form;
}

const toUpload = async (file: File): Promise<Upload> => ({
	name: file.name,
	type: file.type,
	digest: digest(new Uint8Array(await file.arrayBuffer())),
});
