const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Without the times of an earlier run jest begins with the largest files, and the longest are small.
 * Those that read megabytes have to come before n8n-core has filled the process: what it leaves there
 * is looked through at each of their collections.
 */
const first = ['faults/faults', 'transcript/linear', 'faults/crash', 'faults/sleep'];

const rankOf = ({ path }) => {
	const rank = first.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
	return rank === -1 ? first.length : rank;
};

module.exports = class LongestFirst extends Sequencer {
	sort(tests) {
		return super.sort(tests).toSorted((one, other) => rankOf(one) - rankOf(other));
	}
};
