/** A video whose bytes stand in the answer itself, as a data URI; there is no other copy. */
export class AttachedFile {
	/** Bytes. */
	size = 0;
	/** Whether what follows it was seen, so that it is not cut off. */
	isWhole = false;
	readonly #pieces: Buffer[] = []; // private, so that nothing copies or prints it
	#undecoded = '';

	constructor(
		readonly mimeType: string,
		readonly largest: number,
	) {}

	get isTooLarge(): boolean {
		return this.size > this.largest;
	}

	get pieces(): readonly Uint8Array[] {
		return [...this.#pieces, Buffer.from(this.#undecoded, 'base64')];
	}

	/** Adds base64 as it comes; four characters are three bytes. */
	add(base64: string): void {
		const text = this.#undecoded + base64;
		const end = text.length - (text.length % 4);
		this.#undecoded = text.slice(end);
		const piece = Buffer.from(text.slice(0, end), 'base64');
		this.size += piece.length;
		if (this.isTooLarge) this.#pieces.length = 0;
		else if (end > 0) this.#pieces.push(piece);
	}
}

/** Takes the bytes of files out of text that comes in pieces. */
export interface Lifter {
	/** The text with a mark where bytes were. */
	lift(text: string): string;
	/** The addresses that stand for the files found since the last call. */
	takeUrls(): readonly string[];
	/** Nothing follows; gives what was held. */
	end(): string;
}

/** The files of an answer. */
export type Attachments = ReturnType<typeof createAttachments>;

/** What stands in the text instead of the file. */
const attachedName = 'attached-video.mp4';

/** Whether an address stands for a file that was taken out. */
export const isAttached = (url: string): boolean => /^data:video[^~]{1,300}~\d{1,4}~$/i.test(url);

/**
 * The start of a data URI that is a video. JSON may escape its slash. The number is a mark: the
 * file's bytes were taken out where the wire was read, and may go on in the next delta.
 */
const header = /data:(video\\?\/[\w.+-]{1,60})(?:;[\w.+=-]{1,60}){0,3};base64,(?:~(\d{1,4})~)?/i;
/** One that goes on in the next piece, as far as it has come. */
const cutHeader = /d(?:a(?:t(?:a(?::[^,:]{0,300})?)?)?)?$/i;

/** Some relays leave the header out: a text of JSON that begins as the bytes of a video do. */
const bareFile = /"(?:(?=AAAA[\w+/][GWm2]Z0eX[A-D])|(?=GkXfo))/g;
const cutStart = /"(?:A{1,3}|AAAA[\w+/]{0,6}|G(?:k(?:Xf?)?)?)?$/;

/** Writes the header of a file that has none. */
function createHeaderWriter(): { add(text: string): string; end(): string } {
	let held = '';
	return {
		add(text) {
			const known = held + text;
			const end = cutStart.exec(known)?.index ?? known.length;
			held = known.slice(end);
			const whole = known.slice(0, end);
			if (!whole.includes('AAAA') && !whole.includes('GkXfo')) return whole;
			return whole.replace(
				bareFile,
				(quote, at: number) =>
					`${quote}data:video/${whole[at + 1] === 'G' ? 'webm' : 'mp4'};base64,`,
			);
		},
		end: () => held,
	};
}

/** The first character that is no base64, in JSON, which may escape the slash. */
const endOfBytes = /[^\w+/=\\-]|\\(?!\/)/;

/** @param largest bytes that a file may have; 0 where nobody wants one */
export function createAttachments(largest = 0) {
	const files: AttachedFile[] = [];
	return {
		/**
		 * For the bytes of the wire: leaves the start of the address, and a mark that finds the file.
		 * One that is open at their end was cut off.
		 */
		createWireLifter(): Lifter {
			const headers = createHeaderWriter();
			const lifter = createLifter(files, largest, (url, given) => url.slice(given));
			return {
				...lifter,
				lift: (text) => lifter.lift(headers.add(text)),
				end: () => lifter.lift(headers.end()),
			};
		},
		/**
		 * For a text that is put together from deltas: leaves a name, which later turns send back. One
		 * that is open at its end is whole.
		 */
		createTextLifter: (): Lifter => createLifter(files, largest, () => attachedName),
		/** The file an address stands for; `undefined` for any other address. */
		find: (url: string): AttachedFile | undefined =>
			isAttached(url) ? files[Number(header.exec(url)?.[2])] : undefined,
	};
}

/** @param toText what is left of an address, of which some characters may be given out already */
function createLifter(
	files: AttachedFile[],
	largest: number,
	toText: (url: string, given: number) => string,
): Lifter {
	let open: AttachedFile | undefined;
	let before = ''; // the start of a header that may go on
	let held = ''; // a backslash, until it is known what it escapes
	let urls: string[] = [];

	/** Adds the bytes at the start of a text to the open file; gives what follows them. */
	function takeBytes(file: AttachedFile, text: string): string {
		const end = text.search(endOfBytes);
		const bytes = end === -1 ? text : text.slice(0, end);
		file.add(bytes.replaceAll('\\/', '/'));
		if (end === -1) return '';
		if (end === text.length - 1 && text.endsWith('\\')) {
			held = '\\';
			return '';
		}
		file.isWhole = true;
		open = undefined;
		return text.slice(end);
	}

	/** Opens the file whose header ends in this text; gives what to keep, and what follows. */
	function openFile(text: string): { kept: string; rest: string } {
		const known = before + text;
		const match = text.includes(',') && known.includes(';base64,') ? header.exec(known) : null;
		if (match === null) {
			before = cutHeader.exec(known)?.[0] ?? '';
			return { kept: text, rest: '' };
		}
		const [start, mimeType = '', mark] = match;
		const number = mark === undefined ? files.length : Number(mark);
		if (mark === undefined) files.push(new AttachedFile(mimeType.replace('\\', ''), largest));
		open = files[number];
		if (open !== undefined) open.isWhole = false;
		const url = mark === undefined ? `${start}~${number}~` : start;
		urls.push(url.replace('\\', ''));
		const from = match.index - before.length;
		const kept = text.slice(0, Math.max(from, 0)) + toText(url, Math.max(-from, 0));
		before = '';
		return { kept, rest: text.slice(from + start.length) };
	}

	return {
		lift(text) {
			let kept = '';
			let rest = held + text;
			held = '';
			while (rest !== '') {
				if (open !== undefined) rest = takeBytes(open, rest);
				if (rest === '') break;
				const opened = openFile(rest);
				kept += opened.kept;
				({ rest } = opened);
			}
			return kept;
		},
		takeUrls() {
			const taken = urls;
			urls = [];
			return taken;
		},
		end() {
			if (open !== undefined) open.isWhole = true;
			open = undefined;
			return '';
		},
	};
}
