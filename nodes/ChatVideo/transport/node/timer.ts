/** Calls once, later. */
export interface Timer {
	/** The time starts anew. */
	refresh(): void;
	clear(): void;
}

/** Every wait of this node: what keeps time otherwise needs to replace this file alone. */
export function startTimer(milliseconds: number, then: () => void): Timer {
	const timer = setTimeout(then, milliseconds);
	return {
		refresh: () => void timer.refresh(),
		clear: () => clearTimeout(timer),
	};
}

/** Calls once, after what has arrived meanwhile was read. */
export const nextTurn = (then: () => void): void => void setImmediate(then);
