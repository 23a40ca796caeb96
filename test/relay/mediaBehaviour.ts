/** What a result link leads to. */
export type MediaKind = 'video' | 'download' | 'poster' | 'gif';

/** How a file is served; all of it can be combined. */
export interface MediaBehaviour {
	/** Default `file`. */
	answer?: 'file' | 'html' | 'notFound' | 'forbidden' | 'reset' | 'silent';
	/** How often it is given out; then the link has expired. */
	fetches?: number;
	/** Hops before the answer; Infinity never arrives. */
	redirects?: number;
	/** Origin of the first hop, if it is another one. */
	redirectTo?: string;
	withoutLength?: boolean;
	/** Bytes served in place of the file's own size: the file, then zeros. Nothing of it is held in memory. */
	size?: number;
	/** Milliseconds between two pieces. */
	pace?: number;
	/** Bytes of a piece, default 64 KiB. */
	piece?: number;
	/** The connection is reset after so many bytes. */
	cutAt?: number;
	/** Nothing more is sent after so many bytes. */
	silentAt?: number;
	contentType?: string;
}

/** One behaviour for every file of a turn, or one for each kind. */
export type MediaBehaviours = MediaBehaviour | { each: Partial<Record<MediaKind, MediaBehaviour>> };
