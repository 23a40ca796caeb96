import { createAttachments } from './attachments';
import { createParser, type EventSourceParser } from 'eventsource-parser';
import { disconnected, malformed, toDisconnection, type ChatError } from './errors';
import { beginsPage, parseErrorBody } from './errorBody';
import { eventWords } from './eventWords';
import { isRecord, parseJson } from './json';
import { isDoneMark, mendJson } from './mendJson';
import { separate, withoutCall } from './separate';
import { findNamed } from './sideText';
import { findTaskIds } from './taskIds';

/**
 * Server-sent events from bytes: the `data` of each, in batches of what arrived together.
 *
 * A body that is one JSON document comes out as one event, and one with a document per line as one
 * event per line, because some relays answer so although `stream: true` was asked. JSON printed over
 * several lines, as documentation shows it, is read too: its later lines are no field of the event
 * stream format, so they belong to the event.
 *
 * @param attachments takes the files in the answer, which would be larger than any event may be
 * @throws {ChatError} `malformed` for a page, for other text, after an event that holds it, and for
 * an event over the limit; `disconnected` when the bytes break off or end within an event. What had
 * arrived before is always given out first.
 */
export async function* readEvents(
	bytes: AsyncIterable<Uint8Array>,
	attachments = createAttachments(),
): AsyncGenerator<readonly string[], void, undefined> {
	const decoder = new TextDecoder();
	const lifter = attachments.createWireLifter();
	const body = createBody();
	try {
		for await (const piece of bytes) {
			const events = body.feed(lifter.lift(decoder.decode(piece, { stream: true })));
			if (events.length > 0) yield events;
		}
	} catch (cause) {
		const { events } = body.end(lifter.end());
		if (events.length > 0) yield events;
		throw toDisconnection(cause);
	}
	const { events, fault } = body.end(lifter.lift(decoder.decode()) + lifter.end());
	if (events.length > 0) yield events;
	if (fault !== undefined) throw fault;
}

interface Body {
	feed(text: string): string[];
	/** The last events, and what was wrong with the end. */
	end(text?: string): { events: string[]; fault?: ChatError };
}

/** Characters one event may have; the largest real ones carry a whole transcript of a few KB. */
const largestEvent = 8 * 1024 * 1024;

const longestStart = '<!doctype'.length;

/** Decides by its start what a body is, since relays mislabel their content types. */
function createBody(): Body {
	let body: Body | undefined;
	let start = '';
	const decide = (): string[] => {
		const isPage = beginsPage(start);
		body = start.startsWith('{')
			? createJsonBody()
			: isPage
				? createPageBody()
				: createStreamBody();
		return body.feed(start);
	};
	return {
		feed(text) {
			if (body !== undefined) return body.feed(text);
			start = (start + text).trimStart();
			const isCut = start.startsWith('<') && start.length < longestStart;
			return start === '' || isCut ? [] : decide();
		},
		end(text = '') {
			const events = text === '' ? [] : this.feed(text);
			if (body === undefined && start !== '') events.push(...decide());
			const rest = body?.end() ?? { events: [] };
			return { ...rest, events: [...events, ...rest.events] };
		},
	};
}

function createStreamBody(): Body {
	let events: string[] = [];
	let unframed = ''; // lines without a field
	let seen = 0;
	let tooLarge = false;
	const parser: EventSourceParser = createParser({
		maxBufferSize: largestEvent,
		onEvent({ data, event = '', id = '' }) {
			tooLarge ||= data.length > largestEvent;
			if (tooLarge) return;
			const isWhole = unframed === '' || !/^\s*[[{]/.test(data) || isDoneMark(data);
			const alone = isWhole || parseJson(data) !== undefined;
			if (alone && unframed !== '') events.push(...unframedEvents(unframed));
			if (id !== '' && namesAny(id)) events.push(id);
			const whole = alone ? data : data + unframed;
			if (!eventWords.keepAlive.test(event))
				events.push(event === 'error' ? asError(whole) : whole);
			unframed = '';
			seen += 1;
		},
		onComment(comment) {
			if (namesAny(comment)) events.push(comment);
		},
		onError({ type, line }) {
			if (type === 'unknown-field') unframed += `\n${line}`;
			tooLarge ||= type === 'max-buffer-size-exceeded' || unframed.length > largestEvent;
		},
	});
	const taken = (): string[] => {
		const batch = events;
		events = [];
		return batch;
	};
	return {
		feed(text) {
			parser.feed(text);
			if (tooLarge) throw malformed('The service sent an event of over 8 MiB');
			return taken();
		},
		end() {
			if (tooLarge) return { events: taken() };
			const whole = seen;
			parser.feed('\n\n');
			const others = taken().flatMap(separate);
			const last = others.pop();
			if (last !== undefined) {
				const end = endWith(last);
				return { ...end, events: [...others, ...end.events] };
			}
			// After comments, sent while they waited, or warnings of PHP some answer with bare JSON all the same.
			const lines = withoutCall(unframed);
			const start = Math.max(0, lines.search(/^[ \t]*[[{]/m));
			const [before, document] = [lines.slice(0, start), lines.slice(start)];
			const json = parseJson(document);
			if (isRecord(json)) return { events: [...unframedEvents(before), document] };
			const listed = Array.isArray(json) ? toEvents(json) : [];
			if (listed.length > 0) return { events: [...listed, '[DONE]'] };
			if (whole > 0 || unframed.trim() === '') return { events: unframedEvents(unframed) };
			return notAStream(unframed);
		},
	};
}

/** The documents of an array; values nested thousands deep parse, but cannot be written again. */
function toEvents(documents: unknown[]): string[] {
	try {
		return documents.filter(isRecord).map((document) => JSON.stringify(document));
	} catch {
		return [];
	}
}

/** What an event by the name of error says, which need not say so again. */
function asError(data: string): string {
	const value = parseJson(data);
	if (isRecord(value) && (value.error !== undefined || value.choices !== undefined)) return data;
	return isDoneMark(data) ? data : JSON.stringify({ error: isRecord(value) ? value : data });
}

/** JSON without the `data:` that an event has, as some relays write errors, and lines that name a task. */
const unframedEvents = (lines: string): string[] =>
	lines
		.split('\n')
		.filter((line) => (/^\s*\{/.test(line) && isRecord(parseJson(line))) || namesAny(line));

const namesAny = (text: string): boolean => {
	const { taskIds, urls } = findNamed(text);
	return taskIds.length > 0 || urls.length > 0;
};

/** JSON is the answer as a single event or, where its first line is whole, an event a line. */
function createJsonBody(): Body {
	const kept = createBuffer();
	let byLine: boolean | undefined;
	let given: string[] = []; // the first two are enough to know whether there were more
	return {
		feed(text) {
			const end = byLine === false ? -1 : text.lastIndexOf('\n');
			if (end === -1) {
				kept.add(text);
				return [];
			}
			kept.add(text.slice(0, end));
			const whole = kept.take();
			const lines = whole.split('\n').filter((line) => /\S/.test(line));
			byLine ??= parseJson(lines[0] ?? '') !== undefined;
			kept.add(byLine ? text.slice(end + 1) : whole + text.slice(end));
			if (!byLine) return [];
			given = [...given, ...lines].slice(0, 2);
			return lines;
		},
		end() {
			const rest = kept.take();
			const { events, fault } = /\S/.test(rest) ? endWith(rest) : { events: [] };
			if (fault !== undefined) return { events, fault };
			const [first = '', second] = [...given, ...events];
			const isWhole = second === undefined && !/"delta"\s*:/.test(first);
			return { events: isWhole ? [...events, '[DONE]'] : events };
		},
	};
}

/** A page is a gateway's, whatever its lines look like. */
function createPageBody(): Body {
	const kept = createBuffer();
	return {
		feed(text) {
			kept.add(text);
			return [];
		},
		end: () => notAStream(kept.take()),
	};
}

/** What arrived and cannot be read yet. */
function createBuffer(): { add(text: string): void; take(): string } {
	let pieces: string[] = [];
	let length = 0;
	return {
		add(text) {
			pieces.push(text);
			length += text.length;
			if (length > largestEvent) throw malformed('The service sent a body of over 8 MiB');
		},
		take() {
			const text = pieces.join('');
			pieces = [];
			length = 0;
			return text;
		},
	};
}

/** The beginning of JSON or of `[DONE]`; anything else is noise, which nobody misses the end of. */
const isBegun = /^(?:\{|\[\s*\{|\[D?O?N?E?$)/;

/** The last event may be cut: what can be read of it is given out, and the error says so. */
function endWith(last: string): { events: string[]; fault?: ChatError } {
	const mended = isBegun.test(last.trim()) ? mendJson(last) : last;
	if (mended === last) return { events: [last] };
	const fault = disconnected('The answer of the service ended in the middle of an event');
	return { events: mended === undefined ? [] : [mended], fault };
}

/** Text that is no stream may be the transcript itself: what it names is paid for. */
function notAStream(body: string): { events: string[]; fault: ChatError } {
	const { format, message, requestId } = parseErrorBody(body);
	const isPage = format === 'html';
	const fault = malformed(
		isPage
			? `The service answered with a web page instead of a stream: ${message === '' ? 'untitled' : `“${message}”`}`
			: `The service answered with text that is not a stream: “${message.slice(0, 200)}”`,
	);
	const isAnswer = !isPage && eventWords.mayName.test(body);
	const named = isPage ? findTaskIds(body).map((id) => ({ task_id: id })) : [];
	const events = isAnswer ? [{ choices: [{ delta: { content: body } }] }] : named;
	return {
		events: events.map((event) => JSON.stringify(event)),
		fault: fault.with({ said: message, requestId }),
	};
}
