import { parseErrorBody } from '../nodes/ChatVideo/chat/errorBody';
import { ChatError } from '../nodes/ChatVideo/chat/errors';
import { toResult } from '../nodes/ChatVideo/transcript/result';
import { parseStatus } from '../nodes/ChatVideo/tasks/status';
import { toOutcome } from '../nodes/ChatVideo/transcript/outcome';
import { parseTranscript } from '../nodes/ChatVideo/transcript/parseTranscript';

/** One entry of a corpus' index. */
export interface Sample {
	file: string;
	kind: 'success' | 'progress' | 'failure' | 'stream' | 'status_json';
	/** Fields by name; `null` means that there must be none. */
	expected: Record<string, unknown>;
}

type Fields = Record<string, unknown>;

/** Reads a sample the way the node would, and names what it found as the corpus does. */
export async function readSample(sample: Sample, body: string): Promise<Fields> {
	if (sample.kind === 'status_json') return readStatus(body);
	if (sample.expected.httpStatus !== undefined) return readErrorBody(sample, body);
	return await readTranscript(body);
}

function readErrorBody({ expected }: Sample, body: string): Fields {
	const { message, code, type, requestId } = parseErrorBody(body);
	return {
		error: message,
		errorCode: code,
		errorType: type,
		requestId,
		httpStatus: expected.httpStatus,
		progress: [],
	};
}

/** The body of a task endpoint; what only a corpus asks for is taken from the body as it is. */
function readStatus(body: string): Fields {
	const json = JSON.parse(body) as Fields;
	const status = parseStatus(json);
	if (status === undefined) return {};
	const isOver = status.state === 'completed' || status.state === 'failed';
	const whole = json.progress === undefined ? undefined : status.percent;
	return {
		...status,
		status: isOver ? status.state : status.word,
		error: status.reason,
		progress: whole === undefined ? [] : [whole],
		progressPct: whole === undefined ? fractionOf(status.percent, json) : undefined,
		hdVideoUrl: status.betterUrl,
		downloadableUrl: status.downloadUrl,
		urlExpires: new URLSearchParams(status.videoUrl.split('?')[1]).get('se') ?? undefined,
		running: json.running,
		seconds: json.seconds,
		size: json.size,
	};
}

function fractionOf(percent: number | undefined, json: Fields): unknown {
	const { detail } = json as { detail?: { pending_info?: { progress_pct?: number } } };
	const fraction = detail?.pending_info?.progress_pct;
	return fraction !== undefined && percent === Math.round(fraction * 1_000) / 10
		? fraction
		: undefined;
}

async function readTranscript(body: string): Promise<Fields> {
	const transcribed = await parseTranscript(body);
	const { transcript } = transcribed;
	const outcome = toOutcome(transcript);
	const completed = outcome.kind === 'completed' ? outcome : undefined;
	const cause = transcribed.kind === 'broken' ? transcribed.cause : undefined;
	const error = outcome.kind === 'failed' ? outcome.reason : undefined;
	const percents = transcript.stages.map(({ percent }) => percent);
	return {
		...toResult(transcript, [], completed?.video, completed?.videos),
		status: outcome.kind,
		progress: percents.filter((percent) => percent !== undefined),
		error: error ?? (cause instanceof ChatError ? cause.message : undefined),
		errorCode: error,
		errorDetail: transcript.failure?.detail,
	};
}
