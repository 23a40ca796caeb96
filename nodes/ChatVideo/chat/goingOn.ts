const leastSpoken = 2; // chunks of the first choice before another; by turns it is one

/**
 * The text of later choices where it is the first one's: some relays count their messages up in
 * `index`, and some begin to count at one. Choices that speak by turns or together are answers of
 * their own.
 */
export function createGoingOn() {
	let spoken = 0;
	let text = '';
	let areTurns = false;
	let only: unknown;
	return {
		/** The first choice spoke. */
		first(): void {
			areTurns ||= text !== '';
			spoken += 1;
		},
		/** Another spoke, alone in its chunk or together with the first. */
		later(more: string, { index, isAlone }: { index: unknown; isAlone: boolean }): void {
			only ??= index;
			const isSame = spoken === 0 ? index === only : spoken >= leastSpoken;
			areTurns ||= !isAlone || !isSame;
			text += areTurns ? '' : more;
		},
		/**
		 * What goes on where the first one ended or never began, once the answer is over.
		 *
		 * @param isWhole nothing of it was lost or is missing, in which the first one may have spoken
		 */
		end(isWhole: boolean): string {
			const isOther = areTurns || (!isWhole && spoken === 0);
			const rest = isOther ? '' : text;
			text = '';
			return rest;
		},
	};
}
