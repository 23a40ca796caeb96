import type { Encoding } from './createEncoder';
import type { MediaBehaviours } from './mediaBehaviour';
import type { TaskBehaviours } from './taskBehaviour';

/** Points of a turn that a test can name without counting bytes, in the order they are reached. */
export type Stage =
	| 'start'
	| 'beforeTask'
	| 'afterTask'
	| 'afterProgress'
	| 'midResult'
	| 'afterResult'
	| 'beforeDone';

/** A stage, or an offset in bytes from the start of the response body. */
export type Position = Stage | number;

/** Whose words the transcript is written in; a row of `scripts.ts` each. */
export type Dialect =
	'reference' | 'english' | 'spaced' | 'veo' | 'veoEnglish' | 'submitted' | 'sora2api' | 'bare';

/** How the bytes travel. All of it can be combined; what stands earliest in the body happens first. */
export interface Delivery<At = Position> {
	/** Milliseconds between two events; the relay's own pace if not given. */
	pace?: number;
	/** Milliseconds before the response headers leave. */
	headersAfter?: number;
	pauses?: Array<{ at: At; ms: number }>;
	/** The connection ends here. */
	cutAt?: At;
	/** `reset` (default) is a TCP reset, `destroy` a FIN in mid-body, `end` a clean end of the body. */
	cutBy?: 'reset' | 'destroy' | 'end';
	/** Milliseconds between the last byte and the cut; by default just enough for a reader to run. */
	cutDelay?: number;
	/** Nothing is sent from here on and the socket stays open. */
	silentAt?: At;
	/** A `: PING` comment every so many milliseconds of every pause and silence. */
	pingWhileWaiting?: number;
	/** The socket stays open after the last byte. */
	holdAfterDone?: boolean;
	/** Sizes of the single writes in bytes, used in turn; 1 is byte by byte. */
	splits?: number | number[];
	contentType?: string;
	headers?: Record<string, string>;
	/** What the body goes through, and says so. */
	encoding?: Encoding;
	/** Headers after the body, where it has an end; `{taskId}` is the task's. */
	trailers?: Record<string, string>;
}

/** What the events look like. */
export interface Framing {
	/** A `: PING` comment after every so many events. */
	pingEvery?: number;
	crlf?: boolean;
	bom?: boolean;
	/** `data:{…}` */
	noSpace?: boolean;
	/** `unseparated` leaves out the blank line between events, `lines` all of the event stream: a JSON document a line. */
	packing?: 'unseparated' | 'lines';
	/** `documented` breaks the JSON over bare lines as documentation does, `prefixed` says `data: ` on each of them. */
	prettyPrinted?: 'documented' | 'prefixed';
	/** JSON as Python writes it: spaces after separators, everything beyond ASCII escaped. */
	python?: boolean;
	/** A chunk with `choices: []` and the usage between the stop chunk and `[DONE]`. */
	usageChunk?: boolean;
	/** `message` where `delta` should be. */
	message?: boolean;
	omitDone?: boolean;
	/** An `{"error": …}` event; what comes after it is left out, unless `then` says otherwise. */
	errorEvent?: { at: Position; error: unknown; then?: 'nothing' | 'done' | 'rest' };
	/** An event of broken JSON between the good ones. */
	malformedAt?: Position;
	/** Data that is no chunk, as an event after every chunk. */
	noise?: string;
	/**
	 * A second choice speaks of a task and a video of its own, by turns with the first: after it, before
	 * it, or in the same chunk, where it stands first.
	 */
	twoChoices?: 'after' | 'before' | 'together';
	/** What the index of a choice is: a number if not given, text, or absent where it is the first. */
	indexAs?: 'text' | 'absent';
}

/** What the turn writes. */
export interface Story {
	dialect?: Dialect;
	/** Percents of the progress line; seeded if not given. */
	progress?: number[];
	/** Dots of the queue line; seeded if not given. */
	queueDots?: number;
	/** The transcript says that it failed, after the percents below `at`. */
	fails?: { at?: number; reason: string };
	/** Text that comes before a stage is reached; `{preview}` is the address of a lesser video. */
	asides?: Array<{ before: Stage; text: string }>;
	/** Where the result should stand there is the address of a page. */
	endsWithPage?: boolean;
	withoutLinks?: boolean;
	/** No id line and no links: only the fence, the progress and the result. */
	withoutTask?: boolean;
	/** Everything but the result goes to `reasoning_content`, and the finish reason is "STOP". */
	reasoning?: boolean;
	/** The whole text in one chunk. */
	oneChunk?: boolean;
	/** No delta holds more UTF-16 units than this: 1 cuts the emoji in two. */
	deltaSize?: number;
	/** What the task endpoints say; `failed` by default for a turn that fails, else `done`. */
	tasks?: TaskBehaviours;
	media?: MediaBehaviours;
}

export interface Generate extends Story, Framing, Delivery {
	kind: 'generate';
	/** Bytes without end after the task block, at the reader's pace: one event, or ever more deltas. */
	endless?: 'event' | 'transcript';
	/** Default true: also what fails is paid for. */
	billed?: boolean;
}

/** A whole completion as JSON, although a stream was asked for. */
export interface Completion extends Story {
	kind: 'completion';
	billed?: boolean;
}

/** Plays a recorded body byte for byte. */
export interface Play extends Delivery<number> {
	kind: 'play';
	file?: string;
	bytes?: string | Uint8Array;
	status?: number;
	/** Default true. */
	billed?: boolean;
}

/** An answer that is not a stream. */
export interface Status {
	kind: 'status';
	status: number;
	body?: unknown;
	contentType?: string;
	headers?: Record<string, string>;
	/** Milliseconds before the answer. */
	after?: number;
	/** Default false: a refusal costs nothing. */
	billed?: boolean;
}

/** A 200 `application/json` although a stream was asked for. */
export interface Json {
	kind: 'json';
	body: unknown;
	/** Default true. */
	billed?: boolean;
}

/** A 200 with a web page. */
export interface Html200 {
	kind: 'html200';
	billed?: boolean;
}

/** The connection is reset. */
export interface Reset {
	kind: 'reset';
	when: 'beforeHeaders' | 'afterHeaders';
	billed?: boolean;
}

/** No answer at all, on an open connection. */
export interface Silent {
	kind: 'silent';
	when: 'beforeHeaders' | 'afterHeaders';
	/** Default true. */
	billed?: boolean;
}

/** What happens to one turn. */
export type Situation = Generate | Completion | Play | Status | Json | Html200 | Reset | Silent;
