import type { Delta } from '../chat/deltas';
import { locate } from './mapLinks';
import { toOutcome } from './outcome';
import { finish, emptyReading, readDelta, snapshot, type Transcript } from './transcript';

/** A transcript that reached its end, or one that broke off and what broke it. */
export type Transcribed =
	| { kind: 'whole'; transcript: Transcript }
	| { kind: 'broken'; transcript: Transcript; cause: unknown };

/**
 * Folds deltas into a transcript. `onRead` sees it as it grows, once for what arrived together.
 * Never throws for what the stream does: what was read before a break is worth money.
 *
 * @param base an address of the relay, to which links without a host belong
 */
export async function transcribe(
	deltas: AsyncIterable<readonly Delta[]>,
	onRead?: (transcript: Transcript) => void,
	base?: string,
): Promise<Transcribed> {
	let reading = emptyReading;
	try {
		for await (const batch of deltas) {
			for (const delta of batch) reading = readDelta(reading, delta);
			onRead?.(locate(snapshot(reading), base));
		}
	} catch (cause) {
		return { kind: 'broken', transcript: locate(finish(reading), base), cause };
	}
	return { kind: 'whole', transcript: { ...locate(finish(reading), base), isOver: true } };
}

/** Whether nothing more can come but the usage: the relay said stop, after what became of it. */
export const isFinished = (transcript: Transcript): boolean =>
	transcript.isStopped && toOutcome(transcript).kind !== 'unfinished';
