/** A file that has arrived somewhere. */
export interface Upload {
	/** What it is called there. */
	name: string;
	/** Its MIME type, as it was declared. */
	type: string;
	/** SHA-256 of its bytes. */
	digest: string;
}
