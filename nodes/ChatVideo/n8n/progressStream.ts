import type { ChunkType, IExecuteFunctions } from 'n8n-workflow';
import type { LogEntry } from '../transcript/progressLog';
import type { VideoResult } from '../transcript/result';
import { redact } from '../call/redact';

/** Shows whoever listens how a generation goes, in short lines. */
export interface ProgressStream {
	write(entries: readonly LogEntry[], taskId?: string): void;
	/** The last message has the video, however the answer came in pieces. */
	end(result?: VideoResult): void;
}

/** A line of its own in Markdown too, as which n8n's chat shows it. */
const lineEnd = '  \n';

const silent: ProgressStream = { write: () => {}, end: () => {} };

/**
 * Streams to n8n's chat or a streaming webhook; where nobody listens, nothing is made.
 *
 * @param apiKey never shown, even where the relay prints it
 */
export function createProgressStream(
	context: IExecuteFunctions,
	index: number,
	apiKey: string,
): ProgressStream {
	if (typeof context.isStreaming !== 'function' || !context.isStreaming()) return silent;
	const send = async (type: ChunkType, content?: string): Promise<void> =>
		await context.sendChunk(type, index, content);
	// Whoever listened may have gone; a video that is paid for is not given up for that.
	const write = (...chunk: Parameters<typeof send>): void => void send(...chunk).catch(() => {});
	write('begin');
	return {
		write(entries, taskId) {
			for (const entry of entries) {
				if (entry.stage === 'completed') continue; // said with its link, which may come later
				const line = redact(toLine(entry, taskId), apiKey);
				write('item', `${line}${lineEnd}`);
			}
		},
		end(result) {
			const lines = result?.status === 'completed' ? toLastLines(result) : [];
			const words = lines.map((line) => redact(line, apiKey) + lineEnd).join('');
			if (words !== '') write('item', words);
			write('end');
		},
	};
}

function toLine({ stage, percent, message }: LogEntry, taskId = ''): string {
	if (stage === 'progress') return `${percent} %`;
	if (stage === 'submitted') return `submitted ${taskId}`;
	if (stage === 'failed') return message === undefined ? 'failed' : `failed: ${message}`;
	return stage;
}

/** Only a link with a label is one that n8n's chat opens. */
const toLastLines = ({ videoUrl, posterUrl }: VideoResult): readonly string[] => [
	videoUrl === undefined ? 'completed' : `completed [Watch the video](${inMarkdown(videoUrl)})`,
	...(posterUrl === undefined ? [] : [`![Poster](${inMarkdown(posterUrl)})`]),
];

/** A parenthesis would end the link, a space its address. */
const inMarkdown = (url: string): string =>
	url.replace(/[()<>\s]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
