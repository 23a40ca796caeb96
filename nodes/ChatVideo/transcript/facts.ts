/** How far a generation is, as the progress log says it. */
export type StageName =
	'submitted' | 'queued' | 'generating' | 'progress' | 'completed' | 'failed' | 'recovering';

/** One step of a generation, in their order. */
export interface Stage {
	stage: StageName;
	/** 0-100, never decreasing. */
	percent?: number;
	message?: string;
}

/** A file that may be the result. */
export interface Video {
	url: string;
	/** The same file as an attachment, when the relay gives both. */
	downloadUrl: string;
	posterUrl: string;
	gifUrl: string;
	/** Files named between the same two stages are of equal rank; a later group replaces it. */
	group: number;
	/** Named as a preview: the better video was still being made. */
	preview: boolean;
	/** A URL that stands alone: neither label nor tag says that it is the result. */
	bare: boolean;
	/** A bare one that is no word of a sentence: alone on its line, or announced as a video. */
	alone: boolean;
}

/** Why there is no video, in the relay's words. */
export interface Failure {
	reason: string;
	/** The body of a fence after the reason. */
	detail: string;
}

/** What the lines of a transcript say. Absent text is empty. */
export interface Facts {
	/** The task of the result: of several, the last that the text names. */
	taskId: string;
	/** Every task that was named, in the order in which they came. */
	taskIds: readonly string[];
	/** Links outside the text, as in what could not be parsed: for an error, never a result. */
	looseUrls: readonly string[];
	/** Links of choices that are not read: their videos are paid for as well. */
	otherUrls: readonly string[];
	/** The result's own id, which a modification refers to. */
	sid: string;
	/** The id of the video that was modified. */
	sourceSid: string;
	prompt: string;
	orientation: string;
	duration: number | undefined;
	previewUrl: string;
	sourceUrl: string;
	stages: readonly Stage[];
	videos: readonly Video[];
	/** Images that came before the video they belong to. */
	posterUrl: string;
	gifUrl: string;
	group: number;
	inPreview: boolean;
	fenced: boolean;
	failure: Failure | undefined;
	/** The task that is known has failed, and the next may be another, whose line may be lost. */
	triesAgain: boolean;
	/** Within `<video>`, where an address may be the text. */
	inVideo: boolean;
	/** Within `<think>`, where a model speaks of links that are somebody else's. */
	inThought: boolean;
	/** Of the `<a>` that is open. */
	anchorUrl: string;
	/** The line above says that this one has what the user gave. */
	underGiven: boolean;
	/** The head of the table that the line above belongs to. */
	columns: readonly string[];
}

/** Before the first line. */
export const emptyFacts: Facts = {
	taskId: '',
	taskIds: [],
	looseUrls: [],
	otherUrls: [],
	sid: '',
	sourceSid: '',
	prompt: '',
	orientation: '',
	duration: undefined,
	previewUrl: '',
	sourceUrl: '',
	stages: [],
	videos: [],
	posterUrl: '',
	gifUrl: '',
	group: 0,
	inPreview: false,
	fenced: false,
	failure: undefined,
	triesAgain: false,
	inVideo: false,
	inThought: false,
	anchorUrl: '',
	underGiven: false,
	columns: [],
};

/**
 * What a fact of the grammar does to what is known so far.
 *
 * @param isAlone whether it is all there is on its line
 */
export type Effect = (facts: Facts, values: readonly string[], isAlone?: boolean) => Facts;
