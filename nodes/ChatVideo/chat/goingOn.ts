/**
 * The text of later choices where it is the first one's: some relays count their messages up in
 * `index`, and some begin to count at one. Choices that speak by turns or together are answers of
 * their own.
 */
export interface GoingOn {
	/** The first choice spoke. */
	first(): void;
	/** Another spoke, alone in its chunk or together with the first. */
	later(text: string, choice: { index: unknown; isAlone: boolean }): void;
	/**
	 * What goes on where the first one ended or never began, once the answer is over.
	 *
	 * @param isWhole nothing of it was lost or is missing, in which the first one may have spoken
	 */
	end(isWhole: boolean): string;
}

const leastSpoken = 2; // chunks of the first choice before another; by turns it is one

export function createGoingOn(): GoingOn {
	let spoken = 0;
	let text = '';
	let areTurns = false;
	let only: unknown;
	return {
		first() {
			areTurns ||= text !== '';
			spoken += 1;
		},
		later(more, { index, isAlone }) {
			only ??= index;
			const isSame = spoken === 0 ? index === only : spoken >= leastSpoken;
			areTurns ||= !isAlone || !isSame;
			text += areTurns ? '' : more;
		},
		end(isWhole) {
			const isOther = areTurns || (!isWhole && spoken === 0);
			const rest = isOther ? '' : text;
			text = '';
			return rest;
		},
	};
}
