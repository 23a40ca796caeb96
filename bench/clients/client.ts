/** Somebody who reads an answer to its end. */
export interface Client {
	/** @returns the text that was read, or, of who reads no text, how many bytes there were */
	read(baseUrl: string): Promise<string | number>;
}

export type OpenClient = () => Client | Promise<Client>;
