/**
 * A parameter or an input item that cannot be used; nothing was sent. The message is the sentence
 * for the user and names the parameter; `advice` says what to do.
 */
export class InvalidInput extends Error {
	override readonly name = 'InvalidInput';

	constructor(
		message: string,
		readonly advice: string,
	) {
		super(message);
	}
}
