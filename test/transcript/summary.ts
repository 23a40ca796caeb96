import { ChatError } from '../../nodes/ChatVideo/chat/errors';
import { toOutcome } from '../../nodes/ChatVideo/transcript/outcome';
import { parseTranscript } from '../../nodes/ChatVideo/transcript/parseTranscript';
import type { Transcribed } from '../../nodes/ChatVideo/transcript/transcribe';
import type { Transcript } from '../../nodes/ChatVideo/transcript/transcript';

/** What is read from a transcript, flat and without what is absent: easy to compare. */
export type Summary = Record<string, unknown>;

export async function summaryOf(source: string): Promise<Summary> {
	return summarize(await parseTranscript(source));
}

export function summarize(transcribed: Transcribed): Summary {
	const { transcript } = transcribed;
	const cause = transcribed.kind === 'broken' ? transcribed.cause : undefined;
	return { ...facts(transcript), ...present({ cause: toWords(cause) }) };
}

export function facts(transcript: Transcript): Summary {
	const outcome = toOutcome(transcript);
	const video = outcome.kind === 'completed' ? outcome.video : undefined;
	const preview = transcript.videos.findLast((one) => one.preview);
	const { taskId, sid, sourceSid, prompt, orientation, duration } = transcript;
	return present({
		status: outcome.kind,
		...{ taskId, sid, sourceSid, prompt, orientation, duration },
		previewUrl: transcript.previewUrl,
		sourceUrl: transcript.sourceUrl,
		posterUrl: video?.posterUrl,
		videoUrl: video?.url,
		downloadUrl: video?.downloadUrl,
		gifUrl: video?.gifUrl,
		videoUrls: outcome.kind === 'completed' ? outcome.videos.map(({ url }) => url) : undefined,
		unfinishedPreview: outcome.kind === 'unfinished' ? preview?.url : undefined,
		reason: outcome.kind === 'failed' ? outcome.reason : undefined,
		detail: transcript.failure?.detail,
		percents: percentsOf(transcript),
		stages: transcript.stages.map(({ stage }) => stage).filter((stage) => stage !== 'progress'),
	});
}

const percentsOf = ({ stages }: Transcript): number[] =>
	stages.flatMap(({ percent }) => (percent === undefined ? [] : [percent]));

const present = (fields: Summary): Summary =>
	Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''),
	);

const toWords = (cause: unknown): string | undefined =>
	cause instanceof ChatError ? `${cause.kind}: ${cause.message}` : undefined;
