import type { ChunkType, IExecuteFunctions } from 'n8n-workflow';
import { toOutcome } from '../transcript/outcome';
import type { LogEntry } from '../transcript/progressLog';
import type { Transcript } from '../transcript/transcript';
import { redact } from '../call/redact';

/** Tells whoever listens how a generation goes, in short lines. */
export interface ProgressStream {
	write(transcript: Transcript | undefined, entries: readonly LogEntry[]): void;
	end(): void;
}

/** A line of its own in Markdown too, as which n8n's chat shows it. */
const lineEnd = '  \n';

const silent: ProgressStream = { write: () => {}, end: () => {} };

/**
 * Streams to n8n's chat or a streaming webhook; where nobody listens, nothing is made.
 *
 * @param apiKey never told, even where the relay prints it
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
		write(transcript, entries) {
			for (const entry of entries) {
				const line = redact(toLine(entry, transcript), apiKey);
				write('item', `${line}${lineEnd}`);
			}
		},
		end: () => write('end'),
	};
}

function toLine({ stage, percent, message }: LogEntry, transcript: Transcript | undefined): string {
	if (stage === 'progress') return `${percent} %`;
	if (stage === 'submitted') return `submitted ${transcript?.taskId ?? ''}`;
	if (stage === 'failed') return message === undefined ? 'failed' : `failed: ${message}`;
	if (stage !== 'completed' || transcript === undefined) return stage;
	const outcome = toOutcome(transcript);
	return outcome.kind === 'completed' ? `completed ${outcome.video.url}` : 'completed';
}
