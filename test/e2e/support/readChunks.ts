/** What n8n streams to a caller, a line each. */
export interface Chunk {
	type: 'begin' | 'item' | 'end' | 'error';
	content?: string;
	metadata: { nodeName: string; timestamp: number };
}

export async function* readChunks({ body }: Response): AsyncGenerator<Chunk> {
	let rest = '';
	const decoder = new TextDecoder();
	for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
		const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) if (line.trim()) yield JSON.parse(line) as Chunk;
	}
	if (rest.trim()) yield JSON.parse(rest) as Chunk;
}
